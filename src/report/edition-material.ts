/** Asks and reads all that an edition is made of. What cannot be counted in time is left out. */
import type { Answer } from '../core/answer.ts';
import { NotNow, UserError } from '../core/errors.ts';
import { isUnread, overlapOf } from '../core/time/comparable.ts';
import { DAY, toIso, WEEK } from '../core/time/instant.ts';
import type { Window } from '../core/time/window.ts';
import { addDays, dayWindow } from '../core/time/zone.ts';
import type { HasDb } from '../db/connect.ts';
import { readSince, unreadIn } from '../db/coverage.ts';
import { bandcampFridaysIn } from '../db/read/bandcamp-fridays.ts';
import { artistsByDay, countriesByDay, tagsByDay, wholeHours } from '../db/read/daily-sums.ts';
import { totalsOfAll } from '../db/read/totals.ts';
import { calledRows, type DayOfNews, isNew, newsOf } from '../questions/lib/news.ts';
import { type Period, periodOf, wholeDays } from './period.ts';
import type { Asker } from './question-batch.ts';
import { tastesOf } from './tastes.ts';

/** Rows of a list, also of the one before, so that a mark is true of all that is shown. */
const LISTED = '24';
const TRENDING = '16';
const BEST = '12';
const COUNTRIES = 12;
/** Subjects that are looked at closely, side by side. */
const CLOSE = 4;
/** One day can be a release, and not a rise. */
const LEAST_TREND_DAYS = 7;
/** Days of a course: ten weeks. */
export const COURSE_DAYS = 70;

/** Numbers of days, the oldest first; null of a day of which most was not read. */
export type Course = readonly (number | null)[];

/** Courses of sales by day, over the same days. */
export interface Courses {
  /** The local days, the oldest first. */
  days: readonly Window[];
  /** Places of those that are Bandcamp Fridays for the most part. */
  fridays: readonly number[];
  artists: ReadonlyMap<number, Course>;
  genres: ReadonlyMap<string, Course>;
  countries: ReadonlyMap<string, Course>;
  sales: Course;
  revenue: Course;
}

const BEST_KINDS = ['artist', 'album', 'track'] as const;
export type BestKind = (typeof BEST_KINDS)[number];

export interface InCountry {
  code: string;
  overview?: Answer | undefined;
  /** Genres beyond the country's share. */
  oversold?: Answer | undefined;
  best?: Answer | undefined;
}

export interface Material {
  period: Period;
  /** Days that trends are over. */
  trendDays: number;
  now: DayOfNews & { overview?: Answer | undefined };
  /** The lists before: of the previous day, week or month. Null where nothing of it can be told. */
  before: DayOfNews | null;
  /** The lists before those, where what led them can decide what is told. */
  earlier?: DayOfNews | undefined;
  countries?: Answer | undefined;
  inCountries: readonly InCountry[];
  /** Who leads the genres that are called. */
  leaders: readonly { genre: string; answer: Answer }[];
  /** Where buyers of those who emerge are. */
  buyers: readonly { artist: string; answer: Answer }[];
  /** What the countries of the strongest tastes bought beyond their share in the period before. */
  tastesBefore: ReadonlyMap<string, Answer>;
  best: readonly { kind: BestKind; period?: Answer | undefined; trend?: Answer | undefined }[];
  courses: Courses;
  /** Why something is missing, once each. */
  failures: readonly string[];
}

/** Local days back from the period's last, the oldest first. */
const courseDays = ({ last, zone }: Period): Window[] =>
  wholeHours(
    Array.from({ length: COURSE_DAYS }, (_, at) => dayWindow(addDays(last, at - COURSE_DAYS + 1), zone)),
  );

