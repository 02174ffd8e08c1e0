/** Leaves out what would make a chart too tall for a page; the table beside it has all. */
import type { ChartSeries, ChartSpec } from '../core/chart-spec.ts';

/**
 * How many rows, ranks or panels stand below each other; 1 where the height does not depend on the subjects.
 */
export function subjectsOf(spec: ChartSpec): number {
  switch (spec.kind) {
    case 'bars':
      return Math.max(1, ...spec.series.map(({ points }) => points.length));
    case 'multiples':
    case 'sparklines':
    case 'slope':
      return Math.max(1, spec.series.length);
    default:
      return 1;
  }
}

/** The same with the first subjects only, which its caption says. */
export function firstSubjects<Spec extends ChartSpec>(spec: Spec, count: number): Spec {
  const all = subjectsOf(spec);
  if (count >= all) return spec;
  const caption = `${spec.caption}${/[.!?]$/.test(spec.caption) ? ' T' : '; t'}he first ${count} of ${all}`;
  return { ...spec, caption, series: shortened(spec, count) };
}

function shortened(spec: ChartSpec, count: number): ChartSpec['series'] {
  if (spec.kind === 'scatter') return spec.series;
  if (spec.kind === 'bars')
    return spec.series.map(series => ({ ...series, points: series.points.slice(0, count) }));
  if (spec.kind !== 'slope') return spec.series.slice(0, count);
  return spec.series
    .map((series): ChartSeries => ({ ...series, points: series.points.filter(({ y }) => y <= count) }))
    .filter(({ points }) => points.length > 0);
}
