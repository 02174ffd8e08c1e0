import type { TagKind } from '../../core/tags/tag-kind.ts';
import { lengthOf, type Window } from '../../core/time/window.ts';
import type { Slices, Totals } from '../../stats/expected.ts';
import type { Subject as TrendSubject } from '../../stats/trend.ts';
import type { Reader } from '../connect.ts';
import { tagSales } from './sale-lists.ts';
import { type Sellers, tagsOfSellers } from './seller-sales.ts';
import { totalsBy } from './totals-by-subject.ts';

/** The window cut into slices, the oldest first, and the windows that it is compared with. */
export interface Compared {
  slices: readonly Window[];
  baseline: readonly Window[];
}

export interface TagCounts extends TrendSubject<number> {
  name: string;
  kind: 'genre' | 'style' | 'descriptor';
  /** In the window: all sales, and those of them that count. */
  sales: number;
  counted: number;
}

/**
 * The slices, and behind them the baseline: its windows as one where they follow each other, so that fewer
 * edges have to be counted.
 */
export function windowsOf({ slices, baseline }: Compared): Window[] {
  const before: Window[] = [];
  for (const window of baseline.toSorted((a, b) => a.from - b.from)) {
    const last = before.at(-1);
    if (last?.until === window.from) before.splice(-1, 1, { from: last.from, until: window.until });
    else before.push(window);
  }
  return [...slices, ...before];
}

/** Of one buyers' country, of some sellers, of both or of all. */
export interface OfBuyersOrSellers {
  country?: string | undefined;
  sellers?: Sellers | undefined;
}

/**
 * Every genre, style and descriptor that sold in the window or before it, and the sum over all that is summed
 * up by tags, which stands for what all sell.
 */
export async function tagCounts(
  db: Reader,
  compared: Compared,
  { country, sellers }: OfBuyersOrSellers = {},
): Promise<{ tags: TagCounts[]; totals: Totals }> {
  const many = compared.slices.length;
  const sums = sellers
    ? tagsOfSellers(db, windowsOf(compared), { sellers, country })
    : totalsBy(db, 'tag', windowsOf(compared), country);
  const rows = await db<
    {
      id: number;
      name: string;
      kind: TagKind;
      n: number;
      sales: number;
      counted: number;
    }[]
  >`
    select tag.id, tag.name, tag.kind, n, sum(sales)::bigint as sales, sum(counted)::bigint as counted
    from (${sums}) sums join tag on tag.id = subject
    group by tag.id, n order by tag.id, n`;
  const tags = new Map<number, TagCounts & { window: number[] }>();
  const totals = {
    window: new Array<number>(many).fill(0),
    baseline: 0,
    lengths: compared.slices.map(lengthOf),
  };
  for (const { id, name, kind, n, sales, counted } of rows) {
    if (n < many) totals.window[n] = (totals.window[n] ?? 0) + counted;
    else totals.baseline += counted;
    if (kind !== 'genre' && kind !== 'style' && kind !== 'descriptor') continue;
    let tag = tags.get(id);
    if (!tag) {
      tag = {
        key: id,
        name,
        kind,
        window: new Array<number>(many).fill(0),
        baseline: 0,
        sales: 0,
        counted: 0,
      };
      tags.set(id, tag);
    }
    if (n >= many) tag.baseline += counted;
    else {
      tag.window[n] = counted;
      tag.sales += sales;
      tag.counted += counted;
    }
  }
  return { tags: [...tags.values()], totals };
}

/** What one artist sold of a tag at one seller, counted. */
export interface TagContribution extends Slices {
  tagId: number;
  artist: number;
  seller: number;
  window: number[];
}

/** Every counted sale of these tags, by who sold it. */
export async function tagContributions(
  db: Reader,
  tagIds: readonly number[],
  compared: Compared,
  { country, sellers }: OfBuyersOrSellers = {},
): Promise<TagContribution[]> {
  if (tagIds.length === 0) return [];
  const many = compared.slices.length;
  const rows = await db<{ tagId: number; artist: number; seller: number; n: number; counted: number }[]>`
    select tag_id as "tagId", artist_id as artist, seller_id as seller, least(n, ${many}) as n,
      sum(counted)::int as counted
    from (${tagSales(db, tagIds, windowsOf(compared), ['artist_id', 'seller_id', 'counted'], country)}) sold
    where counted <> 0 ${sellers ? db`and seller_id in (${sellers.ids})` : db``}
    group by 1, 2, 3, 4 having sum(counted) > 0 order by 1, 2, 3, 4`;
  const found = new Map<string, TagContribution>();
  for (const { tagId, artist, seller, n, counted } of rows) {
    const key = `${tagId} ${artist} ${seller}`;
    let one = found.get(key);
    if (!one) {
      one = { tagId, artist, seller, window: new Array<number>(many).fill(0), baseline: 0 };
      found.set(key, one);
    }
    if (n < many) one.window[n] = counted;
    else one.baseline += counted;
  }
  return [...found.values()];
}
