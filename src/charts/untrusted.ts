/**
 * What a Chart.js configuration from outside may hold: JSON of known types and bounded size, so that drawing
 * it is bounded work.
 */
import type { ConfigImage } from '../core/chart-spec.ts';
import { UserError } from '../core/errors.ts';
import { countryCodes } from '../core/places/country.ts';

const CHART_TYPES = [
  'bar',
  'line',
  'pie',
  'doughnut',
  'radar',
  'polarArea',
  'scatter',
  'bubble',
  'choropleth',
] as const;
const POINT_STYLES = [
  'circle',
  'cross',
  'crossRot',
  'dash',
  'line',
  'rect',
  'rectRounded',
  'rectRot',
  'star',
  'triangle',
];
const SCALE_TYPES = ['linear', 'logarithmic', 'category', 'radialLinear'];

/** CSS pixels of a side. */
const MAX_SIDE = 4000;
const MAX_SCALE = 4;
/** Device pixels: a bitmap of 64 MB. */
const MAX_PIXELS = 16_000_000;
const MAX_DATASETS = 120;
/** Over all datasets. */
const MAX_POINTS = 12_000;
const MAX_LABELS = 1000;
const MAX_DEPTH = 12;
/** Values of any kind in the whole configuration. */
const MAX_VALUES = 40_000;
const MAX_TEXT = 300;
/** Characters of all texts together: shaping them is what takes longest. */
const MAX_TEXTS = 40_000;
/** Beyond it doubles have no whole numbers, and Chart.js' tick arithmetic no ticks. */
const MAX_NUMBER = 1e15;
/** Sizes, counts and widths in `options`: a tick count of a billion would be a loop of as many rounds. */
const MAX_OPTION = 10_000;
/** Options that are data, not sizes. */
const DATA_OPTIONS = new Set([
  'min',
  'max',
  'suggestedMin',
  'suggestedMax',
  'stepSize',
  'value',
  'from',
  'until',
]);
const MAX_FONT_SIZE = 200;

/** Of a text without white space at its ends or twice in a row: else 300 blanks would take it seconds. */
const CODE = /^(?:async )?(?:function\b|\(?[\w$ ,{}]*\)? ?=>)|__BEGINFUNCTION__/;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (words: readonly string[]): string =>
  `Use ${words.slice(0, -1).join(', ')} or ${words.at(-1)}.`;

/** QuickChart's. */
const DEFAULT_WIDTH = 500;
const DEFAULT_HEIGHT = 300;
/** Device pixels for each CSS pixel. */
export const DEFAULT_SCALE = 2;

export interface ImageSize {
  /** CSS pixels. */
  width: number;
  height: number;
  /** Device pixels for each CSS pixel. */
  scale: number;
}

/** The size of a picture, with QuickChart's defaults. @throws UserError for one that is too large to draw */
export function imageSize({
  width = DEFAULT_WIDTH,
  height = DEFAULT_HEIGHT,
  scale = DEFAULT_SCALE,
}: ConfigImage): ImageSize {
  for (const [name, side] of Object.entries({ width, height })) {
    if (!(side >= 10 && side <= MAX_SIDE)) {
      throw new UserError(`The ${name} is ${side}.`, `Use 10 to ${MAX_SIDE} pixels.`);
    }
  }
  if (!(scale >= 0.25 && scale <= MAX_SCALE)) {
    throw new UserError(`The device pixel ratio is ${scale}.`, `Use 0.25 to ${MAX_SCALE}.`);
  }
  if (width * height * scale ** 2 > MAX_PIXELS) {
    throw new UserError(
      `A picture of ${width} × ${height} at ${scale} pixels each is too large.`,
      `Ask for at most ${MAX_PIXELS / 1e6} million pixels.`,
    );
  }
  return { width, height, scale };
}

/** What is said of a chart that is not drawn in time, or not in the memory that there is for it. */
export const tooHeavy = (): UserError =>
  new UserError(
    'The chart takes too long to draw.',
    'Send fewer points or texts, or ask for a smaller picture.',
  );

/**
 * A copy of the configuration that is safe to draw; fonts are left out, since ours are used.
 * @throws UserError that says where it leaves the bounds, and what they are.
 */
export function checkConfig(config: unknown): JsonObject {
  const budget = { values: MAX_VALUES, text: MAX_TEXTS };
  if (!isObject(config))
    throw new UserError('The chart is not an object.', 'Send {"type": "bar", "data": {…}} as JSON.');
  const copy = clean(config, [], budget) as JsonObject;
  checkType(copy.type, 'type');
  const { data } = copy;
  if (!isObject(data) || !Array.isArray(data.datasets)) {
    throw new UserError(
      'The chart has no "data.datasets".',
      'Give a list of datasets, such as [{"data": [1, 2, 3]}].',
    );
  }
  checkLimit(data.datasets.length, MAX_DATASETS, 'datasets');
  if (data.labels !== undefined && !Array.isArray(data.labels)) {
    throw new UserError('"data.labels" is not a list.', 'Give a list of texts.');
  }
  checkLimit((data.labels ?? []).length, MAX_LABELS, 'labels');
  let points = 0;
  for (const [index, dataset] of data.datasets.entries()) {
    if (!isObject(dataset) || !Array.isArray(dataset.data)) {
      throw new UserError(`Dataset ${index} has no list "data".`, 'Give each dataset a list of points.');
    }
    if (dataset.type !== undefined) checkType(dataset.type, `data.datasets.${index}.type`);
    points += dataset.data.length;
    checkLimit(points, MAX_POINTS, 'points');
  }
  if (copy.options !== undefined && !isObject(copy.options)) {
    throw new UserError('"options" is not an object.', 'Leave it out or give an object.');
  }
  checkScales(copy.options?.scales);
  if (copy.type === 'choropleth') checkCountries(data.labels);
  return { type: copy.type as Json, data, ...(copy.options && { options: copy.options }) };
}

