/** A ranked list's chart as vectors in the table's rows, so that a name stands once. */
import { html } from 'hono/html';
import { isDwarfing } from '../charts/bars.ts';
import { configValue } from '../charts/config.ts';
import { areIntervals, intervalAxis, intervalRow } from '../charts/intervals.ts';
import { ratioStops } from '../charts/ratio-axis.ts';
import { type Answer, columnsFor } from '../core/answer.ts';
import { INTERVALS_EXPLAINED } from '../core/chart-alt.ts';
import type { BarsSpec } from '../core/chart-spec.ts';
import { atStart } from '../core/text.ts';
import { formatCell } from '../present/format.ts';
import type { Html } from './html.ts';

/** Units of the drawing: CSS pixels on a wide page. */
const WIDTH = 200;
const HEIGHT = 18;
const TICKS_HEIGHT = 13;
/** A tick's text is about so wide, and so far from the next. */
const TICK = 24;

export interface RowBars {
  head: Html;
  /** One a row. */
  cells: Html[];
  /** How a bar is read; null where it needs no word. */
  key: string | null;
}

/** Undefined where the chart is none of bars, or its bars are not the table's rows. */
export function rowBars(answer: Answer): RowBars | undefined {
  const { chart, rows } = answer;
  if (chart?.kind !== 'bars' || chart.series.length !== 1) return undefined;
  const points = chart.series[0]?.points ?? [];
  const [name] = columnsFor('wide', answer);
  if (!name || points.length !== rows.length) return undefined;
  const isRow = (x: string, at: number) =>
    x === formatCell(name, rows[at] ?? {}, answer) || x === rows[at]?.[name.key];
  if (!points.every(({ x }, at) => isRow(x, at))) return undefined;
  return areIntervals(chart) ? intervals(chart) : lengths(chart);
}

/** Solid from 1× to the low end, pale to the high end, a mark at the estimate, on a logarithmic axis. */
function intervals(chart: BarsSpec): RowBars {
  const rows = (chart.series[0]?.points ?? []).map(intervalRow);
  const reference = chart.reference?.value ?? 1;
  const { min, max } = intervalAxis(rows, reference);
  const x = (ratio: number) => place(Math.log(ratio / min) / Math.log(max / min));
  const origin = x(reference);
  const cells = rows.map(({ y, low, high, called, isInterval }) => {
    const pale = isInterval ? bar('pale', x(low), x(high)) : '';
    const solid = low > reference ? bar('solid', origin, x(low)) : '';
    const lines = html`
<path class="origin" d="M${origin} 0V${HEIGHT}"/><path class="mark" d="M${x(y)} 2V${HEIGHT - 2}"/>`;
    return drawn(called, html`${pale}${solid}${lines}`);
  });
  return {
    head: html`${atStart(chart.unit)}${ticks(ratioStops(min, max), x)}`,
    cells,
    key: INTERVALS_EXPLAINED,
  };
}

/** From zero to the length of the largest, or on a logarithmic axis from 1 where that dwarfs the rest. */
function lengths({ series, format, unit }: BarsSpec): RowBars {
  const points = series[0]?.points ?? [];
  const values = points.map(({ y }) => configValue(y, format));
  const most = Math.max(...values, Number.MIN_VALUE);
  const isLogarithmic = isDwarfing(values, format);
  const share = (value: number) => (isLogarithmic ? Math.log(value) / Math.log(most) : value / most);
  return {
    head: html`${atStart(unit)}${isLogarithmic ? ', logarithmic' : ''}`,
    cells: points.map(({ called }, at) =>
      drawn(called ?? false, bar('solid', 0, place(share(values[at] ?? 0)))),
    ),
    key: null,
  };
}

const place = (share: number): number => Math.round(Math.min(Math.max(share, 0), 1) * WIDTH * 10) / 10;

function bar(kind: 'solid' | 'pale', from: number, until: number): Html {
  const width = Math.round((until - from) * 10) / 10;
  return html`<rect class="${kind}" x="${from}" y="4" width="${width}" height="${HEIGHT - 8}"/>`;
}

/** Numbers stand beside it, so that it is no picture for who cannot see it. */
const drawn = (called: boolean, shapes: Html): Html =>
  html`<svg class="bar${called ? ' called' : ''}" viewBox="0 0 ${WIDTH} ${HEIGHT}"
 preserveAspectRatio="none" aria-hidden="true">${shapes}</svg>`;

function ticks(stops: readonly number[], x: (ratio: number) => number): Html {
  const shown = stops.filter((stop, at) => at === 0 || x(stop) - x(stops[at - 1] ?? stop) >= TICK);
  const texts = shown.map(stop => {
    const at = x(stop);
    const anchor = at < TICK / 2 ? 'start' : at > WIDTH - TICK / 2 ? 'end' : 'middle';
    return html`<text x="${at}" y="${TICKS_HEIGHT - 2}" text-anchor="${anchor}">${stop}×</text>`;
  });
  return html`<svg class="ticks" viewBox="0 0 ${WIDTH} ${TICKS_HEIGHT}" aria-hidden="true">${texts}</svg>`;
}
