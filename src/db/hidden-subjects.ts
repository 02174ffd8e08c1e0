/**
 * Artists, sellers and pages that no face shows: the operator's decisions. Everything that names subjects
 * leaves them out by `db/read/listed.ts`; their sales stay in all sums.
 */
import { normalisePage } from '../core/address.ts';
import { artistKey } from '../core/artist.ts';
import type { Instant } from '../core/time/instant.ts';
import type { Reader, Sql, Transaction } from './connect.ts';
import { assertSchemaKnown } from './known-schema.ts';

export const HIDDEN_KINDS = ['artist', 'seller', 'page'] as const;
export type HiddenKind = (typeof HIDDEN_KINDS)[number];

export interface Hideable {
  id: number;
  /** An artist's name, a seller's host, a page's address. */
  name: string;
}

export interface HiddenSubject extends Hideable {
  kind: HiddenKind;
  reason: string;
  hiddenAt: Instant;
}

/** A host or an address, with or without its scheme. */
const addressIn = (text: string) => normalisePage(`//${text.replace(/^(?:https?:)?\/\//i, '')}`);
const hostIn = (text: string): string => addressIn(text)?.seller ?? text;
const pageIn = (text: string): string => addressIn(text)?.page ?? text;

/** What has exactly this name, host or address; else what has this id. */
export async function findHideable(
  db: Reader,
  kind: HiddenKind,
  asked: string,
): Promise<Hideable | undefined> {
  const named = {
    artist: db`select id, name from artist where key = ${artistKey(asked)} and not various`,
    seller: db`select id, host as name from seller where host = ${hostIn(asked)}`,
    page: db`select id, url as name from page where url = ${pageIn(asked)}`,
  }[kind];
  const [found] = await db<Hideable[]>`${named}`;
  if (found || !/^\d{1,15}$/.test(asked)) return found;
  const byId = {
    artist: db`select id, name from artist where id = ${asked} and not various`,
    seller: db`select id, host as name from seller where id = ${asked}`,
    page: db`select id, url as name from page where id = ${asked}`,
  }[kind];
  const [one] = await db<Hideable[]>`${byId}`;
  return one;
}

/** Raises the data's version, and gives nothing any more that was made of older data. */
const outdateAll = (sql: Transaction) => sql`
  update data_version set version = version + 1, least = version + 1`;

/**
 * Hides it, or gives it another reason.
 * @throws UserError where a newer version has migrated the database
 */
export async function hideSubject(
  db: Sql,
  { kind, id, reason, hiddenAt }: Omit<HiddenSubject, 'name'>,
): Promise<void> {
  await assertSchemaKnown(db);
  await db.begin(async sql => {
    await sql`
      insert into hidden_subject (kind, id, reason, hidden_at)
      values (${kind}, ${id}, ${reason}, ${hiddenAt})
      on conflict (kind, id) do update set reason = excluded.reason`;
    await outdateAll(sql);
  });
}

/**
 * Shows it again; false where it was not hidden.
 * @throws UserError where a newer version has migrated the database
 */
export async function unhideSubject(db: Sql, kind: HiddenKind, id: number): Promise<boolean> {
  await assertSchemaKnown(db);
  return db.begin(async sql => {
    const removed = await sql`delete from hidden_subject where kind = ${kind} and id = ${id}`;
    if (removed.count > 0) await outdateAll(sql);
    return removed.count > 0;
  }) as Promise<boolean>;
}

/** All that is hidden, the newest first. */
export const hiddenSubjects = (db: Reader): Promise<HiddenSubject[]> => db<HiddenSubject[]>`
  select hidden.kind, hidden.id, hidden.reason, hidden_at as "hiddenAt",
    coalesce(artist.name, seller.host, page.url, '') as name
  from hidden_subject hidden
  left join artist on kind = 'artist' and artist.id = hidden.id
  left join seller on kind = 'seller' and seller.id = hidden.id
  left join page on kind = 'page' and page.id = hidden.id
  order by hidden_at desc, kind, id`;

/**
 * Whether an artist of this name, the seller of this name or address, or the page at this address is hidden,
 * or the page's seller is.
 */
export async function isHidden(db: Reader, kind: HiddenKind, asked: string): Promise<boolean> {
  const found = {
    artist: db`
      select from artist join hidden_subject using (id)
      where kind = 'artist' and key = ${artistKey(asked)}`,
    seller: db`
      select from seller join hidden_subject using (id)
      where kind = 'seller'
        and (host in (${hostIn(asked)}, ${`${asked}.bandcamp.com`}) or lower(name) = lower(${asked}))`,
    page: db`
      select from page join hidden_subject hidden
        on hidden.kind = 'page' and hidden.id = page.id
        or hidden.kind = 'seller' and hidden.id = page.seller_id
      where url = ${pageIn(asked)}`,
  }[kind];
  return (await db`${found}`).length > 0;
}
