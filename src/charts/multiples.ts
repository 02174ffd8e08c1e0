/**
 * Small multiples: a grid of small plots over time in one configuration, since Chart.js stacks axes: x axes
 * side by side, y axes in rows.
 */
import type { ChartBand, ChartPoint, MultiplesSpec } from '../core/chart-spec.ts';
import { configValue, type Frame, formatValue, type Parts, sideRoom } from './config.ts';
import { cutEnd, isolate, tidy, widthOf } from './labels.ts';
import { tickLabels } from './time-axis.ts';
import { bandsIn, slotsOfSeries, unitAxis, valuesIn } from './time-series.ts';

/** CSS pixels of one small plot with its name, and how wide each is at the least. */
const PANEL_HEIGHT = 112;
const PANEL_WIDTH = 165;
/** Of a panel's height, for its name. */
const HEAD = 0.3;
/** Of a panel's width, between it and the next. */
const GUTTER = 0.12;
/** For unit and time axis. */
const AXES_HEIGHT = 44;
const MAX_LABELS = 3;
/** What bold letters are wider than the estimate for regular ones. */
const BOLD = 1.06;

function gridOf(count: number, width: number): { columns: number; rows: number } {
  const most = Math.max(1, Math.floor(width / PANEL_WIDTH));
  const columns = count <= most ? Math.max(count, 1) : count === 4 ? 2 : most;
  return { columns, rows: Math.ceil(count / columns) };
}

/** CSS pixels of all panels and the axes. */
export const multiplesHeight = ({ series }: MultiplesSpec, { width }: Pick<Frame, 'width'>): number => {
  const { rows } = gridOf(series.length, width);
  return AXES_HEIGHT + rows * (rows === 1 ? 1.6 : 1) * PANEL_HEIGHT;
};

/** The panels' part of a configuration. @throws UserError when a point's `x` is no instant. */
export function multiplesParts(spec: MultiplesSpec, frame: Frame): Parts {
  const { theme, width, type, chat } = frame;
  const { columns, rows } = gridOf(spec.series.length, width);
  const slots = slotsOfSeries([...spec.series, ...(spec.usual ?? [])]);
  // Empty slots at both ends of each x axis keep the columns apart.
  const pad = Array<null>(Math.max(1, Math.round((slots.length * GUTTER) / 2))).fill(null);
  const usualOf = (label: string) => spec.usual?.find(usual => usual.label === label);
  const top = (points: readonly ChartPoint[]) =>
    niceTop(configValue(Math.max(0, ...points.map(({ y }) => y)), spec.format));
  const pointsOf = ({ label, points }: MultiplesSpec['series'][number]) => [
    ...points,
    ...(usualOf(label)?.points ?? []),
  ];
  const shared = top(spec.series.flatMap(pointsOf));
  const panels = spec.series.map((series, index) => ({
    series,
    xAxisID: `x${index % columns}`,
    yAxisID: `y${index}`,
    top: spec.ownScale ? top(pointsOf(series)) : shared,
  }));
  // One scale for all is written once a row; where each has its own, its last value says more.
  const textOf = ({ points }: MultiplesSpec['series'][number], height: number | undefined): string => {
    const value = spec.ownScale ? configValue(points.at(-1)?.y ?? 0, spec.format) : height;
    return value === undefined
      ? ''
      : `${spec.ownScale && !chat ? 'now ' : ''}${formatValue(value, spec.format)}`;
  };
  const texts = panels.map(({ series, top: height }, index) =>
    textOf(series, index % columns === 0 ? height : undefined),
  );
  // Beside its name in bold, and the gaps between panels.
  const beside = (Math.max(0, ...texts.map(widthOf)) + 0.7) * type.caption + 0.1 * (width / columns);
  const nameRoom = (width / columns - beside) / type.value / BOLD;
  const line = { pointRadius: 0, borderWidth: 1.75 };
  // Chart.js fills a stack of y axes from below; cells of the last row that stay empty hold their place.
  const cells = Array.from({ length: rows * columns }, (_, index) => index).toSorted(
    (a, b) => Math.floor(b / columns) - Math.floor(a / columns) || a - b,
  );
  const bands = bandsIn(slots, spec.bands).map(band => ({
    ...band,
    from: band.from + pad.length,
    until: band.until + pad.length,
  }));
  return {
    type: 'line',
    data: {
      labels: [...pad.map(() => ''), ...tickLabels(slots, spec.zone, MAX_LABELS), ...pad.map(() => '')],
      datasets: panels.flatMap(({ series, xAxisID, yAxisID }) => {
        const usual = usualOf(series.label);
        const data = (of: typeof series) => [...pad, ...valuesIn(slots, of, spec.format), ...pad];
        const axes = { xAxisID, yAxisID };
        return [
          {
            label: isolate(cutEnd(tidy(series.label), nameRoom)),
            data: data(series),
            borderColor: theme.mid,
            ...line,
            // A lone value has no line.
            ...(slots.length === 1 && { pointRadius: 3, backgroundColor: theme.mid }),
            ...axes,
          },
          ...(usual
            ? [
                {
                  label: '',
                  data: data(usual),
                  borderColor: theme.edge,
                  borderDash: [3, 2],
                  ...line,
                  borderWidth: 1.25,
                  order: 1,
                  ...axes,
                },
              ]
            : []),
        ];
      }),
    },
    options: {
      scales: {
        ...Object.fromEntries(
          Array.from({ length: columns }, (_, column) => [
            `x${column}`,
            {
              axis: 'x' as const,
              position: 'bottom' as const,
              stack: 'columns',
              grid: { display: false },
              border: { display: false },
              ticks: { color: theme.soft, autoSkip: false, maxRotation: 0, font: { size: type.caption } },
            },
          ]),
        ),
        ...Object.fromEntries(
          cells.map(cell => [
            `y${cell}`,
            {
              axis: 'y' as const,
              position: 'left' as const,
              stack: `rows${cell % columns}`,
              min: 0,
              max: Number(((panels[cell]?.top ?? shared) / (1 - HEAD)).toPrecision(6)),
              ...sideRoom(0),
            },
          ]),
        ),
        unit: unitAxis(chat ? spec.unit : unitText(spec), frame, 4),
      },
      plugins: {
        panels: {
          ink: theme.ink,
          muted: theme.soft,
          grid: theme.line,
          axis: theme.edge,
          band: theme.band,
          hatch: theme.midpale,
          pad: pad.length,
          list: panels.map(({ xAxisID, yAxisID, top }, index) => ({
            x: xAxisID,
            y: yAxisID,
            top,
            text: texts[index] as string,
          })),
          bands,
        },
        legend: { align: 'start', labels: { boxWidth: 12, boxHeight: 2, color: theme.ink } },
      },
    },
  };
}

const unitText = ({ unit, ownScale, usual, bands = [] }: MultiplesSpec): string =>
  [
    `${unit}${ownScale ? ', each on a scale of its own' : ''}`,
    ...(usual ? ['dashed: usual'] : []),
    ...bandWords(
      'shaded',
      bands.filter(({ unread }) => !unread),
    ),
    ...bandWords(
      'hatched',
      bands.filter(({ unread }) => unread),
    ),
  ].join(' · ');

const bandWords = (how: string, bands: readonly ChartBand[]): string[] =>
  bands.length > 0 ? [`${how}: ${[...new Set(bands.map(({ label }) => label))].join(', ')}`] : [];

/** The least of 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten that is not less. */
export function niceTop(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find(each => each * power >= value * (1 - 1e-9)) ?? 10;
  return Number((step * power).toPrecision(6));
}
