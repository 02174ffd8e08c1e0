/** Sales over time: the steps of a window, and the chart that shows them beside what is typical. */
import type { ChartBand, LinesSpec } from '../../core/chart-spec.ts';
import { drawn, isNarrow, sayingFew } from '../../core/small-cells.ts';
import { isUnread, overlapOf } from '../../core/time/comparable.ts';
import { DAY, floorTo, HOUR, toIso, WEEK } from '../../core/time/instant.ts';
import { lengthOf, type Window } from '../../core/time/window.ts';
import type { Sum } from '../../db/read/totals.ts';
import { typicalOf } from './baseline-change.ts';
import type { Frame } from './definition.ts';

/** Up to these lengths a chart shows hours, then stretches of 24 hours, then of seven days. */
const LONGEST_BY_HOUR = 3 * DAY;
const LONGEST_BY_DAY = 92 * DAY;

const SIZE_WORDS = new Map([
  [HOUR, 'hour'],
  [DAY, '24 hours'],
  [WEEK, 'week'],
]);

/** The equal stretches that a chart of a window has a point for. */
export interface Steps {
  /** `hour`, `24 hours`, `UTC day`, `week` */
  word: string;
  /** Equal stretches, the oldest first. */
  now: Window[];
  /** The same of each comparable stretch, one after the other. */
  typical: Window[];
}

/** Steps with the sums of `now` and then of `typical`. */
export interface History {
  steps: Steps;
  sums: readonly Sum[];
}

/** Whether the steps of one artist or release can be of too few checkouts to be told. */
export const areStepsNarrow = ({ now }: Steps, country?: string): boolean =>
  now.some(window => isNarrow({ window, country }));

/** All windows to be summed, in the order in which `History.sums` has them. */
export const windowsOf = ({ now, typical }: Steps): Window[] => [...now, ...typical];

/**
 * Equal stretches back from the last whole hour, so that each is complete and sums by the hour can answer for
 * it. What is summed up `byDay` alone ends at the last UTC midnight where the steps are days or weeks;
 * without `hours` they always are.
 */
export function stepsOf(
  frame: Frame,
  { byDay, hours = true }: { byDay?: boolean; hours?: boolean } = {},
): Steps {
  const { window, comparable } = frame;
  const length = lengthOf(window);
  const size = length <= LONGEST_BY_HOUR && hours ? HOUR : length <= LONGEST_BY_DAY ? DAY : WEEK;
  const last = floorTo(window.until, byDay && size > HOUR ? DAY : HOUR);
  const count = Math.floor((last - window.from) / size);
  const now =
    count < 1
      ? [window]
      : Array.from({ length: count }, (_, n) => ({
          from: last - (count - n) * size,
          until: last - (count - n - 1) * size,
        }));
  return {
    word: byDay && size === DAY ? 'UTC day' : (SIZE_WORDS.get(size) ?? 'step'),
    now,
    typical: comparable.flatMap(({ until }) =>
      now.map(step => ({ from: step.from - window.until + until, until: step.until - window.until + until })),
    ),
  };
}

/** What is typical of each step; null where nothing is. */
function typicalIn(frame: Frame, { steps, sums }: History): number[] | null {
  const many = steps.now.length;
  if (steps.typical.length === 0 || frame.coverage === 0) return null;
  const before = sums.slice(many);
  return steps.now.map((_, at) => {
    const same = before.filter((_, n) => n % many === at).map(({ sales, few }) => drawn(few, sales));
    return typicalOf(frame, same) ?? 0;
  });
}

/**
 * Shades the Bandcamp Fridays of a chart: where a step is longer than an hour, around the step that holds
 * most of one, since it is drawn where it begins.
 */
export function fridayBands({ fridays }: Frame, steps: readonly Window[]): ChartBand[] {
  return fridays.flatMap(friday => {
    const most = steps.reduce((a, b) => (overlapOf(b, [friday]) > overlapOf(a, [friday]) ? b : a));
    if (steps.length < 2 || overlapOf(most, [friday]) === 0) return [];
    const half = lengthOf(most) / 2;
    const { from, until } =
      lengthOf(most) > HOUR ? { from: most.from - half, until: most.from + half } : friday;
    return [{ from: toIso(from), until: toIso(until), label: 'Bandcamp Friday' }];
  });
}

/** Hatches what was not read: around the steps that have no value, since each is drawn where it begins. */
export function unreadBands({ unread }: Pick<Frame, 'unread'>, steps: readonly Window[]): ChartBand[] {
  const gaps: Window[] = [];
  for (const step of steps.filter(step => isUnread(step, unread))) {
    const last = gaps.at(-1);
    if (last?.until === step.from) last.until = step.until;
    else gaps.push({ ...step });
  }
  return gaps.map(({ from, until }) => {
    const half = lengthOf(steps[0] as Window) / 2;
    return { from: toIso(from - half), until: toIso(until - half), label: 'no data', unread: true };
  });
}

/** From the first step that was read to the last: where a chart without anything else begins and ends. */
export function readSteps({ unread }: Pick<Frame, 'unread'>, steps: readonly Window[]): Window[] {
  const isRead = (step: Window) => !isUnread(step, unread);
  const [first, last] = [steps.findIndex(isRead), steps.findLastIndex(isRead)];
  return first < 0 ? [] : steps.slice(first, last + 1);
}

/** What a chart's alternative text says of its bands. */
const bandWords = (bands: readonly ChartBand[]): string =>
  (bands.some(({ unread }) => !unread) ? ' Bandcamp Fridays are shaded.' : '') +
  (bands.some(({ unread }) => unread) ? ' What was not read is hatched.' : '');

/**
 * Lines of sales over time, one for each subject; a single one beside what is typical of it. None of a
 * single step. Steps that were not read have no point.
 */
export function historyChart(
  frame: Frame,
  title: string,
  lines: readonly { label: string; history: History }[],
): LinesSpec | undefined {
  const [first] = lines;
  if (!first || first.history.steps.now.length < 2) return undefined;
  const { word, now } = first.history.steps;
  const typical = lines.length === 1 ? typicalIn(frame, first.history) : null;
  const bands = [...fridayBands(frame, now), ...unreadBands(frame, typical ? now : readSteps(frame, now))];
  const points = (values: readonly number[]) =>
    now.map(({ from }, n) => ({ x: toIso(from), y: values[n] ?? 0 }));
  const isRead = now.map(step => !isUnread(step, frame.unread));
  if (!isRead.includes(true)) return undefined;
  const beside =
    lines.length > 1
      ? `of ${lines.map(({ label }) => label).join(', ')}`
      : typical
        ? 'beside what is typical'
        : 'without anything to compare with';
  const chart: LinesSpec = {
    kind: 'lines',
    zone: frame.zone,
    title,
    unit: `sales each ${word}`,
    format: 'count',
    alt: `Line chart of sales each ${word}, ${beside}.${bandWords(bands)}`,
    caption: `Sales each ${word}`,
    series: [
      ...lines.map(({ label, history }) => ({
        label,
        points: points(history.sums.map(({ sales, few }) => drawn(few, sales))).filter((_, n) => isRead[n]),
      })),
      ...(typical ? [{ label: 'typical', points: points(typical), muted: true as const }] : []),
    ],
    ...(bands.length > 0 && { bands }),
  };
  return sayingFew(
    chart,
    lines.some(({ history }) => history.sums.some(({ few }) => few)),
  );
}
