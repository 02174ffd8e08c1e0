/** Stores what many pages said, set by set, without asking them. */

import { placeOf } from '../../core/places/place.ts';
import type { Tag } from '../../core/tags/tag.ts';
import type { Instant } from '../../core/time/instant.ts';
import { pipelined, type Sql, type Transaction } from '../connect.ts';
import { bumpDataVersion } from '../data-version.ts';
import { takeLoadLock, takeNamesLock } from '../load-lock.ts';
import { copyToTemporary, trustReferences } from './copy.ts';
import { replaceTags } from './page-tags.ts';
import { describeSellers } from './seller-facts.ts';
import { leaveTagsUnjudged } from './tag-kinds.ts';

export interface ToldPage {
  /** Normalised address. */
  page: string;
  seller: string;
  title: string | null;
  artist: string | null;
  place: string | null;
  published: Instant | null;
  /** Whose page it is. */
  owner?: string | null;
  label?: string | null;
  isPreorder?: boolean | null;
  tags: Tag[];
}

/**
 * Stores pages as read, in one transaction; of several records of one page the last. Returns how many pages
 * that changed. The records do not say when they were true: they replace other such records (`read_at` is
 * null), and never what the service itself read. It asks such a page itself from `nextAskAt` on.
 */
export async function storePageFacts(
  db: Sql,
  pages: readonly ToldPage[],
  { at, nextAskAt }: { at: Instant; nextAskAt: Instant },
): Promise<number> {
  const last = [...new Map(pages.map(page => [page.page, page])).values()];
  if (last.length === 0) return 0;
  return db.begin(async sql => {
    // As in storeSales: by index, whatever the statistics say.
    const settings = [trustReferences(sql), sql`set local enable_seqscan = off`];
    await pipelined([takeLoadLock(sql), takeNamesLock(sql), ...settings]);
    await stage(sql, last);
    const inserted = sql<{ id: number }[]>`
      insert into page (url, seller_id, title, artist_name, place, published, is_preorder, label, state,
        next_ask_at)
      select staged_page.url, seller.id, title, artist_name, staged_page.place, published, is_preorder,
        label, 'read', ${nextAskAt}
      from staged_page join seller using (host)
      where not exists (select from page where page.url = staged_page.url)
      returning id`;
    await pipelined([
      sql`
      insert into seller (host)
      select distinct host from staged_page
      where not exists (select from seller where seller.host = staged_page.host)
      order by host
      on conflict do nothing`,
      inserted,
      sql`
      create temporary table told on commit drop as
      select page.id, page.seller_id, staged_page.* from staged_page join page using (url)
      where page.state <> 'read' or page.read_at is null`,
      sql`
      insert into tag (key, name, kind)
      select distinct on (key) key, name, kind from staged_tag
      where not exists (select from tag where tag.key = staged_tag.key)
      order by key, name
      on conflict do nothing`,
      sql`
      create temporary table told_tag on commit drop as
      select told.id as page_id, tag.id as tag_id,
        min(staged_tag.position)::int as position, bool_or(staged_tag.kind = 'place') as is_place
      from told
      join staged_tag using (url)
      join tag using (key)
      group by 1, 2`,
    ]);
    const added = (await inserted).map(({ id }) => id);
    const changed = await replaceFacts(sql, nextAskAt, added);
    if (changed > 0) {
      await bumpDataVersion(sql);
      await leaveTagsUnjudged(sql, at);
    }
    return changed;
  });
}

async function stage(sql: Transaction, pages: readonly ToldPage[]): Promise<void> {
  await copyToTemporary(
    sql,
    'staged_page',
    {
      url: 'text',
      host: 'text',
      title: 'text',
      artist_name: 'text',
      place: 'text',
      published: 'timestamptz',
      is_preorder: 'boolean',
      owner: 'text',
      label: 'text',
      city: 'text',
      region: 'text',
      country_code: 'text',
      n: 'integer',
    },
    pages.map(({ page, seller, title, artist, place, published, isPreorder, owner, label }, n) => {
      const { city, region, country } = placeOf(place ?? '');
      return [
        page,
        seller,
        title,
        artist,
        place,
        published,
        isPreorder ?? null,
        owner ?? null,
        label ?? null,
        city,
        region,
        country,
        n,
      ];
    }),
  );
  await copyToTemporary(
    sql,
    'staged_tag',
    { url: 'text', key: 'text', name: 'text', kind: 'text', position: 'integer' },
    pages.flatMap(({ page, tags }) =>
      tags.flatMap(({ key, name, kind }, index) => (key ? [[page, key, name, kind, index + 1]] : [])),
    ),
  );
}

/**
 * Makes the pages of `told` say what they are told; returns how many said something else before, those that
 * were `added` among them.
 */
async function replaceFacts(sql: Transaction, nextAskAt: Instant, added: readonly number[]): Promise<number> {
  const retagged = await replaceTags(sql);
  await describeSellers(sql);
  const filled = await sql<{ id: number }[]>`
    update page set
      title = told.title, artist_name = told.artist_name, place = told.place, published = told.published,
      is_preorder = told.is_preorder, label = told.label,
      state = 'read', reason = null, attempts = 0, next_ask_at = ${nextAskAt}
    from told
    where page.id = told.id
      and (page.state, page.title, page.artist_name, page.place, page.published, page.is_preorder, page.label)
        is distinct from
          ('read', told.title, told.artist_name, told.place, told.published, told.is_preorder, told.label)
    returning page.id`;
  return new Set([...added, ...retagged, ...filled.map(({ id }) => id)]).size;
}
