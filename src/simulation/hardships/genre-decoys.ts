/** What lifts a genre without its rising: known artists' releases, a label's campaign, one who goes viral. */
import { DAY, type Instant } from '../../core/time/instant.ts';
import { type Ground, LEAST_A_DAY } from '../planting.ts';
import { SCENES } from '../scenes.ts';
import { POOL } from './rises.ts';

/** Ordinary sales a day of a genre that a few artists can fill, and of one that a label can. */
const SMALL_A_DAY = 20;
const MIDDLE_A_DAY = 60;
/** A release's sales have fallen to 1/e after this part of its time. */
const DECAY = 0.3;
export const MOST_CAMPAIGNERS = 25;
const LEAST_CAMPAIGNERS = 8;

const decaying = (part: number): number => Math.exp(-part / DECAY) / (DECAY * (1 - Math.exp(-1 / DECAY)));

/** One to three of the scene's known artists sell as much as the genre in one to two and a half weeks. */
export function plantReleaseWeek(ground: Ground, at: Instant): void {
  const { random, salesADay, shares } = ground;
  const until = at + (6 + random.below(5)) * DAY;
  const scene = ground.freeScene(POOL, at, until, LEAST_A_DAY / salesADay, SMALL_A_DAY / salesADay);
  if (scene === null) return;
  const many = 1 + random.below(3);
  const who = [...new Set(Array.from({ length: many }, () => ground.smallArtist(at, scene)))];
  const week = 7 * (shares[scene] ?? 0) * salesADay;
  const sales = Math.round(week * (1 + 1.5 * random.next()));
  ground.rush(from => from.pick(who), at, until, sales, decaying);
  ground.note('release-week', SCENES[scene]?.tag ?? '', at, until, {
    sales,
    artists: who.length,
    artist: ground.artists.artist(who[0] ?? 0).name,
  });
}

/** 8 to 25 artists of one label sell as much as the genre in half to one and a half weeks, evenly. */
export function plantCampaign(ground: Ground, at: Instant): void {
  const { random, salesADay, shares, artists } = ground;
  const until = at + (3 + random.below(6)) * DAY;
  const scene = ground.freeScene(POOL, at, until, LEAST_A_DAY / salesADay, MIDDLE_A_DAY / salesADay);
  const [first] = random.pick(ground.mates()) ?? [];
  if (scene === null || first === undefined) return;
  const label = artists.artist(first).seller;
  const many = LEAST_CAMPAIGNERS + random.below(MOST_CAMPAIGNERS - LEAST_CAMPAIGNERS + 1);
  const since = Math.floor(at / DAY) - 400;
  const group = Array.from({ length: many }, () => artists.plant(since, scene, { label: label.code }));
  const week = 7 * (shares[scene] ?? 0) * salesADay;
  const sales = Math.round(Math.max(3 * many, week * (0.5 + random.next())));
  ground.rush(
    from => from.pick(group),
    at,
    until,
    sales,
    () => 1,
  );
  ground.note('scene-campaign', SCENES[scene]?.tag ?? '', at, until, {
    sales,
    seller: label.host,
    artists: many,
  });
}

/** Of what a viral day sells, the artist's own part; the rest is bought beside, of the same scene. */
const OWN_PART = 0.8;

/** One artist sells half to one and a half weeks of the genre within a day. */
export function plantViral(ground: Ground, at: Instant): void {
  const { random, salesADay, shares } = ground;
  const until = at + DAY;
  const scene = ground.freeScene(POOL, at, until, LEAST_A_DAY / salesADay, MIDDLE_A_DAY / salesADay);
  if (scene === null) return;
  const artist = ground.smallArtist(at, scene);
  const week = 7 * (shares[scene] ?? 0) * salesADay;
  const sales = Math.round(Math.max(30, week * (0.5 + random.next())));
  const mates = ground.members(scene);
  ground.rush(
    (from, day) => (from.chance(OWN_PART) ? artist : mates(from, day)),
    at,
    until,
    sales,
    () => 1,
  );
  const { name } = ground.artists.artist(artist);
  ground.note('viral-genre', SCENES[scene]?.tag ?? '', at, until, { sales, artist: name });
}
