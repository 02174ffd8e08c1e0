/**
 * A report as it is asked for, by address and on the command line alike: raw words → what is wanted → the
 * file.
 */

import type { Ambient } from '../ambient.ts';
import { UserError } from '../core/errors.ts';
import { parseCountry } from '../core/places/country.ts';
import type { HasDb } from '../db/connect.ts';
import { parseName, zoneParameter } from '../questions/lib/parameters.ts';
import { composeReport, paramsOf, type Wanted } from './compose.ts';
import { latestDay, PERIODS, type PeriodName, periodOf } from './period.ts';
import { createAsker } from './question-batch.ts';
import type { HasReportRenderer, Paper, Report } from './report.ts';

/** As people write it; lists are separated by commas. */
export interface ReportWords {
  /** `2026-10-07`, any day of the period; the last whole one that was read unless given. */
  date?: string | undefined;
  period?: string | undefined;
  zone?: string | undefined;
  paper?: string | undefined;
  genre?: string | undefined;
  country?: string | undefined;
  watch?: string | undefined;
}

/** Each is a chapter of its own. */
const MOST_SCOPES = 6;
const MOST_WATCHED = 20;
const PAPERS: readonly Paper[] = ['a4', 'letter'];

/** What is asked for, understood. */
export interface AskedReport extends Wanted {
  paper: Paper;
}

/** @throws UserError */
export async function parseWords(
  deps: HasDb & Pick<Ambient, 'clock'>,
  words: ReportWords,
): Promise<AskedReport> {
  const paper = choice('paper', PAPERS, words.paper);
  const name: PeriodName = choice('period', PERIODS, words.period);
  const zone = zoneParameter.parse(words.zone || 'UTC');
  const genres = listOf(words.genre, MOST_SCOPES).map(parseName);
  const countries = listOf(words.country, MOST_SCOPES).map(parseCountry);
  const watched = listOf(words.watch, MOST_WATCHED).map(parseName);
  const scopes = orNone(genres).flatMap(genre => orNone(countries).map(country => ({ genre, country })));
  if (scopes.length > MOST_SCOPES)
    throw new UserError(
      `${genres.length} genres in ${countries.length} countries make ${scopes.length} chapters.`,
      `Ask for at most ${MOST_SCOPES}.`,
    );
  return {
    paper,
    period: periodOf(words.date || (await latestDay(deps, zone, name)), name, zone),
    scopes,
    watched,
  };
}

/** `bandcamp-2026-10-07.pdf` */
export const filenameOf = ({ period }: Pick<AskedReport, 'period'>): string => `bandcamp-${period.text}.pdf`;

/** @throws UserError */
export function composeAsked(
  deps: HasDb & Pick<Ambient, 'clock' | 'config'>,
  asked: AskedReport,
): Promise<Report> {
  const { period } = asked;
  return composeReport(deps, createAsker(deps, paramsOf(period), { about: period.window }), asked);
}

/** @throws UserError */
export async function makeReport(
  deps: HasDb & Pick<Ambient, 'clock' | 'config'> & HasReportRenderer,
  words: ReportWords,
): Promise<{ report: Report; pdf: Uint8Array; filename: string }> {
  const asked = await parseWords(deps, words);
  const report = await composeAsked(deps, asked);
  return {
    report,
    pdf: await deps.renderReport(report, { paper: asked.paper }),
    filename: filenameOf(asked),
  };
}

const orNone = (values: readonly string[]): readonly (string | undefined)[] =>
  values.length > 0 ? values : [undefined];

function choice<T extends string>(what: string, choices: readonly T[], asked: string | undefined): T {
  const found = choices.find(each => each === (asked || choices[0]));
  if (!found)
    throw new UserError(`There is no ${what} "${asked?.slice(0, 20)}".`, `Use ${choices.join(', ')}.`);
  return found;
}

function listOf(text: string | undefined, most: number): string[] {
  const names = [...new Set((text ?? '').split(',').map(name => name.trim()))].filter(name => name !== '');
  if (names.length > most) throw new UserError(`${names.length} are too many.`, `Name at most ${most}.`);
  return names;
}
