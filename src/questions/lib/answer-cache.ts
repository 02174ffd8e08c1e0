/**
 * What was answered lately, so that the same is not counted again: a bounded memory, and one counting at a
 * time for each question.
 */
import { LRUCache } from 'lru-cache';
import type { Answer } from '../../core/answer.ts';
import { type Instant, SECOND } from '../../core/time/instant.ts';
import type { ParsedQuestion } from './definition.ts';

/**
 * How long an answer is given again without a look at the data: half of the minute within which a load is to
 * be seen.
 */
export const FRESH_FOR = 30 * SECOND;
/** About as many UTF-16 units; an answer has some thousands. */
const MOST_LENGTH = 16_000_000;

/** The question and its parameters as understood, in an order of their own. */
export const keyOf = ({ question, params }: Pick<ParsedQuestion, 'question' | 'params'>): string =>
  `${question.name} ${JSON.stringify(Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1)))}`;

/** An answer as text, so that nobody can change it and its size is known. */
interface Remembered {
  json: string;
  version: number;
  /** When it was last known to be what the data say. */
  trueAt: Instant;
}

/** Told how long each answer took, in seconds, and whether it was made before. */
export interface Latencies {
  observe(question: string, cached: boolean, seconds: number): void;
}

/** The cache of answers, and the queue of those that are being made. */
export interface Answers {
  /** The answer, if it is fresh; or of this version, where one is given. */
  recall(key: string, now: Instant, version?: number): Answer | undefined;
  remember(key: string, answer: Answer, trueAt: Instant): void;
  /** What `make` makes; who asks for the same meanwhile gets the same. */
  once(key: string, make: () => Promise<Answer>): Promise<Answer>;
  latencies: Latencies;
  /**
   * The version of the code, whose answers alone are taken from the database; of any where it is not known.
   */
  code?: string;
}

export interface HasAnswers {
  /** What was answered lately. */
  answers: Answers;
}

interface AnswersOptions {
  mostLength?: number;
  code?: string;
  latencies?: Latencies;
}

/**
 * An empty cache.
 * @param mostLength about how many UTF-16 units it holds; what was used longest ago is dropped first
 */
export function createAnswers({
  mostLength = MOST_LENGTH,
  code,
  latencies = { observe() {} },
}: AnswersOptions = {}): Answers {
  const remembered = new LRUCache<string, Remembered>({
    maxSize: mostLength,
    sizeCalculation: ({ json }, key) => key.length + json.length,
  });
  const making = new Map<string, Promise<Answer>>();
  return {
    recall(key, now, version) {
      const one = remembered.get(key);
      if (!one) return undefined;
      const isSame = one.version === version;
      if (!isSame && !(now >= one.trueAt && now - one.trueAt < FRESH_FOR)) return undefined;
      if (isSame) one.trueAt = now;
      return JSON.parse(one.json);
    },
    remember(key, answer, trueAt) {
      remembered.set(key, { json: JSON.stringify(answer), version: answer.dataVersion, trueAt });
    },
    once(key, make) {
      const running = making.get(key);
      if (running) return running;
      const made = make().finally(() => making.delete(key));
      making.set(key, made);
      return made;
    },
    latencies,
    ...(code !== undefined && { code }),
  };
}
