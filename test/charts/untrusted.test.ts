import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { renderConfig } from '../../src/charts/drawing/render.ts';
import { UserError } from '../../src/core/errors.ts';

const bar = (extra: object, dataset: object = {}) => ({
  type: 'bar',
  data: { labels: ['a', 'b'], datasets: [{ data: [1, 2], ...dataset }] },
  ...extra,
});
const options = (given: object) => bar({ options: given });
const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) });

/** Each with a word that its error must hold. */
const refused: Record<string, [unknown, RegExp]> = {
  'no object': [[1], /not an object/],
  null: [null, /not an object/],
  'no type': [{ data: { datasets: [] } }, /"type" is missing/],
  'unknown type': [bar({ type: 'sankey' }), /sankey.*Use bar, line/],
  'type of Chart.js 2': [bar({ type: 'horizontalBar' }), /indexAxis/],
  'type of Object.prototype': [bar({ type: 'constructor' }), /"type"/],
  'no data': [{ type: 'bar' }, /data\.datasets/],
  'datasets that are none': [{ type: 'bar', data: { datasets: [3] } }, /Dataset 0/],
  'data that is no list': [bar({}, { data: 'x' }), /list/],
  'unknown type of a dataset': [bar({}, { type: 'virus' }), /virus/],
  'scales of Chart.js 2': [options({ scales: { yAxes: [{}] } }), /xAxes and yAxes/],
  'a time scale': [options({ scales: { x: { type: 'time' } } }), /category/],
  'too many points': [bar({}, { data: Array(12_001).fill(1) }), /12000/],
  'too many datasets': [{ type: 'bar', data: { datasets: Array(121).fill({ data: [] }) } }, /120/],
  'a map of no countries': [
    { type: 'choropleth', data: { labels: ['de', 'Atlantis'], datasets: [{ data: [1, 2] }] } },
    /ISO 3166/,
  ],
  'a map without labels': [{ type: 'choropleth', data: { datasets: [{ data: [1] }] } }, /ISO 3166/],
  'too many labels': [{ type: 'bar', data: { labels: Array(1001).fill('a'), datasets: [] } }, /1000/],
  'too many values': [options({ a: Array(50_000).fill(1) }), /40000/],
  'too deep': [options(deep(30) as object), /levels/],
  'a cycle': [
    (() => {
      const o: Record<string, unknown> = {};
      o.o = o;
      return options(o);
    })(),
    /levels/,
  ],
  'a huge number': [bar({}, { data: [1e300] }), /1000000000000000/],
  'a billion ticks': [options({ scales: { y: { ticks: { count: 1e9 } } } }), /10000/],
  'a huge font': [options({ plugins: { title: { font: { size: 1e4 } } } }), /200/],
  'a long text': [options({ plugins: { title: { text: 'x'.repeat(301) } } }), /300/],
  'much text': [{ type: 'bar', data: { labels: Array(900).fill('x'.repeat(290)), datasets: [] } }, /40000/],
  'a function': [
    options({ scales: { y: { ticks: { callback: 'function(v) { return v }' } } } }),
    /evaluated/,
  ],
  'an arrow function': [options({ onClick: '(e, [x]) => process.exit()'.replace('[x]', 'x') }), /evaluated/],
  'a real function': [options({ onClick: () => 1 }), /JSON/],
  "quickchart-js' functions": [
    bar({}, { backgroundColor: '__BEGINFUNCTION__getImageFill("http://x")__ENDFUNCTION__' }),
    /evaluated/,
  ],
  'an image as a point': [bar({}, { pointStyle: 'http://127.0.0.1/x.png' }), /Images are not loaded/],
  'an image as a background': [
    options({ plugins: { backgroundImageUrl: 'http://127.0.0.1/x.png' } }),
    /Images are not loaded/,
  ],
  'a polluted prototype': [
    JSON.parse('{"type":"bar","data":{"datasets":[]},"options":{"__proto__":{"polluted":1}}}'),
    /__proto__/,
  ],
};

describe('refused with what would be right', () => {
  test.each(Object.entries(refused))('%s', async (_, [config, words]) => {
    const error = await renderConfig(config).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).text).toMatch(words);
  });

  test.each([
    { width: 1e6 },
    { height: 0 },
    { width: Number.NaN },
    { scale: 100 },
    { width: 4000, height: 4000, scale: 2 },
  ])('%j', async size => {
    await expect(renderConfig(bar({}), size)).rejects.toBeInstanceOf(UserError);
  });
});

