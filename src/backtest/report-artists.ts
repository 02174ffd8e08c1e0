/** What a backtest says of emerging artists, and of those who pay for it. */
import { countOf, round } from '../core/numbers.ts';
import type { AttackTally, Tally } from './judge.ts';
import { type ArtistTally, SOON_DAYS, TOP_ARTISTS } from './judge-artists.ts';
import { callsOf, part, type ReportTable } from './report.ts';

export function reportArtists(tallies: Record<string, ArtistTally>): ReportTable {
  const [first] = Object.values(tallies);
  return {
    title: 'Emerging artists',
    columns: [
      { key: 'method', label: 'Method', kind: 'text' },
      { key: 'recall', label: `In the first ${TOP_ARTISTS} within ${SOON_DAYS} days`, kind: 'percent' },
      { key: 'delay', label: 'Days after the start', kind: 'count' },
      { key: 'precision', label: `Precision at ${TOP_ARTISTS}`, kind: 'percent' },
      { key: 'wrong', label: 'Wrong', kind: 'percent' },
      { key: 'calls', label: 'Calls', kind: 'count' },
      { key: 'false', label: 'False', kind: 'percent' },
      { key: 'decoysListed', label: 'Decoys listed', kind: 'count' },
      { key: 'decoysCalled', label: 'Decoys called', kind: 'count' },
    ],
    rows: Object.entries(tallies).map(([method, tally]) => {
      const calls = callsOf(tally.calls);
      const rows = callsOf(tally.rows);
      return {
        method,
        recall: part(tally.foundSoon, tally.emerging),
        delay: tally.foundSoon > 0 ? round(tally.delay / tally.foundSoon, 1) : null,
        precision: part(tally.rows.rising, rows),
        wrong: part(tally.rows.not, rows),
        calls: calls || null,
        false: part(tally.calls.not, calls),
        decoysListed: tally.decoysListed,
        decoysCalled: calls > 0 ? tally.decoysCalled : null,
      };
    }),
    notes: [`${countOf(first?.emerging ?? 0, 'emerging artist')}, ${countOf(first?.decoys ?? 0, 'decoy')}.`],
  };
}

/** Emerging artists found within days, and precision of the list, by days that were read. */
export function reportArtistHistories(histories: Record<string, Record<string, ArtistTally>>): ReportTable {
  const days = Object.keys(Object.values(histories)[0] ?? {});
  return {
    title: `Emerging artists, by days read: in the first ${TOP_ARTISTS} within ${SOON_DAYS} days`,
    columns: [
      { key: 'method', label: 'Method', kind: 'text' },
      ...days.map(day => ({ key: day, label: day, kind: 'percent' as const })),
    ],
    rows: Object.entries(histories).map(([method, tallies]) => ({
      method,
      ...Object.fromEntries(
        days.map(day => [day, part(tallies[day]?.foundSoon ?? 0, tallies[day]?.emerging ?? 0)]),
      ),
    })),
    notes: [],
  };
}

/** What a false row and a false call cost: of attacks with each budget, those that were listed and called. */
export function reportAttacks(
  genres: Record<string, Tally>,
  artists: Record<string, ArtistTally>,
): ReportTable {
  const rowsOf = (what: string, tallies: Record<string, { attacks: AttackTally }>) =>
    Object.entries(tallies).flatMap(([method, { attacks }]) =>
      Object.entries(attacks).map(([budget, { attacks: all, listed, called }]) => ({
        method: `${what}: ${method}`,
        budget: Number(budget),
        attacks: all,
        listed: part(listed, all),
        called: part(called, all),
      })),
    );
  return {
    title: 'What a false row costs: buyers of their own records, by what they spend',
    columns: [
      { key: 'method', label: 'List', kind: 'text' },
      { key: 'budget', label: 'US dollars', kind: 'count' },
      { key: 'attacks', label: 'Tried', kind: 'count' },
      { key: 'listed', label: 'Listed', kind: 'percent' },
      { key: 'called', label: 'Called', kind: 'percent' },
    ],
    rows: [...rowsOf('artists', artists), ...rowsOf('genres', genres)],
    notes: ['Of what is spent about 82% comes back to the seller.'],
  };
}
