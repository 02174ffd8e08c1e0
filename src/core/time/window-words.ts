/**
 * Windows as people write them: `7d`, `yesterday`, `last week`, `2026-10`, `since friday`,
 * `2026-10-01..2026-10-07`.
 */
import { UserError } from '../errors.ts';
import { latestBandcampFriday } from './bandcamp-friday.ts';
import { DAY, type Instant } from './instant.ts';
import { lengthOf, MAX_WINDOW, WINDOW_UNITS, type Window } from './window.ts';
import { addDays, dayWindow, localDay } from './zone.ts';

/** A stretch of local days, the last one included; open where it goes on until the newest data. */
interface Days {
  from: string;
  last: string | null;
  text: string;
}

/**
 * What was written, before it is known when and where it is asked: a length that ends where the data end, or
 * local days.
 */
export type AskedWindow = AskedLength | AskedDays;
interface AskedLength {
  text: string;
  micros: number;
}
interface AskedDays {
  text: string;
  /** The days that are meant by who asks on the day `today`. */
  daysOn: (today: string) => Days;
}

/** Lengths that have a name. */
const LENGTHS: Record<string, string> = {
  hour: '1h',
  day: '1d',
  week: '7d',
  fortnight: '14d',
  month: '30d',
  quarter: '90d',
  year: '365d',
};
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
);

const HINT = 'Use a length such as 24h, 7d or 4w (at most 366d), or days such as "last week" or 2026-10-07.';

/** Days before are in no data, and no text of a window names them. */
const FIRST_DAY = '2000-01-01';
const LENGTH =
  /^(?:(?:the )?(?:last|past) )?(\d{1,6})\s*(m|h|d|w|min(?:ute)?s?|hours?|days?|weeks?|months?|years?)$/;
const DAY_TEXT = '20\\d\\d-\\d\\d-\\d\\d';
const RANGE = new RegExp(`^(${DAY_TEXT})\\s*(?:\\.\\.+|to|until|–|/)\\s*(${DAY_TEXT})?$`);

/**
 * What a person wrote → what is meant.
 * @throws UserError for what is no window, is empty or longer than a year.
 */
export function parseWindow(text: string): AskedWindow {
  const word = inDigits(text);
  const asked = word.length <= 60 ? (lengthAsked(word) ?? daysAsked(word)) : undefined;
  if (!asked) throw new UserError(`"${text.slice(0, 40)}" is not a window.`, HINT);
  return asked;
}

const NUMBERS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** In lower case and single spaces; "past two weeks" with a digit. */
const inDigits = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/\b(?:a couple of|a few)(?= \w)/, couple => (couple === 'a few' ? '3' : '2'))
    .replace(new RegExp(`\\b(?:${NUMBERS.join('|')})(?= (?:hour|day|week|month)s?\\b)`), word =>
      String(NUMBERS.indexOf(word) + 1),
    );

/**
 * Whether a word of free text is meant as a window, even as one that is out of bounds. Beside a name ("green
 * day") only what is hardly a part of one.
 */
