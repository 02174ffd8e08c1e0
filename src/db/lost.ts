/** Which errors say that the connection to the database was lost, or could not be made: the same may be asked again. */

/** An error of ours: the database, or the host it runs on, has fallen silent. */
export class DatabaseSilent extends Error {
  readonly code = 'DATABASE_SILENT';
}

/**
 * postgres.js's own codes, those of Node's sockets, and PostgreSQL's for a server that shuts down, has crashed or is starting
 * (postgresql.org/docs/18/errcodes-appendix.html, classes 08 and 57P).
 */
const LOST =
  /^(DATABASE_SILENT|CONNECTION_(CLOSED|DESTROYED|ENDED)|CONNECT_TIMEOUT|E(CONN\w+|PIPE|TIMEDOUT|HOST\w+|NET\w+|AI_AGAIN|NOTFOUND)|08\w{3}|57P0[1-3])$/;

export const isConnectionLost = (error: unknown): boolean => LOST.test(String((error as { code?: unknown })?.code));

/** What `work`, which only reads, comes to; once more where the connection is lost meanwhile. */
export async function rereading<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isConnectionLost(error)) throw error;
    return work();
  }
}
