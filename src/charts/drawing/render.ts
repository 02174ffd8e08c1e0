/**
 * Draws charts in this process: real Chart.js on Skia, with our fonts only; equal input gives equal bytes.
 */
import { createCanvas, PDFDocument, type SKRSContext2D, SvgExportFlag } from '@napi-rs/canvas';
import { Chart, type ChartConfiguration, defaults } from 'chart.js/auto';
import { ChoroplethController, ColorScale, GeoFeature, ProjectionScale } from 'chartjs-chart-geo';
import type { ChartSize, ChartSpec, ConfigImage, ImageFormat } from '../../core/chart-spec.ts';
import { messageOf, UserError } from '../../core/errors.ts';
import { chartConfig, chartSize } from '../chartjs.ts';
import { drawable } from '../drawable.ts';
import { FONT_FAMILY, registerFonts } from '../fonts.ts';
import { parseConfig } from '../literal.ts';
import { THEMES } from '../theme.ts';
import { checkConfig, DEFAULT_SCALE, imageSize, tooHeavy } from '../untrusted.ts';
import { flatWorld } from './flat-world.ts';

Chart.register(ChoroplethController, ColorScale, GeoFeature, ProjectionScale);

/** A hundred times what a chart of ours takes. */
const DRAWING_LIMIT_MS = 5000;
/**
 * Elements after which Skia draws what it was told so far: each may cover the whole picture, and then takes
 * it 10 ms.
 */
const DRAWN_TOGETHER = 100;

interface Image {
  width: number;
  height: number;
  scale: number;
  format: ImageFormat;
  background: string;
  /** Of `performance.now()`: drawing that has not ended by then is given up. */
  until?: number;
}

/** Draws a spec with our theme: PNG with two pixels for each CSS pixel unless `size` says otherwise. */
export async function renderChart(spec: ChartSpec, size: ChartSize = {}): Promise<Uint8Array> {
  prepare();
  const theme = size.theme ?? 'light';
  return draw(chartConfig(spec, theme, size), {
    ...chartSize(spec, size),
    scale: size.scale ?? DEFAULT_SCALE,
    format: size.format ?? 'png',
    background: THEMES[theme].paper,
  });
}

/**
 * Draws a spec as vectors onto a context of the caller's (a page of a report), without a ground, its top left
 * corner at (x, y);
 * `unit` is what a CSS pixel is there. Its size is that of `chartSize`.
 */
export function drawChart(
  context: SKRSContext2D,
  spec: ChartSpec,
  place: { x: number; y: number; unit: number },
  size: ChartSize = {},
): void {
  prepare();
  // Chart.js sets its scale absolutely, which would lose the place on the page.
  Object.defineProperties(context, { setTransform: { value: () => {}, configurable: true } });
  context.save();
  context.translate(place.x, place.y);
  context.scale(place.unit, place.unit);
  const image = { ...chartSize(spec, size), scale: 1, format: 'pdf', background: 'transparent' } as const;
  paint(context, chartConfig(spec, size.theme ?? 'light', size), image);
  context.restore();
  Reflect.deleteProperty(context, 'setTransform');
}

/**
 * Draws anybody's Chart.js 4 configuration, an object of pure JSON or its text; transparent unless
 * `size.background` is given. Nothing in it is evaluated and nothing fetched.
 * @throws UserError for what is no such chart, is too large, takes longer than `limitMs`, or Chart.js cannot
 * draw.
 */
export async function renderConfig(
  config: unknown,
  size: ConfigImage = {},
  limitMs = DRAWING_LIMIT_MS,
): Promise<Uint8Array> {
  const until = performance.now() + limitMs;
  const image = {
    ...imageSize(size),
    until,
    format: size.format ?? 'png',
    background:
      size.background ??
      (size.theme ? THEMES[size.theme].paper : size.format === 'jpg' ? 'white' : 'transparent'),
  };
  prepare();
  const given = typeof config === 'string' ? parseConfig(config) : config;
  const checked = checkConfig(given) as unknown as ChartConfiguration;
  try {
    return await draw(checked, image);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `Chart.js cannot draw this configuration (${messageOf(error).slice(0, 200)}).`,
      'Check it against the Chart.js 4 documentation.',
    );
  }
}

/**
 * Titles, ticks and labels take their family from Chart.js' defaults only, not from the chart's own `font`.
 */
