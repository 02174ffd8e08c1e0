/** When digests are due: once each local day at the local hour, through every change of the clocks. */
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, type Instant, MINUTE, parseInstant, toIso } from '../../src/core/time/instant.ts';
import { addDays, atLocalTime } from '../../src/core/time/zone.ts';
import { dueWithin, nextDue, planDeliveries } from '../../src/digests/rhythms.ts';

const FROM = parseInstant('2025-12-31T12:00Z');
const UNTIL = parseInstant('2027-01-01T12:00Z');

const formats = new Map<string, Intl.DateTimeFormat>();

/** By the runtime's own tables of zones, which the code under test does not use for this. */
function localMinute(at: Instant, zone: string): string {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  formats.set(zone, format);
  return format.format(at / 1000);
}

describe.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia'])(
  'a year in %s',
  zone => {
    test.each(['00:00', '01:45', '02:30', '09:00', '23:59'])('%s comes once each day', localTime => {
      const due = dueWithin({ localTime, zone }, FROM, UNTIL);
      const days = due.map(({ dueAt }) => localMinute(dueAt, zone).slice(0, 10));
      expect(new Set(days).size).toBe(days.length);
      expect(days.slice(1)).toEqual(days.slice(0, -1).map(day => addDays(day, 1)));
      expect(due.map(({ period }) => addDays(period, 1))).toEqual(days);
      const skipped = due.filter(({ dueAt }) => localMinute(dueAt, zone).slice(11) !== localTime);
      // An hour that is skipped is made up for right after; there is one such night a year at most.
      expect(skipped.length).toBeLessThanOrEqual(1);
      for (const { dueAt } of due) {
        // Of an hour that comes twice, it is the first.
        expect(localMinute(dueAt - HOUR, zone)).not.toBe(localMinute(dueAt, zone));
        expect(localMinute(dueAt - HOUR / 2, zone)).not.toBe(localMinute(dueAt, zone));
      }
    });

    test('however time is cut into ticks, the same is due', () => {
      const rhythm = { localTime: '02:30', zone };
      const cut: ReturnType<typeof dueWithin> = [];
      for (let at = FROM; at < UNTIL; at += 7 * HOUR + 13 * MINUTE)
        cut.push(...dueWithin(rhythm, at, Math.min(at + 7 * HOUR + 13 * MINUTE, UNTIL)));
      expect(cut).toEqual(dueWithin(rhythm, FROM, UNTIL));
    });
  },
);

test.each([
  ['2026-03-29', '02:30', 'Europe/Berlin', '2026-03-29T01:30:00Z'],
  ['2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00Z'],
  ['2026-03-08', '02:30', 'America/New_York', '2026-03-08T07:30:00Z'],
  ['2026-11-01', '01:30', 'America/New_York', '2026-11-01T05:30:00Z'],
  ['2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00Z'],
  ['2026-04-05', '01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00Z'],
  ['2026-07-01', '09:00', 'Asia/Kathmandu', '2026-07-01T03:15:00Z'],
])('%s %s in %s is %s', (day, time, zone, instant) => {
  expect(toIso(atLocalTime(day, time, zone))).toBe(instant);
});

describe('what a tick records', () => {
  const at = parseInstant('2026-10-07T12:00Z');
  const subscription = {
    id: 1,
    platform: 'slack',
    tenant: 'T',
    target: 'C',
    digest: 'daily',
    localTime: '09:00',
    zone: 'UTC',
    owner: 'U',
    since: at - 10 * DAY,
  };
  const plan = (handled: Instant | null, now: Instant, since = subscription.since) =>
    planDeliveries([{ ...subscription, since }], handled, now).map(({ period, failed }) => [
      period,
      failed ?? 'due',
    ]);

  test('is nothing before the hour and nothing twice', () => {
    expect(plan(at - MINUTE, at)).toEqual([]);
  });
  test('is what became due since the last tick, also long ago', () => {
    expect(plan(at - 3 * DAY, at)).toEqual([
      ['2026-10-04', expect.stringContaining('too late')],
      ['2026-10-05', expect.stringContaining('too late')],
      ['2026-10-06', 'due'],
    ]);
  });
  test('is nothing from before the subscription, even where no tick ever was', () => {
    expect(plan(null, at, at - 2 * HOUR)).toEqual([]);
    expect(plan(null, at, at - 4 * HOUR)).toEqual([['2026-10-06', 'due']]);
    expect(plan(null, parseInstant('2026-10-07T09:00Z'), parseInstant('2026-10-07T09:00Z'))).toEqual([]);
  });
  test('includes what was stored while another tick was at work', () => {
    expect(plan(parseInstant('2026-10-07T09:01Z'), parseInstant('2026-10-07T09:02Z'))).toEqual([
      ['2026-10-06', 'due'],
    ]);
  });
});

test('the next one is later than now and than what was delivered', () => {
  const rhythm = { localTime: '18:00', zone: 'Europe/Berlin' };
  const noon = parseInstant('2026-10-07T10:00Z');
  expect(nextDue(rhythm, noon)).toEqual({ period: '2026-10-06', dueAt: parseInstant('2026-10-07T16:00Z') });
  expect(nextDue(rhythm, noon, '2026-10-06').dueAt).toBe(parseInstant('2026-10-08T16:00Z'));
  expect(nextDue(rhythm, parseInstant('2026-10-07T16:00Z')).dueAt).toBe(parseInstant('2026-10-08T16:00Z'));
});
