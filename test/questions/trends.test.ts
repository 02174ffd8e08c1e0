/**
 * What is called rising in a small world that was made for it: a genre of many, a genre of one, a newcomer, a
 * fan club, and the scorecard.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { DAY, HOUR, toIso } from '../../src/core/time/instant.ts';
import { recordTrendCalls } from '../../src/jobs/record-trend-calls.ts';
import { ask } from '../../src/questions/lib/ask.ts';
import { parseText } from '../../src/questions/lib/free-text.ts';
import { questions } from '../../src/questions/registry.ts';
import { testDatabase } from '../support/database.ts';
import { DAYS, END, type Plan, sellPlanned } from '../support/planned-sales.ts';

const { db } = await testDatabase();
const asking = (text: string) => ask({ db, clock: simulatedClock(END, 1) }, parseText(questions, text));

const LAST_WEEK = DAYS - 7;
const PLANS: Plan[] = [
  { genre: 'ambient', artists: 120, sales: () => 40 },
  { genre: 'techno', artists: 120, sales: () => 40 },
  { genre: 'house', artists: 120, sales: () => 30 },
  { genre: 'punk', artists: 120, sales: () => 20 },
  { genre: 'folk', artists: 120, sales: () => 25 },
  // Many artists sell thrice as much.
  { genre: 'dub', artists: 90, sales: day => (day < LAST_WEEK ? 12 : 36) },
  // One artist alone lifts it.
  { genre: 'ska', artists: 60, sales: () => 8 },
  { genre: 'ska', artists: 1, name: 'Star', sales: day => (day < LAST_WEEK ? 2 : 60) },
  { genre: 'soul', artists: 1, name: 'Newcomer', sales: day => (day < LAST_WEEK ? 0 : 6 + (day % 3)) },
  { genre: 'soul', artists: 1, name: 'Fan Club', countries: 1, sales: day => (day < LAST_WEEK ? 0 : 9) },
  { genre: 'soul', artists: 1, name: 'Release Day', sales: day => (day === DAYS - 3 ? 60 : 0) },
];

beforeAll(() => sellPlanned(db, PLANS));

test('a genre that many lift is called trending; one that a single artist lifts is not', async () => {
  const { rows, headline } = await asking('trending genres');
  expect(headline).toMatch(/^Dub is trending: selling at least \d/);
  const calls = Object.fromEntries(rows.map(({ genre, verdict }) => [genre, verdict]));
  expect(calls).toMatchObject({ dub: 'trending' });
  expect(Object.entries(calls).filter(([, call]) => call === 'trending')).toHaveLength(1);
  expect(rows.find(({ genre }) => genre === 'dub')).toMatchObject({ liftLow: expect.any(Number) });
  expect(Number(rows.find(({ genre }) => genre === 'dub')?.liftLow)).toBeGreaterThan(1.5);
});

test.each(['trending genres', 'trending artists', 'emerging artists'])(
  '%s: table and picture have one order, the called ones first, then by what is sure',
  async text => {
    const { columns, rows, chart } = await asking(`${text} limit=30`);
    expect(rows.length).toBeGreaterThan(0);
    const key = columns[0]?.key ?? '';
    if (chart?.kind !== 'bars') throw new Error('a list of lifts is drawn as bars');
    expect(chart.series[0]?.points.map(({ x }) => x)).toEqual(rows.map(row => row[key]));
    const place = (row: (typeof rows)[0]) =>
      (row.verdict === undefined || row.verdict === 'trending' ? 1e6 : 0) + Number(row.liftLow);
    const places = rows.map(place);
    expect(places).toEqual(places.toSorted((a, b) => b - a));
  },
);

test('a newcomer with buyers everywhere emerges; a fan club and a release day do not', async () => {
  const { rows } = await asking('emerging artists');
  expect(rows.map(({ artist }) => artist)).toEqual(['Newcomer']);
  expect(rows[0]).toMatchObject({
    countries: 5,
    reason: { since: expect.any(String), from: 0, to: expect.any(Number), countries: 5 },
  });
});

test('a known artist who rises for long is called', async () => {
  const { rows } = await asking('trending artists');
  expect(rows[0]).toMatchObject({ artist: 'Star', verdict: 'trending' });
});

test.each(['3d', '7d'])('over %s that end at noon the same are called', async window => {
  const until = toIso(END - 12 * HOUR);
  const { rows } = await asking(`trending artists ${window} until=${until}`);
  expect(rows.filter(({ verdict }) => verdict === 'trending').map(({ artist }) => artist)).toEqual(['Star']);
  const genres = await asking(`trending genres ${window} until=${until}`);
  expect(genres.rows.filter(({ verdict }) => verdict === 'trending').map(({ genre }) => genre)).toEqual([
    'dub',
  ]);
});

test('a week that is not over has days enough, and less than three days have not', async () => {
  const until = `until=${toIso(END - 5 * HOUR)}`;
  const { rows } = await asking(`trending artists 163h ${until}`);
  expect(rows.filter(({ verdict }) => verdict === 'trending').map(({ artist }) => artist)).toEqual(['Star']);
  expect((await asking(`emerging artists 163h ${until}`)).rows[0]).toMatchObject({ artist: 'Newcomer' });
  expect((await asking(`why star 163h ${until}`)).headline).toMatch(/^Star is trending/);
  await expect(asking(`trending artists 60h ${until}`)).rejects.toThrow('too short');
});

test('why lists nobody who sold neither now nor typically', async () => {
  const { rows } = await asking('why dub window=1h');
  expect(rows.filter(({ sales, before }) => sales === 0 && before === 0)).toEqual([]);
});

test('of history without checkouts each sale is one', async () => {
  const { db: other } = await testDatabase();
  await sellPlanned(other, PLANS, { checkouts: false });
  const asked = (text: string) =>
    ask({ db: other, clock: simulatedClock(END, 1) }, parseText(questions, text));
  expect((await asked('trending artists')).rows[0]).toMatchObject({ artist: 'Star', verdict: 'trending' });
  expect((await asked('emerging artists')).rows.map(({ artist }) => artist)).toEqual(['Newcomer']);
});

test('nobody is listed as trending who sold nothing, or less than before', async () => {
  const { db: other } = await testDatabase();
  const former: Plan = { genre: 'folk', artists: 1, name: 'Former', sales: day => (day < LAST_WEEK ? 3 : 0) };
  await sellPlanned(other, [{ genre: 'folk', artists: 5, sales: () => 25 }, former]);
  const asked = { db: other, clock: simulatedClock(END, 1) };
  const { rows } = await ask(asked, parseText(questions, 'trending artists'));
  expect(rows.map(({ artist }) => artist)).not.toContain('Former');
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter(({ lift }) => Number(lift) <= 1)).toEqual([]);
});

test('a label that many of its artists lift is called; one that a single artist lifts is not', async () => {
  const { db: other } = await testDatabase();
  const raised = (usual: number, to: number) => (day: number) => (day < LAST_WEEK ? usual : to);
  await sellPlanned(other, [
    ...PLANS.slice(0, 5),
    { genre: 'dub', artists: 48, label: 'many', sales: raised(4, 12) },
    { genre: 'ska', artists: 6, label: 'rush', sales: () => 1 },
    { genre: 'ska', artists: 1, name: 'Rush', label: 'rush', sales: day => (day < DAYS - 3 ? 0 : 20) },
    { genre: 'soul', artists: 6, label: 'star', sales: () => 1 },
    { genre: 'soul', artists: 1, name: 'Star', label: 'star', sales: raised(0, 30) },
  ]);
  const asked = { db: other, clock: simulatedClock(END, 1) };
  const { rows } = await ask(asked, parseText(questions, 'trending sellers'));
  // The other sellers have one artist each.
  expect(rows.map(({ seller, verdict }) => [seller, verdict])).toEqual([
    ['many.bandcamp.com', 'trending'],
    ['star.bandcamp.com', null],
    ['rush.bandcamp.com', null],
  ]);
});

test('genres of the same pages are one row, which names both, and each has its own `why`', async () => {
  const { db: other } = await testDatabase();
  const plans = PLANS.slice(0, 6).map(plan => (plan.genre === 'dub' ? { ...plan, alike: 'reggae' } : plan));
  await sellPlanned(other, plans);
  const deps = { db: other, clock: simulatedClock(END, 1) };
  const about = (text: string) => ask(deps, parseText(questions, text));
  const { rows, headline, columns } = await about('trending genres');
  const called = rows.filter(({ verdict }) => verdict === 'trending');
  expect(called.map(({ genre, alike }) => new Set([genre, alike]))).toEqual([new Set(['dub', 'reggae'])]);
  expect(headline).not.toContain('also trending');
  expect(columns.find(({ key }) => key === 'alike')?.only).toBeUndefined();
  for (const name of ['dub', 'reggae'])
    expect((await about(`why ${name}`)).headline).toMatch(new RegExp(`^${name} is trending`, 'i'));
  // Asked for one level alone, each stands for itself.
  const alone = await about('trending genres level=genre');
  expect(alone.rows.filter(({ verdict }) => verdict === 'trending')).toHaveLength(2);
});

describe('why', () => {
  test('tells observed, expected, interval and who makes it', async () => {
    const { headline, rows, notes } = await asking('why dub');
    expect(headline).toMatch(
      /^Dub is trending: \d+ counted sales, [\d.]+ expected \(.+×, likely .+–.+×\)\.$/,
    );
    expect(rows[0]).toMatchObject({ name: expect.stringMatching(/^dub /), excess: expect.any(Number) });
    expect(notes.join()).toMatch(/Compared with .+\d+ of \d+ sales are count/s);
  });
  test('names what holds a genre of one artist back', async () => {
    const { headline, rows } = await asking('why ska');
    expect(headline).toMatch(/^Ska is not trending/);
    expect(rows[0]).toMatchObject({ name: 'Star' });
  });
  test.each(['24h', '36h', '2d'])('judges no artist by the %s that can be a release', async window => {
    const { headline, rows, chart } = await asking(`why star ${window}`);
    // One point of a line has no width to be shaded.
    const shaded = chart?.kind === 'lines' ? (chart.bands ?? []).map(({ label }) => label) : [];
    expect(shaded.includes('window')).toBe(window === '2d');
    expect(headline).toMatch(
      /^Star: \d+ sales in this period\. Telling whether an artist is rising takes at least 3 whole days/,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect((await asking(`why dub ${window}`)).headline).toMatch(/^Dub is (not )?trending/);
  });
  test('asks of one country alone: its buyers’ sales, shares and follow-ups', async () => {
    const answer = await asking('why is dub rising in japan');
    expect(answer).toMatchObject({ title: 'Why dub in Japan?', params: { subject: 'dub', country: 'jp' } });
    expect(answer.headline).toMatch(/^Dub is (not )?trending in Japan: \d+ counted sales?, /);
    expect(answer.chart).toMatchObject({ title: 'dub in Japan, day by day' });
    const inJapan = (by: 'artist' | 'day') => db<{ name: string; sales: number; counted: number }[]>`
      select ${by === 'artist' ? db`artist.name` : db`(at at time zone 'UTC')::date::text`} as name,
        count(*)::int as sales, (count(*) filter (where counted))::int as counted
      from sale
      join artist on artist.id = artist_id
      join item on item.id = item_id
      join page_tag using (page_id)
      join tag on tag.id = tag_id
      where tag.key = 'dub' and country_code = 'jp' and at >= ${END - 7 * DAY} and at < ${END}
      group by 1 order by 1`;
    const artists = new Map((await inJapan('artist')).map(({ name, counted }) => [name, counted]));
    expect(answer.rows.length).toBeGreaterThan(3);
    for (const { name, sales, salesSmall } of answer.rows)
      if (!salesSmall) expect([name, sales]).toEqual([name, artists.get(String(name))]);
    const days = (await inJapan('day')).map(({ sales }) => sales);
    expect(answer.chart?.series[0]?.points.slice(-7).map(({ y }) => y)).toEqual(days);
    const ask = (label: string) => answer.followUps.find(next => next.label === label)?.params;
    expect(ask('Worldwide')).toEqual({ subject: 'dub' });
    expect(ask('By country')).toEqual({ subject: 'dub', by: 'country' });
    expect(ask('About dub')).toEqual({ genre: 'dub', country: 'jp', window: '7d' });
  });
  test('an artist is judged by buyers everywhere, and shown by those of the country', async () => {
    const { headline, rows, title } = await asking('why is star rising in japan');
    expect(title).toBe('Why Star in Japan?');
    expect(headline).toMatch(
      /^Star: \d+ sales in Japan in this period\. Whether an artist is trending is judged worldw/,
    );
    const [sold] = await db<{ sales: number }[]>`
      select count(*)::int as sales from sale join artist on artist.id = artist_id
      where artist.name = 'Star' and country_code = 'jp' and at >= ${END - 7 * DAY} and at < ${END}`;
    expect(headline).toContain(`Star: ${sold?.sales} sales`);
    expect(rows.reduce((sum, row) => sum + Number(row.sales), 0)).toBe(sold?.sales);
  });
  test('every number is the sales of its rows', async () => {
    const { rows } = await asking('why dub by=country');
    const plainly = await db<{ name: string; sales: number }[]>`
      select country_code as name, count(*)::int as sales
      from sale
      join item on item.id = item_id
      join page_tag using (page_id)
      join tag on tag.id = tag_id
      where tag.key = 'dub' and counted and at >= ${END - 7 * DAY} and at < ${END}
      group by 1`;
    expect(new Map(rows.map(({ name, sales }) => [name, sales]))).toEqual(
      new Map(plainly.map(({ name, sales }) => [name, sales])),
    );
  });
});

test('calls are stored day by day, each once, and the scorecard tells what became of them', async () => {
  const clock = simulatedClock(END + 3 * HOUR, 1);
  let days = 0;
  while ((await recordTrendCalls({ db, clock })) !== undefined) days += 1;
  expect(days).toBe(29);
  const stored = await db<
    { n: number; days: number }[]
  >`select count(*) as n, count(distinct day) as days from trend_call`;
  expect(stored[0]?.n).toBeGreaterThan(2);
  expect(await recordTrendCalls({ db, clock })).toBeUndefined();
  const { rows, headline } = await asking('scorecard');
  // Six days in a row: one genre.
  expect(rows).toHaveLength(6);
  expect(headline).toBe('6 calls of 1 genre, none a week old yet.');
  expect(rows[0]).toMatchObject({ genre: 'dub', after7: null });
});
