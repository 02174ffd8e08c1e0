/** Pages and their tags: which are to be read next, and what was read. */

import { placeOf } from '../../core/places/place.ts';
import type { Tag } from '../../core/tags/tag.ts';
import { DAY, type Instant } from '../../core/time/instant.ts';
import type { Sql, Transaction } from '../connect.ts';
import { bumpDataVersion } from '../data-version.ts';
import { takeLoadLock } from '../load-lock.ts';
import { replaceTags } from './page-tags.ts';
import { describeSellers } from './seller-facts.ts';

export interface DuePage {
  id: number;
  url: string;
  attempts: number;
  /** What its last answer was known by. */
  etag: string | null;
  modified: string | null;
}

/** Due pages among which the best-selling go first. */
const NEWEST = 300;

/**
 * Takes up to `limit` pages whose time has come, the best-selling of the newest first, and puts their next
 * time off to `leaseUntil`, so that nobody else asks for them meanwhile and a kill only delays them.
 */
export async function claimDuePages(
  db: Sql,
  { now, leaseUntil, limit }: { now: Instant; leaseUntil: Instant; limit: number },
): Promise<DuePage[]> {
  return db<DuePage[]>`
    update page set next_ask_at = ${leaseUntil}
    where id in (
      select id from (
        select id, next_ask_at from page
        where next_ask_at <= ${now}
        order by next_ask_at desc limit ${NEWEST} for update skip locked
      ) due
      order by (
          select count(*) from item join sale on sale.item_id = item.id
          where item.page_id = due.id and sale.at >= ${now - DAY}
        ) desc,
        next_ask_at desc
      limit ${limit}
    )
    returning id, url, attempts, etag, modified`;
}

export interface PageRead {
  title: string | null;
  artist: string | null;
  place: string | null;
  published: Instant | null;
  isPreorder?: boolean | null;
  /** Whose page it is. */
  owner?: string | null;
  label?: string | null;
  artUrl: string | null;
  mainGenre: string | null;
  tags: Tag[];
  /** Of its answer, to ask next time whether it has changed. */
  etag?: string | undefined;
  modified?: string | undefined;
}

/** A page that has not changed since it was read. */
export async function keepPage(db: Sql, id: number, at: Instant, nextAskAt: Instant): Promise<void> {
  await db`
    update page set read_at = ${at}, next_ask_at = ${nextAskAt}, attempts = 0, reason = null
    where id = ${id}`;
}

/** Stores what a page said, in place of what it said before. */
export async function storePage(
  sql: Transaction,
  id: number,
  read: PageRead,
  at: Instant,
  nextAskAt: Instant,
): Promise<void> {
  await takeLoadLock(sql);
  await sql`
    update page set
      title = ${read.title}, artist_name = ${read.artist}, place = ${read.place},
      published = ${read.published}, is_preorder = ${read.isPreorder ?? null},
      label = ${read.label ?? null},
      art_url = ${read.artUrl}, main_genre = ${read.mainGenre},
      etag = ${read.etag ?? null}, modified = ${read.modified ?? null},
      state = 'read', reason = null, attempts = 0, read_at = ${at}, next_ask_at = ${nextAskAt}
    where id = ${id}`;
  const where = placeOf(read.place ?? '');
  await sql`
    create temporary table told on commit drop as
    select id, url, 1 as n, seller_id, ${read.owner ?? null}::text as owner, ${read.place}::text as place,
      ${where.city}::text as city, ${where.region}::text as region, ${where.country}::text as country_code
    from page where id = ${id}`;
  await describeSellers(sql);
  const tags = [...new Map(read.tags.filter(tag => tag.key).map(tag => [tag.key, tag])).values()];
  const keys = tags.map(tag => tag.key);
  await sql`
    insert into tag (key, name, kind)
    select *
    from unnest(
      ${keys}::text[], ${tags.map(tag => tag.name)}::text[], ${tags.map(tag => tag.kind)}::text[]
    ) as t (key, name, kind)
    order by key
    on conflict do nothing`;
  await sql`
    create temporary table told_tag on commit drop as
    select ${id}::bigint as page_id, tag.id as tag_id,
      given.position::int as position, given.kind = 'place' as is_place
    from unnest(${keys}::text[], ${tags.map(tag => tag.kind)}::text[])
      with ordinality as given (key, kind, position)
    join tag on tag.key = given.key`;
  await replaceTags(sql);
  await sql`drop table told, told_tag`;
  await bumpDataVersion(sql);
}

export interface PageMark {
  state: 'new' | 'gone' | 'unreadable';
  reason: string;
  /** Failures in a row. */
  attempts: number;
  nextAskAt: Instant;
}

/**
 * A page that is gone or could not be read. One that was read before keeps what it said, unless it is gone.
 */
export async function markPage(
  db: Sql,
  id: number,
  { state, reason, attempts, nextAskAt }: PageMark,
): Promise<void> {
  await db`
    update page set
      state = case when state = 'read' and ${state} <> 'gone' then state else ${state} end,
      reason = ${reason}, attempts = ${attempts}, next_ask_at = ${nextAskAt}
    where id = ${id}`;
}
