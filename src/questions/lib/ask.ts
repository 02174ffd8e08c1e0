/**
 * Asks a parsed question: finds the frame, runs its SQL, then its pure function, and completes the Answer.
 */

import type { Ambient } from '../../ambient.ts';
import { type Answer, SIMULATED } from '../../core/answer.ts';
import { NotNow } from '../../core/errors.ts';
import { formatPercent } from '../../core/numbers.ts';
import { notesOnOne } from '../../core/small-cells.ts';
import { withSubjects } from '../../core/subject.ts';
import { formatMinutes } from '../../core/time/dates.ts';
import { floorTo, type Instant, MINUTE, SECOND, toIso } from '../../core/time/instant.ts';
import { type AskedWindow, resolveWindow } from '../../core/time/window-words.ts';
import type { HasDb, Sql } from '../../db/connect.ts';
import { newestRead } from '../../db/coverage.ts';
import { isConnectionLost, rereading } from '../../db/lost.ts';
import { findStored } from '../../db/read/stored-answers.ts';
import { tookTooLong } from '../../db/within-time-limit.ts';
import { questions } from '../registry.ts';
import { type Answers, keyOf } from './answer-cache.ts';
import { type Admit, TakesTooLong } from './counting.ts';
import type { AnswerBody, Frame, ParsedQuestion, Question } from './definition.ts';
import { loadFrame } from './frame.ts';

/** Below this an Answer says how much of its window was not read. */
const FULL_COVERAGE = 0.99;

/** Of one statement: what takes longer keeps others waiting. */
const LONGEST_STATEMENT_MS = 2000;
/**
 * Of trigrams, for names to be looked at (pg_trgm's own is 0.3): two letters that changed places leave little
 * more in a short name.
 */
const LEAST_SIMILARITY = '0.25';
/**
 * Of a sort or a hash: artists of a month stay in memory. Statements here are too short for their plans to be
 * compiled.
 */
const WORK_MEM = '64MB';

/** When somebody may ask again while the database is away: others look for it every two seconds. */
const AWAY_SECONDS = 10;

/** Reads once more where the connection is lost, and says it where the database stays away. */
async function inTime<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await rereading(read);
  } catch (error) {
    if (isConnectionLost(error)) throw new NotNow('away', AWAY_SECONDS, { cause: error });
    throw tookTooLong(error) ? new TakesTooLong() : error;
  }
}

/** What answering takes. */
export interface AskDeps extends HasDb, Pick<Ambient, 'clock'> {
  /** The cache of answers; without it each answer is counted again. */
  answers?: Answers;
  /** Lets an answer be counted when its turn comes. */
  admit?: Admit;
}

/**
 * How long an answer that is kept in the database is given although the data have changed: it is made after a
 * load, the next load comes a minute later, and within another one it has to be seen.
 */
const KEPT_FOR = 90 * SECOND;

/**
 * Answers a question from the cache, as long as the data are the same or changed less than a minute ago, else
 * by counting.
 * @throws UserError for what is not in the data, or takes too long to count; NotNow as `admit` does
 */
export async function ask(deps: AskDeps, parsed: ParsedQuestion): Promise<Answer> {
  const { answers } = deps;
  if (!answers) return askInTurn(deps, parsed);
  const began = performance.now();
  const { answer, cached } = parsed.question.ofNow
    ? { answer: await askInTurn(deps, parsed), cached: false }
    : await recallOrAsk(deps, parsed, answers);
  answers.latencies.observe(parsed.question.name, cached, (performance.now() - began) / 1000);
  return answer;
}

const askInTurn = (deps: AskDeps, parsed: ParsedQuestion): Promise<Answer> =>
  deps.admit ? deps.admit(() => askAnew(deps, parsed)) : askAnew(deps, parsed);

async function recallOrAsk(
  deps: AskDeps,
  parsed: ParsedQuestion,
  answers: Answers,
): Promise<{ answer: Answer; cached: boolean }> {
  const key = keyOf(parsed);
  const now = deps.clock.now();
  // A page asks for its chart as of the instant that its table is of.
  const remember = (answer: Answer, trueAt: Instant) => {
    // Where nothing was read the clock decides what is asked about.
    if (answer.coverage === 0) return;
    answers.remember(key, answer, trueAt);
    const params = { ...answer.params, until: answer.asOf };
    answers.remember(keyOf({ ...parsed, params }), { ...answer, params }, trueAt);
  };
  const fresh = answers.recall(key, now);
  if (fresh) return { answer: fresh, cached: true };
  const { version, kept } = await inTime(() => findStored(deps.db, key, answers.code));
  const same = answers.recall(key, now, version);
  if (same) return { answer: same, cached: true };
  if (kept && (kept.version === version || (now >= kept.madeAt && now - kept.madeAt < KEPT_FOR))) {
    remember(kept.answer, kept.version === version ? now : kept.madeAt);
    return { answer: kept.answer, cached: true };
  }
  const answer = await answers.once(key, async () => {
    const made = await askInTurn(deps, parsed);
    remember(made, now);
    return made;
  });
  return { answer, cached: false };
}

