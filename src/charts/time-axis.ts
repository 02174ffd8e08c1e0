/**
 * A time axis without a time scale: evenly spaced slots, and the labels of the few that stand on round
 * instants.
 */
import { DAY, HOUR, type Instant } from '../core/time/instant.ts';
import { offsetAt } from '../core/time/zone.ts';

/** More slots than this are not filled up; a year of days and a month of hours fit. */
const MAX_SLOTS = 800;
const MAX_LABELS = 8;

/**
 * The distinct instants in order, with what is missing between them filled in where they are evenly spaced,
 * so that a gap in the data is a gap in the picture.
 */
export function slotsOf(instants: readonly Instant[]): Instant[] {
  const distinct = [...new Set(instants)].sort((a, b) => a - b);
  const [first, last] = [distinct[0], distinct.at(-1)];
  if (first === undefined || last === undefined || distinct.length < 3) return distinct;
  const step = Math.min(...distinct.slice(1).map((at, index) => at - (distinct[index] as number)));
  const count = (last - first) / step + 1;
  if (count > MAX_SLOTS || distinct.some(at => (at - first) % step !== 0)) return distinct;
  return Array.from({ length: count }, (_, index) => first + index * step);
}

interface Rhythm {
  /** Whether a label stands at this instant. */
  round(at: Date): boolean;
  /** Roughly how far apart. */
  every: number;
  format: { format(at: Date): string };
}

const utc = (options: Intl.DateTimeFormatOptions) => {
  const { format } = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options });
  // All our dates have months of three letters.
  return { format: (at: Date) => format(at).replace('Sept', 'Sep') };
};
const DAY_MONTH = utc({ day: 'numeric', month: 'short' });
const HOURS = utc({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const MONTH = utc({ month: 'short' });
const YEAR = utc({ year: 'numeric' });

const midnight = (at: Date) => at.getTime() % 86_400_000 === 0;
const firstOfMonth = (at: Date) => midnight(at) && at.getUTCDate() === 1;
const dayNumber = (at: Date) => Math.floor(at.getTime() / 86_400_000);

const RHYTHMS: readonly Rhythm[] = [
  ...[1, 2, 3, 6, 12].map(hours => ({
    round: (at: Date) => at.getTime() % (hours * 3_600_000) === 0,
    every: hours * HOUR,
    format: HOURS,
  })),
  ...[1, 2].map(days => ({
    round: (at: Date) => midnight(at) && dayNumber(at) % days === 0,
    every: days * DAY,
    format: DAY_MONTH,
  })),
  // 1970 began on a Thursday: day 4 was a Monday.
  ...[1, 2].map(weeks => ({
    round: (at: Date) => midnight(at) && (dayNumber(at) - 4) % (7 * weeks) === 0,
    every: weeks * 7 * DAY,
    format: DAY_MONTH,
  })),
  ...[1, 3, 6].map(months => ({
    round: (at: Date) => firstOfMonth(at) && at.getUTCMonth() % months === 0,
    every: months * 30 * DAY,
    format: MONTH,
  })),
  { round: at => firstOfMonth(at) && at.getUTCMonth() === 0, every: 365 * DAY, format: YEAR },
];

/**
 * One text a slot, '' for most: hours, days, Mondays, months or years of the zone, whichever gives at most
 * `most` labels.
 */
export function tickLabels(instants: readonly Instant[], zone = 'UTC', most = MAX_LABELS): string[] {
  // The zone's own clock, read as if it were UTC's: what is round there is round here.
  const slots = zone === 'UTC' ? instants : instants.map(at => at + offsetAt(at, zone));
  const step = slots.length > 1 ? (slots[1] as Instant) - (slots[0] as Instant) : 0;
  // Days that begin at noon are days all the same: an hour says nothing of them.
  for (const rhythm of RHYTHMS.filter(({ every }) => every >= step)) {
    const chosen = slots.map(slot => rhythm.round(new Date(slot / 1000)));
    const count = chosen.filter(Boolean).length;
    if (count > most) continue;
    if (count < 2 && slots.length > 1) break;
    return slots.map((slot, index) => (chosen[index] ? labelOf(slot, rhythm) : ''));
  }
  return evenLabels(slots, most);
}

/** Midnights among hours show their day, Januaries among months their year. */
function labelOf(slot: Instant, { format }: Rhythm): string {
  const at = new Date(slot / 1000);
  if (format === HOURS && midnight(at)) return DAY_MONTH.format(at);
  if (format === MONTH && at.getUTCMonth() === 0) return YEAR.format(at);
  return format.format(at);
}

/**
 * For instants that are on no round hours: every nth slot, with its day, or its hour where all are of few
 * days.
 */
function evenLabels(slots: readonly Instant[], most: number): string[] {
  const every = Math.ceil(slots.length / most);
  const hours = (slots.at(-1) ?? 0) - (slots[0] ?? 0) < 2 * DAY;
  return slots.map((slot, index) =>
    index % every === 0 ? (hours ? HOURS : DAY_MONTH).format(new Date(slot / 1000)) : '',
  );
}
