import { expect, test } from 'vitest';
import { worldShapes } from '../../src/charts/world.ts';
import { withWorld } from '../../src/charts/world-config.ts';
import { countryCodes } from '../../src/core/places/country.ts';

const shapes = worldShapes();
const drawn = (labels: string[], data: number[], backgroundColor?: string[]) =>
  withWorld(
    { data: { labels, datasets: [{ data, ...(backgroundColor && { backgroundColor }) }] } },
    { shapes, projection: undefined },
  );

test('every country has a shape, Antarctica aside', () => {
  const shaped = new Set(shapes.map(({ code }) => code));
  expect(countryCodes.filter(code => !shaped.has(code))).toEqual(['aq', 'bv', 'um']);
  expect([...shaped].filter(code => !countryCodes.includes(code))).toEqual([]);
});

test('a dot is where the country is', () => {
  const corners = (code: string) => {
    const { geometry, dot } = shapes.find(shape => shape.code === code) ?? {};
    return { dot, first: geometry?.type === 'Polygon' ? geometry.coordinates[0]?.[0] : undefined };
  };
  expect(corners('sg')).toEqual({ dot: true, first: [expect.closeTo(104.9, 0), expect.closeTo(1.4, 0)] });
  expect(corners('re').first?.[1]).toBeCloseTo(-21.1, 1);
  expect(corners('de').dot).toBe(false);
});

test('a map has a feature for each shape, and values where they belong', () => {
  const { data } = drawn(['de', 'sg', 'zz'], [5, 7, 9], ['red', 'blue', 'green']);
  const at = (code: string) => data.labels.indexOf(code);
  const [dataset] = data.datasets as unknown as [{ data: { value: number }[]; backgroundColor: string[] }];
  expect(dataset.data[at('de')]).toMatchObject({ value: 5, feature: { type: 'Feature' } });
  expect(dataset.backgroundColor[at('sg')]).toBe('blue');
  expect(dataset.backgroundColor[at('fr')]).toMatch(/^#/);
  expect(data.labels).not.toContain('hk');
  expect(data.labels).not.toContain('zz');
});
