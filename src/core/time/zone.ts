/**
 * Local days and hours in IANA zones, daylight saving included; the only importer of the Temporal polyfill.
 */
import { Temporal } from 'temporal-polyfill';
import { type Instant, instantFromMillis } from './instant.ts';
import type { Window } from './window.ts';

const toInstant = (at: Temporal.ZonedDateTime): Instant => instantFromMillis(at.epochMilliseconds);

/** The UTC interval of a local day (`2026-10-25`): 23, 24 or 25 hours, or what the zone makes of it. */
export function dayWindow(day: string, zone: string): Window {
  const date = Temporal.PlainDate.from(day);
  return {
    from: toInstant(date.toZonedDateTime(zone)),
    until: toInstant(date.add({ days: 1 }).toZonedDateTime(zone)),
  };
}

/** The local day (`2026-10-25`) that an instant lies in. */
export const localDay = (at: Instant, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(at / 1000))
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString();

/** The local minute that an instant lies in: `2026-10-07T14:05:00+02:00`, in UTC `2026-10-07T12:05:00Z`. */
export const localMinute = (at: Instant, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(at / 1000))
    .toZonedDateTimeISO(zone)
    .round({ smallestUnit: 'minute', roundingMode: 'floor' })
    .toString({ timeZoneName: 'never' })
    .replace('+00:00', zone === 'UTC' ? 'Z' : '+00:00');

/** How far the zone's clocks are ahead of UTC at an instant, in microseconds. */
export const offsetAt = (at: Instant, zone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(at / 1000)).toZonedDateTimeISO(zone).offsetNanoseconds /
  1000;

/** The day that many days after (before, where negative) a day. */
export const addDays = (day: string, days: number): string =>
  Temporal.PlainDate.from(day).add({ days }).toString();

/**
 * The instant at which a local day's clock shows `time` (`09:00`). An hour that daylight saving skips is the
 * one as long after the jump, an hour that comes twice is its first.
 */
export const atLocalTime = (day: string, time: string, zone: string): Instant =>
  toInstant(Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: time }));
