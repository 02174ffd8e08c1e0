/** Draws charts in this process: real Chart.js on Skia, with our fonts only; equal input gives equal bytes. */
import { createCanvas, PDFDocument, type SKRSContext2D, SvgExportFlag } from '@napi-rs/canvas';
import { Chart, type ChartConfiguration, defaults } from 'chart.js/auto';
import { ChoroplethController, ColorScale, GeoFeature, ProjectionScale } from 'chartjs-chart-geo';
import type { ChartSize, ChartSpec, ConfigImage, ImageFormat } from '../core/chart-spec.ts';
import { messageOf, UserError } from '../core/errors.ts';
import { chartConfig, chartSize } from './chartjs.ts';
import { drawable } from './drawable.ts';
import { flatWorld } from './flat-world.ts';
import { FONT_FAMILY, registerFonts } from './fonts.ts';
import { THEMES } from './theme.ts';
import { checkConfig, checkImage } from './untrusted.ts';

Chart.register(ChoroplethController, ColorScale, GeoFeature, ProjectionScale);

const DEFAULT_SCALE = 2;
/** QuickChart's. */
const DEFAULT_WIDTH = 500;
const DEFAULT_HEIGHT = 300;
/** A hundred times what a chart of ours takes. */
const DRAWING_LIMIT_MS = 5000;

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
    background: THEMES[theme].background,
  });
}

/**
 * Draws a spec as vectors onto a context of the caller's (a page of a report), without a ground, its top left corner at (x, y);
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
 * Draws anybody's Chart.js 4 configuration, which must be pure JSON; transparent unless `size.background` is given.
 * Nothing in it is evaluated and nothing fetched.
 * @throws UserError for what is no such chart, is too large, takes longer than `limitMs`, or Chart.js cannot draw.
 */
export async function renderConfig(
  config: unknown,
  size: ConfigImage = {},
  limitMs = DRAWING_LIMIT_MS,
): Promise<Uint8Array> {
  const image = {
    width: size.width ?? DEFAULT_WIDTH,
    height: size.height ?? DEFAULT_HEIGHT,
    scale: size.scale ?? DEFAULT_SCALE,
    format: size.format ?? 'png',
    background:
      size.background ?? (size.theme ? THEMES[size.theme].background : size.format === 'jpg' ? 'white' : 'transparent'),
  };
  prepare();
  checkImage(image);
  const checked = checkConfig(config) as unknown as ChartConfiguration;
  try {
    return await draw(checked, { ...image, until: performance.now() + limitMs });
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `Chart.js cannot draw this configuration (${messageOf(error).slice(0, 200)}).`,
      'Check it against the Chart.js 4 documentation.',
    );
  }
}

/** Titles, ticks and labels take their family from Chart.js' defaults only, not from the chart's own `font`. */
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
 * Chart.js gets an object that looks like a canvas. The surface is fresh and drawn on once, so clearing is off: Chart.js clears before
 * it draws (which would take the background) and when it is destroyed (before the picture is encoded).
 */
function paint(
  context: SKRSContext2D,
  config: ChartConfiguration,
  { width, height, scale, background, until }: Image,
): void {
  if (background !== 'transparent') {
    context.fillStyle = background;
    context.fillRect(0, 0, width * scale, height * scale);
  }
  const canvas = { width, height, style: {}, getContext: () => context };
  // Writable, since a page of a report gets one for each chart on it.
  const own = { canvas: { value: canvas, writable: true }, clearRect: { value: () => {}, writable: true } };
  Object.defineProperties(context, own);
  if (until !== undefined) limitTime(context, until);
  try {
    new Chart(canvas as unknown as HTMLCanvasElement, prepared(config, scale));
  } finally {
    // Chart.js keeps what it could not draw, too, unless it is destroyed.
    Chart.getChart(canvas as unknown as HTMLCanvasElement)?.destroy();
  }
}

/** Every element begins a path and every text is measured: there drawing is stopped when its time is over. */
function limitTime(context: SKRSContext2D, until: number): void {
  for (const name of ['beginPath', 'measureText', 'fillText'] as const) {
    const draw = context[name] as (...args: unknown[]) => unknown;
    const value = (...args: unknown[]): unknown => {
      if (performance.now() > until) {
        throw new UserError(
          'The chart takes too long to draw.',
          'Send fewer points or texts, or ask for a smaller picture.',
        );
      }
      return draw.apply(context, args);
    };
    Object.defineProperty(context, name, { value, configurable: true });
  }
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

/** Skia counts the ids of a process' SVGs on and on (in hexadecimal); here each picture begins at 0. Texts are paths, so only ids look so. */
function renumbered(svg: Uint8Array): Uint8Array {
  const ids = new Map<string, string>();
  const text = new TextDecoder().decode(svg).replace(/(id="|url\(#|href="#)(\w+_[\da-f]+)/g, (_, before, id) => {
    const own = ids.get(id) ?? `i${ids.size}`;
    ids.set(id, own);
    return `${before}${own}`;
  });
  return new TextEncoder().encode(text);
}
