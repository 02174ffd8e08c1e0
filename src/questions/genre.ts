/**
 * One genre or style: sales over time, rank and change, who leads it, where it sells beyond its share, what
 * is near it.
 */
import type { Column, Row } from '../core/answer.ts';
import type { ChartSpec } from '../core/chart-spec.ts';
import { formatRatio } from '../core/numbers.ts';
import { countryInText } from '../core/places/country.ts';
import { isNarrow, ofOne } from '../core/small-cells.ts';
import { atStart } from '../core/text.ts';
import type { Reader } from '../db/connect.ts';
import { type Neighbours, neighboursOf } from '../db/read/co-purchases.ts';
import type { NamedTag } from '../db/read/name-search.ts';
import { nameArtists } from '../db/read/named-subjects.ts';
import { rankingOf } from '../db/read/rankings.ts';
import { tagByCountry } from '../db/read/tag-countries.ts';
import type { Sum } from '../db/read/totals.ts';
import { compareNotes } from './lib/baseline-change.ts';
import { HISTORY_COLUMNS, historyRows, type NamedPart, partRows } from './lib/breakdowns.ts';
import { type AnswerBody, defineQuestion, type Frame, type Values } from './lib/definition.ts';
import { historyChart } from './lib/history.ts';
import { ART_COLUMN } from './lib/listed.ts';
import { nearTable } from './lib/near-genres.ts';
import { liftMap, type Measured, OVER_INDEX_COLUMNS, overIndexRows, strongest } from './lib/over-index.ts';
import {
  choiceParameter,
  countryParameter,
  genreNameParameter,
  limitParameter,
  untilParameter,
  windowParameter,
  zoneParameter,
} from './lib/parameters.ts';
import { descriptorNotes, didYouMean, nameNotes, type Resolved, resolve } from './lib/resolve-name.ts';
import { loadStanding, type Standing, standingFigures, standingHeadline } from './lib/subject-summary.ts';

const parameters = {
  genre: genreNameParameter('Which genre or style', 'drum and bass'),
  show: choiceParameter('What to list', ['artists', 'countries', 'near', 'history']),
  window: windowParameter('7d'),
  country: countryParameter,
  limit: limitParameter(10, 100),
  until: untilParameter,
  zone: zoneParameter,
};
type Asked = Values<typeof parameters>;

interface Loaded {
  genre: Resolved<NamedTag>;
  standing: Standing;
  artists?: NamedPart[];
  /** The genre's sales and all sales, by country. */
  countries?: { of: (Sum & { country: string })[]; all: (Sum & { subject: string })[] };
  near?: Neighbours;
}

export const genre = defineQuestion<typeof parameters, Loaded>({
  name: 'genre',
  title: 'Genre',
  summary: 'How a genre or style sells: over time, its rank, artists and countries, and what is near.',
  parameters,
  phrases: ['style', 'how is <genre> doing', 'how is <genre> going', 'what is happening in <genre>'],
  load,
  answer,
});

/** More than there are countries. */
const ALL_COUNTRIES = 300;

async function load({ db }: { db: Reader }, asked: Asked, frame: Frame): Promise<Loaded> {
  const { country, show, limit } = asked;
  const { window } = frame;
  const genre = await resolve(db, 'genre', asked.genre, window.until);
  const tagId = genre.best.id;
  const loaded = { genre, standing: await loadStanding(db, 'tag', [tagId], frame, country) };
  if (show === 'artists') {
    const rows = await rankingOf(db, 'artist', { window, country, tagId }, { by: 'units', limit });
    const names = await nameArtists(
      db,
      rows.map(({ subject }) => subject),
    );
    return {
      ...loaded,
      artists: rows.map(({ subject, ...sum }) => ({ id: subject, name: '', ...names.get(subject), ...sum })),
    };
  }
  if (show === 'countries') {
    const all = await rankingOf(db, 'country', { window }, { by: 'units', limit: ALL_COUNTRIES });
    return { ...loaded, countries: { of: await tagByCountry(db, tagId, window), all } };
  }
  return show === 'near' ? { ...loaded, near: await neighboursOf(db, tagId, window) } : loaded;
}

