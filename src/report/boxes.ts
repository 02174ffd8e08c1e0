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

export interface ChartBox {
  kind: 'chart';
  x: number;
  y: number;
  width: number;
  height: number;
  spec: ChartSpec;
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

export type Box = TextBox | FillBox | ChartBox | LinkBox | HeadingBox;

export interface Page {
  width: number;
  height: number;
  /** In reading order. */
  boxes: Box[];
}

/** The box, so much further down. */
export const lowered = <B extends Box>(box: B, by: number): B => ({ ...box, y: box.y + by });
