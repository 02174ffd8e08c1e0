/** Which artists with little past sell much more now: broadly, and for longer than a rush. */
import type { Concentration, Reason, Row } from '../core/answer.ts';
import { UserError } from '../core/errors.ts';
import { countOf, formatCount, formatPercent, formatRoundMoney, round } from '../core/numbers.ts';
import { reasonInWords } from '../core/reason.ts';
import { type Instant, toIso } from '../core/time/instant.ts';
import type { Reader } from '../db/connect.ts';
import { artistGenres } from '../db/read/artist-genres.ts';
import { artistCounts, dailySales, pastOf, readBreadths } from '../db/read/artist-trends.ts';
import type { Named } from '../db/read/name-likeness.ts';
import { type NamedArtist, nameArtists } from '../db/read/named-subjects.ts';
import {
  AS_IF_BROAD,
  CALLED,
  callEmerging,
  EARLY,
  type Emergence,
  rankEmerging,
  riseOf,
  STRATA,
} from '../stats/emergence.ts';
import {
  amongArtists,
  BEHIND_COLUMNS,
  type Behind,
  behindCells,
  behindNotes,
  behindWords,
  loadBehind,
  passing,
  placeColumns,
  quietNotes,
} from './lib/behind.ts';
import { behindParameters, isNarrowed, type Meant, meantBy } from './lib/behind-parameters.ts';
import { concentrations } from './lib/concentration.ts';
import { type AnswerBody, defineQuestion, type Frame, isComparable, type Values } from './lib/definition.ts';
import { LIFT_COLUMNS, liftChart } from './lib/lift-chart.ts';
import { ART_COLUMN, GENRE_COLUMN } from './lib/listed.ts';
import {
  choiceParameter,
  genreParameter,
  limitParameter,
  untilParameter,
  windowParameter,
  zoneParameter,
} from './lib/parameters.ts';
import { didYouMean, nameNotes, type Resolved, resolve } from './lib/resolve-name.ts';
import { comparedBySlices, stretchesOf, thinness, youngNotes } from './lib/trend-windows.ts';

const parameters = {
  genre: genreParameter,
  window: windowParameter('7d'),
  show: choiceParameter('Early signs too, or only artists who are clearly emerging', ['early', 'called']),
  ...behindParameters,
  limit: limitParameter(10, 100),
  until: untilParameter,
  zone: zoneParameter,
};
type Asked = Values<typeof parameters>;

interface Found extends Emergence<number>, NamedArtist {
  called: boolean;
  genre: string | null;
  sales: number;
  firstSeen: Instant;
  reason: Reason;
  behind: Behind | undefined;
}

interface Loaded {
  genre: Resolved<Named> | null;
  meant: Meant;
  /** Null where the weeks before are not there to compare with. */
  artists: Found[] | null;
  /** How many are called in all, and how many are early signs. */
  called: number;
  early: number;
}

const CALLED_MEANS =
  `Emerging: at least ${CALLED.checkouts} checkouts from ${CALLED.countries} countries on ` +
  `${CALLED.days} days (${CALLED.daysOfKnown} for artists with earlier sales), at least ` +
  `${formatRoundMoney(CALLED.paidUsdCents, 'USD')} paid, no more than ` +
  `${formatPercent(CALLED.mostInHour)} of sales within one hour, and at most ${CALLED.ofSeller} artists ` +
  'per seller. Anything else is an early sign.';

const MOST_PAST = STRATA.at(-1)?.mostSales ?? 0;

export const emergingArtists = defineQuestion<typeof parameters, Loaded>({
  name: 'emerging-artists',
  title: 'Emerging artists',
  summary: 'Little-known artists whose sales are taking off across several days, countries and buyers.',
  parameters,
  phrases: [
    'emerging',
    'emerging <genre> artists',
    'new <genre> artists',
    'new artists',
    'new names',
    'new bands',
    'newcomers',
    'breakthroughs',
    'up and coming',
    'who is emerging',
    'who is new',
    'who is breaking through',
    'artists are emerging',
    'anything new',
    ['clearly emerging', { show: 'called' }],
    ['self released', { label: 'none' }],
    ['self-released', { label: 'none' }],
    'what is new',
  ],
  needsBaseline: true,
  load,
  answer,
});

