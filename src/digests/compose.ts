/** A digest of one local day: its questions asked, its headline found, its report put together. */
import type { Ambient } from '../ambient.ts';
import type { Answer } from '../core/answer.ts';
import type { Digest } from '../core/digest.ts';
import type { HasDb } from '../db/connect.ts';
import { zoneParameter } from '../questions/lib/parameters.ts';
import { composeReport, paramsOf } from '../report/compose.ts';
import { periodOf } from '../report/period.ts';
import { createAsker } from '../report/question-batch.ts';
import type { Report } from '../report/report.ts';

export interface ComposedDigest {
  title: string;
  /** The local day that is reported on: `2026-10-07`. */
  day: string;
  zone: string;
  headline: string;
  /** The first has the chart and table for the message. */
  answers: Answer[];
  report: Report;
}

/**
 * Asks a digest's questions of one local day, and the report's; what both want is asked once.
 * @throws UserError when `day` is no day
 */
export async function composeDigest(
  deps: HasDb & Pick<Ambient, 'clock' | 'config'>,
  digest: Digest,
  day: string,
  zone: string,
): Promise<ComposedDigest> {
  const period = periodOf(day, 'day', zoneParameter.parse(zone));
  const ask = createAsker(deps, paramsOf(period), { about: period.window });
  const [answers, report] = await Promise.all([
    Promise.all(digest.questions.map(({ name, params }) => ask(name, params))),
    composeReport(deps, ask, { period, scopes: [{}], watched: [] }),
  ]);
  return {
    title: digest.title,
    day,
    zone,
    headline: report.headline,
    answers,
    report,
  };
}
