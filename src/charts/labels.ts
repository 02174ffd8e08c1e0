/**
 * Text for charts: made harmless, cut at their end and wrapped by estimated widths, since a config is made
 * without a canvas.
 */

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const words = new Intl.Segmenter('en', { granularity: 'word' });

const RTL = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const WIDE_SCRIPT = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const WIDE_SIGN = /[\p{Extended_Pictographic}\u3000-\u303f\uff01-\uff60]/u;

/** Width of one grapheme in em, a little generous: averages of Noto Sans. */
function widthOfGrapheme(grapheme: string): number {
  if (WIDE_SCRIPT.test(grapheme) || WIDE_SIGN.test(grapheme)) return 1;
  if (/^[iljtfrI.,:;'|!()[\] ]/.test(grapheme)) return 0.33;
  if (/^[mwMW@%—…]/.test(grapheme)) return 0.9;
  if (/^[\p{Lu}]/u.test(grapheme)) return 0.68;
  return 0.58;
}

/** What readers take for letters; of plain text in a tenth of the time that the segmenter takes. */
export const lettersOf = (text: string): string[] =>
  /^[\x20-\x7e]*$/.test(text)
    ? text.split('')
    : Array.from(graphemes.segment(text), ({ segment }) => segment);

/** Estimated width in em of the regular face; bold is some 6% wider. */
export function widthOf(text: string): number {
  let width = 0;
  for (const letter of lettersOf(text)) width += widthOfGrapheme(letter);
  return width;
}

/**
 * A name or sentence as a chart can show it: one line, at most three marks on a letter ("zalgo" would smear
 * over its neighbours), no direction controls of its own.
 */
export function tidy(text: string): string {
  const clean = text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu, ' ')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .replace(/\s+/gu, ' ')
    .trim();
  return clean || '–';
}

/**
 * Sets a text that holds right-to-left script apart, so that its first strong letter decides on its
 * direction.
 */
export const isolate = (text: string): string => (RTL.test(text) ? `\u2068${text}\u2069` : text);

/** `Very long name of an…`: whole graphemes of its beginning, in at most `em` of width. */
export function cutEnd(text: string, em: number): string {
  if (widthOf(text) <= em) return text;
  const kept = take(lettersOf(text), Math.max(em - widthOf('…'), 0));
  return `${kept.join('').trimEnd()}…`;
}

function take(parts: readonly string[], room: number): string[] {
  let width = 0;
  const end = parts.findIndex(part => {
    width += widthOfGrapheme(part);
    return width > room;
  });
  return parts.slice(0, end < 0 ? undefined : end);
}

/**
 * Lines of at most `em` each, broken at spaces (within a text without spaces between its words); what is over
 * `maxLines` is cut with `…`.
 */
export function wrap(text: string, em: number, maxLines: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(text, em)) {
    if (line && widthOf((line + piece).trimEnd()) > em) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  if (line) lines.push(line.trimEnd());
  const shown = lines.slice(0, maxLines).map(each => cutEnd(each, em));
  const last = shown.at(-1);
  if (lines.length <= maxLines || last === undefined) return shown;
  const kept = take(lettersOf(last), em - widthOf('…'));
  return [...shown.slice(0, -1), `${kept.join('').trimEnd()}…`];
}

/** As many lines as `wrap` makes, but alike in width, so that none holds a lone word. */
export function balance(text: string, em: number, maxLines: number): string[] {
  let lines = wrap(text, em, maxLines);
  const whole = lines.join(' ');
  for (let narrower = em - 1; lines.length > 1; narrower--) {
    const next = wrap(text, narrower, maxLines);
    if (next.length > lines.length || next.join(' ') !== whole) break;
    lines = next;
  }
  return lines;
}

/** What must not be broken, each with the space that follows it. */
const pieces = (text: string, em: number): string[] =>
  text
    .split(/(?<=\s)/u)
    .flatMap(piece =>
      widthOf(piece) > em / 2 ? [...words.segment(piece)].map(({ segment }) => segment) : [piece],
    );
