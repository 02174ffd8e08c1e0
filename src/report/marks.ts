/** Finds each text again in Skia's page content, and says in Unicode what its glyphs do not: `/ActualText` (ISO 32000-1, 14.9.4). */
import type { SKRSContext2D } from '@napi-rs/canvas';
import type { GlyphReader } from './glyphs.ts';

// Skia offers no marked content, so each text is drawn between two rectangles that are too thin to be seen and of widths that
// nothing else has; their height is the text's number. All are exact in a float. They are gone from the finished page.
const OPEN = 1 / 2048;
const CLOSE = 3 / 4096;
const STEP = 1 / 1024;

/** Makes the context mark whatever text is drawn on it from now on, by charts too; the texts, by number. */
export function markTexts(context: SKRSContext2D): string[] {
  const texts: string[] = [];
  const fillText = context.fillText.bind(context);
  context.fillText = (text: string, x: number, y: number, maxWidth?: number) => {
    const height = texts.push(text) * STEP;
    context.fillRect(x, y, OPEN, height);
    if (maxWidth === undefined) fillText(text, x, y);
    else fillText(text, x, y, maxWidth);
    context.fillRect(x, y, CLOSE, height);
  };
  return texts;
}

/** As Skia prints such a rectangle: width and height are the last two operands. */
const RECTANGLE = /^\S+ \S+ (\.000488\d+|\.000732\d+) (\S+) re\nf\n/gm;
/** Set by the callers to direct mixed scripts; no part of the name. */
const ISOLATES = /[\u2066-\u2069]/g;

/**
 * Takes the marks out of a page's content and wraps those texts that a reader would otherwise copy wrong: reordered Arabic and
 * Hebrew, shaped Devanagari and Thai, emoji of several code points, and what several fonts show (readers put spaces between).
 * @throws Error when the content does not hold the marks as they were drawn, as after a change of Skia's output.
 */
export function spellOut(content: string, texts: readonly string[], glyphs: GlyphReader): string {
  const parts: string[] = [];
  let end = 0;
  let open: { number: number; at: number } | undefined;
  for (const match of content.matchAll(RECTANGLE)) {
    const number = Math.round(Number(match[2]) / STEP);
    const opens = Number(match[1]) < (OPEN + CLOSE) / 2;
    const text = texts[number - 1];
    if (text === undefined || opens !== (open === undefined) || (open && open.number !== number)) {
      throw new Error(`The page's content does not hold text ${number} of ${texts.length} where it was drawn.`);
    }
    const between = content.slice(end, match.index);
    parts.push(open ? span(text.replace(ISOLATES, ''), between, glyphs) : between);
    if (!open) glyphs.read(between);
    open = opens ? { number, at: match.index } : undefined;
    end = match.index + match[0].length;
  }
  if (open) throw new Error(`The page's content does not hold the end of text ${open.number}.`);
  return parts.join('') + content.slice(end);
}

/** Plain text is left alone: readers place each of its letters themselves, but spread an `/ActualText` evenly over its width. */
function span(text: string, operators: string, glyphs: GlyphReader): string {
  const read = glyphs.read(operators);
  return read.text === text && read.fonts < 2
    ? operators
    : `/Span <</ActualText <FEFF${utf16(text)}>>> BDC\n${operators}EMC\n`;
}

const utf16 = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(16).padStart(4, '0')).join('');
