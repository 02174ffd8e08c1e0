/** Stands before the service's database, and can fall silent as a vanished host does, without a reset. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export interface ProxyData {
  host: string;
  target: { host: string; port: number };
}

export interface ProxyCommand {
  kind: 'vanish' | 'vanish-wholly' | 'come-back' | 'reset' | 'delay';
  millis?: number;
  /** One when it is done. */
  done: Int32Array<SharedArrayBuffer>;
}

export interface DatabaseProxy {
  /** The database's address by way of it. */
  url: string;
  port: number;
  /**
   * Has done it when it returns. `vanish`: connections stay open and say nothing any more to either end; new
   * ones work. `vanish-wholly`: new ones are accepted and say nothing, either. `come-back`: new ones work,
   * old ones stay dead. `reset`: all are reset. `delay`: all bytes come later.
   */
  now(kind: ProxyCommand['kind'], millis?: number): void;
  close(): Promise<void>;
}

/** In a thread of its own, so that it passes on while the test is busy. @param host where it listens */
export async function startDatabaseProxy(databaseUrl: string, host = '127.0.0.1'): Promise<DatabaseProxy> {
  const database = new URL(databaseUrl);
  const target = { host: database.hostname, port: Number(database.port) };
  const workerData: ProxyData = { host, target };
  const thread = new Worker(new URL('./database-proxy-thread.ts', import.meta.url), { workerData });
  const [port] = (await once(thread, 'message')) as [number];
  return {
    url: Object.assign(new URL(database), { hostname: host, port: String(port) }).href,
    port,
    now(kind, millis = 0) {
      const done = new Int32Array(new SharedArrayBuffer(4));
      thread.postMessage({ kind, millis, done } satisfies ProxyCommand);
      if (Atomics.wait(done, 0, 0, 10_000) === 'timed-out') throw new Error(`the proxy did not ${kind}`);
    },
    close: async () => void (await thread.terminate()),
  };
}
