/** Sales as plain data: what one answer of the feed turns into before anything is stored. */
import type { Instant } from './time/instant.ts';

/** `a` album, `t` track, `p` physical or merch, `b` full discography. */
export type ItemType = 'a' | 't' | 'p' | 'b';
/** What the page is: album, track, merch; null for a discography, whose page is the bare host. */
export type SlugType = 'a' | 't' | 'p' | null;

/** One sold item of one checkout. Unique by (`at`, `page`, `itemType`, `packageImageId`). */
export interface FeedSale {
  /** The item's own instant. */
  at: Instant;
  /**
   * The instant of the event it was sold in: about 0.1 s earlier, the same for all items of one checkout;
   * null in imported history.
   */
  checkoutAt: Instant | null;
  /** Normalised address: https, lower-case host, no query, no trailing slash. */
  page: string;
  /** The host that sold it, often a label's; punycode where it is international. */
  seller: string;
  itemType: ItemType;
  slugType: SlugType;
  packageImageId: number | null;
  artId: number | null;
  /**
   * As spelt, except that what Postgres cannot hold is replaced (see `storable` in core/text.ts). Can be
   * empty.
   */
  title: string;
  albumTitle: string | null;
  /** As the feed spells it; empty where the feed names nobody. */
  artist: string;
  /** 1 + the further tracks that the feed folded in. */
  units: number;
  /** What was paid for all units, in minor units of `currency`. */
  amountMinor: number;
  /** ISO 4217, upper case. */
  currency: string;
  /** The asking price of all units; null where the feed gives none. 0 is name your price. */
  itemPriceMinor: number | null;
  /** Bandcamp's own conversion; null where the feed gives none. */
  amountUsdCents: number | null;
  /** The buyer's, lower-case ISO 3166-1; null where it is absent or unknown. */
  countryCode: string | null;
  countryName: string | null;
  artUrl: string | null;
  /** Number of releases in a discography. */
  releases: number | null;
}

/** What could not be read as a sale, kept for a person to look at. */
export interface FeedReject {
  /** A short stable kebab-case code, then the detail: `bad-item: amount_paid: expected number`. */
  reason: string;
  /** JSON text of the item or event, at most 20,000 characters. */
  raw: string;
}

/** One answer of the feed. `nothing-yet`: the asked window is not published. */
export type FeedBatch =
  | {
      kind: 'sales';
      from: Instant;
      until: Instant;
      serverTime: Instant;
      sales: FeedSale[];
      rejects: FeedReject[];
    }
  | { kind: 'nothing-yet'; serverTime: Instant };
