/** Gives up sales older than `RETENTION_DAYS`; the roll-ups of their days stay. */
import type { Ambient } from '../ambient.ts';
import { DAY, type Instant, toIso } from '../core/time/instant.ts';
import type { HasDb } from '../db/connect.ts';
import { detachSalesBefore } from '../db/write/retention.ts';

/**
 * Takes the whole UTC months out of `sale` that ended more than `RETENTION_DAYS` ago, if that is set. Their
 * tables stay, under their names, until somebody drops them. Returns those names.
 */
export async function keepRecent({
  db,
  clock,
  config,
  log,
}: HasDb & Pick<Ambient, 'clock' | 'config' | 'log'>): Promise<string[]> {
  if (config.retentionDays === undefined) return [];
  const before = startOfMonth(clock.now() - config.retentionDays * DAY);
  const tables = await detachSalesBefore(db, before);
  if (tables.length > 0) log.info('sales-detached', { before: toIso(before), tables });
  return tables;
}

function startOfMonth(at: Instant): Instant {
  const date = new Date(at / 1000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth()) * 1000;
}
