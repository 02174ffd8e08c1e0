/**
 * Judges methods on rolling origins: what they rank and call each day, against what was then truly rising.
 */

import { UserError } from '../core/errors.ts';
import { BASELINE_DAYS } from '../core/time/window.ts';
import type { DayCounts } from './day-counts.ts';
import { METHODS, type Method, WINDOW_DAYS } from './methods.ts';

/**
 * `other` is neither a hit nor a false call: it sells more, but is not what is looked for (just begun,
 * fading, carried along by another).
 */
export type Label = 'rising' | 'other' | 'not';

/** Something that lasts, in days of the counts; `until` is its peak. */
export interface Episode {
  subject: number;
  from: number;
  until: number;
}

export interface Truth {
  label(subject: number, origin: number): Label;
  /** What rises and should be found. */
  episodes: readonly Episode[];
  /** What only looks like it and should not be called. */
  decoys: readonly Episode[];
  /** Days with a Bandcamp Friday. */
  fridays: ReadonlySet<number>;
}

export const TOP = 10;
/** Days that a decoy stays in the window after its end. */
const LINGERING = 7;

interface Precision {
  origins: number;
  /** Of hits ÷ min(10, truly rising), over the origins at which anything rises. */
  sum: number;
}

/** Results of one method; they add up over worlds. */
export interface Tally {
  ordinary: Precision;
  friday: Precision;
  /** Calls on a day, by what they are called for. */
  calls: Record<Label, number>;
  /** Rising subjects on a day, called or not. */
  rising: number;
  episodes: number;
  /**
   * Episodes that stood in the top ten while they rose, and how many days before their peak for the first
   * time, in sum.
   */
  found: number;
  lead: number;
  decoys: number;
  decoysCalled: number;
  decoysInTop: number;
}

const emptyTally = (): Tally => ({
  ordinary: { origins: 0, sum: 0 },
  friday: { origins: 0, sum: 0 },
  calls: { rising: 0, other: 0, not: 0 },
  rising: 0,
  episodes: 0,
  found: 0,
  lead: 0,
  decoys: 0,
  decoysCalled: 0,
  decoysInTop: 0,
});

/**
 * One method over all origins (days; each sees what is before it).
 * @param window days that a method looks at: an origin is of a Bandcamp Friday week if one is among them
 */
export function judgeMethod(
  method: Method,
  counts: DayCounts,
  truth: Truth,
  origins: Iterable<number>,
  window: number,
): Tally {
  const tally = emptyTally();
  const firstFound = new Map<Episode, number>();
  const decoysCalled = new Set<Episode>();
  const decoysInTop = new Set<Episode>();
  for (const origin of origins) {
    const { score, called } = method.judge(counts, origin);
    const labels = counts.keys.map((_, subject) => truth.label(subject, origin));
    const rising = labels.filter(label => label === 'rising').length;
    const top = new Set(
      counts.keys
        .map((_, subject) => subject)
        .sort((a, b) => (score[b] ?? 0) - (score[a] ?? 0))
        .slice(0, TOP),
    );
    if (rising > 0) {
      const hits = [...top].filter(subject => labels[subject] === 'rising').length;
      const friday = Array.from({ length: window }, (_, at) => origin - 1 - at).some(day =>
        truth.fridays.has(day),
      );
      const week = friday ? tally.friday : tally.ordinary;
      week.origins += 1;
      week.sum += hits / Math.min(TOP, rising);
    }
    tally.rising += rising;
    for (const subject of called) tally.calls[labels[subject] ?? 'not'] += 1;
    for (const episode of truth.episodes)
      if (
        origin > episode.from &&
        origin <= episode.until &&
        top.has(episode.subject) &&
        !firstFound.has(episode)
      )
        firstFound.set(episode, episode.until - origin);
    for (const decoy of truth.decoys) {
      if (origin <= decoy.from || origin > decoy.until + LINGERING) continue;
      // What truly rises at the same time is no decoy then.
      if (labels[decoy.subject] !== 'not') continue;
      if (called.has(decoy.subject)) decoysCalled.add(decoy);
      if (top.has(decoy.subject)) decoysInTop.add(decoy);
    }
  }
  tally.episodes += truth.episodes.length;
  tally.found += firstFound.size;
  tally.lead += [...firstFound.values()].reduce((sum, days) => sum + days, 0);
  tally.decoys += truth.decoys.length;
  tally.decoysCalled += decoysCalled.size;
  tally.decoysInTop += decoysInTop.size;
  return tally;
}

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
    fridays,
  };
}

/** Origins for which a whole week of calls can be judged. */
const LEAST_ORIGINS = 7;

/**
 * All methods over the days of any database, judged by what came after.
 * @param onShare is told how much is done, from 0 to 1
 * @throws UserError where the days do not hold window, baseline and the days ahead of a week of origins
 */
export function backtestCounts(
  counts: DayCounts,
  fridays: Truth['fridays'],
  onShare: (share: number) => void = () => {},
): Record<string, Tally> {
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
      return [method.name, judgeMethod(method, counts, truth, origins, WINDOW_DAYS)];
    }),
  );
}
