/**
 * The pure layout: whatever stands in a report, it stays on the page, beside nothing else, under its heading.
 */
import { describe, expect, test } from 'vitest';
import { widthOf } from '../../src/charts/labels.ts';
import type { Box, Measure, Page, TextBox } from '../../src/report/boxes.ts';
import { layoutReport } from '../../src/report/layout.ts';
import type { Paper, Report } from '../../src/report/report.ts';
import { COLOR, MARGIN, PAPERS, TYPE } from '../../src/report/style.ts';
import { exampleAnswer, longName } from '../support/answers.ts';
import { MIXED_NAMES, SCRIPTS } from '../support/charts.ts';
import { overlaps } from '../support/overlaps.ts';
import { seeded } from '../support/random.ts';
import {
  emptyDay,
  hostileDay,
  listOf,
  poorDay,
  ranking,
  richDay,
  scriptsDay,
  trending,
} from '../support/reports.ts';

const measure: Measure = (text, { size, bold }) => widthOf(text) * size * (bold ? 1.08 : 1);
const textsOf = ({ boxes }: Page): TextBox[] => boxes.filter(box => box.kind === 'text');
const isBody = ({ y }: Box, { height }: Page): boolean => y > MARGIN.top && y < height - MARGIN.bottom;

/** Everything that must hold of every page of every report. */
function expectSound(pages: readonly Page[], paper: Paper): void {
  const { width, height } = PAPERS[paper];
  const slack = 0.01;
  for (const page of pages) {
    const texts = textsOf(page);
    for (const box of texts) {
      expect(box.x, box.text).toBeGreaterThanOrEqual(MARGIN.side - slack);
      expect(box.x + box.width, box.text).toBeLessThanOrEqual(width - MARGIN.side + slack);
      expect(box.y - box.font.size, box.text).toBeGreaterThan(0);
      expect(box.y + box.font.size / 2, box.text).toBeLessThan(height);
    }
    for (const box of page.boxes) {
      if (box.kind !== 'chart' && box.kind !== 'link') continue;
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width + slack);
      expect(box.y + box.height).toBeLessThanOrEqual(height);
    }
    expect(overlaps(texts)).toEqual([]);
    // What stands last on a page is never a heading; the cover's is larger than any.
    const last = page === pages[0] ? undefined : texts.filter(box => isBody(box, page)).at(-1);
    if (last?.font.bold) expect([TYPE.section.size, TYPE.answer.size]).not.toContain(last.font.size);
    for (const { font, text } of texts) expect(font.size, text).toBeGreaterThanOrEqual(TYPE.small.size);
  }
}

