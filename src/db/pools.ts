/** Pools of connections by who uses them, so that nobody waits for another's, each given up where the database falls silent. */
import { connect, type Sql } from './connect.ts';
import { type WatchedSockets, watchSockets } from './sockets.ts';

export interface PoolOptions {
  /** Whose it is, shown in `pg_stat_activity`. */
  name: string;
  /** Connections at most. */
  max: number;
  /** Longer than any of its statements: the server ends one that takes as long, and this side gives the connection up a little later. */
  longestMs: number;
}

export interface Pool {
  sql: Sql;
  /** Fails whatever it is doing, closes its connections for good, and takes nothing more. */
  destroy(reason: Error): Promise<void>;
}

export interface Pools {
  open(options: PoolOptions): Pool;
  /** Gives up every connection there is, locks' too; the pools make new ones. */
  drop(reason: Error): void;
  /** Waits for what runs, for five seconds at most. */
  close(): Promise<void>;
}

/** After the server should have answered. */
const GRACE_MS = 2_000;
/** A pool that is not used holds no connection. */
const IDLE_SECONDS = 30;
const END_SECONDS = 5;

export function createPools(url: string): Pools {
  const open = new Map<Sql, WatchedSockets>();
  return {
    open({ name, max, longestMs }) {
      const sockets = watchSockets({ silenceMs: longestMs + GRACE_MS });
      const sql = connect(url, {
        max,
        name: `bandcamp-tracker ${name}`,
        socket: sockets.open,
        idleSeconds: IDLE_SECONDS,
        statementMs: longestMs,
      });
      open.set(sql, sockets);
      const destroy = async (reason: Error) => {
        open.delete(sql);
        const ended = sql.end({ timeout: 0 });
        sockets.drop(reason);
        await ended;
      };
      return { sql, destroy };
    },
    drop(reason) {
      for (const sockets of open.values()) sockets.drop(reason);
    },
    async close() {
      await Promise.all([...open.keys()].map(sql => sql.end({ timeout: END_SECONDS })));
      open.clear();
    },
  };
}
