/**
 * Outside text made harmless for Discord: no markdown, mention, link, line break or direction trick gets
 * through.
 */

/**
 * What starts formatting, a mention, an emoji, a timestamp, a link or, at the front, a list; a backslash
 * shows it as it is.
 */
const SPECIAL = /[\\*_~`|<>[\]#@]|:(?=\/\/)|^[-+](?=\s)|(?<=^\d+)[.)](?=\s)/g;
/**
 * Marks that reorder the text around them, and characters that show nothing but break the line or the parser.
 */
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
/** Stacked marks ("Zalgo") climb over neighbouring lines; no script stacks more than four. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;
/** Addresses longer than this are left out: they would eat the room of other rows. */
const MAX_ADDRESS = 400;

/**
 * The first `most` characters, with "…" where more was cut. Counts UTF-16 units, the strictest way Discord
 * could.
 */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  const halfPair = /[\ud800-\udbff]$/;
  return `${text
    .slice(0, most - 1)
    .replace(halfPair, '')
    .trimEnd()}…`;
}

/**
 * Any text as one line of at most `most` characters that Discord shows literally; the escapes come on top of
 * `most`.
 */
export function escapeText(text: string, most: number): string {
  const line = text
    .toWellFormed()
    .replace(DIRECTION_MARKS, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(STACKED_MARKS, '$1')
    .trim();
  const escaped = clip(line, most).replace(SPECIAL, '\\$&');
  // Isolated, so that right-to-left names do not pull the numbers beside them to their other side.
  return RIGHT_TO_LEFT.test(escaped) ? `\u2068${escaped}\u2069` : escaped;
}

/** `escapeText` for a text of several lines, which stay. */
export const escapeLines = (text: string): string =>
  text
    .split('\n')
    .map(line => escapeText(line, Number.POSITIVE_INFINITY))
    .join('\n');

/**
 * A web address in the form that cannot end a masked link early; undefined for what is no http(s) address.
 */
export function safeAddress(address: unknown): string | undefined {
  if (typeof address !== 'string' || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (!['http:', 'https:'].includes(url.protocol) || url.username || url.password) return undefined;
  const safe = url.href.replace(
    /[()<>[\]|\\*_~`]/g,
    mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return safe.length <= MAX_ADDRESS ? safe : undefined;
}

/** `[label](address)`, or the label alone without a usable address. The label must be escaped already. */
export function maskedLink(label: string, address: unknown): string {
  const safe = safeAddress(address);
  return safe ? `[${label}](${safe})` : label;
}
