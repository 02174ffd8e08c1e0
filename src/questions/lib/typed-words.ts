/** What a person typed, cut into words: quotes, addresses and `name=value` are told from the rest. */

/** One word that was typed, or a quoted run of words. */
export interface Word {
  /** As it was typed, with its quotes. */
  text: string;
  /** What is within the quotes. */
  quoted?: string;
}

/** A parameter that was named: `window=30d`, `window:30d`, `--window 30d`. */
export interface NamedParameter {
  key: string;
  /** '' where it stands in the words that follow. */
  value: string;
  /** Nothing after it belongs to it. */
  quoted: boolean;
}

const QUOTES = /^["“”„«](.+?)["“”»]$/su;
/** Words; a quoted run of them is one, with or without a `name=` before it. */
const WORD = /(?:--?)?[\p{L}]*[:=]?["“„«][^"“”„«»]+["“”»](?=[\s,;?!.]|$)|\S+/gu;
const NAMED = /^(--?)?([a-z]+)(?:[:=](.*))?$/isu;

/** Characters that are looked at: more than a question may have. */
const LONGEST = 1_200;

/** Whether a word is a web address or a host name. */
export const isAddress = (text: string): boolean =>
  /^(?:https?:)?\/\//i.test(text) || /^[\w-]+(?:\.[\w-]+)+(?:\/\S*)?$/i.test(text);

/** Of a text, or of words that a shell has split: there a word with `=` may hold spaces. */
export function wordsOf(given: string | readonly string[]): Word[] {
  // Quotes are looked for as far as a question goes.
  const cut = (text: string) => text.slice(0, LONGEST).match(WORD) ?? [];
  const all =
    typeof given === 'string'
      ? cut(given)
      : given.flatMap(word => (/^(?:--?)?[a-z]+[:=]/i.test(word) ? [word] : cut(word)));
  return all.map(text => {
    const quoted = QUOTES.exec(text)?.[1];
    return quoted === undefined ? { text } : { text, quoted };
  });
}

/** The parameter that a word names, if its key is one of these. */
export function namedBy({ text, quoted }: Word, isKey: (key: string) => boolean): NamedParameter | undefined {
  if (quoted !== undefined || isAddress(text)) return undefined;
  const [, dashes, key = '', value] = NAMED.exec(text) ?? [];
  if (value === undefined ? !dashes : false) return undefined;
  if (!isKey(key.toLowerCase())) return undefined;
  const within = QUOTES.exec(value ?? '')?.[1];
  return { key: key.toLowerCase(), value: within ?? value ?? '', quoted: within !== undefined };
}

/** What they say together; quotes stay, unless they are all of it. */
export const textOf = (words: readonly Word[]): string =>
  words.length === 1 && words[0]?.quoted !== undefined
    ? words[0].quoted
    : words.map(({ text }) => text).join(' ');

/** Without what ends a sentence. */
export const bareOf = ({ text }: Word): string => text.replace(/[?!.,;:…]+$/u, '');

/** What is said without meaning a parameter. */
export const FILLERS = new Set(
  `a about all an and any are at by can could do for from get give hear hey hi i in is it know let like
  list made me music my now of on over people please pls plz right see show some tell thanks that the there
  this to us want was we were what which who with would you currently there's`.split(/\s+/),
);
