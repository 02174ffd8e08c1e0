/**
 * The neutral form of every answer: each face (chat, web, PDF, text, CSV, JSON) renders this and nothing
 * else.
 */
import type { ChartSpec } from './chart-spec.ts';
import type { SubjectKind } from './subject.ts';

/**
 * `money` is integer minor units of the column's currency; `price` the same, of which 0 is "name your price";
 * `ratio` a factor (1.6 → 1.6×); `percent` and `change` fractions.
 */
type ColumnKind =
  | 'text'
  | 'link'
  | 'count'
  | 'ratio'
  | 'money'
  | 'price'
  | 'percent'
  | 'change'
  | 'date'
  | 'instant'
  | 'country'
  | 'genre'
  | 'verdict'
  | 'reason'
  | 'concentration';

export interface Column {
  key: string;
  label: string;
  kind: ColumnKind;
  /** ISO 4217, with kinds `money` and `price`; without it each row says its own in `<key>Currency`. */
  currency?: string;
  /**
   * Where it is shown, if not everywhere: `wide`, where a table has room for many columns; `data`, to
   * programs alone (JSON, CSV).
   */
  only?: 'wide' | 'data';
  /** What the cells stand for; `row` where each row says so itself, in `<key>Subject`. */
  subject?: SubjectKind | 'row';
  /** Money of one artist, release or seller: texts round it to two significant digits. */
  ofOne?: true;
  /**
   * Its cells can be withheld (see small-cells.ts): null then, with `<key>Small: true`. What texts say in
   * their place; '' for nothing.
   */
  small?: string;
}

/** How an artist rose. */
export type Rise = {
  /** ISO instant of the first day of the rise; null where no single day begins it. */
  since: string | null;
  /** Sales a day: before that, and on the last days. Null where `since` is. */
  from: number | null;
  to: number | null;
  /** Of the buyers, in the window. */
  countries: number;
};

/** In what sales are concentrated: in one country, in one hour, or in so few that count. */
export type ConcentratedBy = 'country' | 'hour' | 'counted';

/** How narrow the sales of a window are. */
export type Concentration = {
  /** Of the sales `seen`: of a genre those that count for trends, of an artist the checkouts. */
  counted: number;
  seen: number;
  /** Of all sales. Null where fewer than three checkouts make it. `at`: ISO instant, the hour's beginning. */
  busiestHour: { at: string; sales: number; share: number } | null;
  /** The same, of the buyers' country; null as well where only one country was asked for. */
  firstCountry: { code: string; sales: number; share: number } | null;
  concentrated: boolean;
  concentratedBy: ConcentratedBy[];
};

/** Why an artist is called emerging, of kind `reason`: as data, which faces put into words. */
export type Reason = Rise & Concentration;

/**
 * A link's address stands in `<key>Url`, the id of a subject in `<key>Id`: an artist's or a release's number,
 * a genre's name, a country's code, a seller's host. `verdict` is one of `Verdict`. `date` and `instant` (to
 * the minute) are ISO instants, `country` a lower-case ISO 3166-1 code.
 */
export type CellValue = string | number | true | Reason | Concentration | null;
export type Row = Record<string, CellValue>;

export interface FollowUp {
  label: string;
  question: string;
  /** Raw parameters, as a person would give them. */
  params: Record<string, string>;
}

export interface Answer {
  question: string;
  /** The parameters as understood, in the form that asks the same again. */
  params: Record<string, string>;
  /** Without a mark of simulated data: see `SIMULATED`. */
  title: string;
  /** The data come from a simulation. */
  simulated?: true;
  headline: string;
  /** ISO instant this answer is true for: the end of its window. */
  asOf: string;
  /** Changes whenever the stored data change: two answers of one version are equal. */
  dataVersion: number;
  /** Half-open, ISO instants. */
  window: { from: string; until: string };
  /** IANA zone that dates are shown in. */
  zone: string;
  /** Share of the window for which the feed was really read, 0 to 1. */
  coverage: number;
  /** The artist or release that the answer is about, and where it is heard. */
  about?: { name: string; url: string };
  columns: Column[];
  rows: Row[];
  /** The subject's own numbers, where the table lists what belongs to it: one row with its columns. */
  figures?: { columns: Column[]; row: Row };
  chart?: ChartSpec;
  notes: string[];
  followUps: FollowUp[];
}

/** The columns that a face shows; a narrow one has room for few. */
export const columnsFor = (width: 'wide' | 'narrow', { columns }: Pick<Answer, 'columns'>): Column[] =>
  columns.filter(({ only }) => only === undefined || only === width);

/** What a message, a page or a report says once where its data come from a simulation. */
export const SIMULATED = 'Simulated data: none of these artists or sales is real.';
