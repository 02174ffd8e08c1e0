/** What is written around the small plots of a grid and the rows of sparklines. */
import type { Plugin } from 'chart.js';
import { colorOr, isNumber, isText, listOf, setFont, sideOf, typeOf, write } from './canvas-text.ts';
import { hatch } from './hatch.ts';

/** CSS pixels of a band, at least. */
const LEAST_BAND = 3;
/** Of a panel's width, from its edges to what is drawn in it. */
const INSET = 0.05;

/** Ground line, top line with its value, bands below; name above. */
export const panels: Plugin = {
  id: 'panels',
  beforeDatasetsDraw(chart, _args, { ink, muted, grid, axis, band, hatch: lines, pad, list, bands }) {
    const slots = chart.data.labels?.length ?? 0;
    if (!isNumber(pad) || 2 * pad >= slots) return;
    const named = chart.data.datasets.filter(({ label }) => label !== '');
    const type = typeOf(chart);
    const ctx = write(chart, type.caption, muted);
    listOf<{ x: 0; y: 0; top: 0; text: 0 }>(list).forEach(({ x, y, top, text }, index) => {
      const [across, up] = [chart.scales[`${x}`], chart.scales[`${y}`]];
      if (!across || !up || !isNumber(top)) return;
      const inset = (across.right - across.left) * INSET;
      const [left, right] = [across.left + inset, across.right - inset];
      const [ceiling, ground] = [up.getPixelForValue(top), up.getPixelForValue(0)];
      ctx.fillStyle = colorOr(band, '#00000014');
      for (const { from, until, unread } of listOf<{ from: 0; until: 0; unread: 0 }>(bands)) {
        if (!isNumber(from) || !isNumber(until)) continue;
        const start = across.getPixelForValue(from);
        const wide = Math.max(across.getPixelForValue(until) - start, LEAST_BAND);
        const area = { x: start, y: ceiling, width: wide, height: ground - ceiling };
        if (unread) hatch(ctx, lines, area);
        else ctx.fillRect(area.x, area.y, area.width, area.height);
      }
      ctx.lineWidth = 1;
      for (const [at, color] of [
        [ceiling, grid],
        [ground, axis],
      ] as const) {
        ctx.strokeStyle = colorOr(color, '#cccccc');
        ctx.beginPath();
        ctx.moveTo(left, at);
        ctx.lineTo(right, at);
        ctx.stroke();
      }
      setFont(chart, type.caption);
      ctx.fillStyle = colorOr(muted, '#666666');
      ctx.textAlign = 'right';
      if (isText(text)) ctx.fillText(text, right, ceiling - 8);
      setFont(chart, type.value, true);
      ctx.fillStyle = colorOr(ink, '#222222');
      ctx.textAlign = 'left';
      ctx.fillText(named[index]?.label ?? '', left, ceiling - 9);
    });
    ctx.restore();
  },
};

/** Name on the left, last value on the right, and a thin rule between two rows. */
export const rowLabels: Plugin = {
  id: 'rowLabels',
  afterDatasetsDraw(chart, _args, { ink, rule, last }) {
    if (!Array.isArray(last)) return;
    const { right } = chart.chartArea;
    const { label: size, value } = typeOf(chart);
    const side = sideOf(chart);
    const ctx = write(chart, size, ink);
    chart.data.datasets.forEach(({ label, data, borderColor }, index) => {
      const scale = chart.getDatasetMeta(index).yScale;
      if (!scale) return;
      const middle = (scale.top + scale.bottom) / 2;
      const at = data.findLastIndex(value => typeof value === 'number');
      const point = chart.getDatasetMeta(index).data[at];
      if (index > 0) {
        ctx.fillStyle = colorOr(rule, '#e5e5e5');
        ctx.fillRect(side, scale.top - 0.5, chart.width - 2 * side, 1);
      }
      ctx.fillStyle = colorOr(ink, '#222222');
      setFont(chart, size);
      ctx.textAlign = 'left';
      ctx.fillText(label ?? '', side, middle);
      ctx.textAlign = 'right';
      setFont(chart, value, true);
      if (isText(last[index])) ctx.fillText(last[index], chart.width - side, middle);
      if (!point) return;
      ctx.fillStyle = colorOr(borderColor, '#666666');
      ctx.beginPath();
      ctx.arc(Math.min(point.x, right), point.y, 3, 0, 2 * Math.PI);
      ctx.fill();
    });
    ctx.restore();
  },
};
