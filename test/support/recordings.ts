/** Real recordings that lie beside the repository on some machines; third parties' data, never committed. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { PageSource } from './replay-server.ts';

const ROOT = join(import.meta.dirname, '../../../shared/bandcamp');

/** Tests that need them: `describe.skipIf(!hasRecordings)`. */
export const hasRecordings = existsSync(join(ROOT, 'recordings'));

/** A file below `shared/bandcamp`, as text. */
export const readRecording = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

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

export const recordedPages = (): RecordedPage[] => JSON.parse(readRecording('recordings/pages/index.json'));

export const recordedHtml = ({ file }: RecordedPage): string =>
  gunzipSync(readFileSync(join(ROOT, 'recordings/pages', file))).toString('utf8');

/** What FACTS.md says a parser should yield; tags in lower case with single spaces. */
export const wantedTags = ({ visible, structured }: RecordedPage): string[] => {
  const keywords =
    typeof structured.keywords === 'string' ? structured.keywords.split(',') : structured.keywords;
  return (visible.tags.length > 0 ? visible.tags : (keywords ?? [])).map(plainTag);
};

export const plainTag = (tag: string): string => tag.toLowerCase().replace(/\s+/g, ' ').trim();

/** All recorded pages and redirects for the replay server; of two captures of one address, the newer. */
export function pagesOfRecordings(): PageSource[] {
  const byDate = recordedPages().sort((a, b) => a.captured.localeCompare(b.captured));
  return byDate.flatMap(page => [
    ...(page.redirectedFrom
      ? [{ url: page.redirectedFrom, status: 302, headers: { location: page.url }, body: '' }]
      : []),
    { url: page.url, status: page.status, body: recordedHtml(page) },
  ]);
}

/** The recorded sales of January 2024. */
const taggedSales = (): { artist: string; tags: string[] }[] =>
  readdirSync(join(ROOT, 'recordings/tagged-sales')).flatMap(file =>
    readRecording(`recordings/tagged-sales/${file}`)
      .trim()
      .split('\n')
      .map(line => JSON.parse(line)),
  );

/** Their tags, with repetitions. */
export const recordedTags = (): string[] => taggedSales().flatMap(({ tags }) => tags);

/** Whom all recorded sales and pages name, each spelling once. */
export function recordedArtists(): string[] {
  const { events } = JSON.parse(readRecording('recordings/feed/get-2020-09-09T2200Z.json')) as {
    events: { items: { artist_name: string }[] }[];
  };
  return [
    ...new Set([
      ...taggedSales().map(({ artist }) => artist),
      ...events.flatMap(({ items }) => items.map(({ artist_name }) => artist_name)),
      ...recordedPages().flatMap(({ structured }) => structured.artist ?? []),
    ]),
  ];
}
