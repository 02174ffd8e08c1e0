/** Says in a sentence or two what a chart shows, for people who do not see it. */
import {
  type ChartFormat,
  type ChartPoint,
  type ChartSpec,
  type LinesSpec,
  type MapSpec,
  MOST_CHAT_ROWS,
  type ScatterSpec,
  type SlopeSpec,
} from './chart-spec.ts';
import { countOf, formatCount, formatMoney, formatPercent, formatRatio } from './numbers.ts';
import { countryName } from './places/country.ts';
import { formatDate, formatDayOfYear } from './time/dates.ts';
import { parseInstant } from './time/instant.ts';

/** Subjects that are told by name. */
const MOST_TOLD = 3;
const MOST_NAME = 60;
/** Half of what the narrowest platform takes. */
const MOST_ALT = 500;

// Of each kind by itself, since `Omit` of a union would keep only what all have.
type Untold<Spec> = Spec extends ChartSpec ? Omit<Spec, 'alt'> : never;

/** The spec with its alternative text; `what` is what the marks stand for, in the plural: "genres". */
export const withAlt = <Spec extends ChartSpec>(spec: Omit<Spec, 'alt'>, what: string): Spec => {
  const told = { ...spec, alt: '' } as Spec;
  return { ...told, alt: describeChart(told, what) };
};

/** How bars with intervals are read; in a message or on a page it is said once. */
export const INTERVALS_EXPLAINED =
  'Solid: at least this much. Pale: the likely range. Mark: best estimate. Dashed: as expected.';

/** What has to be said of a picture's marks; '' of those that explain themselves. */
export const explanationOf = (spec: ChartSpec | undefined): string =>
  spec?.kind === 'bars' &&
  spec.format === 'ratio' &&
  spec.series[0]?.points.some(({ low }) => low !== undefined)
    ? INTERVALS_EXPLAINED
    : '';

/** The alternative text of a picture in a chat: it counts the bars that are shown. */
export function altInChat(spec: ChartSpec): string {
  const [, what] = /^Bar chart of [\d,]+ (.+?), /.exec(spec.alt) ?? [];
  if (spec.kind !== 'bars' || !what || (spec.series[0]?.points.length ?? 0) <= MOST_CHAT_ROWS)
    return spec.alt;
  const series = spec.series.map(each => ({ ...each, points: each.points.slice(0, MOST_CHAT_ROWS) }));
  return describeChart({ ...spec, series }, what);
}

/**
 * Kind, what and how many, then the leading values, changes or course, with numbers as they are written
 * elsewhere.
 */
export function describeChart(spec: Untold<ChartSpec>, what: string): string {
  const text = describe(spec, what);
  return text.length > MOST_ALT ? `${text.slice(0, MOST_ALT - 1)}…` : text;
}

function describe(spec: Untold<ChartSpec>, what: string): string {
  switch (spec.kind) {
    case 'bars': {
      const points = spec.series[0]?.points ?? [];
      if (points.length === 0) return `Bar chart of ${what} without data.`;
      const rest = points.length > MOST_TOLD ? `; last ${told(points.at(-1), spec.format)}` : '';
      const reference = spec.reference
        ? ` A line marks ${value(spec.reference.value, spec.format)}, ${spec.reference.label}.`
        : '';
      return (
        `Bar chart of ${counted(points.length, what)}, ${spec.unit}: ` +
        `${list(points, spec.format)}${rest}.${reference}`
      );
    }
    case 'lines':
      return describeCourses('Line chart', spec, what);
    case 'areas':
      return describeCourses('Stacked areas', spec, what);
    case 'multiples':
      return describeCourses('Small line charts', spec, what);
    case 'sparklines':
      return describeCourses('Small lines', spec, what);
    case 'slope':
      return describeSlope(spec, what);
    case 'scatter':
      return describeScatter(spec, what);
    case 'map':
      return describeMap(spec);
  }
}

const value = (amount: number, format: ChartFormat): string =>
  format === 'usd'
    ? formatMoney(amount, 'USD')
    : { count: formatCount, ratio: formatRatio, percent: formatPercent }[format](amount);

const short = (name: string): string => (name.length > MOST_NAME ? `${name.slice(0, MOST_NAME - 1)}…` : name);

/** "1 genre" for the plural "genres", where dropping an s makes the singular. */
const counted = (count: number, what: string): string =>
  countOf(count, what.replace(/ies$/, 'y').replace(/s$/, ''), what);

const told = (point: (Omit<ChartPoint, 'x'> & { x: string }) | undefined, format: ChartFormat): string => {
  if (!point) return '';
  const { x, y, low, high } = point;
  const interval =
    low !== undefined && high !== undefined ? ` (${value(low, format)} to ${value(high, format)})` : '';
  return `${short(x)} ${value(y, format)}${interval}`;
};

