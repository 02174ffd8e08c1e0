/** Text from outside made harmless for Slack, and cut to its limits without breaking a character. */

// Bidirectional controls reorder what stands around them; joiners stay, emoji and Persian need them.
const REORDERING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
const BREAKS = /[\s\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]+/g;

/** One line: no controls, no marks that reorder their surroundings. */
export const oneLine = (text: string): string => text.replace(REORDERING, '').replace(BREAKS, ' ').trim();

/** Slack's three escapes: without `<`, no mention, no channel, no link can begin. */
export const escapeMrkdwn = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * The text, or as much of it as stays within `max` UTF-16 units with an ellipsis, where `written` is what
 * Slack is sent of it. (Slack does not say how it counts; UTF-16 units are never fewer than characters.)
 */
export function cut(text: string, max: number, written: (text: string) => string = same => same): string {
  const whole = written(text);
  if (whole.length <= max) return whole;
  const take = (pieces: Iterable<string>): string => {
    let kept = '';
    let length = 1;
    for (const piece of pieces) {
      length += written(piece).length;
      if (length > max) break;
      kept += piece;
    }
    return kept.trimEnd();
  };
  // A single grapheme can be longer than any limit: marks stack without end.
  const kept = take(Iterator.from(graphemes.segment(text)).map(({ segment }) => segment)) || take(text);
  return `${written(kept)}…`;
}

/** A line of outside text for a plain text object. */
export const plain = (text: string, max: number): string => cut(oneLine(text), max);

/** A line of outside text for a mrkdwn object, as text and nothing else. */
export const mrkdwn = (text: string, max: number): string => cut(oneLine(text), max, escapeMrkdwn);
