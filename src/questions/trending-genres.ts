/** Which genres and styles sell more than their share of the weeks before predicts. */
import type { Row } from '../core/answer.ts';
import type { BarsSpec } from '../core/chart-spec.ts';
import { countryName } from '../core/country.ts';
import { countOf, formatPercent, formatRatio } from '../core/numbers.ts';
import type { Reader } from '../db/connect.ts';
import { liftOf } from '../stats/lift.ts';
import {
  type AnswerBody,
  defineQuestion,
  type Frame,
  isComparable,
  LEAST_BASELINE_COVERAGE,
  type Values,
} from './definition.ts';
import {
  choiceParameter,
  countryParameter,
  limitParameter,
  untilParameter,
  windowParameter,
  zoneParameter,
} from './parameters.ts';

/** Sales of one artist in one genre that count for a day (24 hours from the window's start), so that one artist cannot make a genre trend. */
export const ARTIST_CAP_PER_DAY = 5;
/** A lower bound that is written as more than one: 1.1×. */
export const LEAST_RISING = 1.05;
/** Sales that a genre needs in the window to be ranked by lift. */
const LEAST_SALES = 5;

const parameters = {
  window: windowParameter('7d'),
  country: countryParameter,
  level: choiceParameter("Bandcamp's genres, the styles people tag beyond them, or both", ['all', 'genre', 'style']),
  limit: limitParameter(10, 100),
  until: untilParameter,
  zone: zoneParameter,
};

export interface GenreCounts {
  genre: string;
  /** Sales in the window, uncapped. */
  sales: number;
  /** Sales in the window and in the four baseline windows, each artist capped. */
  capped: number;
  baselineCapped: number;
  artists: number;
}

interface Loaded {
  genres: GenreCounts[];
  /** All tagged sales, capped alike. */
  total: number;
  baselineTotal: number;
  /** Sales in the window whose page has not been read yet. */
  untagged: number;
}

export const trendingGenres = defineQuestion<typeof parameters, Loaded>({
  name: 'trending-genres',
  title: 'Trending genres',
  summary: 'Which genres and styles sell more than their share of the weeks before predicts.',
  parameters,
  load,
  answer,
});

async function load(
  { db }: { db: Reader },
  { country, level }: Values<typeof parameters>,
  { window, baseline }: Frame,
): Promise<Loaded> {
  const windows = [window, ...baseline];
  const kinds = level === 'all' ? ['genre', 'style'] : [level];
  const rows = await db<(GenreCounts & { kind: string })[]>`
    with asked as (
      select ordinality = 1 as present, ordinality as n, from_at, until_at
      from unnest(${windows.map(w => w.from)}::timestamptz[], ${windows.map(w => w.until)}::timestamptz[]) with ordinality as w (from_at, until_at)
    ), sold as (
      select asked.present, asked.n, floor(extract(epoch from sale.at - asked.from_at) / 86400) as day, sale.artist_id, item.page_id, count(*) as sales
      from asked
      join sale on sale.at >= asked.from_at and sale.at < asked.until_at
      join item on item.id = sale.item_id
      join artist on artist.id = sale.artist_id
      where not artist.various and (${country ?? null}::text is null or sale.country_code = ${country ?? null})
      group by 1, 2, 3, 4, 5
    ), by_artist as (
      select tag.id, sold.present, sold.n, sold.day, sold.artist_id, sum(sold.sales) as sales
      from sold join page_tag using (page_id) join tag on tag.id = page_tag.tag_id
      where tag.kind = any(${kinds}::text[])
      group by tag.id, sold.present, sold.n, sold.day, sold.artist_id
    ), by_genre as (
      select id, coalesce(sum(sales) filter (where present), 0)::bigint as sales,
        coalesce(sum(least(sales, ${ARTIST_CAP_PER_DAY})) filter (where present), 0)::bigint as capped,
        coalesce(sum(least(sales, ${ARTIST_CAP_PER_DAY})) filter (where not present), 0)::bigint as baseline_capped,
        count(distinct artist_id) filter (where present) as artists
      from by_artist group by id
    ), everything as (
      select sold.present, sold.n, sold.day, sold.artist_id, sum(sold.sales) filter (where read) as sales, sum(sold.sales) filter (where waiting) as untagged
      from (
        select sold.*, exists (select from page_tag where page_tag.page_id = sold.page_id) as read, page.state = 'new' as waiting
        from sold join page on page.id = sold.page_id
      ) sold group by 1, 2, 3, 4
    )
    select 'genre' as kind, tag.name as genre, sales, capped, baseline_capped as "baselineCapped", artists
    from by_genre join tag using (id) where sales > 0
    union all
    select 'total', '', coalesce(sum(untagged) filter (where present), 0)::bigint, coalesce(sum(least(sales, ${ARTIST_CAP_PER_DAY})) filter (where present), 0)::bigint,
      coalesce(sum(least(sales, ${ARTIST_CAP_PER_DAY})) filter (where not present), 0)::bigint, 0
    from everything`;
  const total = rows.find(row => row.kind === 'total');
  return {
    genres: rows.filter(row => row.kind === 'genre').map(({ kind: _, ...counts }) => counts),
    total: total?.capped ?? 0,
    baselineTotal: total?.baselineCapped ?? 0,
    untagged: total?.sales ?? 0,
  };
}

