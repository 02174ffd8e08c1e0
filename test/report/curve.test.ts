/** The cover's course: where nothing was read it is broken and hatched, and its names can be read. */
import { expect, test } from 'vitest';
import { widthOf } from '../../src/charts/labels.ts';
import { spelt } from '../../src/core/text.ts';
import type { Mark, Measure } from '../../src/report/boxes.ts';
import { curveMarks } from '../../src/report/curve.ts';
import { newsFront } from '../../src/report/edition-front.ts';
import { genresSection } from '../../src/report/edition-genres.ts';
import type { Curve } from '../../src/report/panels.ts';
import { COLOR } from '../../src/report/style.ts';
import { sparkMarks } from '../../src/report/vectors.ts';
import { materialOf, SIZES } from '../support/editions.ts';

const measure: Measure = (text, { size }) => widthOf(text) * size;
const curveOf = (values: (number | null)[], change: Partial<Curve> = {}): Curve => ({
  title: 'Sales a day',
  days: values.map((value, at) => ({ day: `${at + 1} Oct`, value })),
  fridays: [],
  called: true,
  last: '9',
  unit: 'a day',
  alt: '',
  ...change,
});
const marksOf = (curve: Curve): Mark[] => curveMarks(curve, 300, 200, measure);
const courses = (marks: readonly Mark[]) =>
  marks.filter(mark => mark.kind === 'line' && mark.color === COLOR.signal);
const textsOf = (marks: readonly Mark[]) => marks.flatMap(mark => (mark.kind === 'text' ? [mark.text] : []));

test('days that were not read break the line, also at its end, and are hatched', () => {
  const marks = marksOf(curveOf([5, 6, 7, null, null, 8, 9, null]));
  expect(courses(marks).map(mark => mark.kind === 'line' && mark.points.length)).toEqual([3, 2]);
  expect(textsOf(marks)).toContain('no data');
  const hatched = marks.filter(mark => mark.kind === 'line' && mark.color === COLOR.barPale);
  expect(hatched.length).toBeGreaterThan(10);
  for (const mark of hatched)
    for (const [x, y] of mark.kind === 'line' ? mark.points : []) {
      expect(x).toBeLessThanOrEqual(300 - 44 + 0.01);
      expect(y).toBeGreaterThanOrEqual(20 - 0.01);
      expect(y).toBeLessThanOrEqual(200 - 16 + 0.01);
    }
});

test('a course without gaps is one line, and says nothing of data', () => {
  const marks = marksOf(curveOf([5, 6, 7, 8]));
  expect(courses(marks)).toHaveLength(1);
  expect(textsOf(marks)).not.toContain('no data');
});

test('the name of the rise stands above all lines, where the course leaves room', () => {
  const values = [...Array.from({ length: 20 }, () => 9), 1, 2, 9];
  const marks = marksOf(curveOf(values, { rise: { at: 20, text: '21 Oct' } }));
  const name = marks.findIndex(mark => mark.kind === 'text' && mark.text === 'the rise begins');
  const ground = marks.findIndex(mark => mark.kind === 'rect' && mark.color === COLOR.paper);
  const line = marks.findLastIndex(mark => mark.kind === 'line');
  expect(line).toBeLessThan(ground);
  expect(ground).toBeLessThan(name);
  const box = marks[ground];
  const [course] = courses(marks);
  if (box?.kind !== 'rect' || course?.kind !== 'line') throw new Error('the curve has both');
  const covered = course.points.filter(
    ([x, y]) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height,
  );
  expect(covered).toEqual([]);
});

test('the cover says the last value that was read, and of which day it is', () => {
  const material = materialOf(SIZES.rich);
  const id = Number(material.now.emerging?.rows[0]?.artistId);
  const course = [...(material.courses.artists.get(id) ?? [])];
  const artists = new Map(material.courses.artists).set(id, [...course.slice(0, -2), null, null]);
  const { curve } = newsFront({ ...material, courses: { ...material.courses, artists } }).front;
  expect(curve?.last).toBe(String(course.at(-3)));
  expect(curve?.unit).toBe('on 25 Nov');
  expect(curve?.days.slice(-2).map(({ value }) => value)).toEqual([null, null]);
  expect(curve?.alt).toContain('on 25 Nov, at most');
  expect(curve?.alt).toContain('2 days not read');
});

test('small plots leave out what was not read, in the line and in the mean', () => {
  const material = materialOf(SIZES.rich);
  const [genre] = [...material.courses.genres.keys()];
  const genres = new Map(material.courses.genres).set(String(genre), [
    ...Array.from({ length: 63 }, () => 10),
    ...[null, null, null, 20, 20, 20, 20],
  ]);
  const { panels = [] } = genresSection({ ...material, courses: { ...material.courses, genres } }, undefined);
  const plots = panels.find(({ kind }) => kind === 'plots');
  const plot =
    plots?.kind === 'plots' ? plots.plots.find(({ title }) => title === spelt(String(genre))) : undefined;
  expect(plot?.now).toBe('now 20 a day');
  const marks = sparkMarks(
    { values: [1, 2, null, 3, null, 4, 5], rise: 4, called: true, fridays: [] },
    90,
    20,
  );
  expect(marks.filter(mark => mark.kind === 'line')).toHaveLength(2);
});
