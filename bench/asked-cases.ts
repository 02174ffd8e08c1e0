/**
 * What is asked in the bench: each question as it is by itself, then with what makes it heavier; names from
 * the head to the tail.
 */
import { DAY, toIso } from '../src/core/time/instant.ts';
import type { Sql } from '../src/db/connect.ts';
import type { Plain } from './plain-questions.ts';
import { YEAR_UNTIL } from './year-span.ts';

interface AskedName {
  params: Record<string, string>;
  plain: Partial<Plain>;
}

export interface AskedCase {
  title: string;
  question: string;
  params: Record<string, string>;
  plain: Partial<Plain>;
  /** Asked in turn, so that no cache of one name's rows can make it look quick. */
  names: AskedName[];
}

/** Places among the best-selling: everybody's, and hardly anybody's. */
const PLACES = [1, 10, 100, 1_000, 10, 3, 30, 300];
const MONTH_AGO = toIso(YEAR_UNTIL - 30 * DAY).slice(0, 10);

/** The first cases are each question as it is. */
export const AS_THEY_ARE = 23;

export async function casesOf(db: Sql): Promise<AskedCase[]> {
  const artists = await db<{ id: number; name: string }[]>`
    select id, name
    from artist join (
      select artist_id, sum(units) as units from artist_day where day >= ${MONTH_AGO}::date group by 1
    ) sold on artist_id = id
    where not various order by units desc limit 1000`;
  const tags = await db<{ id: number; name: string }[]>`
    select id, name
    from tag join (
      select tag_id, sum(units) as units from tag_day
      where country_code = '' and day >= ${MONTH_AGO}::date
      group by 1
    ) sold on tag_id = id
    order by units desc limit 1000`;
  const pages = await db<{ id: number; url: string }[]>`
    select page.id, url
    from page join (
      select page_id, sum(units) as units from page_day where day >= ${MONTH_AGO}::date group by 1
    ) sold on page_id = page.id
    where url like '%/album/%' order by units desc limit 1000`;
  const placed = <T>(list: readonly T[]): T[] =>
    PLACES.flatMap(place => list[Math.min(place, list.length) - 1] ?? []);
  const byArtist = placed(artists).map(({ id, name }) => ({ params: { artist: name }, plain: { id } }));
  const byGenre = placed(tags).map(({ id, name }) => ({ params: { genre: name }, plain: { id } }));
  const byItem = placed(pages).map(({ id, url }) => ({ params: { item: url }, plain: { id } }));
  const bySubject = byGenre.map(({ params, plain }) => ({ params: { subject: params.genre }, plain }));
  const byArtistSubject = byArtist.map(({ params, plain }) => ({
    params: { subject: params.artist },
    plain,
  }));
  const byText = ['boards', 'night', 'the', 'ambeint'].map(text => ({ params: { text }, plain: { text } }));
  const pairs = placed(tags).map((tag, at, all) => {
    const other = all[(at + 1) % all.length] ?? tag;
    return {
      params: { names: `${tag.name}, ${other.name}`, kind: 'genre' },
      plain: { others: [tag.id, other.id] },
    };
  });
  const genre = tags[9]?.name ?? 'techno';
  const one = (words: string, names: AskedName[] = [], plain: Partial<Plain> = {}): AskedCase => {
    const [question = '', ...given] = words.split(' ');
    const params = Object.fromEntries(given.map(pair => pair.split('=') as [string, string]));
    const { kind, by, country } = params;
    const inGenre: { genre?: string } = params.genre === undefined ? {} : { genre };
    return {
      title: words,
      question,
      params: { ...params, ...(params.genre !== undefined && { genre }) },
      plain: { kind, by, country, ...inGenre, ...plain },
      names,
    };
  };
  return [
    one('trending-genres'),
    one('emerging-artists'),
    one('trending-artists'),
    one('trending-sellers'),
    one('scorecard'),
    ...['artist', 'album', 'track', 'merch', 'genre', 'country', 'seller'].map(kind =>
      one(`top kind=${kind}`),
    ),
    one('overview'),
    one('countries'),
    one('status'),
    one('why', bySubject),
    one('artist', byArtist),
    one('genre', byGenre),
    one('country country=de'),
    one('item', byItem),
    one('compare', pairs),
    one('similar', byArtist),
    one('search', byText),
    ...['30d', '90d', '365d'].flatMap(window => [
      one(`trending-genres window=${window}`),
      one(`emerging-artists window=${window}`),
      one(`trending-artists window=${window}`),
      one(`top window=${window}`),
      one(`overview window=${window}`),
      one(`artist window=${window}`, byArtist),
      one(`genre window=${window}`, byGenre),
    ]),
    one('trending-genres country=de'),
    one('trending-genres window=24h'),
    one('emerging-artists genre=…'),
    one('top by=revenue'),
    one('top country=de'),
    ...['country=us', 'from=us', 'from=berlin', 'label=none', 'release=new'].flatMap(narrowed => [
      one(`top ${narrowed}`),
      one(`top kind=album ${narrowed}`),
    ]),
    ...['country=us', 'from=us', 'from=berlin'].flatMap(narrowed => [
      one(`top kind=genre ${narrowed}`),
      one(`top kind=seller ${narrowed}`),
      one(`trending-genres ${narrowed}`),
    ]),
    ...['from=us', 'from=berlin', 'label=none', 'release=new'].map(narrowed =>
      one(`trending-artists ${narrowed}`),
    ),
    one('top genre=…'),
    one('top kind=album window=30d'),
    one('top kind=album genre=… country=de window=30d'),
    one('top kind=genre window=365d'),
    one('why window=30d', bySubject),
    one('why', byArtistSubject),
    one('countries genre=… window=90d'),
    one('genre show=countries', byGenre),
    one('genre show=near', byGenre),
    one('country country=us window=30d show=oversold'),
    one('item window=365d', byItem),
    one('compare window=365d', pairs),
    one('similar window=365d', byArtist),
  ];
}
