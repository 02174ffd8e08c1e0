/** What sold most: artists, albums, tracks, merch, genres, countries or sellers, by units or by revenue. */
import type { Column, Row } from '../core/answer.ts';
import type { BarsSpec } from '../core/chart-spec.ts';
import { UserError } from '../core/errors.ts';
import { roundMoney } from '../core/numbers.ts';
import { countryInText, countryName } from '../core/places/country.ts';
import { drawn, isNarrow, ofOne, sayingFew, told } from '../core/small-cells.ts';
import { atStart } from '../core/text.ts';
import type { Reader } from '../db/connect.ts';
import type { Named } from '../db/read/name-likeness.ts';
import type { Sum } from '../db/read/totals.ts';
import { behindCells, behindNotes, behindWords, placeColumns, WIDE_BEHIND_COLUMNS } from './lib/behind.ts';
import { behindParameters, type Meant, meantBy, sellersMeant } from './lib/behind-parameters.ts';
import { type BestSeller, BOARDS, hasMaker, isMade, loadBestSellers } from './lib/best-sellers.ts';
import { type AnswerBody, defineQuestion, type Frame, type Values } from './lib/definition.ts';
import { ART_COLUMN, GENRE_COLUMN, PRICE_COLUMN, priceCells } from './lib/listed.ts';
import {
  choiceParameter,
  countryParameter,
  genreParameter,
  limitParameter,
  untilParameter,
  windowParameter,
  zoneParameter,
} from './lib/parameters.ts';
import { didYouMean, nameNotes, type Resolved, resolve } from './lib/resolve-name.ts';
import { countWords, paidWords } from './lib/sold-words.ts';

const parameters = {
  kind: choiceParameter('What to rank', BOARDS, {
    act: 'artist',
    band: 'artist',
    musician: 'artist',
    record: 'album',
    release: 'album',
    lp: 'album',
    song: 'track',
    label: 'seller',
    shirt: 'merch',
    style: 'genre',
    nation: 'country',
  }),
  by: choiceParameter('What counts', ['units', 'revenue'], {
    money: 'revenue',
    dollar: 'revenue',
    sale: 'units',
  }),
  window: windowParameter('7d'),
  genre: genreParameter,
  country: countryParameter,
  ...behindParameters,
  limit: limitParameter(10, 100),
  until: untilParameter,
  zone: zoneParameter,
};
type Asked = Values<typeof parameters>;

interface Loaded {
  sold: BestSeller[];
  genre: Resolved<Named> | null;
  meant: Meant;
}

export const top = defineQuestion<typeof parameters, Loaded>({
  name: 'top',
  title: 'Top sellers',
  summary:
    'Which artists, albums, tracks, merch, genres, countries or sellers sold most, by units or revenue.',
  parameters,
  phrases: [
    'best selling',
    'bestselling',
    'best sellers',
    'bestsellers',
    'best',
    'biggest',
    'most sold',
    'most popular',
    'sells most',
    'sold most',
    'sold the most',
    'sells the most',
    'sells best',
    'sold best',
    'what sells best',
    'what sold best',
    'who sells the most',
    'who sells best',
    ['merch', { kind: 'merch' }],
    ['merchandise', { kind: 'merch' }],
    'chart',
    'charts',
    ['new releases', { kind: 'album', release: 'new' }],
    ['new albums', { kind: 'album', release: 'new' }],
    ['new records', { kind: 'album', release: 'new' }],
    ['new tracks', { kind: 'track', release: 'new' }],
    ['pre-orders', { kind: 'album', release: 'preorder' }],
    ['pre orders', { kind: 'album', release: 'preorder' }],
    ['preorders', { kind: 'album', release: 'preorder' }],
    ['back catalogue', { kind: 'album', release: 'catalogue' }],
  ],
  precomputed: BOARDS.slice(1).map(kind => ({ kind })),
  load,
  answer,
});

async function load({ db }: { db: Reader }, asked: Asked, frame: Frame): Promise<Loaded> {
  const { window } = frame;
  if ((asked.label !== undefined || asked.release !== undefined) && !hasMaker(asked.kind))
    throw new UserError(
      `A ${asked.kind} has no label and no release.`,
      'Ask for artists, albums, tracks or merch with label= and release=.',
    );
  const genre = asked.genre === undefined ? null : await resolve(db, 'genre', asked.genre, window.until);
  const meant = await meantBy(db, asked, frame);
  const within = { window, country: asked.country, tagId: genre?.best.id, sellers: sellersMeant(db, meant) };
  return { sold: await loadBestSellers(db, asked, within, meant), genre, meant };
}

const PLURALS: Record<Asked['kind'], string> = {
  artist: 'artists',
  album: 'albums',
  track: 'tracks',
  merch: 'merch',
  genre: 'genres',
  country: 'countries',
  seller: 'sellers',
};

const isOne = (kind: Asked['kind']): boolean => kind !== 'genre' && kind !== 'country';

