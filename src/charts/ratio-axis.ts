/** The logarithmic axis that ratios always stand on: 2× is as far from 1× as 4× from 2×. */

/** Up to this ratio the axis has the fine ticks: from there on 1, 3 and 10 are three. */
const FINE_UNTIL = 10;
const FINE = [0.25, 0.5, 1, 1.5, 2, 3];

/** Ticks between `min` and `max`: 1, 1.5, 2, 3, or 1, 3, 10, 30 … where it is much; below 1 halves. */
export function ratioStops(min: number, max: number): number[] {
  if (max < FINE_UNTIL) return FINE.filter(stop => stop >= min && stop <= max);
  const stops: number[] = [];
  for (let power = -2; 10 ** power <= max; power++) {
    for (const step of [1, 3]) stops.push(Number((step * 10 ** power).toPrecision(3)));
  }
  return stops.filter(stop => stop >= min && stop <= max);
}
