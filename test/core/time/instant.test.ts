import { describe, expect, test } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import { parseClock } from '../../../src/core/time/clock.ts';
import { instantFromSeconds, parseInstant, toIso } from '../../../src/core/time/instant.ts';
import { baselineOf } from '../../../src/core/time/window.ts';
import { parseWindow, resolveWindow } from '../../../src/core/time/window-words.ts';
import { addDays, dayWindow, localDay } from '../../../src/core/time/zone.ts';

describe('instants', () => {
  test.each([
    ['2026-10-07', '2026-10-07T00:00:00Z'],
    ['2026-10-07T12:00', '2026-10-07T12:00:00Z'],
    ['2026-10-07T12:00:01.5+02:00', '2026-10-07T10:00:01.500000Z'],
    ['2026-10-07 12:00:00.123456+00', '2026-10-07T12:00:00.123456Z'],
    ['1969-12-31T23:59:59.999999Z', '1969-12-31T23:59:59.999999Z'],
  ])('%s is %s', (text, iso) => {
    expect(toIso(parseInstant(text))).toBe(iso);
    expect(parseInstant(iso)).toBe(parseInstant(text));
  });

  test.each(['', 'now', '2026-13-01', '2026-02-29', '2026-10-07T25:00', '12:00', '99999999999'])(
    '%j is none',
    text => {
      expect(() => parseInstant(text)).toThrow(/is not an instant/);
    },
  );

  test("are exact from the feed's floats", () => {
    expect(toIso(instantFromSeconds(1_599_688_803.5175))).toBe('2020-09-09T22:00:03.517500Z');
    expect(toIso(instantFromSeconds(1_749_638_295.445_653_7))).toBe('2025-06-11T10:38:15.445654Z');
  });
});

describe('windows', () => {
  test.each([
    ['7d', '7d'],
    ['1 week', '7d'],
    ['24H', '24h'],
    ['month', '30d'],
    ['1410m', '1410m'],
  ])('%s is %s', (text, canonical) => expect(parseWindow(text).text).toBe(canonical));

  test.each(['0d', '-1d', '367d', '7', 'd', '7x', '1e3d'])('%s is none', text => {
    expect(() => parseWindow(text)).toThrow(/is not a window/);
  });

  const week = (until: string, length: string) => {
    const { window } = resolveWindow(parseWindow(length), parseInstant(until), 'UTC');
    return baselineOf(window).map(({ from, until }) => `${toIso(from)} ${toIso(until)}`);
  };

  test('of whole weeks are compared with the four windows before', () => {
    expect(week('2026-10-07', '7d')[0]).toBe('2026-09-23T00:00:00Z 2026-09-30T00:00:00Z');
    expect(week('2026-10-07', '14d').at(-1)).toBe('2026-07-29T00:00:00Z 2026-08-12T00:00:00Z');
  });

  test('of hours are compared with the same hours of the four weeks before', () => {
    expect(week('2026-10-07', '24h')).toEqual([
      '2026-09-29T00:00:00Z 2026-09-30T00:00:00Z',
      '2026-09-22T00:00:00Z 2026-09-23T00:00:00Z',
      '2026-09-15T00:00:00Z 2026-09-16T00:00:00Z',
      '2026-09-08T00:00:00Z 2026-09-09T00:00:00Z',
    ]);
  });
});

describe('local days', () => {
  const hours = (day: string, zone: string) => {
    const { from, until } = dayWindow(day, zone);
    return [toIso(from), (until - from) / 3_600_000_000];
  };
  test.each([
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00Z', 25],
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00Z', 23],
    ['2026-10-04', 'Australia/Lord_Howe', '2026-10-03T13:30:00Z', 23.5],
    ['2026-06-01', 'Asia/Kathmandu', '2026-05-31T18:15:00Z', 24],
  ])('%s in %s', (day, zone, from, length) => expect(hours(day, zone)).toEqual([from, length]));

  test('know their neighbours and their instants', () => {
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
    expect(localDay(parseInstant('2026-10-24T22:00:00Z'), 'Europe/Berlin')).toBe('2026-10-25');
    expect(() => dayWindow('2026-02-30', 'UTC')).toThrow();
  });
});

describe('settings', () => {
  test('have defaults, and an empty variable counts as absent', () => {
    expect(readConfig({ PORT: '', SLACK_BOT_TOKEN: '  ' })).toMatchObject({
      port: 8080,
      dataDir: './data',
      clock: 'real',
      roles: ['web', 'etl', 'bots', 'deliver'],
    });
    expect(readConfig({ PUBLIC_URL: ' https://x.example/ ' })).toMatchObject({
      publicUrl: 'https://x.example',
    });
  });

  test('name every wrong one', () => {
    expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'loud' })).toThrow(
      expect.objectContaining({ text: expect.stringMatching(/PORT: .*; LOG_LEVEL: /) }),
    );
  });
});

test('a simulated clock runs at its speed', async () => {
  const clock = parseClock('2026-10-07T00:00Z@1000');
  const before = clock.now();
  await clock.sleep(60_000_000);
  expect(clock.now() - before).toBeGreaterThanOrEqual(59_000_000);
  await expect(clock.sleep(1e12, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
});
