/** Which questions a report's chapters are made of: of one genre or country, and of what is watched. */
import type { Answer } from '../core/answer.ts';
import { NotNow, UserError } from '../core/errors.ts';
import { countryName } from '../core/places/country.ts';
import { atStart } from '../core/text.ts';
import { type Period, wholeDays } from './period.ts';
import type { Asker } from './question-batch.ts';
import type { ReportAnswer, ReportSection } from './report.ts';

export interface Scope {
  genre?: string | undefined;
  /** ISO 3166-1. */
  country?: string | undefined;
}

/** Of what is watched. */
const ROWS_OF_BOARD = '5';
/** With a line each on why, and the chart, these fit a page. */
const EMERGING = '8';
/** One day can be a release, and not a rise. */
const LEAST_DAYS_TO_EMERGE = 7;

/** `techno in Germany`, `techno`, `Germany`: what a chapter is about. */
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

/** A ranking's bars stand in its table; of one genre it does not say in each row which. */
const inTable = ({ chart: _, columns, ...answer }: Answer): ReportAnswer => ({
  ...answer,
  columns: answer.params.genre === undefined ? columns : columns.filter(({ key }) => key !== 'genre'),
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
      ? [ask('emerging-artists', { genre, show: 'called', ...lasting(period, EMERGING) }).then(withReasons)]
      : []),
  ]);
  const [first, ...others] = answers as [Answer, ...Answer[]];
  const [byUnits, ...best] = await rankings(ask, ['artist', 'album', 'track'], scope);
  // What a genre's own answer lists in a country is the first ranking.
  const ranked = byUnits && !(genre && country) ? [byUnits, ...best] : best;
  return [{ title: atStart(scopeName(scope)), answers: [first, ...others, ...ranked] }];
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
