/**
 * Gives stored tags the keys that a page would give them now: some become one, and a list of several becomes
 * each of them.
 */
import { classifyTag, type Tag } from '../../core/tags/tag.ts';
import { pipelined, type Transaction } from '../connect.ts';
import { copyToTemporary } from './copy.ts';
import { addTagged, moveRetagged, rollUpNewTags } from './rollups.ts';
import { saleListRows } from './sale-lists.ts';

interface StoredTag {
  id: number;
  key: string;
  name: string;
  kind: string;
  rolledUp: boolean;
}

interface Plan {
  /** Tags that get another key, and another name with it. */
  renamed: { id: number; tag: Tag }[];
  /** Tags that go, and each tag that takes their pages; `alone`: it is the only one. */
  moved: { from: StoredTag; tag: Tag; alone: boolean }[];
}

/** Rows of a cursor at a time. */
const PIECE = 10_000;

/** Returns how many rows changed. The caller holds the load's lock and the names'. */
export async function rekeyTags(sql: Transaction): Promise<number> {
  const { renamed, moved } = await planTags(sql);
  const from = [...new Set(moved.map(move => move.from.id))];
  // Under other keys first, since each may wait for another's. No key begins with a space.
  await sql`
    update tag set key = ' ' || id
    where id = any(${[...from, ...renamed.map(({ id }) => id)]}::bigint[])`;
  await renameTags(sql, renamed);
  if (from.length > 0) await mergeTags(sql, moved, from);
  return renamed.length + from.length;
}

/** What a page would make of the tag; a place is some page's own, whatever it means elsewhere. */
const tagsOf = ({ name, kind }: StoredTag): Tag[] =>
  classifyTag(name, { place: kind === 'place' ? name : null }).filter(({ key }) => key !== '');

async function planTags(sql: Transaction): Promise<Plan> {
  const changed: { from: StoredTag; tags: Tag[] }[] = [];
  const rows = sql<StoredTag[]>`
    select id, key, name, kind, rolled_up as "rolledUp" from tag where kind <> 'genre' order by id`;
  for await (const piece of rows.cursor(PIECE))
    for (const from of piece) {
      const tags = tagsOf(from);
      if (tags.some(({ key }) => key !== from.key)) changed.push({ from, tags });
    }
  const taken = await takenKeys(sql, changed);
  const plan: Plan = { renamed: [], moved: [] };
  for (const { from, tags } of changed) {
    const [tag] = tags;
    if (tag && tags.length === 1 && !taken.has(tag.key)) {
      taken.add(tag.key);
      plan.renamed.push({ id: from.id, tag });
    } else for (const one of tags) plan.moved.push({ from, tag: one, alone: tags.length === 1 });
  }
  return plan;
}

/** Those of the new keys that tags have which keep them. */
async function takenKeys(
  sql: Transaction,
  changed: readonly { from: StoredTag; tags: Tag[] }[],
): Promise<Set<string>> {
  const rows = await sql<{ key: string }[]>`
    select key from tag
    where key = any(${changed.flatMap(({ tags }) => tags.map(({ key }) => key))}::text[])
      and id <> all(${changed.map(({ from }) => from.id)}::bigint[])`;
  return new Set(rows.map(({ key }) => key));
}

const renameTags = (sql: Transaction, renamed: Plan['renamed']) => sql`
  update tag set key = renamed.key, name = renamed.name
  from unnest(
    ${renamed.map(({ id }) => id)}::bigint[],
    ${renamed.map(({ tag }) => tag.key)}::text[],
    ${renamed.map(({ tag }) => tag.name)}::text[]
  ) as renamed (id, key, name)
  where tag.id = renamed.id`;

/** Moves what the tags `from` have to the tags that they are now, and deletes them. */
async function mergeTags(sql: Transaction, moved: Plan['moved'], from: readonly number[]): Promise<void> {
  await nameMoves(sql, moved);
  await movePages(sql);
  const rolledUp = moved.filter(move => move.from.rolledUp).map(move => move.from.id);
  await rollUpTakers(sql, rolledUp);
  if (rolledUp.length > 0) await moveRollUps(sql, rolledUp);
  await moveReferences(sql);
  await pipelined([
    sql`delete from page_tag where tag_id = any(${from}::bigint[])`,
    sql`delete from trend_call where tag_id = any(${from}::bigint[])`,
    sql`delete from tag_alias where tag_id = any(${from}::bigint[])`,
    sql`delete from genre_parent where tag_id = any(${from}::bigint[]) or parent_id = any(${from}::bigint[])`,
    sql`delete from tag where id = any(${from}::bigint[])`,
    sql`drop table moved_tag`,
  ]);
}

