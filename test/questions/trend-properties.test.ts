/**
 * What must hold of all that is called rising, from files through the real import to the answers: whatever
 * way the same sales come.
 */
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Answer, Row } from '../../src/core/answer.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { DAY, HOUR, toIso } from '../../src/core/time/instant.ts';
import { importSources } from '../../src/etl/import.ts';
import { ask } from '../../src/questions/lib/ask.ts';
import { parseQuestion } from '../../src/questions/lib/definition.ts';
import { questions } from '../../src/questions/registry.ts';
import { emptyData, testDatabase } from '../support/database.ts';
import { sourceOf } from '../support/import.ts';
import { seeded } from '../support/random.ts';
import {
  END,
  feedLines,
  GENRES,
  NEWCOMER,
  pageLines,
  type Sold,
  START,
  sellWorld,
} from '../support/trend-world.ts';

const { db } = await testDatabase();
const clock = simulatedClock(END + HOUR, 1);
const sold = sellWorld();

/** Everything that the statistics say of the last week. */
interface Told {
  genres: Answer;
  emerging: Answer;
  artists: Answer;
}

async function tell(...files: string[][]): Promise<Told> {
  for (const lines of files) await importSources({ db, clock }, [sourceOf(lines.join('\n'), 60_000)]);
  const about = (name: string) =>
    ask({ db, clock }, parseQuestion(questions, name, { window: '7d', limit: '100', until: toIso(END) }));
  return {
    genres: await about('trending-genres'),
    emerging: await about('emerging-artists'),
    artists: await about('trending-artists'),
  };
}

const told = (sales: readonly Sold[]) => tell([...feedLines(sales), ...pageLines(sales)]);

/**
 * What an answer says, but for which load it was, and in which order equals stand: by id, which is the order
 * of loading. Ids go by that order, too.
 */
const saidIn = ({ dataVersion: _, chart: __, rows, ...answer }: Answer) => ({
  ...answer,
  rows: byName(rows).map(({ artistId: _, genreId: __, ...row }) => row),
});
const nameOf = (row: Row): string => String(row.artist ?? row.genre);
const byName = (rows: readonly Row[]): Row[] => rows.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
const said = ({ genres, emerging, artists }: Told) => [genres, emerging, artists].map(saidIn);

const calledIn = ({ rows }: Answer): string[] =>
  rows
    .filter(({ verdict }) => verdict === 'trending')
    .map(nameOf)
    .sort();

/** Genres with their place in the ranking and the interval of their lift, which the chart shows. */
function ranking({ chart }: Answer): Map<string, { rank: number; lift: number; low: number; high: number }> {
  if (chart?.kind !== 'bars') throw new Error('no chart of lifts');
  const points = chart.series[0]?.points ?? [];
  return new Map(
    points.map(({ x, y, low, high }, rank) => [
      String(x),
      { rank, lift: y ?? 0, low: low ?? 0, high: high ?? 0 },
    ]),
  );
}

/** Pairs of genres that stood clear of each other before, and changed places. */
function changedPlaces(before: Answer, after: Answer): string[] {
  const [was, is] = [ranking(before), ranking(after)];
  const changed: string[] = [];
  for (const [upper, a] of was)
    for (const [lower, b] of was)
      if (a.low > b.high && (is.get(upper)?.rank ?? Infinity) > (is.get(lower)?.rank ?? -1))
        changed.push(`${upper} was above ${lower}`);
  return changed;
}

let before: Told;
beforeAll(async () => {
  before = await told(sold);
}, 60_000);
beforeEach(() => emptyData(db));

test('what was made to rise is called, and nothing else', () => {
  expect(calledIn(before.genres)).toEqual(['folk', 'jazz', 'techno']);
  expect(before.emerging.rows.map(nameOf)).toEqual([NEWCOMER]);
  expect(before.genres.coverage).toBe(1);
  expect(before.genres.rows).toHaveLength(GENRES.length);
});

