/** The backtest of any database: a method is judged by what came after. */
import { UserError } from '../core/errors.ts';
import { BASELINE_DAYS } from '../core/time/window.ts';
import type { Cap } from './caps.ts';
import type { DayCounts } from './day-counts.ts';
import { judgeMethod, type Tally, type Truth } from './judge.ts';
import { WINDOW_DAYS } from './methods/method.ts';
import { METHODS } from './methods.ts';

/** Days ahead that decide what was rising where no truth is planted. */
const FUTURE_DAYS = 14;
/** How much larger a subject's share must then be, and at most be where nothing rose. */
const GREW = 1.25;
const STAYED = 1.1;
const LEAST_FUTURE = 20;

/**
 * For real data: a subject is rising at an origin if its share of counted sales in the next 14 days is a
 * quarter above that of the baseline before the window. The last 14 days can have no origin. Without
 * planted truth there are neither episodes nor decoys.
 */
export function truthByFuture(
  counts: DayCounts,
  window: number,
  baseline: number,
  fridays: Truth['fridays'],
): Truth {
  const width = counts.keys.length;
  const share = (subject: number, from: number, until: number) => {
    let [own, all] = [0, 0];
    for (let day = Math.max(0, from); day < until; day += 1) {
      own += counts.counted[day * width + subject] ?? 0;
      all += counts.totalCounted[day] ?? 0;
    }
    return { own, part: all > 0 ? own / all : 0 };
  };
  return {
    label(subject, origin) {
      const before = share(subject, origin - window - baseline, origin - window);
      const after = share(subject, origin, origin + FUTURE_DAYS);
      if (before.own < LEAST_FUTURE || after.own < LEAST_FUTURE) return 'other';
      const grew = after.part / before.part;
      return grew >= GREW ? 'rising' : grew < STAYED ? 'not' : 'other';
    },
    episodes: [],
    decoys: [],
    attacks: [],
    fridays,
  };
}

/** Origins for which a whole week of calls can be judged. */
const LEAST_ORIGINS = 7;

/**
 * All methods over the days of any database, judged by what came after.
 * @param countsOf counts of the days by which sales count, unless given those of the service
 * @param onShare is told how much is done, from 0 to 1
 * @throws UserError where the days do not hold window, baseline and the days ahead of a week of origins
 */
export function backtestCounts(
  countsOf: (cap?: Cap) => DayCounts,
  fridays: Truth['fridays'],
  onShare: (share: number) => void = () => {},
): Record<string, Tally> {
  const counts = countsOf();
  const first = WINDOW_DAYS + BASELINE_DAYS;
  const least = first + FUTURE_DAYS + LEAST_ORIGINS - 1;
  if (counts.days < least)
    throw new UserError(
      `${counts.days} days of data are too few for a backtest.`,
      `It needs ${least} days or more: ${BASELINE_DAYS} before the window, ` +
        `and ${FUTURE_DAYS} after the last call.`,
    );
  const truth = truthByFuture(counts, WINDOW_DAYS, BASELINE_DAYS, fridays);
  const origins = Array.from({ length: counts.days - FUTURE_DAYS - first + 1 }, (_, at) => first + at);
  return Object.fromEntries(
    METHODS.map((method, at) => {
      onShare(at / METHODS.length);
      return [
        method.name,
        judgeMethod(method, { counts: countsOf(method.cap), truth, origins, window: WINDOW_DAYS }),
      ];
    }),
  );
}
