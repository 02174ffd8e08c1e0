/** Gives stored artists the keys that a load would give them now, and merges those that have become one. */
import { artistKey, isVariousArtists, withoutGuests } from '../../core/artist.ts';
import { pipelined, type Transaction } from '../connect.ts';
import { KEYS } from '../sale-list-tables.ts';
import { copyToTemporary } from './copy.ts';
import { showCommonest, spellingsOf } from './spellings.ts';

interface Artist {
  id: number;
  key: string;
  /** The one it came with first. */
  spelling: string;
  various: boolean;
}

interface Plan {
  /** Rows that go, and those that take what they had. */
  merged: { from: number; into: Artist }[];
  /** As they are to be; their keys may be others' until those have gone. */
  renamed: Artist[];
  /** Whose key stays, and who are no one artist now, or are one. */
  revalued: Artist[];
  /** Artists whose sales count otherwise, or for others. */
  recounted: number[];
}

/** Rows of a cursor at a time; a database may have a million artists. */
const PIECE = 10_000;

/**
 * Returns how many rows changed, and the UTC days (`YYYY-MM-DD`) to be rebuilt. The caller holds the load's
 * lock and the names'.
 */
export async function rekeyArtists(sql: Transaction): Promise<{ artists: number; days: string[] }> {
  const plan = await planArtists(sql);
  const artists = plan.merged.length + plan.renamed.length + plan.revalued.length;
  if (artists === 0) return { artists, days: [] };
  const days = await sql<{ day: string }[]>`
    select distinct (at at time zone 'UTC')::date as day from sale
    where artist_id = any(${plan.recounted}::bigint[])
    order by day`;
  await moveSpellings(sql, plan);
  await mergeArtists(sql, plan);
  await renameArtists(sql, plan);
  await showCommonest(
    sql,
    [...plan.renamed, ...plan.merged.map(({ into }) => into)].map(({ id }) => ({ artistId: id })),
  );
  return { artists, days: days.map(({ day }) => day) };
}

/** The artist as a load would store it now. */
function asLoaded({ id, key, spelling, various }: Artist): Artist {
  const name = withoutGuests(spelling);
  const now = artistKey(name);
  // A name that shows nothing stands for the seller's, which differs from sale to sale.
  if (now === '') return { id, key, spelling, various };
  return { id, key: now, spelling: now === key ? spelling : name, various: isVariousArtists(name) };
}

async function planArtists(sql: Transaction): Promise<Plan> {
  const plan: Plan = { merged: [], renamed: [], revalued: [], recounted: [] };
  const moving: Artist[] = [];
  const rows = sql<Artist[]>`
    select id, key, first_spelling as spelling, various from artist order by id`;
  for await (const piece of rows.cursor(PIECE))
    for (const artist of piece) {
      const now = asLoaded(artist);
      if (now.various !== artist.various) plan.recounted.push(now.id);
      if (now.key !== artist.key) moving.push(now);
      else if (now.various !== artist.various) plan.revalued.push(now);
    }
  const holders = await holdersOf(sql, moving);
  for (const artist of moving) {
    const into = holders.get(artist.key);
    if (into) {
      plan.merged.push({ from: artist.id, into });
      plan.recounted.push(artist.id);
    } else {
      holders.set(artist.key, artist);
      plan.renamed.push(artist);
    }
  }
  return plan;
}

/** By key, those artists that have one of these keys and keep it. */
async function holdersOf(sql: Transaction, moving: readonly Artist[]): Promise<Map<string, Artist>> {
  const rows = await sql<Artist[]>`
    select id, key, first_spelling as spelling, various from artist
    where key = any(${moving.map(({ key }) => key)}::text[])
      and id <> all(${moving.map(({ id }) => id)}::bigint[])`;
  return new Map(rows.map(artist => [artist.key, artist]));
}

/** Counts the spellings of artists that move as those of the ones that stay. */
async function moveSpellings(sql: Transaction, { merged, renamed }: Plan): Promise<void> {
  const into = new Map(merged.map(one => [one.from, one.into]));
  for (const artist of renamed) into.set(artist.id, artist);
  const ids = [...into.keys()];
  const spelt = await sql<{ artistId: number; name: string; sales: number }[]>`
    select artist_id as "artistId", name, sales from (${spellingsOf(sql, ids)}) spelling`;
  const moved = new Map<string, { id: number; name: string; sales: number }>();
  for (const { artistId, sales, ...said } of spelt) {
    const { id, spelling } = into.get(artistId) as Artist;
    const name = withoutGuests(said.name);
    // The first spelling has what is left. A count is below 0 where sales are no longer kept.
    if (name === spelling || sales <= 0) continue;
    const known = moved.get(`${id} ${name}`);
    moved.set(`${id} ${name}`, { id, name, sales: sales + (known?.sales ?? 0) });
  }
  const all = [...moved.values()];
  await sql`delete from artist_spelling where artist_id = any(${ids}::bigint[])`;
  await sql`
    insert into artist_spelling (artist_id, name, sales)
    select * from unnest(
      ${all.map(({ id }) => id)}::bigint[],
      ${all.map(({ name }) => name)}::text[],
      ${all.map(({ sales }) => sales)}::bigint[]
    )
    on conflict (artist_id, md5(name)) do update set sales = artist_spelling.sales + excluded.sales`;
}

