/**
 * The tables of parts that several questions share: releases, countries, genres or sellers with their sales.
 */
import type { Column, Row } from '../../core/answer.ts';
import type { BarsSpec, ChartSpec, MapSpec } from '../../core/chart-spec.ts';
import { countryName } from '../../core/places/country.ts';
import { drawn, FEW, sayingFew, told } from '../../core/small-cells.ts';
import { isUnread } from '../../core/time/comparable.ts';
import { toIso } from '../../core/time/instant.ts';
import type { Reader } from '../../db/connect.ts';
import { type Owner, type Part, type PartKind, partsOf } from '../../db/read/breakdowns.ts';
import { namePages, nameSellers, nameTags } from '../../db/read/named-subjects.ts';
import { type Price, pricesOf } from '../../db/read/releases.ts';
import { NO_SALES, type Sum } from '../../db/read/totals.ts';
import type { Frame } from './definition.ts';
import type { History } from './history.ts';
import { ART_COLUMN, PRICE_COLUMN, priceCells } from './listed.ts';

/** One row of a breakdown: a name with what was sold, and for releases the price and the picture. */
export interface NamedPart extends Sum {
  /** Of its kind of subject; a format has none. */
  id?: number | string;
  name: string;
  url?: string | null;
  artUrl?: string | null;
  /** A release's. */
  price?: Price | undefined;
}

const COUNTS: Column[] = [
  { key: 'sales', label: 'Sales', kind: 'count' },
  { key: 'units', label: 'Units', kind: 'count' },
  { key: 'revenueUsd', label: 'Revenue', kind: 'money', currency: 'USD' },
];

/** What a part is called in the plural, in its column, and how its cells are shown. */
const PARTS = {
  items: { part: 'page', label: 'Release', kind: 'link', subject: 'item' },
  countries: { part: 'country', label: 'Country', kind: 'country', subject: 'country' },
  genres: { part: 'tag', label: 'Genre', kind: 'genre', subject: 'genre' },
  sellers: { part: 'seller', label: 'Seller', kind: 'link', subject: 'seller' },
  formats: { part: 'format', label: 'Format', kind: 'text' },
} as const satisfies Record<string, Pick<Column, 'label' | 'kind' | 'subject'> & { part: PartKind }>;
/** The choices of `show` that break a subject down. */
export type PartWord = keyof typeof PARTS;

/** As the feed's item types are called. */
export const FORMATS: Record<string, string> = {
  a: 'Digital album',
  t: 'Track',
  p: 'Physical or merch',
  b: 'Discography',
};

/** All types, those first that are the release itself. */
const ITEM_TYPES = ['a', 't', 'p', 'b'];

/** The `limit` largest parts of an artist, release or other owner by units, with their names. */
export async function loadParts(
  db: Reader,
  owner: Owner,
  word: PartWord,
  limit: number,
): Promise<NamedPart[]> {
  const parts = await partsOf(db, owner, PARTS[word].part, limit);
  const ids = parts.map(({ part }) => part);
  const named = (nameOf: (part: Part['part']) => Omit<NamedPart, keyof Sum> | undefined): NamedPart[] =>
    parts.map(({ part, ...sum }) => ({ ...(nameOf(part) ?? { name: String(part) }), ...sum }));
  switch (word) {
    case 'items': {
      const pages = await namePages(db, ids as number[]);
      const prices = await pricesOf(db, ids as number[], ITEM_TYPES, owner.window.until);
      return named(id => {
        const page = pages.get(id as number);
        const { name, url, artUrl } = page ?? { name: '' };
        return { id, name, url, artUrl, price: prices.get(id as number) };
      });
    }
    case 'genres': {
      const names = await nameTags(db, ids as number[]);
      return named(id => ({ name: names.get(id as number) ?? '' }));
    }
    case 'sellers': {
      const hosts = await nameSellers(db, ids as number[]);
      return named(id => {
        const host = hosts.get(id as number) ?? '';
        return { id: host, name: host, url: `https://${host}` };
      });
    }
    case 'formats':
      return named(type => ({ name: FORMATS[type] ?? String(type) }));
    case 'countries':
      return named(code => ({ name: String(code) }));
  }
}

/** The columns of a breakdown: the name under `name`, then sales, units and revenue in US cents. */
export function partColumns(word: PartWord): Column[] {
  const { part: _, ...column } = PARTS[word];
  const name: Column = { key: 'name', ...column };
  return word === 'items' ? [name, PRICE_COLUMN, ...COUNTS, ART_COLUMN] : [name, ...COUNTS];
}

/** The rows of `partColumns`; numbers of too few checkouts are withheld (see core/small-cells.ts). */
export const partRows = (parts: readonly NamedPart[]): Row[] =>
  parts.map(({ id, name, url, artUrl, price, sales, units, usdCents, few }) => ({
    name,
    ...(url && { nameUrl: url }),
    ...(id !== undefined && { nameId: id }),
    ...(price && priceCells(price)),
    ...told(few, { sales, units, revenueUsd: usdCents }),
    ...(artUrl && { artUrl }),
  }));

/** Countries as a map, everything else as bars; none of nothing. */
export function partChart(word: PartWord, title: string, parts: readonly NamedPart[]): ChartSpec | undefined {
  if (parts.length === 0) return undefined;
  if (word === 'countries') return countryMap(title, parts);
  return bars(title, PARTS[word].label.toLowerCase(), parts);
}

function bars(title: string, noun: string, parts: readonly NamedPart[]): BarsSpec {
  return {
    kind: 'bars',
    ...unitsChart(title, parts, {
      alt: `Bar chart of units by ${noun}; ${leader(parts[0]?.name ?? '', parts)}.`,
      caption: 'Units sold',
    }),
  };
}

type Units = Pick<NamedPart, 'name' | 'units' | 'few'>;

/** A world map of units sold by the buyers' country; `name` is the country's code. */
export const countryMap = (title: string, parts: readonly Units[]): MapSpec => ({
  kind: 'map',
  ...unitsChart(title, parts, {
    alt: `World map of units by buyers' country; ${leader(countryName(parts[0]?.name ?? ''), parts)}.`,
    caption: "Units sold, by the buyers' country",
  }),
});

const leader = (name: string, [first]: readonly Units[]): string =>
  `${name} leads with ${first?.few ? FEW : first?.units}`;

const unitsChart = (
  title: string,
  parts: readonly Units[],
  words: Pick<BarsSpec, 'alt' | 'caption'>,
): Omit<BarsSpec, 'kind'> =>
  sayingFew(
    {
      title,
      unit: 'units sold',
      format: 'count',
      ...words,
      series: [
        {
          label: 'units',
          points: parts.map(({ name, units, few }) => ({ x: name, y: drawn(few, units) })),
        },
      ],
    },
    parts.some(({ few }) => few),
  );

/** The columns of `historyRows`: when a step begins, and its sales, units and revenue in US cents. */
export const HISTORY_COLUMNS: Column[] = [{ key: 'from', label: 'From', kind: 'instant' }, ...COUNTS];

/** The steps with their sums, the oldest first; of what was not read nothing is told. */
export const historyRows = ({ steps, sums }: History, { unread }: Pick<Frame, 'unread'>): Row[] =>
  steps.now.map((step, n) => {
    const { sales, units, usdCents, few } = sums[n] ?? NO_SALES;
    const from = toIso(step.from);
    const cells: Row = isUnread(step, unread)
      ? { sales: null, units: null, revenueUsd: null }
      : told(few, { sales, units, revenueUsd: usdCents });
    return { from, ...cells };
  });
