/** How dates are written, in a reader's zone. */
import { DAY, HOUR, type Instant } from './instant.ts';

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
  Math.abs(now - at) < 182 * DAY ? short(dayOfYear(zone).format(at / 1000)) : formatDate(at, zone);

/** `7 Oct 2026, 12:00` */
export const formatMinute = (at: Instant, zone: string): string => short(minute(zone).format(at / 1000));

/** `7 Oct, 12:00`, with the year as `formatDayOfYear` has it. */
export const formatMinuteOfYear = (at: Instant, now: Instant, zone: string): string =>
  `${formatDayOfYear(at, now, zone)},${formatMinute(at, zone).split(',')[1]}`;

/** `30 Sep 2026, 12:00 – 7 Oct 2026, 12:00 UTC` */
export const formatMinutes = (from: Instant, until: Instant, zone: string): string =>
  `${short(minute(zone).format(from / 1000))} – ${short(minute(zone).format(until / 1000))} ${zone}`;

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
  longDay(zone)
    .formatRange(from / 1000, until / 1000)
    // The runtime sets thin spaces around the dash.
    .replaceAll('\u2009', ' ');

/** `October 2026` */
export const formatMonth = (at: Instant, zone: string): string => month(zone).format(at / 1000);
