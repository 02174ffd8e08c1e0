/** Every question on every face tells nothing that one buyer did, and names nothing that is hidden. */
import { beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import type { Answer } from '../../src/core/answer.ts';
import { UsageError, UserError } from '../../src/core/errors.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { SECOND } from '../../src/core/time/instant.ts';
import { CODE_VERSION } from '../../src/db/code-version.ts';
import { hideCommands } from '../../src/jobs/hide.ts';
import { precomputeAnswers } from '../../src/jobs/precompute-answers.ts';
import { silentLog } from '../../src/log.ts';
import { createAnswers } from '../../src/questions/lib/answer-cache.ts';
import { ask } from '../../src/questions/lib/ask.ts';
import { parseQuestion } from '../../src/questions/lib/definition.ts';
import { understand } from '../../src/questions/lib/understand.ts';
import { questions } from '../../src/questions/registry.ts';
import { createKeptReports } from '../../src/report/report-cache.ts';
import { composeAsked, parseWords } from '../../src/report/request.ts';
import { askedOf, askings, facesOf, reportTexts } from '../support/all-faces.ts';
import { testDatabase } from '../support/database.ts';
import { LONE, SECRETS, seedLoneBuyer } from '../support/lone-buyer.ts';
import { WORLD_END } from '../support/world.ts';

const { db } = await testDatabase();
const clock = simulatedClock(WORLD_END, 1);
const deps = { db, clock };
beforeAll(() => seedLoneBuyer(db));

const asking = (name: string, raw: Record<string, string>): Promise<Answer> =>
  ask(deps, parseQuestion(questions, name, raw));
const COUNTRY = { country: 'jp' };
const DAY = { window: '24h' };
const NARROW = [DAY, COUNTRY, { ...COUNTRY, ...DAY }];
const each = questions.map(question => [question.name, question] as const);
const reportOf = async (words: Parameters<typeof parseWords>[1]) =>
  composeAsked({ ...deps, config: loadConfig() }, await parseWords(deps, words));

describe('small cells', () => {
  test.each(each)('%s tells nobody’s checkout', async (_, question) => {
    let asked = 0;
    for (const raw of askings(question, NARROW)) {
      const answer = await askedOf(deps, questions, question, raw);
      if (!answer) continue;
      asked += 1;
      for (const [face, text] of Object.entries(await facesOf(answer)))
        for (const secret of SECRETS) expect(text, `${face} of ${JSON.stringify(raw)}`).not.toContain(secret);
    }
    // Trends of artists and sellers are asked of three days or more, and of no country.
    if (!/^(emerging|trending-artists|trending-sellers)/.test(question.name))
      expect(asked).toBeGreaterThan(0);
  });

  test('the report of the day tells none either', async () => {
    for (const country of ['', 'jp']) {
      const text = reportTexts(await reportOf({ date: '2026-10-07', country, watch: LONE.artist }));
      expect(text).toContain(LONE.artist);
      for (const secret of SECRETS) expect(text).not.toContain(secret);
    }
  });

  test('three sales of one checkout are withheld: null and marked, "1–2" in texts', async () => {
    const answer = await asking('artist', { artist: LONE.artist, show: 'countries', window: '7d' });
    expect(answer.rows).toMatchObject([
      { name: 'jp', sales: null, salesSmall: true, units: null, revenueUsd: null, revenueUsdSmall: true },
      { name: 'us', sales: 12, units: 36, revenueUsd: 1_200_000 },
      { name: 'de', sales: null, salesSmall: true },
    ]);
    const { text = '', csv = '', slack, discord, page } = await facesOf(answer);
    expect(text).toMatch(/Japan +1–2 +1–2 +–\nUnited States +12 +36 +\$12,000\nGermany +1–2 +1–2 +–/);
    expect(csv.split('\r\n').slice(0, 3)).toEqual([
      'Country,Country code,Sales,Sales small,Units,Units small,Revenue (USD),Revenue small',
      'Japan,jp,,true,,true,,true',
      'United States,us,12,,36,,12000.00,',
    ]);
    for (const face of [slack, discord, page]) expect(face).toContain('1–2');
    expect(answer.chart?.series[0]?.points).toEqual([
      { x: 'jp', y: 2 },
      { x: 'us', y: 36 },
      { x: 'de', y: 2 },
    ]);
    expect(answer.chart?.alt).toContain('Of 1–2 checkouts a value is drawn as 2.');
  });

  test('a release is told as its artist is, its prices with it', async () => {
    const [row, ...others] = (await asking('item', { item: LONE.page, ...COUNTRY, window: '7d' })).rows;
    expect(row).toMatchObject({ salesSmall: true, highestUsd: null, latestUsd: null, lastSold: null });
    expect(others.every(({ unitsSmall }) => unitsSmall)).toBe(true);
  });

  test('the total of longer than a day and of genres is no small cell', async () => {
    const { headline, rows } = await asking('artist', { artist: LONE.artist, window: '7d' });
    expect(headline).toContain('1,755 units sold for about $18,000');
    expect(rows).toMatchObject([{ sales: 16, units: 1755, revenueUsd: 1_834_119 }]);
    const { columns } = await asking('top', { kind: 'genre', ...COUNTRY, ...DAY });
    expect(columns.every(({ small, ofOne }) => small === undefined && ofOne === undefined)).toBe(true);
  });

  test('a board narrowed to a country stays ordered by what it does not tell', async () => {
    const { headline, rows, chart } = await asking('top', { by: 'revenue', ...COUNTRY });
    expect(rows[0]).toMatchObject({ name: LONE.artist, revenueUsd: null });
    expect(headline).toBe(`${LONE.artist} leads in Japan.`);
    expect(JSON.stringify(chart ?? null)).not.toContain(LONE.artist);
  });
});

test('no list says whose sales fall', async () => {
  const { rows } = await asking('trending-artists', { limit: '100' });
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter(({ lift }) => Number(lift) <= 1)).toEqual([]);
});

