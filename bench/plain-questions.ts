/**
 * The questions' counts in plain SQL over sales, items, tags and names, as somebody without sums would ask
 * them: PostgreSQL and DuckDB both understand it.
 */
import { DAY, type Instant, toIso } from '../src/core/time/instant.ts';
import { baselineOf, type Window } from '../src/core/time/window.ts';

export interface Plain {
  window: Window;
  country?: string | undefined;
  genre?: string | undefined;
  /** Ids of the artists, tags or pages that the question names: finding them is not measured. */
  id?: number | undefined;
  others?: readonly number[];
  kind?: string | undefined;
  by?: string | undefined;
  text?: string | undefined;
}

const at = (instant: Instant): string => `timestamp '${toIso(instant).slice(0, 19).replace('T', ' ')}'`;
const within = ({ from, until }: Window): string => `sale.at >= ${at(from)} and sale.at < ${at(until)}`;
/** From the first baseline window to the window's end. */
const compared = (window: Window): Window => ({
  from: baselineOf(window).at(-1)?.from ?? window.from,
  until: window.until,
});
const here = ({ country }: Plain): string => (country ? ` and sale.country_code = '${country}'` : '');
const now = ({ from }: Window): string => `sale.at >= ${at(from)}`;
/** In the window or in one of its baseline. */
const nowOrBefore = (window: Window): string => [window, ...baselineOf(window)].map(within).join(' or ');
const TAGGED = 'join item on item.id = sale.item_id join page_tag on page_tag.page_id = item.page_id';
const SUMS = 'count(*) as sales, sum(units) as units, sum(amount_usd_cents) as usd';
const order = ({ by }: Plain): string => (by === 'revenue' ? 'usd desc' : 'units desc');
/** Only sales of the genre's pages. */
const inGenre = ({ genre }: Plain): string =>
  genre
    ? ` and item.page_id in (
        select page_id from page_tag join tag on tag.id = tag_id where tag.name = '${genre}'
      )`
    : '';

function top(asked: Plain): string {
  const { kind = 'artist', window } = asked;
  const where = `where ${within(window)}${here(asked)}${inGenre(asked)}`;
  const board = (name: string, joins: string, more = '') => `
    select ${name} as name, ${SUMS} from sale join item on item.id = sale.item_id ${joins}
    ${where} ${more}
    group by 1 order by ${order(asked)} limit 10`;
  switch (kind) {
    case 'artist':
      return board('artist.name', 'join artist on artist.id = sale.artist_id', 'and not artist.various');
    case 'seller':
      return board('seller.host', 'join seller on seller.id = sale.seller_id');
    case 'genre':
      return board(
        'tag.name',
        'join page_tag on page_tag.page_id = item.page_id join tag on tag.id = page_tag.tag_id',
        `and tag.kind in ('genre', 'style')`,
      );
    case 'country':
      return board('sale.country_code', '');
    case 'merch':
      return board('page.url', 'join page on page.id = item.page_id', `and item.type = 'p'`);
    default:
      return board(
        'page.url',
        'join page on page.id = item.page_id',
        `and (item.type = '${kind[0]}' or (item.type = 'p' and page.url like '%/${kind}/%'))`,
      );
  }
}

/** Sums of one subject day by day, now and before, and how many sell more. */
const standing = (subject: string, asked: Plain, joins = ''): string[] => [
  `select date_trunc('day', sale.at) as day, ${SUMS} from sale ${joins}
    where ${within(compared(asked.window))}${here(asked)} and ${subject} = ${asked.id}
    group by 1 order by 1`,
  `with board as (
      select ${subject} as id, sum(units) as units from sale ${joins}
      where ${within(asked.window)}${here(asked)}
      group by 1
    )
    select count(*) + 1 as rank from board where units > (select units from board where id = ${asked.id})`,
];

function rising(asked: Plain): string {
  const isNow = now(asked.window);
  const before = `count(distinct case when ${isNow} then null else checkout_at end) / 4.0`;
  return `
    select artist_id, count(distinct case when ${isNow} then checkout_at end) as now, ${before} as before,
      count(distinct case when ${isNow} then country_code end) as countries
    from sale ${asked.genre ? 'join item on item.id = sale.item_id' : ''}
    where ${within(compared(asked.window))}${inGenre(asked)}
    group by 1 order by 2 / (1 + ${before}) desc limit 10`;
}

function trendingGenres(asked: Plain): string {
  const isNow = now(asked.window);
  const sold = `count(case when ${isNow} then 1 end)`;
  const before = `count(case when ${isNow} then null else 1 end) / 4.0`;
  return `
    select tag.name, ${sold} as now, ${before} as before,
      count(distinct case when ${isNow} then artist_id end) as artists
    from sale ${TAGGED} join tag on tag.id = page_tag.tag_id
    where ${within(compared(asked.window))}${here(asked)} and tag.kind in ('genre', 'style')
    group by 1 order by ${sold} / (5 + ${before}) desc limit 10`;
}

