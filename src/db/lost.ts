/** Recognises errors of a lost or refused database connection, after which a read may be repeated. */

/** The database, or its host, has stopped answering; thrown by our own deadline. */
export class DatabaseSilent extends Error {
  readonly code = 'DATABASE_SILENT';
}

const LOST = [
  // Ours and postgres.js's own.
  /^(DATABASE_SILENT|CONNECT_TIMEOUT|CONNECTION_(CLOSED|DESTROYED|ENDED))$/,
  // Node's sockets and name lookup.
  /^E(CONN\w+|PIPE|TIMEDOUT|HOST\w+|NET\w+|AI_AGAIN|NOTFOUND)$/,
  // PostgreSQL: connection exceptions; shutting down, crashed, starting
  // (postgresql.org/docs/18/errcodes-appendix.html).
  /^(08\w{3}|57P0[1-3])$/,
];

export function isConnectionLost(error: unknown): boolean {
  const code = String((error as { code?: unknown })?.code);
  return LOST.some(pattern => pattern.test(code));
}

/** Runs `work`, which only reads, and once more if the connection is lost meanwhile. */
export async function rereading<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isConnectionLost(error)) throw error;
    return work();
  }
}
