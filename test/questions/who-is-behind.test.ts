/** Where music comes from, who sells it, what stands behind it: filters, rows, refusals, what is hidden. */
import { beforeAll, describe, expect, test } from 'vitest';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { DAY } from '../../src/core/time/instant.ts';
import { hideSubject, unhideSubject } from '../../src/db/hidden-subjects.ts';
import { storeLoad } from '../../src/db/write/feed.ts';
import { storePageFacts } from '../../src/db/write/page-facts.ts';
import { ask } from '../../src/questions/lib/ask.ts';
import { parseText } from '../../src/questions/lib/free-text.ts';
import { questions } from '../../src/questions/registry.ts';
import { testDatabase } from '../support/database.ts';
import { RISING_END, seedRisingWorld } from '../support/rising-world.ts';
import { aSale, NOON } from '../support/sales.ts';

const { db } = await testDatabase();
const { db: rising } = await testDatabase();
const clock = simulatedClock(NOON, 1);
const asking = (text: string) => ask({ db, clock }, parseText(questions, text));
const askRising = (text: string) =>
  ask({ db: rising, clock: simulatedClock(RISING_END, 1) }, parseText(questions, text));
const column = async (text: string, key: string) => (await asking(text)).rows.map(row => row[key]);

interface Plan {
  host: string;
  owner: string | null;
  place: string | null;
  artist: string;
  album: string;
  /** Days before now; negative: to come. */
  out: number | null;
  preorder?: boolean;
  sales: number;
  tag?: string;
}

/** Each sells so often in the last day. */
const PLANS: Plan[] = [
  { host: 'ann', owner: 'Ann', place: 'Glasgow, UK', artist: 'Ann', album: 'Rain EP', out: 8, sales: 9 },
  { host: 'ann', owner: 'Ann', place: 'Glasgow, UK', artist: 'Ann', album: 'Old', out: 900, sales: 2 },
  { host: 'posh', owner: 'Posh', place: 'Portland, Oregon', artist: 'Bo', album: 'Sea', out: 400, sales: 8 },
  { host: 'posh', owner: 'Posh', place: 'Portland, Oregon', artist: 'Cy', album: 'Sky', out: -14, sales: 7 },
  { host: 'port', owner: 'Dee', place: 'Portland, Maine', artist: 'Dee', album: 'Ash', out: null, sales: 6 },
  {
    host: 'soon',
    owner: null,
    place: null,
    artist: 'Eve',
    album: 'Soon',
    out: null,
    preorder: true,
    sales: 5,
  },
  { host: 'lag', owner: 'Fela', place: 'Lagos, Nigeria', artist: 'Fela', album: 'Go', out: 5, sales: 4 },
];

beforeAll(async () => {
  const pageOf = ({ host, album }: Plan) =>
    `https://${host}.bandcamp.com/album/${album.toLowerCase().replaceAll(' ', '-')}`;
  await storePageFacts(
    db,
    PLANS.map(plan => ({
      page: pageOf(plan),
      seller: `${plan.host}.bandcamp.com`,
      title: plan.album,
      artist: plan.artist,
      place: plan.place,
      owner: plan.owner,
      published: plan.out === null ? null : NOON - plan.out * DAY,
      isPreorder: plan.preorder ?? null,
      tags: [{ key: 'techno', name: 'techno', kind: 'genre' as const }],
    })),
    { at: NOON, nextAskAt: NOON + DAY },
  );
  const sales = PLANS.flatMap((plan, n) =>
    Array.from({ length: plan.sales }, (_, at) =>
      aSale({
        at: NOON - DAY + (n * 100 + at) * 60_000_000,
        checkoutAt: NOON - DAY + (n * 100 + at) * 60_000_000,
        page: pageOf(plan),
        seller: `${plan.host}.bandcamp.com`,
        artist: plan.artist,
        title: plan.album,
      }),
    ),
  );
  await storeLoad(db, 'feed', { sales, rejects: [], windows: [{ from: NOON - 7 * DAY, until: NOON }] }, NOON);
  await seedRisingWorld(rising);
}, 120_000);

