/** Artists, releases and genres by a part of their names, however it is spelt. */

import type { Row } from '../core/answer.ts';
import { countOf } from '../core/numbers.ts';
import type { Reader } from '../db/connect.ts';
import type { Named } from '../db/read/name-likeness.ts';
import { findArtists, findReleases, findTags } from '../db/read/name-search.ts';
import { nameArtists } from '../db/read/named-subjects.ts';
import { type AnswerBody, defineQuestion, type Frame, type Values } from './lib/definition.ts';
import {
  choiceParameter,
  limitParameter,
  nameParameter,
  untilParameter,
  windowParameter,
  zoneParameter,
} from './lib/parameters.ts';
import { shortName } from './lib/resolve-name.ts';

const parameters = {
  text: nameParameter('A name or a part of one', 'boards'),
  kind: choiceParameter('What to look for', ['all', 'artist', 'item', 'genre']),
  limit: limitParameter(10, 50),
  window: windowParameter('30d'),
  until: untilParameter,
  zone: zoneParameter,
};
type Asked = Values<typeof parameters>;

interface Found extends Named {
  kind: 'artist' | 'item' | 'genre';
  isDescriptor?: boolean;
  artist?: string;
  url?: string | null;
}

export const search = defineQuestion<typeof parameters, Found[]>({
  name: 'search',
  title: 'Search',
  summary: 'Artists, releases and genres by a part of their names, misspelt or not.',
  parameters,
  phrases: ['find', 'look for', 'look up', 'search for', 'who is called', 'what is called'],
  load,
  answer,
});

async function load(
  { db }: { db: Reader },
  { text, kind }: Asked,
  { window: { until } }: Frame,
): Promise<Found[]> {
  const wanted = (one: Found['kind']) => kind === 'all' || kind === one;
  const artists = wanted('artist') ? await findArtists(db, text, until, { others: true }) : [];
  const urls = await nameArtists(
    db,
    artists.map(({ id }) => id),
  );
  return [
    ...artists.map(found => ({ ...found, kind: 'artist' as const, url: urls.get(found.id)?.url ?? null })),
    ...(wanted('item') ? await findReleases(db, text, until) : []).map(found => ({
      ...found,
      kind: 'item' as const,
    })),
    ...(wanted('genre') ? await findTags(db, text, until, { others: true }) : []).map(found => ({
      ...found,
      kind: 'genre' as const,
    })),
  ];
}

const KINDS: Record<Found['kind'], string> = { artist: 'Artist', item: 'Release', genre: 'Genre' };
const whatIs = ({ kind, isDescriptor }: Found): string => (isDescriptor ? 'Descriptor' : KINDS[kind]);

/** Less alike is noise; as where a question accepts a name. */
const LEAST_LIKENESS = 0.35;

function answer({ text, kind, limit }: Asked, all: Found[]): AnswerBody {
  const score = ({ likeness, sales }: Found) => likeness + 0.1 * Math.log10(1 + sales);
  const found = all
    .filter(({ likeness }) => likeness >= LEAST_LIKENESS)
    .sort((a, b) => score(b) - score(a) || a.name.localeCompare(b.name, 'en') || a.id - b.id)
    .slice(0, limit);
  const [first] = found;
  const asked = shortName(text);
  const rows = found.map(rowOf);
  return {
    title: `Search: ${asked}`,
    headline: first
      ? `${countOf(found.length, 'match', 'matches')} for "${asked}". Best match: ${shortName(first.name)} ` +
        `(${whatIs(first).toLowerCase()}).`
      : `No results for "${asked}". Try a part of the name, or another spelling.`,
    columns: [
      { key: 'name', label: 'Name', kind: 'link', subject: 'row' },
      { key: 'kind', label: 'Type', kind: 'text' },
      { key: 'artist', label: 'By', kind: 'text' },
      { key: 'sales', label: 'Sales in 30 days', kind: 'count' },
    ],
    rows,
    followUps: [
      ...found.slice(0, 3).map(one => ({
        label: `${whatIs(one)}: ${shortName(one.name)}`,
        question: one.kind,
        change: { [one.kind]: (one.kind === 'item' && one.url) || one.name, window: undefined },
      })),
      ...(kind === 'all' ? [] : [{ label: 'Everything', change: { kind: undefined } }]),
      ...(first
        ? []
        : [
            { label: 'Top artists', question: 'top', change: { window: undefined } },
            { label: 'Trending genres', question: 'trending-genres', change: { window: undefined } },
          ]),
    ],
  };
}

const rowOf = (one: Found): Row => ({
  name: one.name,
  ...(one.url && { nameUrl: one.url }),
  nameSubject: one.kind,
  nameId: one.kind === 'genre' ? one.name : one.id,
  kind: whatIs(one),
  artist: one.artist ?? null,
  sales: one.sales,
});
