/**
 * Each day's calls of what is trending, stored when the day is over, so that the scorecard can tell what
 * became of them.
 */
import type { Ambient } from '../ambient.ts';
import { DAY, floorTo, HOUR } from '../core/time/instant.ts';
import type { HasDb } from '../db/connect.ts';
import { newestRead } from '../db/coverage.ts';
import { jobTime } from '../db/jobs.ts';
import { storeCalls } from '../db/trend-calls.ts';
import { isComparable } from '../questions/lib/definition.ts';
import { loadFrame } from '../questions/lib/frame.ts';
import { loadTags, rankTags } from '../questions/lib/judged-tags.ts';

/** As `trending-genres` asks by itself. */
const WINDOW = 7 * DAY;
/** Pages of the last sales are still being read. */
const SETTLE = 2 * HOUR;
const JOB = 'trend-calls';

/** A service that starts with a history calls its last days, too, as it would have. */
const CAUGHT_UP = 28 * DAY;

/**
 * Calls the first UTC day that is over and settled and was not called yet. Returns how many genres it called;
 * undefined where none is due.
 */
export async function recordTrendCalls({
  db,
  clock,
}: HasDb & Pick<Ambient, 'clock'>): Promise<number | undefined> {
  const last = floorTo(Math.min(clock.now() - SETTLE, (await newestRead(db)) ?? 0), DAY);
  const until = Math.max(((await jobTime(db, JOB)) ?? 0) + DAY, last - CAUGHT_UP);
  if (until > last) return undefined;
  const window = { from: until - WINDOW, until };
  const frame = await loadFrame(db, { window, zone: 'UTC', now: clock.now() });
  const { tags, totals } = await loadTags(db, frame, {});
  const ranked =
    isComparable(frame) && totals.baseline > 0 ? await rankTags(db, tags, totals, frame, { limit: 0 }) : [];
  const called = ranked.filter(({ trending }) => trending);
  await storeCalls(
    db,
    until,
    called.map(({ key, lift, low, high }) => ({ tagId: key, lift, low, high })),
  );
  await db`
    insert into job (name, ran_at) values (${JOB}, ${until})
    on conflict (name) do update set ran_at = greatest(job.ran_at, excluded.ran_at)`;
  return called.length;
}
