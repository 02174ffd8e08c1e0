/** Which tags are styles: no genre, no place, and used by enough artists lately to be more than one person's word. */
import { DAY } from '../core/instant.ts';
import type { Deps } from '../deps.ts';
import { bumpDataVersion } from './data-version.ts';

export const STYLE_ARTISTS = 20;
export const STYLE_PERIOD = 90 * DAY;

/** Makes styles of the tags that at least 20 artists sold under in 90 days, and others of those that no longer are. */
export async function refreshStyles({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<void> {
  await db.begin(async sql => {
    const changed = await sql`
      with used as (
        select page_tag.tag_id
        from sale join item on item.id = sale.item_id join page_tag on page_tag.page_id = item.page_id join artist on artist.id = sale.artist_id
        where sale.at >= ${clock.now() - STYLE_PERIOD} and not artist.various
        group by 1 having count(distinct sale.artist_id) >= ${STYLE_ARTISTS}
      ), judged as (
        select tag.id, case when used.tag_id is null then 'other' else 'style' end as kind
        from tag left join used on used.tag_id = tag.id where tag.kind in ('style', 'other')
      )
      update tag set kind = judged.kind from judged where judged.id = tag.id and judged.kind <> tag.kind`;
    if (changed.count > 0) await bumpDataVersion(sql);
  });
}