function checkType(type: unknown, path: string): void {
  if (!(CHART_TYPES as readonly unknown[]).includes(type)) {
    const horizontal =
      type === 'horizontalBar' ? ' Horizontal bars are "bar" with "options.indexAxis": "y".' : '';
    throw new UserError(
      `"${path}" is ${JSON.stringify(type)?.slice(0, 60) ?? 'missing'}.`,
      `${listOf(CHART_TYPES)}${horizontal}`,
    );
  }
}

function checkScales(scales: Json | undefined): void {
  if (scales === undefined) return;
  if (!isObject(scales) || 'xAxes' in scales || 'yAxes' in scales) {
    throw new UserError(
      '"options.scales" is not of Chart.js 4.',
      'Use {"x": {…}, "y": {…}} in place of xAxes and yAxes.',
    );
  }
  for (const [id, scale] of Object.entries(scales)) {
    if (!isObject(scale) || (scale.type !== undefined && !SCALE_TYPES.includes(scale.type as string))) {
      throw new UserError(
        `The scale "${id.slice(0, 40)}" cannot be drawn.`,
        `Its type: ${listOf(SCALE_TYPES)} Dates go as labels on a category scale.`,
      );
    }
  }
}

/** The shapes are ours: a map brings values by country. */
function checkCountries(labels: Json | undefined): void {
  if (
    Array.isArray(labels) &&
    labels.every(label => typeof label === 'string' && countryCodes.includes(label))
  )
    return;
  throw new UserError(
    'The map\'s "data.labels" are not countries.',
    'Give ISO 3166-1 codes such as "de", and a number for each in "data.datasets.0.data"; ' +
      'shapes are not taken.',
  );
}

function checkLimit(count: number, limit: number, noun: string): void {
  if (count > limit) throw new UserError(`The chart has too many ${noun}.`, `Send at most ${limit}.`);
}

function clean(value: unknown, path: readonly string[], budget: { values: number; text: number }): Json {
  const where = path.join('.').slice(0, 100) || 'chart';
  budget.values -= 1;
  if (budget.values < 0) throw new UserError('The chart is too large.', `Send at most ${MAX_VALUES} values.`);
  if (path.length > MAX_DEPTH)
    throw new UserError(`"${where}" is nested too deeply.`, `Use at most ${MAX_DEPTH} levels.`);
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return cleanNumber(value, path, where);
  if (typeof value === 'string') {
    budget.text -= value.length;
    if (value.length > MAX_TEXT || budget.text < 0) {
      throw new UserError(
        `"${where}" makes too much text.`,
        `Send at most ${MAX_TEXT} characters each, ${MAX_TEXTS} in all.`,
      );
    }
    return cleanText(value, path, where);
  }
  if (Array.isArray(value)) return value.map((item, index) => clean(item, [...path, String(index)], budget));
  if (typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, item]) => {
        if (key === '__proto__' || key === 'constructor' || key === 'prototype') {
          throw new UserError(`"${where}" has a key "${key}".`, 'Leave it out.');
        }
        return item === undefined || key === 'family' ? [] : [[key, clean(item, [...path, key], budget)]];
      }),
    );
  }
  throw new UserError(
    `"${where}" is not valid JSON.`,
    'Send texts, numbers, booleans, null, lists and objects only.',
  );
}

function cleanNumber(value: number, path: readonly string[], where: string): number {
  const key = path.at(-1) ?? '';
  const data = path[0] === 'data' && (path[3] === 'data' || path[1] === 'labels');
  const limit = key === 'size' ? MAX_FONT_SIZE : data || DATA_OPTIONS.has(key) ? MAX_NUMBER : MAX_OPTION;
  if (Math.abs(value) <= limit) return value;
  throw new UserError(`"${where}" is ${value}.`, `Use a number between -${limit} and ${limit}.`);
}

function cleanText(value: string, path: readonly string[], where: string): string {
  const key = path.at(-1) ?? '';
  const shown = path[0] === 'data' && (path[1] === 'labels' || key === 'label');
  if (!shown && key !== 'text' && CODE.test(value.trim().replace(/\s+/g, ' '))) {
    throw new UserError(`"${where}" is code.`, 'Nothing is evaluated here; send plain values.');
  }
  if (path.includes('pointStyle') && !POINT_STYLES.includes(value)) {
    throw new UserError(
      `"${where}" is "${value.slice(0, 60)}".`,
      `Images are not loaded. ${listOf(POINT_STYLES)}`,
    );
  }
  if (/image/i.test(key))
    throw new UserError(`"${where}" names an image.`, 'Images are not loaded; leave it out.');
  return value;
}
