/** Plants the truth: what grows, shrinks and emerges in the world and when, and what only looks like it. */

import { isBandcampFriday } from '../core/time/bandcamp-friday.ts';
import { DAY, floorTo, HOUR, type Instant } from '../core/time/instant.ts';
import { BANDCAMP_FRIDAY, COUNTRIES, type CountryFigures, MILLION } from './figures.ts';
import { hardPlaces, plantHardships } from './hardships/plant.ts';
import { createGround, LEAST_A_DAY, type Plant, SEASON } from './planting.ts';
import { mix, named, Weighted } from './random.ts';
import { SCENES } from './scenes.ts';
import type { Truth } from './truth.ts';

/** So much in each season. */
const PLAN = {
  growing: 3,
  growingInOneCountry: 2,
  shrinking: 2,
  emerging: 5,
  bulkBuyers: 2,
  campaigns: 1,
  oneArtist: 1,
  spikes: 2,
};
const LARGEST_PEAK = 4;
/** Countries in which alone a genre grows, the more often the larger. */
const LARGE_COUNTRIES = COUNTRIES.slice(0, 8);

export const plantedPlaces = (days: number, hardships: boolean): number =>
  Math.ceil(days / 28) * (PLAN.emerging + (hardships ? hardPlaces : 0));

/** Plants the truth of all seasons from the start on. */
export function plantTruth(plant: Plant & { hardships: boolean }): Truth {
  const { artists, start, days, salesADay, shares, releases } = plant;
  const root = mix(plant.seed, named('truth'));
  const ground = createGround(plant, root);
  const { truth, random, scale, note, rush, smallArtist } = ground;
  const scenes = SCENES.flatMap((scene, at) => (scene.plantable ? [at] : []));

  function change(at: Instant, shrinking: boolean, country: CountryFigures | null): void {
    const dailyRate = shrinking
      ? -(0.02 + 0.06 * random.next())
      : country
        ? 0.05 + 0.05 * random.next()
        : 0.02 + 0.08 * random.next();
    const longest = Math.abs(Math.log(LARGEST_PEAK) / Math.log(1 + dailyRate));
    const length = Math.round(Math.min(20, longest, 10 + 12 * random.next())) * DAY;
    const fade = length / 2;
    const until = at + length;
    const least = LEAST_A_DAY / salesADay / (country ? country.rows / MILLION.rows : 1);
    const scene = ground.freeScene(scenes, at, until + fade, least);
    if (scene === null) return;
    ground.change({ scene, at, until, dailyRate, fadeDays: fade / DAY, country });
  }

  function emerge(at: Instant): void {
    const until = at + Math.round(6 + 8 * random.next()) * DAY;
    // In none of the scenes that grow or shrink, whose few sales one artist would drown.
    const scene = random.pick(
      SCENES.flatMap(({ share, plantable }, at) => (share > 0.001 && !plantable ? [at] : [])),
    );
    const artist = artists.plant(Math.floor(at / DAY), scene);
    const sales = Math.round((150 + 550 * random.next()) * scale);
    rush(artist, at, until, sales, part => 12 * part ** 2 * (1 - part));
    const { name, seller, home } = artists.artist(artist);
    note('emerging-artist', name, at, until, {
      sales,
      seller: seller.host,
      genre: SCENES[scene]?.tag ?? '',
      home: home.country,
    });
  }

  function spike(at: Instant): void {
    const artist = smallArtist(at);
    const sales = Math.round((120 + 280 * random.next()) * scale);
    rush(artist, at, at + DAY, sales, () => 1);
    note('one-day-spike', artists.artist(artist).name, at, at + DAY, { sales });
  }

  function oneArtist(at: Instant): void {
    const until = at + 4 * DAY;
    const scene = ground.freeScene(scenes, at, until, LEAST_A_DAY / salesADay);
    if (scene === null) return;
    const artist = smallArtist(at, scene);
    const sales = Math.round(Math.max(2.5 * (shares[scene] ?? 0) * salesADay * 4, 60 * scale));
    rush(artist, at, until, sales, () => 1);
    note('one-artist-genre', SCENES[scene]?.tag ?? '', at, until, {
      sales,
      artist: artists.artist(artist).name,
    });
  }

  function bulkBuyer(at: Instant): void {
    const artist = smallArtist(at);
    const country = COUNTRIES[random.below(15)] as CountryFigures;
    const checkouts = 3 + random.below(3);
    const size = 20 + random.below(25);
    for (let n = 0; n < checkouts; n += 1)
      truth.bulks.push({
        at: at + Math.floor(random.next() * HOUR),
        country,
        artists: Array(size).fill(artist),
      });
    const parameters = { sales: checkouts * size, checkouts, country: country.code };
    note('bulk-buyer', artists.artist(artist).name, at, at + HOUR, parameters);
  }

  function campaign(at: Instant): void {
    const groups = ground.mates();
    if (groups.length === 0) return;
    const group = random.pick(groups).filter(artist => releases(artist, at) > 0);
    const [first] = group;
    if (first === undefined) return;
    const { seller } = artists.artist(first);
    const country =
      COUNTRIES.find(({ code }) => code === seller.home.country) ?? (COUNTRIES[0] as CountryFigures);
    const checkouts = 10 + random.below(6);
    const size = Math.min(15, Math.max(8, group.length));
    for (let n = 0; n < checkouts; n += 1) {
      const chosen = Array.from({ length: size }, () => random.pick(group));
      truth.bulks.push({ at: at + Math.floor(random.next() * 2 * DAY), country, artists: chosen });
    }
    const parameters = { sales: checkouts * size, checkouts, artists: group.length, country: country.code };
    note('label-campaign', seller.host, at, at + 2 * DAY, parameters);
  }

  const largeCountry = new Weighted(LARGE_COUNTRIES.map(({ rows }) => rows ** 0.7));
  const times = (count: number, plant: () => void) => Array.from({ length: count }, plant);
  for (let season = 0; season * SEASON < days * DAY; season += 1) {
    const begin = floorTo(start, HOUR) + season * SEASON;
    random.open(mix(root, season));
    const at = (span = SEASON) => begin + floorTo(random.next() * span, HOUR);
    times(PLAN.growing, () => change(at(), false, null));
    times(PLAN.growingInOneCountry, () =>
      change(at(), false, LARGE_COUNTRIES[largeCountry.draw(random)] ?? null),
    );
    times(PLAN.shrinking, () => change(at(), true, null));
    times(PLAN.emerging, () => emerge(at()));
    times(PLAN.spikes, () => spike(at()));
    times(PLAN.oneArtist, () => oneArtist(at()));
    times(PLAN.bulkBuyers, () => bulkBuyer(at()));
    times(PLAN.campaigns, () => campaign(at()));
  }
  if (plant.hardships) plantHardships(ground, start, days);
  for (let day = floorTo(start, DAY); day < start + days * DAY; day += DAY) {
    const from = day + 7 * HOUR;
    if (isBandcampFriday(from))
      note('bandcamp-friday', 'Bandcamp Friday', from, from + DAY, { factor: BANDCAMP_FRIDAY });
  }
  truth.ledger.sort((a, b) => a.from - b.from || a.subject.localeCompare(b.subject, 'en'));
  return truth;
}