async function load({ db }: { db: Reader }, wanted: Asked, frame: Frame): Promise<Loaded> {
  const { genre: asked, limit } = wanted;
  const { window } = frame;
  const compared = comparedBySlices(frame, EARLY.days);
  if (compared.slices.length < EARLY.days)
    throw new UserError(
      'That period is too short to see who is emerging.',
      `Use at least ${EARLY.days} whole days, for example 7d: a single day may just be a release.`,
    );
  const genre = asked === undefined ? null : await resolve(db, 'genre', asked, window.until);
  const meant = await meantBy(db, wanted, frame);
  if (!isComparable(frame)) return { genre, meant, artists: null, called: 0, early: 0 };
  const { artists, totals } = await artistCounts(db, compared, {
    by: 'window',
    leastSales: EARLY.checkouts,
    leastSlices: EARLY.days,
    mostBefore: MOST_PAST,
    tagId: genre?.best.id,
  });
  // How broad their sales are, and what they sold ever, is looked up of those alone who could emerge.
  const likely = rankEmerging(
    artists.map(artist => ({ ...artist, ...AS_IF_BROAD })),
    totals,
  ).map(({ key }) => key);
  const pasts = await pastOf(db, likely, window.from, MOST_PAST + 1);
  const small = likely.filter(id => (pasts.get(id)?.past ?? 0) <= MOST_PAST);
  const breadths = await readBreadths(db, small, window);
  const ranked = rankEmerging(
    artists.flatMap(artist => {
      const [past, breadth] = [pasts.get(artist.key)?.past, breadths.get(artist.key)];
      return past === undefined || !breadth ? [] : [{ ...artist, ...breadth, past }];
    }),
    totals,
  );
  const judged = callEmerging(ranked, ({ key }) => breadths.get(key));
  const wide = wanted.show === 'called' ? judged.filter(({ called }) => called) : judged;
  const left = isNarrowed(wanted) ? await passing(db, wide, meant, wanted, window) : wide;
  const shown = left.slice(0, limit);
  const ids = shown.map(({ key }) => key);
  const { before, within } = stretchesOf(frame);
  const days = [...before, ...within];
  const daily = await dailySales(db, ids, days);
  const [names, genres] = [await nameArtists(db, ids), await artistGenres(db, ids)];
  const behind = await loadBehind(db, ids, window);
  const narrow = await concentrations(db, { artistIds: ids }, frame);
  return {
    genre,
    meant,
    called: left.filter(({ called }) => called).length,
    early: left.filter(({ called }) => !called).length,
    artists: shown.map(artist => {
      const rise = riseOf(daily.get(artist.key) ?? []);
      const { countries } = artist;
      return {
        ...artist,
        ...(names.get(artist.key) ?? { name: '', url: null, artUrl: null }),
        genre: genres.get(artist.key) ?? null,
        sales: artists.find(({ key }) => key === artist.key)?.sales ?? 0,
        firstSeen: pasts.get(artist.key)?.firstSeen ?? window.from,
        reason: {
          since: rise ? toIso(days[rise.since]?.from ?? window.from) : null,
          from: rise ? round(rise.before) : null,
          to: rise ? round(rise.now) : null,
          countries,
          ...(narrow.get(artist.key) as Concentration),
        },
        behind: behind.get(artist.key),
      };
    }),
  };
}

function rowOf(artist: Found, meant: Meant, frame: Frame): Row {
  return {
    artist: artist.name,
    artistUrl: artist.url,
    artistId: artist.key,
    genre: artist.genre,
    sales: artist.sales,
    countries: artist.countries,
    firstSeen: toIso(artist.firstSeen),
    lift: round(artist.lift),
    liftLow: round(artist.low),
    liftHigh: round(artist.high),
    verdict: artist.called ? 'emerging' : 'early',
    reason: artist.reason,
    ...behindCells(artist.behind, meant, frame),
    artUrl: artist.artUrl,
  };
}

