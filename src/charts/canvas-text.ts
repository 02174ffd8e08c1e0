/** Writing on a chart: fonts, labels that keep apart, options from outside that are not trusted. */
import type { Chart } from 'chart.js';
import type { ChartFormat } from '../core/chart-spec.ts';
import { CHAT_TYPE, TYPE, type TypeScale } from './theme.ts';

const FORMATS: readonly ChartFormat[] = ['count', 'ratio', 'usd', 'percent'];
/** Options come from outside too (a config is anybody's): what has not the right form counts as absent. */
export const formatOf = (options: { format?: unknown }): ChartFormat | undefined =>
  FORMATS.find(format => format === options.format);

/** Whether an option from outside is text. */
export const isText = (value: unknown): value is string => typeof value === 'string';
/** Whether an option from outside is a finite number. */
export const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);
/** A list of objects. */
export const listOf = <T extends object>(value: unknown): Partial<Record<keyof T, unknown>>[] =>
  Array.isArray(value) ? value.filter(each => typeof each === 'object' && each !== null) : [];
/** The colour if it is text, else the other one. */
export const colorOr = (color: unknown, other: string): string => (isText(color) ? color : other);

/** The type scale that the chart was made with: only a picture for a chat says its size. */
export const typeOf = ({ options }: Chart): TypeScale =>
  (options.font as { size?: unknown } | undefined)?.size === CHAT_TYPE.tick ? CHAT_TYPE : TYPE;

/** CSS pixels left and right of everything. */
export function sideOf({ options }: Chart): number {
  const { left } = (options.layout?.padding ?? {}) as { left?: unknown };
  return isNumber(left) ? left : 0;
}

/** Prepares the chart's context; whoever calls this restores it. */
export function write(chart: Chart, size: number, color: unknown): CanvasRenderingContext2D {
  const { ctx } = chart;
  ctx.save();
  setFont(chart, size);
  ctx.fillStyle = colorOr(color, '#666666');
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  return ctx;
}

/** The family is that of all the chart's texts: ours in pictures, the system's in a browser. */
export function setFont({ ctx, options }: Chart, size: number, bold = false): void {
  const { family } = (options.font ?? {}) as { family?: string };
  ctx.font = `${bold ? 'bold ' : ''}${size}px ${family ?? 'sans-serif'}`;
}

/** Moves labels as little as it takes to keep `gap` between them and stay within `top` and `bottom`. */
export function spread(labels: readonly { at: number }[], gap: number, top: number, bottom: number): void {
  const sorted = labels.toSorted((a, b) => a.at - b.at);
  let free = top;
  for (const label of sorted) {
    label.at = Math.max(label.at, free);
    free = label.at + gap;
  }
  let limit = bottom;
  for (const label of sorted.toReversed()) {
    label.at = Math.min(label.at, limit);
    limit = label.at - gap;
  }
}

export interface Rectangle {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const meet = (a: Rectangle, b: Rectangle): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** The first of the places that lies within `area` and meets nothing that is `taken`. */
export const freePlace = (
  places: readonly Rectangle[],
  taken: readonly Rectangle[],
  area: Rectangle,
): Rectangle | undefined =>
  places.find(
    place =>
      place.left >= area.left &&
      place.right <= area.right &&
      place.top >= area.top &&
      place.bottom <= area.bottom &&
      !taken.some(other => meet(place, other)),
  );

/**
 * Text with a thin edge of the ground's colour around it, so that it can be read over whatever lies below.
 */
export function writeOver(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  ground: unknown,
): void {
  context.strokeStyle = colorOr(ground, '#ffffff');
  context.lineWidth = 3;
  context.lineJoin = 'round';
  context.strokeText(text, x, y);
  context.fillText(text, x, y);
}
