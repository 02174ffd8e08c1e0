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

/** Whether a text shows anything: not only spaces, zero-width characters, fillers and blanks. */
export const isVisible = (text: string): boolean =>
  /[^\p{White_Space}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text);

const INITIALS = /^(?:uk|us|idm|ebm|edm|nwobhm|r&b|rnb|diy|ost|dj|mpb|aor)\b/;

/** A genre whose first word is said letter by letter, written so: `UK garage`. */
export const spelt = (genre: string): string =>
  genre.replace(INITIALS, letters => (letters === 'rnb' ? 'RnB' : letters.toUpperCase()));

/** Words where a sentence begins: `Drum & bass`, `UK garage`; scripts without capitals as they are. */
export const atStart = (words: string): string =>
  spelt(words).replace(/^\p{Ll}/u, letter => letter.toUpperCase());

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

const hasOneForm = (text: string): boolean => isPlain(text) && !/`|''/.test(text);

/** The many dashes, apostrophes, quotes and dots that fonts, phones and editors put for one, as that one. */
export const foldSigns = (text: string): string =>
  hasOneForm(text)
    ? text
    : text
        .replace(/[\u301c\u3030\u223c]/g, '~')
        .replace(/[\p{Pd}\u2212\u2043]/gu, '-')
        .replace(/[\u2018-\u201b\u2032\u2035\u02b9\u02bb-\u02bd\u00b4`\ua78c]/g, "'")
        .replace(/[\u201c-\u201f\u2033\u2036\u00ab\u00bb\u301d-\u301f]|''/g, '"')
        .replace(/[\u2022\u2027\u2219\u22c5\u0387]/g, '\u00b7')
        .replace(/[\u2044\u2215]/g, '/');

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
