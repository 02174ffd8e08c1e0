/**
 * What the sales of one artist, or of the items of one release, are made of: releases, countries, genres,
 * sellers.
 */
import { isNarrow, LEAST_CHECKOUTS } from '../../core/small-cells.ts';
import type { Window } from '../../core/time/window.ts';
import type { Fragment, Reader } from '../connect.ts';
import { isListedPage, isListedSeller } from './listed.ts';
import { isMusic } from './music-tags.ts';
import { MOST_PAGES, mergeReleases, releasesOf } from './release-pages.ts';
import { addSums, type Sum } from './totals.ts';

/** One subject's sales, found by its index. */
export interface Owner {
  subject: 'artist' | 'item';
  ids: readonly number[];
  window: Window;
  country?: string | undefined;
}

export type PartKind = 'page' | 'country' | 'tag' | 'seller' | 'format';

/** An id, a code of a country or a type of items. */
export interface Part extends Sum {
  part: number | string;
}

/**
/**
 * The largest parts by units, up to `limit`, those that are hidden left out. A sale counts for each of its
 * genres; a release that is sold at several hosts is one part, by the page that sold the most.
 */
export async function partsOf(
  db: Reader,
  { subject, ids, window, country }: Owner,
  kind: PartKind,
  limit: number,
): Promise<Part[]> {
  const by: Record<PartKind, Fragment> = {
    page: db`item.page_id`,
    country: db`sale.country_code`,
    tag: db`tag.id`,
    seller: db`sale.seller_id`,
    format: db`item.type`,
  };
  const tags = db`
    join page_tag on page_tag.page_id = item.page_id
    join tag on tag.id = page_tag.tag_id and ${isMusic(db)}`;
  const here = country === undefined ? db`` : db`and sale.country_code = ${country}`;
  const listed: Partial<Record<PartKind, Fragment>> = {
    page: db`where ${isListedPage(db, db`part`)}`,
    seller: db`where ${isListedSeller(db, db`part`)}`,
  };
  const rows = await db<(Part & { checkouts: number })[]>`
    select * from (
      select ${by[kind]} as part, count(*) as sales, sum(units)::bigint as units,
        coalesce(sum(amount_usd_cents), 0)::bigint as "usdCents",
        ${checkouts(db)} as checkouts
      from sale join item on item.id = sale.item_id ${kind === 'tag' ? tags : db``}
      where sale.${db(`${subject}_id`)} = any(${ids}::bigint[])
        and sale.at >= ${window.from} and sale.at < ${window.until}
        ${here} ${kind === 'country' ? db`and sale.country_code is not null` : db``}
      group by 1
    ) parts ${listed[kind] ?? db``} order by units desc, "usdCents" desc, part
    limit ${kind === 'page' ? Math.max(limit, MOST_PAGES) : limit}`;
  // A country's part tells a country, whatever was asked for.
  const narrow = kind === 'country' || isNarrow({ window, country });
  const told = (parts: readonly (Part & { checkouts: number })[]): Part[] =>
    parts.map(({ checkouts, ...part }) =>
      narrow && checkouts < LEAST_CHECKOUTS ? { ...part, few: true } : part,
    );
  if (kind !== 'page') return told(rows);
  const pageOf = ({ part }: Part) => Number(part);
  const merged = mergeReleases(await releasesOf(db, rows.map(pageOf)), rows, pageOf, (best, other) => ({
    ...addSums(best, other),
    checkouts: best.checkouts + other.checkouts,
  }));
  return told(
    merged
      .sort((a, b) => b.units - a.units || b.usdCents - a.usdCents || pageOf(a) - pageOf(b))
      .slice(0, limit),
  );
}

/** Of rows of `sale`: one whose checkout is not known is one of its own. */
export const checkouts = (db: Reader): Fragment =>
  db`count(distinct (coalesce(checkout_at, at), country_code))`;

/**
 * How many sellers sold something of the artist in the window; when the artist's first sale was seen, of all
 * that are kept.
 */
export async function artistFacts(
  db: Reader,
  id: number,
  { from, until }: Window,
): Promise<{ sellers: number; countries: number; firstSeen: number | null }> {
  const [row] = await db<{ sellers: number; countries: number; firstSeen: number | null }[]>`
    select count(distinct seller_id) as sellers, count(distinct country_code) as countries,
      (select at from sale where artist_id = ${id} order by at limit 1) as "firstSeen"
    from sale where artist_id = ${id} and at >= ${from} and at < ${until}`;
  return row ?? { sellers: 0, countries: 0, firstSeen: null };
}
