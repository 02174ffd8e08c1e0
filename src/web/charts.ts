/**
 * `/chart`: QuickChart's GET and POST for configurations of plain data, so that any QuickChart client draws
 * here. Nothing is evaluated.
 */

import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Ambient } from '../ambient.ts';
import { parseConfig } from '../charts/literal.ts';
import type { ChartRenderers } from '../charts/renderers.ts';
import { checkConfig, imageSize } from '../charts/untrusted.ts';
import type { ConfigImage, ImageFormat } from '../core/chart-spec.ts';
import { NotNow, UserError } from '../core/errors.ts';
import { admitted, type Limits } from './admission.ts';

const MAX_BODY_BYTES = 256 * 1024;
/** An address names its picture for good, but a new release may draw it better. */
const CACHE_SECONDS = 86_400;

const CONTENT_TYPES: Record<ImageFormat, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
};

/** CSS colours as QuickChart takes them: a name, #rgb to #rrggbbaa, rgb(…), rgba(…), hsl(…). */
const COLOR = /^(?:[a-z]{3,30}|#[0-9a-f]{3,8}|(?:rgb|hsl)a?\([\d\s.,%/-]{3,40}\))$/i;

/** Raw parameters by QuickChart's long names; a POST body may hold numbers and the chart as an object. */
type Raw = Partial<Record<(typeof NAMES)[number][0], unknown>>;
/**
 * Each parameter and the short name that QuickChart also takes. `version` is accepted and always drawn with
 * Chart.js 4.
 */
const NAMES = [
  ['chart', 'c'],
  ['width', 'w'],
  ['height', 'h'],
  ['backgroundColor', 'bkg'],
  ['format', 'f'],
  ['devicePixelRatio', 'devicePixelRatio'],
  ['encoding', 'encoding'],
] as const;

type ChartDeps = Pick<Ambient, 'log'> & Pick<ChartRenderers, 'renderConfig'> & { limits?: Limits };

/**
 * The routes of `/chart`, to be mounted at the root. Errors are JSON `{error, hint}`, and the header that
 * quickchart-js reads.
 */
export function chartRoutes(deps: ChartDeps): Hono {
  const app = new Hono();
  app.get('/chart', context => {
    context.header('cache-control', `public, max-age=${CACHE_SECONDS}`);
    return respond(deps, context, () => context.req.query());
  });
  app.post(
    '/chart',
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: context =>
        refuse(context, 413, 'The body is too large.', `Send at most ${MAX_BODY_BYTES / 1024} KB.`),
    }),
    context => {
      context.header('cache-control', 'no-store');
      return respond(deps, context, async () => parseBody(await context.req.text()));
    },
  );
  return app;
}

async function respond(deps: ChartDeps, context: Context, read: () => unknown): Promise<Response> {
  const isHead = context.req.method === 'HEAD';
  const draw = async () => {
    const { config, image } = parseRequest(await read());
    if (isHead) check(config, image);
    return { image, bytes: isHead ? null : await deps.renderConfig(config, image) };
  };
  try {
    const { image, bytes } = await (isHead ? draw() : admitted(deps.limits, 'charts', context, draw));
    context.header('content-type', CONTENT_TYPES[image.format]);
    context.header('x-content-type-options', 'nosniff');
    // An SVG that is opened by itself runs in our origin.
    context.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
    context.header('access-control-allow-origin', '*');
    return bytes ? context.body(bytes as Uint8Array<ArrayBuffer>) : context.body(null);
  } catch (error) {
    if (error instanceof NotNow) {
      context.header('retry-after', String(error.retryAfterSeconds));
      return refuse(context, error.status, error.message, error.hint);
    }
    if (error instanceof UserError) return refuse(context, 400, error.message, error.hint);
    const id = crypto.randomUUID().slice(0, 8);
    deps.log.error('chart-failed', { id, error });
    return refuse(
      context,
      500,
      `The chart could not be drawn (${id}).`,
      'Try again; the operator can find it by that id.',
    );
  }
}

