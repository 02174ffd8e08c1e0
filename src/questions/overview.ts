/** How much was sold in all, and how that compares with the weeks before. */
import type { LinesSpec } from '../core/chart-spec.ts';
import { countryName } from '../core/country.ts';
import { DAY, HOUR, toIso } from '../core/instant.ts';
import { countOf, formatChange, formatMoney } from '../core/numbers.ts';
import { lengthOf, type Window } from '../core/window.ts';
import type { Reader } from '../db/connect.ts';
import { type AnswerBody, defineQuestion, type Frame, isComparable, type Values } from './definition.ts';
import { countryParameter, untilParameter, windowParameter, zoneParameter } from './parameters.ts';

const parameters = {
  window: windowParameter('24h'),
  country: countryParameter,
  until: untilParameter,
  zone: zoneParameter,
};

/** Beyond this a chart shows days, up to it hours. */
const LONGEST_BY_HOUR = 3 * DAY;

interface Totals {
  sales: number;
  units: number;
  revenueUsd: number;
  checkouts: number;
  artists: number;
  countries: number;
}

interface Loaded {
  now: Totals;
  /** All baseline windows together. */
  before: Pick<Totals, 'sales' | 'revenueUsd'>;
  /** Sales by step of the window, and by the same step of all baseline windows together. */
  steps: { step: number; now: number; before: number }[];
}

export const overview = defineQuestion<typeof parameters, Loaded>({
  name: 'overview',
  title: 'Overview',
  summary: 'How much was sold in all, by how many artists to how many countries, against the weeks before.',
  parameters,
  load,
  answer,
});

const stepOf = (window: Window): number => (lengthOf(window) <= LONGEST_BY_HOUR ? HOUR : DAY);

async function load(
  { db }: { db: Reader },
  { country }: Values<typeof parameters>,
  { window, baseline }: Frame,
): Promise<Loaded> {
  const here = country ? db`and sale.country_code = ${country}` : db``;
  const [now] = await db<Totals[]>`
    select count(*) as sales, coalesce(sum(units), 0)::bigint as units, coalesce(sum(amount_usd_cents), 0)::bigint as "revenueUsd",
      count(distinct (checkout_at, country_code)) filter (where checkout_at is not null) as checkouts, count(distinct artist_id) filter (where not various) as artists, count(distinct country_code) as countries
    from sale join artist on artist.id = sale.artist_id where at >= ${window.from} and at < ${window.until} ${here}`;
  const windows = [window, ...baseline];
  const steps = await db<(Loaded['steps'][number] & { revenue: number })[]>`
    select floor(extract(epoch from sale.at - w.from_at) * 1000000 / ${stepOf(window)}::bigint)::int as step,
      count(*) filter (where n = 1) as now, count(*) filter (where n > 1) as before, coalesce(sum(amount_usd_cents) filter (where n > 1), 0)::bigint as revenue
    from unnest(${windows.map(w => w.from)}::timestamptz[], ${windows.map(w => w.until)}::timestamptz[]) with ordinality as w (from_at, until_at, n)
    join sale on sale.at >= w.from_at and sale.at < w.until_at ${here}
    group by 1 order by 1`;
  const total = (key: 'before' | 'revenue') => steps.reduce((sum, row) => sum + row[key], 0);
  return {
    now: now ?? { sales: 0, units: 0, revenueUsd: 0, checkouts: 0, artists: 0, countries: 0 },
    before: { sales: total('before'), revenueUsd: total('revenue') },
    steps,
  };
}

function answer(
  { country, window }: Values<typeof parameters>,
  { now, before, steps }: Loaded,
  frame: Frame,
): AnswerBody {
  const where = country ? ` in ${countryName(country)}` : '';
  // What the baseline would have sold in one window of this length, read as completely as this one.
  const scale =
    isComparable(frame) && frame.coverage > 0
      ? frame.coverage / (frame.baseline.length * frame.baselineCoverage)
      : null;
  const change = (key: 'sales' | 'revenueUsd'): number | null =>
    scale && before[key] > 0 ? now[key] / (before[key] * scale) - 1 : null;
  const salesChange = change('sales');
  return {
    title: `Overview${where}`,
    headline:
      now.sales === 0
        ? `No sales${where} in this window.`
        : `${countOf(now.sales, 'sale')}${where} for ${formatMoney(now.revenueUsd, 'USD')}${salesChange === null ? '' : `, ${formatChange(salesChange)} against the weeks before`}.`,
    columns: [
      { key: 'sales', label: 'Sales', kind: 'count' },
      { key: 'salesChange', label: 'Change', kind: 'change' },
      { key: 'revenueUsd', label: 'Revenue', kind: 'money', currency: 'USD' },
      { key: 'revenueChange', label: 'Change', kind: 'change' },
      { key: 'averageUsd', label: 'Average paid', kind: 'money', currency: 'USD' },
      { key: 'checkouts', label: 'Checkouts', kind: 'count' },
      { key: 'artists', label: 'Artists', kind: 'count' },
      { key: 'countries', label: 'Countries', kind: 'count' },
    ],
    rows:
      now.sales === 0
        ? []
        : [
            {
              sales: now.sales,
              salesChange,
              revenueUsd: now.revenueUsd,
              revenueChange: change('revenueUsd'),
              averageUsd: Math.round(now.revenueUsd / now.sales),
              checkouts: now.checkouts,
              artists: now.artists,
              countries: now.countries,
            },
          ],
    ...(now.sales > 0 && { chart: salesChart(`Sales${where}`, window.text, steps, scale, frame) }),
    notes: scale === null && now.sales > 0 ? ['The weeks before are not in the data, so nothing can be compared.'] : [],
    followUps: [
      ...(window.text === '7d' ? [] : [{ label: 'Over a week', change: { window: '7d' } }]),
      { label: 'Trending genres', question: 'trending-genres', change: {} },
      ...(country ? [{ label: 'Worldwide', change: { country: undefined } }] : []),
    ],
  };
}

function salesChart(
  title: string,
  length: string,
  steps: Loaded['steps'],
  scale: number | null,
  { window, zone }: Frame,
): LinesSpec {
  const size = stepOf(window);
  const unit = size === HOUR ? 'hour' : 'day';
  const byStep = new Map(steps.map(row => [row.step, row]));
  const at = Array.from({ length: Math.ceil(lengthOf(window) / size) }, (_, step) => ({
    x: toIso(window.from + step * size),
    row: byStep.get(step),
  }));
  const usual = at.map(({ x, row }) => ({ x, y: (row?.before ?? 0) * (scale ?? 0) }));
  return {
    kind: 'lines',
    zone,
    title,
    unit: `sales each ${unit}`,
    format: 'count',
    alt: `Line chart of sales each ${unit} over ${length}, ${scale === null ? 'without anything to compare with' : 'beside the average of the four weeks before'}.`,
    caption: `Sales each ${unit}`,
    series: [
      { label: 'now', points: at.map(({ x, row }) => ({ x, y: row?.now ?? 0 })) },
      ...(scale === null ? [] : [{ label: 'usual', points: usual, muted: true as const }]),
    ],
  };
}