describe('layoutReport', () => {
  for (const [name, report] of Object.entries({ richDay, poorDay, emptyDay, scriptsDay, hostileDay })) {
    test.each(['a4', 'letter'] as const)(`${name} is sound on %s`, paper => {
      expectSound(layoutReport(report, paper, measure), paper);
    });
  }

  test('random answers of 0 to 200 rows are sound, with each row once, a head above on every page', () => {
    const names = [
      ...MIXED_NAMES,
      ...Object.values(SCRIPTS),
      longName(60),
      longName(300),
      'x'.repeat(900),
      '',
      ' ',
      'a',
    ];
    for (let seed = 1; seed <= 40; seed++) {
      const random = seeded(seed);
      const pick = () => names[Math.floor(random() * names.length)] as string;
      const sections = Array.from({ length: Math.floor(random() * 5) }, (_, index) => ({
        title: pick(),
        ...(random() < 0.5 && { intro: pick() }),
        boards: Array.from({ length: Math.floor(random() * 3) }, () => ({
          title: pick(),
          lists: Array.from({ length: Math.floor(random() * 4) }, () =>
            listOf(
              pick(),
              Array.from({ length: Math.floor(random() * 6) }, pick),
              random() < 0.5 ? [pick()] : undefined,
            ),
          ),
        })),
        answers: Array.from({ length: Math.floor(random() * 3) }, (_, at) =>
          ranking({
            title: pick(),
            headline: pick(),
            noun: `Name ${index}-${at}`,
            names: Array.from({ length: Math.floor(random() ** 3 * 200) }, pick),
          }),
        ),
      }));
      const report: Report = { ...richDay, title: pick(), headline: pick(), sections };
      const paper: Paper = random() < 0.5 ? 'a4' : 'letter';
      const pages = layoutReport(report, paper, measure);
      expectSound(pages, paper);

      const rows = pages.flatMap(page => page.boxes).filter(isRowRule).length;
      const contents = sections.length > 1 ? sections.length + 1 : 0;
      // Each page has a line at its foot, and all but the first one at their head.
      const heads = 2 * pages.length - 1;
      const asked = sections
        .flatMap(({ answers }) => answers)
        .reduce((sum, { rows }) => sum + rows.length, 0);
      const listed = sections
        .flatMap(({ boards }) => boards)
        .flatMap(({ lists }) => lists)
        .reduce((sum, { answer }) => sum + answer.rows.length, 0);
      expect(rows).toBe(asked + listed + contents + heads);
      for (const page of pages.slice(1)) {
        const firstNumber = textsOf(page).find(
          ({ text, font }) => font.size === TYPE.cell.size && text.startsWith('$'),
        );
        const firstHead = textsOf(page).find(({ text }) => /^Name \d-\d$/.test(text));
        if (firstNumber) expect(firstHead?.y).toBeLessThan(firstNumber.y);
      }
    }
  });

  test('a row of two lines has both on one page', () => {
    const pages = layoutReport(
      { ...richDay, sections: [{ title: 'Rows', answers: [exampleAnswer(150)] }] },
      'a4',
      measure,
    );
    for (const page of pages) {
      const rules = page.boxes.filter(isRowRule).map(({ y }) => y);
      const cells = textsOf(page).filter(box => box.font.size === TYPE.cell.size && isBody(box, page));
      for (const cell of cells) expect(rules.some(y => y > cell.y)).toBe(true);
    }
  });

  test('tells the page of each section in the contents, and numbers the pages', () => {
    const pages = layoutReport(richDay, 'a4', measure);
    const contents = textsOf(pages[0] as Page)
      .filter(({ text }) => /^\d+$/.test(text))
      .map(({ text }) => Number(text));
    const headings = pages.flatMap(({ boxes }, index) =>
      boxes.filter(box => box.kind === 'heading' && box.level === 1).map(() => index + 1),
    );
    expect(contents.slice(-headings.length)).toEqual(headings);
    expect(pages.slice(1).map(page => textsOf(page).at(-1)?.text)).toEqual(
      pages.slice(1).map((_, index) => `${index + 2} / ${pages.length}`),
    );
  });

  test('moves contents that the cover cannot hold to a page of their own', () => {
    const sections = Array.from({ length: 40 }, (_, index) => ({ title: `Section ${index}`, answers: [] }));
    const pages = layoutReport({ ...richDay, sections }, 'letter', measure);
    expectSound(pages, 'letter');
    expect(textsOf(pages[1] as Page).filter(({ text }) => /^Section \d+$/.test(text)).length).toBeGreaterThan(
      30,
    );
  });

  test('one chapter begins on the cover, without contents, and does not repeat the headline', () => {
    const answer = trending(['ambient', 'jungle']);
    const sections = [{ title: 'Ambient', answers: [answer] }];
    const [cover] = layoutReport({ ...richDay, headline: answer.headline, sections }, 'a4', measure);
    const texts = textsOf(cover as Page).map(({ text }) => text);
    expect(texts).toContain('Ambient');
    expect(texts).not.toContain('Contents');
    expect(texts.filter(text => text.includes('rises most'))).toHaveLength(1);
  });

  test('what explains the report stands closer where a last page would hold little else', () => {
    const pagesOf = (parts: number) =>
      layoutReport(
        {
          ...richDay,
          sections: [],
          method: Array.from({ length: parts }, (_, at) => ({
            title: `Part ${at}`,
            text: 'Said. '.repeat(40),
          })),
        },
        'a4',
        measure,
      );
    const reached = Array.from({ length: 30 }, (_, at) => {
      const pages = pagesOf(at + 1);
      const last = pages.at(-1) as Page;
      const lowest = Math.max(
        ...textsOf(last)
          .map(({ y }) => y)
          .filter(y => y < last.height - MARGIN.bottom),
      );
      return { many: pages.length, share: lowest / last.height };
    });
    // One more part may begin a page; it does so with company.
    expect(Math.max(...reached.map(({ many }) => many))).toBeGreaterThan(2);
    const lonely = reached.filter(({ many, share }) => many > 1 && share < 0.15);
    expect(lonely).toEqual([]);
  });

  test('sections without answers, and answers without rows, say so', () => {
    const texts = layoutReport(emptyDay, 'a4', measure)
      .flatMap(textsOf)
      .map(({ text }) => text);
    expect(texts).toContain('Nothing to report here for this time.');
    expect(texts).toContain('Nobody sold anything.');
  });

  test('an answer of its section’s title does not repeat it', () => {
    const answer = trending(['ambient', 'jungle']);
    const pages = layoutReport(
      { ...richDay, sections: [{ title: 'Trending genres', answers: [answer] }] },
      'a4',
      measure,
    );
    const chart = pages.flatMap(({ boxes }) => boxes).find(box => box.kind === 'chart');
    expect(chart?.kind === 'chart' && chart.spec.title).toBe('');
    expect(
      pages.flatMap(textsOf).filter(({ text, font }) => text === 'Trending genres' && font.size > 10),
    ).toHaveLength(1);
  });

  test('a chart of many subjects shows the first, and says so', () => {
    const answer = trending(Array.from({ length: 60 }, (_, index) => `genre ${index}`));
    const pages = layoutReport(
      { ...richDay, sections: [{ title: 'All', answers: [answer] }] },
      'letter',
      measure,
    );
    expectSound(pages, 'letter');
    const chart = pages.flatMap(({ boxes }) => boxes).find(box => box.kind === 'chart');
    expect(chart?.kind === 'chart' && chart.spec.series[0]?.points).toHaveLength(15);
    expect(chart?.kind === 'chart' && chart.spec.caption).toMatch(/the first 15 of 60$/);
  });

  test('a board stands on one page with its heading', () => {
    const boards = Array.from({ length: 12 }, (_, index) => ({
      title: `Board ${index}`,
      lists: [listOf('Albums', ['one', 'two', `last of ${index}`], ['Somebody'])],
    }));
    const pages = layoutReport(
      { ...richDay, sections: [{ title: 'B', answers: [], boards }] },
      'letter',
      measure,
    );
    const pageOf = (text: string) => pages.findIndex(page => textsOf(page).some(box => box.text === text));
    expect(pages.length).toBeGreaterThan(2);
    for (const index of boards.keys()) expect(pageOf(`last of ${index}`)).toBe(pageOf(`Board ${index}`));
  });

  test('a table that fits a page is not torn; one that does not goes on below its head', () => {
    const of = (count: number) =>
      ranking({
        title: `${count} rows`,
        headline: 'x',
        names: Array.from({ length: count }, (_, row) => `${count}-${row}`),
      });
    const pages = layoutReport(
      { ...richDay, sections: [{ title: 'Rows', answers: [of(12), of(13), of(14), of(90)] }] },
      'a4',
      measure,
    );
    const pagesOf = (count: number) =>
      new Set(
        pages.flatMap((page, at) =>
          textsOf(page).some(({ text }) => text.startsWith(`${count}-`)) ? [at] : [],
        ),
      );
    expect([12, 13, 14].map(count => pagesOf(count).size)).toEqual([1, 1, 1]);
    expect(pagesOf(90).size).toBeGreaterThan(1);
  });

  test('leads to pages of the web only', () => {
    const answer = ranking(
      { title: 'Links', headline: 'x', names: ['a', 'b', 'c'] },
      {
        rows: [
          { name: 'a', nameUrl: 'javascript:alert(1)' },
          { name: 'b', nameUrl: 'https://ü.example/(1)?q=é' },
          { name: 'c', nameUrl: 'no address' },
        ],
      },
    );
    const pages = layoutReport({ ...richDay, sections: [{ title: 'L', answers: [answer] }] }, 'a4', measure);
    const urls = pages
      .flatMap(({ boxes }) => boxes)
      .flatMap(box => (box.kind === 'link' && 'url' in box.target ? [box.target.url] : []));
    expect(urls).toContain('https://xn--tda.example/(1)?q=%C3%A9');
    expect(urls.every(url => url.startsWith('https://'))).toBe(true);
  });

  test('units stand below units where only some numbers have a decimal', () => {
    const answer = trending(['jungle', 'ambient']);
    const rows = answer.rows.map((row, at) => ({ ...row, expected: [33.3, 25][at] ?? null }));
    const pages = layoutReport(
      { ...richDay, sections: [{ title: 'All', answers: [{ ...answer, rows }] }] },
      'a4',
      measure,
    );
    const ends = ['33.3', '25'].map(
      number => pages.flatMap(textsOf).find(({ text }) => text === number) as TextBox,
    );
    const [tenths, whole] = ends.map(({ x, width }) => x + width) as [number, number];
    expect(tenths - whole).toBeCloseTo(measure('.0', TYPE.cell), 3);
  });

  test('how to read it is not torn', () => {
    const pages = layoutReport(richDay, 'a4', measure);
    const pageOf = (title: string) =>
      pages.findLastIndex(page => textsOf(page).some(({ text }) => text === title));
    expect(pageOf(richDay.method.at(-1)?.title ?? '')).toBe(pageOf('How to read this'));
  });
});

/** The hairline below a row, between contents, or below a page's head. */
const isRowRule = (box: Box): boolean => box.kind === 'fill' && box.color === COLOR.rule;