/** Pure: counts → ranked Answer. Without a usable baseline genres stand by sales, and the Answer says that nothing is called trending. */
function answer(
  { country, limit, level, window }: Values<typeof parameters>,
  { genres, total, baselineTotal, untagged }: Loaded,
  frame: Frame,
): AnswerBody {
  const comparable = isComparable(frame) && baselineTotal > 0 && total > 0;
  const ranked = comparable ? rankByLift(genres, total / baselineTotal) : rankBySales(genres);
  const rows = ranked.slice(0, limit);
  const noun = level === 'style' ? 'styles' : 'genres';
  const where = country ? ` in ${countryName(country)}` : '';
  const notes: string[] = [];
  if (genres.length > 0 && comparable) {
    notes.push(
      `Expected: the ${noun.slice(0, -1)}'s share of the four windows before, times what sells now. An artist counts for at most ${ARTIST_CAP_PER_DAY} sales a day in each ${noun.slice(0, -1)}; only ${noun} with ${LEAST_SALES} sales or more are ranked.`,
    );
  } else if (genres.length > 0) {
    notes.push(
      `The weeks before are not in the data (read for ${formatPercent(frame.baselineCoverage)}; comparing needs ${formatPercent(LEAST_BASELINE_COVERAGE)}), so ${noun} are listed by sales and none is called trending.`,
    );
  }
  if (untagged > 0)
    notes.push(`${countOf(untagged, 'sale')} not counted for any genre yet: their pages are still to be read.`);
  const chart =
    rows.length > 0
      ? (comparable ? liftChart : salesChart)(
          rows,
          `${comparable ? 'Trending' : 'Best-selling'} ${noun}${where}`,
          window.text,
        )
      : undefined;
  return {
    title: `${comparable || genres.length === 0 ? 'Trending' : 'Best-selling'} ${noun}${where}`,
    headline: headlineOf(rows, genres.length, comparable, noun, where),
    columns: [
      { key: 'genre', label: level === 'style' ? 'Style' : 'Genre', kind: 'genre' },
      { key: 'sales', label: 'Sales', kind: 'count' },
      { key: 'artists', label: 'Artists', kind: 'count' },
      { key: 'expected', label: 'Expected', kind: 'count' },
      { key: 'lift', label: 'Lift', kind: 'ratio' },
      { key: 'liftLow', label: 'At least', kind: 'ratio' },
    ],
    rows: rows.map(({ liftHigh: _, ...row }) => row),
    ...(chart && { chart }),
    notes,
    followUps: followUpsOf(window.text, country, level),
  };
}

function rankByLift(genres: readonly GenreCounts[], growth: number): Row[] {
  return genres
    .filter(({ capped }) => capped >= LEAST_SALES)
    .map(({ genre, artists, capped, baselineCapped }) => {
      const expected = baselineCapped * growth;
      const { lift, low, high } = liftOf(capped, expected);
      return {
        genre,
        // What is counted is what was expected to be: each artist capped.
        sales: capped,
        artists,
        expected: round(expected, 1),
        lift: round(lift, 2),
        liftLow: round(low, 2),
        liftHigh: round(high, 2),
      };
    })
    .sort((a, b) => b.liftLow - a.liftLow || b.sales - a.sales || a.genre.localeCompare(b.genre, 'en'));
}

const rankBySales = (genres: readonly GenreCounts[]): Row[] =>
  genres
    .map(({ genre, sales, artists }) => ({ genre, sales, artists, expected: null, lift: null, liftLow: null }))
    .sort((a, b) => b.sales - a.sales || a.genre.localeCompare(b.genre, 'en'));

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

function headlineOf(rows: readonly Row[], sold: number, comparable: boolean, noun: string, where: string): string {
  const [first] = rows;
  if (!first) {
    return sold === 0
      ? `No tagged sales${where} in this window.`
      : `No ${noun.slice(0, -1)}${where} sold ${LEAST_SALES} times in this window: too few to compare. A longer window may tell more.`;
  }
  if (!comparable)
    return `${first.genre} sold most${where}: ${countOf(first.sales as number, 'sale')}. There is nothing yet to compare with.`;
  if ((first.liftLow as number) < LEAST_RISING)
    return `No ${noun.slice(0, -1)}${where} clearly sells more than expected.`;
  return `${first.genre} rises most${where}: at least ${formatRatio(first.liftLow as number)} the expected sales, ${countOf(first.sales as number, 'sale')} counted.`;
}

function liftChart(rows: readonly Row[], title: string, window: string): BarsSpec {
  const [first] = rows;
  return {
    kind: 'bars',
    title,
    unit: 'times the expected sales',
    format: 'ratio',
    alt: `Bar chart of ${rows.length} genres by lift over ${window}; ${first?.genre} leads with ${first?.lift} times the expected sales, at least ${first?.liftLow}.`,
    caption: 'Lift, with the interval that holds it at 90%',
    series: [
      {
        label: 'Lift',
        points: rows.map(row => ({
          x: String(row.genre),
          y: Number(row.lift),
          low: Number(row.liftLow),
          high: Number(row.liftHigh),
        })),
      },
    ],
    reference: { value: 1, label: 'as expected' },
  };
}

function salesChart(rows: readonly Row[], title: string, window: string): BarsSpec {
  const [first] = rows;
  return {
    kind: 'bars',
    title,
    unit: 'sales',
    format: 'count',
    alt: `Bar chart of ${rows.length} genres by sales over ${window}; ${first?.genre} leads with ${countOf(Number(first?.sales), 'sale')}.`,
    caption: 'Sales',
    series: [{ label: 'Sales', points: rows.map(row => ({ x: String(row.genre), y: Number(row.sales) })) }],
  };
}

const followUpsOf = (window: string, country: string | undefined, level: string): AnswerBody['followUps'] => [
  ...(window === '30d' ? [] : [{ label: 'Over 30 days', change: { window: '30d' } }]),
  ...(level === 'style' ? [] : [{ label: 'Styles only', change: { level: 'style' } }]),
  ...(country ? [{ label: 'Worldwide', change: { country: undefined } }] : []),
];
