/** Two to five artists, genres, releases or countries side by side, over time. */
import type { Column } from '../core/answer.ts';
import { UserError } from '../core/errors.ts';
import { countOf } from '../core/numbers.ts';
import { codeOf, countryInText, countryName } from '../core/places/country.ts';
import { areFew, isNarrow, ofOne, told } from '../core/small-cells.ts';
import { isKnownGenre } from '../core/tags/tag.ts';
import { atStart } from '../core/text.ts';
import type { Instant } from '../core/time/instant.ts';
import type { Reader } from '../db/connect.ts';
import { findArtists, findReleases, findTags } from '../db/read/name-search.ts';
import { nameArtists } from '../db/read/named-subjects.ts';
import { NO_SALES, type Sum, totalsOf, totalsOfAll } from '../db/read/totals.ts';
import { changeOf, compareNotes } from './lib/baseline-change.ts';
import {
  type AnswerBody,
  defineQuestion,
  type Frame,
  type Parameter,
  type Values,
} from './lib/definition.ts';
import { type History, historyChart, stepsOf, windowsOf } from './lib/history.ts';
import {
  choiceParameter,
  parseName,
  untilParameter,
  windowParameter,
  zoneParameter,
} from './lib/parameters.ts';
import { resolve, shortName } from './lib/resolve-name.ts';
import { countWords } from './lib/sold-words.ts';

const LEAST = 2;
const MOST = 5;

