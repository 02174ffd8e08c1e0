/** Ranks at two or more times, first at the top: who climbed, who fell, who is new. */
import type { SlopeSpec } from '../core/chart-spec.ts';
import { type Frame, type Parts, rightRoom, sideRoom } from './config.ts';
import { cutEnd, isolate, tidy, widthOf } from './labels.ts';
import type { Theme } from './theme.ts';

const ROW_HEIGHT = 26;
const CHAT_ROW_HEIGHT = 32;
const HEADS_HEIGHT = 30;
/** Names take at most this share of the width on each side. */
const NAME_SHARE = 0.27;
/** CSS pixels: a narrower picture has not room for all names twice. */
const LEAST_WIDTH = 480;
/** CSS pixels for a rank and the space around it. */
const RANK_ROOM = 34;
/** For the change that stands behind the name. */
const CHANGE_ROOM = 34;

const lowest = ({ series }: SlopeSpec): number =>
  Math.max(1, ...series.flatMap(({ points }) => points.map(({ y }) => y)));

/** CSS pixels of all ranks and the times above. */
export const slopeHeight = (spec: SlopeSpec, { chat }: Pick<Frame, 'chat'>): number =>
  HEADS_HEIGHT + lowest(spec) * (chat ? CHAT_ROW_HEIGHT : ROW_HEIGHT) + 8;

/** The times in their order: those of the series with most points first, then what only others have. */
const timesOf = ({ series }: SlopeSpec): string[] => [
  ...new Set(
    series
      .toSorted((a, b) => b.points.length - a.points.length)
      .flatMap(({ points }) => points.map(({ x }) => x)),
  ),
];

/** The slopes' part of a configuration. */
export function slopeParts(spec: SlopeSpec, { theme, width, type }: Frame): Parts {
  const times = timesOf(spec);
  const lines = spec.series.map(({ label, points }) => {
    const ranks = times.map(time => points.find(({ x }) => x === time)?.y ?? null);
    return { label: isolate(cutEnd(tidy(label), (width * NAME_SHARE) / type.label)), ranks };
  });
  const roomOf = (some: typeof lines) => Math.max(0, ...some.map(({ label }) => widthOf(label))) * type.label;
  // On a phone those are named on the left that have no name on the right.
  const onlyGone = width < LEAST_WIDTH;
  const left = lines.filter(({ ranks }) => ranks[0] !== null && !(onlyGone && ranks.at(-1) !== null));
  const right = lines.filter(({ ranks }) => ranks.at(-1) !== null);
  const end = lowest(spec) + 0.5;
  return {
    type: 'line',
    data: {
      labels: times.map(tidy),
      datasets: lines.map(({ label, ranks }) => {
        const color = colorOf(ranks, theme);
        return {
          label,
          data: ranks,
          borderColor: color,
          backgroundColor: color,
          borderWidth: color === theme.edge ? 1.5 : 2.25,
          pointRadius: 4,
          // What moves is drawn over what stays.
          ...(color === theme.edge && { order: 1 }),
        };
      }),
    },
    options: {
      scales: {
        x: {
          position: 'top',
          ...(times.length === 1 && { offset: true }),
          grid: { color: theme.line, drawTicks: false },
          border: { display: false },
          ticks: { color: theme.ink, font: { size: type.unit }, padding: 6, maxRotation: 0 },
        },
        y: {
          reverse: true,
          min: 0.5,
          max: end,
          ...sideRoom(times.length > 1 ? roomOf(left) + RANK_ROOM : 0),
        },
        right: rightRoom(roomOf(right) + RANK_ROOM + CHANGE_ROOM),
      },
      plugins: {
        slopeLabels: { ink: theme.ink, muted: theme.soft, ...(onlyGone && { onlyGone }) },
        legend: { align: 'start', labels: { boxWidth: 12, boxHeight: 2, color: theme.ink } },
      },
    },
  };
}

/** Who is new is warm, climbers are blue, those who fell slate, those who stay or left quiet. */
function colorOf(ranks: readonly (number | null)[], theme: Theme): string {
  const [first, last] = [ranks[0], ranks.at(-1)];
  if (last === null || last === undefined) return theme.edge;
  if (first === null || first === undefined) return theme.signal;
  if (first === last) return theme.edge;
  return last < first ? (theme.lines[0] as string) : theme.mid;
}