const ARTIST_COLUMNS: Column[] = [
  { key: 'name', label: 'Artist', kind: 'link', subject: 'artist' },
  { key: 'sales', label: 'Sales', kind: 'count' },
  { key: 'units', label: 'Units', kind: 'count' },
  { key: 'revenueUsd', label: 'Revenue', kind: 'money', currency: 'USD' },
  ART_COLUMN,
];

interface Table {
  columns: Column[];
  rows: Row[];
  chart?: ChartSpec | undefined;
  headline?: string;
  notes?: string[];
}

function tableOf(title: string, { show, limit, country }: Asked, loaded: Loaded, frame: Frame): Table {
  const { genre, standing, artists = [], countries, near } = loaded;
  if (countries) {
    const measured = strongestCountries(countries);
    const [first] = measured;
    return {
      columns: [
        { key: 'name', label: 'Country', kind: 'country', subject: 'country' },
        ...OVER_INDEX_COLUMNS,
      ],
      rows: overIndexRows(measured.slice(0, limit)),
      chart: first && liftMap(title, measured),
      ...(first &&
        first.low > 1 && {
          headline:
            `${atStart(genre.best.name)} over-indexes most in ${countryInText(first.name)}: at least ` +
            `${formatRatio(first.low)} the country's overall share.`,
        }),
      notes: ["Expected: the genre's worldwide sales times the country's share of all sales."],
    };
  }
  if (near) return nearTable(title, genre.best.name, near, limit);
  if (show === 'history')
    return { columns: HISTORY_COLUMNS, rows: historyRows(standing.history, frame).slice(-limit) };
  return { columns: ofOne(ARTIST_COLUMNS, isNarrow({ ...frame, country })), rows: partRows(artists) };
}

function strongestCountries({ of, all }: NonNullable<Loaded['countries']>): Measured[] {
  const sold = of.reduce((sum, { sales }) => sum + sales, 0);
  const total = all.reduce((sum, { sales }) => sum + sales, 0);
  const byCountry = new Map(all.map(({ subject, sales }) => [subject, sales]));
  return strongest(
    of.map(({ country, ...sum }) => ({
      name: country,
      ...sum,
      expected: total > 0 ? (sold * (byCountry.get(country) ?? 0)) / total : 0,
    })),
  );
}

function answer(asked: Asked, loaded: Loaded, frame: Frame): AnswerBody {
  const { genre, standing } = loaded;
  const { show, country } = asked;
  const { name } = genre.best;
  const where = country ? ` in ${countryInText(country)}` : '';
  const title = `${TITLES[show](name)}${show === 'countries' ? '' : where}`;
  const sold = standing.now.sales > 0;
  const table = tableOf(title, asked, loaded, frame);
  const rows = sold ? table.rows : [];
  const chart =
    table.chart ?? historyChart(frame, `${name}${where}`, [{ label: 'now', history: standing.history }]);
  return {
    title,
    headline:
      (sold && table.headline) ||
      standingHeadline(sold ? atStart(name) : name, where, frame, standing, { isOfOne: false }),
    columns: table.columns,
    rows,
    ...(sold && { figures: standingFigures(frame, standing) }),
    ...(sold && chart && { chart }),
    notes: [
      ...nameNotes(asked.genre, genre),
      ...descriptorNotes(genre.best),
      ...(sold ? (table.notes ?? []) : []),
      ...(table.headline ? [] : compareNotes(frame, rows)),
    ],
    followUps: [
      ...didYouMean('genre', genre),
      ...(['countries', 'near', 'artists'] as const)
        .filter(word => word !== show)
        .map(word => ({ label: LABELS[word], change: { genre: name, show: word } })),
      { label: 'Emerging artists', question: 'emerging-artists', change: { genre: name } },
      { label: 'Albums', question: 'top', change: { kind: 'album', genre: name } },
      ...(country ? [{ label: 'Worldwide', change: { country: undefined } }] : []),
    ],
  };
}

const TITLES: Record<Asked['show'], (name: string) => string> = {
  artists: name => `Top artists in ${name}`,
  countries: name => `Where ${name} is strongest`,
  near: name => `Genres near ${name}`,
  history: name => `${atStart(name)} over time`,
};
const LABELS = {
  artists: 'Top artists',
  countries: 'Where it is strongest',
  near: 'Near genres',
} as const;
