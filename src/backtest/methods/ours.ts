/** Our statistics as the service asks them, and parts of them that were tried and not chosen. */
import { expectationOf, weightsOf } from '../../stats/expected.ts';
import { lowestLift } from '../../stats/lift.ts';
import { breadthOf, judgeTrends, measureTrends } from '../../stats/trend.ts';
import type { DayCounts } from '../day-counts.ts';
import { type Method, slicesOf, type Verdict } from './method.ts';

function trends(counts: DayCounts, origin: number, history?: number): Verdict {
  const { totals, subjects, from, since } = slicesOf(counts, origin, history);
  const measurement = measureTrends(subjects, totals);
  const breadths = new Map(
    measurement.subjects
      .filter(({ candidate }) => candidate)
      .map(subject => {
        const who = counts.contributions(subject.key, since, from, origin);
        return [subject.key, breadthOf(subject, who, measurement)] as const;
      }),
  );
  const score = new Float64Array(counts.keys.length);
  const called = new Set<number>();
  for (const { key, low, trending } of judgeTrends(measurement, breadths)) {
    score[key] = low;
    // Of a young history less than three days are never called.
    if (trending && origin - from >= 3) called.add(key);
  }
  return { score, called };
}

/** EB05 of unweighted counted sales, each genre by itself. */
function plainLift(counts: DayCounts, origin: number): Verdict {
  const { totals, subjects } = slicesOf(counts, origin);
  const weights = weightsOf(totals, true);
  const score = Float64Array.from(subjects, subject => {
    const { observed, expected } = expectationOf(subject, totals, weights);
    return lowestLift(observed, expected);
  });
  return { score, called: new Set() };
}

export const ours: Method = { name: 'ours', thoroughly: true, judge: trends };

export const tried: readonly Method[] = [{ name: 'counted EB05', judge: plainLift }];
