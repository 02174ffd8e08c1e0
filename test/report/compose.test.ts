/**
 * From words to a report over the small world: which sections, which questions, how often, and what is
 * refused.
 */
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { daily } from '../../src/core/digest.ts';
import { UserError } from '../../src/core/errors.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { HOUR, MINUTE, parseInstant } from '../../src/core/time/instant.ts';
import { composeDigest } from '../../src/digests/compose.ts';
import { precomputeReport } from '../../src/jobs/precompute-report.ts';
import { verify } from '../../src/jobs/verify.ts';
import { composeReport, paramsOf } from '../../src/report/compose.ts';
import { latestDay, periodOf } from '../../src/report/period.ts';
import { createAsker } from '../../src/report/question-batch.ts';
import { renderReport } from '../../src/report/render.ts';
import type { Report } from '../../src/report/report.ts';
import { makeReport } from '../../src/report/request.ts';
import { testDatabase } from '../support/database.ts';
import { seedWorld, WORLD_END } from '../support/world.ts';

const { db } = await testDatabase();
await seedWorld(db);
const clock = simulatedClock(WORLD_END, 1);
const deps = { db, clock, config: { ...loadConfig(), publicUrl: 'https://tracker.example' }, renderReport };
const titlesOf = ({ sections }: Report) => sections.map(({ title }) => title);
const answersOf = ({ sections }: Report) => sections.flatMap(({ answers }) => answers);
const of = async (words: Parameters<typeof makeReport>[1]) => (await makeReport(deps, words)).report;

describe('the report of a day', () => {
  const report = of({ date: '2026-10-06', zone: 'Europe/Berlin' });

  test('has a page for what rises, for regions and for best sellers', async () => {
    // Nobody emerges in this world, nor rises: of that there is no page.
    expect(titlesOf(await report)).toEqual(['Trending genres', 'Regions', 'Best sellers']);
    for (const { panels = [] } of (await report).sections) expect(panels.length).toBeGreaterThan(0);
  });

  test('leads with news and never with a total', async () => {
    const { headline, front, about } = await report;
    expect(headline).not.toMatch(/^\d|sales for/);
    expect(front?.lists.map(({ title }) => title)).toEqual(['Emerging', 'Trending genres', 'The day']);
    expect(front?.changes.map(({ title }) => title)).toEqual(['New', 'Up', 'Gone']);
    expect(front?.curve?.days).toHaveLength(35);
    expect(about).toBe('Trends over 7 days, 30 Sep – 6 Oct; days in Europe/Berlin.');
  });

  test('says whose day it is, in numbers with their changes', async () => {
    const { subtitle, date, period, keyNumbers, window } = await report;
    expect({ subtitle, date, period, window }).toEqual({
      subtitle: 'Tuesday, 6 October 2026',
      date: '2026-10-06',
      period: '2026-10-06',
      window: { from: '2026-10-05T22:00:00Z', until: '2026-10-06T22:00:00Z' },
    });
    expect(keyNumbers.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Sales', 'Revenue', 'Checkouts', 'Countries']),
    );
    expect(keyNumbers[0]?.change).toMatch(/^[+-]?\d+% vs\. typical$/);
  });
});

describe('what is asked for', () => {
  test('a week and a month are those that the date lies in', async () => {
    const week = await of({ date: '2026-10-01', period: 'week' });
    expect([week.title, week.subtitle, week.period]).toEqual([
      'Bandcamp weekly',
      '28 September – 4 October 2026, week 40',
      '2026-W40',
    ]);
    const month = await of({ date: '2026-10-01', period: 'month', zone: 'America/New_York' });
    expect([month.title, month.subtitle, month.period]).toEqual([
      'Bandcamp monthly',
      'October 2026',
      '2026-10',
    ]);
    expect(month.window?.from).toBe('2026-10-01T04:00:00Z');
  });

  test('chosen genres and countries have a chapter each', async () => {
    const report = await of({ date: '2026-10-06', genre: 'jungle, ambient', country: 'germany' });
    expect(report.title).toBe('Bandcamp daily: jungle in Germany, ambient in Germany');
    expect(titlesOf(report)).toEqual(['Jungle in Germany', 'Ambient in Germany']);
    expect(new Set(answersOf(report).map(({ params }) => params.country))).toEqual(new Set(['de']));
    expect(report.keyNumbers.map(({ label }) => label)).toEqual([
      'Sales of jungle in Germany',
      'Sales of ambient in Germany',
    ]);
    const japan = await of({ date: '2026-10-06', country: 'jp,de' });
    expect(japan.keyNumbers.map(({ label }) => label)).toEqual(['Sales in Japan', 'Sales in Germany']);
    const jungle = await of({ date: '2026-10-06', genre: 'jungle' });
    expect(answersOf(jungle).map(({ question }) => question)).toContain('emerging-artists');
    expect(jungle.keyNumbers.map(({ label }) => label)).toEqual(['Sales', 'Revenue', 'Rank by units']);
    expect(jungle.keyNumbers[0]?.change).toMatch(/^[+-]?\d+% vs\. typical$/);
  });

  test('watched subjects have a section; what nobody sells is told', async () => {
    const { sections } = await of({ date: '2026-10-06', watch: 'jungle,no such thing at all' });
    expect(sections.at(-1)).toMatchObject({
      title: 'Watched',
      intro: 'Nothing is called "no such thing at all".',
    });
    expect(sections.at(-1)?.answers.map(({ title }) => title)).toEqual(['jungle']);
  });

  test.each([
    [{ date: '2026-02-30' }, /not a day/],
    [{ period: 'year' }, /no period "year"/],
    [{ paper: 'a0' }, /no paper "a0"/],
    [{ zone: 'Mars' }, /not a time zone/],
    [{ country: 'atlantis' }, /atlantis/],
    [{ genre: 'a,b,c', country: 'de,fr,gb' }, /9 chapters/],
    [{ genre: 'no such genre at all' }, /no such genre/i],
    [{ watch: Array.from({ length: 30 }, (_, n) => `w${n}`).join(',') }, /too many/],
  ])('%j is refused', async (words, message) => {
    const failure = await makeReport(deps, words).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect((failure as UserError).message).toMatch(message);
  });

  test('a day of nothing is a report that says so', async () => {
    const { report, pdf } = await makeReport(deps, { date: '2027-05-05' });
    expect(report.headline).toBe('No sales were read on this day');
    // Nothing is explained that is not there.
    expect(report.method.map(({ title }) => title)).toEqual([
      'What this covers',
      'What is not known',
      'Where this comes from',
    ]);
    expect(report.keyNumbers).toEqual([]);
    expect(pdf.length).toBeGreaterThan(10_000);
  });
});

