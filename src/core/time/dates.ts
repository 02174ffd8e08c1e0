/** How dates are written, in a reader's zone. */
import { DAY, HOUR, type Instant, MINUTE } from './instant.ts';

const HALF_A_YEAR = 182 * DAY;

/** The runtime's English short month of September is "Sept", four letters where all others have three. */
const short = (text: string): string => text.replace('Sept', 'Sep');

/** Making a format takes a hundred times as long as using it; there are some hundred zones. */
function perZone(options: Intl.DateTimeFormatOptions): (zone: string) => Intl.DateTimeFormat {
  const formats = new Map<string, Intl.DateTimeFormat>();
  return zone => {
    const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options });
    formats.set(zone, format);
    return format;
  };
}

const day = perZone({ day: 'numeric', month: 'short', year: 'numeric' });
const dayOfYear = perZone({ day: 'numeric', month: 'short' });
const minute = perZone({
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const weekday = perZone({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const longDay = perZone({ day: 'numeric', month: 'long', year: 'numeric' });
const month = perZone({ month: 'long', year: 'numeric' });

/** `7 Oct 2026` */
export const formatDate = (at: Instant, zone: string): string => short(day(zone).format(at / 1000));

/** `7 Oct`, or `7 Oct 2024` where that is half a year from `now` or more. */
export const formatDayOfYear = (at: Instant, now: Instant, zone: string): string =>
  Math.abs(now - at) < HALF_A_YEAR ? short(dayOfYear(zone).format(at / 1000)) : formatDate(at, zone);

/** `7 Oct 2026, 12:00` */
export const formatMinute = (at: Instant, zone: string): string => short(minute(zone).format(at / 1000));

/** `7 Oct, 12:00`, with the year as `formatDayOfYear` has it. */
export const formatMinuteOfYear = (at: Instant, now: Instant, zone: string): string =>
  `${formatDayOfYear(at, now, zone)},${formatMinute(at, zone).split(',')[1]}`;

/**
 * What a range says once is not said twice: `9–15 Nov 2026`, `30 Sep – 6 Oct 2026`; the runtime sets thin
 * spaces around each dash.
 */
const rangeText = (range: string): string =>
  range.replace(/\s–\s/u, ' – ').replace(/^(\d{1,2}) – (?=\d)/, '$1–');

/** The days from one instant to another one: `9–15 Nov 2026`, `30 Sep – 6 Oct 2026`; one day alone. */
export const formatDates = (first: Instant, last: Instant, zone: string): string =>
  short(rangeText(day(zone).formatRange(first / 1000, last / 1000)));

/** `9–15 Nov`, `30 Sep – 6 Oct`, with the year as `formatDayOfYear` has it. */
export const formatDatesOfYear = (first: Instant, last: Instant, now: Instant, zone: string): string =>
  Math.abs(now - first) < HALF_A_YEAR
    ? short(rangeText(dayOfYear(zone).formatRange(first / 1000, last / 1000)))
    : formatDates(first, last, zone);

const isMidnight = (at: Instant, zone: string): boolean =>
  at % MINUTE === 0 &&
  minute(zone)
    .format(at / 1000)
    .endsWith(' 00:00');

/**
 * A window, with its year once: whole days as `9–15 Nov 2026, UTC`, others as
 * `30 Sep, 12:00 – 7 Oct 2026, 12:00 UTC` or `7 Oct 2026, 09:00–12:00 UTC`.
 */
export function formatMinutes(from: Instant, until: Instant, zone: string): string {
  if (until > from && isMidnight(from, zone) && isMidnight(until, zone))
    return `${formatDates(from, until - 1, zone)}, ${zone}`;
  const [first, last] = [formatMinute(from, zone), formatMinute(until, zone)];
  const [date = '', clock = ''] = last.split(', ');
  if (first.startsWith(`${date}, `)) return `${first}–${clock} ${zone}`;
  const year = date.slice(-4);
  return `${first.replace(` ${year}, `, ', ')} – ${last} ${zone}`;
}

/** `14:00–15:00 UTC on 7 Oct`: the hour that begins then, beside a window that has its year. */
export const formatHour = (at: Instant, zone: string): string => {
  const clock = (instant: Instant) => formatMinute(instant, zone).replace(/^.*, /, '');
  return `${clock(at)}–${clock(at + HOUR)} ${zone} on ${formatDayOfYear(at, at, zone)}`;
};

/** `Wednesday, 7 October 2026` */
export const formatDay = (at: Instant, zone: string): string =>
  weekday(zone)
    .format(at / 1000)
    .replace(/^(\p{L}+),? /u, '$1, ');

/** `5–11 October 2026` · `28 September – 4 October 2026` */
export const formatDays = (from: Instant, until: Instant, zone: string): string =>
  rangeText(longDay(zone).formatRange(from / 1000, until / 1000));

/** `October 2026` */
export const formatMonth = (at: Instant, zone: string): string => month(zone).format(at / 1000);