describe('the same sales say the same', () => {
  test('in any order of lines and events, pages first or last', async () => {
    const random = seeded(2);
    const shuffle = <T>(list: readonly T[]): T[] =>
      list
        .map(value => ({ value, at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ value }) => value);
    const mixed = feedLines(sold).map(line => {
      const { events, ...response } = JSON.parse(line);
      return JSON.stringify({ ...response, events: shuffle(events) });
    });
    const lines = shuffle([...mixed, ...pageLines(sold)]);
    expect(said(await tell(lines.slice(0, 1200), lines.slice(1200)))).toEqual(said(before));
  }, 60_000);

  test('in pieces, the last one first, with what was there already', async () => {
    const lines = feedLines(sold);
    const cuts = [0, 101, 333, 500, 790, lines.length];
    const pieces = cuts.slice(1).map((until, n) => lines.slice(Math.max(0, (cuts[n] ?? 0) - 30), until));
    expect(said(await tell(...pieces.toReversed(), pageLines(sold)))).toEqual(said(before));
  }, 60_000);

  test('whatever artists and genres are called', async () => {
    const labels = new Map(GENRES.map((genre, n) => [genre, GENRES[(n + 7) % GENRES.length] ?? '']));
    const back = new Map([...labels].map(([from, to]) => [to, from]));
    const [name, label] = [
      (artist: string) => `Zz ${artist} Orchestra`,
      (genre: string) => labels.get(genre) ?? '',
    ];
    const renamed = await tell([...feedLines(sold, { name, label }), ...pageLines(sold, { name, label })]);
    const numbers = ({ rows }: Answer, genre: (name: string) => string) =>
      rows
        // Whether an artist sells alone is told by the name.
        .map(({ genre: of, genreId: _id, artist, artistUrl: _, artistId: __, ...row }) => ({
          ...Object.fromEntries(Object.entries(row).filter(([key]) => !key.startsWith('soldBy'))),
          of: of ? genre(String(of).toLowerCase()) : String(artist).replace(/^Zz (.*) Orchestra$/, '$1'),
        }))
        .sort((a, b) => (a.of < b.of ? -1 : 1));
    for (const question of ['genres', 'emerging', 'artists'] as const)
      expect(numbers(renamed[question], of => back.get(of) ?? of)).toEqual(
        numbers(before[question], of => of),
      );
  }, 60_000);
});

test('an artist of another genre, however much he begins to sell, moves nobody', async () => {
  const other = Array.from({ length: 7 * 48 }, (_, n) => ({
    at: END - 7 * DAY + n * (HOUR / 2) + 1,
    artist: 'Other',
    album: n % 3,
    genre: 'spoken word',
    country: 'us',
  }));
  const after = await told([...sold, ...other].sort((a, b) => a.at - b.at));
  expect(calledIn(after.genres)).toEqual(calledIn(before.genres));
  expect(after.emerging.rows.map(nameOf)).toEqual([NEWCOMER]);
  expect(calledIn(after.artists)).toEqual(calledIn(before.artists));
  expect(changedPlaces(before.genres, after.genres)).toEqual([]);
  const is = ranking(after.genres);
  // What counts of him is one in a hundred of all sales.
  for (const [genre, { lift }] of ranking(before.genres))
    expect(Math.abs((is.get(genre)?.lift ?? 0) - lift)).toBeLessThanOrEqual(0.02 * lift + 0.02);
}, 60_000);

test('Bandcamp Fridays in window and baseline move no genre beyond noise; nobody emerges', async () => {
  const busy = sellWorld({ friday: 6 });
  expect(busy.length).toBeGreaterThan(1.2 * sold.length);
  const after = await told(busy);
  expect(calledIn(after.genres)).toEqual(calledIn(before.genres));
  expect(changedPlaces(before.genres, after.genres)).toEqual([]);
  const is = ranking(after.genres);
  for (const [genre, { low, high }] of ranking(before.genres)) {
    expect(is.get(genre)?.lift, genre).toBeGreaterThan(low);
    expect(is.get(genre)?.lift, genre).toBeLessThan(high);
  }
  expect(after.emerging.rows.map(nameOf)).toEqual([NEWCOMER]);
}, 60_000);

test('an hour that was not read is told, and rankings hold', async () => {
  const missing = END - 30 * HOUR;
  const lines = feedLines(sold).toSpliced((missing - START) / HOUR, 1);
  const after = await tell([...lines, ...pageLines(sold)]);
  for (const { coverage } of Object.values(after)) expect(coverage).toBeCloseTo(167 / 168, 6);
  expect(calledIn(after.genres)).toEqual(calledIn(before.genres));
  expect(changedPlaces(before.genres, after.genres)).toEqual([]);
  expect(after.emerging.rows.map(nameOf)).toEqual([NEWCOMER]);
}, 60_000);
