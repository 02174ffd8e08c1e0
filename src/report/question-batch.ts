/** Asks many questions of one window: each once, however often it is wanted, and a few at a time. */
import type { Ambient } from '../ambient.ts';
import type { Answer } from '../core/answer.ts';
import { HOUR, type Instant } from '../core/time/instant.ts';
import type { Window } from '../core/time/window.ts';
import { CODE_VERSION } from '../db/code-version.ts';
import type { HasDb } from '../db/connect.ts';
import { lastReading } from '../db/coverage.ts';
import { findStored, storeAnswer } from '../db/read/stored-answers.ts';
import { keyOf } from '../questions/lib/answer-cache.ts';
import { askAnew } from '../questions/lib/ask.ts';
import { type ParsedQuestion, parseQuestion } from '../questions/lib/definition.ts';
import { questions } from '../questions/registry.ts';

/** Asks with the common parameters, which its own go before. @throws UserError */
export type Asker = (name: string, params?: Record<string, string>) => Promise<Answer>;

/**
 * As many connections as one report may hold: one more than a small server has cores, since some wait for its
 * disk.
 */
const AT_ONCE = 3;
/**
 * Nobody waits before a screen: what takes longer than a chat's reader would bear still stands in the report.
 */
const LONGEST_MS = 10_000;

/**
 * What was counted of a time that is over is told again for so long: pages that were read meanwhile change
 * little of it.
 */
export const TOLD_AGAIN = HOUR;

/**
 * Whether what was made of a time that is over at `madeAt` can be told again; `lastRead`: when something of
 * that time was read last.
 */
export const isToldAgain = (madeAt: Instant, now: Instant, lastRead: Instant | null): boolean =>
  now >= madeAt && now - madeAt < TOLD_AGAIN && madeAt > (lastRead ?? Number.NEGATIVE_INFINITY);

interface AskerOptions {
  /**
   * What the answers are about: where it is over, and nothing more was read of it meanwhile, they are told as
   * they were kept.
   */
  about?: Window;
  /** Counts everything anew, and keeps it for others. */
  keep?: boolean;
}

/** `common`: raw parameters of all, such as window, until and zone. */
export function createAsker(
  { db, clock }: HasDb & Pick<Ambient, 'clock'>,
  common: Record<string, string>,
  { about, keep = false }: AskerOptions = {},
): Asker {
  const isOver = about !== undefined && about.until <= clock.now() && !keep;
  const lastRead = isOver ? lastReading(db, about) : Promise.resolve(null);
  lastRead.catch(() => {});
  const answerOf = async (parsed: ParsedQuestion): Promise<Answer> => {
    const [key, now] = [keyOf(parsed), clock.now()];
    const { kept } = isOver ? await findStored(db, key, CODE_VERSION) : { kept: null };
    if (kept && isToldAgain(kept.madeAt, now, await lastRead)) return kept.answer;
    const answer = await askAnew({ db, clock }, parsed, { longestMs: LONGEST_MS, workers: 0 });
    if (keep) await storeAnswer(db, { key, version: answer.dataVersion, madeAt: now, answer }, CODE_VERSION);
    return answer;
  };
  const asked = new Map<string, Promise<Answer>>();
  const limited = turns(AT_ONCE);
  return async (name, params = {}) => {
    const parsed = parseQuestion(questions, name, { ...common, ...params });
    const key = `${name} ${JSON.stringify(parsed.params)}`;
    const answer = asked.get(key) ?? limited(() => answerOf(parsed));
    asked.set(key, answer);
    return answer;
  };
}

/** Does at most so many things at a time, the others in the order in which they came. */
function turns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = most;
  const waiting: (() => void)[] = [];
  return async work => {
    if (free > 0) free -= 1;
    else await new Promise<void>(resolve => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
