/**
 * Drawing on threads: the same bytes as in process, a bounded queue in front, and a main thread that has
 * nothing to do.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { renderChart, renderConfig } from '../../src/charts/drawing/render.ts';
import type { ImageFormat } from '../../src/core/chart-spec.ts';
import { NotNow, UserError } from '../../src/core/errors.ts';
import { createDrawing, HASTY, PATIENT } from '../../src/report/drawing.ts';
import { renderReport } from '../../src/report/render.ts';
import { bars, MIXED_NAMES, multiples, SCRIPTS, worldMap } from '../support/charts.ts';
import { richDay, scriptsDay } from '../support/reports.ts';

const drawing = createDrawing();
const lane = drawing.lane(HASTY);
afterAll(() => drawing.close());

const pie = { type: 'pie', data: { labels: ['a', 'b'], datasets: [{ data: [1, 2] }] } };
const same = (one: Uint8Array, two: Uint8Array) => Buffer.compare(one, two) === 0;

/**
 * The most processor time, in ms, that the main thread spends between two of its rounds while the work is
 * done.
 */
async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let isOver = false;
  const done = work().finally(() => {
    isOver = true;
  });
  let before = process.threadCpuUsage();
  const look = () => {
    const { user, system } = process.threadCpuUsage(before);
    longest = Math.max(longest, (user + system) / 1000);
    before = process.threadCpuUsage();
  };
  while (!isOver) {
    await delay(1);
    look();
  }
  await done;
  return longest;
}

describe('the same bytes as in process', () => {
  test.each<ImageFormat>(['png', 'jpg', 'webp', 'svg', 'pdf'])('charts as %s', async format => {
    for (const spec of [bars([...Object.values(SCRIPTS), ...MIXED_NAMES]), worldMap(['us', 'sg'])]) {
      const size = { format, theme: 'dark' } as const;
      expect(same(await lane.renderChart(spec, size), await renderChart(spec, size))).toBe(true);
    }
    const size = { format, width: 300, background: 'white' };
    expect(same(await lane.renderConfig(pie, size), await renderConfig(pie, size))).toBe(true);
  });

  test('a chart without a size, and a configuration as text', async () => {
    const spec = multiples(['ambient', 'jungle'], { bands: true });
    expect(same(await lane.renderChart(spec), await renderChart(spec))).toBe(true);
    const text = "{type:'pie',data:{labels:['a','b'],datasets:[{data:[1,2]}]}}";
    expect(same(await lane.renderConfig(text), await renderConfig(pie))).toBe(true);
  });

  test('reports', async () => {
    for (const report of [richDay, scriptsDay]) {
      const options = { paper: 'letter' } as const;
      expect(same(await lane.renderReport(report, options), await renderReport(report, options))).toBe(true);
    }
  });
});

test('a report leaves the main thread free', async () => {
  const report = { ...richDay, headline: 'Drawn here.' };
  const here = await longestBlock(() => renderReport(report));
  const there = await longestBlock(() => lane.renderReport(report));
  // In one go it took some 400 ms; what is left is to write it down and to hash it.
  expect(there).toBeLessThan(100);
  expect(there).toBeLessThan(here / 3);
});

test('equal reports are drawn once, also when they are asked for at once, or by others', async () => {
  const report = { ...richDay, headline: 'Asked for by all.' };
  const [one, two] = await Promise.all([
    lane.renderReport(report),
    lane.renderReport(structuredClone(report)),
  ]);
  expect(two).toBe(one);
  expect(await drawing.lane(PATIENT).renderReport(report)).toBe(one);
  expect(await lane.renderReport(report, { paper: 'letter' })).not.toBe(one);
});

describe('what is refused', () => {
  test('a wrong configuration, as in process', async () => {
    const refused = await lane.renderConfig({ type: 'sankey' }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UserError);
    expect((refused as UserError).text).toMatch(/sankey.*Use bar, line/);
    await expect(lane.renderConfig(pie, { width: 1e6 })).rejects.toThrow('The width is 1000000.');
  });

  test('one that is too heavy, by words about itself; the next is drawn', async () => {
    const data = Array(99).fill({ x: 1, y: 1, r: 10_000 });
    const heavy = { type: 'bubble', data: { datasets: Array(100).fill({ data }) } };
    const refused = lane.renderConfig(heavy, { width: 4000, height: 4000, scale: 1 });
    await expect(refused).rejects.toThrow('The chart takes too long to draw.');
    expect((await lane.renderConfig(pie)).length).toBeGreaterThan(1000);
  });

  test('what finds too many waiting, or waits too long; the urgent goes before', async () => {
    const few = drawing.lane({ mostWaiting: 2, longestWaitMs: 60_000 });
    const short = drawing.lane({ mostWaiting: 9, longestWaitMs: 1 });
    const large = { width: 2200, height: 2200, scale: 1 };
    const order: string[] = [];
    const note = (name: string) => () => order.push(name);
    const drawn = [
      few.renderConfig(pie, large).then(note('first')),
      few.renderConfig(pie, large).then(note('second')),
      few.renderConfig(pie).then(note('third')),
      few.renderConfig(pie).then(note('fourth')),
    ];
    const busy = { reason: 'busy', status: 503, retryAfterSeconds: expect.any(Number) };
    await expect(few.renderConfig(pie)).rejects.toMatchObject(busy);
    const late = short.renderConfig(pie);
    drawn.push(drawing.lane(PATIENT).renderConfig(pie).then(note('urgent')));
    await expect(late).rejects.toMatchObject(busy);
    await expect(late).rejects.toBeInstanceOf(NotNow);
    await Promise.all(drawn);
    expect(order.indexOf('urgent')).toBeLessThan(order.indexOf('third'));
  });
});
