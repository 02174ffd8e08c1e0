/** What tags that are no genres are: places by the word of their pages, styles by use, or others. */
import type { Ambient } from '../../ambient.ts';
import { DAY, type Instant } from '../../core/time/instant.ts';
import type { HasDb, Reader, Transaction } from '../connect.ts';
import { bumpDataVersion } from '../data-version.ts';
import { jobTime } from '../jobs.ts';
import { takeLoadLock } from '../load-lock.ts';
import { rollUpNewTags } from './rollups.ts';

/** A style is used by this many artists at least within the period, and so is more than one person's word. */
const STYLE_ARTISTS = 20;
const STYLE_PERIOD = 90 * DAY;

/** A job that stands in the table while tags wait to be judged after an import. */
const UNJUDGED = 'tags-unjudged';

/**
 * To be called where an import stores what tags are judged by, so that a kill before its end is made good by
 * the next import.
 */
export async function leaveTagsUnjudged(sql: Transaction, at: Instant): Promise<void> {
  await sql`insert into job (name, ran_at) values (${UNJUDGED}, ${at}) on conflict do nothing`;
}

/** Whether an import stored something after which tags were not judged. */
export const areTagsUnjudged = async (db: Reader): Promise<boolean> =>
  (await jobTime(db, UNJUDGED)) !== undefined;

/**
 * Judges every tag beyond Bandcamp's genres anew: a place where most of its pages take it for one, else a
 * style, else other. Styles are judged by the period before `asOf`, which is the present unless history is
 * loaded.
 */
export async function judgeTagKinds(
  { db, clock }: HasDb & Pick<Ambient, 'clock'>,
  asOf: Instant = clock.now(),
): Promise<void> {
  await db.begin(async sql => {
    await takeLoadLock(sql);
    const changed = await sql`
      with sold as (
        select distinct item_id, artist_id from sale where at >= ${asOf - STYLE_PERIOD}
      ), used as (
        select page_tag.tag_id
        from sold
        join item on item.id = sold.item_id
        join page_tag on page_tag.page_id = item.page_id
        join artist on artist.id = sold.artist_id
        where not artist.various
        group by 1 having count(distinct sold.artist_id) >= ${STYLE_ARTISTS}
      ), placed as (
        select tag_id from page_tag group by 1 having count(*) filter (where is_place) * 2 > count(*)
      ), judged as (
        select tag.id,
          case
            when placed.tag_id is not null then 'place'
            when used.tag_id is not null then 'style'
            else 'other'
          end as kind
        from tag left join used on used.tag_id = tag.id left join placed on placed.tag_id = tag.id
        where tag.kind <> 'genre'
      )
      update tag set kind = judged.kind from judged where judged.id = tag.id and judged.kind <> tag.kind`;
    const rolledUp = await rollUpNewTags(sql);
    await sql`delete from job where name = ${UNJUDGED}`;
    if (changed.count + rolledUp > 0) await bumpDataVersion(sql);
  });
}