describe('from', () => {
  test.each([
    ['top artists from glasgow', ['Ann']],
    ['top artists from scotland', ['Ann']],
    ['top artists from the uk', ['Ann']],
    ['top artists from portland', ['Bo', 'Cy', 'Dee']],
    ['top artists from="portland, oregon"', ['Bo', 'Cy']],
    ['top artists from maine', ['Dee']],
    ['top artists from the usa', ['Bo', 'Cy', 'Dee']],
    ['top artists from nigeria', ['Fela']],
    ['top albums from oregon', ['Sea', 'Sky']],
    ['top sellers from oregon', ['posh.bandcamp.com']],
    ['top genres from nigeria', ['techno']],
    ['top countries from nigeria', ['de']],
    ['top artists from nigeria in germany', ['Fela']],
    ['top artists from nigeria techno', ['Fela']],
    ['top albums from oregon techno in germany', ['Sea', 'Sky']],
    ['top artists from nigeria in japan', []],
  ])('%s', async (text, names) => {
    expect((await column(`${text} 7d`, 'name')).toSorted()).toEqual(names);
  });

  test('counts what its sellers sold, by the days and by the sales alike', async () => {
    for (const window of ['7d', '24h', '25h']) {
      const { rows } = await asking(`top artists from oregon ${window}`);
      expect(rows.map(row => [row.name, row.units])).toEqual([
        ['Bo', 8],
        ['Cy', 7],
      ]);
      expect((await asking(`trending genres from oregon ${window}`)).rows).toMatchObject([
        { genre: 'techno', sales: 15 },
      ]);
    }
  });

  test.each(['artist', 'seller', 'country'])('each %s has the sums of its sales alone', async kind => {
    for (const [from, hosts] of [
      ['oregon', ['posh']],
      ['the uk', ['ann']],
      ['the usa', ['posh', 'port']],
    ] as const)
      for (const window of ['7d', '25h', '7d until=2026-10-07T05:30']) {
        const { rows, window: of } = await asking(`top kind=${kind} from="${from}" ${window}`);
        const subject = { artist: db`artist.name`, seller: db`host`, country: db`sale.country_code` }[kind];
        const counted = await db<{ name: string; units: number }[]>`
          select ${subject ?? db`null`} as name, sum(units)::int as units
          from sale join artist on artist.id = artist_id join seller on seller.id = seller_id
          where at >= ${of.from} and at < ${of.until}
            and host = any(${hosts.map(host => `${host}.bandcamp.com`)}::text[])
          group by 1`;
        const shown = rows.map(({ name, nameId, units }) => [kind === 'country' ? nameId : name, units]);
        expect(Object.fromEntries(shown), `${from} ${window}`).toEqual(
          Object.fromEntries(counted.map(({ name, units }) => [name, units])),
        );
        if (window === '7d') expect(shown.length).toBeGreaterThan(0);
      }
  });

  test('says what a name means, whose place it is and how much of it is known', async () => {
    const { notes } = await asking('top artists from portland');
    const [said = ''] = notes;
    expect(said).toMatch(/known for 87\.8% of sales\)\. 2 of 3 sell through a label there/);
    expect(said).toMatch(/Portland in (?:Oregon and Maine|Maine and Oregon)\.$/);
    expect(await column('top artists from portland', 'from')).toEqual([
      'label in Portland, Oregon',
      'label in Portland, Oregon',
      'Portland, Maine',
    ]);
  });

  test('a place that nobody is from is refused, with what is near', async () => {
    await expect(asking('top artists from glasgo')).rejects.toThrow(
      expect.objectContaining({ hint: 'Did you mean "Glasgow"?' }),
    );
    await expect(asking('top artists from atlantis')).rejects.toThrow(
      'No page says that it is from Atlantis.',
    );
  });

  test('emerging and trending lists are narrowed as well', async () => {
    const artists = async (text: string) => (await askRising(text)).rows.map(row => row.artist);
    expect(await artists('emerging artists')).toEqual(['Nova Ōkami', '新星オーケストラ']);
    expect(await artists('emerging artists from glasgow')).toEqual(['Nova Ōkami']);
    expect(await artists('emerging artists nigeria')).toEqual(['新星オーケストラ']);
    expect(await artists('emerging artists release=none')).toEqual(['新星オーケストラ']);
    expect(await artists('self-released')).toEqual(['Nova Ōkami']);
    expect(await artists('emerging artists label="signal bureau"')).toEqual(['新星オーケストラ']);
    const { rows, notes } = await askRising('emerging artists');
    expect(rows).toMatchObject([
      { soldBy: 'self-released', soldByKind: 'self', release: 'album out 29 Sep', releaseKind: 'new' },
      { soldBy: 'on Signal Bureau', soldByKind: 'label', releaseKind: 'none' },
    ]);
    expect(notes).toContainEqual(expect.stringMatching(/^1 of them is rising without a release in 90 days/));
    expect((await askRising('trending genres from nigeria')).rows).toMatchObject([{ genre: 'soul' }]);
  });
});

