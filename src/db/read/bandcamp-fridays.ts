/** Which first Fridays of a month were Bandcamp Fridays: those on which much more was sold. */
import { firstFridaysIn } from '../../core/time/bandcamp-friday.ts';
import { floorTo, HOUR, WEEK } from '../../core/time/instant.ts';
import type { Window } from '../../core/time/window.ts';
import type { Reader } from '../connect.ts';
import { totalsOfAll } from './totals.ts';

/** From its beginning: these show it already, and the sums of a whole day would take three times as long. */
const LOOKED_AT = 8 * HOUR;
/** Times what was sold a week before: it was about seven times in 2020, and varies by a fifth otherwise. */
const LEAST_GROWTH = 1.5;
/** Of fewer sales a week before the growth says nothing. */
const LEAST_SALES = 50;

/**
 * The Bandcamp Fridays that lie in a window, wholly or in part, the oldest first. Not each month has one, and
 * which do is announced year by year: a first Friday that sold about what the Friday before did was none.
 * Where too little is known of the two, it is taken for one.
 */
export async function bandcampFridaysIn(db: Reader, window: Window): Promise<Window[]> {
  const fridays = firstFridaysIn(window);
  const begins = fridays.map(({ from }) => ({
    from,
    until: Math.min(from + LOOKED_AT, Math.max(from, floorTo(window.until, HOUR))),
  }));
  const weekBefore = begins.map(({ from, until }) => ({ from: from - WEEK, until: until - WEEK }));
  const sums = await totalsOfAll(db, [...begins, ...weekBefore]);
  return fridays.filter((_, n) => {
    const [now, before] = [sums[n]?.sales ?? 0, sums[n + fridays.length]?.sales ?? 0];
    return now === 0 || before < LEAST_SALES || now >= LEAST_GROWTH * before;
  });
}
