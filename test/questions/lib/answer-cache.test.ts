/** Answers are given again while the data are the same, and not a minute longer. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/core/answer.ts';
import type { Clock } from '../../../src/core/time/clock.ts';
import { simulatedClock } from '../../../src/core/time/clock.ts';
import { type Instant, MINUTE, SECOND } from '../../../src/core/time/instant.ts';
import { CODE_VERSION } from '../../../src/db/code-version.ts';
import { storedAnswers } from '../../../src/db/read/stored-answers.ts';
import { storeBatch } from '../../../src/db/write/feed.ts';
import { precomputeAnswers } from '../../../src/jobs/precompute-answers.ts';
import { verify } from '../../../src/jobs/verify.ts';
import { silentLog } from '../../../src/log.ts';
import { createAnswers, FRESH_FOR } from '../../../src/questions/lib/answer-cache.ts';
import { ask } from '../../../src/questions/lib/ask.ts';
import { parseQuestion } from '../../../src/questions/lib/definition.ts';
import { questions } from '../../../src/questions/registry.ts';
import { testDatabase } from '../../support/database.ts';
import { aSale, NOON } from '../../support/sales.ts';

const answerOf = (dataVersion: number, title = 'Top'): Answer => ({
  question: 'top',
  params: {},
  title,
  headline: '',
  asOf: '',
  dataVersion,
  window: { from: '', until: '' },
  zone: 'UTC',
  coverage: 1,
  columns: [],
  rows: [],
  notes: [],
  followUps: [],
});

describe('the memory', () => {
  test('gives an answer for half a minute, then only of the same version', () => {
    const answers = createAnswers();
    answers.remember('a', answerOf(7), NOON);
    expect(answers.recall('a', NOON + FRESH_FOR - 1)).toEqual(answerOf(7));
    expect(answers.recall('a', NOON + FRESH_FOR)).toBeUndefined();
    expect(answers.recall('a', NOON + FRESH_FOR, 8)).toBeUndefined();
    expect(answers.recall('a', NOON + FRESH_FOR, 7)).toEqual(answerOf(7));
    // Now it is known to be true again.
    expect(answers.recall('a', NOON + 2 * FRESH_FOR - 1)).toEqual(answerOf(7));
    expect(answers.recall('b', NOON, 7)).toBeUndefined();
  });

  test('what is given cannot be changed by who gets it', () => {
    const answers = createAnswers();
    answers.remember('a', answerOf(1), NOON);
    answers.recall('a', NOON)?.notes.push('mine');
    expect(answers.recall('a', NOON)?.notes).toEqual([]);
  });

  test('is bounded: what was asked for longest ago is forgotten', () => {
    const size = JSON.stringify(answerOf(1)).length + 1;
    const answers = createAnswers({ mostLength: 3 * size });
    for (const key of ['a', 'b', 'c']) answers.remember(key, answerOf(1), NOON);
    answers.recall('a', NOON);
    answers.remember('d', answerOf(1), NOON);
    expect(['a', 'b', 'c', 'd'].filter(key => answers.recall(key, NOON))).toEqual(['a', 'c', 'd']);
    answers.remember('e', answerOf(1, 'x'.repeat(3 * size)), NOON);
    expect(answers.recall('e', NOON)).toBeUndefined();
  });

  test('the same is made once for all who ask meanwhile; a failure is not kept', async () => {
    const answers = createAnswers();
    let made = 0;
    const make = async () => {
      made += 1;
      await Promise.resolve();
      if (made === 1) throw new Error('no');
      return answerOf(made);
    };
    const first = await Promise.allSettled([answers.once('a', make), answers.once('a', make)]);
    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(made).toBe(1);
    expect(
      (await Promise.all([answers.once('a', make), answers.once('a', make)])).map(one => one.dataVersion),
    ).toEqual([2, 2]);
  });
});

describe('over a database', async () => {
  const { db } = await testDatabase();
  let now: Instant = NOON;
  const clock: Clock = { ...simulatedClock(NOON, 1), now: () => now };
  const observed: [question: string, cached: boolean, seconds: number][] = [];
  const latencies = { observe: (...one: (typeof observed)[number]) => void observed.push(one) };
  const answers = createAnswers({ latencies });
  const sold = async () =>
    (await ask({ db, clock, answers }, parseQuestion(questions, 'overview', {}))).rows[0]?.sales ?? 0;
  const load = (at: Instant) =>
    storeBatch(
      db,
      {
        kind: 'sales',
        from: at - MINUTE,
        until: at,
        serverTime: at,
        sales: [aSale({ at: at - SECOND })],
        rejects: [],
      },
      at,
    );
  const deps = { db, clock, log: silentLog };

  beforeEach(async () => {
    observed.length = 0;
    now += 10 * MINUTE;
    await load(now);
  });

  test('a load is seen within a minute, and counted once for those who ask at once', async () => {
    const before = await sold();
    await load(now + MINUTE);
    expect(await sold()).toBe(before);
    now += MINUTE;
    expect(await Promise.all([sold(), sold()])).toEqual([Number(before) + 1, Number(before) + 1]);
    // The fourth comes by a connection of its own, and may find what the third has made.
    expect(observed.map(([question]) => question)).toEqual(Array(4).fill('overview'));
    expect(observed.slice(0, 3).map(([, cached]) => cached)).toEqual([false, true, false]);
    expect(observed.every(([, , seconds]) => seconds > 0 && seconds < 30)).toBe(true);
  });

  test('answers are kept after a load, found by another process, and verified', async () => {
    expect(await precomputeAnswers(deps)).toBeGreaterThan(10);
    expect(await precomputeAnswers(deps)).toBe(0);
    const kept = await storedAnswers(db, CODE_VERSION);
    const elsewhere = createAnswers({ latencies });
    const top = () => ask({ db, clock, answers: elsewhere }, parseQuestion(questions, 'top', {}));
    const { answer } = kept.find(({ key }) => key.startsWith('top ') && key.includes('"artist"')) ?? {};
    expect(await top()).toEqual(answer);
    expect(observed).toEqual([['top', true, expect.any(Number)]]);
    expect((await verify({ db })).differences).toEqual([]);

    await db`
      update kept_answer set answer = jsonb_set(answer, '{rows,0,sales}', '99')
      where key like 'overview %'`;
    expect((await verify({ db })).differences).toMatchObject([{ table: 'kept_answer', rows: 1 }]);
    await load(now + MINUTE);
    // Of other data than there are now it says nothing, until it is made anew.
    expect((await verify({ db })).differences).toEqual([]);
    expect(await precomputeAnswers(deps)).toBe(kept.length);
    expect((await verify({ db })).differences).toEqual([]);
  });

  test('what other code kept is not given, not verified, and made anew; the Worker takes it', async () => {
    await precomputeAnswers(deps);
    const kept = (await storedAnswers(db, CODE_VERSION)).length;
    const overview = async (code?: string) => {
      const asked = parseQuestion(questions, 'overview', {});
      const { headline } = await ask({ db, clock, answers: createAnswers(code ? { code } : {}) }, asked);
      return headline;
    };
    const wrong = `update kept_answer set answer = jsonb_set(answer, '{headline}', '"wrong"')`;
    // As code from before the column replaces an answer that was ours.
    await db.unsafe(`${wrong}, made_at = made_at + interval '1 second'`);
    expect(await overview(CODE_VERSION)).not.toBe('wrong');
    expect(await overview()).toBe('wrong');
    expect((await verify({ db })).differences).toEqual([]);
    expect(await precomputeAnswers(deps)).toBe(kept);
    // As code from before the column stores one.
    await db.unsafe(`${wrong}, made_by = default`);
    expect(await overview(CODE_VERSION)).not.toBe('wrong');
    expect((await verify({ db })).differences).toEqual([]);
    expect(await precomputeAnswers(deps)).toBe(kept);
    expect(await overview()).not.toBe('wrong');
  });

  test('what the clock decides is asked anew: the status, and a window not read at all', async () => {
    const status = () => ask({ db, clock, answers }, parseQuestion(questions, 'status', {}));
    await status();
    await status();
    expect(observed.map(([, cached]) => cached)).toEqual([false, false]);
  });
});
