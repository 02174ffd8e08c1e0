/** What pages say above everything else while the feed is not read as it should be. */
import { html } from 'hono/html';
import type { Ambient } from '../ambient.ts';
import type { HasDb } from '../db/connect.ts';
import { feedState } from '../db/feed-reading.ts';
import { feedTrouble } from '../questions/lib/feed-trouble.ts';
import type { Html } from './html.ts';

/** How long one look serves all pages. */
const LASTS_MS = 2_000;

/** Returns the banner of this moment; undefined where all is well, or where that cannot be told. */
export function createBanner({ db, clock }: HasDb & Pick<Ambient, 'clock'>): () => Promise<Html | undefined> {
  let seen: { at: number; banner: Promise<Html | undefined> } | undefined;
  return () => {
    const at = performance.now();
    // A database that is away is told by the page itself.
    if (!seen || at - seen.at > LASTS_MS) seen = { at, banner: look().catch(() => undefined) };
    return seen.banner;
  };

  async function look(): Promise<Html | undefined> {
    const feed = await feedState(db, clock.now());
    const trouble = feedTrouble(feed, 'UTC');
    if (trouble)
      return html`<aside class="banner" role="status"><p><strong>${trouble.what}</strong> ${trouble.todo}
<a href="/q/status">Status</a></p></aside>
`;
    // The first asking is noted before its answer is there.
    if (feed.until !== null || feed.behindMicros === 0) return undefined;
    return html`<aside class="banner" role="status"><p>The feed is being read for the first time. Reload this
page in a minute.</p></aside>
`;
  }
}
