/** Editions of every kind of day on paper: six pages at most, each full, everything in its place. */
import { describe, expect, test } from 'vitest';
import { widthOf } from '../../src/charts/labels.ts';
import type { Box, Measure, Page, TextBox } from '../../src/report/boxes.ts';
import { stepFor } from '../../src/report/curve.ts';
import { createMeasure } from '../../src/report/draw.ts';
import { editionOf } from '../../src/report/edition.ts';
import { newsFront } from '../../src/report/edition-front.ts';
import { FULL } from '../../src/report/flow.ts';
import { layoutReport } from '../../src/report/layout.ts';
import { renderReport } from '../../src/report/render.ts';
import type { Report } from '../../src/report/report.ts';
import { MARGIN, PAPERS, TYPE } from '../../src/report/style.ts';
import { intervalMarks, placeOn, scaleOf, sparkMarks } from '../../src/report/vectors.ts';
import { NARROW } from '../support/concentration.ts';
import { editionReport, materialOf, SIZES, scriptsEdition } from '../support/editions.ts';
import { overlaps } from '../support/overlaps.ts';
import { checkPdf, hasQpdf } from '../support/poppler.ts';
import { richDay } from '../support/reports.ts';

const DAYS: Record<string, Report> = {
  rich: editionReport(SIZES.rich),
  poor: editionReport(SIZES.poor),
  empty: editionReport(SIZES.empty),
  half: editionReport(SIZES.half),
  scripts: scriptsEdition(),
};
const estimate: Measure = (text, { size, bold }) => widthOf(text) * size * (bold ? 1.08 : 1);
const textsOf = ({ boxes }: Page): TextBox[] => boxes.filter(box => box.kind === 'text');

/** How far down a page's own content reaches, of its height. */
function fillOf({ boxes, height }: Page): number {
  const [top, bottom] = [MARGIN.top, height - MARGIN.bottom];
  const low = (box: Box): number => box.y + ('height' in box ? box.height : 0);
  const reached = boxes.map(low).filter(y => y <= bottom + 1);
  return (Math.max(...reached) - top) / (bottom - top);
}

describe.each(Object.entries(DAYS))('%s', (_, report) => {
  test.each(['a4', 'letter'] as const)('has six pages of %s at most, all but the last full', paper => {
    const pages = layoutReport(report, paper, createMeasure());
    expect(pages.length).toBeLessThanOrEqual(6);
    for (const page of pages.slice(0, -1)) expect(fillOf(page)).toBeGreaterThanOrEqual(FULL);
  });

  test('stays on the page, in letters of eight points or more, none over another', () => {
    for (const measure of [createMeasure(), estimate]) {
      const { width } = PAPERS.a4;
      for (const page of layoutReport(report, 'a4', measure)) {
        for (const { x, width: wide, text, font } of textsOf(page)) {
          expect(x, text).toBeGreaterThanOrEqual(MARGIN.side - 4.01);
          expect(x + wide, text).toBeLessThanOrEqual(width - MARGIN.side + 0.01);
          expect(font.size, text).toBeGreaterThanOrEqual(TYPE.small.size);
        }
        for (const box of page.boxes)
          if (box.kind === 'vector')
            for (const mark of box.marks)
              if (mark.kind === 'text') expect(mark.font.size).toBeGreaterThanOrEqual(TYPE.small.size);
        expect(overlaps(textsOf(page))).toEqual([]);
      }
    }
  });

  test('is below 1 MB and says once that it is simulated', async () => {
    const pdf = await renderReport(report);
    expect(pdf.length).toBeLessThan(1_000_000);
    if (hasQpdf) expect(checkPdf(pdf)).toContain('No syntax or stream encoding errors found');
    const said = layoutReport(report, 'a4', estimate)
      .flatMap(textsOf)
      .filter(({ text }) => /simulated/i.test(text));
    expect(said.map(({ text }) => text)).toEqual(['Simulated data: none of these artists or sales is real.']);
  });
});

