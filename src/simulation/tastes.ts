/** Who is bought beside whom: circles of artists of one scene whom the same buyers like. */
import { floorTo } from '../core/time/instant.ts';
import type { Artists } from './artists.ts';
import { mix, named, type Random, unit } from './random.ts';
import { SCENES } from './scenes.ts';

/** Artists of one circle (our own estimate, as the rest of this file). */
const CIRCLE = 12;
/** A scene's rest of fewer artists joins the circle before it. */
const LEAST_CIRCLE = 4;
/** How far circles mix large and small artists: ranks are spread by up to this factor's logarithm. */
const SPREAD = 1.5;
/** Of further items that are by another artist, those from the first one's circle; others are anybody's. */
const IN_CIRCLE = 0.75;
/** Members drawn before their debut are drawn again, so often. */
const TRIES = 10;

export type Tastes = ReturnType<typeof createTastes>;

/**
 * Divides each scene into circles by rank. Members are drawn by their weight, so that who is bought beside
 * whom changes, but neither an artist's sales nor a scene's: a circle gets from its own what it gives.
 */
export function createTastes(seed: number, { ordinary, weights, scenes, debuts }: Artists) {
  const root = mix(seed, named('tastes'));
  const rank = Float64Array.from(
    { length: ordinary },
    (_, index) => Math.log(index + 1) + SPREAD * unit(mix(root, index)),
  );
  const byScene: number[][] = SCENES.map(() => []);
  for (let index = 0; index < ordinary; index += 1) byScene[scenes[index] ?? 0]?.push(index);
  const circles: Int32Array[] = [];
  const circleOf = new Int32Array(ordinary);
  /** The circle of a scene's best known artists, whose buyers find newcomers; −1 for a scene of nobody. */
  const first = byScene.map(members => {
    const begin = circles.length;
    members.sort((a, b) => (rank[a] ?? 0) - (rank[b] ?? 0));
    const last = floorTo(Math.max(0, members.length - LEAST_CIRCLE), CIRCLE);
    for (let at = 0; at < members.length && at <= last; at += CIRCLE) {
      const circle = Int32Array.from(members.slice(at, at === last ? undefined : at + CIRCLE));
      for (const index of circle) circleOf[index] = circles.length;
      circles.push(circle);
    }
    return members.length > 0 ? begin : -1;
  });

  function drawFrom(circle: Int32Array, random: Random): number {
    let sum = 0;
    for (const index of circle) sum += weights[index] ?? 0;
    let left = random.next() * sum;
    for (const index of circle) {
      left -= weights[index] ?? 0;
      if (left < 0) return index;
    }
    return circle[0] ?? 0;
  }

  return {
    /** Somebody who is bought beside an artist and has made a debut; null where it is anybody. */
    companion(random: Random, artist: number, day: number): number | null {
      if (!random.chance(IN_CIRCLE)) return null;
      const circle =
        circles[artist < ordinary ? (circleOf[artist] ?? 0) : (first[scenes[artist] ?? 0] ?? -1)];
      for (let tries = 0; circle && tries < TRIES; tries += 1) {
        const index = drawFrom(circle, random);
        if ((debuts[index] ?? 0) <= day) return index;
      }
      return null;
    },
  };
}
