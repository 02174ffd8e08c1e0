/**
 * What goes wrong with bodies on their way, and what hostile senders write into them; by seed, so that each
 * case can be repeated.
 */

/** 0 ≤ n < 1, the same for the same seed (mulberry32, public domain). */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export type Chance = () => number;
export const below = (chance: Chance, limit: number): number => Math.floor(chance() * limit);
export const pick = <T>(chance: Chance, list: readonly T[]): T => list[below(chance, list.length)] as T;

/** What databases, indexes, hosts and alphabets stumble over, by what it stands for. */
// biome-ignore format: as many to a line as it holds
export const HOSTILE = {
  texts: [
    '', ' ', '\0', 'a\0b', '\ud800', 'x\udc00y', '\ufffe', '\u200b', '\u3164', '\u202eabc', '\\',
    '\t\r\n', '\\N', '\\.', '"', "'", '%00', '%', '<', '&amp;',
    'a'.repeat(999), 'a'.repeat(1001), 'a'.repeat(2001), 'a'.repeat(30_000), 'ﷺ'.repeat(300),
    '😀'.repeat(500), 'e\u0301'.repeat(400), 'ß'.repeat(200), 'İ', 'ǅ', '각',
    '__proto__', 'constructor', 'toString', 'null', 'NaN', '1e999', '-1', '９', 'feat. x', 'A feat. B',
    'Various Artists', 'ヴァリアス', 'A&B/C, "D"',
  ],
  codes: ['usd', 'JPY', 'KWD', 'CLF', 'XAU', 'us', '£', 'EURO', 'c2', 'C2', 'zz', 'İİİ', 'Republic of Korea',
    'a', 't', 'p', 'b', 'x', 'sale', 'refund'],
  addresses: [
    '//x.bandcamp.com/album/y', '//X.Bandcamp.com/album/Y/?a#b', '//x.bandcamp.com', '//x.bandcamp.com/',
    '//localhost/a', '//1.2/a', 'http://[::1]/a', '//a.b:99999/c', '//u:p@a.b/c',
    'HTTP://EXAMPLE.COM/Album/ü', '//xn--zz.b/a', '//xn--a.bandcamp.com/a',
    `//x.bandcamp.com/album/${'é'.repeat(200)}`, `//x.bandcamp.com/album/${'a'.repeat(980)}`,
    '//x.bandcamp.com/album/a\tb', ' //x.bandcamp.com/album/a ', '//a.b./c', '//a..b/c',
    'javascript:alert(1)', '//x.bandcamp.com/album/%C3%28', '//x.bandcamp.com/a/../b',
    '//-.bandcamp.com/album/y', '//x.bandcamp.com/album/y//', '//x.bandcamp.com\\album',
    '//x.bandcamp.com\0/a', 'https://x.bandcamp.com:443/a', '//ｘ.bandcamp.com/ａ',
    '//x.bandcamp.com/\ud800',
  ],
  numbers: [
    0, -0, 1, -1, 0.5, 0.1 + 0.2, 9.98999977111816, 1.005, 2.675, 1e-9, 5e-324, 1e12, 1e13 + 0.5, 1e15,
    1e16, 1e21, 1e308, -1e308,
    2 ** 31, 2 ** 32, 2 ** 53 - 1, 2 ** 53, 2 ** 63, 10_000, 10_001, 1_199_145_599, 1_199_145_600,
    1_583_971_200.000001, 4_102_444_800, 4_102_444_801, 1_791_374_400_000,
  ],
};

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);

function hostileValue(chance: Chance): unknown {
  switch (below(chance, 8)) {
    case 0:
      return null;
    case 1:
      return chance() < 0.5;
    case 2:
      return pick(chance, [
        [],
        {},
        [[]],
        [null],
        { a: 1 },
        ['a'],
        JSON.parse('{"__proto__":{"currency":"EUR"}}'),
        nested(500),
      ]);
    case 3:
    case 4:
      return pick(chance, HOSTILE.numbers);
    default:
      return pick(chance, HOSTILE[pick(chance, ['texts', 'codes', 'addresses'] as const)]);
  }
}

type Holder = Record<string | number, unknown>;

