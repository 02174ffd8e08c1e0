/** What pages said, as `import` takes it: one JSON object a page. */
import { z } from 'zod';
import { normalisePage } from '../core/address.ts';
import type { FeedReject } from '../core/sale.ts';
import type { Instant } from '../core/time/instant.ts';
import { complaint, reject } from './feed.ts';
import { clean, instantOf, limitTags } from './item-page.ts';
import { texts } from './json-ld.ts';

export interface PageRecord {
  /** Normalised address. */
  page: string;
  seller: string;
  title: string | null;
  artist: string | null;
  tags: string[];
  place: string | null;
  published: Instant | null;
  /** Whose page it is. */
  owner: string | null;
  /** The label that it is linked to. */
  label: string | null;
  isPreorder: boolean | null;
}

const text = z.string().nullish().transform(clean);
/** Where there is one of these beside an address, or nothing else, a record is a page's. */
const TOLD = ['title', 'artist', 'tags', 'location', 'published', 'publisher', 'label', 'preorder'];

/** Whether an object can be what a page said. */
export const isPageFacts = (json: object): boolean =>
  'url' in json && (TOLD.some(name => name in json) || Object.keys(json).length === 1);

const facts = z.object({
  url: z.string().max(4000),
  title: text,
  artist: text,
  /** A list, or one text with commas, as pages had it in 2020. */
  tags: z
    .union([z.array(z.string()), z.string().max(20_000)], 'expected a list of texts')
    .nullish()
    .transform(texts),
  location: text,
  published: z.string().max(100).nullish().transform(instantOf),
  publisher: text,
  label: text,
  preorder: z.boolean().nullish(),
});

/**
 * `{url, title, artist, tags, location, published, publisher, label, preorder}` → the page, or what is wrong
 * with it. Only the address must be there.
 */
export function parsePageFacts(raw: unknown): PageRecord | FeedReject {
  const parsed = facts.safeParse(raw);
  if (!parsed.success) return reject(`bad-page: ${complaint(parsed.error)}`, raw);
  const { url, tags, location, publisher, preorder, ...rest } = parsed.data;
  const address = normalisePage(url);
  if (!address) return reject(`bad-address: ${JSON.stringify(url)}`, raw);
  return {
    ...address,
    ...rest,
    place: location,
    owner: publisher,
    isPreorder: preorder ?? null,
    tags: limitTags(tags).tags,
  };
}
