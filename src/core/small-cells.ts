/**
 * Buyers are a country, never a person: which numbers could tell what one of them bought, and what stands in
 * their place. docs/threat-model.md says what this does not hide.
 */
import type { Column, Row } from './answer.ts';
import { DAY, HOUR } from './time/instant.ts';
import { lengthOf, type Window } from './time/window.ts';

/** Fewer checkouts than these can be one buyer's. */
export const LEAST_CHECKOUTS = 3;
/** As texts write the number of such a cell. */
export const FEW = '1–2';
/** As charts draw it: the most that it can be. */
const DRAWN_AS = LEAST_CHECKOUTS - 1;
/** On the day on which clocks are set back. */
const LONGEST_DAY = DAY + HOUR;

/** Whether a number of one artist, release or seller tells where it was bought, or on which day. */
export const isNarrow = ({ window, country }: { window: Window; country?: string | undefined }): boolean =>
  country !== undefined || lengthOf(window) <= LONGEST_DAY;

/** A number of sales, and whether it is too few checkouts' to be told. */
interface Counted {
  sales: number;
  few?: boolean;
}

/**
 * Whether what these cells hold together is too few checkouts'. How many each has is not known, so that two
 * cells of two checkouts each are taken for too few as well.
 */
export function areFew(cells: readonly Counted[]): boolean {
  const sold = cells.filter(({ sales }) => sales > 0);
  return sold.length > 0 && sold.length < LEAST_CHECKOUTS && sold.every(({ few }) => few);
}

/** Cells of a row; withheld where too few checkouts make them: null, and `<key>Small` says so. */
export const told = (few: boolean | undefined, cells: Row): Row =>
  few
    ? Object.fromEntries(
        Object.keys(cells).flatMap(key => [
          [key, null],
          [`${key}Small`, true],
        ]),
      )
    : cells;

/**
 * Columns of numbers of one artist, release or seller: texts round its money, and where the numbers are
 * narrow they can be withheld.
 * @param derived keys of numbers that are made of others: nothing stands in their place
 */
export const ofOne = (
  columns: readonly Column[],
  narrow: boolean,
  derived: readonly string[] = [],
): Column[] =>
  columns.map(column => {
    if (!['count', 'money', 'percent', 'change', 'ratio'].includes(column.kind)) return column;
    const text = column.kind === 'count' && !derived.includes(column.key) ? FEW : '';
    return {
      ...column,
      ...(column.kind === 'money' && { ofOne: true as const }),
      ...(narrow && { small: text }),
    };
  });

/** A point's height in a chart. */
export const drawn = (few: boolean | undefined, value: number): number => (few ? DRAWN_AS : value);

/** A chart that says how it draws what is withheld, where it draws such. */
export const sayingFew = <C extends { alt: string; caption: string }>(chart: C, hasFew: boolean): C =>
  hasFew
    ? {
        ...chart,
        alt: `${chart.alt} Of ${FEW} checkouts a value is drawn as ${DRAWN_AS}.`,
        caption: `${chart.caption}; of ${FEW} checkouts drawn as ${DRAWN_AS}`,
      }
    : chart;

/** What an answer says below its table: how its money is rounded, and what its "1–2" stand for. */
export function notesOnOne(columns: readonly Column[], rows: readonly Row[]): string[] {
  const withheld = columns.some(({ key, small }) => small && rows.some(row => row[`${key}Small`]));
  const rounded = columns.some(({ key, ofOne }) => ofOne && rows.some(row => row[key] !== null));
  return [
    ...(rounded ? ['Money is what buyers paid, before fees, rounded to two digits.'] : []),
    ...(withheld ? [`${FEW}: one or two purchases; more is not shown, to protect buyers.`] : []),
  ];
}
