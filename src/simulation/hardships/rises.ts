/** Genres that truly rise or fall, in ways that are hard to tell: slowly, briefly, in one country. */
import { DAY, type Instant } from '../../core/time/instant.ts';
import { COUNTRIES, type CountryFigures, MILLION } from '../figures.ts';
import { type Ground, LEAST_A_DAY } from '../planting.ts';
import { Weighted } from '../random.ts';
import { SCENES } from '../scenes.ts';

/** A scene with more of all sales than this would move the world. */
const MOST_SHARE = 0.02;
/** Scenes in which a change can be planted; main genres stand on too many pages. */
export const POOL: readonly number[] = SCENES.flatMap(({ tag, main, share }, at) =>
  tag !== main && share <= MOST_SHARE ? [at] : [],
);

const WEEKLY = 1.5;
const SLOW_DAYS = 35;
const LARGE_COUNTRIES = COUNTRIES.slice(0, 10);
const largeCountry = new Weighted(LARGE_COUNTRIES.map(({ rows }) => rows ** 0.5));

interface Shape {
  dailyRate: number;
  days: number;
  fadeDays: number;
  country?: CountryFigures;
  shape: string;
}

function plant(ground: Ground, at: Instant, { dailyRate, days, fadeDays, country, shape }: Shape): void {
  const until = at + days * DAY;
  const part = country ? country.rows / MILLION.rows : 1;
  const least = LEAST_A_DAY / ground.salesADay / part;
  const scene = ground.freeScene(POOL, at, until + fadeDays * DAY, least);
  if (scene !== null)
    ground.change({
      scene,
      at,
      until,
      dailyRate,
      fadeDays,
      country: country ?? null,
      more: { shape },
    });
}

/** × 1.5 a week for five weeks. */
export const plantSlow = (ground: Ground, at: Instant): void =>
  plant(ground, at, {
    dailyRate: WEEKLY ** (1 / 7) - 1,
    days: SLOW_DAYS,
    fadeDays: 14,
    shape: 'slow',
  });

/** To 1.4 to 2.6 times within ten to twenty days. */
export function plantSteady(ground: Ground, at: Instant): void {
  const { random } = ground;
  const days = 10 + random.below(11);
  const peak = 1.4 + 1.2 * random.next();
  plant(ground, at, {
    dailyRate: peak ** (1 / days) - 1,
    days,
    fadeDays: days / 2,
    shape: 'steady',
  });
}

/** To two or three times within four to six days, and back within two. */
export function plantFading(ground: Ground, at: Instant): void {
  const { random } = ground;
  const days = 4 + random.below(3);
  const peak = 2 + random.next();
  plant(ground, at, {
    dailyRate: peak ** (1 / days) - 1,
    days,
    fadeDays: 2,
    shape: 'fading',
  });
}

/** In one country alone, to two to four times. */
export function plantNational(ground: Ground, at: Instant): void {
  const { random } = ground;
  const days = 8 + random.below(11);
  const peak = 2 + 2 * random.next();
  plant(ground, at, {
    dailyRate: peak ** (1 / days) - 1,
    days,
    fadeDays: days / 2,
    country: LARGE_COUNTRIES[largeCountry.draw(random)] as CountryFigures,
    shape: 'national',
  });
}

/** To 0.3 to 0.7 times within one to three weeks. */
export function plantShrinking(ground: Ground, at: Instant): void {
  const { random } = ground;
  const days = 7 + random.below(15);
  const least = 0.3 + 0.4 * random.next();
  plant(ground, at, {
    dailyRate: least ** (1 / days) - 1,
    days,
    fadeDays: days / 2,
    shape: 'shrinking',
  });
}
