/** The pace for each host, the limit over all of them, and the back-off. */
import { describe, expect, test } from 'vitest';
import type { Refusal } from '../../src/bandcamp/blocked-response.ts';
import { backoff, createRateLimiter } from '../../src/bandcamp/rate-limiter.ts';
import { HOUR, type Instant, MINUTE, SECOND } from '../../src/core/time/instant.ts';
import { silentLog } from '../../src/log.ts';
import { leapingClock } from '../support/leaping-clock.ts';

const refusal: Refusal = { reason: 'too-many-requests', status: 429, retryAfterSeconds: 3 };

test('a host is asked once a second, however many ask', async () => {
  const clock = leapingClock();
  const limiter = createRateLimiter({ clock, random: () => 0, log: silentLog });
  const starts: Instant[] = [];
  const ask = async () => {
    const leave = await limiter.enter('a.example.com');
    starts.push(clock.now());
    leave(null);
  };
  await Promise.all(Array.from({ length: 8 }, ask));
  expect(starts).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map(second => second * SECOND));
});

test('all hosts together are asked four times a second at most', async () => {
  const clock = leapingClock();
  const limiter = createRateLimiter({ clock, random: () => 0, log: silentLog });
  const starts: Instant[] = [];
  const ask = async (host: string) => {
    const leave = await limiter.enter(host);
    starts.push(clock.now());
    leave(null);
  };
  await Promise.all([1, 2, 3, 4, 5].map(n => ask(`${n}.example.com`)));
  expect(starts).toEqual([0, 1, 2, 3, 4].map(quarter => (quarter * SECOND) / 4));
});

describe('after a back-off', () => {
  test.each([
    ['one host', 'a.example.com', 'a.example.com'],
    ['all sellers', 'a.bandcamp.com', 'b.bandcamp.com'],
  ])('one request goes out first, of %s', async (_what, first, second) => {
    const clock = leapingClock();
    const limiter = createRateLimiter({ clock, random: () => 0, log: silentLog });
    (await limiter.enter(first))(refusal);
    await clock.sleep(MINUTE);
    const probe = await limiter.enter(first);
    const waiting = Promise.allSettled([first, second].map(host => limiter.enter(host)));
    await clock.sleep(HOUR);
    probe({ reason: 'forbidden', status: 403 });
    const refused = {
      status: 'rejected',
      reason: expect.objectContaining({ name: 'Refused', reason: 'forbidden' }),
    };
    expect(await waiting).toEqual([refused, refused]);
  });

  test('the others follow when it is answered, and the next in turn tries where it was not', async () => {
    const clock = leapingClock();
    const limiter = createRateLimiter({ clock, random: () => 0, log: silentLog });
    (await limiter.enter('a.example.com'))(refusal);
    await clock.sleep(MINUTE);
    const probe = await limiter.enter('a.example.com');
    const second = limiter.enter('a.example.com');
    const third = limiter.enter('a.example.com');
    probe(undefined);
    const leave = await Promise.race([second, third]);
    leave(null);
    (await second)(null);
    (await third)(null);
    expect(await limiter.enter('a.example.com')).toBeTypeOf('function');
  });
});

test('six requests are under way at most; who gives up waiting lets the others in', async () => {
  const limiter = createRateLimiter({ clock: leapingClock(), random: () => 0, log: silentLog });
  const stop = new AbortController();
  const running = await Promise.all([1, 2, 3, 4, 5, 6].map(n => limiter.enter(`${n}.example.com`)));
  const entered: string[] = [];
  const enter = async (host: string, signal?: AbortSignal) => {
    await limiter.enter(host, signal);
    entered.push(host);
  };
  const impatient = enter('impatient.example.com', stop.signal);
  const patient = enter('patient.example.com');
  stop.abort(new Error('stopped'));
  await expect(impatient).rejects.toThrow('stopped');
  expect(entered).toEqual([]);
  running[0]?.(null);
  await patient;
  expect(entered).toEqual(['patient.example.com']);
});

test('who waits for a turn is refused as soon as somebody else was', async () => {
  const limiter = createRateLimiter({ clock: leapingClock(), random: () => 0, log: silentLog });
  const leave = await limiter.enter('a.example.com');
  const waiting = limiter.enter('a.example.com');
  leave(refusal);
  await expect(waiting).rejects.toMatchObject({ name: 'Refused', status: 0, retryAfterSeconds: 59 });
});

test('the back-off doubles with each refusal in a row, within bounds, with jitter', () => {
  const none = () => 0;
  expect([1, 2, 3, 20].map(times => backoff(refusal, times, none))).toEqual([
    MINUTE,
    2 * MINUTE,
    4 * MINUTE,
    HOUR,
  ]);
  expect(backoff(refusal, 1, () => 0.5)).toBe(75 * SECOND);
  expect(backoff({ ...refusal, retryAfterSeconds: 7200 }, 1, none)).toBe(2 * HOUR);
  expect(backoff({ ...refusal, retryAfterSeconds: 1e9 }, 1, none)).toBe(24 * HOUR);
});