test('a rich day leads with who is new, has three ledes with their pages, and marks', () => {
  const report = DAYS.rich as Report;
  expect(report.headline).toBe('Tamsin Orrery is emerging, UK garage now leads the trending genres');
  const [cover] = layoutReport(report, 'a4', createMeasure());
  const texts = textsOf(cover as Page).map(({ text }) => text);
  expect(texts.filter(text => /^page \d$/.test(text))).toEqual(['page 2', 'page 3', 'page 4']);
  expect(texts).toContain('new');
  expect(texts).toContain('▲3');
});

test('an empty day says so on one page', () => {
  const report = DAYS.empty as Report;
  expect(report.headline).toBe('No sales were read on this day');
  expect(layoutReport(report, 'a4', createMeasure())).toHaveLength(1);
});

test('a day that was half read says how much was', () => {
  expect(DAYS.half?.front?.lede).toContain('Only 61% of this day was read, so its counts are low.');
});

test('equal editions give equal bytes', async () => {
  const [one, two] = [
    await renderReport(editionReport(SIZES.poor)),
    await renderReport(editionReport(SIZES.poor)),
  ];
  expect(Buffer.compare(one, two)).toBe(0);
});

test('chapters beside stay as they were: contents in place of news', () => {
  const [cover] = layoutReport({ ...richDay, simulated: true }, 'a4', estimate);
  expect(textsOf(cover as Page).map(({ text }) => text)).toContain('Contents');
});

describe('marks', () => {
  test('an interval is solid from one to its low end, and pale where that is below one', () => {
    const scale = scaleOf([{ low: 0.8, high: 3 }]);
    const rects = (low: number) =>
      intervalMarks({ low, value: 2, high: 3, called: true }, scale, { width: 100, height: 20 }).filter(
        mark => mark.kind === 'rect',
      );
    const [pale, solid] = rects(1.5);
    expect([solid?.x, (solid?.x ?? 0) + (solid?.width ?? 0)]).toEqual([
      placeOn(scale, 1, 100),
      placeOn(scale, 1.5, 100),
    ]);
    expect(pale?.x).toBe(placeOn(scale, 1.5, 100));
    expect(rects(0.9)).toHaveLength(2);
  });

  test('the axis is logarithmic, holds all, and one is always on it', () => {
    const scale = scaleOf([{ low: 2, high: 40 }]);
    expect(scale.ticks).toEqual([1, 3, 10, 30]);
    const [one, three, ten] = [1, 3, 10].map(tick => placeOn(scale, tick, 100)) as [number, number, number];
    expect((ten - one) / (three - one)).toBeCloseTo(Math.log(10) / Math.log(3));
    expect(scaleOf([]).ticks).toContain(1);
  });

  test('a course stays inside its box, whatever it counts', () => {
    for (const values of [[0], [0, 0, 0], [1, 5, 900], []]) {
      const marks = sparkMarks({ values, rise: 1, called: true, fridays: [1] }, 60, 17);
      for (const mark of marks) {
        const points = mark.kind === 'line' ? mark.points : mark.kind === 'dot' ? [[mark.x, mark.y]] : [];
        for (const [x = 0, y = 0] of points) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x).toBeLessThanOrEqual(60);
          expect(y).toBeGreaterThanOrEqual(0);
          expect(y).toBeLessThanOrEqual(17);
        }
      }
    }
  });

  test('steps of an axis are round', () => {
    expect([1, 5, 67, 5904].map(stepFor)).toEqual([1, 2, 20, 2000]);
  });
});

