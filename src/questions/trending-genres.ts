/** Which genres and styles sell more than their share of the weeks before predicts, and how sure that is. */

import type { Column, Concentration, Row } from '../core/answer.ts';
import type { BarsSpec } from '../core/chart-spec.ts';
import { countOf, formatPercent, formatRatio, round } from '../core/numbers.ts';
import { countryInText } from '../core/places/country.ts';
import { atStart, spelt } from '../core/text.ts';
import { verdictOf } from '../core/verdict.ts';
import type { TagCounts } from '../db/read/trends.ts';
import { behindNotes, behindWords } from './lib/behind.ts';
import { fromParameter, type Meant, meantBy, sellersMeant } from './lib/behind-parameters.ts';
import { concentrationColumn, concentrations } from './lib/concentration.ts';
import { COUNTED_OF_GENRES } from './lib/counted-words.ts';
import { type AnswerBody, defineQuestion, type Frame, isComparable, type Values } from './lib/definition.ts';
import { loadTags, rankTags, type TrendingTag } from './lib/judged-tags.ts';
import { LIFT_COLUMNS, liftChart } from './lib/lift-chart.ts';
import {
  choiceParameter,
  countryParameter,
  limitParameter,
  untilParameter,
  windowParameter,
  zoneParameter,
} from './lib/parameters.ts';
import { thinness, youngNotes } from './lib/trend-windows.ts';

/** A lower bound that is written as more than one: 1.1×. */
const LEAST_RISING = 1.05;

const parameters = {
  window: windowParameter('7d'),
  country: countryParameter,
  from: fromParameter,
  level: choiceParameter("Bandcamp's genres, styles beyond them, both, or descriptors (dark, vinyl)", [
    'all',
    'genre',
    'style',
    'descriptor',
  ]),
  limit: limitParameter(10, 100),
  until: untilParameter,
  zone: zoneParameter,
};
type Asked = Values<typeof parameters>;

/** What is ranked, as the title and the column say it. */
const NOUNS = { all: 'genres', genre: 'genres', style: 'styles', descriptor: 'descriptors' } as const;
const LABELS = { all: 'Genre', genre: 'Genre', style: 'Style', descriptor: 'Descriptor' } as const;

interface Loaded {
  /** By the lift's lower bound; only what can be compared. */
  ranked: TrendingTag[] | null;
  bySales: Pick<TagCounts, 'name' | 'sales' | 'counted'>[];
  meant: Meant;
  /** Of those that are shown. */
  narrow?: Map<number, Concentration>;
}

export const trendingGenres = defineQuestion<typeof parameters, Loaded>({
  name: 'trending-genres',
  title: 'Trending genres',
  summary: 'Genres and styles selling more than their recent share predicts.',
  parameters,
  phrases: [
    'trending',
    'trends',
    'trend',
    'what is hot',
    'hot',
    'hot genres',
    'rising genres',
    'genres rising',
    'genres are rising',
    'genres are trending',
    ['trending styles', { level: 'style' }],
    ['rising styles', { level: 'style' }],
    ['styles are rising', { level: 'style' }],
    ['styles are trending', { level: 'style' }],
  ],
  needsBaseline: true,
  load: async ({ db }, { country, from, level, limit }, frame) => {
    const meant = await meantBy(db, { from }, frame);
    const of = { country, sellers: sellersMeant(db, meant) };
    const { tags, totals } = await loadTags(db, frame, { ...of, level });
    const bySales = tags.filter(({ sales }) => sales > 0).sort((a, b) => b.sales - a.sales || a.key - b.key);
    if (!isComparable(frame) || totals.baseline === 0) return { ranked: null, bySales, meant };
    const ranked = await rankTags(db, tags, totals, frame, { ...of, limit, folded: level === 'all' });
    const ids = ranked.slice(0, limit).map(({ key }) => key);
    return { ranked, bySales, meant, narrow: await concentrations(db, { tagIds: ids }, frame, of) };
  },
  answer,
});

/**
 * Pure: judged tags → Answer. Without a usable baseline genres stand by sales, and the Answer says that
 * nothing is called trending.
 */
function answer(
  { country, from, limit, level, window }: Asked,
  { ranked, bySales, meant, narrow }: Loaded,
  frame: Frame,
): AnswerBody {
  const rows = ranked
    ? ranked.slice(0, limit).map(tag => trendRow(tag, narrow?.get(tag.key)))
    : bySales.slice(0, limit).map(salesRow);
  const noun = NOUNS[level];
  const where = `${behindWords({ from }, meant)}${country ? ` in ${countryInText(country)}` : ''}`;
  const title = `${ranked || bySales.length === 0 ? 'Trending' : 'Best-selling'} ${noun}${where}`;
  const chart =
    rows.length > 0
      ? ranked
        ? liftChart(title, rows, 'genre')
        : salesChart(rows, title, window.text)
      : undefined;
  return {
    title,
    headline: headlineOf(rows, { sold: bySales.length, compared: ranked !== null, noun, where }),
    columns: [
      { key: 'genre', label: LABELS[level], kind: 'genre', subject: 'genre' },
      { key: 'sales', label: 'Sales', kind: 'count' },
      { key: 'artists', label: 'Artists', kind: 'count' },
      { key: 'expected', label: 'Expected', kind: 'count' },
      ...LIFT_COLUMNS,
      { key: 'verdict', label: 'Verdict', kind: 'verdict' },
      alikeColumn(rows),
      concentrationColumn(rows),
    ],
    rows: rows.map(({ liftHigh: _, ...row }) => row),
    ...(chart && { chart }),
    notes: [...behindNotes(meant, []), ...youngNotes(frame), ...notesOf(bySales, ranked, noun, frame)],
    followUps: followUpsOf(rows, window.text, country, level),
  };
}

