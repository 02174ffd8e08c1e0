/**
 * How unevenly a hard world sells from day to day: everybody's, scenes' and artists' intensities are
 * gamma-mixed (Ehrenberg 1959, "The Pattern of Consumer Purchases", Applied Statistics 8: purchases are
 * negative binomial), genres have weekdays and drift, and a Bandcamp Friday is not the same for all.
 */
import { isBandcampFriday } from '../../core/time/bandcamp-friday.ts';
import { DAY, type Instant } from '../../core/time/instant.ts';
import type { Artists } from '../artists.ts';
import { COUNTRIES } from '../figures.ts';
import { mix, named, normalQuantile, Random, unit, Weighted } from '../random.ts';
import { SCENES } from '../scenes.ts';
import { driftOf, type Habit } from '../truth.ts';

/** Shapes of the gammas, whole numbers: a coefficient of variation of 1 ÷ √shape by day. */
const SHAPES = { all: 60, scene: 40, artist: 2 };
/** Standard deviations of logarithms, on a Bandcamp Friday. Own estimates. */
const FRIDAY = { scene: 0.1, country: 0.3 };
/** What an artist's and its scene's intensity may reach together, times the ordinary: more is cut. */
const MOST = 5;

/** Gamma with mean 1 of a whole shape: a mean of exponentials. */
function gammaOf(random: Random, shape: number): number {
  let sum = 0;
  for (let left = shape; left > 0; left -= 1) sum -= Math.log(1 - random.next());
  return sum / shape;
}

/** Lognormal with mean 1. */
const lognormal = (hash: number, sigma: number): number =>
  Math.exp(sigma * normalQuantile(unit(hash) * 0.998 + 0.001) - sigma ** 2 / 2);

export type Weather = ReturnType<typeof createWeather>;

export function createWeather(seed: number, artists: Artists, habits: readonly Habit[]) {
  const root = mix(seed, named('weather'));
  const ofArtists = mix(root, named('artists'));
  const byScene = new Map(habits.map(habit => [habit.scene, habit]));
  const fridays = SCENES.map((_, scene) => lognormal(mix(mix(root, named('fridays')), scene), FRIDAY.scene));
  const onFridays = new Weighted(
    COUNTRIES.map(({ rows }, at) => rows * lognormal(mix(mix(root, named('buyers')), at), FRIDAY.country)),
  );
  const onOthers = new Weighted(COUNTRIES.map(({ rows }) => rows));
  const random = new Random();
  let today = { day: Number.NaN, all: 1, scenes: new Float64Array(SCENES.length) };

  function open(day: number) {
    if (today.day === day) return today;
    const all = gammaOf(random.open(mix(mix(root, named('all')), day)), SHAPES.all);
    const scenes = Float64Array.from(SCENES, (_, scene) => {
      const noise = gammaOf(random.open(mix(mix(root, scene), day)), SHAPES.scene);
      const habit = byScene.get(scene);
      if (!habit) return noise;
      // 1970-01-01 was a Thursday.
      const onDay = (day + 4) % 7 === habit.weekday ? habit.times : 1;
      return noise * driftOf(habit, day) * (onDay / ((6 + habit.times) / 7));
    });
    today = { day, all, scenes };
    return today;
  }

  return {
    /** Times the ordinary rate of everything, on a day. */
    rate: (at: Instant): number => open(Math.floor(at / DAY)).all,
    /** Where buyers are. */
    buyers: (at: Instant): Weighted => (isBandcampFriday(at) ? onFridays : onOthers),
    /**
     * Whether an artist that was drawn is bought: with a probability by its and its scene's intensity. Else
     * another is to be drawn, so that all sell as much as ever.
     */
    keeps(from: Random, artist: number, at: Instant): boolean {
      const day = Math.floor(at / DAY);
      const scene = artists.scenes[artist] ?? 0;
      const friday = isBandcampFriday(at) ? (fridays[scene] ?? 1) : 1;
      const own = mix(mix(ofArtists, artist), day);
      // Two exponentials, as `gammaOf` with a shape of 2.
      const mean = -Math.log((1 - unit(own)) * (1 - unit(mix(own, 1)))) / SHAPES.artist;
      return from.next() * MOST < mean * friday * (open(day).scenes[scene] ?? 1);
    },
  };
}
