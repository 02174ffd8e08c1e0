/**
 * The file itself, read by other libraries and looked at: text, fonts, links, outline, metadata, pictures.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFStream, PDFString } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import { tidy } from '../../src/charts/labels.ts';
import { renderReport } from '../../src/report/render.ts';
import { editionReport, SIZES } from '../support/editions.ts';
import { expectPicture } from '../support/pictures.ts';
import { checkPdf, fontsOfPdf, hasPoppler, hasQpdf, picturesOfPdf, textOfPdf } from '../support/poppler.ts';
import { emptyDay, hostileDay, poorDay, richDay, SCRIPT_NAMES, scriptsDay } from '../support/reports.ts';

const DAYS = {
  'rich-day': richDay,
  'poor-day': poorDay,
  'empty-day': emptyDay,
  'scripts-day': scriptsDay,
  'rich-edition': editionReport(SIZES.rich),
  'poor-edition': editionReport(SIZES.poor),
};
const GOLDEN = path.resolve(import.meta.dirname, '../golden/report');
const LARGEST = 1_000_000;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('renderReport', () => {
  test.each(Object.entries({ ...DAYS, 'hostile-day': hostileDay }))(
    '%s is a file below 1 MB',
    async (_, report) => {
      const pdf = await renderReport(report, { paper: 'letter' });
      expect(Buffer.from(pdf).toString('latin1', 0, 5)).toBe('%PDF-');
      expect(pdf.length).toBeLessThan(LARGEST);
    },
  );

  test('equal reports give equal bytes, also in another process', async () => {
    const here = sha256(await renderReport(scriptsDay));
    expect(sha256(await renderReport(structuredClone(scriptsDay)))).toBe(here);
    const script = `
      import { createHash } from 'node:crypto';
      import { renderReport } from './src/report/render.ts';
      import { scriptsDay } from './test/support/reports.ts';
      process.stdout.write(createHash('sha256').update(await renderReport(scriptsDay)).digest('hex'));`;
    const root = path.resolve(import.meta.dirname, '../..');
    const there = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(there).toBe(here);
  });

  test('says what it is: title, subject, language, the day as its date, page labels', async () => {
    const document = await PDFDocument.load(await renderReport(richDay), { updateMetadata: false });
    expect(document.getTitle()).toBe('The day on Bandcamp, Wednesday, 7 October 2026');
    expect(document.getSubject()).toBe(richDay.headline);
    expect(document.getAuthor()).toBe('Bandcamp Tracker');
    expect(document.getCreationDate()?.toISOString()).toBe('2026-10-07T00:00:00.000Z');
    expect(document.getModificationDate()?.toISOString()).toBe('2026-10-07T00:00:00.000Z');
    expect(document.catalog.lookup(PDFName.of('Lang'), PDFString).decodeText()).toBe('en');
    expect(document.catalog.lookup(PDFName.of('ViewerPreferences'), PDFDict).toString()).toContain(
      '/DisplayDocTitle true',
    );
    expect(document.catalog.lookup(PDFName.of('PageLabels'), PDFDict).toString()).toContain('/Nums');
  });

  test('charts and emoji are vectors: no picture is in the file', async () => {
    const { context } = await PDFDocument.load(await renderReport(scriptsDay));
    const pictures = context
      .enumerateIndirectObjects()
      .filter(
        ([, object]) =>
          object instanceof PDFStream && object.dict.get(PDFName.of('Subtype')) === PDFName.of('Image'),
      );
    expect(pictures).toEqual([]);
  });

  test('has an outline of its sections and their answers, in every script', async () => {
    const document = await PDFDocument.load(await renderReport(scriptsDay));
    expect(outlineOf(document.catalog.lookup(PDFName.of('Outlines'), PDFDict))).toEqual([
      'Trending genres',
      'Artists · アーティスト · فنانون',
      ['Top artists', '東京の夜 · ليل'],
      'How to read this',
      ['What this covers', 'Trending', 'What is not known'],
    ]);
  });

  test('links names, contents and dashboard, each to a place that there is', async () => {
    const document = await PDFDocument.load(await renderReport(richDay));
    const pages = document.getPages();
    const links = pages.flatMap(page => {
      const annotations = page.node.Annots();
      return annotations ? annotations.asArray().map((_, index) => annotations.lookup(index, PDFDict)) : [];
    });
    const targets = links.map(link => {
      const url = link
        .lookupMaybe(PDFName.of('A'), PDFDict)
        ?.lookup(PDFName.of('URI'), PDFString)
        .decodeText();
      const page = link.lookupMaybe(PDFName.of('Dest'), PDFArray)?.get(0);
      return url ?? pages.findIndex(({ ref }) => ref === page) + 1;
    });
    expect(targets).toContain('https://artist-0.bandcamp.example/album/one?a=(1)&b=%C3%BC');
    expect(targets).toContain(
      'https://tracker.example/q/trending-genres?window=1d&by=units&zone=Europe%2FBerlin',
    );
    const inside = targets.filter(target => typeof target === 'number');
    expect(inside).toHaveLength(richDay.sections.length + 1);
    expect(inside.every(page => page > 1)).toBe(true);
  });
});

describe.skipIf(!hasPoppler)('read by poppler (Debian package poppler-utils)', () => {
  test('finds every name of every script; Arabic and Hebrew in either order', async () => {
    const text = textOfPdf(await renderReport(scriptsDay));
    const missing = SCRIPT_NAMES.flatMap(name => tidy(name).split(' ')).filter(
      word => !text.includes(word) && !text.includes(Array.from(word).toReversed().join('')),
    );
    expect(missing).toEqual([]);
  });

  test('finds every name of the rich day: of tables, boards and contents', async () => {
    const text = textOfPdf(await renderReport(richDay));
    const names = richDay.sections.flatMap(({ title, answers, boards = [] }) => [
      title,
      ...answers.flatMap(({ rows }) => rows.flatMap(row => [row.name, row.artist, row.genre])),
      ...boards.flatMap(({ lists }) =>
        lists.flatMap(({ answer }) => answer.rows.flatMap(row => [row.name, row.artist])),
      ),
    ]);
    const words = names.flatMap(name =>
      typeof name === 'string' && name.length > 2 ? tidy(name).split(' ') : [],
    );
    expect(words.length).toBeGreaterThan(200);
    const missing = words.filter(
      word => !text.includes(word) && !text.includes(Array.from(word).toReversed().join('')),
    );
    expect(missing).toEqual([]);
  });

  test('finds prose without ligatures', async () => {
    const text = textOfPdf(await renderReport(richDay));
    expect(text).toContain('Tidewater Choir’s “Salt Office” leads by copies.');
    expect(text).toContain('“Lift” is how many times the expected sales were seen');
  });

  test('all fonts are embedded, and say what their glyphs mean', async () => {
    const fonts = fontsOfPdf(await renderReport(scriptsDay));
    expect(fonts.length).toBeGreaterThan(10);
    for (const font of fonts) expect(font).toMatchObject({ embedded: 'yes', unicode: 'yes' });
  });

  for (const [name, report] of Object.entries(DAYS)) {
    test(`${name} looks as it did when somebody looked at it`, async () => {
      const pictures = picturesOfPdf(await renderReport(report), 40);
      for (const [index, picture] of pictures.entries())
        await expectPicture(path.join(GOLDEN, `${name}-${index + 1}.png`), picture);
      expect(existsSync(path.join(GOLDEN, `${name}-${pictures.length + 1}.png`))).toBe(false);
    });
  }
});

describe.skipIf(!hasQpdf)('read by qpdf (Debian package qpdf)', () => {
  test.each(Object.entries({ ...DAYS, 'hostile-day': hostileDay }))('%s is sound', async (_, report) => {
    expect(checkPdf(await renderReport(report))).toContain('No syntax or stream encoding errors found');
  });
});

/** Titles in order, children as a list behind their parent. */
function outlineOf(parent: PDFDict): unknown[] {
  const titles: unknown[] = [];
  let item = parent.lookupMaybe(PDFName.of('First'), PDFDict);
  while (item) {
    titles.push(item.lookup(PDFName.of('Title'), PDFHexString).decodeText());
    if (item.has(PDFName.of('First'))) titles.push(outlineOf(item));
    item = item.lookupMaybe(PDFName.of('Next'), PDFDict);
  }
  return titles;
}
