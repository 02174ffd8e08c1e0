/**
 * Reads what quickchart-js makes of a configuration object: JavaScript's notation of plain data
 * (`{type:'bar'}`). Nothing is evaluated.
 */
import { UserError } from '../core/errors.ts';

/** Deeper than any chart may be (the renderer allows less); keeps the recursion bounded. */
const MAX_DEPTH = 40;
const SPACE = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const NAME = /[\p{L}$_][\p{L}\p{N}$_]*/uy;
const NUMBER = /[+-]?(?:0x[\da-f]+|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)/iy;
const TEXT = /'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"/y;
const WORDS: Record<string, unknown> = { true: true, false: false, null: null, undefined };
const ESCAPES: Record<string, string> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
  '\n': '',
};

/** A chart's configuration as it stands in an address or a body. @throws UserError */
export function parseConfig(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return parseLiteral(text, 'The chart');
  }
}

/**
 * JSON, with the freedoms of JavaScript's literals: single quotes, bare keys, trailing commas, comments.
 * @throws UserError for anything that would have to be evaluated, and for what is neither.
 */
export function parseLiteral(text: string, what: string): unknown {
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const next = (): string => {
    take(SPACE);
    return text[at] ?? '';
  };
  const fail = (): never => {
    const near = text.slice(at, at + 30).trim();
    throw new UserError(
      `${what} is not valid JSON${near ? `: it cannot be read from "${near}" on` : ': it ends too early'}.`,
      'Plain data only: functions and other JavaScript are not evaluated here, leave them out.',
    );
  };
  const members = (end: string, member: () => void): void => {
    at += 1;
    while (next() !== end) {
      member();
      if (next() === ',') at += 1;
      else if (next() !== end) fail();
    }
    at += 1;
  };

  const value = (depth: number): unknown => {
    if (depth > MAX_DEPTH)
      throw new UserError(`${what} is nested too deeply.`, `Use at most ${MAX_DEPTH} levels.`);
    const first = next();
    if (first === '{') {
      const entries: [string, unknown][] = [];
      members('}', () => {
        const quoted = next() === '"' || next() === "'";
        const key = quoted ? unquoted(take(TEXT) ?? fail()) : (take(NAME) ?? take(NUMBER) ?? fail());
        if (next() !== ':') fail();
        at += 1;
        entries.push([key, value(depth + 1)]);
      });
      return Object.fromEntries(entries);
    }
    if (first === '[') {
      const items: unknown[] = [];
      members(']', () => items.push(value(depth + 1) ?? null));
      return items;
    }
    if (first === '"' || first === "'") return unquoted(take(TEXT) ?? fail());
    const number = take(NUMBER);
    if (number !== undefined) return Number(number);
    const start = at;
    const word = take(NAME) ?? '';
    if (Object.hasOwn(WORDS, word)) return WORDS[word];
    at = start;
    return fail();
  };

  const result = value(0);
  if (next() !== '') fail();
  return result;
}

/** The text between the quotes, its escapes resolved. */
const unquoted = (quoted: string): string =>
  quoted
    .slice(1, -1)
    .replace(
      /\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|([\s\S]))/gi,
      (_, point, unit, byte, one: string) => {
        const code = Number.parseInt(point ?? unit ?? byte ?? '', 16);
        if (Number.isNaN(code)) return ESCAPES[one] ?? one;
        return point === undefined
          ? String.fromCharCode(code)
          : code <= 0x10ffff
            ? String.fromCodePoint(code)
            : '\ufffd';
      },
    );
