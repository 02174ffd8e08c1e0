/** What is truly rising in a simulated world on a day: its ledger as labels for the backtest. */
import { artistKey } from '../core/artist.ts';
import { tagKey } from '../core/tags/tag.ts';
import { isBandcampFriday } from '../core/time/bandcamp-friday.ts';
import { DAY } from '../core/time/instant.ts';
import { BASELINE_DAYS } from '../core/time/window.ts';
import { COUNTRIES, MILLION } from '../simulation/figures.ts';
import { growth } from '../simulation/planting.ts';
import { SCENES } from '../simulation/scenes.ts';
import { driftOf, ROLES, type TruthEntry, type TruthKind } from '../simulation/truth.ts';
import type { Label, Truth } from './judge.ts';
import type { ArtistTruth } from './judge-artists.ts';
import { WINDOW_DAYS } from './methods/method.ts';
import type { LoggedWorld } from './world.ts';

/** A genre is to be found from here on: a fifth above its ordinary sales, until the day after its peak. */
const GROWN = 1.2;
/**
 * What truly sells a tenth more than in its baseline is no false call, though it is not what is looked for.
 */
const MORE = 1.1;

interface Change {
  scene: number;
  subject: number;
  from: number;
  until: number;
  /** Whether it is looked for, in the world or the country. */
  wanted: boolean;
  isGrowth: boolean;
  /** Times the ordinary sales of the scene, there, at a time in days. */
  factor(day: number): number;
}

/** Artists who are bound to sell twice as much as before, by a new release, are no false calls. */
const TWICE = 2;

type OfGenres = Pick<LoggedWorld, 'log' | 'truth' | 'carried'>;

/**
 * Growing genres are what rises. In the world those of one country are not looked for, but are no false call
 * either; in a country they are, beside what grows everywhere. Its episodes are then its own alone.
 * @param country its code, for the trends of one country
 */
export function truthOfGenres({ log, truth: ledger, carried }: OfGenres, country?: string): Truth {
  const subjects = new Map(log.tagNames.map((name, at) => [name, at]));
  const scenes = new Map(SCENES.map(({ tag }, at) => [tag, at]));
  const inDays = (at: number) => (at - log.from) / DAY;
  const subjectOf = ({ subject }: TruthEntry) => subjects.get(tagKey(subject)) ?? -1;
  const span = (entry: TruthEntry) => ({
    subject: subjectOf(entry),
    from: inDays(entry.from),
    until: inDays(entry.until),
  });
  const changes = ledger
    .filter(({ kind }) => kind === 'growing-genre' || kind === 'shrinking-genre')
    .map((entry): Change => {
      const { dailyRate, fadeDays, country: only } = entry.parameters;
      const times = (day: number) =>
        growth(log.from + day * DAY, entry.from, entry.until, Number(dailyRate), Number(fadeDays));
      const part = partOf(only, country);
      return {
        ...span(entry),
        scene: scenes.get(entry.subject) ?? -1,
        wanted: only === undefined || only === country,
        isGrowth: entry.kind === 'growing-genre',
        factor: day => 1 + part * (times(day) - 1),
      };
    });
  const growths = changes.filter(({ isGrowth }) => isGrowth);
  const own = ownParts(carried);
  const times = timesOf({ log, truth: ledger, carried }, changes);

  function mean(subject: number, from: number, until: number): number {
    let sum = 0;
    for (let day = Math.max(0, from); day < until; day += 1)
      sum += times[day * log.tagNames.length + subject] ?? 1;
    return sum / (until - Math.max(0, from));
  }

  function label(subject: number, origin: number): Label {
    for (const { scene, wanted, factor, ...change } of growths) {
      if (change.subject !== subject || origin < change.from || origin > change.until + 1) continue;
      const grown = 1 + own(scene, subject) * (factor(Math.min(origin, change.until)) - 1);
      return wanted && grown >= GROWN ? 'rising' : 'other';
    }
    const from = origin - WINDOW_DAYS;
    return mean(subject, from, origin) > MORE * mean(subject, from - BASELINE_DAYS, from) ? 'other' : 'not';
  }

  const labels = new Map<number, Label[]>();
  const fridays = Array.from({ length: log.days }, (_, day) => day).filter(day =>
    isBandcampFriday(log.from + (day + 0.5) * DAY),
  );
  const isGenre = (entry: TruthEntry) => subjectOf(entry) >= 0;
  return {
    label(subject, origin) {
      const known = labels.get(origin) ?? log.tagNames.map((_, at) => label(at, origin));
      labels.set(origin, known);
      return known[subject] ?? 'not';
    },
    episodes: ledger
      .filter(({ kind }) => kind === 'growing-genre')
      .filter(({ parameters }) => parameters.country === country)
      .map(span),
    decoys: ledger
      .filter(({ kind }) => GENRE_DECOYS.has(kind))
      .filter(isGenre)
      .map(span),
    attacks: ledger
      .filter(({ parameters }) => parameters.target === 'genre')
      .map(entry => ({ ...span(entry), budget: Number(entry.parameters.budget) })),
    fridays: new Set(fridays),
  };
}