function answer(asked: Asked, { sold, genre, meant }: Loaded, frame: Frame): AnswerBody {
  const { kind, by, country } = asked;
  const where = country ? ` in ${countryInText(country)}` : '';
  const of = genre ? (kind === 'genre' ? ` alongside ${genre.best.name}` : ` in ${genre.best.name}`) : '';
  const behind = behindWords(asked, meant, isMade(kind) ? 'releases' : 'artists');
  const title = `Top ${PLURALS[kind]}${of}${behind} by ${by}${where}`;
  const shown = (name: string): string => (kind === 'country' ? countryName(name) : name);
  const leader = (name: string): string =>
    isOne(kind) ? name : atStart(kind === 'country' ? countryInText(name) : name);
  const made = isMade(kind);
  const rows: Row[] = sold.map(({ sales, units, usdCents, few, behind, ...one }) => ({
    name: one.name,
    ...(one.url && { nameUrl: one.url }),
    nameId: one.id,
    ...(made && { artist: one.artist, artistId: one.artistId, artistUrl: one.artistUrl ?? null }),
    ...(made && priceCells(one.price)),
    ...(kind === 'artist' && { genre: one.genre ?? null }),
    ...told(few, { sales, units, revenueUsd: usdCents }),
    ...(hasMaker(kind) && {
      ...behindCells(behind, meant, frame),
      artUrl: one.artUrl ?? null,
    }),
  }));
  const numbers: Column[] = [
    { key: 'sales', label: 'Sales', kind: 'count' },
    { key: 'units', label: 'Units', kind: 'count' },
    { key: 'revenueUsd', label: 'Revenue', kind: 'money', currency: 'USD' },
  ];
  const [first] = sold;
  const amount = first && amountOf(asked, first);
  const chart = first && chartOf(title, asked, sold, shown);
  return {
    title,
    headline: first
      ? `${leader(first.name)}${made && first.artist ? ` by ${first.artist}` : ''} leads` +
        `${behind && ` the ${PLURALS[kind]}`}${of}${behind}${where}${amount ? `: ${amount}` : ''}.`
      : `No sales${of}${behind}${where} in this period.`,
    columns: [
      {
        key: 'name',
        label: kind === 'merch' ? 'Item' : `${kind[0]?.toUpperCase()}${kind.slice(1)}`,
        kind: kind === 'country' ? 'country' : kind === 'genre' ? 'genre' : 'link',
        subject: made ? 'item' : (kind as 'artist' | 'genre' | 'country' | 'seller'),
      },
      ...(made
        ? [
            { key: 'artist', label: 'Artist', kind: 'link' as const, subject: 'artist' as const },
            PRICE_COLUMN,
          ]
        : []),
      ...(kind === 'artist' ? [GENRE_COLUMN] : []),
      ...(isOne(kind) ? ofOne(numbers, isNarrow({ ...frame, country })) : numbers),
      ...(hasMaker(kind) ? [...placeColumns(meant), ...WIDE_BEHIND_COLUMNS, ART_COLUMN] : []),
    ],
    rows,
    ...(chart && { chart }),
    notes: [
      ...(genre ? nameNotes(asked.genre ?? '', genre) : []),
      ...behindNotes(
        meant,
        sold.map(({ behind }) => behind),
      ),
    ],
    followUps: followUpsOf(asked, first, genre),
  };
}

/** Undefined where it may not be told. */
const amountOf = ({ kind, by }: Asked, sold: Sum): string | undefined =>
  by === 'units' ? countWords(sold.few, sold.units, 'unit') : paidWords(sold, isOne(kind));

function chartOf(
  title: string,
  asked: Asked,
  sold: BestSeller[],
  shown: (name: string) => string,
): BarsSpec | undefined {
  const { kind, by, window } = asked;
  // Of units that may not be told the most that they can be is drawn; money has no such bound.
  const bars = by === 'units' ? sold : sold.filter(({ few }) => !few);
  const [first] = bars;
  if (!first) return undefined;
  const height = ({ units, usdCents, few }: Sum): number => {
    if (by === 'units') return drawn(few, units);
    return isOne(kind) ? roundMoney(usdCents) : usdCents;
  };
  const chart: BarsSpec = {
    kind: 'bars',
    title,
    unit: by === 'units' ? 'units sold' : 'revenue in US dollars',
    format: by === 'units' ? 'count' : 'usd',
    alt:
      `Bar chart of ${bars.length} ${PLURALS[kind]} by ${by} over ${window.text}; ${shown(first.name)} ` +
      `leads with ${amountOf(asked, first)}.`,
    caption: by === 'units' ? 'Units sold' : 'Revenue in US dollars as Bandcamp converts it',
    series: [
      {
        label: by,
        points: bars.map(row => ({ x: shown(row.name), y: height(row) })),
      },
    ],
  };
  return sayingFew(
    chart,
    bars.some(({ few }) => few),
  );
}

/** What to ask instead where nothing was sold. */
const LONGER = '90d';

/** The question about the leader itself comes first: who is that? */
function followUpsOf(
  { kind, by, country, window }: Asked,
  first: BestSeller | undefined,
  genre: Resolved<Named> | null,
): AnswerBody['followUps'] {
  const about =
    first && (kind === 'artist' || kind === 'genre' || kind === 'country')
      ? [
          {
            label: `About ${kind === 'country' ? countryInText(first.name) : first.name}`,
            question: kind,
            change: { [kind]: first.name },
          },
        ]
      : [];
  return [
    ...(genre ? didYouMean('genre', genre) : []),
    ...about,
    ...(first || window.text === LONGER ? [] : [{ label: 'Over 90 days', change: { window: LONGER } }]),
    by === 'units'
      ? { label: 'By revenue', change: { by: 'revenue' } }
      : { label: 'By units', change: { by: 'units' } },
    kind === 'artist'
      ? { label: 'Albums', change: { kind: 'album' } }
      : { label: 'Artists', change: { kind: undefined } },
    ...(country ? [{ label: 'Worldwide', change: { country: undefined } }] : []),
  ];
}
