/** Hatching: of these stretches nothing is known, where a shade would say that they are special. */
import { colorOr } from './canvas-text.ts';

/** CSS pixels from line to line, along the x axis. */
const APART = 7;

interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Thin lines that rise to the right, cut at the area's edges. */
export function hatch(ctx: CanvasRenderingContext2D, color: unknown, { x, y, width, height }: Area): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(x, y, width, height);
  ctx.clip();
  ctx.strokeStyle = colorOr(color, '#cccccc');
  ctx.lineWidth = 1;
  ctx.setLineDash([]);
  ctx.beginPath();
  for (let from = x - height; from < x + width; from += APART) {
    ctx.moveTo(from, y + height);
    ctx.lineTo(from + height, y);
  }
  ctx.stroke();
  ctx.restore();
}
