/**
 * Text into lines by measured widths: wrapped between words, cut in the middle by graphemes where it must be
 * short.
 */
import { lettersOf } from '../charts/labels.ts';
import type { Font, Measure } from './boxes.ts';

const words = new Intl.Segmenter('en', { granularity: 'word' });

/** Scripts that put no spaces between words. */
const UNSPACED_SCRIPTS = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar'];
const UNSPACED = new RegExp(`[${UNSPACED_SCRIPTS.map(name => `\\p{Script=${name}}`).join('')}]`, 'u');
/**
 * No letter is narrower than this many em on average over a line, so longer texts need not be measured to be
 * cut.
 */
const NARROWEST = 0.12;

/** Pieces between which a line may end; a piece keeps the white space and the punctuation that follow it. */
function pieces(text: string): string[] {
  return text.split(/(?<=\s)(?=\S)/u).flatMap(word => {
    if (!UNSPACED.test(word)) return [word];
    const parts: string[] = [];
    for (const { segment, isWordLike } of words.segment(word)) {
      if (isWordLike || parts.length === 0) parts.push(segment);
      else parts.push(`${parts.pop()}${segment}`);
    }
    return parts;
  });
}

/**
 * Lines no wider than `width`, broken between words, and within a word only where it is wider than a line:
 * after a hyphen if it has one.
 * Empty text: no line.
 */
export function wrap(text: string, width: number, font: Font, measure: Measure): string[] {
  const fits = (line: string): boolean => measure(line.trimEnd(), font) <= width;
  if (text.trim() === '') return [];
  if (text.length * font.size * NARROWEST < width * 2 && fits(text)) return [text];
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(text)) {
    if (fits(line + piece)) {
      line += piece;
      continue;
    }
    if (line) lines.push(line.trimEnd());
    line = piece;
    while (!fits(line)) {
      const letters = lettersOf(line);
      const room = largest(letters.length - 1, count => fits(letters.slice(0, count).join(''))) || 1;
      if (letters.length <= 1) break;
      const end = letters.lastIndexOf('-', room - 1) + 1 || room;
      lines.push(letters.slice(0, end).join(''));
      line = letters.slice(end).join('');
    }
  }
  return [...lines, line.trimEnd()];
}

/** At most `maxLines` lines; what is longer loses its middle: `A very long na… of artist`. */
export function fitLines(text: string, width: number, font: Font, measure: Measure, maxLines = 1): string[] {
  const most = Math.ceil((maxLines * width) / (font.size * NARROWEST));
  const letters = lettersOf(text);
  if (letters.length <= most) {
    const lines = wrap(text, width, font, measure);
    if (lines.length <= maxLines) return lines;
  }
  const cut = (count: number): string[] => wrap(withoutMiddle(letters, count), width, font, measure);
  const count = largest(Math.min(letters.length - 1, most), kept => cut(kept).length <= maxLines);
  return cut(count);
}

/** One line; what is longer loses its end: `Solveig Aaltonen-Quispe & the L…`. Empty text: no line. */
export function fitEnd(text: string, width: number, font: Font, measure: Measure): string[] {
  if (text.trim() === '') return [];
  const most = Math.ceil(width / (font.size * NARROWEST));
  const letters = lettersOf(text);
  if (letters.length <= most && measure(text, font) <= width) return [text];
  const cut = (count: number): string => `${letters.slice(0, count).join('').trimEnd()}…`;
  const count = largest(Math.min(letters.length - 1, most), kept => measure(cut(kept), font) <= width);
  return [cut(count)];
}

/** As many lines as `wrap` makes, but alike in width, so that none holds a lone word. */
export function balance(text: string, width: number, font: Font, measure: Measure): string[] {
  const lines = wrap(text, width, font, measure);
  if (lines.length < 2) return lines;
  const spared = largest(
    Math.floor(width / 2),
    less => wrap(text, width - less, font, measure).length <= lines.length,
  );
  return wrap(text, width - spared, font, measure);
}

/** At most `most` graphemes of both ends. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const letters = lettersOf(text);
  return letters.length <= most ? text : withoutMiddle(letters, most - 1);
}

function withoutMiddle(letters: readonly string[], kept: number): string {
  const head = Math.ceil(kept * 0.6);
  return `${letters.slice(0, head).join('').trimEnd()}…${letters
    .slice(letters.length - (kept - head))
    .join('')
    .trimStart()}`;
}

/** The largest of 0 … `most` for which `holds`, if it holds up to some number and for none above. */
function largest(most: number, holds: (count: number) => boolean): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
