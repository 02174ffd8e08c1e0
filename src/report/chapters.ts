/**
 * Which questions a report's sections are made of: of everything, of one genre or country, and of what is
 * watched.
 */
import type { Answer } from '../core/answer.ts';
import { NotNow, UserError } from '../core/errors.ts';
import { countOf, formatMoney } from '../core/numbers.ts';
import { countryName } from '../core/places/country.ts';
import { type Period, wholeDays } from './period.ts';
import type { Asker } from './question-batch.ts';
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
  Object.fromEntries(
    Object.entries(scope).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

/** Longer than a day, since those questions look day by day. */
const lasting = (period: Period, limit: string): Record<string, string> => ({
  window: `${Math.max(LEAST_DAYS_TO_EMERGE, wholeDays(period))}d`,
  limit,
});

/** A ranking's bars stand in its table. */
const inTable = ({ chart: _, ...answer }: Answer): ReportAnswer => ({
  ...answer,
  bars: answer.params.by === 'revenue' ? 'revenueUsd' : 'units',
});

/** Why each emerges, as a line of its own. */
const withReasons = (answer: Answer): ReportAnswer => ({ ...answer, detail: 'reason' });

/** Of each kind by units and by revenue; what nobody bought is said once. */
async function rankings(ask: Asker, kinds: readonly string[], scope: Scope): Promise<ReportAnswer[]> {
  const asked = await Promise.all(
    kinds.map(kind => Promise.all(['units', 'revenue'].map(by => ask('top', { kind, by, ...raw(scope) })))),
  );
  return asked.flatMap(both => both.filter(({ rows }, at) => at === 0 || rows.length > 0).map(inTable));
}

/** Whether a failure is something to read about in a report; that we are busy just now is not. */
const isTold = (failure: unknown): failure is UserError =>
  failure instanceof UserError && !(failure instanceof NotNow);

/** What cannot be counted in time is said where it would stand, and the rest stands. */
async function section(
  title: string,
  answers: Promise<ReportAnswer[]>,
  boards: Promise<Board[]> = Promise.resolve([]),
): Promise<ReportSection> {
  const [told, beside] = await Promise.allSettled([answers, boards]);
  const failures = [told, beside].flatMap(end => (end.status === 'rejected' ? [end.reason] : []));
  for (const failure of failures) if (!isTold(failure)) throw failure;
  const [failure] = failures as UserError[];
  return {
    title,
    ...(failure && { intro: failure.message }),
    answers: told.status === 'fulfilled' ? told.value : [],
    boards: beside.status === 'fulfilled' ? beside.value : [],
  };
}

const boardsOf = async (
  board: (ask: Asker, leader: Leader) => Promise<Board>,
  ask: Asker,
  answer: Promise<Answer>,
  key: string,
): Promise<Board[]> => Promise.all(leading(await answer, key).map(leader => board(ask, leader)));

/** Everything: the day, and what leads in it. */
export function sectionsOfAll(ask: Asker, period: Period): Promise<ReportSection[]> {
  // What takes longest first: the others are asked beside it.
  const emerging = ask('emerging-artists', lasting(period, EMERGING));
  const genres = ask('top', { kind: 'genre' });
  const countries = ask('countries', { limit: COUNTRIES });
  const all = <T>(...answers: Promise<T>[]): Promise<T[]> => Promise.all(answers);
  return all(
    section('Key metrics', all(ask('overview'))),
    section('Top performers', rankings(ask, ['artist'], {})),
    section('Albums and tracks', rankings(ask, ['album', 'track'], {})),
    section(
      'Genres',
      all(ask('trending-genres'), genres.then(inTable)),
      boardsOf(genreBoard, ask, genres, 'name'),
    ),
    section('Emerging artists', all(emerging.then(withReasons))),
    section('Regions', all(countries), boardsOf(countryBoard, ask, countries, 'country')),
  );
}

/** One genre, one country, or one in the other. */
export async function sectionsAbout(ask: Asker, period: Period, scope: Scope): Promise<ReportSection[]> {
  const { genre, country } = scope;
  const answers = await Promise.all([
    ...(genre
      ? [ask('genre', { show: country ? 'artists' : 'countries', ...raw(scope) })]
      : [ask('overview', raw(scope))]),
    ...(genre
      ? []
      : [ask('trending-genres', raw(scope)), ask('country', { ...raw(scope), show: 'strongest' })]),
    ...(genre && !country
      ? [ask('emerging-artists', { genre, ...lasting(period, EMERGING) }).then(withReasons)]
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
        return [await ask('why', { subject, ...lasting(period, ROWS_OF_BOARD) })];
      } catch (error) {
        if (!isTold(error)) throw error;
        unknown.push(error.message.includes(subject) ? error.message : `${subject}: ${error.message}`);
        return [];
      }
    }),
  );
  return [
    {
      title: 'Watched',
      ...(unknown.length > 0 && { intro: unknown.toSorted().join(' ') }),
      answers: answers
        .flat()
        .map(answer => ({ ...answer, title: answer.title.replace(/^Why (.*)\?/, '$1') })),
    },
  ];
}

/** A genre's name or a country's code, and how much it sold. */
interface Leader {
  name: string;
  lead: string;
}

const leading = ({ rows }: Answer, key: string): Leader[] =>
  rows.slice(0, LEADING).map(row => ({
    name: String(row[key]),
    lead: `${countOf(Number(row.units), 'unit')} for ${formatMoney(Number(row.revenueUsd), 'USD')}`,
  }));

async function genreBoard(ask: Asker, { name, lead }: Leader): Promise<Board> {
  const within = { genre: name, limit: ROWS_OF_BOARD };
  const [artists, albums, tracks] = await Promise.all(
    ['artist', 'album', 'track'].map(kind => ask('top', { kind, ...within })),
  );
  return {
    title: name,
    lead,
    lists: [
      { label: 'Artists', answer: artists as Answer },
      { label: 'Albums', answer: albums as Answer },
      { label: 'Tracks', answer: tracks as Answer },
    ],
  };
}

async function countryBoard(ask: Asker, { name, lead }: Leader): Promise<Board> {
  const within = { country: name, limit: ROWS_OF_BOARD };
  const [artists, genres] = await Promise.all(
    ['artist', 'genre'].map(kind => ask('top', { kind, ...within })),
  );
  return {
    title: countryName(name),
    lead,
    lists: [
      { label: 'Artists', answer: artists as Answer },
      { label: 'Genres', answer: genres as Answer },
    ],
  };
}

const capitalised = (text: string): string => text.replace(/^\p{Ll}/u, letter => letter.toUpperCase());
