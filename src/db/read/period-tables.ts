/** Windows as what roll-ups and sales are asked for: stretches of whole days and hours, and the rest. */
import { DAY, HOUR, type Instant, utcDay } from '../../core/time/instant.ts';
import { type Spans, spansOf } from '../../core/time/whole-periods.ts';
import type { Window } from '../../core/time/window.ts';
import type { Fragment, Reader } from '../connect.ts';

/** A stretch of a window; `n` is the window's place in its list. */
export interface Part {
  n: number;
  window: Window;
}

/** The stretches of the windows, by their kinds. */
export function partsIn(windows: readonly Window[]): (...kinds: (keyof Spans)[]) => Part[] {
  const spans = windows.map(spansOf);
  return (...kinds) =>
    spans.flatMap((one, n) => kinds.flatMap(kind => one[kind].map(window => ({ n, window }))));
}

/** As a table `w (n, from_at, until_at)`. */
export const stretches = (db: Reader, parts: readonly Part[]): Fragment => db`
  unnest(
    ${parts.map(({ n }) => n)}::int[],
    ${parts.map(({ window }) => window.from)}::timestamptz[],
    ${parts.map(({ window }) => window.until)}::timestamptz[]
  ) as w (n, from_at, until_at)`;

/** Windows as they are, as the table `w`. */
export const wholeWindows = (db: Reader, windows: readonly Window[]): Fragment =>
  stretches(
    db,
    windows.map((window, n) => ({ n, window })),
  );

/** The beginnings of the units that these stretches are made of. */
const unitsOf = (parts: readonly Part[], unit: number): { n: number; at: Instant }[] =>
  parts.flatMap(({ n, window: { from, until } }) =>
    Array.from({ length: (until - from) / unit }, (_, step) => ({ n, at: from + step * unit })),
  );

/** The UTC days of stretches of whole days, as a table `w (n, day)`. */
export const daysOf = (db: Reader, parts: readonly Part[]): Fragment => {
  const days = unitsOf(parts, DAY);
  return db`
    unnest(${days.map(({ n }) => n)}::int[], ${days.map(({ at }) => utcDay(at))}::date[]) as w (n, day)`;
};

/** The hours of stretches of whole hours, as a table `w (n, hour)`. */
export const hoursOf = (db: Reader, parts: readonly Part[]): Fragment => {
  const hours = unitsOf(parts, HOUR);
  return db`
    unnest(${hours.map(({ n }) => n)}::int[], ${hours.map(({ at }) => at)}::timestamptz[]) as w (n, hour)`;
};

/**
 * The sales of each of the stretches `w`, looked up by their instants: of a join the planner believes that it
 * yields a ninth of all sales, and reads whole tables for them. `offset 0` keeps it from making one of this.
 */
export const salesWithin = (db: Reader): Fragment =>
  db`lateral (select * from sale where sale.at >= w.from_at and sale.at < w.until_at offset 0) sale`;

/**
 * So few stretches are asked for one by one: their bounds are known to the planner then, and what it leaves
 * out.
 */
const FEW = 8;

/** Rows `n` and these columns of sales in the stretches. */
export const fromSales = (
  db: Reader,
  parts: readonly Part[],
  columns: Fragment,
  more: Fragment = db``,
): Fragment =>
  isFew(parts)
    ? together(
        db,
        parts.map(
          ({ n, window: { from, until } }) =>
            db`select ${n}::int as n, ${columns} from sale where at >= ${from} and at < ${until} ${more}`,
        ),
      )
    : db`
      select w.n, ${columns} from ${stretches(db, parts)} cross join ${salesWithin(db)}
      where true ${more}`;

/** Rows `n` and these columns of a roll-up by day, in stretches of whole days. */
export function fromDays(
  db: Reader,
  table: string,
  parts: readonly Part[],
  columns: Fragment,
  more: Fragment = db``,
): Fragment {
  if (isFew(parts))
    return together(
      db,
      parts.map(
        ({ n, window: { from, until } }) =>
          db`
            select ${n}::int as n, ${columns} from ${db(table)} kept
            where day >= ${utcDay(from)}::date and day < ${utcDay(until)}::date ${more}`,
      ),
    );
  // Between which days these are: or the planner reads a year for a month.
  const [first, last] = [
    Math.min(...parts.map(({ window }) => window.from)),
    Math.max(...parts.map(({ window }) => window.until)),
  ];
  const between =
    parts.length === 0
      ? db`false`
      : db`kept.day >= ${utcDay(first)}::date and kept.day < ${utcDay(last)}::date`;
  return db`
    select w.n, ${columns} from ${db(table)} kept join ${daysOf(db, parts)} on kept.day = w.day
    where ${between} ${more}`;
}

const isFew = (parts: readonly Part[]): boolean => parts.length > 0 && parts.length <= FEW;

const together = (db: Reader, queries: readonly Fragment[]): Fragment =>
  queries.reduce((all, next) => db`${all} union all ${next}`);
