/** Sales over time: the steps of a window, and the chart that shows them beside what is usual. */
import type { LinesSpec } from '../../core/chart-spec.ts';
import { areFew, drawn, isNarrow, sayingFew } from '../../core/small-cells.ts';
import { DAY, floorTo, HOUR, toIso, WEEK } from '../../core/time/instant.ts';
import { BASELINE_WORD, lengthOf, type Window } from '../../core/time/window.ts';
import type { Sum } from '../../db/read/totals.ts';
import { usualScale } from './baseline-change.ts';
import type { Frame } from './definition.ts';

/** Up to these lengths a chart shows hours, then stretches of 24 hours, then of seven days. */
const LONGEST_BY_HOUR = 3 * DAY;
const LONGEST_BY_DAY = 92 * DAY;

const SIZE_WORDS = new Map([
  [HOUR, 'hour'],
  [DAY, '24 hours'],
  [WEEK, 'week'],
]);

export interface Steps {
  /** `hour`, `24 hours`, `UTC day`, `week` */
  word: string;
  /** Equal stretches, the oldest first. */
  now: Window[];
  /** The same of each baseline window, one after the other; empty where there is nothing to compare with. */
  usual: Window[];
}

/** Steps with the sums of `now` and then of `usual`. */
export interface History {
  steps: Steps;
  sums: readonly Sum[];
}

/** Whether the steps of one artist or release can be of too few checkouts to be told. */
export const areStepsNarrow = ({ now }: Steps, country?: string): boolean =>
  now.some(window => isNarrow({ window, country }));

export const windowsOf = ({ now, usual }: Steps): Window[] => [...now, ...usual];

/**
 * Equal stretches back from the last whole hour, so that each is complete and sums by the hour can answer for
 * it. What is summed up `byDay` alone ends at the last UTC midnight where the steps are days or weeks;
 * without `hours` they always are.
 */
export function stepsOf(
  frame: Frame,
  { byDay, hours = true }: { byDay?: boolean; hours?: boolean } = {},
): Steps {
  const { window, baseline } = frame;
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
  const usual = usualScale(frame) === null ? [] : baseline;
  return {
    word: byDay && size === DAY ? 'UTC day' : (SIZE_WORDS.get(size) ?? 'step'),
    now,
    usual: usual.flatMap(({ until }) =>
      now.map(step => ({ from: step.from - window.until + until, until: step.until - window.until + until })),
    ),
  };
}

/** What is usual in each step; null where nothing is. */
function usualOf(frame: Frame, { steps, sums }: History): number[] | null {
  const scale = usualScale(frame);
  if (scale === null || steps.usual.length === 0) return null;
  const before = sums.slice(steps.now.length);
  return steps.now.map((_, at) => {
    const same = before.filter((_sum, n) => n % steps.now.length === at);
    return (
      scale *
      drawn(
        areFew(same),
        same.reduce((all, { sales }) => all + sales, 0),
      )
    );
  });
}

/**
 * Lines of sales over time, one for each subject; a single one beside what is usual for it. None of a single
 * step.
 */
export function historyChart(
  frame: Frame,
  title: string,
  lines: readonly { label: string; history: History }[],
): LinesSpec | undefined {
  const [first] = lines;
  if (!first || first.history.steps.now.length < 2) return undefined;
  const { word, now } = first.history.steps;
  const usual = lines.length === 1 ? usualOf(frame, first.history) : null;
  const points = (values: readonly number[]) =>
    now.map(({ from }, n) => ({ x: toIso(from), y: values[n] ?? 0 }));
  const beside =
    lines.length > 1
      ? `of ${lines.map(({ label }) => label).join(', ')}`
      : usual
        ? `beside the average of the ${BASELINE_WORD} weeks before`
        : 'without anything to compare with';
  const chart: LinesSpec = {
    kind: 'lines',
    zone: frame.zone,
    title,
    unit: `sales each ${word}`,
    format: 'count',
    alt: `Line chart of sales each ${word}, ${beside}.`,
    caption: `Sales each ${word}`,
    series: [
      ...lines.map(({ label, history }) => ({
        label,
        points: points(history.sums.map(({ sales, few }) => drawn(few, sales))),
      })),
      ...(usual ? [{ label: 'usual', points: points(usual), muted: true as const }] : []),
    ],
  };
  return sayingFew(
    chart,
    lines.some(({ history }) => history.sums.some(({ few }) => few)),
  );
}