/** In place of drawing, for HEAD: refuses what would be refused. @throws UserError */
function check(config: unknown, image: ConfigImage): void {
  imageSize(image);
  checkConfig(typeof config === 'string' ? parseConfig(config) : config);
}

function refuse(
  context: Context,
  status: 400 | 404 | 413 | 429 | 500 | 503,
  error: string,
  hint: string,
): Response {
  context.header('cache-control', 'no-store');
  context.header('x-quickchart-error', `${error} ${hint}`.replace(/[^\x20-\x7e]/g, '?'));
  return context.json({ error, hint }, status);
}

/** The chart may be text still: whoever draws it reads it, off the main thread. @throws UserError */
function parseRequest(given: unknown): { config: unknown; image: ConfigImage & { format: ImageFormat } } {
  if (typeof given !== 'object' || given === null) {
    throw new UserError('The request is not an object.', 'Send {"chart": {…}, "width": 500, "height": 300}.');
  }
  const record = given as Record<string, unknown>;
  const raw: Raw = Object.fromEntries(NAMES.map(([long, short]) => [long, record[long] ?? record[short]]));
  return {
    config: parseChart(raw),
    image: {
      format: parseFormat(raw.format),
      ...numbers(raw),
      ...(isGiven(raw.backgroundColor) && { background: parseColor(String(raw.backgroundColor)) }),
    },
  };
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

function parseChart({ chart, encoding }: Raw): unknown {
  if (!isGiven(chart)) {
    throw new UserError(
      'The chart is missing.',
      'Give a Chart.js 4 configuration as JSON in "c" (or "chart").',
    );
  }
  if (typeof chart !== 'string') return chart;
  if (isGiven(encoding) && encoding !== 'url' && encoding !== 'base64') {
    throw new UserError('The encoding is unknown.', 'Use url or base64.');
  }
  return encoding === 'base64' ? fromBase64(chart) : chart;
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UserError('The body is not valid JSON.', 'Send {"chart": {…}, "width": 500, "height": 300}.');
  }
}

/** Both alphabets; a + that an unescaped address turned to a space is one again. */
function fromBase64(text: string): string {
  try {
    const binary = atob(text.replaceAll(' ', '+').replaceAll('-', '+').replaceAll('_', '/'));
    return new TextDecoder().decode(Uint8Array.from(binary, character => character.charCodeAt(0)));
  } catch {
    throw new UserError(
      'The chart is not valid base64.',
      'Encode its UTF-8 JSON as base64, or leave encoding=base64 out.',
    );
  }
}

function parseFormat(format: unknown): ImageFormat {
  const name = isGiven(format) ? String(format).toLowerCase() : 'png';
  if (Object.hasOwn(CONTENT_TYPES, name)) return name as ImageFormat;
  if (name === 'jpeg') return 'jpg';
  throw new UserError('The format is unknown.', `Use ${Object.keys(CONTENT_TYPES).join(', ')}.`);
}

/** Absent ones are left out: the renderer has QuickChart's defaults. Bounds are the renderer's too. */
function numbers({ width, height, devicePixelRatio }: Raw): Pick<ConfigImage, 'width' | 'height' | 'scale'> {
  const named = { width, height, scale: devicePixelRatio };
  return Object.fromEntries(
    Object.entries(named).flatMap(([name, value]) => {
      if (!isGiven(value)) return [];
      const number = Number(String(value).replace(/px$/, ''));
      if (!Number.isFinite(number)) {
        throw new UserError(
          `The ${name === 'scale' ? 'devicePixelRatio' : name} is not a number.`,
          'Use a number such as 500.',
        );
      }
      return [[name, number]];
    }),
  );
}

function parseColor(text: string): string {
  if (COLOR.test(text)) return text;
  throw new UserError(
    'The background colour is unknown.',
    'Use a CSS colour such as white, #1a1d21 or transparent.',
  );
}
