/** Connection pools by consumer (bulkheads), each with client-side deadlines. */
import { connect, type Sql } from './connect.ts';
import { type WatchedSockets, watchSockets } from './sockets.ts';

interface PoolOptions {
  /** The consumer, shown in `pg_stat_activity`. */
  name: string;
  /** Maximum number of connections. */
  max: number;
  /** Statement timeout; a little later the client drops the connection. */
  longestMs: number;
  /**
   * How long a transaction may idle before the server ends it: a frozen process would keep its locks for
   * ever.
   */
  idleInTransactionMs?: number;
}

export interface Pool {
  sql: Sql;
  /** Rejects what runs, closes the connections for good and accepts nothing more. */
  destroy(reason: Error): Promise<void>;
}

/** How a pool is used now. Queries that wait for a connection are known to the driver alone. */
export interface PoolUse {
  name: string;
  max: number;
  /** Open, or being opened. */
  connections: number;
  /** Of these, those whose request, or connect, is unanswered for about a second or longer. */
  waiting: number;
}

export interface Pools {
  open(options: PoolOptions): Pool;
  use(): PoolUse[];
  /** Drops every connection, those of locks included; the pools reconnect. */
  drop(reason: Error): void;
  /** Waits up to five seconds for what runs. */
  close(): Promise<void>;
}

/** Extra time for the server's own time-out to arrive. */
const GRACE_MS = 2_000;
/** An unused pool holds no connections. */
const IDLE_SECONDS = 30;
/** So that a frozen replica's load lock is free for another one within two minutes. */
const IDLE_IN_TRANSACTION_MS = 45_000;
const END_SECONDS = 5;

export function createPools(url: string): Pools {
  const open = new Map<Sql, { name: string; max: number; sockets: WatchedSockets }>();
  return {
    open({ name, max, longestMs, idleInTransactionMs = Math.min(longestMs, IDLE_IN_TRANSACTION_MS) }) {
      const sockets = watchSockets({ silenceMs: longestMs + GRACE_MS });
      const sql = connect(url, {
        max,
        name: `bandcamp-tracker ${name}`,
        socket: sockets.open,
        idleSeconds: IDLE_SECONDS,
        statementMs: longestMs,
        idleInTransactionMs,
      });
      open.set(sql, { name, max, sockets });
      const destroy = async (reason: Error) => {
        open.delete(sql);
        const ended = sql.end({ timeout: 0 });
        sockets.drop(reason);
        await ended;
      };
      return { sql, destroy };
    },
    use: () => [...open.values()].map(({ name, max, sockets }) => ({ name, max, ...sockets.use() })),
    drop(reason) {
      for (const { sockets } of open.values()) sockets.drop(reason);
    },
    async close() {
      await Promise.all([...open.keys()].map(sql => sql.end({ timeout: END_SECONDS })));
      open.clear();
    },
  };
}
