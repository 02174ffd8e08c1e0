/**
 * Addresses and pictures of charts by QuickChart's protocol: the only importer of quickchart-js. No Node
 * modules: the Worker has it too.
 */
import QuickChartModule from 'quickchart-js';
import type { Config } from '../config.ts';
import type { ChartSize, ChartSpec } from '../core/chart-spec.ts';
import { messageOf } from '../core/errors.ts';
import { chartConfig, chartSize } from './chartjs.ts';
import { mapAsBars } from './map.ts';
import { THEMES } from './theme.ts';

/**
 * The part of the client that is used. Its published types describe a CommonJS module, which Node is not
 * given.
 */
interface Client {
  setConfig(chart: string): Client;
  setScheme(scheme: string): Client;
  setHost(host: string): Client;
  setWidth(width: number): Client;
  setHeight(height: number): Client;
  setBackgroundColor(color: string): Client;
  setDevicePixelRatio(ratio: number): Client;
  setFormat(format: string): Client;
  setVersion(version: string): Client;
  getUrl(): string;
  toBinary(): Promise<Uint8Array>;
}
const QuickChart = QuickChartModule as unknown as new () => Client;

/** Chart.js' major version; the client's own default is 2.9.4. */
const CHART_JS_VERSION = '4';
const DEFAULT_SCALE = 2;
const TIMEOUT_MS = 15_000;

function clientFor(origin: string, spec: ChartSpec, size: ChartSize): Client {
  const { protocol, host, pathname } = new URL(origin);
  const { width, height } = chartSize(spec, size);
  const theme = size.theme ?? 'light';
  return (
    new QuickChart()
      .setScheme(protocol.slice(0, -1))
      // The client puts the address together as text, so a path goes with the host.
      .setHost(`${host}${pathname.replace(/\/+$/, '')}`)
      // As text: an object would be printed as JavaScript.
      .setConfig(JSON.stringify(chartConfig(spec, theme, size)))
      .setWidth(width)
      .setHeight(height)
      .setBackgroundColor(THEMES[theme].paper)
      .setVersion(CHART_JS_VERSION)
  );
}

/** Other QuickChart servers have all the kinds of Chart.js, but no maps (their list of plugins says so). */
const forOthers = (spec: ChartSpec): ChartSpec => (spec.kind === 'map' ? mapAsBars(spec) : spec);

/**
 * The public address of a chart's PNG: on `QUICKCHART_URL`, else on our own `/chart`, else undefined.
 * Some thousand characters; what a server takes as given (PNG, two device pixels for each) is left out.
 */
export function chartUrl(
  { quickchartUrl, publicUrl }: Pick<Config, 'quickchartUrl' | 'publicUrl'>,
  spec: ChartSpec,
  size: ChartSize = {},
): string | undefined {
  const origin = quickchartUrl ?? publicUrl;
  if (!origin) return undefined;
  const url = new URL(
    clientFor(origin, quickchartUrl ? forOthers(spec) : spec, size)
      .setFormat('')
      .getUrl(),
  );
  url.searchParams.delete('ref');
  // Base64 is a third shorter than JSON with its quotes and braces escaped.
  const chart = new TextEncoder().encode(url.searchParams.get('c') ?? '');
  url.searchParams.set('c', base64url(chart));
  url.searchParams.set('encoding', 'base64');
  return url.href;
}

/** Base64 in the alphabet that needs no escaping in an address; QuickChart's decoder (Node's) reads both. */
const base64url = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

/**
 * The picture of a spec as drawn by the QuickChart server at `quickchartUrl`.
 * @throws Error that names the server, when it refuses, sends no picture, or has not answered in time.
 */
export async function fetchChart(
  quickchartUrl: string,
  spec: ChartSpec,
  size: ChartSize = {},
  timeoutMs = TIMEOUT_MS,
): Promise<Uint8Array> {
  const format = size.format ?? 'png';
  const client = clientFor(quickchartUrl, forOthers(spec), size)
    .setDevicePixelRatio(size.scale ?? DEFAULT_SCALE)
    .setFormat(format);
  const { host } = new URL(quickchartUrl);
  const bytes = await within(timeoutMs, client.toBinary()).catch(error => {
    throw new Error(`The chart server ${host} gave no chart: ${messageOf(error)}`, { cause: error });
  });
  if (!looksLike(format, bytes)) {
    throw new Error(`The chart server ${host} sent ${bytes.length} bytes that are not ${format}.`);
  }
  return bytes;
}

/**
 * The client's own fetch (cross-fetch) takes no signal and waits for ever; an answer after the limit is
 * dropped.
 */
async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs / 1000} s`)), timeoutMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

const SIGNATURES: Partial<Record<NonNullable<ChartSize['format']>, string>> = { png: '\x89PNG', pdf: '%PDF' };

function looksLike(format: NonNullable<ChartSize['format']>, bytes: Uint8Array): boolean {
  const signature = SIGNATURES[format] ?? '';
  return (
    bytes.length > 0 && [...signature].every((character, index) => bytes[index] === character.charCodeAt(0))
  );
}
