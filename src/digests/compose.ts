/** A digest of one local day: its questions asked, its headline found, its report put together. */
import type { Answer, CellValue } from '../core/answer.ts';
import { formatDay } from '../core/dates.ts';
import type { Digest } from '../core/digest.ts';
import { UserError } from '../core/errors.ts';
import { toIso } from '../core/instant.ts';
import { formatPercent } from '../core/numbers.ts';
import { lengthOf, lengthText, type Window } from '../core/window.ts';
import { addDays, dayWindow, localDay } from '../core/zone.ts';
import { coverageOf, newestRead } from '../db/coverage.ts';
import { readDataVersion } from '../db/data-version.ts';
import type { Deps } from '../deps.ts';
import { formatCell, formatWindow } from '../present/format.ts';
import { ask, markTitle } from '../questions/ask.ts';
import { parseQuestion } from '../questions/definition.ts';
import { zoneParameter } from '../questions/parameters.ts';
import { questions } from '../questions/registry.ts';
import type { KeyNumber, Report } from '../report/report.ts';

export interface ComposedDigest {
  title: string;
  /** The local day that is reported on: `2026-10-07`. */
  day: string;
  zone: string;
  headline: string;
  /** The first has the chart and table for the message. */
  answers: Answer[];
  report: Report;
}

/**
 * Asks a digest's questions of one local day.
 * @throws UserError when `day` is no day
 */
export async function composeDigest(
  deps: Pick<Deps, 'db' | 'clock' | 'config'>,
  digest: Digest,
  day: string,
  zone: string,
): Promise<ComposedDigest> {
  const window = parseDay(day, zoneParameter.parse(zone));
  const when = { window: lengthText(lengthOf(window)), until: toIso(window.until), zone };
  const sections: { title: string; answers: Answer[] }[] = [];
  for (const { title, questions: asked } of digest.sections) {
    const answers: Answer[] = [];
    for (const { name, params } of asked)
      answers.push(await ask(deps, parseQuestion(questions, name, { ...params, ...when })));
    sections.push({ title, answers });
  }
  const answers = sections.flatMap(section => section.answers);
  const overview = answers.find(answer => answer.question === 'overview');
  const headline = headlineOf(answers, overview);
  const title = markTitle(digest.title, (await readDataVersion(deps.db)).simulated);
  const report: Report = {
    title,
    subtitle: formatDay(window.from, zone),
    date: day,
    zone,
    language: 'en',
    headline,
    keyNumbers: overview ? keyNumbersOf(overview) : [],
    sections,
    method: methodOf(answers[0]),
    ...(deps.config.publicUrl && { dashboardUrl: deps.config.publicUrl }),
  };
  return { title, day, zone, headline, answers, report };
}

/** The last whole local day of which something was read, or the day that is being read; yesterday where nothing was. */
export async function latestDay({ db, clock }: Pick<Deps, 'db' | 'clock'>, zone: string): Promise<string> {
  const checked = zoneParameter.parse(zone);
  const newest = await newestRead(db);
  const today = localDay(newest ?? clock.now(), checked);
  const before = addDays(today, -1);
  const wasRead = newest === null || (await coverageOf(db, [dayWindow(before, checked)])) > 0;
  return wasRead ? before : today;
}

/** What rises, where something does for certain; else how much was sold. */
function headlineOf(answers: readonly Answer[], overview: Answer | undefined): string {
  const rising = answers.find(
    ({ question, rows }) => question === 'trending-genres' && rows.some(({ call }) => call === 'trending'),
  );
  const told = rising ?? (overview?.rows.length ? overview : answers.find(({ rows }) => rows.length > 0));
  return told?.headline ?? 'Nothing was sold in what was read of this day.';
}

function parseDay(day: string, zone: string): Window {
  try {
    if (!DAY_FORM.test(day)) throw new RangeError(day);
    return dayWindow(day, zone);
  } catch {
    throw new UserError(`"${day.slice(0, 40)}" is not a day.`, 'Use a date such as 2026-10-07, from 2000 to 2099.');
  }
}

/** Bandcamp opened in 2008; a baseline reaches weeks further back. */
const DAY_FORM = /^20\d{2}-\d{2}-\d{2}$/;

/** The overview's one row as tiles: each number, with the change that stands beside it. */
function keyNumbersOf({ columns, rows, zone }: Answer): KeyNumber[] {
  const [row] = rows;
  if (!row) return [];
  const text = (key: string, value: CellValue | undefined) => {
    const column = columns.find(column => column.key === key);
    return column && typeof value === 'number' ? formatCell(column, value, { zone }) : undefined;
  };
  const changes: Record<string, string> = { sales: 'salesChange', revenueUsd: 'revenueChange' };
  return columns
    .filter(({ kind }) => kind !== 'change')
    .flatMap(({ key, label }) => {
      const value = text(key, row[key]);
      const change = text(changes[key] ?? '', row[changes[key] ?? '']);
      return value ? [{ label, value, ...(change && { change: `${change} on the weeks before` }) }] : [];
    });
}

function methodOf(answer: Answer | undefined): string[] {
  if (!answer) return [];
  return [
    `This report covers ${formatWindow(answer)}. The sales feed was read for ${formatPercent(answer.coverage)} of that time; what it did not show is in no number here.`,
    'A sale is one item of one checkout on Bandcamp. Units count every copy. Revenue is what buyers paid, in US dollars as Bandcamp converts it; fees are not deducted.',
    'Expected sales are a genre’s share of the same hours in the four weeks before, times what all genres sell now. Lift is observed over expected, drawn towards one where there is little to go by; “at least” is the lower end of the interval that holds it at 90%. One artist counts for at most five sales a day in a genre.',
    'Genres are Bandcamp’s own list; styles are tags beyond it that at least twenty artists used in ninety days. They come from each item’s page, so sales whose page has not been read yet count for none.',
    'Source: Bandcamp’s public sales feed and item pages. Not affiliated with Bandcamp.',
  ];
}
