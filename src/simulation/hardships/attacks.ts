/** Buyers of their own records: what money buys who wants to stand in a list. */
import { DAY, type Instant } from '../../core/time/instant.ts';
import { COUNTRIES, type CountryFigures } from '../figures.ts';
import { type Ground, LEAST_A_DAY } from '../planting.ts';
import { SCENES } from '../scenes.ts';
import { ATTACKS } from './plan.ts';
import { POOL } from './rises.ts';

const MOST_DAYS = 7;
const MOST_COUNTRIES = 6;
/** Artists of one page that lift a genre together. */
export const GENRE_ACCOMPLICES = 6;
/** Ordinary sales a day of a genre that such money can lift. */
const SMALL_A_DAY = 12;

/** Cards and addresses of one to six countries, over one to seven days; the cheapest, one by one. */
function buy(ground: Ground, artists: readonly number[], at: Instant, budget: number) {
  const { random, truth } = ground;
  const days = 1 + random.below(MOST_DAYS);
  const many = 1 + random.below(MOST_COUNTRIES);
  const first = random.below(20);
  const countries = Array.from({ length: many }, (_, n) => COUNTRIES[(first + 3 * n) % 25] as CountryFigures);
  const checkouts = Math.floor(budget / ATTACKS.price);
  for (let n = 0; n < checkouts; n += 1)
    truth.bulks.push({
      // Spread over the days, and over the countries in turn.
      at: at + Math.floor(((n + random.next()) / checkouts) * days * DAY),
      country: countries[n % many] as CountryFigures,
      artists: [artists[n % artists.length] ?? 0],
      cheapest: true,
    });
  return {
    until: at + days * DAY,
    parameters: {
      budget,
      loss: Math.round((1 - ATTACKS.paidOut) * budget * 100) / 100,
      checkouts,
      countries: many,
      days,
    },
  };
}

/** A new artist's own money. */
export function attackArtist(ground: Ground, at: Instant, budget: number): void {
  const scene = ground.random.pick(POOL);
  const artist = ground.artists.plant(Math.floor(at / DAY) - 1, scene);
  const { until, parameters } = buy(ground, [artist], at, budget);
  const { name, home } = ground.artists.artist(artist);
  const target = { target: 'artist', home: home.country, genre: SCENES[scene]?.tag ?? '' };
  ground.note('own-records', name, at, until, { ...target, ...parameters });
}

/** Several names on one page of its own, so that it looks like many. */
export function attackGenre(ground: Ground, at: Instant, budget: number): void {
  const { salesADay, artists } = ground;
  const most = SMALL_A_DAY / salesADay;
  const scene = ground.freeScene(POOL, at, at + MOST_DAYS * DAY, LEAST_A_DAY / salesADay, most);
  if (scene === null) return;
  const since = Math.floor(at / DAY) - 1;
  const first = artists.plant(since, scene);
  const page = artists.artist(first).seller.code;
  const more = Array.from({ length: GENRE_ACCOMPLICES - 1 }, () =>
    artists.plant(since, scene, { label: page }),
  );
  const { until, parameters } = buy(ground, [first, ...more], at, budget);
  const tag = SCENES[scene]?.tag ?? '';
  ground.note('own-records', tag, at, until, {
    target: 'genre',
    artists: GENRE_ACCOMPLICES,
    ...parameters,
  });
}