/** Every object and list of a JSON value. */
function holders(value: unknown, found: Holder[] = []): Holder[] {
  if (typeof value !== 'object' || value === null) return found;
  found.push(value as Holder);
  for (const inner of Object.values(value)) holders(inner, found);
  return found;
}

/** Changes a JSON value in place, at a place that chance picks. */
export function mutateJson(chance: Chance, json: object): void {
  const holder = pick(chance, holders(json));
  const keys = Object.keys(holder);
  const key = pick(chance, keys);
  const list = Array.isArray(holder) ? holder : null;
  switch (below(chance, 8)) {
    case 0:
      if (list) list.splice(Number(key ?? 0), 1);
      else if (key !== undefined) delete holder[key];
      break;
    case 1:
      if (list) list.push(...list.slice(Number(key ?? 0)));
      else if (key !== undefined) holder[`${key}_`] = holder[key];
      break;
    case 2: {
      const other = pick(chance, keys);
      if (key !== undefined && other !== undefined)
        [holder[key], holder[other]] = [holder[other], holder[key]];
      break;
    }
    case 3:
      if (list) break;
      Object.defineProperty(holder, pick(chance, ['__proto__', 'constructor', 'toJSON_', 'length_', '']), {
        value: hostileValue(chance),
        enumerable: true,
        configurable: true,
        writable: true,
      });
      break;
    default:
      if (key !== undefined) holder[key] = hostileValue(chance);
  }
}

export type Aims = Readonly<Record<string, keyof typeof HOSTILE>>;

/**
 * Gives one of the named fields a value that is hostile to what it means: most mutations elsewhere are told
 * by their type alone.
 */
export function aimAt(chance: Chance, holder: object, aims: Aims): void {
  const [field, kind] = pick(chance, Object.entries(aims)) ?? [];
  if (field && kind) (holder as Holder)[field] = pick<unknown>(chance, HOSTILE[kind]);
}

/** Damages text as a wire, a disk or a hand would. */
export function mutateText(chance: Chance, text: string): string {
  const at = below(chance, text.length + 1);
  switch (below(chance, 9)) {
    case 0: {
      const bytes = Buffer.from(text);
      for (let n = 1 + below(chance, 4); n > 0; n -= 1) {
        const where = below(chance, bytes.length);
        bytes[where] = (bytes[where] ?? 0) ^ (1 << below(chance, 8));
      }
      return bytes.toString('utf8');
    }
    case 1:
      return text.slice(0, at);
    case 2:
      return text.slice(0, at) + text.slice(at + 1 + below(chance, 200));
    case 3:
      return (
        text.slice(0, at) +
        pick(chance, ['\0', '\ud800', '"', '{', ']', ',', '<', '\\', '</script>', '\u2028']) +
        text.slice(at)
      );
    case 4: {
      const end = at + below(chance, 500);
      return text.slice(0, end) + text.slice(at);
    }
    case 5:
      return replaceOne(
        chance,
        text,
        /-?\d+(?:\.\d+)?/g,
        pick(chance, ['1e999', '-1e999', '9'.repeat(400), '0.'.padEnd(400, '1'), '-0', '01', '1E5']),
      );
    case 6: {
      const members = [
        '"__proto__":{"amount_paid":1},',
        '"amount_paid":5,',
        '"utc_date":1,',
        '"items":[],',
        '"@type":7,',
      ];
      return replaceOne(chance, text, /\{"/g, `{${pick(chance, members)}"`);
    }
    case 7: {
      const depth = pick(chance, [100, 5_000, 100_000]);
      return replaceOne(chance, text, /null|\d+/g, `${pick(chance, ['[', '{"a":']).repeat(depth)}null`);
    }
    default: {
      const depth = pick(chance, [100, 3_000]);
      return replaceOne(chance, text, /null|\d+/g, '['.repeat(depth) + ']'.repeat(depth));
    }
  }
}

function replaceOne(chance: Chance, text: string, pattern: RegExp, by: string): string {
  const found = [...text.matchAll(pattern)];
  const one = pick(chance, found);
  return one ? text.slice(0, one.index) + by + text.slice(one.index + one[0].length) : text;
}