/** What stands between names, the surest first: where one is there, the others are parts of a name. */
const VERSUS = /\s+(?:vs\.?|versus)\s+/i;
const BETWEEN = [VERSUS, /\s*[;\n]\s*/, /\s*,\s*/];
const AND = /\s+(?:and|&|or|to|with)\s+/i;
const isKnown = (name: string): boolean => isKnownGenre(name) || codeOf(name) !== null;
const IN_QUOTES = /["“„]([^"“”„]+)["”“]/g;
/** Stands for a name in quotes while the rest is split; of Unicode's private use. */
const HELD = '\u{E000}';
const ANY_HELD = /\u{E000}(\d+)\u{E000}/gu;
const WHOLE_HELD = /^\u{E000}\d+\u{E000}$/u;

/** The names in a text; one in quotes is whole, and quotes that are a part of one stay. */
function splitNames(raw: string): string[] {
  const held: { quoted: string; inside: string }[] = [];
  const text = raw
    .replaceAll(HELD, '')
    .replace(IN_QUOTES, (quoted, inside) => `${HELD}${held.push({ quoted, inside }) - 1}${HELD}`);
  const released = (name: string): string => {
    const part = WHOLE_HELD.test(name) ? 'inside' : 'quoted';
    return name.replace(ANY_HELD, (_, at) => held[Number(at)]?.[part] ?? '');
  };
  const between = BETWEEN.find(separator => separator.test(text));
  return (between ? text.split(between) : splitByAnd(text))
    .map(name => released(name.trim()))
    .filter(Boolean);
}

/** At the "and" that has a genre or country on both sides ("drum and bass and techno"); else at each. */
function splitByAnd(text: string): string[] {
  const cuts = [...text.matchAll(new RegExp(AND, 'gi'))].map(({ index, 0: and }) => [
    text.slice(0, index),
    text.slice(index + and.length),
  ]);
  return cuts.find(pair => pair.every(isKnown)) ?? (isKnown(text) ? [text] : text.split(AND));
}

/** What `splitNames` reads back: with commas, or "vs" where a name has a comma or an "and". */
function joinNames(names: readonly string[]): string {
  const isOne = (name: string) => splitNames(name).length === 1;
  if (names.every(isOne)) return names.join(', ');
  if (!names.some(name => VERSUS.test(` ${name} `))) return names.join(' vs ');
  return names.map(name => (isOne(name) ? name : `"${name}"`)).join(', ');
}

/** `techno, house`, `techno vs house` or `techno and house`. */
const namesParameter: Parameter<string[]> & { required: true } = {
  describe: `Two to ${MOST} names, with commas between them`,
  example: 'techno, house',
  required: true,
  isName: true,
  parse: raw => {
    const names = splitNames(raw).map(parseName);
    const distinct = [...new Map(names.map(name => [name.toLowerCase(), name])).values()];
    if (distinct.length < LEAST || distinct.length > MOST)
      throw new UserError(
        `"${shortName(raw)}" is ${countOf(distinct.length, 'name')}.`,
        `Give two to ${MOST} with commas between them, such as "techno, house".`,
      );
    return distinct;
  },
  format: joinNames,
  recognises: () => false,
};

const parameters = {
  names: namesParameter,
  kind: choiceParameter('What they are', ['any', 'artist', 'genre', 'item', 'country']),
  window: windowParameter('30d'),
  until: untilParameter,
  zone: zoneParameter,
};
type Asked = Values<typeof parameters>;
type Kind = Exclude<Asked['kind'], 'any'>;

interface Compared {
  id: number | string;
  name: string;
  /** Where it is heard: an artist or a release. */
  url: string | null;
  /** Was not found under exactly this name. */
  asked: string | null;
  now: Sum;
  /** In each comparable stretch. */
  before: Sum[];
  history: History;
}

interface Loaded {
  kind: Kind;
  compared: Compared[];
}

export const compare = defineQuestion<typeof parameters, Loaded>({
  name: 'compare',
  title: 'Compare',
  summary: 'Two to five artists, genres, releases or countries side by side, over time.',
  parameters,
  phrases: ['comparison of', 'difference between'],
  load,
  answer,
});

async function load({ db }: { db: Reader }, { names, kind: given }: Asked, frame: Frame): Promise<Loaded> {
  const { until } = frame.window;
  const kind = given === 'any' ? await kindOf(db, names, until) : given;
  const steps = stepsOf(frame, { byDay: kind === 'artist' || kind === 'item' });
  const { comparable } = frame;
  const windows = [frame.window, ...comparable, ...windowsOf({ ...steps, typical: [] })];
  const compared: Compared[] = [];
  for (const asked of names) {
    const { id, name, url = null, exact, sums } = await sumsFor(db, kind, asked, windows, until);
    const [now = NO_SALES, ...rest] = sums;
    compared.push({
      id,
      name,
      url,
      asked: exact ? null : asked,
      now,
      before: rest.slice(0, comparable.length),
      history: { steps: { ...steps, typical: [] }, sums: rest.slice(comparable.length) },
    });
  }
  return { kind, compared };
}

/**
 * The kind under which most of the names are known exactly; genres and countries are few, so they come first.
 */
async function kindOf(db: Reader, names: readonly string[], until: Instant): Promise<Kind> {
  if (names.every(isKnownGenre)) return 'genre';
  if (names.every(name => codeOf(name) !== null)) return 'country';
  const finders = { genre: findTags, artist: findArtists, item: findReleases } as const;
  let best: { kind: Kind; sum: number } = { kind: 'artist', sum: 0 };
  for (const kind of ['artist', 'genre', 'item'] as const) {
    let sum = 0;
    for (const name of names) sum += (await finders[kind](db, name, until))[0]?.likeness ?? 0;
    if (sum > best.sum) best = { kind, sum };
  }
  return best.kind;
}

async function sumsFor(
  db: Reader,
  kind: Kind,
  asked: string,
  windows: Parameters<typeof totalsOf>[3],
  until: Instant,
): Promise<{ id: number | string; name: string; url?: string | null; exact: boolean; sums: Sum[] }> {
  if (kind === 'country') {
    const code = codeOf(asked);
    if (code === null)
      throw new UserError(
        `"${shortName(asked)}" is not a country.`,
        'Use names or two-letter codes, such as "uk, japan".',
      );
    return { id: code, name: countryName(code), exact: true, sums: await totalsOfAll(db, windows, code) };
  }
  if (kind === 'item') {
    const { best } = await resolve(db, 'item', asked, until);
    const sums = await totalsOf(db, 'page', [best.id], windows);
    return { id: best.id, name: best.name, url: best.url, exact: best.likeness === 1, sums };
  }
  const { best } = await resolve(db, kind, asked, until);
  const sums = await totalsOf(db, kind === 'genre' ? 'tag' : 'artist', [best.id], windows);
  const url = kind === 'artist' ? (await nameArtists(db, [best.id])).get(best.id)?.url : null;
  return { id: best.id, name: best.name, url: url ?? null, exact: best.likeness === 1, sums };
}

const LIST = new Intl.ListFormat('en');

const KIND_LABELS: Record<Kind, string> = {
  artist: 'Artist',
  genre: 'Genre',
  item: 'Release',
  country: 'Country',
};

const unitsOf = ({ few, units }: Sum): string => countWords(few, units, 'unit');
/** Of two whose numbers may not be told it may not be told either which is the larger. */
const areAlike = (a: Sum, b: Sum): boolean => a.units === b.units || Boolean(a.few && b.few);
const CELLS = { artist: 'link', genre: 'genre', item: 'link', country: 'text' } as const;

function answer({ names, kind: given }: Asked, { kind, compared }: Loaded, frame: Frame): AnswerBody {
  const ranked = compared.toSorted((a, b) => b.now.units - a.now.units || b.now.usdCents - a.now.usdCents);
  const [first, second] = ranked;
  const said = ({ name, id }: Compared): string => (kind === 'country' ? countryInText(String(id)) : name);
  const atFirst = (one: Compared): string =>
    kind === 'genre' || kind === 'country' ? atStart(said(one)) : said(one);
  const list = LIST.format(compared.map(({ name }) => shortName(name)));
  const title = kind === 'genre' ? atStart(list) : list;
  const rows = ranked.map(({ id, name, url, now, before }) => ({
    name,
    ...(url && { nameUrl: url }),
    nameId: kind === 'genre' ? name : id,
    ...told(now.few, { sales: now.sales, units: now.units, revenueUsd: now.usdCents }),
    ...told(now.few || areFew(before), {
      salesChange: changeOf(
        frame,
        now.sales,
        before.map(({ sales }) => sales),
      ),
    }),
  }));
  const numbers: Column[] = [
    { key: 'sales', label: 'Sales', kind: 'count' },
    { key: 'units', label: 'Units', kind: 'count' },
    { key: 'revenueUsd', label: 'Revenue', kind: 'money', currency: 'USD' },
    { key: 'salesChange', label: 'Change', kind: 'change' },
  ];
  const isOfOne = kind === 'artist' || kind === 'item';
  const sold = ranked.some(({ now }) => now.sales > 0);
  const chart = historyChart(
    frame,
    title,
    compared.map(({ name, history }) => ({ label: name, history })),
  );
  const notFound = compared.filter(({ asked }) => asked !== null);
  return {
    title,
    headline:
      !first || !second || !sold
        ? 'None of these had sales in this period.'
        : areAlike(first.now, second.now)
          ? `${atFirst(first)} and ${said(second)} are tied at ${unitsOf(first.now)}.`
          : `${atFirst(first)} ${kind === 'country' ? 'buys' : 'sells'} the most: ` +
            `${unitsOf(first.now)}, ahead of ${said(second)} with ${unitsOf(second.now)}.`,
    columns: [
      {
        key: 'name',
        label: KIND_LABELS[kind],
        kind: CELLS[kind],
        subject: kind,
      },
      ...(isOfOne ? ofOne(numbers, isNarrow(frame)) : numbers),
    ],
    rows,
    ...(sold && chart && { chart }),
    notes: [
      ...notFound.map(
        ({ asked, name }) => `No exact match for "${shortName(asked ?? '')}". Showing ${shortName(name)}.`,
      ),
      ...compareNotes(frame, rows),
    ],
    followUps: [
      ...(['genre', 'artist', 'item'] as const)
        .filter(other => other !== kind && given === 'any' && kind !== 'country')
        .slice(0, 1)
        .map(other => ({
          label: `As ${other === 'item' ? 'releases' : `${other}s`}`,
          change: { kind: other },
        })),
      ...ranked.slice(0, 2).map(({ name }) => ({
        label: `About ${kind === 'country' ? countryInText(codeOf(name) ?? name) : shortName(name)}`,
        question: kind,
        change: { [kind]: name, ...(kind === 'country' && { country: codeOf(name) ?? name }) },
      })),
      ...(names.length > 2
        ? [{ label: 'Only the first two', change: { names: names.slice(0, 2).join(', ') } }]
        : []),
    ],
  };
}
