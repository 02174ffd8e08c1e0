/** Newcomers: some emerge, most stay small, some are called like others; and small artists' odd days. */
import { DAY, HOUR, type Instant } from '../../core/time/instant.ts';
import { COUNTRIES, type CountryFigures } from '../figures.ts';
import type { Ground } from '../planting.ts';
import { type Random, Weighted } from '../random.ts';
import { SCENES } from '../scenes.ts';

const scenes = SCENES.flatMap(({ share }, at) => (share > 0.0005 ? [at] : []));
const buyers = new Weighted(COUNTRIES.map(({ rows }) => rows));
const anyBuyer = (random: Random): CountryFigures => COUNTRIES[buyers.draw(random)] as CountryFigures;

/** Sales of one who emerges: within these, evenly by logarithm. */
const EMERGING = { least: 70, most: 500 };
/** Sales of one who stays small. */
const SMALL = { least: 2, most: 22 };

const between = ({ least, most }: { least: number; most: number }, part: number): number =>
  least * (most / least) ** part;

/** From nothing to its height in two thirds of one to three weeks, then to nothing. */
export function plantEmerging(ground: Ground, at: Instant): void {
  const { random, artists } = ground;
  const until = at + (8 + random.below(13)) * DAY;
  const artist = artists.plant(Math.floor(at / DAY), random.pick(scenes));
  const sales = Math.round(between(EMERGING, random.next()) * Math.sqrt(ground.scale));
  ground.rush(artist, at, until, sales, part => 6 * part * (1 - part));
  const { name, seller, home } = artists.artist(artist);
  ground.note('emerging-artist', name, at, until, { sales, seller: seller.host, home: home.country });
}

/** Friends and fans on the first days, then nobody: each sale a checkout of its own. */
function sellFew(ground: Ground, artist: number, at: Instant, sales: number, days: number): void {
  const { random, truth } = ground;
  for (let n = 0; n < sales; n += 1)
    truth.bulks.push({
      at: at + Math.floor(random.next() ** 2 * days * DAY),
      country: anyBuyer(random),
      artists: [artist],
    });
}

export function plantSmall(ground: Ground, at: Instant): void {
  const { random, artists } = ground;
  const days = 4 + random.below(12);
  const artist = artists.plant(Math.floor(at / DAY), random.pick(scenes));
  const sales = Math.round(between(SMALL, random.next()));
  sellFew(ground, artist, at, sales, days);
  ground.note('small-newcomer', artists.artist(artist).name, at, at + days * DAY, { sales });
}

/** One of the three in a hundred who sell most, but for the very first. */
function knownArtist({ random, artists, releases }: Ground, at: Instant): number {
  let known = 0;
  for (let tries = 0; tries < 50; tries += 1) {
    known = Math.floor(artists.ordinary * (0.003 + 0.027 * random.next()));
    if (releases(known, at) >= 2) break;
  }
  return known;
}

/** A newcomer who is called like one of the better known, of another scene: the feed knows names alone. */
export function plantNamesake(ground: Ground, at: Instant): void {
  const { random, artists } = ground;
  const days = 5 + random.below(6);
  const known = knownArtist(ground, at);
  const scene = random.pick(scenes.filter(one => one !== artists.scenes[known]));
  const { name } = artists.artist(known);
  const artist = artists.plant(Math.floor(at / DAY), scene, { name });
  const sales = 8 + random.below(15);
  sellFew(ground, artist, at, sales, days);
  ground.note('namesake', name, at, at + days * DAY, { sales, genre: SCENES[scene]?.tag ?? '' });
}

/** Everybody buys a small artist for a day. */
export function plantSpike(ground: Ground, at: Instant): void {
  const { random } = ground;
  const artist = ground.smallArtist(at);
  const sales = Math.round((40 + 160 * random.next()) * ground.scale);
  ground.rush(artist, at, at + DAY, sales, () => 1);
  ground.note('one-day-spike', ground.artists.artist(artist).name, at, at + DAY, { sales });
}

/** One collector buys an artist's things in a few large checkouts within hours. */
export function plantBulk(ground: Ground, at: Instant): void {
  const { random, truth } = ground;
  const artist = ground.smallArtist(at);
  const country = COUNTRIES[random.below(15)] as CountryFigures;
  const checkouts = 1 + random.below(4);
  const size = 10 + random.below(50);
  for (let n = 0; n < checkouts; n += 1)
    truth.bulks.push({
      at: at + Math.floor(random.next() * 6 * HOUR),
      country,
      artists: Array(size).fill(artist),
    });
  ground.note('bulk-buyer', ground.artists.artist(artist).name, at, at + 6 * HOUR, {
    sales: checkouts * size,
    checkouts,
    country: country.code,
  });
}