/** Fills `moved_tag (from_id, into_id, alone, is_place)`; stores the tags that are new. */
async function nameMoves(sql: Transaction, moved: Plan['moved']): Promise<void> {
  await copyToTemporary(
    sql,
    'named_tag',
    { from_id: 'bigint', key: 'text', name: 'text', kind: 'text', alone: 'boolean' },
    moved.map(({ from, tag: { key, name, kind }, alone }) => [from.id, key, name, kind, alone]),
  );
  await sql`
    insert into tag (key, name, kind)
    select distinct on (key) key, name, kind from named_tag
    order by key, name
    on conflict do nothing`;
  await sql`
    create temporary table moved_tag on commit drop as
    select from_id, tag.id as into_id, alone, named_tag.kind = 'place' as is_place
    from named_tag join tag using (key)`;
  await sql`drop table named_tag`;
}

/** Gives the pages their new tags beside the old ones. */
async function movePages(sql: Transaction): Promise<void> {
  await sql`
    create temporary table retagged on commit drop as
    select page_id, into_id as tag_id, 1 as sign, min(position) as position,
      bool_or(case when alone then page_tag.is_place else moved_tag.is_place end) as is_place,
      bool_and(inferred) as inferred
    from moved_tag join page_tag on page_tag.tag_id = from_id
    where not exists (
      select from page_tag other where other.page_id = page_tag.page_id and other.tag_id = into_id
    )
    group by page_id, into_id`;
  await sql`
    insert into page_tag (page_id, tag_id, position, is_place, inferred)
    select page_id, tag_id, position, is_place, inferred from retagged order by page_id, tag_id`;
  await moveRetagged(sql);
  await sql`drop table retagged`;
}

/** What takes all of a tag that was summed up is summed up, too. */
async function rollUpTakers(sql: Transaction, rolledUp: readonly number[]): Promise<void> {
  await sql`
    update tag set kind = 'style' from moved_tag join tag old on old.id = from_id
    where tag.id = into_id and alone and old.kind = 'style' and tag.kind = 'other'`;
  const takers = await sql<{ id: number }[]>`
    select distinct into_id as id from moved_tag where alone and from_id = any(${rolledUp}::bigint[])`;
  await rollUpNewTags(
    sql,
    takers.map(({ id }) => id),
  );
}

/**
 * Deletes the roll-ups of these tags. On days whose sales are given up the lists of sales tell what the tags
 * that take them did not have yet.
 */
async function moveRollUps(sql: Transaction, from: readonly number[]): Promise<void> {
  const sales = sql`(${saleListRows(sql, 'tag_sale', 'public')})`;
  await sql`
    create temporary table tagged on commit drop as
    select distinct day::timestamp at time zone 'UTC' + second * interval '1 second' as at,
      date_trunc('hour', day::timestamp at time zone 'UTC' + second * interval '1 second', 'UTC') as hour,
      day, coalesce(country_of_number(country), '') as country_code, into_id as tag_id, page_id,
      type::text as type, artist_id, seller_id, sales, counted, units, usd_cents
    from ${sales} sold
    join moved_tag on from_id = sold.tag_id
    join tag on tag.id = into_id and tag.rolled_up
    where day < (select (kept_from at time zone 'UTC')::date from retention)
      and sold.tag_id = any(${from}::bigint[])
      and not exists (
        select from tag_sale other
        cross join lateral unnest(other.seconds, other.pages, other.types)
          as entry (second, page_id, type)
        where other.tag_id = into_id and other.day = sold.day and entry.second = sold.second
          and entry.page_id = sold.page_id and entry.type = sold.type
      )`;
  await pipelined(addTagged(sql, 'public'));
  await sql`drop table tagged`;
  for (const table of ['tag_hour', 'tag_day', 'tag_origin_day', 'tag_sale'])
    await sql`delete from ${sql(table)} where tag_id = any(${from}::bigint[])`;
}

/** Calls and aliases go to the tag that takes all of another; a call of the same day stays. */
const moveReferences = (sql: Transaction): Promise<unknown> =>
  pipelined([
    sql`
    insert into trend_call (day, tag_id, lift, low, high)
    select day, into_id, lift, low, high from trend_call join moved_tag on tag_id = from_id
    where alone
    order by day, from_id
    on conflict do nothing`,
    sql`
    update tag_alias set tag_id = into_id from moved_tag where tag_id = from_id and alone`,
  ]);
