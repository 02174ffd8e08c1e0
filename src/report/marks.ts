/**
 * Finds each text again in Skia's page content, and says in Unicode what its glyphs do not: `/ActualText`
 * (ISO 32000-1, 14.9.4).
 */
import type { SKRSContext2D } from '@napi-rs/canvas';
import type { GlyphReader } from './glyphs.ts';

// Skia offers no marked content, so each text, and each box of the layout, is drawn between two rectangles
// that are too thin to be seen and of widths that nothing else has; their height is its number. All are exact
// in a float. They are gone from the finished page.
const OPEN = 1 / 2048;
const CLOSE = 3 / 4096;
const OPEN_BOX = 5 / 4096;
const CLOSE_BOX = 7 / 4096;
const STEP = 1 / 1024;

export interface Marker {
  /** What was drawn as text, by charts too, by number. */
  texts: string[];
  /** Draws a box, so that it is found again by its place in the page's list. */
  box(index: number, draw: () => void): void;
}

/**
 * Makes the context mark whatever text is drawn on it from now on, by charts too. All colours must be opaque:
 * Skia leaves out what is not seen.
 */
export function markContext(context: SKRSContext2D): Marker {
  const texts: string[] = [];
  const fillText = context.fillText.bind(context);
  context.fillText = (text: string, x: number, y: number, maxWidth?: number) => {
    const height = texts.push(text) * STEP;
    context.fillRect(x, y, OPEN, height);
    if (maxWidth === undefined) fillText(text, x, y);
    else fillText(text, x, y, maxWidth);
    context.fillRect(x, y, CLOSE, height);
  };
  const box = (index: number, draw: () => void): void => {
    context.fillRect(0, 0, OPEN_BOX, (index + 1) * STEP);
    draw();
    context.fillRect(0, 0, CLOSE_BOX, (index + 1) * STEP);
  };
  return { texts, box };
}

/** As Skia prints such a rectangle: width and height are the last two operands. */
const RECTANGLE = /^\S+ \S+ (\.000488\d+|\.000732\d+|\.00122\d+|\.001708\d+) (\S+) re\nf\n/gm;
/** Set by the callers to direct mixed scripts; no part of the name. */
const ISOLATES = /[\u2066-\u2069]/g;

interface Marked {
  texts: readonly string[];
  /** By a box's place in the page's list, the operator that begins its marked content. */
  tags: readonly (string | undefined)[];
}

/**
 * Takes the marks out of a page's content, tags its boxes, and wraps those texts that a reader would
 * otherwise copy wrong: reordered Arabic and Hebrew, shaped Devanagari and Thai, emoji of several code
 * points, and what several fonts show (readers put spaces between).
 * @throws Error when the content does not hold the marks as they were drawn, as after a change of Skia's
 * output.
 */
export function spellOut(content: string, { texts, tags }: Marked, glyphs: GlyphReader): string {
  const parts: string[] = [];
  let end = 0;
  let [text, box]: (number | undefined)[] = [];
  for (const match of content.matchAll(RECTANGLE)) {
    const width = Number(match[1]);
    const number = Math.round(Number(match[2]) / STEP);
    const between = content.slice(end, match.index);
    const fail = (what: string): never => {
      throw new Error(`The page's content does not hold ${what} ${number} where it was drawn.`);
    };
    if (width < (CLOSE + OPEN_BOX) / 2) {
      const opens = width < (OPEN + CLOSE) / 2;
      const shown = texts[number - 1];
      if (shown === undefined || text !== (opens ? undefined : number))
        return fail(`of ${texts.length} texts number`);
      parts.push(opens ? between : span(shown.replace(ISOLATES, ''), between, glyphs));
      if (opens) glyphs.read(between);
      text = opens ? number : undefined;
    } else {
      const opens = width < (OPEN_BOX + CLOSE_BOX) / 2;
      const tag = tags[number - 1];
      if (tag === undefined || text !== undefined || box !== (opens ? undefined : number)) return fail('box');
      glyphs.read(between);
      parts.push(between, opens ? `${tag}\n` : 'EMC\n');
      box = opens ? number : undefined;
    }
    end = match.index + match[0].length;
  }
  if (text !== undefined || box !== undefined)
    throw new Error(
      `The page's content does not hold the end of ${text === undefined ? `box ${box}` : `text ${text}`}.`,
    );
  return parts.join('') + content.slice(end);
}

/**
 * Plain text is left alone: readers place each of its letters themselves, but spread an `/ActualText` evenly
 * over its width.
 */
function span(text: string, operators: string, glyphs: GlyphReader): string {
  const read = glyphs.read(operators);
  return read.text === text && read.fonts < 2
    ? operators
    : `/Span <</ActualText <FEFF${utf16(text)}>>> BDC\n${operators}EMC\n`;
}

const utf16 = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(16).padStart(4, '0')).join('');
