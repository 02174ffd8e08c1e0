/** What was measured under load as figures with their limits: rows of a table, and JSON. */
import { formatCount } from '../src/core/numbers.ts';
import type { Answered } from './load-crowd.ts';
import type { ChatsMeasured, CrowdMeasured, Measured } from './load-phases.ts';
import type { Acknowledged } from './load-platforms.ts';

export interface Figure {
  name: string;
  value: number;
  unit: 'ms' | 'MB' | 's' | '';
  /** What it must not exceed; `least`: what it must reach. */
  limit?: number;
  least?: number;
}

interface Times {
  count: number;
  failed: number;
  p50: number;
  p99: number;
  max: number;
}

const ACKNOWLEDGED_MS = 1_000;
const HEALTH_MS = 1_000;
const MEMORY_MB = 1_200;
const BLOCK_MS = 100;

/** The least of these that is not below that share of them; 0 of none. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? 0;
}

/** Also of those that failed: they waited, too. */
function timesOf(list: readonly { ms: number; failed: boolean }[]): Times {
  const all = list.map(({ ms }) => ms);
  return {
    count: list.length,
    failed: list.filter(({ failed }) => failed).length,
    p50: quantile(all, 0.5),
    p99: quantile(all, 0.99),
    max: quantile(all, 1),
  };
}
const acknowledgedTimes = (list: readonly Acknowledged[]): Times =>
  timesOf(list.map(({ ms, problem }) => ({ ms, failed: problem !== undefined })));

function timed(name: string, { count, failed, p50, p99, max }: Times, limit: number): Figure[] {
  return [
    { name: `${name}, 99th percentile of ${formatCount(count)}`, value: p99, unit: 'ms', limit },
    { name: `${name}, median`, value: p50, unit: 'ms' },
    { name: `${name}, longest`, value: max, unit: 'ms' },
    { name: `${name}, failed`, value: failed, unit: '', limit: 0 },
  ];
}

function common({ memory, turns, acknowledged, ended }: Measured): Figure[] {
  const used = turns.map(({ usedMs }) => usedMs);
  return [
    ...timed('Slack acknowledged', acknowledgedTimes(acknowledged.slack), ACKNOWLEDGED_MS),
    ...timed('Discord acknowledged', acknowledgedTimes(acknowledged.discord), ACKNOWLEDGED_MS),
    { name: 'memory, peak', value: memory.peakMb, unit: 'MB', limit: MEMORY_MB },
    { name: 'memory, highest since the start', value: memory.highestMb, unit: 'MB' },
    { name: 'event loop, largest block (processor)', value: quantile(used, 1), unit: 'ms', limit: BLOCK_MS },
    { name: 'event loop, 99.9th percentile', value: quantile(used, 0.999), unit: 'ms' },
    {
      name: `event loop, blocks above ${BLOCK_MS} ms`,
      value: used.filter(ms => ms > BLOCK_MS).length,
      unit: '',
      limit: 0,
    },
    {
      name: 'event loop, largest block (clock)',
      value: quantile(
        turns.map(({ passedMs }) => passedMs),
        1,
      ),
      unit: 'ms',
    },
    { name: 'service ended by itself', value: ended === undefined ? 0 : 1, unit: '', limit: 0 },
  ];
}

const isRefused = ({ status }: Answered): boolean => status === 429 || status === 503;

function kinds(name: string, list: readonly Answered[]): Figure[] {
  const refused = list.filter(isRefused);
  const by = (wanted: number) => list.filter(({ status }) => status === wanted).length;
  const ok = list.filter(({ status }) => status === 200);
  const others = list.length - ok.length - refused.length;
  return [
    { name: `${name} answered, of ${list.length}`, value: ok.length, unit: '' },
    { name: `${name} refused by 429`, value: by(429), unit: '' },
    { name: `${name} refused by 503`, value: by(503), unit: '' },
    {
      name: `${name} refused without Retry-After`,
      value: refused.filter(({ retryAfter }) => !/^\d+$/.test(retryAfter ?? '')).length,
      unit: '',
      limit: 0,
    },
    { name: `${name} otherwise`, value: others, unit: '', limit: 0 },
    {
      name: `${name}, "too long"`,
      value: list.filter(({ words }) => /too long/i.test(words ?? '')).length,
      unit: '',
      limit: 0,
    },
    {
      name: `${name}, last answer after`,
      value:
        quantile(
          list.map(({ ms }) => ms),
          1,
        ) / 1000,
      unit: 's',
    },
  ];
}

export function crowdFigures(measured: CrowdMeasured): Figure[] {
  const health = measured.health.map(({ ms, status }) => ({ ms, failed: status !== 200 }));
  return [
    ...timed('/healthz', timesOf(health), HEALTH_MS),
    ...common(measured),
    ...Object.entries(measured.answered).flatMap(([name, list]) =>
      list.length > 0 ? kinds(name, list) : [],
    ),
  ];
}

export const chatsFigures = (measured: ChatsMeasured): Figure[] => {
  const { sent, chats, lost, seconds } = measured;
  return [
    { name: `answers to ${sent} commands at once`, value: chats.answers, unit: '', least: sent },
    { name: 'answers with a picture', value: chats.pictures, unit: '' },
    { name: 'answers "too long"', value: chats.tooLong, unit: '', limit: 0 },
    { name: 'answers "busy"', value: chats.busy, unit: '', limit: 0 },
    { name: 'other words instead of an answer', value: chats.otherwise, unit: '', limit: 0 },
    { name: 'commands without an answer', value: lost, unit: '', limit: 0 },
    { name: 'last answer after', value: seconds, unit: 's' },
    ...common(measured),
  ];
};

const shown = (value: number, unit: Figure['unit']): string => {
  const exact = unit === 's' || (unit === 'ms' && value < 10);
  const text = exact ? value.toFixed(1) : formatCount(Math.round(value));
  return unit ? `${text} ${unit}` : text;
};

/** `what`, then each figure: its value, its limit, and its share of it. */
export function rowsOf(what: string, figures: readonly Figure[]): string[][] {
  return [
    [what, '', '', ''],
    ...figures.map(({ name, value, unit, limit, least }) => [
      `  ${name}`,
      shown(value, unit),
      limit === undefined ? reached(least, unit) : `≤ ${shown(limit, unit)}`,
      ratio(value, limit ?? least),
    ]),
  ];
}

const reached = (least: number | undefined, unit: Figure['unit']): string =>
  least === undefined ? '' : `≥ ${shown(least, unit)}`;

function ratio(value: number, bound: number | undefined): string {
  if (bound === undefined) return '';
  if (bound === 0) return value === 0 ? 'kept' : 'missed';
  return `${(value / bound).toFixed(2)}×`;
}
