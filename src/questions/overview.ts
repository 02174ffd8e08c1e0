/** How much was sold in all and by format, and how that compares with what is typical. */
import type { Row } from '../core/answer.ts';
import { countOf, formatMoney, formatPercent } from '../core/numbers.ts';
import { countryInText } from '../core/places/country.ts';
import type { Reader } from '../db/connect.ts';
import { checkoutsIn, type FormatSum, type Formats, formatSums } from '../db/read/formats.ts';
import { changeOf, changeWords, compareNotes } from './lib/baseline-change.ts';
import { FORMATS } from './lib/breakdowns.ts';
import { type AnswerBody, defineQuestion, type Frame, type Values } from './lib/definition.ts';
import { type History, historyChart, stepsOf, windowsOf } from './lib/history.ts';
import { countryParameter, untilParameter, windowParameter, zoneParameter } from './lib/parameters.ts';

const parameters = {
  window: windowParameter('24h'),
  country: countryParameter,
  until: untilParameter,
  zone: zoneParameter,
};

interface Loaded {
  now: Formats;
  /** One for each comparable stretch. */
  before: Formats[];
  history: History;
  checkouts: number;
  countries: number;
}

export const overview = defineQuestion<typeof parameters, Loaded>({
  name: 'overview',
  title: 'Overview',
  summary: 'How much was sold in all, in which formats and for how much, against what is typical.',
  parameters,
  phrases: [
    ['bandcamp friday', { window: 'bandcamp friday' }],
    'how was',
    'how much was sold',
    'how many sales',
    'how many sales on',
    'how much was sold on',
    'how are sales',
    'summary',
    'totals',
    'total sales',
    'sales',
  ],
  load,
  answer,
});

async function load(
  { db }: { db: Reader },
  { country }: Values<typeof parameters>,
  frame: Frame,
): Promise<Loaded> {
  const steps = stepsOf(frame);
  const { comparable } = frame;
  const sums = await formatSums(db, [frame.window, ...comparable, ...windowsOf(steps)], country);
  return {
    now: sums[0] as Formats,
    before: sums.slice(1, 1 + comparable.length),
    history: { steps, sums: sums.slice(1 + comparable.length).map(({ all }) => all) },
    ...(await checkoutsIn(db, frame.window, country)),
  };
}

const NOTHING: FormatSum = { sales: 0, units: 0, usdCents: 0, overpaid: 0 };

function answer(
  { country, window }: Values<typeof parameters>,
  { now, before, history, checkouts, countries }: Loaded,
  frame: Frame,
): AnswerBody {
  const where = country ? ` in ${countryInText(country)}` : '';
  const rowOf = (name: string, sum: FormatSum, earlier: readonly FormatSum[]): Row => {
    const change = (key: 'sales' | 'usdCents') =>
      changeOf(
        frame,
        sum[key],
        earlier.map(one => one[key]),
      );
    return {
      format: name,
      sales: sum.sales,
      salesChange: change('sales'),
      revenueUsd: sum.usdCents,
      revenueChange: change('usdCents'),
      averageUsd: sum.sales > 0 ? Math.round(sum.usdCents / sum.sales) : null,
      overpaid: sum.sales > 0 ? Number((sum.overpaid / sum.sales).toFixed(4)) : null,
    };
  };
  const types = Object.keys(FORMATS).filter(type => now.byType.has(type));
  const all = rowOf(
    'All',
    now.all,
    before.map(one => one.all),
  );
  const rows =
    now.all.sales === 0
      ? []
      : [
          { ...all, checkouts: checkouts || null, countries: country ? null : countries },
          ...types.map(type =>
            rowOf(
              FORMATS[type] ?? type,
              now.byType.get(type) ?? NOTHING,
              before.map(one => one.byType.get(type) ?? NOTHING),
            ),
          ),
        ];
  const chart = historyChart(frame, `Sales${where}`, [{ label: 'now', history }]);
  return {
    title: `Overview${where}`,
    headline:
      now.all.sales === 0
        ? `No sales${where} in this period.`
        : `${countOf(now.all.sales, 'sale')}${where} for ` +
          `${formatMoney(now.all.usdCents, 'USD')}${changeWords(frame, all.salesChange as number | null)}; ` +
          `${formatPercent(all.overpaid as number)} of sales were above the asking price.`,
    columns: [
      { key: 'format', label: 'Format', kind: 'text' },
      { key: 'sales', label: 'Sales', kind: 'count' },
      { key: 'salesChange', label: 'Change', kind: 'change' },
      { key: 'revenueUsd', label: 'Revenue', kind: 'money', currency: 'USD' },
      { key: 'revenueChange', label: 'Change', kind: 'change' },
      { key: 'averageUsd', label: 'Average paid', kind: 'money', currency: 'USD' },
      { key: 'overpaid', label: 'Above asking price', kind: 'percent' },
      { key: 'checkouts', label: 'Checkouts', kind: 'count' },
      ...(country ? [] : [{ key: 'countries', label: 'Countries', kind: 'count' as const }]),
    ],
    rows: rows.map(row => ({ checkouts: null, ...(!country && { countries: null }), ...row })),
    ...(rows.length > 0 && chart && { chart }),
    notes: [
      ...compareNotes(frame, rows),
      ...(rows.length > 0 ? ['Above asking price: sales for which the buyer paid more than was asked.'] : []),
    ],
    followUps: [
      ...(window.text === '7d' ? [] : [{ label: 'Over a week', change: { window: '7d' } }]),
      { label: 'Trending genres', question: 'trending-genres', change: {} },
      country
        ? { label: 'Worldwide', change: { country: undefined } }
        : { label: 'Countries', question: 'countries', change: {} },
    ],
  };
}