/** @throws Error for what is no UserError; NotNow where the database is busy */
export async function gatherEdition({ db }: HasDb, ask: Asker, period: Period): Promise<Material> {
  const failures = new Set<string>();
  const tell = async (question: string, params: Record<string, string> = {}): Promise<Answer | undefined> => {
    try {
      return await ask(question, params);
    } catch (error) {
      if (!(error instanceof UserError) || error instanceof NotNow) throw error;
      failures.add(error.message);
      return undefined;
    }
  };
  const trendDays = Math.max(LEAST_TREND_DAYS, wholeDays(period));
  const window = `${trendDays}d`;
  const last = previous(period);
  const until = toIso(last.window.until);
  // What takes longest first: the others are asked beside it.
  const lists = async (more: Record<string, string>): Promise<DayOfNews> => {
    const [emerging, artists, genres] = await Promise.all([
      tell('emerging-artists', { window, show: 'called', limit: LISTED, ...more }),
      tell('trending-artists', { window, limit: TRENDING, ...more }),
      tell('trending-genres', { window, limit: TRENDING, ...more }),
    ]);
    return { emerging, artists, genres };
  };
  const [now, listed, overview, countries, best] = await Promise.all([
    lists({}),
    lists({ until }),
    tell('overview'),
    tell('countries', { window, limit: `${COUNTRIES}` }),
    Promise.all(
      BEST_KINDS.map(async kind => {
        const [ofPeriod, trend] = await Promise.all([
          tell('top', { kind, by: 'units', limit: BEST }),
          wholeDays(period) === trendDays
            ? tell('top', { kind, by: 'revenue', limit: BEST })
            : tell('top', { kind, by: 'units', window, limit: BEST }),
        ]);
        return { kind, period: ofPeriod, trend };
      }),
    ),
  ]);
  const { emerging, artists, genres } = now;
  const before = Object.values(listed).some(wasListed) ? listed : null;
  const strongest = (country: string) => ({ country, show: 'strongest', window, limit: '100' });
  const codes = (countries?.rows ?? []).map(({ country }) => String(country));
  const called = genres ? calledRows(genres).slice(0, CLOSE) : [];
  const shownGenres = (genres?.rows ?? []).map(({ genre }) => String(genre));
  const shownArtists = [...(emerging?.rows ?? []), ...(artists?.rows ?? [])].flatMap(({ artistId }) =>
    typeof artistId === 'number' ? [artistId] : [],
  );
  const [leaders, buyers, inCountries, courses] = await Promise.all([
    Promise.all(
      called.map(async ({ genre }) => ({
        genre: String(genre),
        answer: await tell('top', { kind: 'artist', genre: String(genre), window, limit: '3' }),
      })),
    ),
    Promise.all(
      (emerging?.rows ?? []).slice(0, CLOSE).map(async ({ artist }) => ({
        artist: String(artist),
        answer: await tell('artist', { artist: String(artist), show: 'countries', window, limit: '4' }),
      })),
    ),
    Promise.all(
      codes.map(async (country): Promise<InCountry> => {
        const [overview, oversold, best] = await Promise.all([
          tell('overview', { country }),
          tell('country', strongest(country)),
          tell('top', { kind: 'artist', country, window, limit: '1' }),
        ]);
        return { code: country, overview, oversold, best };
      }),
    ),
    readCourses({ db }, period, { artists: shownArtists, genres: shownGenres, countries: codes }),
  ]);
  const tastes = before ? tastesOf(inCountries, genres).map(({ code }) => code) : [];
  const [first] = before ? newsOf([now, before]) : [];
  const [tastesBefore, earlier] = await Promise.all([
    Promise.all(
      [...new Set(tastes)].slice(0, CLOSE).map(async country => ({
        country,
        answer: await tell('country', { ...strongest(country), until }),
      })),
    ),
    // Where something is new, that is told, whatever led the list before.
    first && !isNew(first) ? lists({ until: toIso(previous(last).window.until) }) : undefined,
  ]);
  return {
    period,
    trendDays,
    now: { ...now, overview },
    before,
    earlier,
    countries,
    inCountries,
    leaders: leaders.flatMap(({ genre, answer }) => (answer ? [{ genre, answer }] : [])),
    buyers: buyers.flatMap(({ artist, answer }) => (answer ? [{ artist, answer }] : [])),
    tastesBefore: new Map(tastesBefore.flatMap(({ country, answer }) => (answer ? [[country, answer]] : []))),
    best,
    courses,
    failures: [...failures].toSorted(),
  };
}

/** Something was called or could have been: of a time that was not read nobody is gone or new. */
const wasListed = (answer: Answer | undefined): boolean =>
  answer !== undefined && answer.coverage > 0 && answer.rows.length > 0;

/** The day, week or month before. */
const previous = ({ first, name, zone }: Period): Period => periodOf(addDays(first, -1), name, zone);

async function readCourses(
  { db }: HasDb,
  period: Period,
  of: { artists: readonly number[]; genres: readonly string[]; countries: readonly string[] },
): Promise<Courses> {
  const wanted = courseDays(period);
  const all = { from: (wanted[0] as Window).from, until: (wanted.at(-1) as Window).until };
  // Days before reading began are no days without a sale.
  const since = await readSince(db, all);
  const days = wanted.filter(({ from, until }) => until > since || from === wanted.at(-1)?.from);
  const unread = await unreadIn(db, all);
  const read = (values: readonly number[]): Course =>
    values.map((value, at) => (isUnread(days[at] as Window, unread) ? null : value));
  const readOf = <K>(courses: ReadonlyMap<K, readonly number[]>): Map<K, Course> =>
    new Map([...courses].map(([key, values]) => [key, read(values)]));
  const [fridays, artists, genres, countries, sums] = [
    await bandcampFridaysIn(db, { from: all.from - WEEK, until: all.until }),
    await artistsByDay(db, [...new Set(of.artists)], days),
    await tagsByDay(db, of.genres, days),
    await countriesByDay(db, of.countries, days),
    await totalsOfAll(db, days),
  ];
  return {
    days,
    fridays: days.flatMap((day, at) => (overlapOf(day, fridays) > DAY / 2 ? [at] : [])),
    artists: readOf(artists),
    genres: readOf(genres),
    countries: readOf(countries),
    sales: read(sums.map(({ sales }) => sales)),
    revenue: read(sums.map(({ usdCents }) => usdCents)),
  };
}
