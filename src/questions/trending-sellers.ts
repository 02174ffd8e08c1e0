/** Which labels sell more than their share of the previous weeks predicts, by several of their artists. */
import type { Row } from '../core/answer.ts';
import { UserError } from '../core/errors.ts';
import { countOf, formatRatio, round } from '../core/numbers.ts';
import { verdictOf } from '../core/verdict.ts';
import type { Reader } from '../db/connect.ts';
import { nameSellers } from '../db/read/named-subjects.ts';
import { sellerContributions, sellerCounts } from '../db/read/seller-trends.ts';
import { AS_IF_BROAD, LEAST } from '../stats/emergence.ts';
import { sum } from '../stats/expected.ts';
import { type RisingArtist, rankRisingArtists } from '../stats/rising-artists.ts';
import { type Breadth, breadthOf, LEAST_EXPECTED, LEAST_SPARED, measureTrends } from '../stats/trend.ts';
import { COUNTED_OF_SELLERS } from './lib/counted-words.ts';
import { type AnswerBody, defineQuestion, type Frame, isComparable, type Values } from './lib/definition.ts';
import { LIFT_COLUMNS, liftChart } from './lib/lift-chart.ts';
import { limitParameter, untilParameter, windowParameter, zoneParameter } from './lib/parameters.ts';
import { calledIn, comparedBySlices, thinness, youngNotes } from './lib/trend-windows.ts';

const parameters = {
  window: windowParameter('7d'),
  limit: limitParameter(10, 100),
  until: untilParameter,
  zone: zoneParameter,
};
type Asked = Values<typeof parameters>;

interface Found extends RisingArtist<number> {
  host: string;
  sales: number;
  /** Who sold there in the window. */
  artists: number;
}

/** Null where there are too few data to compare with. */
type Loaded = Found[] | null;

/** Sellers of fewer artists are artists, whom `trending-artists` is about. */
const LEAST_ARTISTS = 2;
/** Sellers whose artists are looked up, those first whose rise is surest to last. */
const MOST_LOOKED_UP = 200;

export const trendingSellers = defineQuestion<typeof parameters, Loaded>({
  name: 'trending-sellers',
  title: 'Trending sellers',
  summary: 'Labels that sell more than expected because several of their artists do.',
  parameters,
  phrases: [
    'trending labels',
    'rising labels',
    'labels rising',
    'labels are rising',
    'labels that rise',
    'labels are trending',
    'hot labels',
    'rising sellers',
  ],
  needsBaseline: true,
  load,
  answer,
});

async function load({ db }: { db: Reader }, { limit }: Asked, frame: Frame): Promise<Loaded> {
  const compared = comparedBySlices(frame, LEAST.days);
  if (compared.slices.length < LEAST.days)
    throw new UserError(
      'That period is too short to see which sellers are rising.',
      `Use at least ${LEAST.days} whole days, for example 7d.`,
    );
  if (!isComparable(frame)) return null;
  const { sellers, totals } = await sellerCounts(db, compared, LEAST_EXPECTED);
  const ranked = calledIn(
    frame,
    rankRisingArtists(
      sellers.map(seller => ({ ...seller, ...AS_IF_BROAD, checkouts: sum(seller.window) })),
      totals,
    ),
  );
  const likely = ranked.filter(({ window }) => sum(window) > 0).slice(0, MOST_LOOKED_UP);
  const ids = likely.map(({ key }) => key);
  const contributions = Map.groupBy(await sellerContributions(db, ids, compared), ({ key }) => key);
  const hosts = await nameSellers(db, ids);
  const sold = new Map(sellers.map(({ key, sales }) => [key, sales]));
  const measurement = measureTrends(sellers, totals, { apart: true });
  return likely
    .map((seller): Found => {
      const breadth = breadthOf(seller, contributions.get(seller.key) ?? [], measurement);
      return {
        ...spared(seller, breadth),
        host: hosts.get(seller.key) ?? '',
        sales: sold.get(seller.key) ?? 0,
        artists: breadth.artists,
      };
    })
    .filter(({ artists }) => artists >= LEAST_ARTISTS)
    .sort((a, b) => Number(b.trending) - Number(a.trending) || b.low - a.low)
    .slice(0, limit);
}

/** What is left of the judgement once it is known who sold there: one artist alone lifts no label. */
const spared = (seller: RisingArtist<number>, { leaveOneOut }: Breadth): RisingArtist<number> =>
  leaveOneOut.artist >= LEAST_SPARED
    ? seller
    : { ...seller, trending: false, notCalledBecause: seller.low < LEAST_SPARED ? null : 'one-artist' };

const rowOf = (seller: Found): Row => ({
  seller: seller.host,
  sellerUrl: `https://${seller.host}`,
  sellerId: seller.host,
  artists: seller.artists,
  sales: seller.sales,
  expected: round(seller.expected, 1),
  lift: round(seller.lift),
  liftLow: round(seller.low),
  liftHigh: round(seller.high),
  verdict: verdictOf(seller),
});

function answer({ window }: Asked, sellers: Loaded, frame: Frame): AnswerBody {
  const rows = sellers?.map(rowOf) ?? [];
  return {
    title: 'Trending sellers',
    headline: headlineOf(sellers && rows),
    columns: [
      { key: 'seller', label: 'Seller', kind: 'link', subject: 'seller' },
      { key: 'artists', label: 'Artists', kind: 'count' },
      { key: 'sales', label: 'Sales', kind: 'count' },
      { key: 'expected', label: 'Expected', kind: 'count' },
      ...LIFT_COLUMNS,
      { key: 'verdict', label: 'Verdict', kind: 'verdict' },
    ],
    rows: rows.map(({ liftHigh: _, ...row }) => row),
    ...(rows.length > 0 && { chart: liftChart('Trending sellers', rows, 'seller') }),
    notes: [
      ...youngNotes(frame),
      sellers
        ? `Expected sales and lift use counted sales: ${COUNTED_OF_SELLERS}. Only ` +
          `sellers with at least ${LEAST_ARTISTS} artists and ${LEAST_EXPECTED} expected sales are compared.`
        : thinness(frame),
    ],
    followUps: [
      ...(window.text === '14d' ? [] : [{ label: 'Over two weeks', change: { window: '14d' } }]),
      { label: 'Trending artists', question: 'trending-artists', change: {} },
    ],
  };
}

function headlineOf(rows: readonly Row[] | null): string {
  if (!rows) return 'There is not enough data to tell which sellers are rising.';
  const [first, ...others] = rows.filter(({ verdict }) => verdict === 'trending');
  if (!first) return 'No seller is clearly selling more than expected.';
  const low = formatRatio(Number(first.liftLow));
  const are = others.length === 1 ? 'is' : 'are';
  const more = others.length > 0 ? ` ${countOf(others.length, 'other seller')} ${are} also trending.` : '';
  return `${first.seller} is trending: selling at least ${low} the expected amount.${more}`;
}