/**
 * Settings of the connection for as long as a question is counted. A plan that is made for any window reads
 * whole tables: of newcomers, after some askings on one connection, for 40 s instead of half of one.
 */
const prepare = (sql: Pick<Sql, 'unsafe'>, { longestMs, workers }: Required<AskOptions>) =>
  sql.unsafe(
    `select set_config('statement_timeout', $1, true), set_config('pg_trgm.similarity_threshold', $2, true),
      set_config('jit', 'off', true), set_config('work_mem', $3, true),
      set_config('plan_cache_mode', 'force_custom_plan', true),
      set_config('max_parallel_workers_per_gather', $4, true)`,
    [String(longestMs), LEAST_SIMILARITY, WORK_MEM, String(workers)],
  );

/** Limits of one answer, for those who may take longer than a person waits. */
export interface AskOptions {
  longestMs?: number;
  /** Of the database, which may help with one statement: none where many questions are asked at once. */
  workers?: number;
}

/**
 * Counts an answer; everything is read in one snapshot, so that all parts of an Answer are of one data
 * version.
 */
export async function askAnew(
  { db, clock }: HasDb & Pick<Ambient, 'clock'>,
  { question, values, params: given }: ParsedQuestion,
  { longestMs = LONGEST_STATEMENT_MS, workers = 2 }: AskOptions = {},
): Promise<Answer> {
  const { frame, understood, text, rows } = await inTime(() =>
    db.begin('isolation level repeatable read read only', async sql => {
      await prepare(sql, { longestMs, workers });
      const newest =
        (values.until as Instant | undefined) ?? (await newestRead(sql)) ?? floorTo(clock.now(), MINUTE);
      const { window, text } = resolveWindow(values.window as AskedWindow, newest, values.zone as string);
      const understood = { ...values, window: { text } };
      const { needsBaseline = false } = question;
      const wanted = { window, zone: values.zone as string, now: clock.now(), needsBaseline };
      const frame = await loadFrame(sql, wanted);
      return { frame, text, understood, rows: await question.load({ db: sql }, understood, frame) };
    }),
  );
  const { notes = [], chart, followUps, ...body } = question.answer(understood, rows, frame);
  const params = { ...given, window: text };
  const source = frame.simulated
    ? 'a simulation: no artist and no sale in it is real'
    : "Bandcamp's sales feed";
  const when = formatMinutes(frame.window.from, frame.window.until, frame.zone);
  return {
    question: question.name,
    params,
    ...body,
    rows: withSubjects(body.columns, body.rows),
    ...(frame.simulated && { simulated: true as const }),
    ...(chart && {
      chart: { ...chart, caption: `${chart.caption}. ${when}. Source: ${source}.` },
    }),
    asOf: toIso(frame.asOf),
    dataVersion: frame.dataVersion,
    window: { from: toIso(frame.window.from), until: toIso(frame.window.until) },
    zone: frame.zone,
    coverage: frame.coverage,
    notes: [
      ...(frame.simulated ? [SIMULATED] : []),
      ...notes,
      ...notesOnOne(body.columns, body.rows),
      ...coverageNotes(frame),
    ],
    followUps: followUps.map(next => ({
      label: next.label,
      question: next.question ?? question.name,
      params: changed(question, params, next),
    })),
  };
}

/** Parameters that a follow-up keeps where its question takes them. */
const COMMON = ['window', 'country', 'until', 'zone'];

/** The parameters that were given, with the change made; what equals its default is left out. */
function changed(
  { name, parameters }: Question,
  params: Record<string, string>,
  { question = name, change }: AnswerBody['followUps'][number],
): Record<string, string> {
  const other = questions.find(({ name }) => name === question)?.parameters ?? {};
  const isCommon = (key: string) => COMMON.includes(key) && Object.hasOwn(other, key);
  const kept = Object.entries(params).filter(([key, value]) =>
    question === name ? value !== parameters[key]?.default : isCommon(key) && value !== 'UTC',
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
  if (coverage === 0) return ['No sales were read in this period.'];
  if (coverage >= FULL_COVERAGE) return [];
  return [
    `Only ${coverage < 0.01 ? 'less than 1%' : formatPercent(coverage)} of this period was read, ` +
      'so counts are low.',
  ];
}
