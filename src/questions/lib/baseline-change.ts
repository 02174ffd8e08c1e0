/**
 * How a number compares with what is typical: the median of the comparable stretches before, Bandcamp Fridays
 * set apart.
 */
import type { Row } from '../../core/answer.ts';
import { countOf, formatPercent, median, round } from '../../core/numbers.ts';
import { isOfFriday, overlapOf, stretchesBefore } from '../../core/time/comparable.ts';
import { formatDay, formatDayOfYear } from '../../core/time/dates.ts';
import { DAY, HOUR, MINUTE, WEEK } from '../../core/time/instant.ts';
import { lengthOf, type Window } from '../../core/time/window.ts';
import { dayWindow, localDay } from '../../core/time/zone.ts';
import type { Frame } from './definition.ts';

/**
 * What is typical of a number of which the values in the frame's comparable stretches are given, in their
 * order, as if each had been read as completely as the window; null where there is nothing to compare with.
 */
export const typicalOf = ({ coverage, comparable }: Frame, values: readonly number[]): number | null =>
  coverage > 0 && comparable.length > 0
    ? median(comparable.map((stretch, n) => ((values[n] ?? 0) * coverage) / stretch.coverage))
    : null;

/** 0.25 for a quarter more than is typical; null where nothing is. */
export const changeOf = (frame: Frame, now: number, before: readonly number[]): number | null => {
  const typical = typicalOf(frame, before);
  return typical === null || typical === 0 ? null : now / typical - 1;
};

/** `, 25% more than in a typical week`; '' where there is no change to tell. */
export function changeWords(frame: Frame, change: number | null): string {
  if (change === null) return '';
  const rounded = round(change);
  if (rounded === 0) return `, as many as ${typicalWords(frame)}`;
  return `, ${formatPercent(Math.abs(rounded))} ${rounded > 0 ? 'more' : 'less'} than ${typicalWords(frame)}`;
}

/** `in a typical week`, `on earlier Bandcamp Fridays`, `a week earlier` */
function typicalWords(frame: Frame): string {
  const { window, comparable, fridays, zone } = frame;
  const [first, ...others] = comparable;
  if (isOfFriday(window, fridays)) {
    const week = lengthOf(window) === WEEK;
    const mostly = overlapOf(window, fridays) >= lengthOf(window) / 2;
    if (others.length > 0)
      return week
        ? 'in earlier weeks with a Bandcamp Friday'
        : `${mostly ? 'on' : 'around'} earlier Bandcamp Fridays`;
    const that = `the Bandcamp Friday of ${fridaysOf(comparable, frame)}`;
    return week ? `in the week with ${that}` : `${mostly ? 'on' : 'around'} ${that}`;
  }
  if (first && others.length === 0) {
    const weeks = Math.round((window.from - first.from) / WEEK);
    return weeks === 1 ? 'a week earlier' : `${weeks} weeks earlier`;
  }
  const days = Math.round(lengthOf(window) / DAY);
  const wholeDays = days > 0 && Math.abs(lengthOf(window) - days * DAY) <= HOUR;
  if (wholeDays && days === 1)
    return `on a typical ${isLocalDay(window, zone) ? weekdayOf(window, zone) : 'day'}`;
  if (!wholeDays && days > 1) return 'in a typical period of this length';
  const [size, unit] =
    wholeDays && days % 7 === 0
      ? [WEEK, 'week']
      : wholeDays
        ? [DAY, 'day']
        : lengthOf(window) >= HOUR
          ? [HOUR, 'hour']
          : [MINUTE, 'minute'];
  const many = Math.round(lengthOf(window) / size);
  return many === 1 ? `in a typical ${unit}` : `in ${countOf(many, `typical ${unit}`)}`;
}

const weekdayOf = ({ from }: Window, zone: string): string => formatDay(from, zone).replace(/,.*/, '');

function isLocalDay({ from, until }: Window, zone: string): boolean {
  const day = dayWindow(localDay(from, zone), zone);
  return day.from === from && day.until === until;
}

/** The Bandcamp Fridays of these windows: `2 Oct and 4 Sep`. */
function fridaysOf(windows: readonly Window[], { window: { until }, fridays, zone }: Frame): string {
  const within = fridays.filter(friday => windows.some(window => overlapOf(window, [friday]) > 0));
  return list.format(within.toReversed().map(({ from }) => formatDayOfYear(from + DAY / 2, until, zone)));
}
const list = new Intl.ListFormat('en');

/** What has to be said of the comparison: what is set apart of it, or why there is none. */
export function compareNotes(frame: Frame, rows: readonly Row[]): string[] {
  const { window, comparable, fridays } = frame;
  if (rows.length === 0) return [];
  const ofFriday = isOfFriday(window, fridays);
  const oldest = comparable.at(-1);
  if (!oldest)
    return [
      ofFriday
        ? 'This period includes a Bandcamp Friday and there is no data for an earlier one, so no ' +
          'comparison is shown.'
        : 'There is no data for a comparable earlier period, so no comparison is shown.',
    ];
  if (ofFriday)
    return [
      'This period includes a Bandcamp Friday, so it is compared with ' +
        `${comparable.length === 1 ? 'the one' : 'those'} before: ${fridaysOf(comparable, frame)}.`,
    ];
  const skipped = stretchesBefore(window).filter(
    stretch => stretch.from >= oldest.from && isOfFriday(stretch, fridays),
  );
  return skipped.length > 0
    ? [`"Typical" leaves out the Bandcamp Friday of ${fridaysOf(skipped, frame)}.`]
    : [];
}