export function looksLikeWindow(text: string, besideName = false): boolean {
  const word = inDigits(text);
  if (besideName && !/\d|^(today|yesterday|(last|past|this|since) .*)$/.test(word)) return false;
  if (LENGTH.test(word)) return true;
  try {
    return parseWindow(word) !== undefined;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

function lengthAsked(word: string): AskedLength | undefined {
  const plain = word.replace(/^(the )?past /, '');
  const [, count, unit = ''] =
    LENGTH.exec(Object.hasOwn(LENGTHS, plain) ? (LENGTHS[plain] as string) : word) ?? [];
  if (count === undefined) return undefined;
  const [size, letter] = /^(month|year)/.test(unit)
    ? [Number.parseInt(LENGTHS[unit.replace(/s$/, '')] as string, 10) * DAY, 'd' as const]
    : [WINDOW_UNITS[unit[0] as string] as number, unit[0] as string];
  const micros = Number(count) * size;
  if (micros <= 0 || micros > MAX_WINDOW) return undefined;
  return {
    micros,
    text: letter === 'd' || letter === 'w' ? `${micros / DAY}d` : `${Number(count)}${letter}`,
  };
}

/**
 * `until` is the instant up to which there are data. The text is of the same window whenever it is asked
 * again. @throws UserError
 */
export function resolveWindow(
  asked: AskedWindow,
  until: Instant,
  zone: string,
): { window: Window; text: string } {
  if ('micros' in asked) return { window: { from: until - asked.micros, until }, text: asked.text };
  const { from, last, text } = asked.daysOn(localDay(until, zone));
  const window = {
    from: dayWindow(from, zone).from,
    until: last === null ? until : Math.min(until, dayWindow(last, zone).until),
  };
  // Texts of days name years from 2000 on, as `until` does.
  if (from < FIRST_DAY)
    throw new UserError(`There is no data for "${asked.text}".`, `They begin after ${FIRST_DAY}.`);
  if (window.from >= window.until)
    throw new UserError(
      `There is no data for "${asked.text}" yet.`,
      `They go up to ${localDay(until, zone)}.`,
    );
  if (lengthOf(window) > MAX_WINDOW + DAY)
    throw new UserError(`"${asked.text}" is longer than a year.`, 'Use at most 366 days.');
  return { window, text };
}

const pad = (value: number): string => String(value).padStart(2, '0');
const dayOf = (day: string): Days => ({ from: day, last: day, text: day });
const isDay = (day: string): boolean => {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(day);
};
/** 0 for Monday. */
const weekdayOf = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
const weekFrom = (monday: string): Days => ({
  from: monday,
  last: addDays(monday, 6),
  text: isoWeek(monday),
});

/** ISO 8601: the week belongs to the year that its Thursday lies in. */
function isoWeek(monday: string): string {
  const thursday = addDays(monday, 3);
  const year = thursday.slice(0, 4);
  const days = (Date.parse(thursday) - Date.parse(`${year}-01-01`)) / 86_400_000;
  return `${year}-W${pad(Math.floor(days / 7) + 1)}`;
}

/** Month 0 is the December before. */
function monthOf(year: number, month: number): Days {
  const first = (ahead: number) => new Date(Date.UTC(year, month - 1 + ahead, 1)).toISOString().slice(0, 10);
  return { from: first(0), last: addDays(first(1), -1), text: first(0).slice(0, 7) };
}
const yearOf = (year: number): Days => ({ from: `${year}-01-01`, last: `${year}-12-31`, text: String(year) });

const UNIT_DAYS: Record<string, (today: string, back: number) => Days> = {
  day: (today, back) => dayOf(addDays(today, -back)),
  week: (today, back) => weekFrom(addDays(today, -weekdayOf(today) - 7 * back)),
  month: (today, back) => monthOf(Number(today.slice(0, 4)), Number(today.slice(5, 7)) - back),
  year: (today, back) => yearOf(Number(today.slice(0, 4)) - back),
};

function daysAsked(word: string): AskedDays | undefined {
  const asked: Make = daysOn => ({ text: word, daysOn });
  if (word === 'today') return asked(dayOf);
  if (word === 'yesterday') return asked(today => dayOf(addDays(today, -1)));
  if (/^(?:the )?(?:last |latest )?bandcamp friday$/.test(word))
    return asked(today => dayOf(latestBandcampFriday(today)));
  const [, which, unit = ''] = /^(this|last|previous) (day|week|month|year)$/.exec(word) ?? [];
  if (which)
    return asked(today => (UNIT_DAYS[unit] as (typeof UNIT_DAYS)[string])(today, which === 'this' ? 0 : 1));
  const [, since] = /^since (?!since )(.+)$/.exec(word) ?? [];
  if (since) {
    const begun = daysAsked(since)?.daysOn;
    return begun && asked(today => openFrom(begun(today).from));
  }
  const weekday = WEEKDAYS.findIndex(name => [name, name.slice(0, 3)].includes(word.replace(/^last /, '')));
  // The latest one: today where it is one, unless "last" says that it is not.
  if (weekday >= 0)
    return asked(today => {
      const back = (weekdayOf(today) - weekday + 7) % 7;
      return dayOf(addDays(today, -(back === 0 && word.startsWith('last ') ? 7 : back)));
    });
  return monthNamed(word, asked) ?? dayNamed(word, asked) ?? datesAsked(word, asked);
}

const openFrom = (from: string): Days => ({ from, last: null, text: `${from}..` });

type Make = (daysOn: AskedDays['daysOn']) => AskedDays;

function monthNamed(word: string, asked: Make): AskedDays | undefined {
  const [, name = '', year] = /^([a-z]+)(?: (20\d\d))?$/.exec(word) ?? [];
  const month = monthCalled(name);
  if (month === 0) return undefined;
  if (year) return asked(() => monthOf(Number(year), month));
  // The latest one that has begun.
  return asked(today =>
    monthOf(Number(today.slice(0, 4)) - (month > Number(today.slice(5, 7)) ? 1 : 0), month),
  );
}

/** 1 for January; 0 for what is no month. */
const monthCalled = (name: string): number =>
  MONTHS.findIndex(full => full === name || (name.length >= 3 && full.slice(0, 3) === name)) + 1;

const DAY_NAMED =
  /^(?:(\d\d?)(?:st|nd|rd|th)? (?:of )?([a-z]+)|([a-z]+) (\d\d?)(?:st|nd|rd|th)?)(?:,? (20\d\d))?$/;
/** Between two leap days. */
const MOST_YEARS = 8;

/** "6 nov", "november 6th", "6 November 2026": without a year the latest one. */
function dayNamed(word: string, asked: Make): AskedDays | undefined {
  const [, before, month = '', other = month, behind, year] = DAY_NAMED.exec(word) ?? [];
  const number = monthCalled(month || other);
  const dayIn = (of: number | string): string => `${of}-${pad(number)}-${pad(Number(before ?? behind))}`;
  // That of a leap year, since 29 February is a day.
  if (number === 0 || !isDay(dayIn(year ?? 2024))) return undefined;
  if (year) return asked(() => dayOf(dayIn(year)));
  return asked(today => {
    const years = Array.from({ length: MOST_YEARS + 1 }, (_, back) => Number(today.slice(0, 4)) - back);
    return dayOf(years.map(dayIn).find(day => isDay(day) && day <= today) ?? today);
  });
}

function datesAsked(word: string, asked: Make): AskedDays | undefined {
  const [, from, last] = RANGE.exec(word) ?? [];
  if (from) {
    if (!isDay(from) || (last && (!isDay(last) || last < from))) return undefined;
    return asked(() => (last ? { from, last, text: `${from}..${last}` } : openFrom(from)));
  }
  if (new RegExp(`^${DAY_TEXT}$`).test(word)) return isDay(word) ? asked(() => dayOf(word)) : undefined;
  const [, weekYear, week] = /^(20\d\d)-?w(\d\d?)$/.exec(word) ?? [];
  if (weekYear) {
    const first = addDays(`${weekYear}-01-04`, -weekdayOf(`${weekYear}-01-04`));
    const monday = addDays(first, 7 * (Number(week) - 1));
    return isoWeek(monday) === `${weekYear}-W${pad(Number(week))}`
      ? asked(() => weekFrom(monday))
      : undefined;
  }
  const [, year, month] = /^(20\d\d)(?:-(\d\d))?$/.exec(word) ?? [];
  if (!year) return undefined;
  if (month === undefined) return asked(() => yearOf(Number(year)));
  return Number(month) >= 1 && Number(month) <= 12
    ? asked(() => monthOf(Number(year), Number(month)))
    : undefined;
}
