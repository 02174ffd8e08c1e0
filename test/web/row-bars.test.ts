/** A ranked list's bars stand in its table's rows, as long as the picture has them. */
import { describe, expect, test } from 'vitest';
import type { Answer, Row } from '../../src/core/answer.ts';
import type { BarsSpec } from '../../src/core/chart-spec.ts';
import { liftChart } from '../../src/questions/lib/lift-chart.ts';
import { rowBars } from '../../src/web/row-bars.ts';
import { tableOf } from '../support/answers.ts';

const rows: Row[] = [
  { artist: 'Nova Ōkami', lift: 4, liftLow: 2, liftHigh: 8, verdict: 'trending' },
  { artist: '<b>& "Sons"', lift: 1.2, liftLow: 0.8, liftHigh: 1.7, verdict: 'uncertain' },
];
const answerOf = (chart: BarsSpec | undefined): Answer => ({
  ...tableOf([{ key: 'artist', label: 'Artist', kind: 'text' }], rows),
  ...(chart && { chart }),
});
const lifts = liftChart('Lifts', rows, 'artist');
const cellsOf = async (chart: BarsSpec): Promise<string[]> =>
  Promise.all((rowBars(answerOf(chart))?.cells ?? []).map(String));
const sizes = (cell: string | undefined, kind: string): number[] => {
  const [, x, width] =
    new RegExp(`class="${kind}" x="([\\d.]+)" y="4" width="([\\d.]+)"`).exec(cell ?? '') ?? [];
  return x === undefined ? [] : [Number(x), Number(width)];
};

describe('of lifts', () => {
  test('a bar is solid from 1× to its low end, and pale to its high end, on one log axis', async () => {
    const [called, other] = await cellsOf(lifts);
    const [from = 0, solid = 0] = sizes(called, 'solid');
    const [low = 0, pale = 0] = sizes(called, 'pale');
    // 1 to 2 is as long as 2 to 4 and 4 to 8.
    expect(low).toBeCloseTo(from + solid, 0);
    expect(pale / solid).toBeCloseTo(2, 1);
    expect(called).toContain('class="bar called"');
    expect(other).toContain('class="bar"');
    // The low end is below 1: nothing of it is sure.
    expect(sizes(other, 'solid')).toEqual([]);
    expect(sizes(other, 'pale')[0]).toBeLessThan(from);
  });

  test('the head names the unit and the ticks, and it is said how a bar is read', async () => {
    const bars = rowBars(answerOf(lifts));
    expect(String(await bars?.head)).toMatch(/Sales relative to expected.+>1×<.+>2×</);
    expect(bars?.key).toMatch(/^Solid: at least this much\./);
  });
});

test('other bars are as long as their values, the largest as the column', async () => {
  const points = rows.map(({ artist }, at) => ({ x: String(artist), y: [40, 10][at] ?? 0 }));
  const chart: BarsSpec = { ...lifts, format: 'count', unit: 'units', series: [{ label: 'Units', points }] };
  const [first, second] = await cellsOf(chart);
  expect([sizes(first, 'solid'), sizes(second, 'solid')]).toEqual([
    [0, 200],
    [0, 50],
  ]);
  expect(rowBars(answerOf(chart))?.key).toBeNull();
});

test('where one dwarfs the rest, they are on a logarithmic axis that says so', async () => {
  const sold = [10_000, 100, 10, 1].map((y, at) => ({ artist: `Artist ${at}`, y }));
  const points = sold.map(({ artist, y }) => ({ x: artist, y }));
  const chart: BarsSpec = { ...lifts, format: 'count', unit: 'units', series: [{ label: 'Units', points }] };
  const answer = { ...answerOf(chart), rows: sold.map(({ artist }) => ({ artist })) };
  const bars = rowBars(answer);
  expect(String(await bars?.head)).toBe('Units, logarithmic');
  const cells = await Promise.all((bars?.cells ?? []).map(String));
  expect(cells.map(cell => sizes(cell, 'solid')[1])).toEqual([200, 100, 50, 0]);
});

test.each<[string, BarsSpec | undefined]>([
  ['there is no chart', undefined],
  ['it shows fewer', { ...lifts, series: [{ label: '', points: lifts.series[0]?.points.slice(1) ?? [] }] }],
  [
    'it shows others',
    { ...lifts, series: [{ label: '', points: lifts.series[0]?.points.toReversed() ?? [] }] },
  ],
  ['it has two series', { ...lifts, series: [...lifts.series, ...lifts.series] }],
])('none where %s', (_, chart) => expect(rowBars(answerOf(chart))).toBeUndefined());
