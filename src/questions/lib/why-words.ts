/** The words and the chart of `why`: what was observed and expected, and why it is or is not a trend. */

import type { Concentration } from '../../core/answer.ts';
import { withAlt } from '../../core/chart-alt.ts';
import type { LinesSpec } from '../../core/chart-spec.ts';
import { countOf, formatCount, formatPercent, formatRatio, round } from '../../core/numbers.ts';
import { concentrationSentence } from '../../core/reason.ts';
import { drawn, sayingFew } from '../../core/small-cells.ts';
import { atStart } from '../../core/text.ts';
import { isUnread } from '../../core/time/comparable.ts';
import { formatDayOfYear, formatMinuteOfYear } from '../../core/time/dates.ts';
import { DAY, type Instant, toIso } from '../../core/time/instant.ts';
import { lengthOf, type Window } from '../../core/time/window.ts';
import type { NotCalled } from '../../core/verdict.ts';
import type { Contributor } from '../../db/read/contributors.ts';
import { LEAST } from '../../stats/emergence.ts';
import { FALSE_DISCOVERY_RATE } from '../../stats/trend.ts';
import { COUNTED_OF_GENRES } from './counted-words.ts';
import { type Frame, isComparable } from './definition.ts';
import { fridayBands, readSteps, unreadBands } from './history.ts';
import { countWords } from './sold-words.ts';
import { comparedIn } from './trend-windows.ts';

/** What the statistics say of the subject; null where they were not asked. */
export interface Judgement {
  /** Counted in the window, and what was expected of that. */
  observed: number;
  expected: number;
  lift: number;
  low: number;
  high: number;
  q: number;
  trending: boolean;
  notCalledBecause: NotCalled | null;
}

/** All that `why` loads of its subject. */
export interface Explained {
  kind: 'genre' | 'artist';
  name: string;
  /** ` in Germany`, where it is asked of one country. */
  where: string;
  /** An artist's. */
  url: string | null | undefined;
  judgement: Judgement | null;
  /** Why it was not asked of the statistics although the weeks before are there; null where it was. */
  unjudged: 'late' | 'no days' | 'country' | null;
  /** Sales in the window, and those of them that count. */
  sales: number;
  counted: number;
  /** Null where it is too little to be told. */
  narrow: Concentration | null;
  contributors: Contributor[];
  /** Whether the window's sales are too few checkouts' of one artist to be told. */
  few: boolean;
  days: { day: Window; sales: number; few?: boolean }[];
  /** Other things of about that name. */
  others: string[];
}

/** Which sales count, as behind "12 of 40 sales count". */
const RULES = {
  genre: COUNTED_OF_GENRES,
  artist: 'one per checkout',
} as const;

/** The verdict with what was counted and expected; then how concentrated the sales are, if they are. */
export function headlineOf(loaded: Explained, frame: Frame): string {
  const { kind, narrow } = loaded;
  const sentence = narrow ? concentrationSentence(narrow, frame.zone, RULES[kind]) : '';
  return `${verdictSentence(loaded, frame)}${sentence ? ` ${sentence}` : ''}`;
}

function verdictSentence(loaded: Explained, frame: Frame): string {
  const { kind, where, judgement, unjudged, sales } = loaded;
  const name = kind === 'genre' ? atStart(loaded.name) : loaded.name;
  const sold = `${countWords(loaded.few, sales, 'sale')}${where}`;
  if (sales === 0) return `No sales of ${loaded.name}${where} in this period.`;
  if (unjudged === 'country')
    return (
      `${name}: ${sold} in this period. Whether an artist is trending is judged worldwide: ask again ` +
      'without the country.'
    );
  if (unjudged === 'no days')
    return (
      `${name}: ${sold} in this period. Telling whether an artist is rising takes at least ` +
      `${LEAST.days} whole days, for example 7d.`
    );
  if (unjudged === 'late')
    return `${name}: ${sold} in this period. Checking for a trend took too long. Try a shorter period.`;
  if (!judgement)
    return isComparable(frame)
      ? `${name} has too few sales to compare: ${sold} in this period.`
      : `${name}${where}: ${sold} in this period. There is not enough history to compare yet.`;
  const { observed, expected, lift, low, high, trending, notCalledBecause } = judgement;
  const numbers =
    `${countOf(observed, kind === 'genre' ? 'counted sale' : 'checkout')}, ` +
    `${formatCount(round(expected, 1))} expected`;
  const interval = `${formatRatio(lift)}, likely ${formatRatio(low).slice(0, -1)}–${formatRatio(high)}`;
  if (trending) return `${name} is trending${where}: ${numbers} (${interval}).`;
  return (
    `${name} is not trending${where}: ${numbers} (${interval}).` +
    `${notCalledBecause ? ` ${REASONS[notCalledBecause]}.` : ''}`
  );
}

