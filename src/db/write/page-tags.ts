/** Gives pages other tags than they had, and moves their sales between the roll-ups of tags. */
import type { Transaction } from '../connect.ts';
import { moveRetagged } from './rollups.ts';

/**
 * Makes the pages of the temporary table `told (id)` have exactly the tags in `told_tag (page_id, tag_id,
 * position, is_place)`. Returns the pages that this changed. `inferred` tags are a guess until the page
 * itself has been read.
 */
export async function replaceTags(sql: Transaction, { inferred = false } = {}): Promise<number[]> {
  await sql`
    create temporary table retagged on commit drop as
    select page_id, tag_id, 1 as sign from told_tag
    where not exists (
      select from page_tag
      where page_tag.page_id = told_tag.page_id and page_tag.tag_id = told_tag.tag_id
    )
    union all
    select page_tag.page_id, page_tag.tag_id, -1 from told join page_tag on page_tag.page_id = told.id
    where not exists (
      select from told_tag
      where told_tag.page_id = page_tag.page_id and told_tag.tag_id = page_tag.tag_id
    )`;
  const changed = await sql<{ pageId: number }[]>`
    with dropped as (
      delete from page_tag using retagged
      where sign < 0 and page_tag.page_id = retagged.page_id and page_tag.tag_id = retagged.tag_id
      returning page_tag.page_id
    ), tagged as (
      insert into page_tag (page_id, tag_id, position, is_place, inferred)
      select page_id, tag_id, position, is_place, ${inferred} from told_tag order by page_id, tag_id
      on conflict (page_id, tag_id) do update
        set position = excluded.position, is_place = excluded.is_place, inferred = excluded.inferred
        where (page_tag.position, page_tag.is_place, page_tag.inferred)
          <> (excluded.position, excluded.is_place, excluded.inferred)
      returning page_id
    )
    select page_id as "pageId" from dropped union select page_id from tagged`;
  if (changed.length > 0) await moveRetagged(sql);
  await sql`drop table retagged`;
  return changed.map(({ pageId }) => pageId);
}
