/** Sales over time: what was not read has no value, in a chart and in a table. */
import { expect, test } from 'vitest';
import { DAY, parseInstant, toIso } from '../../../src/core/time/instant.ts';
import { formatCell } from '../../../src/present/format.ts';
import { HISTORY_COLUMNS, historyRows } from '../../../src/questions/lib/breakdowns.ts';
import type { Frame } from '../../../src/questions/lib/definition.ts';
import { historyChart, stepsOf } from '../../../src/questions/lib/history.ts';

const from = parseInstant('2026-10-01');
const dayAt = (at: number): string => toIso(from + at * DAY);
const SUM = { sales: 7, units: 7, usdCents: 700 };

/** Ten days, of which these were not read, in days from the first. */
function read(...gaps: [number, number][]) {
  const frame: Frame = {
    window: { from, until: from + 10 * DAY },
    baseline: [],
    since: from,
    unread: gaps.map(([a, b]) => ({ from: from + a * DAY, until: from + b * DAY })),
    comparable: [],
    fridays: [],
    asOf: from + 10 * DAY,
    zone: 'UTC',
    now: from + 10 * DAY,
    coverage: 0.7,
    baselineCoverage: 0,
    dataVersion: 1,
    simulated: false,
  };
  const steps = stepsOf(frame);
  const history = { steps, sums: steps.now.map(() => SUM) };
  return { frame, history, chart: historyChart(frame, 'Sales', [{ label: 'x', history }]) };
}

test('days that were not read are a hatched gap, also where no reading has come to', () => {
  const { chart, frame, history } = read([3, 5], [8, 10]);
  expect(chart?.series[0]?.points.map(({ x }) => x)).toEqual([0, 1, 2, 5, 6, 7].map(dayAt));
  expect(chart?.bands).toEqual([{ from: dayAt(2.5), until: dayAt(4.5), label: 'no data', unread: true }]);
  expect(chart?.alt).toContain('What was not read is hatched.');
  const rows = historyRows(history, frame);
  expect(rows.map(({ sales }) => sales)).toEqual([7, 7, 7, null, null, 7, 7, 7, null, null]);
  const units = { ...HISTORY_COLUMNS.find(({ key }) => key === 'units'), small: '1–2' };
  expect(formatCell(units as (typeof HISTORY_COLUMNS)[0], rows[3] ?? {}, { zone: 'UTC' })).toBe('–');
});

test('a day that was read for the most part keeps its value', () => {
  expect(read([3, 3.4]).chart?.series[0]?.points).toHaveLength(10);
  expect(read([3, 3.6]).chart?.series[0]?.points).toHaveLength(9);
});

test('of what was not read at all there is no chart', () => {
  expect(read([0, 10]).chart).toBeUndefined();
});
