/**
 * Wakes the workers of all replicas when something is due. The ledger decides; a job that is lost or comes
 * twice changes nothing.
 */
import type { Ambient } from '../ambient.ts';
import { type HasDb, type Sql, type Transaction, withDates } from '../db/connect.ts';

const QUEUE = 'delivery';
/** The least that pg-boss allows. */
const POLL_SECONDS = 0.5;
/** What has been done is kept for those who look into the queue; the ledger keeps it for good. */
const KEEP_SECONDS = 24 * 60 * 60;

export interface Queue {
  /** Adds a job for each delivery, with its id, in the transaction that records them. */
  add(tx: Transaction, deliveryIds: readonly string[]): Promise<void>;
  /** Takes jobs until the queue is closed. */
  work(onJob: () => Promise<unknown>): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the queue in its own schema `pgboss`, which it makes and migrates itself. pg-boss is loaded only here
 * (0.4 s).
 */
export async function openQueue({ db, log }: HasDb & Pick<Ambient, 'log'>): Promise<Queue> {
  const { PgBoss, fromBunSql } = await import('pg-boss');
  // What this adapter uses of Bun's client, postgres.js has as well.
  const adapt = (sql: Sql | Transaction) => fromBunSql(withDates(sql));
  const boss = new PgBoss({ db: adapt(db), schedule: false });
  boss.on('error', error => log.warn('queue-error', { error }));
  await db.begin(async tx => {
    // pg-boss (12.38) fails where two replicas make its schema at once; so they take turns.
    await tx`select pg_advisory_xact_lock(hashtextextended('bandcamp-tracker queue', 0))`;
    await boss.start();
    // What failed is tried again by the ledger's own time.
    await boss.createQueue(QUEUE, { retryLimit: 0, deleteAfterSeconds: KEEP_SECONDS });
  });
  return {
    async add(tx, deliveryIds) {
      const jobs = deliveryIds.map(id => ({ id }));
      if (jobs.length > 0) await boss.insert(QUEUE, jobs, { db: adapt(tx) });
    },
    async work(onJob) {
      // Any number of jobs is one reason to look into the ledger.
      await boss.work(QUEUE, { pollingIntervalSeconds: POLL_SECONDS, batchSize: 1000 }, async () => {
        await onJob();
      });
    },
    close: () => boss.stop({ graceful: true, timeout: 5_000 }),
  };
}
