/** The first of a board: ranked, narrowed by who is behind them, named, with what their rows say. */
import type { Window } from '../../core/time/window.ts';
import type { Reader } from '../../db/connect.ts';
import { artistGenres } from '../../db/read/artist-genres.ts';
import { nameArtists, namePages, nameSellers, nameTags } from '../../db/read/named-subjects.ts';
import { pageRanking, rankingOf, type Within } from '../../db/read/rankings.ts';
import { type Price, pricesOf } from '../../db/read/releases.ts';
import type { Sum } from '../../db/read/totals.ts';
import { type Behind, loadBehind, loadBehindPages, passingOf } from './behind.ts';
import type { AskedBehind, Meant } from './behind-parameters.ts';

/** What can be ranked: the choices of `kind`. */
export const BOARDS = ['artist', 'album', 'track', 'merch', 'genre', 'country', 'seller'] as const;
export type Board = (typeof BOARDS)[number];
type Made = 'album' | 'track' | 'merch';

/** A row of a board. */
export interface BestSeller extends Sum {
  /** Of sellers their host, of countries their code. */
  id: number | string;
  /** Of countries their code. */
  name: string;
  url: string | null;
  /** Whose it is, for what an artist made. */
  artist: string | null;
  artistId: number | null;
  artistUrl?: string | null;
  price?: Price | undefined;
  /** An artist's. */
  genre?: string | null;
  artUrl?: string | null;
  /** Of artists and releases. */
  behind?: Behind | undefined;
}

interface Asked extends AskedBehind {
  kind: Board;
  by: 'units' | 'revenue';
  limit: number;
}

type Ranked = Sum & { subject: number | string };

/** Whether the rows of a ranking are releases or items, which have an artist and a price. */
export const isMade = (kind: Board): kind is Made => kind === 'album' || kind === 'track' || kind === 'merch';
/** Whether a board's rows are artists, or of artists. */
export const hasMaker = (kind: Board): kind is Made | 'artist' => kind === 'artist' || isMade(kind);

/** The board's rows, best first. */
export async function loadBestSellers(
  db: Reader,
  asked: Asked,
  within: Within,
  meant: Meant,
): Promise<BestSeller[]> {
  const { kind, limit } = asked;
  const { window } = within;
  const ranked = isLookedUp(asked)
    ? await firstPassing(db, asked, within, meant)
    : await rank(db, asked, within, limit);
  const named = await nameAll(db, kind, ranked, window);
  const behind = await behindOf(db, kind, ranked, window);
  return ranked.map(({ subject, ...sum }) => ({
    id: subject,
    name: '',
    url: null,
    artist: null,
    artistId: null,
    ...named.get(subject),
    ...sum,
    behind: behind.get(Number(subject)),
  }));
}

/** Whether it has to be looked up, of each that sells much, who is behind it. */
const isLookedUp = ({ label, release }: Asked): boolean =>
  label === 'none' || label === 'any' || release !== undefined;

/** Best sellers that are looked at for each that is wanted; where those do not do, as many more. */
const LOOKED_AT = [20, 200];

async function firstPassing(db: Reader, asked: Asked, within: Within, meant: Meant): Promise<Ranked[]> {
  let left: Ranked[] = [];
  for (const times of LOOKED_AT) {
    const most = times * asked.limit;
    const ranked = await rank(db, asked, within, most);
    const behind = await behindOf(db, asked.kind, ranked, within.window);
    const passed = await passingOf(db, behind, meant, asked);
    left = ranked.filter(({ subject }) => passed.has(Number(subject))).slice(0, asked.limit);
    if (left.length === asked.limit || ranked.length < most) break;
  }
  return left;
}

const rank = (db: Reader, { kind, by }: Asked, within: Within, limit: number): Promise<Ranked[]> =>
  isMade(kind)
    ? pageRanking(db, kind, within, { by, limit })
    : rankingOf(db, kind === 'genre' ? 'tag' : kind, within, { by, limit });

const idsOf = (ranked: readonly Ranked[]): number[] => ranked.map(({ subject }) => Number(subject));

async function behindOf(
  db: Reader,
  kind: Board,
  ranked: readonly Ranked[],
  window: Window,
): Promise<Map<number, Behind>> {
  if (!hasMaker(kind)) return new Map();
  return (kind === 'artist' ? loadBehind : loadBehindPages)(db, idsOf(ranked), window);
}

/** What a board's subjects are called, and what else their rows say. */
async function nameAll(
  db: Reader,
  kind: Board,
  ranked: readonly Ranked[],
  { until }: Window,
): Promise<Map<number | string, Partial<BestSeller>>> {
  if (kind === 'country') return new Map(ranked.map(({ subject }) => [subject, { name: String(subject) }]));
  const ids = idsOf(ranked);
  if (kind === 'genre') return new Map([...(await nameTags(db, ids))].map(([id, name]) => [id, { name }]));
  if (kind === 'seller') {
    const hosts = await nameSellers(db, ids);
    return new Map([...hosts].map(([id, host]) => [id, { id: host, name: host, url: `https://${host}` }]));
  }
  if (kind === 'artist') {
    const [names, genres] = [await nameArtists(db, ids), await artistGenres(db, ids)];
    return new Map([...names].map(([id, artist]) => [id, { ...artist, genre: genres.get(id) ?? null }]));
  }
  const pages = await namePages(db, ids);
  const prices = await pricesOf(db, ids, PRICED[kind], until);
  const makers = await nameArtists(
    db,
    [...pages.values()].flatMap(({ artistId }) => artistId ?? []),
  );
  return new Map(
    [...pages].map(([id, page]) => [
      id,
      { ...page, artistUrl: makers.get(page.artistId ?? -1)?.url ?? null, price: prices.get(id) },
    ]),
  );
}

/** Types of the items whose price is a board's, the first that is sold. */
const PRICED: Record<Made, string[]> = { album: ['a', 'p'], track: ['t'], merch: ['p'] };
