import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { NotNow } from '../../src/core/errors.ts';
import { createTurns } from '../../src/core/turns.ts';

/** Work that ends when it is told to, and tells when it began. */
function works() {
  const began: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => () =>
    new Promise<string>(resolve => {
      began.push(name);
      ends.set(name, () => resolve(name));
    });
  return { began, work, end: (name: string) => ends.get(name)?.() };
}

test('work takes turns in the order of arrival, the urgent before the others', async () => {
  const turns = createTurns({ capacity: 1 });
  const { began, work, end } = works();
  const all = [
    turns.take(work('first')),
    turns.take(work('second')),
    turns.take(work('third')),
    turns.take(work('urgent'), { urgent: true }),
    turns.take(work('urgent too'), { urgent: true }),
  ];
  for (const name of ['first', 'urgent', 'urgent too', 'second', 'third']) {
    await delay(1);
    expect(began.at(-1)).toBe(name);
    end(name);
  }
  expect(await Promise.all(all)).toEqual(['first', 'second', 'third', 'urgent', 'urgent too']);
  expect([turns.running, turns.waiting]).toEqual([0, 0]);
});

test('work weighs, and what is heavier than all capacity runs alone', async () => {
  const turns = createTurns({ capacity: 10 });
  const { began, work, end } = works();
  const all = [
    turns.take(work('four'), { weight: 4 }),
    turns.take(work('six'), { weight: 6 }),
    turns.take(work('eleven'), { weight: 11 }),
    turns.take(work('one'), { weight: 1 }),
  ];
  await delay(1);
  expect(began).toEqual(['four', 'six']);
  end('four');
  await delay(1);
  expect(began).toEqual(['four', 'six']);
  end('six');
  await delay(1);
  expect(began).toEqual(['four', 'six', 'eleven']);
  end('eleven');
  await delay(1);
  end('one');
  await Promise.all(all);
});

test('who finds too many waiting, or waits too long, is told when to come again', async () => {
  const turns = createTurns({ capacity: 1, mostWaiting: 1, longestWaitMs: 20, retryAfterSeconds: 60 });
  const { work, end } = works();
  const first = turns.take(work('first'));
  const second = turns.take(work('second'));
  await expect(turns.take(work('third'))).rejects.toThrow(NotNow);
  await expect(second).rejects.toThrow('The service is busy.');
  await expect(second).rejects.toMatchObject({
    status: 503,
    retryAfterSeconds: 60,
    hint: 'Try again in a minute.',
  });
  end('first');
  expect(await first).toBe('first');
  expect(turns.waiting).toBe(0);
});

test('a signal ends the wait; failed work frees its turn', async () => {
  const turns = createTurns({ capacity: 1 });
  const { work, end } = works();
  const stop = new AbortController();
  const first = turns.take(work('first'));
  const second = turns.take(work('second'), { signal: stop.signal });
  stop.abort(new Error('stopped'));
  await expect(second).rejects.toThrow('stopped');
  end('first');
  await first;
  await expect(turns.take(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await turns.take(async () => 'free')).toBe('free');
});
