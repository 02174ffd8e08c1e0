/**
 * What Chart.js does not draw itself, driven by JSON options: values beside bars, names at lines' ends, a
 * reference line, bands.
 */
import type { Chart, Plugin } from 'chart.js';
import {
  colorOr,
  formatOf,
  isNumber,
  isText,
  listOf,
  setFont,
  sideOf,
  spread,
  typeOf,
  write,
} from './canvas-text.ts';
import { formatColumn, formatValue } from './config.ts';
import { hatch } from './hatch.ts';
import { panels, rowLabels } from './panel-plugins.ts';
import { pointLabels, slopeLabels, world } from './point-plugins.ts';
import { LINE_HEIGHT } from './theme.ts';
import type { BandPosition } from './time-series.ts';

/** Values of horizontal bars, right of each. */
const valueLabels: Plugin = {
  id: 'valueLabels',
  afterDatasetsDraw(chart, _args, options) {
    const format = formatOf(options);
    if (!format || chart.options.indexAxis !== 'y') return;
    const { value: size } = typeOf(chart);
    const ctx = write(chart, size, options.color);
    const { left, right } = chart.chartArea;
    chart.data.datasets.forEach(({ label, data }, index) => {
      if (label === '') return;
      let free = Number.NEGATIVE_INFINITY;
      const texts = formatColumn(data.map(Number), format);
      chart.getDatasetMeta(index).data.forEach((bar, row) => {
        const value = data[row];
        // Where a small picture leaves no room for each value, some are left out.
        if (typeof value !== 'number' || bar.y < free) return;
        free = bar.y + size;
        const end = Number.isFinite(bar.x) ? Math.max(bar.x, left) : left;
        ctx.fillText(texts[row] ?? '', Math.min(end, right) + 6, bar.y);
      });
    });
    ctx.restore();
  },
};

/** Texts flush right beside horizontal bars, with a head in the row of the ticks. */
const valueColumn: Plugin = {
  id: 'valueColumn',
  afterDatasetsDraw(chart, _args, { head, texts, bold, beyond, ink, soft }) {
    const { x, y } = chart.scales;
    if (!Array.isArray(texts) || !x || !y) return;
    const { value: size, tick } = typeOf(chart);
    const { right: edge } = chart.chartArea;
    const right = chart.width - sideOf(chart);
    const ctx = write(chart, tick, soft);
    ctx.textAlign = 'right';
    // The ticks' own line: they stand so far above the plot.
    if (isText(head)) ctx.fillText(head, right, chart.chartArea.top - 6 - (tick * LINE_HEIGHT) / 2);
    let free = Number.NEGATIVE_INFINITY;
    texts.slice(0, chart.data.labels?.length ?? 0).forEach((text: unknown, row) => {
      const at = y.getPixelForValue(row);
      if (!isText(text) || at < free) return;
      free = at + size;
      ctx.fillStyle = colorOr(ink, '#222222');
      setFont(chart, size, Array.isArray(bold) && bold.includes(row));
      ctx.fillText(text, right, at);
      if (Array.isArray(beyond) && beyond.includes(row)) pointRight(ctx, edge, at);
    });
    ctx.restore();
  },
};

/** A small arrow head right of `x`. */
function pointRight(ctx: CanvasRenderingContext2D, x: number, y: number): void {
  ctx.beginPath();
  ctx.moveTo(x + 2, y - 4);
  ctx.lineTo(x + 7, y);
  ctx.lineTo(x + 2, y + 4);
  ctx.fill();
}

/**
 * Names (of a lone line its last value) at the lines' ends, moved apart where they would cover each other.
 */
