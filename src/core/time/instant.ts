/**
 * Instants as integer microseconds since 1970 (UTC): a `Date` would drop the microseconds that make sales
 * unique.
 */
import { UserError } from '../errors.ts';

/** Integer microseconds since the Unix epoch, UTC. Exact in a double until the year 2255. */
export type Instant = number;

export const SECOND = 1_000_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;

/**
 * The feed's float seconds → microseconds; a double near 1.6e9 s is exact to 0.24 µs, so rounding is
 * lossless.
 */
export const instantFromSeconds = (seconds: number): Instant => Math.round(seconds * SECOND);

export const instantFromMillis = (millis: number): Instant => Math.round(millis * 1000);

export const floorTo = (at: Instant, unit: number): Instant => Math.floor(at / unit) * unit;
export const ceilTo = (at: Instant, unit: number): Instant => Math.ceil(at / unit) * unit;

/** `2026-10-07T12:00:00Z`, with six decimals only where there is a fraction of a second. */
export function toIso(at: Instant): string {
  const whole = new Date(Math.floor(at / SECOND) * 1000).toISOString().slice(0, 19);
  const micros = ((at % SECOND) + SECOND) % SECOND;
  return micros === 0 ? `${whole}Z` : `${whole}.${String(micros).padStart(6, '0')}Z`;
}

/** The UTC day of an instant, `2026-10-07`. */
export const utcDay = (at: Instant): string => toIso(at).slice(0, 10);

const ISO =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/**
 * Reads an ISO 8601 instant (`2026-10-07`, `2026-10-07T12:00`, `…:00.123456Z`, `…+02:00`), also as Postgres
 * prints it. Without an offset it is UTC; digits past the microsecond are cut.
 * @throws UserError when the text is no instant.
 */
export function parseInstant(text: string): Instant {
  const match = ISO.exec(text.trim());
  if (match) {
    const [, date, minute = '00:00', second = '00', fraction = '', offset = 'Z'] = match;
    const zone = /^z$/i.test(offset)
      ? 'Z'
      : offset.length === 3
        ? `${offset}:00`
        : offset.replace(/^(...)(\d\d)$/, '$1:$2');
    const millis = Date.parse(`${date}T${minute}:${second}${zone}`);
    // Date.parse rolls 31 February over to March; an instant that does not read back is refused.
    const day = Date.parse(`${date}T00:00:00Z`);
    const rolled = !Number.isFinite(day) || new Date(day).toISOString().slice(0, 10) !== date;
    if (Number.isFinite(millis) && !rolled)
      return millis * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6));
  }
  throw new UserError(
    `"${text.slice(0, 40)}" is not an instant.`,
    'Use ISO 8601, such as 2026-10-07 or 2026-10-07T12:00Z.',
  );
}
