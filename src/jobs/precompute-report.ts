/**
 * The report of the last whole day is asked for each morning by every channel: its answers are counted once
 * an hour and kept.
 */
import type { Ambient } from '../ambient.ts';
import { DAY } from '../core/time/instant.ts';
import type { HasDb } from '../db/connect.ts';
import { claimJob } from '../db/jobs.ts';
import { forgetKept } from '../db/read/stored-answers.ts';
import { composeReport, paramsOf } from '../report/compose.ts';
import { latestDay, periodOf } from '../report/period.ts';
import { createAsker, TOLD_AGAIN } from '../report/question-batch.ts';

/** Of everything, in UTC; `day` is the last whole one unless given. */
export async function precomputeReport(
  deps: HasDb & Pick<Ambient, 'clock' | 'config'>,
  day?: string,
): Promise<void> {
  const period = periodOf(day ?? (await latestDay(deps, 'UTC')), 'day', 'UTC');
  const ask = createAsker(deps, paramsOf(period), { keep: true });
  await composeReport(deps, ask, { period, scopes: [{}], watched: [] });
  await forgetKept(deps.db, deps.clock.now() - DAY);
}

/** For the tick, on one replica: before what is kept is too old to be told. */
export async function precomputeReportOnTick(deps: HasDb & Pick<Ambient, 'clock' | 'config'>): Promise<void> {
  if (await claimJob(deps.db, 'report', deps.clock.now(), (TOLD_AGAIN * 5) / 6)) await precomputeReport(deps);
}
