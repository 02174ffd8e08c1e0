/** A rise that one country, one hour or few buyers make is told so: on rows, by `why`, as data. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Concentration } from '../../src/core/answer.ts';
import type { FeedSale } from '../../src/core/sale.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { DAY, HOUR, type Instant, MINUTE, SECOND, toIso } from '../../src/core/time/instant.ts';
import { storeLoad } from '../../src/db/write/feed.ts';
import { renderText } from '../../src/present/text.ts';
import { ask } from '../../src/questions/lib/ask.ts';
import { parseText } from '../../src/questions/lib/free-text.ts';
import { questions } from '../../src/questions/registry.ts';
import { testDatabase } from '../support/database.ts';
import { aSale, NOON } from '../support/sales.ts';
import { storeTaggedPages } from '../support/tagged-pages.ts';

const { db } = await testDatabase();
const END = NOON + 12 * HOUR;
const asking = (text: string) => ask({ db, clock: simulatedClock(END, 1) }, parseText(questions, text));
const reasonOf = async (text: string, name: string): Promise<Concentration | undefined> => {
  const { rows } = await asking(text);
  return rows.find(row => (row.artist ?? row.genre) === name)?.reason as Concentration | undefined;
};

const COUNTRIES = ['us', 'de', 'jp', 'gb', 'fr'];
/** The hour in which most was sold, on the fifth of the window's seven days. */
const RUSH: Instant = END - 3 * DAY + 14 * HOUR;

function sales(): [FeedSale, genre: string][] {
  const made: [FeedSale, string][] = [];
  const sell = (genre: string, artist: string, at: Instant, country: string, checkoutAt = at) => {
    const host = `${artist.toLowerCase().replace(/\W/g, '')}.bandcamp.com`;
    const page = `https://${host}/album/${made.length % 3}`;
    made.push([aSale({ at, checkoutAt, page, seller: host, artist, countryCode: country }), genre]);
  };
  // What all sell: five countries alike, each day.
  for (let day = 0; day < 35; day += 1)
    for (let n = 0; n < 40; n += 1)
      for (const [at, genre] of ['ambient', 'techno', 'dub'].entries())
        if (genre !== 'dub' || n < 10)
          sell(
            genre,
            `${genre} ${n}`,
            END - day * DAY - (n + 1) * 30 * MINUTE - at * SECOND,
            COUNTRIES[(n + day) % 5] as string,
          );
  // Newcomers: in nine of ten sales from Poland; half in one hour; everywhere.
  for (let n = 0; n < 40; n += 1) {
    const at = END - (n % 7) * DAY - (n + 2) * 31 * MINUTE;
    sell('soul', 'Pole', at + SECOND, n < 36 ? 'pl' : (COUNTRIES[n - 36] as string));
    sell('soul', 'Rush', n < 31 ? RUSH + n * MINUTE : at + 2 * SECOND, COUNTRIES[n % 5] as string);
    sell('soul', 'Broad', at + 3 * SECOND, COUNTRIES[n % 5] as string);
    // Many things in each of its checkouts.
    const checkout = END - ((n % 10) % 7) * DAY - ((n % 10) + 1) * HOUR;
    sell('soul', 'Bulk', checkout + n * SECOND, COUNTRIES[(n % 10) % 5] as string, checkout);
  }
  // A known genre that Poland lifts.
  for (let n = 0; n < 300; n += 1)
    sell('dub', `wave ${n % 40}`, END - (n % 7) * DAY - (n + 1) * 4 * MINUTE, n % 25 < 24 ? 'pl' : 'us');
  return made;
}

beforeAll(async () => {
  const made = sales();
  const pages = new Map(made.map(([{ page }, genre]) => [page, genre]));
  await storeTaggedPages(db, pages, END);
  const windows = [{ from: END - 36 * DAY, until: END }];
  const all = made.map(([sale]) => sale).sort((a, b) => a.at - b.at);
  await storeLoad(db, 'import', { sales: all, rejects: [], windows }, END);
}, 120_000);

