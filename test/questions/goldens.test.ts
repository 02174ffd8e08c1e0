/**
 * Every question on the small named world, and on the one in which things rise what that is for, at every
 * stage: Answer, text, CSV, page, Slack, Discord.
 */
import { beforeAll, describe, test } from 'vitest';
import { renderAnswer as renderDiscord } from '../../bots/discord/render.ts';
import { renderAnswer as renderSlack } from '../../bots/slack/render.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { renderCsv } from '../../src/present/csv.ts';
import { renderJson } from '../../src/present/json.ts';
import { renderText } from '../../src/present/text.ts';
import { ask } from '../../src/questions/lib/ask.ts';
import { parseText } from '../../src/questions/lib/free-text.ts';
import { questions } from '../../src/questions/registry.ts';
import { answerSection } from '../../src/web/pages.ts';
import { testDatabase } from '../support/database.ts';
import { expectGolden, goldenJson } from '../support/golden.ts';
import { RISING_END, seedRisingWorld } from '../support/rising-world.ts';
import { seedWorld, WORLD_END } from '../support/world.ts';

const { db } = await testDatabase();
const { db: rising } = await testDatabase();
beforeAll(() => seedWorld(db));
beforeAll(() => seedRisingWorld(rising));

const asked = {
  'trending-genres': 'trending genres',
  'trending-styles-germany': 'trending genres germany styles 3d Asia/Tokyo',
  'trending-genres-no-baseline': 'trending genres 7d until=2026-09-04',
  'trending-genres-young': 'trending genres 7d until=2026-09-08',
  'why-young': 'why jungle 7d until=2026-09-08',
  'trending-genres-no-sales': 'trending genres france',
  'emerging-artists': 'emerging artists',
  'emerging-artists-no-baseline': 'emerging artists 7d until=2026-09-04',
  'trending-artists': 'trending artists',
  'trending-artists-genre': 'trending artists jungle 14d limit=5',
  'trending-sellers': 'trending sellers',
  'trending-sellers-no-baseline': 'trending sellers 7d until=2026-09-04',
  why: 'why jungle',
  'why-artist-countries': 'why Ann Artist ambient 0 by=country',
  'why-no-baseline': 'why jungle 7d until=2026-09-04',
  scorecard: 'scorecard',
  'top-artists': 'top',
  'top-albums-revenue': 'top albums revenue 30d limit=3',
  'top-countries': 'top countries',
  'top-nothing': 'top tracks',
  'top-albums-jungle': 'top albums jungle 7d',
  'top-sellers-yesterday': 'top sellers yesterday Asia/Tokyo',
  'overview-day': 'overview',
  'overview-week-japan': 'overview japan 7d',
  artist: 'artist Ann Artist ambient 0 7d',
  'artist-countries-hostile': 'artist <!channel> & Sons ambient 1 countries 7d',
  'artist-misspelt': 'artist an artst ambient in japan 7d',
  'artist-history-script': 'artist Молчат Дома ambient 4 history 7d',
  genre: 'genre jungle',
  'genre-countries': 'genre jungle countries last week',
  'genre-near': 'genre jungle near',
  'genre-germany-history': 'genre city pop history in germany 7d',
  country: 'country uk',
  'country-oversold': 'country japan oversold',
  'country-nothing': 'country france',
  countries: 'countries',
  'countries-genre-share': 'countries jungle share',
  item: 'item jungle 3 7d',
  'item-countries': 'item https://g1.bandcamp.com/album/3 countries 7d',
  compare: 'compare jungle, techno, ambient 7d',
  'compare-countries': 'compare uk vs japan 48h',
  similar: 'similar Ann Artist ambient 0',
  search: 'search artist ambient',
  'search-misspelt': 'search jungel',
  'search-nothing': 'search qqqqqq',
};

const askedOfRising = {
  'trending-genres-rising': 'trending genres',
  'trending-genres-rising-day': 'trending genres yesterday',
  'trending-styles-rising': 'trending genres styles',
  'emerging-artists-rising': 'emerging artists',
  'emerging-artists-rising-genre': 'emerging artists soul 14d',
  'emerging-artists-rising-from': 'emerging artists from scotland',
  'trending-genres-rising-from': 'trending genres from nigeria',
  'label-rising': 'label Signal Bureau 7d',
  'trending-artists-rising': 'trending artists',
  'trending-sellers-rising': 'trending sellers',
  'why-trending-genre': 'why drum & bass',
  'why-trending-genre-countries': 'why drum & bass by=country',
  'why-trending-artist': 'why Rude & Ready',
  'why-one-artist': 'why soul',
  'scorecard-scored': 'scorecard',
  'similar-companions': 'similar quiet harbour',
};

const cases = [
  ...Object.entries(asked).map(([name, text]) => [name, text, { db, end: WORLD_END }] as const),
  ...Object.entries(askedOfRising).map(
    ([name, text]) => [name, text, { db: rising, end: RISING_END }] as const,
  ),
];

describe.each(cases)('%s', (name, text, { db, end }) => {
  const answering = () => ask({ db, clock: simulatedClock(end, 1) }, parseText(questions, text));
  test('answer, text and CSV', async () => {
    // Which load it was is the order of the tests' business.
    const answer = { ...(await answering()), dataVersion: 0 };
    expectGolden(`questions/${name}/answer.json`, renderJson(answer));
    expectGolden(`questions/${name}/answer.txt`, `${renderText(answer)}\n`);
    expectGolden(`questions/${name}/answer.csv`, renderCsv(answer));
  });

  test('page, Slack and Discord', async () => {
    const answer = await answering();
    expectGolden(
      `questions/${name}/page.html`,
      String(await answerSection(answer, (theme, width) => `/chart-${theme}-${width}.png`)),
    );
    expectGolden(`questions/${name}/slack.json`, goldenJson(renderSlack(answer)));
    expectGolden(`questions/${name}/discord.json`, goldenJson(renderDiscord(answer)));
  });
});
