/**
 * Feed, pages and tagged sales as they were once answered. Real recordings lie beside the repository on some
 * machines: third parties' data, never committed. Made-up ones of the same shape stand in `test/fixtures` and
 * are always there, so that the same tests run on both.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { PageSource, RawEvent } from './replay-server.ts';

const BESIDE = join(import.meta.dirname, '../../../shared/bandcamp');
const FIXTURES = join(import.meta.dirname, '../fixtures');

/** Tests that need what only lies beside the repository: `test.skipIf(!hasRecordings)`. */
export const hasRecordings = existsSync(join(BESIDE, 'recordings'));

/** A file below `shared/bandcamp`, as text. */
export const readRecording = (path: string): string => readFileSync(join(BESIDE, path), 'utf8');

export interface RecordedPage {
  file: string;
  url: string;
  status: number;
  captured: string;
  redirectedFrom: string | null;
  visible: { title: string; location: string | null; tags: string[] };
  structured: {
    keywords: string | string[] | null;
    artist: string | null;
    publisherLocation: string | null;
    published: string | null;
  };
}

export interface Recordings {
  /** As test titles say it. */
  name: string;
  /** Five minutes of September 2020 in the feed's answer, as text. */
  feed: string;
  /** An answer of June 2025 whose one sale lies hours after its own time. */
  feedAhead: string;
  /** What `feed` holds, unread. */
  events: RawEvent[];
  pages: RecordedPage[];
  htmlOf(page: RecordedPage): string;
  /** How Bandcamp's challenge and its 403 look. */
  refusals: { challenge: string; forbidden: string };
  /** The tags of sales of January 2024, with repetitions. */
  tags: string[];
  /** Whom all sales and pages name, each spelling once. */
  artists: string[];
}

/** @param folder of feed, pages and tagged sales; @param html of the pages' files, gzipped or not */
function recordingsIn(
  name: string,
  folder: string,
  { html, refusals }: { html: string; refusals: Recordings['refusals'] },
): Recordings {
  const read = (path: string) => readFileSync(join(folder, path), 'utf8');
  const feed = read('feed/get-2020-09-09T2200Z.json');
  const { events } = JSON.parse(feed) as { events: RawEvent[] };
  const pages = JSON.parse(read('pages/index.json')) as RecordedPage[];
  const tagged = readdirSync(join(folder, 'tagged-sales')).flatMap(file =>
    read(`tagged-sales/${file}`)
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as { artist: string; tags: string[] }),
  );
  const artists = [
    ...tagged.map(({ artist }) => artist),
    ...events.flatMap(({ items }) => items.map(({ artist_name }) => String(artist_name))),
    ...pages.flatMap(({ structured }) => structured.artist ?? []),
  ];
  return {
    name,
    feed,
    feedAhead: read('feed/get-2025-06-11.json'),
    events,
    pages,
    refusals,
    htmlOf: ({ file }) => {
      const bytes = readFileSync(join(html, file));
      return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    },
    tags: tagged.flatMap(({ tags }) => tags),
    artists: [...new Set(artists)],
  };
}

const fixture = (file: string): string => readFileSync(join(FIXTURES, 'pages', file), 'utf8');

const madeUp = recordingsIn('made-up recordings', join(FIXTURES, 'made-up'), {
  html: join(FIXTURES, 'pages'),
  refusals: { challenge: fixture('challenge.html'), forbidden: fixture('forbidden.html') },
});

/** The made-up ones, and the real ones where they are: `describe.each(recordings)('$name', …)`. */
export const recordings: readonly Recordings[] = hasRecordings
  ? [
      madeUp,
      recordingsIn('the recordings beside this repository', join(BESIDE, 'recordings'), {
        html: join(BESIDE, 'recordings/pages'),
        refusals: {
          challenge: readRecording('recordings/pages/errors/client_challenge_reassembled.html'),
          forbidden: readRecording('recordings/pages/errors/varnish_403_54113.html'),
        },
      }),
    ]
  : [madeUp];

/** What a parser should yield; tags in lower case with single spaces. */
export const wantedTags = ({ visible, structured }: RecordedPage): string[] => {
  const keywords =
    typeof structured.keywords === 'string' ? structured.keywords.split(',') : structured.keywords;
  return (visible.tags.length > 0 ? visible.tags : (keywords ?? [])).map(plainTag);
};

export const plainTag = (tag: string): string => tag.toLowerCase().replace(/\s+/g, ' ').trim();

/** All pages and redirects for the replay server; of two captures of one address, the newer. */
export function pagesOfRecordings({ pages, htmlOf }: Recordings): PageSource[] {
  const byDate = pages.toSorted((a, b) => a.captured.localeCompare(b.captured));
  return byDate.flatMap(page => [
    ...(page.redirectedFrom
      ? [{ url: page.redirectedFrom, status: 302, headers: { location: page.url }, body: '' }]
      : []),
    { url: page.url, status: page.status, body: htmlOf(page) },
  ]);
}
