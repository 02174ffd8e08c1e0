/** A backtest's results as a table, a chart and what to say about them. */
import type { Column, Row } from '../core/answer.ts';
import type { BarsSpec } from '../core/chart-spec.ts';
import { countOf, formatPercent, round } from '../core/numbers.ts';
import { type Tally, TOP } from './judge.ts';
import { type ArtistTally, SOON_DAYS, TOP_ARTISTS } from './judge-artists.ts';

export interface BacktestReport {
  title: string;
  headline: string;
  columns: Column[];
  rows: Row[];
  chart: BarsSpec;
  notes: string[];
}

const part = (of: number, all: number): number | null => (all > 0 ? of / all : null);

const GENRE_COLUMNS: Column[] = [
  { key: 'method', label: 'Method', kind: 'text' },
  { key: 'ordinary', label: 'Precision, ordinary weeks', kind: 'percent' },
  { key: 'friday', label: 'Bandcamp Friday weeks', kind: 'percent' },
  { key: 'recall', label: 'Found', kind: 'percent' },
  { key: 'lead', label: 'Days before the peak', kind: 'count' },
  { key: 'calls', label: 'Calls', kind: 'count' },
  { key: 'false', label: 'False', kind: 'percent' },
  { key: 'decoysCalled', label: 'Decoys called', kind: 'count' },
  { key: 'decoysInTop', label: `Decoys in top ${TOP}`, kind: 'count' },
];

/** @param what the data are, for the title: "40,000 sales a day, 8 simulated worlds" */
export function reportGenres(tallies: Record<string, Tally>, what: string): BacktestReport {
  const rows = Object.entries(tallies).map(([method, tally]): Row => {
    const { rising, other, not } = tally.calls;
    const calls = rising + other + not;
    return {
      method,
      ordinary: part(tally.ordinary.sum, tally.ordinary.origins),
      friday: part(tally.friday.sum, tally.friday.origins),
      recall: part(tally.found, tally.episodes),
      lead: tally.found > 0 ? round(tally.lead / tally.found, 1) : null,
      // A method without a limit calls nothing.
      calls: calls || null,
      false: part(not, calls),
      decoysCalled: calls > 0 ? tally.decoysCalled : null,
      decoysInTop: tally.decoysInTop,
    };
  });
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
  return {
    title: `Backtest of genres: ${what}`,
    headline:
      `${ours?.method}: ${percentOf(ours?.ordinary)} of what rises is among the first ${TOP} ` +
      `in ordinary weeks, ${percentOf(ours?.friday)} in Bandcamp Friday weeks.`,
    columns: GENRE_COLUMNS,
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

export function reportArtists(
  tallies: Record<string, ArtistTally>,
): Pick<BacktestReport, 'columns' | 'rows' | 'notes'> {
  const [first] = Object.values(tallies);
  return {
    columns: [
      { key: 'method', label: 'Method', kind: 'text' },
      { key: 'recall', label: `In the first ${TOP_ARTISTS} within ${SOON_DAYS} days`, kind: 'percent' },
      { key: 'delay', label: 'Days after the start', kind: 'count' },
      { key: 'decoysListed', label: 'Decoys listed', kind: 'count' },
    ],
    rows: Object.entries(tallies).map(([method, tally]) => ({
      method,
      recall: part(tally.foundSoon, tally.emerging),
      delay: tally.foundSoon > 0 ? round(tally.delay / tally.foundSoon, 1) : null,
      decoysListed: tally.decoysListed,
    })),
    notes: [`${countOf(first?.emerging ?? 0, 'emerging artist')}, ${countOf(first?.decoys ?? 0, 'decoy')}.`],
  };
}
