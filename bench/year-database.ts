/**
 * A server with a year of simulated sales, made once and kept, that can be stopped and started with empty
 * caches.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { realClock } from '../src/core/time/clock.ts';
import { connect, type Sql } from '../src/db/connect.ts';
import { type EmbeddedServer, openEmbedded } from '../src/db/embedded.ts';
import { precomputeAnswers } from '../src/jobs/precompute-answers.ts';
import { prepareDatabase } from '../src/jobs/prepare-database.ts';
import { silentLog } from '../src/log.ts';
import { exportParquet } from './duck.ts';

/** For the load alone: what is lost in a crash is made again. */
const LOADING = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '16GB',
  shared_buffers: '2GB',
  maintenance_work_mem: '1GB',
  work_mem: '128MB',
  autovacuum: 'off',
};
/** Kibibytes … of what the loader keeps of 25 million sales: the ids of some ten million names. */
const LOADER_HEAP_MB = 12_000;

export interface YearDatabase {
  db: Sql;
  /** The folder of the Parquet files. */
  parquet: string;
  /**
   * Ends all connections and starts the server again; false where the system's cache of files could not be
   * emptied.
   */
  restart(): Promise<boolean>;
  close(): Promise<void>;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Opens the database in the folder, and fills it first where that was not done. */
export async function openYear(folder: string, sales: number): Promise<YearDatabase> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
  const loaded = join(folder, 'loaded');
  if (!(await exists(loaded))) {
    const server = await openEmbedded(folder, silentLog, { settings: LOADING });
    const script = fileURLToPath(new URL('load-year.ts', import.meta.url));
    const child = spawn(
      process.execPath,
      [`--max-old-space-size=${LOADER_HEAP_MB}`, script, server.url, String(sales)],
      {
        stdio: ['ignore', 'inherit', 'inherit'],
      },
    );
    const [code] = await once(child, 'close');
    await server.leave();
    if (code !== 0) throw new Error('the year was not loaded');
    await writeFile(loaded, '');
  }
  const parquet = join(folder, 'parquet');
  let server: EmbeddedServer = await openEmbedded(folder, silentLog);
  let db = connect(server.url, { max: 4 });
  await prepareDatabase({ db, log: silentLog });
  if (!(await exists(join(parquet, 'done')))) await exportParquet(db, parquet);
  await precomputeAnswers({ db, clock: realClock, log: silentLog });
  const stop = async () => {
    await db.end();
    await server.leave();
  };
  return {
    get db() {
      return db;
    },
    parquet,
    async restart() {
      await stop();
      const emptied = await emptyFileCache();
      server = await openEmbedded(folder, silentLog);
      db = connect(server.url, { max: 4 });
      await db`select`;
      return emptied;
    },
    close: stop,
  };
}

/** Linux alone offers it, and to root alone. */
async function emptyFileCache(): Promise<boolean> {
  try {
    await delay(200);
    await writeFile('/proc/sys/vm/drop_caches', '3');
    return true;
  } catch {
    return false;
  }
}
