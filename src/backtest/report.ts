/** A backtest's results as a table, a chart and what to say about them. */
import type { Column, Row } from '../core/answer.ts';
import type { BarsSpec } from '../core/chart-spec.ts';
import { countOf, formatPercent, round } from '../core/numbers.ts';
import { type Tally, TOP } from './judge.ts';

export interface ReportTable {
  title: string;
  columns: Column[];
  rows: Row[];
  notes: string[];
}

export interface BacktestReport extends ReportTable {
  headline: string;
  chart: BarsSpec;
}

/** A part, null where there is no whole. */
export const part = (of: number, all: number): number | null => (all > 0 ? of / all : null);

export const callsOf = ({ rising, other, not }: Tally['calls']): number => rising + other + not;

const METHOD: Column = { key: 'method', label: 'Method', kind: 'text' };
const percent = (key: string, label: string): Column => ({ key, label, kind: 'percent' });
const count = (key: string, label: string): Column => ({ key, label, kind: 'count' });

const GENRE_COLUMNS: Column[] = [
  METHOD,
  percent('ordinary', 'Precision, ordinary weeks'),
  percent('friday', 'Bandcamp Friday weeks'),
  percent('decoyRows', 'Decoys'),
  percent('wrong', 'Wrong'),
  percent('recall', 'Found'),
  count('lead', 'Days before the peak'),
  count('calls', 'Calls'),
  percent('false', 'False'),
  count('decoysCalled', 'Decoys called'),
  count('decoysInTop', `Decoys in top ${TOP}`),
];
/** After the precision of one level, that of all. */
const ALL_COLUMNS: Column[] = [percent('allOrdinary', 'All levels'), percent('allFriday', 'Friday')];

const precision = ({ ordinary, friday }: Tally) => ({
  ordinary: part(ordinary.sum, ordinary.origins),
  friday: part(friday.sum, friday.origins),
});

function genreRow(method: string, tally: Tally, all?: Tally): Row {
  const calls = callsOf(tally.calls);
  const ofAll = all && precision(all);
  return {
    method,
    ...precision(tally),
    ...(ofAll && { allOrdinary: ofAll.ordinary, allFriday: ofAll.friday }),
    decoyRows: part(tally.decoyRows, tally.rows),
    wrong: part(tally.wrong, tally.rows),
    recall: part(tally.found, tally.episodes),
    lead: tally.found > 0 ? round(tally.lead / tally.found, 1) : null,
    // A method without a limit calls nothing.
    calls: calls || null,
    false: part(tally.calls.not, calls),
    decoysCalled: calls > 0 ? tally.decoysCalled : null,
    decoysInTop: tally.decoysInTop,
  };
}

/**
 * @param what the data are, for the title: "40,000 sales a day, 8 simulated worlds"
 * @param all the same methods over all levels, where the tallies are of genres of the list alone
 */
export function reportGenres(
  tallies: Record<string, Tally>,
  what: string,
  all?: Record<string, Tally>,
): BacktestReport {
  const rows = Object.entries(tallies).map(([method, tally]) => genreRow(method, tally, all?.[method]));
  const [first] = Object.values(tallies);
  const [ours] = rows;
  const weeks = [
    { key: 'ordinary', label: 'Ordinary weeks' },
    { key: 'friday', label: 'Bandcamp Friday weeks' },
  ] as const;
  const percentOf = (value: unknown) => (typeof value === 'number' ? formatPercent(value) : 'no');
  const bars = rows
    .map(row => `${row.method} ${percentOf(row.ordinary)} and ${percentOf(row.friday)}`)
    .join(', ');
  const ordinaryDays = countOf(first?.ordinary.origins ?? 0, 'ordinary day');
  const fridayDays = countOf(first?.friday.origins ?? 0, 'day');
  const episodes = countOf(first?.episodes ?? 0, 'episode');
  const rising = countOf(first?.rising ?? 0, 'rising genre');
  const decoys = countOf(first?.decoys ?? 0, 'decoy');
  const columns = GENRE_COLUMNS.toSpliced(3, 0, ...(all ? ALL_COLUMNS : []));
  return {
    title: `Backtest of genres: ${what}`,
    headline:
      `${ours?.method}: ${percentOf(ours?.ordinary)} of what rises is among the first ${TOP} ` +
      `in ordinary weeks, ${percentOf(ours?.friday)} in Bandcamp Friday weeks.`,
    columns,
    rows,
    chart: {
      kind: 'bars',
      title: `Precision at ${TOP}: ${what}`,
      unit: `hits ÷ what rises, ${TOP} at most`,
      format: 'percent',
      alt: `Bar chart of ${rows.length} methods by precision at ${TOP}: ${bars}.`,
      caption: `${ordinaryDays}, ${fridayDays} of Bandcamp Friday weeks`,
      series: weeks.map(({ key, label }) => ({
        label,
        points: rows.map(row => ({ x: String(row.method), y: Number(row[key] ?? 0) })),
      })),
    },
    notes: [`${episodes} of growth, ${rising} summed over days, ${decoys}. Calls are made afresh each day.`],
  };
}

/** Precision in ordinary weeks by days that were read; the last column is of all. */
export function reportHistories(
  histories: Record<string, Record<string, Tally>>,
  all: Record<string, Tally>,
): ReportTable {
  const days = Object.keys(Object.values(histories)[0] ?? {});
  return {
    title: 'Genres, by days read: precision in ordinary weeks',
    columns: [METHOD, ...days.map(day => percent(day, day)), percent('all', 'All')],
    rows: Object.entries(histories).map(([method, tallies]) => ({
      method,
      ...Object.fromEntries(days.map(day => [day, tallies[day] ? precision(tallies[day]).ordinary : null])),
      all: all[method] ? precision(all[method]).ordinary : null,
    })),
    notes: [],
  };
}

/** Of what grows, the share among the first ten, by days since it began. */
export function reportOnset(tallies: Record<string, Tally>): ReportTable {
  const steps = Object.keys(Object.values(tallies)[0]?.onset ?? {});
  return {
    title: `Genres, by days since they began to grow: in the first ${TOP}`,
    columns: [METHOD, ...steps.map(step => percent(step, `${step}+`))],
    rows: Object.entries(tallies).map(([method, { onset }]) => ({
      method,
      ...Object.fromEntries(steps.map(step => [step, part(onset[step]?.of ?? 0, onset[step]?.all ?? 0)])),
    })),
    notes: [],
  };
}

/** Genres and styles in single countries; found and lead are of what grows in that country alone. */
export function reportCountries(tallies: Record<string, Tally>): ReportTable {
  const [first] = Object.values(tallies);
  return {
    title: 'Genres and styles of single countries',
    columns: GENRE_COLUMNS,
    rows: Object.entries(tallies).map(([method, tally]) => genreRow(method, tally)),
    notes: [`${countOf(first?.episodes ?? 0, 'episode')} of growth in one country alone.`],
  };
}