describe('what is hidden', () => {
  const { hide, unhide, hidden } = hideCommands;
  const everywhere = [{}, DAY, COUNTRY, { window: '7d' }];

  async function mentions(names: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    for (const question of questions)
      for (const raw of askings(question, everywhere)) {
        const answer = await askedOf(deps, questions, question, raw);
        if (!answer) continue;
        for (const [face, text] of Object.entries(await facesOf(answer)))
          if (names.some(name => text.includes(name)))
            found.push(`${face} of ${question.name} ${JSON.stringify(raw)}`);
      }
    const report = reportTexts(await reportOf({ date: '2026-10-07' }));
    return names.some(name => report.includes(name)) ? [...found, 'report'] : found;
  }

  test.each([
    ['artist', LONE.artist, [LONE.artist, LONE.album]],
    ['seller', LONE.host, [LONE.host, LONE.album]],
    ['page', LONE.page, [LONE.page, LONE.album]],
  ])(
    '%s: no question names it on any face, and sums count it',
    async (kind, name, gone) => {
      const sums = async () =>
        Promise.all(
          [
            asking('overview', { window: '7d' }),
            asking('countries', { window: '7d' }),
            asking('top', { kind: 'genre' }),
          ].map(async answer => (await answer).rows),
        );
      const before = await sums();
      expect((await mentions(gone)).length).toBeGreaterThan(20);
      expect(await hide.run(deps, [kind, ...name.split(' ')], { reason: 'asked to' })).toContain(name);
      expect(await mentions(gone)).toEqual([]);
      expect(await sums()).toEqual(before);
      expect(await hidden.run(deps)).toMatch(
        /^(artist|seller|page) \d+ .+, since 7 Oct 2026, 12:\d\d UTC: asked to\n$/,
      );
      expect(await unhide.run(deps, [kind, name])).toContain('Shown again');
      expect(await hidden.run(deps)).toBe('Nothing is hidden.\n');
      expect((await mentions(gone)).length).toBeGreaterThan(20);
      // Every question on every face, thrice.
    },
    120_000,
  );

  test('is refused by name with a plain sentence, and is not taken for another', async () => {
    await hide.run(deps, ['artist', LONE.artist], { reason: 'asked to' });
    for (const name of ['artist', 'similar'])
      await expect(asking(name, { artist: LONE.artist })).rejects.toMatchObject({
        message: `"${LONE.artist}" is not shown here.`,
        status: 404,
      });
    await expect(asking('why', { subject: LONE.artist })).rejects.toMatchObject({ status: 404 });
    await expect(understand(deps, questions, 'lone starlin')).rejects.not.toMatchObject({
      hint: expect.stringContaining(LONE.artist),
    });
    await unhide.run(deps, ['artist', LONE.artist]);
  });

  test('is off answers and reports that were kept, at once where the database is asked', async () => {
    const top = parseQuestion(questions, 'top', {});
    const kept = createKeptReports({
      ...deps,
      config: loadConfig(),
      renderReport: async report => new TextEncoder().encode(reportTexts(report)),
    });
    const asked = await parseWords(deps, { date: '2026-10-06' });
    const report = async () => new TextDecoder().decode((await kept.make(asked, make => make())).pdf);
    await precomputeAnswers({ ...deps, log: silentLog });
    const answers = createAnswers({ code: CODE_VERSION });
    expect(JSON.stringify(await ask({ ...deps, answers }, top))).toContain(LONE.artist);
    const one = await report();
    expect(await report()).toBe(one);
    await hide.run(deps, ['artist', LONE.artist], { reason: 'asked to' });
    // What is in memory is given for half a minute, what is in the database not at all.
    const other = createAnswers({ code: CODE_VERSION });
    expect(JSON.stringify(await ask({ ...deps, answers: other }, top))).not.toContain(LONE.artist);
    const later = simulatedClock(clock.now() + 31 * SECOND, 1);
    expect(JSON.stringify(await ask({ db, clock: later, answers }, top))).not.toContain(LONE.artist);
    expect(await kept.recall(asked)).toBeUndefined();
    await unhide.run(deps, ['artist', LONE.artist]);
  });

  test('is named by id as well; what is not there, or not said, is refused', async () => {
    const [seller] = await db<{ id: number }[]>`select id from seller where host = ${LONE.host}`;
    expect(await hide.run(deps, ['seller', String(seller?.id)], { reason: 'label' })).toContain(LONE.host);
    await expect(hide.run(deps, ['seller', LONE.host], {})).rejects.toThrow(UsageError);
    await expect(hide.run(deps, ['label', LONE.host], { reason: 'x' })).rejects.toThrow(UsageError);
    await expect(hide.run(deps, ['artist', 'lone starlin'], { reason: 'x' })).rejects.toThrow(UserError);
    await unhide.run(deps, ['seller', `https://${LONE.host}/`]);
    await expect(unhide.run(deps, ['seller', LONE.host])).rejects.toThrow(/is not hidden/);
  });
});
