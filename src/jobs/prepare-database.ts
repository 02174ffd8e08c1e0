/**
 * Makes a database ready for this version of the service: its schema, then Bandcamp's genres, the keys of
 * what is stored and which sales count; what other code kept is forgotten.
 */
import type { Ambient } from '../ambient.ts';
import { genres } from '../core/tags/genres.ts';
import { CODE_VERSION } from '../db/code-version.ts';
import type { HasDb, Reader } from '../db/connect.ts';
import { bumpDataVersion } from '../db/data-version.ts';
import { takeLoadLock } from '../db/load-lock.ts';
import { type Migrated, migrate } from '../db/migrate.ts';
import { forgetStandings } from '../db/read/artist-standing.ts';
import { rekey } from '../db/write/rekey.ts';
import { rollUpNewTags } from '../db/write/rollups.ts';
import { placeSellers } from '../db/write/seller-facts.ts';
import { rebuildStale } from './rebuild.ts';

/** @throws UserError as `migrate` does */
export async function prepareDatabase(deps: HasDb & Pick<Ambient, 'log'>): Promise<Migrated> {
  const migrated = await migrate(deps);
  await storeGenres(deps);
  const rekeyed = await rekey(deps.db);
  if (rekeyed && rekeyed.artists + rekeyed.tags > 0) deps.log.info('rekeyed', { ...rekeyed });
  await rebuildStale(deps);
  await placeSellers(deps.db);
  await forgetStandings(deps.db, CODE_VERSION);
  return migrated;
}

/**
 * A tag that pages used before it came into Bandcamp's list becomes a genre too. Runs at every start; writes
 * only what differs.
 */
async function storeGenres({ db }: HasDb): Promise<void> {
  const all = [...genres.values()];
  const pairs = all.flatMap(({ key, parents }) => parents.map(parent => ({ key, parent })));
  if (await hasGenres(db, all, pairs)) return;
  await db.begin(async sql => {
    await takeLoadLock(sql);
    const tags = await sql`
      insert into tag (key, name, kind)
      select key, name, 'genre'
      from unnest(
        ${all.map(genre => genre.key)}::text[], ${all.map(genre => genre.name)}::text[]
      ) as g (key, name)
      order by key
      on conflict (key) do update set name = excluded.name, kind = 'genre'
        where (tag.name, tag.kind) is distinct from (excluded.name, excluded.kind)`;
    const parents = await sql`
      insert into genre_parent (tag_id, parent_id)
      select child.id, parent.id
      from unnest(
        ${pairs.map(pair => pair.key)}::text[], ${pairs.map(pair => pair.parent)}::text[]
      ) as p (key, parent_key)
      join tag child on child.key = p.key
      join tag parent on parent.key = p.parent_key
      on conflict do nothing`;
    const rolledUp = await rollUpNewTags(sql);
    if (tags.count + parents.count + rolledUp > 0) await bumpDataVersion(sql);
  });
}

/** Asked before the load's lock is taken, so that a start does not wait for a load. */
async function hasGenres(
  db: Reader,
  all: readonly { key: string; name: string }[],
  pairs: readonly unknown[],
): Promise<boolean> {
  const [row] = await db<{ tags: number; parents: number; waiting: boolean }[]>`
    select
      (
        select count(*)
        from unnest(
          ${all.map(({ key }) => key)}::text[], ${all.map(({ name }) => name)}::text[]
        ) as g (key, name)
        join tag on tag.key = g.key and tag.name = g.name and tag.kind = 'genre'
      ) as tags,
      (select count(*) from genre_parent) as parents,
      exists (select from tag where kind in ('genre', 'style') and not rolled_up) as waiting`;
  return row !== undefined && row.tags === all.length && row.parents >= pairs.length && !row.waiting;
}
