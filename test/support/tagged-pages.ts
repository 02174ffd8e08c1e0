/** Pages of which nothing but a tag is known. */
import { classifyTags } from '../../src/core/tags/tag.ts';
import { DAY, type Instant } from '../../src/core/time/instant.ts';
import type { Sql } from '../../src/db/connect.ts';
import { storePageFacts } from '../../src/db/write/page-facts.ts';

/** @param tags by address, several with commas between */
export const storeTaggedPages = (db: Sql, tags: ReadonlyMap<string, string>, at: Instant): Promise<unknown> =>
  storePageFacts(
    db,
    [...tags].map(([page, tag]) => ({
      page,
      seller: new URL(page).host,
      title: null,
      artist: null,
      place: null,
      published: null,
      tags: classifyTags(tag.split(', '), { place: null }),
    })),
    { at, nextAskAt: at + DAY },
  );
