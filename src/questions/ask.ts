/** Asks a parsed question: finds the frame, runs its SQL, then its pure function, and completes the Answer. */
import type { Answer } from '../core/answer.ts';
import { formatMinutes } from '../core/dates.ts';
import { floorTo, type Instant, MINUTE, toIso } from '../core/instant.ts';
import { baselineOf } from '../core/window.ts';
import { coverageOf, newestRead } from '../db/coverage.ts';
import { readDataVersion } from '../db/data-version.ts';
import type { Deps } from '../deps.ts';
import type { AnswerBody, Frame, ParsedQuestion, Question } from './definition.ts';

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
    const { version, simulated } = await readDataVersion(sql);
    const frame: Frame = {
      window,
      baseline,
      asOf: until,
      zone: values.zone as string,
      coverage: await coverageOf(sql, [window]),
      baselineCoverage: await coverageOf(sql, baseline),
      dataVersion: version,
      simulated,
    };
    return { frame, rows: await question.load({ db: sql }, values, frame) };
  });
  const { notes = [], chart, followUps, ...body } = question.answer(values, rows, frame);
  const mark = (title: string) => markTitle(title, frame.simulated);
  const source = frame.simulated ? 'a simulation: no artist and no sale in it is real' : "Bandcamp's sales feed";
  const when = formatMinutes(frame.window.from, frame.window.until, frame.zone);
  return {
    question: question.name,
    params,
    ...body,
    title: mark(body.title),
    ...(chart && {
      chart: { ...chart, title: mark(chart.title), caption: `${chart.caption}. ${when}. Source: ${source}.` },
    }),
    asOf: toIso(frame.asOf),
    dataVersion: frame.dataVersion,
    window: { from: toIso(frame.window.from), until: toIso(frame.window.until) },
    zone: frame.zone,
    coverage: frame.coverage,
    notes: [...(frame.simulated ? [`Source: ${source}.`] : []), ...notes, ...coverageNotes(frame)],
    followUps: followUps.map(next => ({
      label: next.label,
      question: next.question ?? question.name,
      params: changed(question, params, next),
    })),
  };
}

/** In every title, so that no face can leave it out. */
export const markTitle = (title: string, simulated: boolean): string =>
  simulated ? `${title} (simulated data)` : title;

/** What another question is asked with, too. */
const COMMON = ['window', 'country', 'until', 'zone'];

/** The parameters that were given, with the change made; what equals its default is left out. */
function changed(
  { name, parameters }: Question,
  params: Record<string, string>,
  { question = name, change }: AnswerBody['followUps'][number],
): Record<string, string> {
  const kept = Object.entries(params).filter(([key, value]) =>
    question === name ? value !== parameters[key]?.default : COMMON.includes(key) && value !== 'UTC',
  );
  const all = Object.entries({ ...Object.fromEntries(kept), ...change });
  return Object.fromEntries(
    all.filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && (question !== name || entry[1] !== parameters[entry[0]]?.default),
    ),
  );
}

function coverageNotes({ coverage }: Frame): string[] {
  if (coverage === 0) return ['Nothing was read from the feed in this window.'];
  if (coverage >= FULL_COVERAGE) return [];
  return [`The feed was read for ${coverage < 0.01 ? 'less than 1' : Math.floor(coverage * 100)}% of this window.`];
}
