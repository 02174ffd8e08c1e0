/**
 * Countries of the world in five shades. The configuration names countries by code; whoever draws it brings
 * their shapes.
 */
import type { BarsSpec, ChartFormat, MapSpec } from '../core/chart-spec.ts';
import { countryName } from '../core/places/country.ts';
import { configValue, type Frame, formatValue, type Parts } from './config.ts';
import { cutEnd, tidy, widthOf } from './labels.ts';
import { KEY, keyRow, type Theme } from './theme.ts';
import { unitAxis } from './time-series.ts';

/** Of the plot's height to its width: Equal Earth without Antarctica. */
const ASPECT = 0.5;
const UNIT_HEIGHT = 22;
/** As many as are named over the South Pacific, on a map that is that wide. */
const MOST_NAMED = 5;
const LEAST_WIDTH_NAMED = 560;
const NAME_EM = 8.5;
/** Of ratios, as multiples of what is expected; below the least there are seldom any. */
const LIMITS = [0.5, 0.8, 1.2, 2, 3];
const LEAST_LIMIT = 0.5;
/** What a server that draws no maps is given instead has at most so many bars. */
const MOST_BARS = 15;

/** CSS pixels of map, unit and key. */
export const mapHeight = (spec: MapSpec, frame: Omit<Frame, 'theme'>): number =>
  Math.round(roomOf(frame) * ASPECT) + UNIT_HEIGHT + keyHeight(keysOf(spec), spec, frame);

const roomOf = ({ width, padding }: Pick<Frame, 'width' | 'padding'>): number =>
  width - padding.left - padding.right;

/** One swatch of the key: from `from` up to, but not including, the next one's. */
interface Key {
  from: number;
  label: string;
}

const valuesOf = ({ series, format }: MapSpec) =>
  (series[0]?.points ?? [])
    .filter(({ y }) => y > 0)
    .map(({ x, y }) => ({ code: x, value: configValue(y, format) }));

/** A country without enough sales has no ratio; one without any has no count. */
const noneOf = ({ reference }: MapSpec): string => (reference ? 'too few sales' : 'none');

/** As the key is written: rows of swatches, as many in each as there is room for. */
function keyHeight(keys: readonly Key[], spec: MapSpec, frame: Omit<Frame, 'theme'>): number {
  const room = roomOf(frame);
  let [rows, x] = [1, 0];
  for (const label of [...keys.map(each => each.label), noneOf(spec)]) {
    const width = KEY.swatch + KEY.gap + widthOf(label) * frame.type.tick;
    if (x > 0 && x + width > room) [rows, x] = [rows + 1, 0];
    x += width + KEY.between;
  }
  return rows * keyRow(frame.type) + 8;
}

/** The map's part of a configuration. */
export function mapParts(spec: MapSpec, frame: Frame): Parts {
  const { theme, width } = frame;
  const values = valuesOf(spec);
  const keys = keysOf(spec);
  const shades = shadesOf(keys.length, spec.reference !== undefined, theme);
  const shadeOf = (value: number) =>
    shades[
      Math.max(
        0,
        keys.findLastIndex(({ from }) => value >= from),
      )
    ] as string;
  const leading = width < LEAST_WIDTH_NAMED ? [] : values.slice(0, MOST_NAMED);
  return {
    type: 'choropleth',
    data: {
      labels: values.map(({ code }) => code),
      datasets: [
        {
          label: tidy(spec.series[0]?.label ?? ''),
          data: values.map(({ value }) => value),
          backgroundColor: values.map(({ value }) => shadeOf(value)),
          borderColor: theme.paper,
          borderWidth: 0.5,
        },
      ],
    },
    options: {
      scales: {
        projection: { axis: 'x', projection: 'equalEarth' },
        color: { axis: 'x', display: false },
        unit: unitAxis(spec.unit, frame, 6, 'category'),
      },
      plugins: {
        world: {
          land: theme.land,
          ink: theme.ink,
          muted: theme.soft,
          leading: leading.map(({ code, value }) => ({
            name: cutEnd(countryName(code), NAME_EM),
            value: formatValue(value, spec.format),
          })),
          keys: [
            ...keys.map(({ label }, index) => ({ label, color: shades[index] as string })),
            { label: noneOf(spec), color: theme.land },
          ],
        },
      },
    },
    below: keyHeight(keys, spec, frame),
  };
}

/**
 * Shades of `count` classes, the strongest always the uppermost: of counts slate; of ratios slate below what
 * is expected, warm from there.
 */
const shadesOf = (
  count: number,
  diverging: boolean,
  { counts, above, mid, midpale }: Theme,
): readonly string[] => (diverging ? [mid, midpale, ...above] : counts).slice(-count);

function keysOf(spec: MapSpec): readonly Key[] {
  if (spec.classes) return spec.classes;
  const values = valuesOf(spec).map(({ value }) => value);
  const { format, reference } = spec;
  const bounds = reference
    ? LIMITS.filter(
        limit => limit > LEAST_LIMIT || values.some(value => value < limit * reference.value),
      ).map(limit => limit * configValue(reference.value, format))
    : boundsOf(values, format);
  return [0, ...bounds].map((from, index) => ({ from, label: keyLabel(from, bounds[index], format) }));
}

/**
 * At most four bounds of the ladder 1, 2, 5, 10, 20 …, evenly apart on it, the uppermost near the largest
 * value.
 */
function boundsOf(values: readonly number[], format: ChartFormat): number[] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (values.length === 0 || least === most) return [];
  const ladder: number[] = [];
  for (let power = Math.floor(Math.log10(least)); power <= Math.log10(most); power++) {
    for (const step of [1, 2, 5]) ladder.push(Number((step * 10 ** power).toPrecision(6)));
  }
  const within = ladder.filter(bound => bound > least && bound <= most && (format !== 'count' || bound >= 1));
  const stride = Math.ceil(within.length / 4);
  return within.filter((_, index) => (within.length - 1 - index) % stride === 0);
}

function keyLabel(from: number, until: number | undefined, format: ChartFormat): string {
  const text = (value: number) => formatValue(value, format).replace(/\.00?(×?)$/, '$1');
  if (until === undefined) return from === 0 ? 'any' : `${text(from)} or more`;
  if (from === 0) return `${format === 'ratio' ? 'below' : 'less than'} ${text(until)}`;
  if (format === 'ratio') return `${text(from).replace('×', '')}–${text(until)}`;
  if (format !== 'count' || !Number.isInteger(until)) return `${text(from)} – ${text(until)}`;
  return from === until - 1 ? text(from) : `${text(from)} – ${text(until - 1)}`;
}

/** The same as bars of the first countries, for servers that draw no maps. */
export function mapAsBars(spec: MapSpec): BarsSpec {
  const points = (spec.series[0]?.points ?? []).toSorted((a, b) => b.y - a.y);
  const { reference, kind: _, ...rest } = spec;
  return {
    ...rest,
    kind: 'bars',
    caption:
      points.length > MOST_BARS
        ? `${spec.caption} The first ${MOST_BARS} of ${points.length}.`
        : spec.caption,
    series: [
      {
        label: spec.series[0]?.label ?? '',
        points: points.slice(0, MOST_BARS).map(point => ({ ...point, x: countryName(point.x) })),
      },
    ],
    ...(reference && { reference }),
  };
}