function trendRow(tag: TrendingTag, reason: Concentration | undefined): Row {
  const { name, counted, expected, observed, lift, low, high, breadth, alike } = tag;
  return {
    genre: name,
    sales: counted,
    artists: breadth?.artists ?? null,
    // In the window's own sales, as `sales` are: the lift weighs recent days more in both.
    expected: round(observed > 0 ? (counted * expected) / observed : expected, 1),
    lift: round(lift, 2),
    liftLow: round(low, 2),
    liftHigh: round(high, 2),
    verdict: verdictOf(tag),
    alike: alike.join(', ') || null,
    reason: reason ?? null,
  };
}

/** Genres that are the same rise as a row's, shown where there are any. */
const alikeColumn = (rows: readonly Row[]): Column => ({
  key: 'alike',
  label: 'With',
  kind: 'text',
  ...(rows.some(({ alike }) => alike) ? {} : { only: 'data' }),
});

const salesRow = ({ name, sales }: Loaded['bySales'][number]): Row => ({
  genre: name,
  sales,
  artists: null,
  expected: null,
  lift: null,
  liftLow: null,
  verdict: null,
  alike: null,
  reason: null,
});

function notesOf(
  bySales: Loaded['bySales'],
  ranked: TrendingTag[] | null,
  noun: string,
  frame: Frame,
): string[] {
  if (bySales.length === 0) return [];
  const thin = isComparable(frame) ? 'There were no such sales in the previous weeks.' : thinness(frame);
  if (!ranked) return [`${thin} So ${noun} are ranked by sales.`];
  const all = bySales.reduce((total, { sales }) => total + sales, 0);
  const counted = bySales.reduce((total, one) => total + one.counted, 0);
  const left = all > counted ? ` (${formatPercent((all - counted) / all)} of sales excluded)` : '';
  return [
    'Expected sales assume that a genre kept its share of the previous weeks. "Trending" means that fewer ' +
      'than 1 in 20 such calls would be due to chance, and that the rise holds without its top artist, ' +
      'seller or day. Recent days count more.',
    `Counted sales: ${COUNTED_OF_GENRES}${left}, so that no single artist or label makes a genre rise.`,
  ];
}

function headlineOf(
  rows: readonly Row[],
  { sold, compared, noun, where }: { sold: number; compared: boolean; noun: string; where: string },
): string {
  const [first] = rows;
  const one = noun.slice(0, -1);
  if (!first) {
    return sold === 0
      ? `No sales with a known ${one}${where} in this period.`
      : `No ${one}${where} has enough sales in this period to compare. Try a longer period.`;
  }
  const name = atStart(String(first.genre));
  if (!compared)
    return (
      `${name} sold the most${where} (${countOf(first.sales as number, 'sale')}). ` +
      'There is not enough history to compare yet.'
    );
  const [best, ...others] = rows.filter(({ verdict }) => verdict === 'trending');
  if (best) {
    const more =
      others.length === 0
        ? ''
        : ` ${countOf(others.length, `other ${one}`)} ${others.length === 1 ? 'is' : 'are'} also trending.`;
    return (
      `${atStart(String(best.genre))} is trending${where}: selling at least ` +
      `${formatRatio(best.liftLow as number)} the expected amount.${more}`
    );
  }
  if ((first.liftLow as number) < LEAST_RISING)
    return `No ${one}${where} is clearly selling more than expected.`;
  return (
    `No ${one}${where} is clearly trending. ${name} comes closest, at ` +
    `${formatRatio(first.liftLow as number)} its expected sales or more.`
  );
}

function salesChart(rows: readonly Row[], title: string, window: string): BarsSpec {
  const [first] = rows;
  return {
    kind: 'bars',
    title,
    unit: 'sales',
    format: 'count',
    alt:
      `Bar chart of ${rows.length} genres by sales over ${window}; ${first?.genre} leads with ` +
      `${countOf(Number(first?.sales), 'sale')}.`,
    caption: 'Sales',
    series: [{ label: 'Sales', points: rows.map(row => ({ x: String(row.genre), y: Number(row.sales) })) }],
  };
}

const followUpsOf = (
  rows: readonly Row[],
  window: string,
  country: string | undefined,
  level: string,
): AnswerBody['followUps'] => [
  ...(rows[0] && rows[0].lift !== null
    ? [
        {
          label: `Why ${spelt(String(rows[0].genre))}?`,
          question: 'why',
          change: { subject: String(rows[0].genre) },
        },
      ]
    : []),
  ...(window === '30d' ? [] : [{ label: 'Over 30 days', change: { window: '30d' } }]),
  ...(level === 'style' ? [] : [{ label: 'Styles only', change: { level: 'style' } }]),
  ...(country ? [{ label: 'Worldwide', change: { country: undefined } }] : []),
];
