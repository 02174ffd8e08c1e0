/** Text as blocks: a line each, so that long paragraphs run on over pages without leaving a line alone. */
import type { Font, Measure, TextBox } from './boxes.ts';
import type { Element } from './elements.ts';
import { fitLines, wrap } from './fit.ts';
import type { Block } from './flow.ts';
import { LEADING } from './style.ts';

const RTL_FIRST =
  /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/**
 * Whether a name is read from right to left: its first letter decides (UAX 9, P2). Sentences of ours never
 * are.
 */
export const isRightToLeft = (name: string): boolean => RTL_FIRST.test(name);

export interface Style {
  font: Font;
  color: string;
  /** Of the font's size; the report's own unless given. */
  leading?: number;
}

/** Points from one baseline to the next. */
export const lineHeight = ({ font, leading = LEADING }: Style): number => font.size * leading;

/** Baseline below the top of a line: the letters' middle stands in the line's middle. */
const baseline = (style: Style): number => lineHeight(style) / 2 + style.font.size * 0.36;

interface Placement {
  x: number;
  /** Top of the first line. */
  y: number;
  width: number;
  align?: 'left' | 'right';
  rtl?: boolean;
  element?: Element | undefined;
}

/** Lines below each other. */
export function textBoxes(
  lines: readonly string[],
  style: Style,
  place: Placement,
  measure: Measure,
): TextBox[] {
  return lines.map((text, index) => {
    const width = measure(text, style.font);
    return {
      kind: 'text',
      x: place.align === 'right' ? place.x + place.width - width : place.x,
      y: place.y + index * lineHeight(style) + baseline(style),
      width,
      text,
      font: style.font,
      color: style.color,
      ...(place.rtl && { rtl: true }),
      ...(place.element && { element: place.element }),
    };
  });
}

interface Paragraph {
  x: number;
  width: number;
  /** Above its first line. */
  gap?: number;
  maxLines?: number;
  /** The last line stays with what follows. */
  withNext?: boolean;
  element?: Element | undefined;
}

/** Blocks of one line each; no page ends after the first line or before the last. */
export function paragraph(text: string, style: Style, place: Paragraph, measure: Measure): Block[] {
  const { x, width, gap = 0, maxLines, withNext = false, element } = place;
  const lines =
    maxLines === undefined
      ? wrap(text, width, style.font, measure)
      : fitLines(text, width, style.font, measure, maxLines);
  return lines.map((line, index) => ({
    height: lineHeight(style),
    boxes: textBoxes([line], style, { x, y: 0, width, element }, measure),
    gap: index === 0 ? gap : 0,
    withNext: index === lines.length - 1 ? withNext : index === 0 || index === lines.length - 2,
  }));
}
