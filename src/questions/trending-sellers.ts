/** Which sellers, mostly labels, sell more than their share of the previous weeks predicts. */
import type { Row } from '../core/answer.ts';
import { UserError } from '../core/errors.ts';
import { countOf, formatRatio, round } from '../core/numbers.ts';
import { verdictOf } from '../core/verdict.ts';
import type { Reader } from '../db/connect.ts';
import { nameSellers } from '../db/read/rankings.ts';
import { countriesOfSellers, sellerCounts } from '../db/read/seller-trends.ts';
import { AS_IF_BROAD, LEAST } from '../stats/emergence.ts';
import { sum } from '../stats/expected.ts';
import { type RisingArtist, rankRisingArtists, withCountries } from '../stats/rising-artists.ts';
import { COUNTED_A_DAY, LEAST_EXPECTED } from '../stats/trend.ts';
import { type AnswerBody, defineQuestion, type Frame, isComparable, type Values } from './lib/definition.ts';
import { liftChart } from './lib/lift-chart.ts';
import { limitParameter, untilParameter, windowParameter, zoneParameter } from './lib/parameters.ts';
import { comparedIn, thinness } from './lib/trend-windows.ts';

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
  countries: number;
}

/** Null where there are too few data to compare with. */
type Loaded = Found[] | null;

export const trendingSellers = defineQuestion<typeof parameters, Loaded>({
  name: 'trending-sellers',
  title: 'Trending sellers',
  summary: 'Labels and other sellers selling well above their own recent level, to many buyers.',
  parameters,
  load,
  answer,
});

async function load({ db }: { db: Reader }, { limit }: Asked, frame: Frame): Promise<Loaded> {
  const compared = comparedIn(frame);
  if (compared.slices.length < LEAST.days)
    throw new UserError(
      'That period is too short to see which sellers are rising.',
      `Use at least ${LEAST.days} whole days, for example 7d.`,
    );
  if (!isComparable(frame)) return null;
  const { sellers, totals } = await sellerCounts(db, compared, LEAST_EXPECTED);
  const sold = new Map(sellers.map(({ key, sales }) => [key, sales]));
  // The countries are looked up for those alone that can be shown.
  const ranked = rankRisingArtists(
    sellers.map(seller => ({ ...seller, ...AS_IF_BROAD, checkouts: sum(seller.window) })),
    totals,
  );
  const likely = calledFirst(ranked.filter(({ window }) => sum(window) > 0));
  const looked = likely.slice(0, likely.filter(({ trending }) => trending).length + limit);
  const ids = looked.map(({ key }) => key);
  const countries = await countriesOfSellers(db, ids, frame.window);
  const hosts = await nameSellers(db, ids);
  return calledFirst(looked.map(seller => withCountries(seller, countries.get(seller.key) ?? 0)))
    .slice(0, limit)
    .map(seller => ({
      ...seller,
      host: hosts.get(seller.key) ?? '',
      sales: sold.get(seller.key) ?? 0,
      countries: countries.get(seller.key) ?? 0,
    }));
}

/** Keeps the order by the lower bound that lasts, with those that are trending first. */
const calledFirst = (ranked: readonly RisingArtist<number>[]): RisingArtist<number>[] =>
  ranked.toSorted((a, b) => Number(b.trending) - Number(a.trending));

const rowOf = (seller: Found): Row => ({
  seller: seller.host,
  sellerUrl: `https://${seller.host}`,
  sellerId: seller.host,
  sales: seller.sales,
  countries: seller.countries,
  expected: round(seller.expected, 1),
  lift: round(seller.lift),
  liftLow: round(seller.low),
  liftHigh: round(seller.high),
  verdict: verdictOf(seller),
});

function answer(_asked: Asked, sellers: Loaded, frame: Frame): AnswerBody {
  const rows = sellers?.map(rowOf) ?? [];
  return {
    title: 'Trending sellers',
    headline: headlineOf(sellers && rows),
    columns: [
      { key: 'seller', label: 'Seller', kind: 'link', subject: 'seller' },
      { key: 'sales', label: 'Sales', kind: 'count' },
      { key: 'countries', label: 'Countries', kind: 'count' },
      { key: 'expected', label: 'Expected', kind: 'count' },
      { key: 'lift', label: 'Lift', kind: 'ratio' },
      { key: 'liftLow', label: 'At least', kind: 'ratio' },
      { key: 'verdict', label: 'Call', kind: 'verdict' },
    ],
    rows: rows.map(({ liftHigh: _, ...row }) => row),
    ...(rows.length > 0 && { chart: liftChart('Trending sellers', rows, 'seller') }),
    notes: [
      sellers
        ? `Each artist counts for at most ${COUNTED_A_DAY} sales a day. Only sellers with ` +
          `${LEAST_EXPECTED} or more expected sales are compared.`
        : thinness(frame),
    ],
    followUps: [{ label: 'Trending artists', question: 'trending-artists', change: {} }],
  };
}

function headlineOf(rows: readonly Row[] | null): string {
  if (!rows) return 'There is not enough data to tell which sellers are rising.';
  const [first, ...others] = rows.filter(({ verdict }) => verdict === 'trending');
  if (!first) return 'No seller is clearly selling more than expected.';
  const low = formatRatio(Number(first.liftLow));
  const more = others.length > 0 ? ` Also trending: ${countOf(others.length, 'more seller')}.` : '';
  return `${first.seller} is trending: selling at least ${low} the expected amount.${more}`;
}