describe('emerging artists', () => {
  test('a row that one country makes says so, one that is broad does not', async () => {
    const answer = await asking('emerging artists limit=20');
    expect(await reasonOf('emerging artists', 'Pole')).toMatchObject({
      seen: 40,
      counted: 40,
      firstCountry: { code: 'pl', sales: 36, share: 0.9 },
      concentrated: true,
      concentratedBy: ['country'],
    });
    expect(await reasonOf('emerging artists', 'Broad')).toMatchObject({
      concentrated: false,
      concentratedBy: [],
    });
    const text = renderText(answer);
    expect(text).toMatch(/Pole .*concentrated: 36 of 40 from Poland/);
    expect(text).not.toMatch(/Broad .*concentrated/);
    expect(text).not.toMatch(/fake|bought by|manipulat/);
  });

  test('few checkouts of many sales say how few count', async () => {
    expect(await reasonOf('emerging artists', 'Bulk')).toMatchObject({
      seen: 40,
      counted: 10,
      concentratedBy: ['counted'],
    });
  });
});

describe('trending genres', () => {
  test('a genre that one country lifts says so on its row and in its column', async () => {
    const answer = await asking('trending genres');
    const reason = await reasonOf('trending genres', 'dub');
    expect(reason).toMatchObject({ firstCountry: { code: 'pl', sales: 288 }, concentratedBy: ['country'] });
    expect(answer.columns.find(({ key }) => key === 'reason')?.only).toBeUndefined();
    expect(renderText(answer)).toMatch(/dub .*concentrated: 288 of 370 from Poland/);
  });

  test('of one country there is no first one, and where nothing is narrow no column is shown', async () => {
    const answer = await asking('trending genres in japan');
    expect(answer.rows.length).toBeGreaterThan(0);
    for (const { reason } of answer.rows) expect((reason as Concentration).firstCountry).toBeNull();
    expect(answer.columns.find(({ key }) => key === 'reason')?.only).toBe('data');
    expect(renderText(answer)).not.toContain('concentrated:');
  });
});

describe('why', () => {
  test('tells counted of seen, the busiest hour and the first country of what is narrow', async () => {
    const { headline, figures } = await asking('why rush');
    expect(headline).toContain(
      `Concentrated: 40 of 40 sales count (one per checkout), 31 of 40 within 14:00–15:00 UTC on 5 Oct, `,
    );
    expect(figures?.row.reason).toMatchObject({
      busiestHour: { at: toIso(RUSH), sales: 31, share: 0.775 },
      concentratedBy: ['hour'],
    });
    expect((await asking('why dub')).headline).toMatch(
      / Concentrated: \d+ of \d+ sales count \(at most 2 per artist and 6 .+\), .+ from buyers in Poland\.$/,
    );
  });

  test('tells nothing of it where it is broad, and the data all the same', async () => {
    const { headline, figures } = await asking('why broad');
    expect(headline).not.toMatch(/concentrated/i);
    expect(figures?.row.reason).toMatchObject({ seen: 40, concentrated: false });
  });

  test('neither hour nor country of fewer than three checkouts', async () => {
    // All that Bulk sold in one country is of one or two checkouts; an hour holds one.
    const { figures } = await asking('why bulk');
    expect(figures?.row.reason).toMatchObject({ busiestHour: null, firstCountry: null, counted: 10 });
    const inJapan = await asking('why bulk country=jp');
    expect(inJapan.figures).toBeUndefined();
    expect(inJapan.headline).not.toContain('oncentrated');
  });
});

test('numbers of rows are those of `why`', async () => {
  for (const name of ['Pole', 'Rush', 'Bulk', 'Broad']) {
    const { figures } = await asking(`why ${name}`);
    const row = await reasonOf('emerging artists limit=20', name);
    if (row) expect(row).toMatchObject(figures?.row.reason as Concentration);
  }
});
