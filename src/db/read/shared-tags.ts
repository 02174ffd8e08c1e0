/** Artists who sell music of the same tags. */
import { DAY } from '../../core/time/instant.ts';
import { lengthOf, type Window } from '../../core/time/window.ts';
import type { Reader } from '../connect.ts';
import { unlistedArtists } from './listed.ts';
import { isMusic } from './music-tags.ts';
import { tagSales } from './sale-lists.ts';

/** The artist's newest sales, whose pages say the tags. */
const NEWEST_SALES = 50;
/** Tags that are compared: the rarer ones among those that most of these sales have. */
const TAGS = 4;
/** Sales of each tag that are looked at, about: the newest. */
const SALES_OF_TAG = 10_000;

interface OwnTag {
  id: number;
  name: string;
  /** Of the artist's newest sales those with this tag, and the logarithm of how rare it is among all. */
  part: number;
  rarity: number;
  /** Days that hold `SALES_OF_TAG`. */
  days: number;
}

export interface LikeArtist {
  id: number;
  /** Names, the one that says most first. */
  tags: string[];
}

/** The artists who share most of an artist's tags, rare ones weighing more; of as many the larger first. */
export async function artistsOfSameTags(
  db: Reader,
  artistId: number,
  window: Window,
  limit: number,
): Promise<LikeArtist[]> {
  const own = await ownTags(db, artistId, window);
  if (own.length === 0) return [];
  const sold = await Promise.all(own.map(tag => sellersOfTag(db, tag, artistId, window)));
  const found = new Map<number, { score: number; sales: number; tags: string[] }>();
  for (const [at, tag] of own.entries())
    for (const { id, sales } of sold[at] ?? []) {
      const known = found.get(id) ?? { score: 0, sales: 0, tags: [] };
      known.score += tag.part * tag.rarity;
      known.sales += sales;
      found.set(id, { ...known, tags: [...known.tags, tag.name] });
    }
  return [...found]
    .map(([id, one]) => ({ id, ...one }))
    .sort((a, b) => b.score - a.score || b.sales - a.sales || a.id - b.id)
    .slice(0, limit)
    .map(({ id, tags }) => ({ id, tags }));
}

/** By how much they say: part × rarity (the weights of tf-idf, Spärck Jones 1972). */
async function ownTags(db: Reader, artistId: number, window: Window): Promise<OwnTag[]> {
  const rows = await db<{ id: number; name: string; own: number; all: number; sold: number }[]>`
    with newest as materialized (
      select item_id from sale where artist_id = ${artistId} and at < ${window.until}
      order by at desc limit ${NEWEST_SALES}
    ), own as materialized (
      select tag_id, count(*) as own
      from newest join item on item.id = item_id join page_tag using (page_id) group by 1
    ), sold as (
      select tag_id, sum(sales)::bigint as sold from tag_day
      where country_code = '' and tag_id in (select tag_id from own)
        and day >= (${window.from}::timestamptz at time zone 'UTC')::date
        and day <= (${window.until}::timestamptz at time zone 'UTC')::date
      group by 1
    )
    select tag.id, tag.name, own, sold, (
      select coalesce(sum(sales), 0)::bigint from country_hour
      where hour >= date_trunc('day', ${window.from}::timestamptz, 'UTC') and hour < ${window.until}
    ) as "all"
    from own join tag on tag.id = tag_id and ${isMusic(db)} join sold using (tag_id)
    where sold > 0`;
  const most = Math.max(...rows.map(({ own }) => own));
  return rows
    .map(({ id, name, own, all, sold }) => ({
      id,
      name,
      part: own / most,
      rarity: Math.max(0, Math.log(all / sold)),
      days: Math.ceil((lengthOf(window) / DAY) * Math.min(1, SALES_OF_TAG / sold)),
    }))
    .sort((a, b) => b.part * b.rarity - a.part * a.rarity || a.id - b.id)
    .slice(0, TAGS);
}

const sellersOfTag = (
  db: Reader,
  { id, days }: OwnTag,
  artistId: number,
  { until }: Window,
): Promise<{ id: number; sales: number }[]> => db<{ id: number; sales: number }[]>`
  select artist_id as id, sum(sales)::bigint as sales
  from (${tagSales(db, [id], [{ from: until - days * DAY, until }], ['artist_id', 'sales'])}) sold
  where artist_id <> ${artistId} and artist_id <> all (${unlistedArtists(db)})
  group by 1 having sum(sales) > 0`;