test('same data, same bytes', async () => {
  const [one, two] = [
    await makeReport(deps, { date: '2026-10-06' }),
    await makeReport(deps, { date: '2026-10-06' }),
  ];
  expect(Buffer.compare(one.pdf, two.pdf)).toBe(0);
});

test('asks each question once, for the message and the report together', async () => {
  const asked: string[] = [];
  const counted = new Proxy(db, {
    get: (target, key) =>
      key === 'begin'
        ? (options: string, work: never) => {
            asked.push(options);
            return target.begin(options, work);
          }
        : Reflect.get(target, key),
  });
  const { answers, report } = await composeDigest({ ...deps, db: counted }, daily, '2026-10-06', 'UTC');
  expect(answers).toHaveLength(daily.questions.length);
  expect(report.sections.length).toBeGreaterThan(0);
  // The digest's own five beyond the report's, the lists and those before, and three of each country.
  expect(asked).toHaveLength(35);
});

test('what cannot be counted in time is said once, and the rest stands', async () => {
  const period = periodOf('2026-10-06', 'day', 'UTC');
  const ask = createAsker(deps, paramsOf(period));
  const late: typeof ask = async (name, params) => {
    if (name === 'emerging-artists' || params?.country)
      throw new UserError('That takes too long to count.', 'Ask less.');
    return ask(name, params);
  };
  const { sections } = await composeReport(deps, late, { period, scopes: [{}], watched: [] });
  expect(sections[0]).toMatchObject({
    title: 'Emerging artists',
    failure: 'That takes too long to count.',
  });
  expect(sections.flatMap(({ failure }) => failure ?? [])).toHaveLength(1);
  expect(sections.find(({ title }) => title === 'Best sellers')?.panels).toHaveLength(2);
});

describe('periods', () => {
  test('have daylight saving’s hours', () => {
    const { window } = periodOf('2026-10-25', 'day', 'Europe/Berlin');
    expect((window.until - window.from) / 3_600_000_000).toBe(25);
    expect(periodOf('2027-01-01', 'week', 'UTC').text).toBe('2026-W53');
    expect(periodOf('2027-02-14', 'month', 'UTC')).toMatchObject({ first: '2027-02-01', last: '2027-02-28' });
  });

  test('the latest is the last whole one that was read', async () => {
    expect(await latestDay(deps, 'UTC')).toBe('2026-10-06');
    expect(await latestDay(deps, 'UTC', 'week')).toBe('2026-10-04');
    expect(await latestDay(deps, 'UTC', 'month')).toBe('2026-09-30');
  });
});

describe('the report of the last whole day', () => {
  const day = { date: '2026-10-06' };
  // What was read of the world was read at its end.
  const later = (micros: number) => WORLD_END + MINUTE + micros;
  const lede = async (at = later(MINUTE / 2)) =>
    (await makeReport({ ...deps, clock: simulatedClock(at, 1) }, day)).report.front?.lede;
  const asKept = 'Only 50% of this day was read, so its counts are low.';

  test('is told as it was kept for an hour, unless more was read of that day', async () => {
    const anew = await of(day);
    await precomputeReport({ ...deps, clock: simulatedClock(later(0), 1) });
    expect(await of(day)).toEqual(anew);
    expect((await verify({ db })).differences).toEqual([]);
    await db`update kept_answer set answer = jsonb_set(answer, '{coverage}', '0.5')`;
    expect(await lede()).toContain(asKept);
    // Another zone's day is another one.
    const berlin = await makeReport(
      { ...deps, clock: simulatedClock(later(MINUTE / 2), 1) },
      { ...day, zone: 'Europe/Berlin' },
    );
    expect(berlin.report.front?.lede).not.toContain(asKept);
    expect(await lede(later(HOUR + MINUTE))).toBe(anew.front?.lede);
    const noon = parseInstant('2026-10-06T12:00Z');
    await db`
      insert into window_read (from_at, until_at, source, read_at)
      values (${noon}, ${noon + MINUTE}, 'import', ${later(MINUTE)})`;
    expect(await lede(later(2 * MINUTE))).toBe(anew.front?.lede);
  });
});

test("a day in the middle that was not read is a gap of the cover's course", async () => {
  await db`delete from read_day where day = '2026-10-01'`;
  const { front } = await of({ date: '2026-10-05' });
  const unread = front?.curve?.days.filter(({ value }) => value === null);
  expect(unread?.map(({ day }) => day)).toEqual(['1 Oct']);
});
