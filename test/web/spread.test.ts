/** Requests that arrive together begin in several turns of the event loop. */
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { spread } from '../../src/web/spread.ts';

/** Work of 8 ms each, by a clock that only work moves. */
function worker() {
  let at = 0;
  const begun: number[] = [];
  const work = spread(
    (n: number) => {
      at += 8;
      begun.push(n);
      if (n === 4) throw new Error('four');
      return n * 10;
    },
    () => at,
  );
  return { work, begun };
}

test('what has no time left in this turn begins in the next ones, in order', async () => {
  const { work, begun } = worker();
  const answers = [1, 2, 3, 5, 6, 7, 8].map(n => work(n));
  expect(answers.slice(0, 3)).toEqual([10, 20, 30]);
  expect(begun).toEqual([1, 2, 3]);
  await turn();
  expect(begun).toEqual([1, 2, 3, 5, 6, 7]);
  await turn();
  expect(await Promise.all(answers)).toEqual([10, 20, 30, 50, 60, 70, 80]);
});

test('who comes while others wait is not ahead of them', async () => {
  const { work, begun } = worker();
  const answers = [1, 2, 3, 5].map(n => work(n));
  await Promise.resolve();
  answers.push(work(6));
  await Promise.all(answers);
  expect(begun).toEqual([1, 2, 3, 5, 6]);
});

test('what throws later rejects, and the rest goes on', async () => {
  const { work } = worker();
  const answers = [1, 2, 3, 4, 5].map(n => work(n));
  await expect(answers[3]).rejects.toThrow('four');
  expect(await answers[4]).toBe(50);
});
