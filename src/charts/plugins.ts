/**
 * What Chart.js does not draw itself, driven by JSON options: values beside bars, names at lines' ends, a
 * reference line, bands.
 */
import type { Chart, Plugin } from 'chart.js';
import { colorOr, formatOf, isNumber, isText, listOf, spread, write } from './canvas-text.ts';
import { formatValue } from './config.ts';
import { panels, rowLabels } from './panel-plugins.ts';
import { pointLabels, slopeLabels, world } from './point-plugins.ts';
import { TYPE } from './theme.ts';

/**
 * Values of horizontal bars, right of the bar and its whisker; ▸ says that the whisker goes on beyond the
 * edge.
 */
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
        ctx.fillText(
          `${end > right + 1 ? '▸ ' : ''}${formatValue(value, format)}`,
          Math.min(end, right) + 6,
          bar.y,
        );
      });
    });
    ctx.restore();
  },
};

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
    const gap = TYPE.value + 4;
    // Where there are more lines than names fit in, the first are named.
    const named = lines.slice(0, Math.floor((bottom - top) / gap));
    spread(named, gap, top, bottom);
    const ctx = write(chart, TYPE.value, undefined);
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
    const ctx = write(chart, TYPE.tick, color);
    const { top, bottom, left, right } = chart.chartArea;
    const at = scale.getPixelForValue(value);
    ctx.strokeStyle = ctx.fillStyle;
    ctx.lineWidth = 1.25;
    ctx.setLineDash([4, 3]);
    ctx.beginPath();
    ctx.moveTo(across ? left : at, across ? at : top);
    ctx.lineTo(across ? right : at, across ? at : bottom + 4);
    ctx.stroke();
    const text = isText(label) ? label : '';
    const { width } = ctx.measureText(text);
    if (across) ctx.fillText(text, right + 6, at);
    else ctx.fillText(text, Math.max(Math.min(at - width / 2, right - width), left), bottom + 13);
    ctx.restore();
  },
};

/** Shaded stretches, each named above the plot where there is room beside the name before it. */
const bands: Plugin = {
  id: 'bands',
  beforeDatasetsDraw(chart, _args, options) {
    if (!options.over) shade(chart, options);
  },
  afterDatasetsDraw(chart, _args, options) {
    if (options.over) shade(chart, options);
  },
};

function shade(chart: Chart, { color, labelColor, list }: Record<string, unknown>): void {
  const scale = chart.scales.x;
  if (!scale) return;
  const ctx = write(chart, TYPE.caption, labelColor);
  const { top, height, left, right } = chart.chartArea;
  let free = left;
  for (const { from, until, label } of listOf<{ from: 0; until: 0; label: 0 }>(list)) {
    if (!isNumber(from) || !isNumber(until)) continue;
    const x = scale.getPixelForValue(from);
    const end = Math.max(scale.getPixelForValue(until), x + 1);
    ctx.fillStyle = colorOr(color, '#00000014');
    ctx.fillRect(x, top, end - x, height);
    const text = isText(label) ? label : '';
    const { width } = ctx.measureText(text);
    const start = Math.max(Math.min((x + end - width) / 2, right - width), left);
    if (start < free) continue;
    ctx.fillStyle = colorOr(labelColor, '#666666');
    ctx.fillText(text, start, top - 9);
    free = start + width + 10;
  }
  ctx.restore();
}

/** Given to each chart that is drawn; each does nothing unless `options.plugins` asks for it. */
export const PLUGINS: Plugin[] = [
  bands,
  panels,
  valueLabels,
  referenceLine,
  endLabels,
  rowLabels,
  slopeLabels,
  pointLabels,
  world,
];
