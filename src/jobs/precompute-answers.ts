/**
 * After each load: answers to what is asked without any words beside the question, so that nobody has to wait
 * for them.
 */

import { setTimeout as delay } from 'node:timers/promises';
import type { Ambient } from '../ambient.ts';
import { messageOf, UserError } from '../core/errors.ts';
import { simulatedClock } from '../core/time/clock.ts';
import { DAY, parseInstant } from '../core/time/instant.ts';
import { baselineOf, type Window } from '../core/time/window.ts';
import { CODE_VERSION } from '../db/code-version.ts';
import type { HasDb, Sql } from '../db/connect.ts';
import { newestRead } from '../db/coverage.ts';
import { readDataVersion } from '../db/data-version.ts';
import { withLock } from '../db/lock.ts';
import { differentStandings, keepStandings } from '../db/read/artist-standing.ts';
import { storeAnswer, storedAnswers } from '../db/read/stored-answers.ts';
import { keyOf } from '../questions/lib/answer-cache.ts';
import { askAnew } from '../questions/lib/ask.ts';
import { missingName, type ParsedQuestion, parseQuestion } from '../questions/lib/definition.ts';
import { questions } from '../questions/registry.ts';

/** Nobody waits for it, so it may take longer than a question that somebody asks. */
const LONGEST_MS = 30_000;

/** Every question that needs no name, and what questions name beside. */
function wanted(): ParsedQuestion[] {
  const plain = questions.filter(question => !question.ofNow && !missingName(question, {}));
  return plain.flatMap(({ name, precomputed = [] }) =>
    [{}, ...precomputed].map(params => parseQuestion(questions, name, params)),
  );
}

/** Makes those anew that are of other data than there are now, or that other code made. Returns how many. */
export async function precomputeAnswers(
  { db, clock, log }: HasDb & Pick<Ambient, 'clock' | 'log'>,
  signal?: AbortSignal,
): Promise<number> {
  const versions = new Map((await storedAnswers(db, CODE_VERSION)).map(({ key, version }) => [key, version]));
  const { version } = await readDataVersion(db);
  const due = wanted().filter(parsed => versions.get(keyOf(parsed)) !== version);
  let made = 0;
  for (const parsed of due) {
    signal?.throwIfAborted();
    const madeAt = clock.now();
    try {
      const answer = await askAnew({ db, clock }, parsed, { longestMs: LONGEST_MS });
      await storeAnswer(
        db,
        { key: keyOf(parsed), version: answer.dataVersion, madeAt, answer },
        CODE_VERSION,
      );
      made += 1;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      log.warn('answer-not-kept', { question: parsed.question.name, reason: messageOf(error) });
    }
  }
  await keepStandings(db, await rankedWindows(db), { version, code: CODE_VERSION });
  return made;
}

/** Windows in which people ask for an artist's rank, and those before, which it is compared with. */
const RANKED = [7 * DAY, 30 * DAY];

async function rankedWindows(db: Sql): Promise<Window[]> {
  const until = await newestRead(db);
  if (until === null) return [];
  return RANKED.flatMap(length => {
    const window = { from: until - length, until };
    return [window, ...baselineOf(window).slice(0, 1)];
  });
}

/** Of the time: others want the database, too. */
const MOST_BUSY = 1 / 5;

/** `precomputeAnswers` for the tick: on one replica, which then rests. */
export async function precomputeAnswersOnTick(
  deps: HasDb & Pick<Ambient, 'clock' | 'log'>,
  signal: AbortSignal,
): Promise<void> {
  const began = performance.now();
  await withLock(deps.db, 'answers', lost => precomputeAnswers(deps, AbortSignal.any([signal, lost])));
  await delay((performance.now() - began) * (1 / MOST_BUSY - 1), undefined, { signal });
}

/** A kept answer that a recount contradicts. */
export interface DifferentAnswer {
  key: string;
  stored: unknown;
  recounted: unknown;
}

/** Recounts those kept answers that are of the data as they are, and that this code made. */
export async function verifyKept({ db }: HasDb): Promise<DifferentAnswer[]> {
  const different: DifferentAnswer[] = [];
  for (const { key, version, madeAt, answer } of await storedAnswers(db, CODE_VERSION)) {
    if (version !== (await readDataVersion(db)).version) continue;
    const parsed = parseQuestion(questions, answer.question, answer.params);
    const values = { ...parsed.values, until: parseInstant(answer.asOf) };
    const recounted = await askAnew(
      { db, clock: simulatedClock(madeAt, 1) },
      { ...parsed, values },
      { longestMs: LONGEST_MS },
    );
    // What changed meanwhile is no contradiction.
    if (recounted.dataVersion === version && !same(answer, recounted))
      different.push({ key, stored: answer.rows, recounted: recounted.rows });
  }
  const { version } = await readDataVersion(db);
  const standings = await differentStandings(db, { version, code: CODE_VERSION });
  different.push(...standings.map(window => ({ key: 'artist_standing', stored: window, recounted: null })));
  return different;
}

/** As JSON has them, whatever the order of their keys. */
const same = (a: unknown, b: unknown): boolean => sorted(a) === sorted(b);
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, one) =>
    one && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort())
      : one,
  );
