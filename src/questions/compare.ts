/** Two to five artists, genres, releases or countries side by side, over time. */

import { UserError } from '../core/errors.ts';
import { countOf } from '../core/numbers.ts';
import { codeOf, countryName } from '../core/places/country.ts';
import { isKnownGenre } from '../core/tags/tag.ts';
import type { Instant } from '../core/time/instant.ts';
import type { Reader } from '../db/connect.ts';
import { findArtists, findReleases, findTags } from '../db/read/name-search.ts';
import { nameArtists } from '../db/read/rankings.ts';
import { NO_SALES, type Sum, totalsOf, totalsOfAll } from '../db/read/totals.ts';
import { changeOf, compareNotes, usualScale } from './lib/baseline-change.ts';
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
  before: Sum;
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
  const baseline = usualScale(frame) === null ? [] : frame.baseline;
  const windows = [frame.window, ...baseline, ...windowsOf({ ...steps, usual: [] })];
  const compared: Compared[] = [];
  for (const asked of names) {
    const { id, name, url = null, exact, sums } = await sumsFor(db, kind, asked, windows, until);
    const [now = NO_SALES, ...rest] = sums;
    const before = rest.slice(0, baseline.length);
    const all = (key: keyof Sum) => before.reduce((total, sum) => total + sum[key], 0);
    compared.push({
      id,
      name,
      url,
      asked: exact ? null : asked,
      now,
      before: { sales: all('sales'), units: all('units'), usdCents: all('usdCents') },
      history: { steps: { ...steps, usual: [] }, sums: rest.slice(baseline.length) },
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

const list = new Intl.ListFormat('en');

const KIND_LABELS: Record<Kind, string> = {
  artist: 'Artist',
  genre: 'Genre',
  item: 'Release',
  country: 'Country',
};

const CELLS = { artist: 'link', genre: 'genre', item: 'link', country: 'text' } as const;

function answer({ names, kind: given }: Asked, { kind, compared }: Loaded, frame: Frame): AnswerBody {
  const ranked = compared.toSorted((a, b) => b.now.units - a.now.units || b.now.usdCents - a.now.usdCents);
  const [first, second] = ranked;
  const title = list.format(compared.map(({ name }) => shortName(name)));
  const rows = ranked.map(({ id, name, url, now, before }) => ({
    name,
    ...(url && { nameUrl: url }),
    nameId: kind === 'genre' ? name : id,
    sales: now.sales,
    units: now.units,
    revenueUsd: now.usdCents,
    salesChange: changeOf(now.sales, before.sales, usualScale(frame)),
  }));
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
        ? 'None of them sold anything in this window.'
        : first.now.units === second.now.units
          ? `${first.name} and ${second.name} sell alike: ${countOf(first.now.units, 'unit')} each.`
          : `${first.name} sells most: ${countOf(first.now.units, 'unit')}, ahead of ${second.name} with ` +
            `${countOf(second.now.units, 'unit')}.`,
    columns: [
      {
        key: 'name',
        label: KIND_LABELS[kind],
        kind: CELLS[kind],
        subject: kind,
      },
      { key: 'sales', label: 'Sales', kind: 'count' },
      { key: 'units', label: 'Units', kind: 'count' },
      { key: 'revenueUsd', label: 'Revenue', kind: 'money', currency: 'USD' },
      { key: 'salesChange', label: 'Change', kind: 'change' },
    ],
    rows,
    ...(sold && chart && { chart }),
    notes: [
      ...notFound.map(
        ({ asked, name }) =>
          `Nothing is called "${shortName(asked ?? '')}" exactly: this is ${shortName(name)}.`,
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
        label: `About ${shortName(name)}`,
        question: kind,
        change: { [kind]: name, ...(kind === 'country' && { country: codeOf(name) ?? name }) },
      })),
      ...(names.length > 2
        ? [{ label: 'Only the first two', change: { names: names.slice(0, 2).join(', ') } }]
        : []),
    ],
  };
}
