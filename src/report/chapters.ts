/** Which questions a report's sections are made of: of everything, of one genre or country, and of what is watched. */
import type { Answer } from '../core/answer.ts';
import { countryName } from '../core/country.ts';
import { UserError } from '../core/errors.ts';
import { countOf, formatMoney } from '../core/numbers.ts';
import type { Asker } from './asker.ts';
import { type Period, wholeDays } from './period.ts';
import type { Board, ReportAnswer, ReportSection } from './report.ts';

export interface Scope {
  genre?: string | undefined;
  /** ISO 3166-1. */
  country?: string | undefined;
}

/** Genres and countries that get a board of their own. */
const LEADING = 5;
const ROWS_OF_BOARD = '5';
const COUNTRIES = '10';
/** With a line each on why, and the chart, these fit a page. */
const EMERGING = '8';
/** One day can be a release, and not a rise. */
const LEAST_DAYS_TO_EMERGE = 7;

export const scopeName = ({ genre, country }: Scope): string =>
  [genre, ...(country ? [countryName(country)] : [])].filter(Boolean).join(' in ');

const raw = (scope: Scope): Record<string, string> =>
  Object.fromEntries(Object.entries(scope).filter((entry): entry is [string, string] => entry[1] !== undefined));

/** Longer than a day, since those questions look day by day. */
const lasting = (period: Period): Record<string, string> => ({
  window: `${Math.max(LEAST_DAYS_TO_EMERGE, wholeDays(period))}d`,
});

/** A ranking's bars stand in its table. */
const inTable = ({ chart: _, ...answer }: Answer): ReportAnswer => ({
  ...answer,
  bars: answer.params.by === 'revenue' ? 'revenueUsd' : 'units',
});

/** Why each emerges, as a line of its own. */
const withReasons = (answer: Answer): ReportAnswer => ({ ...answer, detail: 'why' });

const rankings = (ask: Asker, kinds: readonly string[], scope: Scope): Promise<ReportAnswer[]> =>
  Promise.all(
    kinds.flatMap(kind => ['units', 'revenue'].map(async by => inTable(await ask('top', { kind, by, ...raw(scope) })))),
  );

/** Everything: the day, and what leads in it. */
export async function sectionsOfAll(ask: Asker, period: Period): Promise<ReportSection[]> {
  const [overview, artists, releases, trending, genres, emerging, countries] = await Promise.all([
    ask('overview'),
    rankings(ask, ['artist'], {}),
    rankings(ask, ['album', 'track'], {}),
    ask('trending-genres'),
    ask('top', { kind: 'genre' }),
    ask('emerging-artists', { ...lasting(period), limit: EMERGING }),
    ask('countries', { limit: COUNTRIES }),
  ]);
  const [genreBoards, countryBoards] = await Promise.all([
    Promise.all(leading(genres, 'name').map(row => genreBoard(ask, row))),
    Promise.all(leading(countries, 'country').map(row => countryBoard(ask, row))),
  ]);
  return [
    { title: 'Key metrics', answers: [overview] },
    { title: 'Top performers', answers: artists },
    { title: 'Albums and tracks', answers: releases },
    { title: 'Genres', answers: [trending, inTable(genres)], boards: genreBoards },
    { title: 'Emerging artists', answers: [withReasons(emerging)] },
    { title: 'Regions', answers: [countries], boards: countryBoards },
  ];
}

/** One genre, one country, or one in the other. */
export async function sectionsAbout(ask: Asker, period: Period, scope: Scope): Promise<ReportSection[]> {
  const { genre, country } = scope;
  const answers = await Promise.all([
    ...(genre
      ? [ask('genre', { show: country ? 'artists' : 'countries', ...raw(scope) })]
      : [ask('overview', raw(scope))]),
    ...(genre ? [] : [ask('trending-genres', raw(scope)), ask('country', { ...raw(scope), show: 'oversold' })]),
    ...(genre && !country
      ? [ask('emerging-artists', { genre, ...lasting(period), limit: EMERGING }).then(withReasons)]
      : []),
  ]);
  const [first, ...others] = answers as [Answer, ...Answer[]];
  const [byUnits, ...best] = await rankings(ask, ['artist', 'album', 'track'], scope);
  // What a genre's own answer lists in a country is the first ranking.
  const ranked = byUnits && !(genre && country) ? [byUnits, ...best] : best;
  return [{ title: capitalised(scopeName(scope)), answers: [first, ...others, ...ranked] }];
}

/** What each watched subject does; one that nobody sells says so. None: no section. */
export async function watchedSection(
  ask: Asker,
  period: Period,
  subjects: readonly string[],
): Promise<ReportSection[]> {
  if (subjects.length === 0) return [];
  const unknown: string[] = [];
  const answers = await Promise.all(
    subjects.map(async subject => {
      try {
        return [await ask('why', { subject, limit: ROWS_OF_BOARD, ...lasting(period) })];
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        unknown.push(error.message);
        return [];
      }
    }),
  );
  return [
    {
      title: 'Watched',
      ...(unknown.length > 0 && { intro: unknown.toSorted().join(' ') }),
      answers: answers.flat().map(answer => ({ ...answer, title: answer.title.replace(/^Why (.*)\?/, '$1') })),
    },
  ];
}

type Row = Answer['rows'][number];

const leading = ({ rows }: Answer, key: string): (Row & { lead: string })[] =>
  rows
    .filter(row => row[key])
    .slice(0, LEADING)
    .map(row => ({
      ...row,
      lead: `${countOf(Number(row.units), 'unit')} for ${formatMoney(Number(row.revenueUsd), 'USD')}`,
    }));

async function genreBoard(ask: Asker, { name, lead }: Row & { lead: string }): Promise<Board> {
  const within = { genre: String(name), limit: ROWS_OF_BOARD };
  const [artists, albums, tracks] = await Promise.all(
    ['artist', 'album', 'track'].map(kind => ask('top', { kind, ...within })),
  );
  return {
    title: String(name),
    lead,
    lists: [
      { label: 'Artists', answer: artists as Answer },
      { label: 'Albums', answer: albums as Answer },
      { label: 'Tracks', answer: tracks as Answer },
    ],
  };
}

async function countryBoard(ask: Asker, { country, lead }: Row & { lead: string }): Promise<Board> {
  const within = { country: String(country), limit: ROWS_OF_BOARD };
  const [artists, genres] = await Promise.all(['artist', 'genre'].map(kind => ask('top', { kind, ...within })));
  return {
    title: countryName(String(country)),
    lead,
    lists: [
      { label: 'Artists', answer: artists as Answer },
      { label: 'Genres', answer: genres as Answer },
    ],
  };
}

const capitalised = (text: string): string => text.replace(/^\p{Ll}/u, letter => letter.toUpperCase());
