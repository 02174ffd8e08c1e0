/** How the simulated world compares with what was published about the real one, figure by figure. */

import { tagKey } from '../core/tags/tag.ts';
import { isBandcampFriday } from '../core/time/bandcamp-friday.ts';
import { DAY, floorTo, HOUR, parseInstant } from '../core/time/instant.ts';
import {
  BANDCAMP_FRIDAY,
  BANDCAMP_FRIDAY_ROWS,
  COUNTRIES,
  DISCOUNTED,
  HOURS,
  ITEMS_PER_CHECKOUT,
  MILLION,
  WEEKDAYS,
  YEAR,
} from './figures.ts';
import { inequality, measure, rhythm, tagCounts } from './measure.ts';
import { tagFrequencies } from './scenes.ts';
import { createWorld, type World, type WorldOptions } from './world.ts';

export interface CheckRow {
  figure: string;
  published: number;
  /** Null where this world's window cannot tell. */
  simulated: number | null;
  /** Simulated ÷ published − 1. */
  difference: number | null;
  source: string;
  /** Why it differs by more than a tenth, or cannot be told. */
  why?: string;
}

/** The world and the days of the published million: a million sales, to be compared in every figure. */
const millionWorld: WorldOptions = {
  seed: 1,
  salesADay: 40_300,
  artists: 1_200_000,
  start: parseInstant(MILLION.from),
  days: 28,
};
const millionDays = (parseInstant(MILLION.until) - parseInstant(MILLION.from)) / DAY;

/**
 * A year in which artists sell as many items as in 2021, at a fiftieth of the size: for what only a year can
 * tell.
 */
const yearWorld: WorldOptions = {
  seed: 1,
  salesADay: 1_000,
  artists: 40_000,
  start: parseInstant('2021-01-01'),
  days: 365,
};
const yearDays = 365;

const M = 'million sales of 2020';
const Y = 'all sales of 2021';
const MAP = 'map of tags';
/** Difference that is still the same. */
const TOLERANCE = 0.1;
const TAGS_COMPARED = 14;

/**
 * Compares a world's first days with the published figures. What needs a million sales, a year's inequality
 * or a Bandcamp Friday is only told where the window has it.
 */