/** Odd, but Chart.js knows what to do, or says that it does not. */
const odd: Record<string, unknown> = {
  'values that are no numbers': bar({}, { data: ['x', null, {}, [], [1, 2, 3], true] }),
  'options of wrong types': options({
    plugins: { title: 5, legend: 'x', subtitle: [] },
    layout: 3,
    scales: { x: { ticks: 'no' } },
  }),
  'our own plugins, misused': options({
    indexAxis: 'y',
    plugins: {
      valueLabels: { format: 'toString' },
      endLabels: 3,
      referenceLine: { value: 'x', label: {} },
      bands: { list: [null, {}, { from: 1e4, until: -1e4 }] },
    },
  }),
  'our own plugins of other kinds, misused': options({
    plugins: {
      panels: {
        pad: 0,
        list: [null, 3, { x: 'x', y: 'y', top: 'high' }, { x: 'x', y: 'y', top: 1, text: {} }],
        bands: 7,
      },
      rowLabels: { last: [1, {}], ink: {}, rule: 3 },
      slopeLabels: { ink: 'blue', muted: [] },
      pointLabels: { names: [['a', {}], 4], color: [], ground: {} },
      world: { keys: [{}, { label: 3, color: [] }], leading: [null, {}] },
      endLabels: { format: 'count', colors: [{}, 3] },
      referenceLine: { value: 1, axis: 'y', label: [], color: {} },
      bands: { over: true, list: [{ from: 0, until: 1, label: {} }] },
    },
  }),
  'a map with an odd scale': {
    type: 'choropleth',
    data: { labels: ['de', 'fr'], datasets: [{ data: ['x', null], backgroundColor: [{}, 3] }] },
    options: {
      scales: { projection: { axis: 'x', projection: 'constructor' } },
      plugins: { world: { land: {} } },
    },
  },
  'a map without options or colours': {
    type: 'choropleth',
    data: { labels: ['de'], datasets: [{ data: [1] }] },
  },
  'axes without an axis': options({ scales: { strange: {} } }),
  'a step of nearly nothing': options({ scales: { y: { min: 0, max: 1e15, ticks: { stepSize: 1e-9 } } } }),
  'a dash of nearly nothing': {
    type: 'line',
    data: {
      labels: Array(1000).fill(''),
      datasets: [
        {
          data: Array(1000)
            .fill(1)
            .map((_, at) => at % 7),
          borderDash: [1e-6, 1e-6],
        },
      ],
    },
  },
  'a scale from nothing to everything': options({
    scales: { y: { type: 'logarithmic', min: 1e-300, max: 1e15 } },
  }),
  'all the points there may be': {
    type: 'bubble',
    data: { datasets: Array(50).fill({ data: Array(100).fill({ x: 1, y: 1, r: 10_000 }) }) },
  },
  'all the labels there may be': {
    type: 'pie',
    data: { labels: Array(1000).fill('東京العربية🎧'), datasets: [{ data: Array(1000).fill(1) }] },
  },
};

describe('odd ones are drawn or refused, and end', () => {
  test.each(Object.entries(odd))('%s', async (_, config) => {
    const result = await renderConfig(config).catch((error: unknown) => error);
    expect(result instanceof Uint8Array || result instanceof UserError).toBe(true);
  });

  test('and nothing of them stays: what follows is drawn as before', async () => {
    const before = await renderConfig(bar({}));
    for (const config of [...Object.values(odd), ...Object.values(refused).map(([each]) => each)]) {
      await renderConfig(config).catch(() => {});
    }
    expect(Buffer.from(await renderConfig(bar({}))).equals(before)).toBe(true);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

test('drawing ends when its time is over', async () => {
  await expect(renderConfig(bar({}), {}, -1)).rejects.toThrow('takes too long');
  await expect(
    renderConfig({ type: 'choropleth', data: { labels: ['de'], datasets: [{ data: [1] }] } }, {}, -1),
  ).rejects.toThrow('takes too long');
  expect((await renderConfig(bar({}))).length).toBeGreaterThan(1000);
});

test('drawing of a bitmap ends in time, too, where each element is as large as the picture', async () => {
  const data = Array(99).fill({ x: 1, y: 1, r: 10_000 });
  const heavy = { type: 'bubble', data: { datasets: Array(20).fill({ data }) } };
  const began = performance.now();
  await expect(renderConfig(heavy, { width: 4000, height: 4000, scale: 1 }, 500)).rejects.toThrow(
    'takes too long',
  );
  // All of it would take some 15 s.
  expect(performance.now() - began).toBeLessThan(8_000);
});

test('texts of blanks are looked through in no time', async () => {
  const began = process.cpuUsage();
  await renderConfig(options({ a: Array(133).fill(' '.repeat(300)) }));
  expect(process.cpuUsage(began).user / 1000).toBeLessThan(1_000);
});

test('nothing that draws could evaluate', () => {
  for (const file of [
    'drawing/render',
    'untrusted',
    'plugins',
    'panel-plugins',
    'point-plugins',
    'drawable',
  ]) {
    const source = readFileSync(new URL(`../../src/charts/${file}.ts`, import.meta.url), 'utf8');
    expect(source).not.toMatch(/\beval\(|new Function|node:vm/);
  }
});
