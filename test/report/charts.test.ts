/** Every kind of chart on the report's pages: vectors, with text that is found. */
import { PDFDocument, PDFName, PDFStream } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import { tidy } from '../../src/charts/labels.ts';
import { renderReport } from '../../src/report/render.ts';
import {
  areas,
  COUNTRIES,
  GENRES,
  manyNames,
  multiples,
  SCRIPTS,
  scatter,
  slope,
  sparklines,
  worldMap,
} from '../support/charts.ts';
import { hasPoppler, textOfPdf } from '../support/poppler.ts';
import { ranking, richDay } from '../support/reports.ts';

const charts = [
  areas(GENRES.slice(0, 5), { bands: true }),
  multiples(manyNames(50), { bands: true }),
  sparklines(Object.values(SCRIPTS).slice(0, 12)),
  slope(GENRES),
  scatter(GENRES.slice(0, 5)),
  worldMap(COUNTRIES),
];
const pdf = await renderReport({
  ...richDay,
  sections: [
    {
      title: 'All kinds',
      answers: charts.map(chart =>
        ranking({ title: chart.title, headline: 'One.', names: ['a', 'b'] }, { chart }),
      ),
    },
  ],
});

test('are vectors, a page each, in a small file', async () => {
  const document = await PDFDocument.load(pdf);
  const pictures = document.context
    .enumerateIndirectObjects()
    .filter(
      ([, object]) =>
        object instanceof PDFStream && object.dict.get(PDFName.of('Subtype')) === PDFName.of('Image'),
    );
  expect(pictures).toEqual([]);
  // The first stands on the cover, and the method behind the last.
  expect(document.getPageCount()).toBe(charts.length);
  expect(pdf.length).toBeLessThan(500_000);
});

describe.skipIf(!hasPoppler)('read by poppler (Debian package poppler-utils)', () => {
  test('all names are found, each as often as it is drawn', () => {
    const text = textOfPdf(pdf);
    const words = [...GENRES, ...Object.values(SCRIPTS).slice(0, 9), 'United States', 'less than 100']
      .flatMap(name => tidy(name).split(' '))
      .filter(word => word !== '–');
    const missing = words.filter(
      word => !text.includes(word) && !text.includes(Array.from(word).toReversed().join('')),
    );
    expect(missing).toEqual([]);
    expect(text.match(/United States/g)).toHaveLength(1);
  });

  test('fifty small plots are the first fifteen, and say so', () => {
    expect(textOfPdf(pdf)).toContain('the first 15 of 50');
  });
});
