/** Rows of an edition's lists: answers' rows with their marks, courses and intervals. Pure. */
import type { Answer, Row } from '../core/answer.ts';
import { formatCount, formatRatio } from '../core/numbers.ts';
import { atStart } from '../core/text.ts';
import { formatDayOfYear } from '../core/time/dates.ts';
import { DAY } from '../core/time/instant.ts';
import { isCalled, type Verdict } from '../core/verdict.ts';
import { formatCell } from '../present/format.ts';
import { calledRows, idOf } from '../questions/lib/news.ts';
import { markText, type RankMark, rankMarks } from '../questions/lib/rank-marks.ts';
import type { Course, Courses, Material } from './edition-material.ts';
import { dashboardAddress } from './links.ts';
import type { Cell, ListColumn, Spark } from './panels.ts';

/** Days of a course in a row: eight weeks. */
export const SPARK_DAYS = 56;
const SPARK_WEEKS = 8;

/** Columns that several lists have; widths in points. */
export const RANK: ListColumn = { label: '', width: 13 };
export const MARK: ListColumn = { label: '', width: 24 };
export const WEEKS: ListColumn = { label: 'Eight weeks', width: 66 };
export const INTERVAL: ListColumn = { label: 'relative to expected', width: 104 };
export const AT_LEAST: ListColumn = { label: 'At least', width: 36, align: 'right' };

/** A cell of plain words. */
export const text = (words: string, change: Partial<Cell & { kind: 'text' }> = {}): Cell => ({
  kind: 'text',
  text: words,
  ...change,
});

/** A cell of a count; a soft dash for what is no number. */
export const countCell = (value: unknown, change: Partial<Cell & { kind: 'text' }> = {}): Cell =>
  typeof value === 'number' ? text(formatCount(value), change) : text('–', { tone: 'soft' });

/** A cell of a factor such as `1.6×`; a soft dash for what is no number. */
export const ratioCell = (value: unknown, change: Partial<Cell & { kind: 'text' }> = {}): Cell =>
  typeof value === 'number' ? text(formatRatio(value), change) : text('–', { tone: 'soft' });

/** The place in a list, from 1 on, for the index `at`. */
export const numberCell = (at: number): Cell => text(`${at + 1}`, { tone: 'soft' });

/** How a row moved since the list of the day before; null where there is none. */
export function markCell(mark: RankMark | null): Cell {
  if (!mark) return null;
  if (mark.kind === 'new') return text(markText(mark), { tone: 'signal', bold: true });
  return text(markText(mark), mark.kind === 'up' ? { bold: true } : { tone: 'soft' });
}

/** A row's interval stands in its answer's chart, in the order of the rows. */
export function intervalCell({ chart }: Answer, at: number, called: boolean): Cell {
  const point = chart?.kind === 'bars' ? chart.series[0]?.points[at] : undefined;
  if (point?.low === undefined || point.high === undefined || !(point.y > 0)) return null;
  return { kind: 'interval', low: point.low, value: point.y, high: point.high, called };
}

const FILLS: Record<Verdict, 'whole' | 'half' | 'none'> = {
  trending: 'whole',
  'one-artist': 'half',
  'one-seller': 'half',
  'one-day': 'half',
  rush: 'half',
  'few-buyers': 'half',
  uncertain: 'none',
  emerging: 'whole',
  early: 'none',
};

/**
 * A row's verdict with its sign: whole where it is called, half where one thing drives it. Null without one.
 */
export function verdictCell(answer: Answer, row: Row): Cell {
  const column = answer.columns.find(({ key }) => key === 'verdict');
  const { verdict } = row;
  if (!column || typeof verdict !== 'string') return null;
  return {
    kind: 'verdict',
    fill: FILLS[verdict as Verdict] ?? 'none',
    text: atStart(formatCell(column, row, answer)),
  };
}

/** The last eight weeks of a course; none where there is none. */
export function sparkCell(
  values: Course | undefined,
  { fridays }: Courses,
  { called, days }: { called: boolean; days: number },
): (Spark & { kind: 'spark' }) | null {
  if (!values?.some(value => value !== null && value > 0)) return null;
  const shown = values.slice(-SPARK_DAYS);
  const cut = values.length - shown.length;
  return {
    kind: 'spark',
    values: shown,
    rise: Math.max(shown.length - days - 1, 0),
    called,
    fridays: fridays.map(at => at - cut).filter(at => at >= 0),
  };
}

/** Between the tenth and the ninetieth of a hundred days before the trend's, Fridays set apart. */
export function typicalOf({ values, rise, fridays }: Spark): readonly [number, number] | undefined {
  const before = values
    .slice(0, rise ?? values.length)
    .filter((value, at): value is number => value !== null && !fridays.includes(at))
    .toSorted((a, b) => a - b);
  if (before.length < SPARK_WEEKS) return undefined;
  const at = (share: number): number => before[Math.round(share * (before.length - 1))] as number;
  return [at(0.1), at(0.9)];
}

/** Whether genres were compared with earlier weeks: of a history that is too short they are best sellers. */
export const isCompared = (genres: Answer | undefined): boolean =>
  !genres || genres.rows.length === 0 || genres.rows.some(({ liftLow }) => typeof liftLow === 'number');

/**
 * The marks of a list's rows. Of those that are called against those that were, of the others against all
 * that stood in the list, so that who comes to be called counts as new.
 */
export function marksOf(now: Answer, before: Answer | null | undefined): (RankMark | null)[] {
  if (!before) return now.rows.map(() => null);
  const called = calledRows(now);
  const others = now.rows.filter(row => !called.includes(row));
  const calledMarks = rankMarks(called.map(idOf), calledRows(before).map(idOf));
  const places = rankMarks([...called, ...others].map(idOf), before.rows.map(idOf)).slice(called.length);
  return now.rows.map(row => {
    const at = called.indexOf(row);
    return (at < 0 ? places[others.indexOf(row)] : calledMarks[at]) ?? null;
  });
}

/** Where the dashboard tells more of a genre, an artist or a country. */
export const aboutUrl = (
  origin: string | undefined,
  question: 'genre' | 'country' | 'artist',
  name: string,
): string | undefined =>
  origin ? dashboardAddress(origin, { question, params: { [question]: name } }) : undefined;

/** The same list of the day before; null or undefined where there is none. */
export const earlierOf = (
  { before }: Material,
  list: 'emerging' | 'artists' | 'genres',
): Answer | null | undefined => before?.[list];

/** An object with the key, or without where the value is empty: for optional properties. */
export const optional = <K extends string>(
  key: K,
  value: string | undefined | null,
): Partial<Record<K, string>> => (value ? ({ [key]: value } as Record<K, string>) : {});

/** `Marks compare with the list of 26 Nov.`; '' where there is none. */
export function comparedWith({ before, period }: Material): string {
  if (!before) return '';
  const end = formatDayOfYear(period.window.from - DAY / 2, period.window.until, period.zone);
  return ` Marks compare with the list of ${end}.`;
}

/**
 * The genre that comes closest to a call: it clearly sells more, and `why` says what keeps it from being
 * called; undefined where there is none.
 */
export function nearestCall(genres: Answer): { name: string; least: string; why: string } | undefined {
  const column = genres.columns.find(({ key }) => key === 'verdict');
  const row = genres.rows.find(
    ({ verdict, liftLow }) => typeof verdict === 'string' && !isCalled(verdict) && Number(liftLow ?? 0) > 1,
  );
  if (!row || !column) return undefined;
  return {
    name: String(row.genre),
    least: formatRatio(Number(row.liftLow)),
    why: formatCell(column, row, genres),
  };
}
