/** Answers → a report: its headline, its key numbers, its sections. */
import type { Ambient } from '../ambient.ts';
import type { Answer } from '../core/answer.ts';
import { UserError } from '../core/errors.ts';
import { toIso } from '../core/time/instant.ts';
import { lengthOf, lengthText } from '../core/time/window.ts';
import type { HasDb } from '../db/connect.ts';
import { readDataVersion } from '../db/data-version.ts';
import { formatCell } from '../present/format.ts';
import { calledRows } from '../questions/lib/news.ts';
import { type Scope, scopeName, sectionsAbout, watchedSection } from './chapters.ts';
import { answersIn, editionOf } from './edition.ts';
import { gatherEdition } from './edition-material.ts';
import { methodOf } from './method.ts';
import type { Period } from './period.ts';
import type { Asker } from './question-batch.ts';
import type { KeyNumber, Report, ReportSection } from './report.ts';

export interface Wanted {
  period: Period;
  /** Genres and countries in all their pairs; the one of neither is everything. */
  scopes: readonly Scope[];
  /** Genres, styles or artists that the reader wants to be told about, whatever they do. */
  watched: readonly string[];
}

const TITLES: Record<Period['name'], string> = {
  day: 'Bandcamp daily',
  week: 'Bandcamp weekly',
  month: 'Bandcamp monthly',
};

/** The parameters that every question of a period is asked with. */
export const paramsOf = ({ window, zone }: Period): Record<string, string> => ({
  window: lengthText(lengthOf(window)),
  until: toIso(window.until),
  zone,
});

/**
 * Asks all that the report tells.
 * @throws UserError for a genre that there is not, and where nothing can be counted in time
 */
export async function composeReport(
  deps: HasDb & Pick<Ambient, 'config'>,
  ask: Asker,
  { period, scopes, watched }: Wanted,
): Promise<Report> {
  const isEdition = scopes.every(isAll);
  const [material, chapters, last] = await Promise.all([
    isEdition ? gatherEdition(deps, ask, period) : undefined,
    Promise.all(isEdition ? [] : scopes.map(scope => sectionsAbout(ask, period, scope))),
    watchedSection(ask, period, watched),
  ]);
  const { simulated } = await readDataVersion(deps.db);
  const { publicUrl } = deps.config;
  const edition = material && editionOf(material, publicUrl);
  const told = [...chapters.flat(), ...last];
  const ofEdition = material ? answersIn(material) : [];
  const answers = [...ofEdition, ...answersOf(told)];
  const common = commonNotes(answers);
  const [first] = answers;
  if (!first) throw new UserError('Nothing of it can be counted in time.', 'Ask for a shorter time.');
  const named = scopes.filter(scope => !isAll(scope)).map(scopeName);
  const title = [TITLES[period.name], ...(named.length > 0 ? [named.join(', ')] : [])].join(': ');
  const numbers = chapters.map(sections => keyNumbersOf(answersOf(sections)));
  return {
    title,
    subtitle: period.title,
    date: period.last,
    period: period.text,
    zone: period.zone,
    language: 'en',
    headline: edition?.headline ?? headlineOf(answersOf(chapters[0] ?? [])),
    keyNumbers: material
      ? keyNumbersOf(ofEdition)
      : numbers.length === 1
        ? numbers.flat()
        : numbers.map((of, at) => salesOf(scopes[at], of)),
    ...(edition?.front && { front: edition.front }),
    ...(edition?.about && { about: edition.about }),
    ...(simulated && { simulated: true as const }),
    window: first.window,
    sections: [...(edition?.sections ?? []), ...told.map(section => withoutRepeats(section, common))],
    method: methodOf(first, common, { isEmpty: edition?.sections.length === 0 && told.length === 0 }),
    ...(publicUrl && { dashboardUrl: publicUrl }),
  };
}

/** Questions whose headlines are news where something is called. */
const NEWS: readonly string[] = ['trending-genres', 'emerging-artists'];

const isAll = ({ genre, country }: Scope): boolean => genre === undefined && country === undefined;

const answersOf = (sections: readonly ReportSection[]): Answer[] =>
  sections.flatMap(({ answers, boards = [] }) => [
    ...answers,
    ...boards.flatMap(({ lists }) => lists.map(({ answer }) => answer)),
  ]);

/** What every answer says, such as that all of it is simulated. */
function commonNotes([first, ...others]: readonly Answer[]): string[] {
  return first ? first.notes.filter(note => others.every(({ notes }) => notes.includes(note))) : [];
}

/** At a caption's end; a report says it once. */
const SOURCE = / Source: [^.]*\.$/;

/**
 * The mark of simulated data stands on the cover and above each page; notes that all have are said once,
 * under the method.
 */
const withoutRepeats = (section: ReportSection, common: readonly string[]): ReportSection => ({
  ...section,
  answers: section.answers.map(({ simulated: _, chart, ...answer }) => ({
    ...answer,
    ...(chart && { chart: { ...chart, caption: chart.caption.replace(SOURCE, '') } }),
    notes: answer.notes.filter(note => !common.includes(note)),
  })),
});

/** What is called, where something is; else how much was sold. */
function headlineOf(answers: readonly Answer[]): string {
  const rising = answers.find(answer => NEWS.includes(answer.question) && calledRows(answer).length > 0);
  const overview = answers.find(({ question, rows }) => question === 'overview' && rows.length > 0);
  const told = rising ?? overview ?? answers.find(({ rows }) => rows.length > 0);
  return told?.headline ?? 'Nothing was sold in what was read of this time.';
}

/**
 * The overview's first row as tiles, or a genre's figures: each number, with the change that stands beside
 * it.
 */
function keyNumbersOf(answers: readonly Answer[]): KeyNumber[] {
  const isNumeric = ({ figures }: Answer) => figures?.columns.some(({ kind }) => kind === 'count');
  const about = answers.find(answer => answer.question === 'overview' || isNumeric(answer));
  if (!about) return [];
  const { columns, row } = about.figures ?? { columns: about.columns, row: about.rows[0] };
  if (!row) return [];
  const text = (key: string | undefined) => {
    const column = columns.find(column => column.key === key);
    return column && typeof row[column.key] === 'number' ? formatCell(column, row, about) : undefined;
  };
  const changes: Record<string, string> = { sales: 'salesChange', revenueUsd: 'revenueChange' };
  return columns
    .filter(({ kind }) => kind !== 'change')
    .flatMap(({ key, label }) => {
      const value = text(key);
      const change = text(changes[key]);
      return value ? [{ label, value, ...(change && { change: `${change} vs. typical` }) }] : [];
    });
}

/** Of several chapters one tile each. */
const salesOf = (scope: Scope = {}, [sales]: readonly KeyNumber[]): KeyNumber => ({
  value: '0',
  ...sales,
  label: `Sales ${scope.genre ? 'of' : 'in'} ${scopeName(scope)}`,
});
