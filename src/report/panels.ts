/**
 * What the pages of an edition are made of: lists whose rows hold marks, lists side by side, small plots, a
 * map, a heat map. Data alone, so that it goes to the thread that draws.
 */
import type { MapSpec } from '../core/chart-spec.ts';

export type Tone = 'ink' | 'soft' | 'signal';

/** A course over equal steps, the oldest first, without axes. */
export interface Spark {
  /** Null where nothing was read: the line is broken there. */
  values: readonly (number | null)[];
  /** Place of the first value of the rise, or of what the list is about; null for none. */
  rise: number | null;
  /** It is called: drawn in the one warm colour. */
  called: boolean;
  /** Places of Bandcamp Fridays. */
  fridays: readonly number[];
  typical?: readonly [low: number, high: number];
}

export type Cell =
  | {
      kind: 'text';
      text: string;
      /** Below it, in small print. */
      second?: string;
      url?: string;
      /** Of `second`. */
      secondUrl?: string;
      tone?: Tone;
      bold?: boolean;
      /** In small print. */
      small?: true;
    }
  | ({ kind: 'spark' } & Spark)
  | { kind: 'interval'; low: number; value: number; high: number; called: boolean }
  /** A share of the largest bar. */
  | { kind: 'bar'; share: number; called?: boolean }
  /** How sure a call is: called, held back, too early to tell. */
  | { kind: 'verdict'; fill: 'whole' | 'half' | 'none'; text: string }
  | null;

export interface ListColumn {
  label: string;
  /** Points; or what is left, in these shares. */
  width: number | { share: number };
  align?: 'right';
}

export interface List {
  columns: ListColumn[];
  rows: Cell[][];
  /** Rows that stay when a page is too small for all. */
  least: number;
  /** The last so many rows are set apart from those above by a line of ink: what is not called. */
  apart?: number;
  /** Without its head, where a title says what it is. */
  headless?: true;
  /** Its columns stand closer together, as in a third of a page. */
  narrow?: true;
}

interface Titled {
  title?: string;
  /** Beside the title, in small print. */
  note?: string;
  /** Below it all. */
  foot?: string;
}

export type Panel = Titled &
  (
    | { kind: 'list'; list: List }
    /** Each with a title of its own. */
    | {
        kind: 'columns';
        across?: number;
        lists: { title: string; note?: string; list: List; foot?: string }[];
      }
    | { kind: 'plots'; plots: { title: string; spark: Spark; from: string; now: string }[] }
    | { kind: 'map'; map: MapSpec; beside: { title: string; list: List; foot: string } }
    | { kind: 'heat'; columns: string[]; rows: { label: string; values: (number | null)[] }[]; least: number }
  );

/** The leading story's course, with axes. */
export interface Curve {
  title: string;
  /** Of each local day, the oldest first; `day` as it is written on the axis. */
  days: { day: string; value: number | null }[];
  /** Places of Bandcamp Fridays. */
  fridays: readonly number[];
  /** The day on which the rise begins. */
  rise?: { at: number; text: string };
  called: boolean;
  /** The last value that was read, as it may be told, and below it what `value` counts: `61`, `a day`. */
  last: string;
  unit: string;
  alt: string;
}

export interface Lede {
  title: string;
  text: string;
  /** Place of the section that tells more. */
  section: number;
}

/** The cover's news. */
export interface Front {
  /** Below the headline: who, from what to what, where. */
  lede: string;
  curve?: Curve;
  ledes: Lede[];
  /** Three short lists. */
  lists: { title: string; list: List; foot?: string }[];
  /** New, up, gone: against the list before. */
  changes: { title: string; text: string }[];
}
