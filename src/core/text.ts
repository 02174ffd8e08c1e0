/**
 * Text as people write it: the form that can be stored, and the folded form in which two spellings are one.
 */

/**
 * The text with what Postgres cannot store replaced by U+FFFD: NUL, which its `text` refuses, and lone
 * surrogates, which are no UTF-8. Everything else (combining marks, zero-width and full-width characters,
 * doubled spaces) is kept exactly.
 */
export const storable = (text: string): string =>
  text.isWellFormed() && !text.includes('\0') ? text : text.toWellFormed().replaceAll('\0', '\u{FFFD}');

const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/**
 * The form in which spellings are compared: NFKC, case folded, ignorable characters (zero-width, soft
 * hyphens, variation selectors, Hangul fillers) removed, white space single and trimmed. Idempotent; '' for
 * what shows nothing.
 */
export function fold(text: string): string {
  // Most names; the long way leaves them the same.
  if (isPlain(text)) return (text.includes('  ') ? text.replace(/ {2,}/g, ' ') : text).toLowerCase().trim();
  return (
    storable(text)
      .normalize('NFKC')
      .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
      // Up and down again is full case folding: ß and SS, ς and Σ become one. İ leaves a dot above behind.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .replaceAll('i\u0307', 'i')
      .replace(/[\p{White_Space}\p{Cc}]+/gu, ' ')
      .trim()
      .normalize('NFKC')
  );
}

/**
 * `fold` without diacritics, for places: "Montréal" and "montreal" are one. Kana keep their voicing marks,
 * Korean its syllables.
 */
export function foldMarks(text: string): string {
  const folded = fold(text);
  if (isPlain(folded)) return folded;
  return folded
    .normalize('NFD')
    .replace(/([\p{Script=Latin}\p{Script=Greek}])\p{Mn}+/gu, '$1')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('đ', 'd')
    .replaceAll('æ', 'ae')
    .normalize('NFC');
}