/** Decoys whose subject is a genre; the others' are artists and sellers. */
const GENRE_DECOYS: ReadonlySet<TruthKind> = new Set<TruthKind>([
  'one-artist-genre',
  'release-week',
  'scene-campaign',
  'viral-genre',
]);

/** How much of what is looked at a change moves that is in one country, or everywhere. */
function partOf(changed: string | number | undefined, lookedAt: string | undefined): number {
  if (changed === undefined || changed === lookedAt) return 1;
  if (lookedAt !== undefined) return 0;
  return (COUNTRIES.find(({ code }) => code === changed)?.rows ?? 0) / MILLION.rows;
}

/** Of a tag's sales, how many were of a scene, before the start. */
function ownParts(carried: LoggedWorld['carried']): (scene: number, tag: number) => number {
  const all = new Float64Array(carried[0]?.length ?? 0);
  for (const tags of carried) for (const [tag, count] of tags.entries()) all[tag] = (all[tag] ?? 0) + count;
  return (scene, tag) => ((all[tag] ?? 0) > 0 ? (carried[scene]?.[tag] ?? 0) / (all[tag] ?? 1) : 0);
}

/**
 * Times the ordinary sales of every tag on every day (`day × tags + tag`): a scene carries along the tags
 * that stand on its pages, as often as they did before the world's start.
 */
function timesOf({ log, truth, carried }: OfGenres, changes: readonly Change[]): Float32Array {
  const width = log.tagNames.length;
  const own = ownParts(carried);
  const times = new Float32Array(log.days * width).fill(1);
  const drifts = new Map(
    truth
      .filter(({ kind }) => kind === 'habitual-genre')
      .map(({ subject, parameters: { amplitude, periodDays, phase } }) => [
        subject,
        { amplitude: Number(amplitude), periodDays: Number(periodDays), phase: Number(phase) },
      ]),
  );
  for (const [scene, { tag: name }] of SCENES.entries()) {
    const drift = drifts.get(name);
    const here = changes.filter(change => change.scene === scene);
    if (!drift && here.length === 0) continue;
    const parts = log.tagNames.map((_, tag) => own(scene, tag));
    for (let day = 0; day < log.days; day += 1) {
      let factor = drift ? driftOf(drift, log.from / DAY + day + 0.5) : 1;
      for (const change of here)
        if (day + 1 > change.from) factor *= change.factor(Math.max(change.from, day + 0.5));
      if (factor === 1) continue;
      for (const [tag, part] of parts.entries())
        if (part > 0) times[day * width + tag] = (times[day * width + tag] ?? 1) + part * (factor - 1);
    }
  }
  return times;
}

/** Emerging artists that have the days to be found, artists that only seem to, and those who pay for it. */
export function truthOfArtists(
  { log, truth: ledger, bound }: Omit<LoggedWorld, 'carried'>,
  soonDays: number,
): ArtistTruth {
  const artists = new Map(log.artistNames.map((name, at) => [name, at]));
  const episode = ({ subject, from, until }: TruthEntry) => ({
    artist: artists.get(artistKey(subject)) ?? -1,
    from: (from - log.from) / DAY,
    until: (until - log.from) / DAY,
  });
  const emerging = ledger.filter(({ kind }) => kind === 'emerging-artist').map(episode);
  const mean = (artist: number, from: number, until: number) => {
    let sum = 0;
    for (let day = from; day < until; day += 1) sum += bound(artist, day);
    return sum / (until - from);
  };
  return {
    grows(artist, origin) {
      const from = origin - WINDOW_DAYS;
      const now = mean(artist, from, origin);
      return now > 0 && now >= TWICE * mean(artist, from - BASELINE_DAYS, from);
    },
    emerging: emerging.filter(({ from }) => from + soonDays <= log.days),
    decoys: ledger
      .filter(({ kind }) => ROLES[kind] === 'decoy' && !GENRE_DECOYS.has(kind) && kind !== 'label-campaign')
      .map(episode),
    attacks: ledger
      .filter(({ parameters }) => parameters.target === 'artist')
      .map(entry => ({ ...episode(entry), budget: Number(entry.parameters.budget) })),
  };
}