const endLabels: Plugin = {
  id: 'endLabels',
  afterDatasetsDraw(chart, _args, options) {
    const format = formatOf(options);
    if (!format) return;
    const { top, bottom, right } = chart.chartArea;
    // Areas are named in the middle of their ends, from the lowest up.
    const colors: unknown[] | undefined = Array.isArray(options.colors) ? options.colors : undefined;
    let below = bottom;
    const lines = chart.data.datasets.flatMap(({ label, data, borderColor }, index) => {
      const last = data.findLastIndex(value => typeof value === 'number');
      const point = chart.getDatasetMeta(index).data[last];
      if (label === '' || !point) return [];
      const y = colors ? (point.y + below) / 2 : point.y;
      below = point.y;
      const color = colors ? colors[index] : borderColor;
      return [{ label: label ?? '', value: data[last] as number, color, x: point.x, y, at: y }];
    });
    const { value: size } = typeOf(chart);
    const gap = size + 4;
    // Where there are more lines than names fit in, the first are named.
    const named = lines.slice(0, Math.floor((bottom - top) / gap));
    spread(named, gap, top, bottom);
    const ctx = write(chart, size, undefined);
    setFont(chart, size, true);
    for (const { label, value, color, x, y, at } of named) {
      ctx.fillStyle = colorOr(color, '#666666');
      if (!colors) {
        ctx.beginPath();
        ctx.arc(x, y, 3, 0, 2 * Math.PI);
        ctx.fill();
      }
      if (lines.length === 1 && !colors) ctx.fillText(formatValue(value, format), x + 8, at);
      else ctx.fillText(label, right + 8, at);
    }
    ctx.restore();
  },
};

/** Across horizontal bars its label stands below the plot, across a plot at the right of the line. */
const referenceLine: Plugin = {
  id: 'referenceLine',
  afterDatasetsDraw(chart, _args, { value, label, color, axis }) {
    const across = axis === 'y';
    const scale = across ? chart.scales.y : chart.scales.x;
    if (!scale || !isNumber(value) || value < scale.min || value > scale.max) return;
    const ctx = write(chart, typeOf(chart).tick, color);
    const { top, bottom, left, right } = chart.chartArea;
    const at = scale.getPixelForValue(value);
    ctx.strokeStyle = ctx.fillStyle;
    ctx.lineWidth = 1;
    ctx.setLineDash([2, 3]);
    ctx.beginPath();
    ctx.moveTo(across ? left : at, across ? at : top - 4);
    ctx.lineTo(across ? right : at, across ? at : bottom);
    ctx.stroke();
    const text = isText(label) ? label : '';
    const { width } = ctx.measureText(text);
    if (across) ctx.fillText(text, right + 6, at);
    else ctx.fillText(text, Math.max(Math.min(at - width / 2, right - width), left), bottom + 13);
    ctx.restore();
  },
};

/** CSS pixels of a band, at least: a day of a year is one. */
const LEAST_BAND = 5;

/**
 * Shaded stretches below the grid, each name once above the plot, where there is room beside the name before
 * it.
 */
const bands: Plugin = {
  id: 'bands',
  beforeDraw(chart, _args, options) {
    if (!options.over) shade(chart, options);
  },
  afterDatasetsDraw(chart, _args, options) {
    if (options.over) shade(chart, options);
  },
};

function shade(chart: Chart, { color, hatch: lines, labelColor, list }: Record<string, unknown>): void {
  const scale = chart.scales.x;
  if (!scale) return;
  const { caption: size } = typeOf(chart);
  const ctx = write(chart, size, labelColor);
  const named = new Set<string>();
  const { top, height, left, right } = chart.chartArea;
  let free = left;
  for (const { from, until, label, unread } of listOf<Record<keyof BandPosition, 0>>(list)) {
    if (!isNumber(from) || !isNumber(until)) continue;
    const [begins, ends] = [scale.getPixelForValue(from), scale.getPixelForValue(until)];
    const more = Math.max(0, LEAST_BAND - (ends - begins)) / 2;
    const x = Math.max(begins - more, left);
    const end = Math.min(ends + more, right);
    ctx.fillStyle = colorOr(color, '#00000014');
    if (unread) hatch(ctx, lines, { x, y: top, width: end - x, height });
    else ctx.fillRect(x, top, end - x, height);
    const text = isText(label) ? label : '';
    const { width } = ctx.measureText(text);
    const start = Math.max(Math.min((x + end - width) / 2, right - width), left);
    if (start < free || named.has(text)) continue;
    named.add(text);
    ctx.fillStyle = colorOr(labelColor, '#666666');
    ctx.fillText(text, start, top - 3 - size / 2);
    free = start + width + 10;
  }
  ctx.restore();
}

/** Given to each chart that is drawn; each does nothing unless `options.plugins` asks for it. */
export const PLUGINS: Plugin[] = [
  bands,
  panels,
  valueLabels,
  valueColumn,
  referenceLine,
  endLabels,
  rowLabels,
  slopeLabels,
  pointLabels,
  world,
];
