/** The service's clock goes by another one, and not by how this machine's is set. */
import { afterEach, expect, test, vi } from 'vitest';
import { createSyncedClock, simulatedClock } from '../../../src/core/time/clock.ts';
import { HOUR, MINUTE, parseInstant, SECOND } from '../../../src/core/time/instant.ts';

const NOON = parseInstant('2026-11-28T12:00Z');

afterEach(() => vi.useRealTimers());

/** Sets the wall clock; the time that passes goes on as it is. */
function setWall(at: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: at / 1000 });
}

test('before it has heard another clock it goes by the wall, afterwards by what it heard', () => {
  setWall(NOON - 2 * HOUR);
  const clock = createSyncedClock();
  expect(Math.abs(clock.now() - (NOON - 2 * HOUR))).toBeLessThan(SECOND);
  const ms = performance.now();
  const ahead = clock.sync(NOON, ms, ms);
  expect(Math.abs(clock.now() - NOON)).toBeLessThan(SECOND);
  expect(Math.abs(ahead + 2 * HOUR)).toBeLessThan(SECOND);
});

test('a wall clock that leaps does not move it', () => {
  setWall(NOON);
  const clock = createSyncedClock();
  const ms = performance.now();
  clock.sync(NOON, ms, ms);
  for (const leap of [-HOUR, HOUR, 72 * HOUR]) {
    setWall(NOON + leap);
    expect(Math.abs(clock.now() - NOON)).toBeLessThan(SECOND);
    expect(clock.realNow() - clock.now()).toBeLessThan(SECOND);
  }
});

test('what lies within the uncertainty of a late answer changes nothing; what does not is taken', () => {
  setWall(NOON);
  const clock = createSyncedClock();
  const ms = performance.now();
  clock.sync(NOON, ms, ms);
  const offset = () => clock.now() - performance.now() * 1000;
  const before = offset();
  // Asked now and heard in 400 ms: it may have been read at any moment between.
  clock.sync(NOON + 0.1 * SECOND, ms, ms + 400);
  expect(Math.abs(offset() - before)).toBeLessThan(1000);
  clock.sync(NOON + MINUTE, ms, ms + 400);
  expect(Math.abs(offset() - before - (MINUTE - 0.2 * SECOND))).toBeLessThan(1000);
});

test('where time is simulated, the present outside is another', () => {
  setWall(NOON);
  const clock = simulatedClock(NOON - 24 * HOUR, 60);
  expect(Math.abs(clock.realNow() - NOON)).toBeLessThan(SECOND);
  expect(clock.now()).toBeLessThan(NOON - 23 * HOUR);
});
