/** What tags that are no genres are: places by the word of their pages, styles and names by their use. */
import type { Ambient } from '../../ambient.ts';
import { isUsed, kindOfTag, LEAST_ARTISTS, type TagKind, type TagUse } from '../../core/tags/tag-kind.ts';
import { DAY, type Instant } from '../../core/time/instant.ts';
import type { HasDb, Reader, Transaction } from '../connect.ts';
import { bumpDataVersion } from '../data-version.ts';
import { jobTime } from '../jobs.ts';
import { takeLoadLock } from '../load-lock.ts';
import { rollUpNewTags } from './rollups.ts';

/** The use of tags is counted over this long. */
const STYLE_PERIOD = 90 * DAY;
/** Sellers that are looked at for whether a tag is a name of theirs. */
const LARGEST = 5;

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

interface Judged extends TagUse {
  id: number;
  name: string;
  kind: TagKind;
  isPlace: boolean;
  /** False: nobody's in the period, and the use is null. */
  used: boolean;
}

/**
 * Tags beyond Bandcamp's genres that may be something else than they are stored as: those that were used, or
 * are no longer, and all of them with `every`, as after an import or with new lists of words.
 */
const tagsToJudge = (sql: Transaction, from: Instant, every: boolean) => sql<Judged[]>`
  with sold as (
    select distinct item_id, artist_id, seller_id from sale where at >= ${from}
  ), used as (
    select page_tag.tag_id, sold.artist_id, sold.seller_id, 
      bool_or(translate(artist.key, ' .''!', '') = translate(tag.key, ' .''!', '')) as is_artist
    from sold
    join item on item.id = sold.item_id
    join page_tag on page_tag.page_id = item.page_id
    join tag on tag.id = page_tag.tag_id and tag.kind <> 'genre'
    join artist on artist.id = sold.artist_id
    where not artist.various
    group by 1, 2, 3
  ), by_seller as (
    select tag_id, host, count(*) as artists,
      row_number() over (partition by tag_id order by count(*) desc, host) as place
    from used join seller on seller.id = seller_id
    group by tag_id, host
  ), sellers as (
    select tag_id, count(*) as sellers,
      json_agg(json_build_object('host', host, 'artists', artists) order by place)
        filter (where place <= ${LARGEST}) as largest
    from by_seller group by 1
  ), use as (
    select tag_id, count(distinct artist_id) as artists, bool_or(is_artist) as "isArtist"
    from used group by 1
  ), placed as (
    select tag_id from page_tag group by 1 having count(*) filter (where is_place) * 2 > count(*)
  )
  select tag.id, tag.name, tag.kind, placed.tag_id is not null as "isPlace", use.tag_id is not null as used,
    use.artists, use."isArtist", sellers.sellers, sellers.largest
  from tag
  left join use on use.tag_id = tag.id
  left join sellers on sellers.tag_id = tag.id
  left join placed on placed.tag_id = tag.id
  where tag.kind <> 'genre'
    and (
      ${every}
      or use.artists >= ${LEAST_ARTISTS}
      or tag.kind in ('style', 'descriptor', 'name')
      or (tag.kind = 'place') <> (placed.tag_id is not null)
    )`;

/**
 * Judges tags beyond Bandcamp's genres anew: a place where most of its pages take it for one, else a
 * descriptor, a style, a name or other (see `kindOfTag`). Use is counted over the period before `asOf`, which
 * is the present unless history is loaded. Styles are rolled up, and descriptors that as many artists use.
 */
export async function judgeTagKinds(
  { db, clock }: HasDb & Pick<Ambient, 'clock'>,
  asOf: Instant = clock.now(),
): Promise<void> {
  await db.begin(async sql => {
    await takeLoadLock(sql);
    const every = (await jobTime(sql, UNJUDGED)) !== undefined;
    const judged = (await tagsToJudge(sql, asOf - STYLE_PERIOD, every)).map(({ used, ...tag }) => ({
      ...tag,
      isUsed: isUsed(used ? tag : null),
      now: kindOfTag(tag.name, tag.isPlace, used ? tag : null),
    }));
    const changed = judged.filter(({ kind, now }) => now !== kind);
    await sql`
      update tag set kind = judged.kind
      from unnest(
        ${changed.map(({ id }) => id)}::bigint[], ${changed.map(({ now }) => now)}::text[]
      ) as judged (id, kind)
      where judged.id = tag.id`;
    const descriptors = judged.filter(tag => tag.isUsed && tag.now === 'descriptor');
    const rolledUp = await rollUpNewTags(
      sql,
      descriptors.map(({ id }) => id),
    );
    await sql`delete from job where name = ${UNJUDGED}`;
    if (changed.length + rolledUp > 0) await bumpDataVersion(sql);
  });
}
