/** Sums of sales by subject over any windows: from the roll-ups where they are whole, from the sales at their edges. */

import { DAY, toIso } from '../core/instant.ts';
import { type Spans, spansOf } from '../core/spans.ts';
import type { Window } from '../core/window.ts';
import type { Fragment, Reader } from './connect.ts';
import { countrySales } from './sale-lists.ts';

/** What sums are by; `country` is the buyer's code, '' where it is unknown, and all others are ids. */
export type Subject = 'artist' | 'seller' | 'tag' | 'country';

const stretches = (db: Reader, windows: readonly { n: number; window: Window }[]): Fragment =>
  db`unnest(${windows.map(({ n }) => n)}::int[], ${windows.map(({ window }) => window.from)}::timestamptz[], ${windows.map(({ window }) => window.until)}::timestamptz[]) as w (n, from_at, until_at)`;

/** Each UTC day of these stretches of whole days, `YYYY-MM-DD`. */
export const daysIn = (parts: readonly { n: number; window: Window }[]): { n: number; day: string }[] =>
  parts.flatMap(({ n, window: { from, until } }) =>
    Array.from({ length: (until - from) / DAY }, (_, at) => ({ n, day: toIso(from + at * DAY).slice(0, 10) })),
  );

type Day = ReturnType<typeof daysIn>[number];

export const daysOf = (db: Reader, days: readonly Day[]): Fragment =>
  db`unnest(${days.map(({ n }) => n)}::int[], ${days.map(({ day }) => day)}::date[]) as w (n, day)`;

/** The days `w` of the roll-up `kept`, and between which these are: or the planner reads a year for a week. */
export const ofDays = (db: Reader, days: readonly Day[]): Fragment => {
  const sorted = days.map(({ day }) => day).sort();
  return db`kept.day = w.day and kept.day >= ${sorted[0] ?? null}::date and kept.day <= ${sorted.at(-1) ?? null}::date`;
};

/**
 * The sales of each of the stretches `w`, looked up by their instants: of a join the planner believes that it yields a ninth of all sales, and
 * reads whole tables for them. `offset 0` keeps it from making one of this.
 */
export const salesWithin = (db: Reader): Fragment =>
  db`lateral (select * from sale where sale.at >= w.from_at and sale.at < w.until_at offset 0) sale`;

/** So few stretches are asked for one by one: their bounds are known to the planner then, and what it leaves out. */
const FEW = 8;

/** What `one` selects of each stretch by its bounds; or of many of them `all` at once. */
export const eachOrAll = <S>(
  db: Reader,
  parts: readonly S[],
  one: (part: S) => Fragment,
  all: (parts: readonly S[]) => Fragment,
): Fragment =>
  parts.length > FEW || parts.length === 0
    ? all(parts)
    : parts.map(one).reduce((before, next) => db`${before} union all ${next}`);

/**
 * A query of rows `(n, subject, sales, counted, units, usd_cents)`, several for a subject, to be summed up: `n` is the window's index in
 * `windows`. With `country`, of that buyers' country alone.
 */
export function sumsBy(db: Reader, subject: Subject, windows: readonly Window[], country?: string): Fragment {
  const spans = windows.map((window, n) => ({ n, spans: spansOf(window) }));
  const only = (...kinds: (keyof Spans)[]) =>
    spans.flatMap(one => kinds.flatMap(kind => one.spans[kind].map(window => ({ n: one.n, window }))));
  const here = country === undefined ? db`` : db`and sale.country_code = ${country}`;
  const columns = db`sales, counted, units, usd_cents`;
  const byDay = (table: string, key: string, more = db``) =>
    eachOrAll(
      db,
      only('days'),
      ({ n, window }) => db`
        select ${n}::int as n, ${db(key)} as subject, ${columns} from ${db(table)} kept
        where day >= ${toIso(window.from).slice(0, 10)}::date and day < ${toIso(window.until).slice(0, 10)}::date ${more}`,
      parts => db`
        select w.n, ${db(key)} as subject, ${columns} from ${db(table)} kept join ${daysOf(db, daysIn(parts))} on ${ofDays(db, daysIn(parts))} ${more}`,
    );
  const ofSale = (key: string) =>
    db`${db(key)} as subject, 1 as sales, counted::int as counted, units, coalesce(amount_usd_cents, 0) as usd_cents`;
  const bySale = (key: string, parts: readonly { n: number; window: Window }[]) =>
    eachOrAll(
      db,
      parts,
      ({ n, window }) =>
        db`select ${n}::int as n, ${ofSale(key)} from sale where at >= ${window.from} and at < ${window.until} ${here}`,
      some =>
        db`select w.n, ${ofSale(key)} from ${stretches(db, some)} cross join ${salesWithin(db)} where true ${here}`,
    );
  const byTaggedSale = (parts: readonly { n: number; window: Window }[]) => db`
    select w.n, tag_id as subject, 1 as sales, counted::int as counted, units, coalesce(amount_usd_cents, 0) as usd_cents
    from ${stretches(db, parts)} cross join ${salesWithin(db)} cross join lateral (select page_id from item where item.id = sale.item_id offset 0) item
    cross join lateral (select tag_id from page_tag where page_tag.page_id = item.page_id offset 0) tagged join (select id from tag where rolled_up) tag on tag.id = tag_id`;
  /** `n` of these parts is the place in their list. */
  const byTagsOf = (buyers: string, parts: readonly { n: number; window: Window }[]) => db`
    select (${parts.map(({ n }) => n)}::int[])[sold.n + 1] as n, tag_id as subject, ${columns}
    from (
      select n, page_id, sum(sales)::int as sales, sum(counted)::int as counted, sum(units)::int as units, sum(usd_cents)::bigint as usd_cents
      from (${countrySales(
        db,
        buyers,
        parts.map(({ window }) => window),
        ['page_id', 'sales', 'counted', 'units', 'usd_cents'],
      )}) sold group by 1, 2
    ) sold join page_tag using (page_id) join (select id from tag where rolled_up) tag on tag.id = tag_id`;
  switch (subject) {
    case 'country':
      return db`
        select w.n, country_code as subject, ${columns} from ${stretches(db, only('days', 'hours'))} join country_hour on hour >= w.from_at and hour < w.until_at
          ${country === undefined ? db`` : db`and country_code = ${country}`}
        union all
        select n, coalesce(subject, ''), ${columns} from (${bySale('country_code', only('rest'))}) edges`;
    case 'tag':
      if (country !== undefined)
        return db`
          ${byDay('tag_day', 'tag_id', db`and country_code = ${country}`)}
          union all
          ${byTagsOf(country, only('hours', 'rest'))}`;
      return db`
        ${byDay('tag_day', 'tag_id', db`and country_code = ''`)}
        union all
        select w.n, tag_id, ${columns} from ${stretches(db, only('hours'))} join tag_hour on hour >= w.from_at and hour < w.until_at
        union all
        ${byTaggedSale(only('rest'))}`;
    default: {
      const key = `${subject}_id` as const;
      if (country !== undefined)
        return db`
          select n, ${db(key)} as subject, ${columns}
          from (${countrySales(db, country, windows, [key, 'sales', 'counted', 'units', 'usd_cents'])}) sold`;
      return db`
        ${byDay(`${subject}_day`, key)}
        union all
        ${bySale(key, only('hours', 'rest'))}`;
    }
  }
}
