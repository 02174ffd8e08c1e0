/** Our statistics as the service asks them, and parts of them that were tried and not chosen. */
import { expectationOf, weightsOf } from '../../stats/expected.ts';
import { fitPrior, lowestLift } from '../../stats/lift.ts';
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

/** EB05 of unweighted counted sales: under a fixed prior, or under one fitted to all subjects. */
const plainLift = (fitted: boolean) => (counts: DayCounts, origin: number) => {
  const { totals, subjects } = slicesOf(counts, origin);
  const weights = weightsOf(totals, true);
  const expectations = subjects.map(subject => expectationOf(subject, totals, weights));
  const prior = fitted ? fitPrior(expectations) : undefined;
  const score = Float64Array.from(expectations, ({ observed, expected }) =>
    lowestLift(observed, expected, prior),
  );
  return { score, called: new Set<number>() };
};

export const ours: Method = { name: 'ours', thoroughly: true, judge: trends };

export const tried: readonly Method[] = [
  { name: 'capped EB05', judge: plainLift(false) },
  { name: 'capped EB05, fitted mixture', judge: plainLift(true) },
];