/** Gives the sales of merged artists to those that take them, and deletes the rest of them. */
async function mergeArtists(sql: Transaction, { merged }: Plan): Promise<void> {
  if (merged.length === 0) return;
  await copyToTemporary(
    sql,
    'merged_artist',
    { from_id: 'bigint', into_id: 'bigint' },
    merged.map(({ from, into }) => [from, into.id]),
  );
  await sql`analyze merged_artist`;
  for (const table of await salesTables(sql))
    await sql`
      update ${sql(table)} set artist_id = into_id from merged_artist where artist_id = from_id`;
  await mergeGivenUp(sql);
  await mergeHidden(sql);
  await sql`delete from artist using merged_artist where id = from_id`;
  await sql`drop table merged_artist`;
}

/** `sale`, and the months that were taken out of it: they refer to artists, too. */
async function salesTables(sql: Transaction): Promise<string[]> {
  const tables = await sql<{ name: string }[]>`
    select distinct pg_class.relname as name
    from pg_constraint
    join pg_class on pg_class.oid = conrelid
    where contype = 'f' and confrelid = 'artist'::regclass and conparentid = 0
      and conrelid <> 'artist_spelling'::regclass
    order by 1`;
  return tables.map(({ name }) => name);
}

/**
 * Merges the roll-ups of days whose sales are given up, which cannot be made anew. A checkout with records of
 * two spellings stays two.
 */
async function mergeGivenUp(sql: Transaction): Promise<void> {
  const isGivenUp = sql`day < (select (kept_from at time zone 'UTC')::date from retention)`;
  await sql`
    insert into artist_day as kept (day, artist_id, sales, counted, units, usd_cents, checkouts)
    select day, into_id, sum(sales), sum(counted), sum(units), sum(usd_cents), sum(checkouts)
    from artist_day join merged_artist on from_id = artist_id
    where ${isGivenUp}
    group by 1, 2
    on conflict (day, artist_id) do update
      set sales = kept.sales + excluded.sales, counted = kept.counted + excluded.counted,
        units = kept.units + excluded.units, usd_cents = kept.usd_cents + excluded.usd_cents,
        checkouts = kept.checkouts + excluded.checkouts`;
  const lists = Object.keys(KEYS).map(
    table => sql`
      update ${sql(table)} set artists = (
        select array_agg(coalesce(into_id, id)::int order by nth)
        from unnest(artists) with ordinality as each (id, nth) left join merged_artist on from_id = id
      )
      where ${isGivenUp}
        and exists (select from unnest(artists) as id where id in (select from_id from merged_artist))`,
  );
  await pipelined([
    sql`delete from artist_day using merged_artist where artist_id = from_id and ${isGivenUp}`,
    ...lists,
  ]);
}

/** Who was hidden stays so under the name that takes it. */
async function mergeHidden(sql: Transaction): Promise<void> {
  await sql`
    insert into hidden_subject (kind, id, reason, hidden_at)
    select kind, into_id, reason, hidden_at from hidden_subject join merged_artist on from_id = id
    where kind = 'artist' order by hidden_at
    on conflict do nothing`;
  await sql`delete from hidden_subject using merged_artist where kind = 'artist' and id = from_id`;
}

/** Under other keys first, since each may wait for another's. */
async function renameArtists(sql: Transaction, { renamed, revalued }: Plan): Promise<void> {
  // No key begins with a space.
  await sql`
    update artist set key = ' ' || id where id = any(${renamed.map(({ id }) => id)}::bigint[])`;
  await copyToTemporary(
    sql,
    'renamed_artist',
    { id: 'bigint', key: 'text', spelling: 'text', various: 'boolean' },
    [...renamed, ...revalued].map(({ id, key, spelling, various }) => [id, key, spelling, various]),
  );
  await sql`
    update artist set key = renamed.key, first_spelling = renamed.spelling, various = renamed.various
    from renamed_artist renamed where renamed.id = artist.id`;
  await sql`drop table renamed_artist`;
}
