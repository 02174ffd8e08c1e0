/** What pages are made of: boxes in points (1/72 inch) from the page's top left corner. */
import type { ChartSpec } from '../core/chart-spec.ts';
import type { Element } from './elements.ts';

export interface Font {
  /** Points. */
  size: number;
  bold?: boolean;
}

/** Width in points of a text on one line. */
export type Measure = (text: string, font: Font) => number;

/** What flows stands between its left and right edge. */
export interface Area {
  x: number;
  width: number;
}

/** One line of text, left edge at `x`, baseline at `y`. */
export interface TextBox {
  kind: 'text';
  x: number;
  y: number;
  /** As measured. */
  width: number;
  text: string;
  font: Font;
  color: string;
  /** The whole of which this line is a part is read from right to left. */
  rtl?: boolean;
  /** None: it is no part of the text, as page numbers and running heads. */
  element?: Element | undefined;
}

/** A filled rectangle; rules are thin ones. */
interface FillBox {
  kind: 'fill';
  x: number;
  y: number;
  width: number;
  height: number;
  color: string;
}

interface ChartBox {
  kind: 'chart';
  x: number;
  y: number;
  width: number;
  height: number;
  spec: ChartSpec;
  /** CSS pixels across it: fewer make its letters larger. */
  across?: number;
  element?: Element;
}

/** What a vector is made of; places are in points from its own top left corner. */
export type Mark =
  | { kind: 'rect'; x: number; y: number; width: number; height: number; color: string }
  | {
      kind: 'line';
      points: readonly (readonly [x: number, y: number])[];
      width: number;
      color: string;
      /** Lengths of a dash and of the gap behind it. */
      dash?: readonly [number, number];
    }
  /** `fill`: how much of the circle is filled. */
  | { kind: 'dot'; x: number; y: number; radius: number; color: string; fill: 'whole' | 'half' | 'none' }
  /** Its baseline is at `y`; `x` is its left edge. */
  | { kind: 'text'; x: number; y: number; text: string; font: Font; color: string };

/** Lines, bars and dots of ours, such as a sparkline in a row. */
export interface VectorBox {
  kind: 'vector';
  x: number;
  y: number;
  width: number;
  height: number;
  marks: Mark[];
  /** What a person who cannot see it should know; without it the text beside it says the same. */
  alt?: string;
  element?: Element;
}

/** An area that leads to a page of the web (http or https), or to a heading of this document. */
export interface LinkBox {
  kind: 'link';
  x: number;
  y: number;
  width: number;
  height: number;
  target: { url: string } | { heading: string };
  /** The `Link` that its text belongs to. */
  element?: Element;
}

/** An invisible place that links and the outline lead to; its text is a box of its own. */
export interface HeadingBox {
  kind: 'heading';
  y: number;
  level: 1 | 2;
  id: string;
  title: string;
}

export type Box = TextBox | FillBox | ChartBox | VectorBox | LinkBox | HeadingBox;

export interface Page {
  width: number;
  height: number;
  /** In reading order. */
  boxes: Box[];
}

/** The box, so much further down. */
export const lowered = <B extends Box>(box: B, by: number): B => ({ ...box, y: box.y + by });
