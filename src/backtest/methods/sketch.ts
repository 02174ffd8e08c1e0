/**
 * The sketch: what one writes in an afternoon who knows gamma–Poisson shrinkage. Counted sales of a week over
 * those of the four weeks before, as additive sums; all that it knows of breadth is in which sales count.
 */
import { expectationOf, weightsOf } from '../../stats/expected.ts';
import { fitShape, lowestLift } from '../../stats/lift.ts';
import { type Cap, OUR_CAP } from '../caps.ts';
import type { DayCounts } from '../day-counts.ts';
import { type Method, slicesOf, type Verdict } from './method.ts';

/** Keeps scores of what does not rise below all lower ends. */
const LAST = 0.01;
/** Expected sales of a subject where nothing was read before. */
const LEAST_EXPECTED = 1e-6;
/** Shapes of the prior that are tried: lifts differ by 25% or by 14%. */
const SHAPES = [16, 20, 24, 28, 32, 36, 40, 44, 48];

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
    const shape = fitShape(expectations, SHAPES);
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
  sketch('sketch, our sales', OUR_CAP, { late: true }),
  sketch('sketch, three a day', { by: 'block', artist: 3, seller: null, days: 1 }),
  sketch('sketch, one a day', { by: 'block', artist: 1, seller: null, days: 1 }),
  sketch('sketch, no cap', { by: 'none' }),
];