function prepare(): void {
  registerFonts();
  defaults.font.family = FONT_FAMILY;
  defaults.locale = 'en';
}

async function draw(config: ChartConfiguration, image: Image): Promise<Uint8Array> {
  const { width, height, scale, format } = image;
  if (format === 'pdf') {
    const document = new PDFDocument({ creator: 'Bandcamp Tracker' });
    paint(document.beginPage(width, height) as SKRSContext2D, config, { ...image, scale: 1 });
    document.endPage();
    return document.close();
  }
  if (format === 'svg') {
    // Paths, not text: whoever looks at it has not our fonts. Skia leaves out emoji, which are no paths.
    const canvas = createCanvas(width, height, SvgExportFlag.ConvertTextToPaths);
    paint(canvas.getContext('2d'), config, { ...image, scale: 1 });
    return renumbered(canvas.getContent());
  }
  const canvas = createCanvas(Math.round(width * scale), Math.round(height * scale));
  paint(canvas.getContext('2d'), config, image);
  return format === 'png' ? canvas.encode('png') : canvas.encode(format === 'jpg' ? 'jpeg' : 'webp');
}

/**
 * Chart.js gets an object that looks like a canvas. The surface is fresh and drawn on once, so clearing is
 * off: Chart.js clears before it draws (which would take the background) and when it is destroyed (before the
 * picture is encoded).
 */
function paint(
  context: SKRSContext2D,
  config: ChartConfiguration,
  { width, height, scale, background, format, until }: Image,
): void {
  if (background !== 'transparent') {
    context.fillStyle = background;
    context.fillRect(0, 0, width * scale, height * scale);
  }
  const canvas = { width, height, style: {}, getContext: () => context };
  // Writable, since a page of a report gets one for each chart on it.
  const own = { canvas: { value: canvas, writable: true }, clearRect: { value: () => {}, writable: true } };
  Object.defineProperties(context, own);
  if (until !== undefined) limitTime(context, until, format !== 'pdf' && format !== 'svg');
  try {
    new Chart(canvas as unknown as HTMLCanvasElement, prepared(config, scale));
  } finally {
    // Chart.js keeps what it could not draw, too, unless it is destroyed.
    Chart.getChart(canvas as unknown as HTMLCanvasElement)?.destroy();
  }
}

/**
 * Every element begins a path and every text is measured: there drawing is stopped when its time is over. Of
 * a bitmap Skia only notes what to draw until somebody looks at it; so we look now and then, else all the
 * work is left to one call at the end, which nothing can stop.
 */
function limitTime(context: SKRSContext2D, until: number, isBitmap: boolean): void {
  const limit = (name: 'beginPath' | 'measureText' | 'fillText', before: () => void) => {
    const draw = context[name] as (...args: unknown[]) => unknown;
    const value = (...args: unknown[]): unknown => {
      before();
      if (performance.now() > until) throw tooHeavy();
      return draw.apply(context, args);
    };
    Object.defineProperty(context, name, { value, configurable: true });
  };
  let elements = 0;
  const look = () => {
    elements += 1;
    if (isBitmap && elements % DRAWN_TOGETHER === 0) context.getImageData(0, 0, 1, 1);
  };
  limit('beginPath', look);
  limit('fillText', look);
  limit('measureText', () => {});
}

/** A copy, since Chart.js writes into what it is given, with what a picture in a file needs. */
function prepared(config: ChartConfiguration, scale: number): ChartConfiguration {
  const { options, ...rest } = drawable(
    structuredClone(config),
    config.type === 'choropleth' ? flatWorld() : undefined,
  );
  return {
    ...rest,
    options: {
      ...options,
      animation: false,
      responsive: false,
      maintainAspectRatio: false,
      devicePixelRatio: scale,
      events: [],
    },
  };
}

/**
 * Skia counts the ids of a process' SVGs on and on (in hexadecimal); here each picture begins at 0. Texts are
 * paths, so only ids look so.
 */
function renumbered(svg: Uint8Array): Uint8Array {
  const ids = new Map<string, string>();
  const text = new TextDecoder()
    .decode(svg)
    .replace(/(id="|url\(#|href="#)(\w+_[\da-f]+)/g, (_, before, id) => {
      const own = ids.get(id) ?? `i${ids.size}`;
      ids.set(id, own);
      return `${before}${own}`;
    });
  return new TextEncoder().encode(text);
}
