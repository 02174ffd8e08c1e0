/** The cover's lists: who emerges, which genres trend, the period in numbers. Pure. */
import type { Answer } from '../core/answer.ts';
import { formatChange } from '../core/numbers.ts';
import { spelt } from '../core/text.ts';
import { formatCell } from '../present/format.ts';
import { calledRows } from '../questions/lib/news.ts';
import type { Material } from './edition-material.ts';
import { PERIOD_WORDS } from './edition-regions.ts';
import {
  earlierOf,
  isCompared,
  markCell,
  marksOf,
  nearestCall,
  numberCell,
  ratioCell,
  sparkCell,
  text,
} from './edition-rows.ts';
import type { Cell, Front, List } from './panels.ts';

const LIST_ROWS = 6;

const RANKED: List['columns'] = [
  { label: '', width: 9 },
  { label: '', width: 21 },
  { label: '', width: { share: 1 } },
  { label: '', width: 34, align: 'right' },
];

/** Short lists of those that are called, and the period's numbers. */
export function frontLists(material: Material): Front['lists'] {
  const { now } = material;
  return [
    rankedList('Emerging', 'No artist is emerging.', 'emerging', material),
    rankedList('Trending genres', 'No genre is clearly trending.', 'genres', material),
    ...(now.overview && now.overview.rows.length > 0 ? [dayList(now.overview, material)] : []),
  ];
}

function rankedList(
  title: string,
  none: string,
  list: 'emerging' | 'genres',
  material: Material,
): Front['lists'][number] {
  const answer = material.now[list];
  const columns = material.before ? RANKED : RANKED.filter((_, at) => at !== 1);
  if (!answer) return { title, list: { columns, rows: [], least: 0 }, foot: 'Not counted in time.' };
  const marks = marksOf(answer, earlierOf(material, list));
  const called = calledRows(answer).slice(0, LIST_ROWS);
  const rows = called.map((row, at): Cell[] => [
    numberCell(at),
    ...(material.before ? [markCell(marks[answer.rows.indexOf(row)] ?? null)] : []),
    text(list === 'genres' ? spelt(String(row.genre)) : String(row.artist)),
    ratioCell(row.liftLow, { bold: true }),
  ]);
  const nearly = list === 'genres' ? nearlyWords(answer) : '';
  const empty = isCompared(material.now.genres) ? none : 'Too little was read to compare yet.';
  const foot = [rows.length === 0 ? empty : '', nearly].filter(Boolean).join(' ');
  return { title, list: { columns, rows, least: 0, headless: true, narrow: true }, ...(foot && { foot }) };
}

/** `Nearly: slowcore (driven by one artist).` */
function nearlyWords(genres: Answer): string {
  const nearest = nearestCall(genres);
  return nearest ? `Nearly: ${spelt(nearest.name)} (${nearest.why}).` : '';
}

const LISTS_OF: Record<string, { change?: string; course?: 'sales' | 'revenue'; whole?: true }> = {
  sales: { change: 'salesChange', course: 'sales' },
  revenueUsd: { change: 'revenueChange', course: 'revenue', whole: true },
  averageUsd: {},
  checkouts: {},
  countries: {},
  overpaid: {},
};

/** `+6%` · `−4%` */
const signed = (change: number): string => formatChange(change).replace('-', '−');

/** Where a column's label is too long for a third of a page. */
const LABELS: Record<string, string> = { overpaid: 'Above price' };

function dayList(overview: Answer, material: Material): Front['lists'][number] {
  const { courses, trendDays, period } = material;
  const row = overview.rows[0] ?? {};
  const rows = Object.entries(LISTS_OF).flatMap(([key, { change, course, whole }]): Cell[][] => {
    const column = overview.columns.find(each => each.key === key);
    if (!column || typeof row[key] !== 'number') return [];
    const changed = change === undefined ? null : row[change];
    const value = formatCell(column, row, overview);
    return [
      [
        text(LABELS[key] ?? column.label),
        course ? sparkCell(courses[course], courses, { called: false, days: trendDays }) : null,
        // From a hundred dollars on without cents.
        text(whole ? value.replace(/(\d{3})\.\d\d$/, '$1') : value, { bold: true }),
        typeof changed === 'number' ? text(signed(changed), { tone: 'soft' }) : null,
      ],
    ];
  });
  const word = PERIOD_WORDS[period.name];
  return {
    title: `The ${word}`,
    list: {
      columns: [
        { label: '', width: { share: 1 } },
        { label: '', width: 30 },
        { label: '', width: 46, align: 'right' },
        { label: '', width: 26, align: 'right' },
      ],
      rows,
      least: 0,
      headless: true,
      narrow: true,
    },
    foot: `Against a typical ${word}; Bandcamp Fridays set apart.`,
  };
}