/** Statements by question; those of `status` are none. */
export const PLAIN: Record<string, (asked: Plain) => string[]> = {
  'trending-genres': asked => [trendingGenres(asked)],
  'emerging-artists': asked => [
    rising(asked),
    `select artist_id, min(sale.at) as first_seen from sale
    where artist_id in (
      select artist_id from sale where ${within(asked.window)} group by 1 having count(*) >= 6
    )
    group by 1 having count(*) <= 120`,
  ],
  'trending-artists': asked => [rising(asked)],
  why: asked => [
    `select date_trunc('day', sale.at) as day, count(*) as sales from sale ${TAGGED}
    where ${within(compared(asked.window))} and page_tag.tag_id = ${asked.id}
    group by 1 order by 1`,
    `select artist_id, count(case when ${now(asked.window)} then 1 end) as now, count(*) as both_times
    from sale ${TAGGED}
    where ${within(compared(asked.window))} and page_tag.tag_id = ${asked.id}
    group by 1 order by 2 desc limit 10`,
  ],
  scorecard: ({ window }) => [
    `select page_tag.tag_id, date_trunc('day', sale.at) as day, count(*) as sales from sale ${TAGGED}
    where ${within({ from: window.from - 35 * DAY, until: window.until })} group by 1, 2`,
  ],
  top: asked => [top(asked)],
  overview: asked => [
    `select item.type, case when ${now(asked.window)} then 1 else 0 end as now, ${SUMS},
      count(distinct checkout_at) as checkouts,
      count(case when amount_minor > item_price_minor then 1 end) as overpaid
    from sale join item on item.id = sale.item_id
    where (${nowOrBefore(asked.window)})${here(asked)}
    group by 1, 2`,
    `select date_trunc('hour', sale.at) as hour, count(*) as sales from sale
    where (${nowOrBefore(asked.window)})${here(asked)}
    group by 1`,
  ],
  artist: asked => [
    ...standing('artist_id', asked),
    `select item.page_id, ${SUMS} from sale join item on item.id = sale.item_id
    where artist_id = ${asked.id} and ${within(asked.window)}
    group by 1 order by units desc limit 10`,
  ],
  genre: asked => [
    ...standing('page_tag.tag_id', asked, TAGGED),
    `select artist_id, ${SUMS} from sale ${TAGGED}
    where page_tag.tag_id = ${asked.id} and ${within(asked.window)}
    group by 1 order by units desc limit 10`,
  ],
  country: asked => [
    `select date_trunc('day', sale.at) as day, ${SUMS} from sale
    where ${within(compared(asked.window))}${here(asked)}
    group by 1 order by 1`,
    `select country_code, sum(units) as units from sale
    where ${within(asked.window)}
    group by 1 order by 2 desc`,
    `select artist_id, ${SUMS} from sale
    where ${within(asked.window)}${here(asked)}
    group by 1 order by units desc limit 10`,
  ],
  countries: asked => [
    `select country_code, ${SUMS} from sale join item on item.id = sale.item_id
    where ${within(asked.window)}${inGenre(asked)}
    group by 1 order by units desc`,
  ],
  item: asked => [
    `select date_trunc('day', sale.at) as day, ${SUMS} from sale join item on item.id = sale.item_id
    where ${within(compared(asked.window))} and item.page_id = ${asked.id}
    group by 1 order by 1`,
    `select item.type, item.title, ${SUMS},
      max(amount_usd_cents / units) as highest, max(sale.at) as last_sold
    from sale join item on item.id = sale.item_id
    where ${within(asked.window)} and item.page_id = ${asked.id} group by 1, 2`,
  ],
  compare: asked => [
    `select page_tag.tag_id, date_trunc('day', sale.at) as day, ${SUMS} from sale ${TAGGED}
    where ${within(compared(asked.window))} and page_tag.tag_id in (${(asked.others ?? []).join(', ')})
    group by 1, 2`,
  ],
  similar: asked => [
    `with own as (
      select distinct checkout_at, country_code from sale
      where artist_id = ${asked.id} and ${within(asked.window)}
    )
    select sale.artist_id, count(distinct sale.checkout_at) as together
    from sale join own
      on own.checkout_at = sale.checkout_at and own.country_code = sale.country_code
    where ${within(asked.window)} and sale.artist_id <> ${asked.id}
    group by 1 order by 2 desc limit 30`,
  ],
  search: asked => [
    `select name from artist where lower(name) like '%${asked.text}%' limit 30`,
    `select title from item where lower(title) like '%${asked.text}%' limit 30`,
    `select name from tag where lower(name) like '%${asked.text}%' limit 30`,
  ],
};
