/** Sales made for tests: each differs from the ordinary one only in what the test is about. */

import type { FeedSale } from '../../src/core/sale.ts';
import { instantFromSeconds } from '../../src/core/time/instant.ts';

/** 2026-10-07T12:00:00Z, a Wednesday. */
export const NOON = instantFromSeconds(1_791_374_400);

export function aSale(of: Partial<FeedSale> = {}): FeedSale {
  const at = of.at ?? NOON;
  return {
    at,
    checkoutAt: at - 100_000,
    page: 'https://label.bandcamp.com/album/first',
    seller: 'label.bandcamp.com',
    itemType: 'a',
    slugType: 'a',
    packageImageId: null,
    artId: 1,
    title: 'First',
    albumTitle: null,
    artist: 'Ann Artist',
    units: 1,
    amountMinor: 700,
    currency: 'EUR',
    itemPriceMinor: 700,
    amountUsdCents: 812,
    countryCode: 'de',
    countryName: 'Germany',
    artUrl: null,
    releases: null,
    ...of,
  };
}