/** The first, called or an early sign; and how many there are beside. */
function headlineOf(
  wanted: Asked,
  { artists, called, early, genre, meant }: Loaded & { artists: Found[] },
  rows: readonly Row[],
  frame: Frame,
): string {
  const inGenre = genre ? ` in ${genre.best.name}` : '';
  const where = `${inGenre}${behindWords(wanted, meant)}`;
  const [[first], [row]] = [artists, rows];
  if (!first || !row)
    return frame.young
      ? `It is too early to say who is emerging${where}.`
      : wanted.show === 'called'
        ? `No artist${where} is clearly emerging in this period.`
        : `No emerging artists${where} in this period.`;
  const reason = `${reasonInWords(first.reason, frame.zone)}; ${row.soldBy}, ${row.release}.`;
  const who = `${amongArtists(wanted, meant)}${first.name}`;
  if (!first.called) {
    const others =
      early > 1 ? ` ${countOf(early - 1, 'other artist')} ${early > 2 ? 'do' : 'does'} too.` : '';
    return `${who} shows early signs of emerging${inGenre}: ${reason}${others}`;
  }
  const others =
    called > 1 ? ` ${countOf(called - 1, 'other artist')} ${called > 2 ? 'are' : 'is'} emerging too.` : '';
  const signs = early > 0 ? ` ${formatCount(early)} more ${early > 1 ? 'show' : 'shows'} early signs.` : '';
  return `${who} is emerging${inGenre}: ${reason}${others}${signs}`;
}

function answer(wanted: Asked, loaded: Loaded, frame: Frame): AnswerBody {
  const { genre, meant, artists } = loaded;
  const { genre: asked, window } = wanted;
  const rows = artists?.map(artist => rowOf(artist, meant, frame)) ?? [];
  const shown = (artists ?? []).map(({ behind }) => behind);
  const [first] = artists ?? [];
  const title = `Emerging artists${genre ? ` in ${genre.best.name}` : ''}${behindWords(wanted, meant)}`;
  return {
    title,
    headline: artists
      ? headlineOf(wanted, { ...loaded, artists }, rows, frame)
      : 'There is not enough data to tell who is emerging.',
    columns: [
      { key: 'artist', label: 'Artist', kind: 'link', subject: 'artist' },
      GENRE_COLUMN,
      { key: 'sales', label: 'Sales', kind: 'count' },
      { key: 'countries', label: 'Countries', kind: 'count' },
      { key: 'firstSeen', label: 'First seen', kind: 'date', only: 'wide' },
      ...LIFT_COLUMNS,
      { key: 'verdict', label: 'Verdict', kind: 'verdict' },
      { key: 'reason', label: 'Why', kind: 'reason' },
      ...placeColumns(meant),
      ...BEHIND_COLUMNS,
      ART_COLUMN,
    ],
    rows: rows.map(({ liftHigh: _, ...row }) => row),
    ...(first && { chart: liftChart(title, rows, 'artist') }),
    notes: [
      ...(asked && genre ? nameNotes(asked, genre) : []),
      ...behindNotes(meant, shown),
      ...(wanted.release === undefined ? quietNotes(shown) : []),
      ...youngNotes(frame),
      ...(artists
        ? [
            `Listed: artists with at most ${MOST_PAST} sales before this period who sold on ` +
              `${EARLY.days} or more days, to ${EARLY.countries} or more countries, in ` +
              `${EARLY.checkouts} or more checkouts, stayed above the expected level even without their ` +
              'best day, and did not fade over the last three days.',
            CALLED_MEANS,
          ]
        : [thinness(frame)]),
    ],
    followUps: [
      ...(first
        ? [{ label: `About ${first.name}`, question: 'artist', change: { artist: first.name } }]
        : []),
      ...(genre ? didYouMean('genre', genre) : []),
      ...(window.text === '14d' ? [] : [{ label: 'Over two weeks', change: { window: '14d' } }]),
      { label: 'Known artists on the rise', question: 'trending-artists', change: {} },
    ],
  };
}
