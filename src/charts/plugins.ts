/** What Chart.js does not draw itself, driven by JSON options: values beside bars, names at lines' ends, a reference line, bands. */
import { type Chart, defaults, type Plugin } from 'chart.js';
import type { ChartSpec } from '../core/chart-spec.ts';
import { formatValue } from './config.ts';
import { TYPE } from './theme.ts';

const FORMATS: readonly ChartSpec['format'][] = ['count', 'ratio', 'usd', 'percent'];
/** Options come from outside too (a config is anybody's): what has not the right form counts as absent. */
const formatOf = (options: { format?: unknown }): ChartSpec['format'] | undefined =>
  FORMATS.find(format => format === options.format);

/** Prepares the chart's context; whoever calls this restores it. */
function write(chart: Chart, size: number, color: unknown): CanvasRenderingContext2D {
  const { ctx } = chart;
  ctx.save();
  ctx.font = `${size}px ${defaults.font.family}`;
  ctx.fillStyle = typeof color === 'string' ? color : '#666666';
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  return ctx;
}

/** Values of horizontal bars, right of the bar and its whisker; ▸ says that the whisker goes on beyond the edge. */
const valueLabels: Plugin = {
  id: 'valueLabels',
  afterDatasetsDraw(chart, _args, options) {
    const format = formatOf(options);
    if (!format || chart.options.indexAxis !== 'y') return;
    const ctx = write(chart, TYPE.value, options.color);
    const { right } = chart.chartArea;
    const { datasets } = chart.data;
    datasets.forEach(({ label, data }, index) => {
      if (label === '') return;
      const bars = chart.getDatasetMeta(index).data;
      const whiskers = datasets[index + 1]?.label === '' ? chart.getDatasetMeta(index + 1).data : [];
      let free = Number.NEGATIVE_INFINITY;
      bars.forEach((bar, row) => {
        const value = data[row];
        // Where a small picture leaves no room for each value, some are left out.
        if (typeof value !== 'number' || bar.y < free) return;
        free = bar.y + TYPE.value;
        const end = Math.max(bar.x, chart.getDatasetMeta(index).iScale?.left ?? 0, whiskers[row]?.x || 0);
        ctx.fillText(`${end > right + 1 ? '▸ ' : ''}${formatValue(value, format)}`, Math.min(end, right) + 6, bar.y);
      });
    });
    ctx.restore();
  },
};

/** Names (of a lone line its last value) at the lines' ends, moved apart where they would cover each other. */
const endLabels: Plugin = {
  id: 'endLabels',
  afterDatasetsDraw(chart, _args, options) {
    const format = formatOf(options);
    if (!format) return;
    const lines = chart.data.datasets.flatMap(({ label, data, borderColor }, index) => {
      const last = data.findLastIndex(value => typeof value === 'number');
      const point = chart.getDatasetMeta(index).data[last];
      if (label === '' || !point) return [];
      return [
        { label: label ?? '', value: data[last] as number, color: borderColor, x: point.x, y: point.y, at: point.y },
      ];
    });
    const { top, bottom, right } = chart.chartArea;
    const gap = TYPE.value + 4;
    // Where there are more lines than names fit in, the first are named.
    const named = lines.slice(0, Math.floor((bottom - top) / gap));
    spread(named, gap, top, bottom);
    const ctx = write(chart, TYPE.value, undefined);
    for (const { label, value, color, x, y, at } of named) {
      if (typeof color === 'string') ctx.fillStyle = color;
      ctx.beginPath();
      ctx.arc(x, y, 3, 0, 2 * Math.PI);
      ctx.fill();
      if (lines.length === 1) ctx.fillText(formatValue(value, format), x + 8, at);
      else ctx.fillText(label, right + 8, at);
    }
    ctx.restore();
  },
};

/** Moves labels as little as it takes to keep `gap` between them and stay within `top` and `bottom`. */
function spread(labels: { at: number }[], gap: number, top: number, bottom: number): void {
  const sorted = labels.toSorted((a, b) => a.at - b.at);
  let free = top;
  for (const label of sorted) {
    label.at = Math.max(label.at, free);
    free = label.at + gap;
  }
  let limit = bottom;
  for (const label of sorted.toReversed()) {
    label.at = Math.min(label.at, limit);
    limit = label.at - gap;
  }
}

const referenceLine: Plugin = {
  id: 'referenceLine',
  afterDatasetsDraw(chart, _args, { value, label, color }) {
    const scale = chart.scales.x;
    if (!scale || typeof value !== 'number' || value < scale.min || value > scale.max) return;
    const ctx = write(chart, TYPE.tick, color);
    const { top, bottom, left, right } = chart.chartArea;
    const x = scale.getPixelForValue(value);
    if (typeof color === 'string') ctx.strokeStyle = color;
    ctx.lineWidth = 1.25;
    ctx.setLineDash([4, 3]);
    ctx.beginPath();
    ctx.moveTo(x, top);
    ctx.lineTo(x, bottom + 4);
    ctx.stroke();
    const text = `${label ?? ''}`;
    const half = ctx.measureText(text).width / 2;
    ctx.fillText(text, Math.max(Math.min(x - half, right - 2 * half), left), bottom + 13);
    ctx.restore();
  },
};

interface Band {
  from?: unknown;
  until?: unknown;
  label?: unknown;
}

/** Shaded stretches, each named above the plot where there is room beside the name before it. */
const bands: Plugin = {
  id: 'bands',
  beforeDatasetsDraw(chart, _args, { color, labelColor, list }) {
    const scale = chart.scales.x;
    if (!scale || !Array.isArray(list)) return;
    const ctx = write(chart, TYPE.caption, labelColor);
    const { top, height, left, right } = chart.chartArea;
    let free = left;
    for (const { from, until, label } of list as Band[]) {
      if (typeof from !== 'number' || typeof until !== 'number') continue;
      const x = scale.getPixelForValue(from);
      const end = Math.max(scale.getPixelForValue(until), x + 1);
      ctx.save();
      if (typeof color === 'string') ctx.fillStyle = color;
      ctx.fillRect(x, top, end - x, height);
      ctx.restore();
      const text = typeof label === 'string' ? label : '';
      const { width } = ctx.measureText(text);
      const start = Math.max(Math.min((x + end - width) / 2, right - width), left);
      if (start < free) continue;
      ctx.fillText(text, start, top - 9);
      free = start + width + 10;
    }
    ctx.restore();
  },
};

/** Given to each chart that is drawn; each does nothing unless `options.plugins` asks for it. */
export const PLUGINS: Plugin[] = [bands, valueLabels, referenceLine, endLabels];
