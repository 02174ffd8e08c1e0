/** A rush makes others wait; a question is blamed for its time only where it had the database to itself. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createCounting, TakesTooLong } from '../../../src/questions/lib/counting.ts';

const LANE = { capacity: 2, mostWaiting: 100, longestWaitMs: 10_000 };

/** Takes too long wherever another is counted beside it. */
function counter() {
  let running = 0;
  let most = 0;
  const count = async () => {
    running += 1;
    most = Math.max(most, running);
    await delay(5);
    const alone = running === 1;
    await delay(5);
    running -= 1;
    if (!alone) throw new TakesTooLong();
    return 'counted';
  };
  return { count, most: () => most };
}

test('what takes too long beside others is counted once more by itself', async () => {
  const admit = createCounting().lane(LANE);
  const { count, most } = counter();
  const all = await Promise.all(Array.from({ length: 20 }, () => admit(count)));
  expect(all).toEqual(Array(20).fill('counted'));
  expect(most()).toBe(2);
});

test('what takes too long by itself is blamed, once', async () => {
  const admit = createCounting().lane(LANE);
  let counted = 0;
  const tooLong = async () => {
    counted += 1;
    throw new TakesTooLong();
  };
  await expect(admit(tooLong)).rejects.toThrow('takes too long to count');
  expect(counted).toBe(1);
});

test('what takes too long beside those of another lane finds the service busy', async () => {
  const counting = createCounting();
  const [web, chats] = [counting.lane(LANE), counting.lane(LANE)];
  const done = Promise.withResolvers<void>();
  const other = web(() => done.promise);
  await expect(chats(() => Promise.reject(new TakesTooLong()))).rejects.toMatchObject({
    reason: 'busy',
    text: 'The service is busy. Try again in a minute.',
  });
  done.resolve();
  await other;
});

test('nobody waits for another lane', async () => {
  const counting = createCounting();
  const [web, chats] = [counting.lane(LANE), counting.lane(LANE)];
  const done = Promise.withResolvers<void>();
  const held = Array.from({ length: 10 }, () => web(() => done.promise));
  expect(await chats(async () => 'answered')).toBe('answered');
  done.resolve();
  await Promise.all(held);
});