describe('label and release', () => {
  test.each([
    ['top artists label=none', ['Ann', 'Dee', 'Fela']],
    ['top artists on a label', ['Bo', 'Cy']],
    ['top artists label=posh', ['Bo', 'Cy']],
    ['top albums label=https://posh.bandcamp.com/album/sea?from=x', ['Sea', 'Sky']],
    ['top artists release=new', ['Ann', 'Fela']],
    ['top artists release=none', ['Bo']],
    ['top artists release=preorder', ['Cy', 'Eve']],
    ['new releases', ['Go', 'Rain EP']],
    ['new releases label=none from scotland', ['Rain EP']],
    ['pre-orders', ['Sky', 'Soon']],
    ['back catalogue', ['Old', 'Sea']],
  ])('%s', async (text, names) => {
    expect((await column(`${text} 7d`, 'name')).toSorted()).toEqual(names);
  });

  test('a genre has no label', async () => {
    await expect(asking('top genres label=none')).rejects.toThrow('A genre has no label and no release.');
    await expect(asking('top countries release=new')).rejects.toThrow('A country has no label');
  });

  test('an artist’s page that sells for a label is on that label, from the artist’s place', async () => {
    const { db: linked } = await testDatabase();
    const { page, seller, artist } = aSale();
    const told = { page, seller, title: 'One', artist, place: 'Oslo, Norway', owner: artist };
    const stores = (label: string | null) =>
      storePageFacts(linked, [{ ...told, label, published: NOON - 8 * DAY, isPreorder: false, tags: [] }], {
        at: NOON,
        nextAskAt: NOON + DAY,
      });
    const window = { from: NOON - 7 * DAY, until: NOON };
    const sales = [aSale({ at: NOON - DAY, checkoutAt: NOON - DAY })];
    await storeLoad(linked, 'feed', { sales, rejects: [], windows: [window] }, NOON);
    const rowOf = async (text: string) =>
      (await ask({ db: linked, clock }, parseText(questions, text))).rows[0];
    expect(await stores(null)).toBe(1);
    expect(await rowOf('top artists from oslo')).toMatchObject({ soldBy: 'self-released' });
    expect(await stores('Depot')).toBe(1);
    expect(await rowOf('top artists from oslo')).toMatchObject({
      soldBy: 'on Depot',
      soldByKind: 'label',
      from: 'Oslo, Norway',
    });
    expect(await rowOf('top artists label=none')).toBeUndefined();
    expect(await rowOf('top artists on a label')).toMatchObject({ name: artist });
    expect(await stores('Depot')).toBe(0);
  });

  test('rows say both', async () => {
    const [first, second] = (await asking('top artists')).rows;
    expect(first).toMatchObject({ name: 'Ann', soldBy: 'self-released', release: 'EP out 29 Sep' });
    expect(second).toMatchObject({
      name: 'Bo',
      soldBy: 'on Posh, 2 artists',
      soldById: 'posh.bandcamp.com',
      release: 'no release in 90 days',
    });
    expect((await asking('artist Cy')).notes).toContain('On Posh, 2 artists; pre-order, out 21 Oct.');
  });
});

describe('label', () => {
  test.each(['posh', 'Posh', 'posh.bandcamp.com', 'http://posh.bandcamp.com/track/x?a=b', 'pohs'])(
    '%s is found',
    async name => {
      const answer = await asking(`label ${name}`);
      expect(answer.title).toBe('Posh');
      expect(answer.headline).toMatch(
        /^Posh: 15 units sold for about \$120.*It sold music by 2 artists in the last 90 days\.$/,
      );
      expect(answer.rows).toMatchObject([
        { name: 'Sea', artist: 'Bo', release: 'out 2 Sep 2025', units: 8 },
        { name: 'Sky', artist: 'Cy', release: 'pre-order, out 21 Oct', units: 7 },
      ]);
    },
  );

  test('lists its artists and its days', async () => {
    expect(await column('label posh artists', 'name')).toEqual(['Bo', 'Cy']);
    expect((await asking('label posh history 7d')).rows.length).toBeGreaterThan(4);
  });

  test('what nobody is called is refused', async () => {
    await expect(asking('label nowhere at all')).rejects.toThrow('No label or page is called');
  });

  test('a hidden one is named nowhere', async () => {
    const [posh] = await db<{ id: number }[]>`select id from seller where host = 'posh.bandcamp.com'`;
    const id = posh?.id ?? 0;
    await hideSubject(db, { kind: 'seller', id, reason: 'asked', hiddenAt: NOON });
    for (const name of ['posh', 'Posh', 'posh.bandcamp.com'])
      await expect(asking(`label ${name}`)).rejects.toThrow('is not shown here');
    await expect(asking('top artists label=posh')).rejects.toThrow('is not shown here');
    expect((await asking('top artists')).rows[1]).toMatchObject({ name: 'Bo', soldBy: null });
    expect((await asking('artist Bo')).notes.join()).not.toContain('Posh');
    await unhideSubject(db, 'seller', id);
  });
});