export function checkWorld(world: World, days: number, onShare?: (share: number) => void): CheckRow[] {
  const from = world.options.start;
  const until = from + days * DAY;
  const measured = measure(world, from, until, onShare);
  const { rows, counts, prices, income, urls } = measured;
  const list: CheckRow[] = [];
  const put = (figure: string, published: number, simulated: number | null, source: string, why?: string) => {
    const difference = simulated === null ? null : simulated / published - 1;
    const differs = difference === null || Math.abs(difference) > TOLERANCE;
    list.push({ figure, published, simulated, difference, source, ...(differs && why && { why }) });
  };
  const of = (key: string) => counts.get(key) ?? 0;
  const share = (figure: string, published: number, key: string, why?: string) =>
    put(figure, published / MILLION.rows, of(key) / rows, M, why);
  const rare = 'too few in this many sales to be told';

  share('albums', MILLION.album, 'type a');
  share('tracks', MILLION.track, 'type t');
  share('physical items', MILLION.physical, 'type p');
  share('discographies', MILLION.discography, 'type b');
  share('merch with a page of its own', MILLION.merchPage, 'merch');
  for (const [medium, published] of Object.entries(MILLION.media))
    share(`medium: ${medium}`, published, `medium ${medium}`);
  for (const [size, published] of Object.entries(MILLION.discographyOf))
    put(
      `discographies of ${size} releases`,
      published / MILLION.discography,
      of(`discography ${size}`) / of('type b'),
      M,
      'a discography keeps its size, and a few sellers make most of these sales',
    );
  share('in US dollars', MILLION.usdRows, 'currency USD');
  put(
    'currencies',
    MILLION.distinctCurrencies,
    [...counts.keys()].filter(key => key.startsWith('currency ')).length,
    M,
  );
  put('mean paid (USD)', MILLION.meanPaidUsd, of('usd') / rows, M);
  const mean = prices.reduce((sum, one) => sum + one, 0) / rows;
  const variance = prices.reduce((sum, one) => sum + (one - mean) ** 2, 0) / rows;
  const quantile = (part: number) => prices[Math.floor(part * rows)] ?? 0;
  put('mean price (USD)', MILLION.priceUsd.mean, mean, M);
  put('standard deviation of the price', MILLION.priceUsd.std, Math.sqrt(variance), M);
  put('quartile of the price', MILLION.priceUsd.p25, quantile(0.25), M);
  put('median of the price', MILLION.priceUsd.p50, quantile(0.5), M);
  put('upper quartile of the price', MILLION.priceUsd.p75, quantile(0.75), M);
  put(
    'highest price',
    MILLION.priceUsd.max,
    prices.at(-1) ?? 0,
    M,
    'the highest of a million depends on one sale',
  );
  share('shown as overpaid', MILLION.overpaidShown, 'over');
  put('paid less than the price', DISCOUNTED, of('discounted') / rows, M);
  share('with further tracks folded in', MILLION.addlRows, 'addl');
  put(
    'further tracks in each of these',
    MILLION.addlUnits / MILLION.addlRows,
    of('addl units') / of('addl'),
    M,
  );
  share('with a package image', MILLION.withPackageImage, 'image');
  share('with an album title', MILLION.withAlbumTitle, 'album title');
  share('with the slug of an album', MILLION.withTrackAlbumSlug, 'album slug', rare);
  share(
    'by "Various Artists"',
    MILLION.variousArtists,
    'various',
    'made by whichever labels are large in this world',
  );
  share('without an artist', MILLION.emptyArtists, 'no artist', rare);
  share('without a title', MILLION.emptyTitles, 'no title', rare);
  put('items in a checkout', ITEMS_PER_CHECKOUT, rows / measured.checkouts, 'feed of 2026-10-07');

  for (const { code, name, rows: published } of COUNTRIES.slice(0, 15))
    share(`buyers: ${name}`, published, `country ${code}`);
  for (const { code, name, rows: sold, revenueUsd } of COUNTRIES)
    if (revenueUsd)
      put(
        `mean paid: ${name} (USD)`,
        revenueUsd / sold,
        of(`revenue ${code}`) / of(`country ${code}`),
        M,
        'follows from what kinds of items the country buys; ' +
          'that it buys dearer or cheaper ones is not simulated',
      );
  const million = rows > 0.9 * MILLION.rows && rows < 1.1 * MILLION.rows ? 1 : null;
  const small = million ? undefined : 'told by a window of a million sales';
  const countries = [...counts.keys()].filter(key => key.startsWith('country ')).length;
  put('countries', MILLION.distinctCountries, million && countries, M, small);
  put('artists in a million sales', MILLION.distinctArtists, million && income.size, M, small);
  put('pages in a million sales', MILLION.distinctPages, million && urls.size, M, small);

  const { hours, weekdays } = rhythm(measured, from, until);
  for (const [hour, one] of hours.entries())
    put(`${hour}:00 UTC, over the mean`, HOURS[hour] ?? 1, one, `${M}, chart`);
  const names = ['Sundays', 'Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays'];
  const short = 'the window has no ordinary one';
  for (const [day, one] of weekdays.entries())
    put(
      `${names[day]}, over the mean`,
      WEEKDAYS[day] ?? 1,
      Number.isFinite(one) ? one : null,
      `${M}, chart`,
      short,
    );
  let expected = 0;
  for (let at = floorTo(from, HOUR); at < until; at += HOUR)
    if (isBandcampFriday(at))
      expected +=
        (world.options.salesADay / 24) *
        (HOURS[(at / HOUR) % 24] ?? 1) *
        (WEEKDAYS[(Math.floor(at / DAY) + 4) % 7] ?? 1);
  put(
    'Bandcamp Friday, times ordinary',
    BANDCAMP_FRIDAY,
    expected ? of('friday') / expected : null,
    M,
    'none in the window',
  );
  if (from === millionWorld.start && days === millionDays)
    put(
      'sales of 2020-10-02 until 14:00Z',
      BANDCAMP_FRIDAY_ROWS,
      measured.days.get(Math.floor(until / DAY)) ?? 0,
      M,
    );

  const perArtist = rows / income.size;
  const yearly = perArtist > 0.6 * YEAR.salesPerArtist && perArtist < 1.8 * YEAR.salesPerArtist;
  const mostly = Math.round(YEAR.salesPerArtist);
  const other = `told where an artist sells some ${mostly} items, here ${perArtist.toFixed(1)}`;
  const { gini, top } = inequality(income);
  put('Gini coefficient of artists’ income', YEAR.gini, yearly ? gini : null, Y, other);
  put('income of the top 2% of artists', YEAR.top2, yearly ? top(0.02) : null, Y, other);
  put('income of the top 5% of artists', YEAR.top5, yearly ? top(0.05) : null, Y, other);

  const tags = tagCounts(world, measured.sample, until);
  const first = tagFrequencies[0];
  for (const { tag, count } of tagFrequencies.slice(1, 1 + TAGS_COMPARED))
    put(
      `tag ${tag}, for each ${first?.tag}`,
      count / (first?.count ?? 1),
      (tags.get(tagKey(tag)) ?? 0) / (tags.get(tagKey(first?.tag ?? '')) ?? 1),
      MAP,
      'a few artists make much of a tag’s sales; the map counts pages',
    );
  return list;
}

/** Share of the time that the year takes. */
const OF_THE_YEAR = 0.5;

/**
 * Every published figure, by the published million and, where that cannot tell, by a year; takes half a
 * minute.
 */
export function checkPublished(onShare: (share: number) => void = () => {}): CheckRow[] {
  const year = checkWorld(createWorld(yearWorld), yearDays, share => onShare(OF_THE_YEAR * share));
  const million = checkWorld(createWorld(millionWorld), millionDays, share =>
    onShare(OF_THE_YEAR + (1 - OF_THE_YEAR) * share),
  );
  return million.map(row =>
    row.simulated === null ? (year.find(({ figure }) => figure === row.figure) ?? row) : row,
  );
}

const number = (value: number | null): string =>
  value === null
    ? '–'
    : Math.abs(value) >= 1000
      ? Math.round(value).toLocaleString('en')
      : value.toPrecision(3);

/** The rows as a table for a terminal: what is more than a tenth off is marked and says why. */
export function checkTable(rows: readonly CheckRow[]): string {
  const cells = rows.map(({ figure, published, simulated, difference, source, why }) => [
    figure,
    number(published),
    number(simulated),
    difference === null ? '–' : `${difference < 0 ? '−' : '+'}${Math.abs(100 * difference).toFixed(1)}%`,
    source,
    why ?? (difference !== null && Math.abs(difference) > TOLERANCE ? 'UNEXPLAINED' : ''),
  ]);
  const lines = [['figure', 'published', 'simulated', 'difference', 'source', ''], ...cells];
  const widths = [0, 1, 2, 3, 4].map(column => Math.max(...lines.map(line => (line[column] ?? '').length)));
  return lines
    .map(line =>
      line
        .map((cell, column) =>
          column > 0 && column < 4 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