test('of a history too short to compare nothing is said not to rise', () => {
  const material = materialOf(SIZES.poor);
  const { genres, emerging } = material.now;
  if (!genres || !emerging) throw new Error('an edition lists genres and who emerges');
  const best = genres.rows.map(row => ({ ...row, lift: null, liftLow: null, verdict: null }));
  const headline = 'Ambient sold the most. There is not enough history to compare yet.';
  const {
    headline: told,
    front,
    sections,
  } = editionOf(
    {
      ...material,
      now: {
        ...material.now,
        artists: undefined,
        genres: { ...genres, rows: best, headline },
        emerging: { ...emerging, rows: [], headline: 'There is not enough data to tell who is emerging.' },
      },
      before: null,
    },
    undefined,
  );
  expect(told).toBe('Too little was read to compare yet');
  expect(front?.lists.slice(0, 2).map(({ foot }) => foot)).toEqual(
    Array(2).fill('Too little was read to compare yet.'),
  );
  expect(sections.find(({ title }) => title === 'Trending genres')?.intro).toBe(headline);
});

test("the last value of an artist's course is told as far as it may be", () => {
  const material = materialOf(SIZES.rich);
  const lead = newsFront(material).front.curve;
  const id = Number(material.now.emerging?.rows[0]?.artistId);
  const course = [...(material.courses.artists.get(id) ?? [])];
  expect(lead?.last).toBe(String(course.at(-1)));
  course[course.length - 1] = 2;
  const artists = new Map(material.courses.artists).set(id, course);
  const few = newsFront({ ...material, courses: { ...material.courses, artists } }).front.curve;
  expect(few?.last).toBe('1–2');
  expect(few?.alt).toContain('1–2 on the last');
});

test('the map shows who buys more than is typical, of those with enough sales, and its list the same', () => {
  const report = DAYS.rich as Report;
  const panels = report.sections.find(({ title }) => title === 'Regions')?.panels ?? [];
  const panel = panels.find(({ kind }) => kind === 'map');
  if (panel?.kind !== 'map') throw new Error('the regions have a map');
  const { map, beside } = panel;
  expect(map.unit).toBe('sales against a typical day');
  expect(map.series[0]?.points[0]).toEqual({ x: 'jp', y: 1.35 });
  expect(map.series[0]?.points.at(-1)?.y).toBeLessThan(1);
  expect(map.classes?.map(({ label }) => label)).toEqual([
    'below typical',
    'to +5%',
    'to +10%',
    'to +30%',
    'more',
  ]);
  const [first] = beside.list.rows;
  expect(first?.map(cell => (cell?.kind === 'text' ? cell.text : ''))).toEqual(['Japan', '', '+35%']);
  expect(beside.foot).toContain('Colour is the change, not the size, of the 12 countries');
});

test('heads, verdicts and countries stand whole', () => {
  for (const report of [DAYS.rich, DAYS.half, DAYS.poor] as Report[]) {
    const texts = layoutReport(report, 'a4', createMeasure())
      .flatMap(textsOf)
      .map(({ text }) => text);
    expect(texts).toContain('relative to expected');
    const cut = texts.filter(text => /(…|\.\.\.)$/.test(text));
    // Names alone are cut.
    expect(cut.filter(text => /^(relative|United|South|New|Driven|Too|Short)/.test(text))).toEqual([]);
  }
});

test('a lede says in what its sales are concentrated as far as there is room, in whole words', () => {
  const material = materialOf(SIZES.half);
  const { emerging } = material.now;
  const rows = (emerging?.rows ?? []).map(row => ({
    ...row,
    reason: { ...(row.reason as object), ...NARROW },
  }));
  const { ledes } = newsFront({
    ...material,
    now: { ...material.now, emerging: { ...emerging, rows } as typeof emerging },
  }).front;
  const [told] = ledes.filter(({ text }) => text.includes('oncentrated'));
  expect(told?.text).toMatch(/Concentrated: 36 of 40 from Poland\.$/);
  const report = editionReport(SIZES.half);
  const pages = layoutReport(
    { ...report, ...(report.front && { front: { ...report.front, ledes } }) },
    'a4',
    createMeasure(),
  );
  const texts = textsOf(pages[0] as Page).map(({ text }) => text);
  expect(texts.join(' ')).toContain('36 of 40 from Poland.');
});
