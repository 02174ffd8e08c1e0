/** What is truly rising in a simulated world on a day: its ledger as labels for the backtest. */

import { artistKey } from '../core/artist.ts';
import { tagKey } from '../core/tags/tag.ts';
import { isBandcampFriday } from '../core/time/bandcamp-friday.ts';
import { DAY } from '../core/time/instant.ts';
import { BASELINE_DAYS } from '../core/time/window.ts';
import { COUNTRIES, MILLION } from '../simulation/figures.ts';
import { growth } from '../simulation/plant.ts';
import type { TruthEntry } from '../simulation/truth.ts';
import type { SalesLog } from '../stats/sales-log.ts';
import type { Episode, Label, Truth } from './judge.ts';
import type { ArtistTruth } from './judge-artists.ts';
import { WINDOW_DAYS } from './methods.ts';

/** A genre is to be found from here on: a fifth above its ordinary sales, until the day after its peak. */
const GROWN = 1.2;
/**
 * What truly sells a tenth more than in its baseline is no false call, though it is not what is looked for.
 */
const MORE = 1.1;

interface Change {
  entry: TruthEntry;
  subject: number;
  from: number;
  until: number;
  /** Times the ordinary sales in the world, at a time in days. */
  factor(day: number): number;
}

/**
 * Growing genres are what rises; those of one country are not looked for in the world, but are no false call
 * either.
 * @param startDay the world's start in the log
 */
export function truthOfGenres(ledger: readonly TruthEntry[], log: SalesLog, startDay: number): Truth {
  const subjects = new Map(log.tagNames.map((name, at) => [name, at]));
  const inDays = (at: number) => (at - log.from) / DAY;
  const episode = (entry: TruthEntry) => ({
    subject: subjects.get(tagKey(entry.subject)) ?? -1,
    from: inDays(entry.from),
    until: inDays(entry.until),
  });
  const changes = ledger
    .filter(({ kind }) => kind === 'growing-genre' || kind === 'shrinking-genre')
    .map((entry): Change => {
      const { dailyRate, fadeDays, country } = entry.parameters;
      const part = country ? (COUNTRIES.find(({ code }) => code === country)?.rows ?? 0) / MILLION.rows : 1;
      const factor = (day: number) =>
        1 +
        part *
          (growth(log.from + day * DAY, entry.from, entry.until, Number(dailyRate), Number(fadeDays)) - 1);
      return { entry, ...episode(entry), factor };
    });
  const expected = expectedTimes(changes, log, startDay);
  const worldwide = changes.filter(
    ({ entry }) => entry.kind === 'growing-genre' && !entry.parameters.country,
  );

  function mean(subject: number, from: number, until: number): number {
    let sum = 0;
    for (let day = Math.max(0, from); day < until; day += 1)
      sum += expected[day * log.tagNames.length + subject] ?? 1;
    return sum / (until - Math.max(0, from));
  }

  function label(subject: number, origin: number): Label {
    for (const change of changes) {
      if (change.subject !== subject || change.entry.kind !== 'growing-genre') continue;
      if (origin < change.from || origin > change.until + 1) continue;
      const whole = worldwide.includes(change) && change.factor(Math.min(origin, change.until)) >= GROWN;
      return whole ? 'rising' : 'other';
    }
    const from = origin - WINDOW_DAYS;
    return mean(subject, from, origin) > MORE * mean(subject, from - BASELINE_DAYS, from) ? 'other' : 'not';
  }

  const fridays = Array.from({ length: log.days }, (_, day) => day).filter(day =>
    isBandcampFriday(log.from + (day + 0.5) * DAY),
  );
  const decoys = ledger.filter(({ kind }) => kind === 'one-artist-genre').map(episode);
  return { label, episodes: worldwide as Episode[], decoys, fridays: new Set(fridays) };
}

/** Emerging artists that have the days to be found, and artists that only had one buyer or one day. */
export function truthOfArtists(ledger: readonly TruthEntry[], log: SalesLog, soonDays: number): ArtistTruth {
  const artists = new Map(log.artistNames.map((name, at) => [name, at]));
  const episodes = (...kinds: TruthEntry['kind'][]) =>
    ledger
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ subject, from, until }) => ({
        artist: artists.get(artistKey(subject)) ?? -1,
        from: (from - log.from) / DAY,
        until: (until - log.from) / DAY,
      }));
  return {
    emerging: episodes('emerging-artist').filter(({ from }) => from + soonDays <= log.days),
    decoys: episodes('bulk-buyer', 'one-day-spike'),
  };
}

/**
 * Times the ordinary sales of every tag on every day: what grows carries along the tags that stand on its
 * pages, as often as they did before the world's start.
 */
function expectedTimes(changes: readonly Change[], log: SalesLog, startDay: number): Float32Array {
  const width = log.tagNames.length;
  const sales = new Float64Array(width);
  const together = new Map(changes.map(({ subject }) => [subject, new Float64Array(width)]));
  for (let at = 0; at < log.length && (log.minutes[at] ?? 0) < startDay * 1440; at += 1) {
    const tags = log.tagSets[log.tagSetOf[at] ?? 0] ?? [];
    for (const tag of tags) {
      sales[tag] = (sales[tag] ?? 0) + 1;
      const beside = together.get(tag);
      if (beside) for (const other of tags) beside[other] = (beside[other] ?? 0) + 1;
    }
  }
  const times = new Float32Array(log.days * width).fill(1);
  for (const { subject, from, entry, factor } of changes) {
    const beside = together.get(subject);
    const until = (entry.until - log.from) / DAY + Number(entry.parameters.fadeDays);
    for (let day = Math.floor(from); day < Math.min(log.days, until); day += 1) {
      const more = factor(Math.max(from, day + 0.5)) - 1;
      for (let tag = 0; tag < width; tag += 1) {
        const at = day * width + tag;
        if (sales[tag]) times[at] = (times[at] ?? 1) + (more * (beside?.[tag] ?? 0)) / (sales[tag] ?? 1);
      }
    }
  }
  return times;
}
