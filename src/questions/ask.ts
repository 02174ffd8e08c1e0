/** Asks a parsed question: finds the frame, runs its SQL, then its pure function, and completes the Answer. */
import type { Answer } from '../core/answer.ts';
import { floorTo, type Instant, MINUTE, toIso } from '../core/instant.ts';
import { baselineOf } from '../core/window.ts';
import { coverageOf, newestRead } from '../db/coverage.ts';
import { readDataVersion } from '../db/data-version.ts';
import type { Deps } from '../deps.ts';
import type { Frame, ParsedQuestion } from './definition.ts';

/** Below this an Answer says how much of its window was not read. */
export const FULL_COVERAGE = 0.99;

/** Answers; everything is read in one snapshot, so that all parts of an Answer are of one data version. */
export async function ask(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { question, values, params }: ParsedQuestion,
): Promise<Answer> {
  const { frame, rows } = await db.begin('isolation level repeatable read read only', async sql => {
    const until = (values.until as Instant | undefined) ?? (await newestRead(sql)) ?? floorTo(clock.now(), MINUTE);
    const length = (values.window as { micros: number }).micros;
    const window = { from: until - length, until };
    const baseline = baselineOf(window);
    const frame: Frame = {
      window,
      baseline,
      asOf: until,
      zone: values.zone as string,
      coverage: await coverageOf(sql, [window]),
      baselineCoverage: await coverageOf(sql, baseline),
      dataVersion: await readDataVersion(sql),
    };
    return { frame, rows: await question.load({ db: sql }, values, frame) };
  });
  const { notes = [], ...body } = question.answer(values, rows, frame);
  return {
    question: question.name,
    params,
    ...body,
    asOf: toIso(frame.asOf),
    dataVersion: frame.dataVersion,
    window: { from: toIso(frame.window.from), until: toIso(frame.window.until) },
    zone: frame.zone,
    coverage: frame.coverage,
    notes: [...notes, ...coverageNotes(frame)],
  };
}

function coverageNotes({ coverage }: Frame): string[] {
  if (coverage === 0) return ['Nothing was read from the feed in this window.'];
  if (coverage >= FULL_COVERAGE) return [];
  return [`The feed was read for ${coverage < 0.01 ? 'less than 1' : Math.floor(coverage * 100)}% of this window.`];
}