const list = (points: readonly ChartPoint[], format: ChartFormat): string =>
  points
    .slice(0, MOST_TOLD)
    .map(point => told(point, format))
    .join(', ');

function describeCourses(
  kind: string,
  {
    series,
    unit,
    format,
    zone = 'UTC',
    bands = [],
  }: Pick<LinesSpec, 'series' | 'unit' | 'format' | 'zone' | 'bands'>,
  what: string,
): string {
  const shown = series.filter(({ points }) => points.length > 0);
  const instants = shown.flatMap(({ points }) => points.map(({ x }) => x)).sort();
  const [first, last] = [instants[0], instants.at(-1)];
  if (first === undefined || last === undefined) return `${kind} of ${what} without data.`;
  const day = (at: string) => formatDayOfYear(parseInstant(at), parseInstant(last), zone);
  const ended = formatDate(parseInstant(last), zone);
  const courses = shown.slice(0, MOST_TOLD).map(({ label, points }) => {
    const [from, to] = [points[0], points.at(-1)] as [ChartPoint, ChartPoint];
    const most = points.reduce((a, b) => (b.y > a.y ? b : a));
    return (
      `${short(label)} from ${value(from.y, format)} to ${value(to.y, format)}, most ` +
      `${value(most.y, format)} on ${day(most.x)}`
    );
  });
  const more = shown.length > MOST_TOLD ? `; and ${shown.length - MOST_TOLD} more` : '';
  const labels = (unread: boolean) => [
    ...new Set(bands.filter(band => (band.unread ?? false) === unread).map(({ label }) => label)),
  ];
  const [shaded, hatched] = [labels(false), labels(true)];
  return (
    `${kind} of ${what}, ${unit}, ${day(first) === day(last) ? '' : `${day(first)} to `}${ended}: ` +
    `${courses.join('; ')}${more}.${shaded.length > 0 ? ` Shaded: ${shaded.join(', ')}.` : ''}` +
    `${hatched.length > 0 ? ` Hatched: ${hatched.join(', ')}.` : ''}`
  );
}

function describeSlope({ series }: Untold<SlopeSpec>, what: string): string {
  const times = [
    ...new Set(
      series
        .toSorted((a, b) => b.points.length - a.points.length)
        .flatMap(({ points }) => points.map(({ x }) => x)),
    ),
  ];
  const [before, now] = [times[0], times.at(-1)];
  if (before === undefined || now === undefined) return `Ranks of ${what} without data.`;
  const ranks = series.map(({ label, points }) => ({
    label: short(label),
    from: points.find(({ x }) => x === before)?.y,
    to: points.find(({ x }) => x === now)?.y,
  }));
  const leader = ranks.find(({ to }) => to === 1);
  const moved = ranks
    .flatMap(({ label, from, to }) =>
      from !== undefined && to !== undefined && from !== to ? [{ label, from, to }] : [],
    )
    .sort((a, b) => Math.abs(b.from - b.to) - Math.abs(a.from - a.to))
    .slice(0, MOST_TOLD)
    .map(({ label, from, to }) => `${label} ${to < from ? 'climbs' : 'falls'} from ${from} to ${to}`);
  const fresh = ranks
    .filter(({ from, to }) => from === undefined && to !== undefined)
    .map(({ label }) => label);
  const sentences = [
    `Ranks of ${counted(series.length, what)}, ${before} to ${now}`,
    ...(leader ? [`${leader.label} leads`] : []),
    ...(moved.length > 0 ? [moved.join(', ')] : []),
    ...(fresh.length > 0 ? [`new: ${fresh.slice(0, MOST_TOLD).join(', ')}`] : []),
  ];
  return `${sentences.join('; ')}.`;
}

function describeScatter(
  { series, unit, xUnit, format, xFormat, reference }: Untold<ScatterSpec>,
  what: string,
): string {
  const points = series.flatMap(each => each.points);
  if (points.length === 0) return `Scatter plot of ${what} without data.`;
  const first = series
    .flatMap(each => each.points.slice(0, MOST_TOLD))
    .slice(0, MOST_TOLD)
    .map(({ name, x, y }) => `${short(name)} at ${value(x, xFormat)} and ${value(y, format)}`);
  const above = reference ? points.filter(({ y }) => y > reference.value).length : 0;
  const share = reference
    ? ` ${above} of ${points.length} lie above ${value(reference.value, format)}, ${reference.label}.`
    : '';
  return (
    `Scatter plot of ${counted(points.length, what)}, ${xUnit} against ${unit}: ` +
    `${first.join(', ')}.${share}`
  );
}

function describeMap({ series, unit, format }: Untold<MapSpec>): string {
  const points = (series[0]?.points ?? []).map(point => ({ ...point, x: countryName(point.x) }));
  if (points.length === 0) return 'World map without data.';
  return `World map of ${counted(points.length, 'countries')}, ${unit}: ${list(points, format)}.`;
}
