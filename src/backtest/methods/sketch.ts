/**
 * The sketch: what one writes in an afternoon who knows gamma–Poisson shrinkage. Counted sales of a week over
 * those of the four weeks before, as additive sums; all that it knows of breadth is in which sales count.
 */
import { expectationOf, weightsOf } from '../../stats/expected.ts';
import { logGamma } from '../../stats/gamma.ts';
import { type Counts, lowestLift } from '../../stats/lift.ts';
import type { Cap } from '../caps.ts';
import type { DayCounts } from '../day-counts.ts';
import { type Method, slicesOf, type Verdict } from './method.ts';

/** Keeps scores of what does not rise below all lower ends. */
const LAST = 0.01;
/** Expected sales of a subject where nothing was read before. */
const LEAST_EXPECTED = 1e-6;
/** Shapes of the prior that are tried: lifts differ by 25% or by 14%. */
const SHAPES = [16, 20, 24, 28, 32, 36, 40, 44, 48];

/** The shape of a gamma with mean 1 under which the counts of all subjects are most likely. */
function fitShape(subjects: readonly Counts[]): number {
  let best = { shape: SHAPES[0] ?? 16, likelihood: Number.NEGATIVE_INFINITY };
  for (const shape of SHAPES) {
    let likelihood = 0;
    for (const { observed, expected } of subjects)
      likelihood +=
        logGamma(shape + observed) -
        logGamma(shape) +
        shape * Math.log(shape / (shape + expected)) +
        observed * Math.log(expected / (shape + expected));
    if (likelihood > best.likelihood) best = { shape, likelihood };
  }
  return best.shape;
}

/**
 * By the lower end of the lift under that prior.
 * @param late whether later days and quiet ones weigh more, as ours weighs them; else all weigh alike
 */
const rank =
  (late: boolean) =>
  (counts: DayCounts, origin: number, history?: number): Verdict => {
    const { totals, subjects } = slicesOf(counts, origin, history);
    const weights = weightsOf(totals, !late);
    const expectations = subjects.map(subject => {
      const { observed, expected } = expectationOf(subject, totals, weights);
      return { observed, expected: Math.max(LEAST_EXPECTED, expected) };
    });
    const shape = fitShape(expectations);
    const prior = [{ weight: 1, shape, rate: shape }];
    const score = Float64Array.from(expectations, ({ observed, expected }) =>
      observed > expected
        ? lowestLift(observed, expected, prior)
        : // What sells less than expected is behind all others, and need not be told exactly.
          LAST * ((shape + observed) / (shape + expected)),
    );
    return { score, called: new Set() };
  };

interface More {
  thoroughly?: true;
  late?: true;
}

const sketch = (name: string, cap: Cap, { thoroughly, late }: More = {}): Method => ({
  name,
  cap,
  ...(thoroughly && { thoroughly }),
  judge: rank(late === true),
});

/** The sketch, and the same with other sales counted. */
export const sketches: readonly Method[] = [
  sketch('sketch (blocks 2, seller 8)', { by: 'block', artist: 2, seller: 8 }, { thoroughly: true }),
  sketch('sketch, blocks 3, seller 8', { by: 'block', artist: 3, seller: 8 }),
  sketch('sketch, blocks 3, late days', { by: 'block', artist: 3, seller: 8 }, { late: true }),
  sketch('sketch, blocks 2, seller 12', { by: 'block', artist: 2, seller: 12 }),
  sketch('sketch, blocks 4, seller 12', { by: 'block', artist: 4, seller: 12 }),
  sketch('sketch, blocks 2, any seller', { by: 'block', artist: 2, seller: null }),
  sketch('sketch, rolling 2, seller 8', { by: 'rolling', artist: 2, seller: 8 }),
  sketch('sketch, rolling 3, seller 12', { by: 'rolling', artist: 3, seller: 12 }),
  sketch('sketch, three a day', { by: 'day', artist: 3 }),
  sketch('sketch, one a day', { by: 'day', artist: 1 }),
  sketch('sketch, no cap', { by: 'none' }),
];