const REASONS: Record<NotCalled, string> = {
  uncertain: 'This could still be chance',
  'one-artist': 'Most of the rise comes from one artist',
  'one-seller': 'Most of the rise comes from one seller',
  'one-day': 'Most of the rise comes from one day',
  rush: 'Most of the rise comes from two days',
  'few-buyers': 'The rise comes from too few countries, days or buyers',
};

/**
 * The stretches before that were read: `25 Oct, 00:00 – 22 Nov, 00:00 UTC`; where they are apart from each
 * other `the same hours of 12 days since 17 Nov`.
 */
function baselineWords(frame: Frame): string {
  const { window, zone } = frame;
  const read = comparedIn(frame)
    .baseline.filter((_, n) => (frame.baseline[n]?.coverage ?? 0) > 0)
    .toSorted((a, b) => a.from - b.from);
  const [oldest, newest] = [read[0] ?? window, read.at(-1) ?? window];
  if (read.every((one, n) => n === 0 || one.from === read[n - 1]?.until)) {
    const minute = (at: Instant) => formatMinuteOfYear(at, window.until, zone);
    return `${minute(oldest.from)} – ${minute(newest.until)} ${zone}`;
  }
  const many = formatCount(read.length);
  const what =
    lengthOf(oldest) > DAY
      ? `${many} earlier periods of the same length`
      : `the same hours of ${many} earlier days`;
  return `${what} since ${formatDayOfYear(oldest.from, window.until, zone)}`;
}

/** What it was compared with, what counts, and how sure calls are. */
export function notesOf({ kind, judgement, sales, counted }: Explained, frame: Frame): string[] {
  return [
    ...(isComparable(frame) ? [`Compared with ${baselineWords(frame)}.`] : []),
    ...(kind === 'genre' && sales > counted
      ? [
          `${formatCount(counted)} of ${countOf(sales, 'sale')} are counted: ${COUNTED_OF_GENRES} ` +
            `(${formatPercent((sales - counted) / sales)} excluded).`,
        ]
      : []),
    ...(judgement
      ? [
          'Estimated false-discovery rate: ' +
            `${judgement.q < 0.001 ? 'below 0.1%' : formatPercent(Math.min(1, judgement.q))} ("trending" ` +
            `requires ${formatPercent(FALSE_DISCOVERY_RATE)} or less). Recent days count more.`,
        ]
      : []),
  ];
}

/** All its sales day by day, with the window and the Bandcamp Fridays shaded; days not read have no point. */
export function chartOf(name: string, days: Explained['days'], frame: Frame): LinesSpec {
  const { window, zone, unread } = frame;
  const points = days
    .filter(({ day }) => !isUnread(day, unread))
    .map(({ day, sales, few }) => ({ x: toIso(day.from), y: drawn(few, sales) }));
  const steps = days.map(({ day }) => day);
  // A single point has no width.
  const shaded = days.filter(({ day }) => day.from >= window.from).length > 1;
  const bands = [
    ...(shaded ? [{ from: toIso(window.from), until: toIso(window.until), label: 'window' }] : []),
    ...fridayBands(frame, steps),
    ...unreadBands(frame, readSteps(frame, steps)),
  ];
  const chart = withAlt<LinesSpec>(
    {
      kind: 'lines',
      zone,
      title: `${name}, day by day`,
      unit: 'sales each day',
      format: 'count',
      caption: `All sales each 24 hours${shaded ? '; the window is shaded' : ''}`,
      series: [{ label: 'sales', points }],
      ...(bands.length > 0 && { bands }),
    },
    'days',
  );
  return sayingFew(
    chart,
    days.some(({ few }) => few),
  );
}
