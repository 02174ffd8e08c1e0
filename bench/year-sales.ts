/**
 * A simulated item as the row that the import makes of it, without the checks that the feed of strangers
 * needs.
 */
import { normalisePage } from '../src/core/address.ts';
import { toMinor } from '../src/core/money.ts';
import { codeOf } from '../src/core/places/country.ts';
import { type Instant, instantFromSeconds } from '../src/core/time/instant.ts';
import type { RawEvent, RawItem } from '../src/simulation/world.ts';
import { blockOf, COUNTED_OF_ARTIST, COUNTED_OF_SELLER, shiftOf } from '../src/stats/counted-blocks.ts';

interface ReadSale {
  at: Instant;
  checkoutAt: Instant;
  page: string;
  host: string;
  type: string;
  packageImageId: number | null;
  title: string;
  albumTitle: string | null;
  artUrl: string | null;
  /** As spelt; can be empty. */
  artist: string;
  country: { code: string; name: string } | null;
  units: number;
  amountMinor: number;
  currency: string;
  usdCents: number;
  priceMinor: number;
}

export function readSale(item: RawItem, event: RawEvent): ReadSale {
  const address = normalisePage(item.url);
  if (!address) throw new Error(`no address: ${item.url}`);
  const { currency } = item;
  const code = codeOf(item.country_code) ?? codeOf(item.country);
  return {
    at: instantFromSeconds(item.utc_date),
    checkoutAt: instantFromSeconds(event.utc_date),
    page: address.page,
    host: address.seller,
    type: item.item_type,
    packageImageId: item.package_image_id,
    title: item.item_description,
    albumTitle: item.album_title,
    artUrl: item.art_url,
    artist: item.artist_name,
    country: code === null ? null : { code, name: item.country },
    units: 1 + (item.addl_count ?? 0),
    amountMinor: toMinor(item.amount_paid, currency),
    currency,
    usdCents: toMinor(item.amount_paid_usd, 'USD'),
    priceMinor: toMinor(item.item_price, currency),
  };
}

/** With the ids of what it names. */
export interface DaySale extends Omit<ReadSale, 'artist'> {
  item: number;
  artist: number;
  seller: number;
  various: boolean;
}

/** Counts which sales count, day after day (as src/db/write/counted-sales.ts has it). */
export function countedJudge(): (
  sales: readonly DaySale[],
) => (DaySale & { amongFirst: boolean; counted: boolean })[] {
  const sold = new Map<string, number>();
  const shifts = new Map<number, number>();
  const isAmong = (key: string, most: number) => {
    const count = (sold.get(key) ?? 0) + 1;
    sold.set(key, count);
    return count <= most;
  };
  let month = -1;
  return sales => {
    const sorted = sales.toSorted(
      (a, b) =>
        a.at - b.at ||
        (a.page < b.page ? -1 : a.page > b.page ? 1 : 0) ||
        (a.type < b.type ? -1 : a.type > b.type ? 1 : 0) ||
        (a.packageImageId ?? -1) - (b.packageImageId ?? -1),
    );
    return sorted.flatMap((sale, n) => {
      const before = sorted[n - 1];
      if (before?.at === sale.at && before.item === sale.item) return [];
      if (sale.various) return [{ ...sale, amongFirst: false, counted: false }];
      const shift = shifts.get(sale.seller) ?? shiftOf(sale.host);
      shifts.set(sale.seller, shift);
      const block = blockOf(sale.at, shift);
      // Blocks lie within a month: what is of another one is over.
      if (block >> 4 !== month) {
        sold.clear();
        month = block >> 4;
      }
      const amongFirst = isAmong(`${sale.artist} ${sale.seller} ${block}`, COUNTED_OF_ARTIST);
      const counted = amongFirst && isAmong(`${sale.seller} ${block}`, COUNTED_OF_SELLER);
      return [{ ...sale, amongFirst, counted }];
    });
  };
}
