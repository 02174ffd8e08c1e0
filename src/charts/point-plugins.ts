/**
 * What is written beside points: ranks and names of slopes, names in a scatter plot, names and key of a map.
 */
import type { Chart, Plugin } from 'chart.js';
import {
  colorOr,
  freePlace,
  isNumber,
  isText,
  listOf,
  type Rectangle,
  setFont,
  spread,
  typeOf,
  write,
  writeOver,
} from './canvas-text.ts';
import { KEY, keyRow } from './theme.ts';

/** CSS pixels that a rank takes, flush right. */
const RANK = 20;

/** `3 jungle` at the left end; at the right also how far it came: ▲2, ▼1, new. */
export const slopeLabels: Plugin = {
  id: 'slopeLabels',
  afterDatasetsDraw(chart, _args, { ink, muted, onlyGone }) {
    if (!isText(ink)) return;
    const last = (chart.data.labels?.length ?? 0) - 1;
    const { top, bottom } = chart.chartArea;
    const type = typeOf(chart);
    for (const side of ['left', 'right'] as const) {
      const slot = side === 'left' ? 0 : last;
      if (side === 'left' && last === 0) continue;
      const labels = chart.data.datasets.flatMap(({ label, data, borderColor }, index) => {
        const point = chart.getDatasetMeta(index).data[slot];
        const rank = data[slot];
        if (!point || !isNumber(rank)) return [];
        const gone = side === 'left' && !isNumber(data[last]);
        return [
          { label: label ?? '', rank, gone, color: borderColor, from: data[0], x: point.x, at: point.y },
        ];
      });
      spread(labels, type.label + 3, top, bottom);
      const ctx = write(chart, type.label, ink);
      for (const { label, rank, gone, color, from, x, at } of labels) {
        const outward = side === 'left' ? -1 : 1;
        ctx.textAlign = 'right';
        ctx.fillStyle = colorOr(muted, '#666666');
        setFont(chart, type.tick);
        ctx.fillText(`${rank}`, side === 'left' ? x - 10 : x + 6 + RANK, at);
        ctx.textAlign = side === 'left' ? 'right' : 'left';
        ctx.fillStyle = colorOr(gone ? muted : ink, '#222222');
        setFont(chart, type.label);
        const start = x + outward * (side === 'left' ? 14 + RANK : 13 + RANK);
        if (side === 'right' || gone || !onlyGone) ctx.fillText(label, start, at);
        if (side === 'left' || last === 0) continue;
        const after = start + ctx.measureText(label).width + 7;
        ctx.fillStyle = colorOr(color, '#666666');
        setFont(chart, type.caption);
        ctx.fillText(changeText(from, rank), after, at);
      }
      ctx.restore();
    }
  },
};

function changeText(from: unknown, rank: number): string {
  if (!isNumber(from)) return 'new';
  return from === rank ? '' : `${rank < from ? '▲' : '▼'}${Math.abs(from - rank)}`;
}

/** Right of its point, left of it, above or below, else not at all. */
function placesAround(x: number, y: number, width: number, size: number, away: number): Rectangle[] {
  const half = size / 2 + 2;
  const at = (left: number, middle: number) => ({
    left,
    right: left + width + 4,
    top: middle - half,
    bottom: middle + half,
  });
  return [
    at(x + away, y),
    at(x - away - width, y),
    at(x - width / 2, y - away - half),
    at(x - width / 2, y + away + half),
    at(x + away - 2, y - half - 2),
    at(x + away - 2, y + half + 2),
    at(x - width, y - away - half),
    at(x - width, y + away + half),
  ];
}

/**
 * The first of each dataset first, so that the most important have their names; none is struck through by the
 * reference line.
 */
export const pointLabels: Plugin = {
  id: 'pointLabels',
  afterDatasetsDraw(chart, _args, { color, ground, names, most }) {
    if (!Array.isArray(names)) return;
    const shown = chart.data.datasets.flatMap(({ label }, index) =>
      label === '' ? [] : [chart.getDatasetMeta(index).data],
    );
    const taken = shown.flat().map(({ x, y }) => ({ left: x - 5, right: x + 5, top: y - 5, bottom: y + 5 }));
    const line = chart.options.plugins?.referenceLine;
    if (line?.axis === 'y' && isNumber(line.value)) {
      const { left, right } = chart.chartArea;
      const at = chart.scales.y?.getPixelForValue(line.value) ?? 0;
      taken.push({ left, right, top: at - 1, bottom: at + 1 });
    }
    const { tick } = typeOf(chart);
    const ctx = write(chart, tick, color);
    shown.forEach((points, set) => {
      points.slice(0, isNumber(most) ? most : points.length).forEach((point, index) => {
        const text: unknown = Array.isArray(names[set]) ? names[set][index] : undefined;
        if (!isText(text)) return;
        const { width } = ctx.measureText(text);
        const place = freePlace(placesAround(point.x, point.y, width, tick, 9), taken, chart.chartArea);
        if (!place) return;
        taken.push(place);
        writeOver(ctx, text, place.left, (place.top + place.bottom) / 2, ground);
      });
    });
    ctx.restore();
  },
};

/** CSS pixels of a row of the leading countries, and from their names to their values' right edge. */
const LEADING = { row: 18, width: 150 };

/** The leading countries over the South Pacific, where no land is, and the key below the map. */
export const world: Plugin = {
  id: 'world',
  afterDatasetsDraw(chart, _args, { ink, muted, leading, keys }) {
    if (!Array.isArray(keys)) return;
    const rows = listOf<{ name: 0; value: 0 }>(leading);
    const { left, bottom } = chart.chartArea;
    const ctx = write(chart, typeOf(chart).tick, ink);
    rows.forEach(({ name, value }, index) => {
      const y = bottom - (rows.length - index - 0.5) * LEADING.row;
      ctx.textAlign = 'left';
      ctx.fillStyle = colorOr(ink, '#222222');
      if (isText(name)) ctx.fillText(name, left, y);
      ctx.textAlign = 'right';
      ctx.fillStyle = colorOr(muted, '#666666');
      if (isText(value)) ctx.fillText(value, left + LEADING.width, y);
    });
    ctx.restore();
    writeKey(chart, keys, muted);
  },
};

function writeKey(chart: Chart, keys: unknown, color: unknown): void {
  const { left, right, bottom } = chart.chartArea;
  const type = typeOf(chart);
  const ctx = write(chart, type.tick, color);
  let [x, y] = [left, bottom + 8 + KEY.swatch / 2];
  for (const { label, color: shade } of listOf<{ label: 0; color: 0 }>(keys)) {
    const text = isText(label) ? label : '';
    const width = KEY.swatch + KEY.gap + ctx.measureText(text).width;
    if (x > left && x + width > right) [x, y] = [left, y + keyRow(type)];
    ctx.fillStyle = colorOr(shade, '#cccccc');
    ctx.fillRect(x, y - KEY.swatch / 2, KEY.swatch, KEY.swatch);
    ctx.fillStyle = colorOr(color, '#666666');
    ctx.fillText(text, x + KEY.swatch + KEY.gap, y);
    x += width + KEY.between;
  }
  ctx.restore();
}
