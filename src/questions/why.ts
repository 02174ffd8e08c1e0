/** Why a genre or an artist is, or is not, called rising: observed, expected, how sure, and who makes it. */

import type { Column, Row } from '../core/answer.ts';
import { withAlt } from '../core/chart-alt.ts';
import type { LinesSpec } from '../core/chart-spec.ts';
import { countOf, formatCount, formatPercent, formatRatio, round } from '../core/numbers.ts';
import { formatMinutes } from '../core/time/dates.ts';
import { toIso } from '../core/time/instant.ts';
import type { Window } from '../core/time/window.ts';
import type { NotCalled } from '../core/verdict.ts';
import type { Reader } from '../db/connect.ts';
import { artistCounts, readBreadths } from '../db/read/artist-trends.ts';
import { findArtists, findTags, type Named } from '../db/read/name-search.ts';
import { nameArtists } from '../db/read/rankings.ts';
import { type Contributor, contributorsOf, dailyCounts } from '../db/read/trends.ts';
import { attempt } from '../db/within-time-limit.ts';
import { AS_IF_BROAD, LEAST } from '../stats/emergence.ts';
import { sum } from '../stats/expected.ts';
import { rankRisingArtists } from '../stats/rising-artists.ts';
import { FALSE_DISCOVERY_RATE, LEAST_EXPECTED } from '../stats/trend.ts';
import { type AnswerBody, defineQuestion, type Frame, isComparable, type Values } from './lib/definition.ts';
import { aboutOf } from './lib/listed.ts';
import {
  choiceParameter,
  limitParameter,
  nameParameter,
  untilParameter,
  windowParameter,
  zoneParameter,
} from './lib/parameters.ts';
import { notFound, shortName } from './lib/resolve-name.ts';
import { comparedIn, stretchesOf, thinness } from './lib/trend-windows.ts';
import { loadTags, rankTags } from './trending-genres.ts';

const parameters = {
  subject: nameParameter('A genre, style or artist', 'ambient'),
  by: choiceParameter('Whose sales to list', ['seller', 'country']),
  window: windowParameter('7d'),
  limit: limitParameter(10, 100),
  until: untilParameter,
  zone: zoneParameter,
};
type Asked = Values<typeof parameters>;

/** What the statistics say of the subject; null where they were not asked. */
interface Judgement {
  /** Counted in the window, and what was expected of that. */
  observed: number;
  expected: number;
  lift: number;
  low: number;
  high: number;
  q: number;
  trending: boolean;
  notCalledBecause: NotCalled | null;
}

interface Loaded {
  kind: 'genre' | 'artist';
  name: string;
  /** An artist's. */
  url: string | null | undefined;
  judgement: Judgement | null;
  /** Why it was not asked of the statistics although the weeks before are there; null where it was. */
  unjudged: 'late' | 'no days' | null;
  /** Sales in the window, and those of them that count. */
  sales: number;
  counted: number;
  contributors: Contributor[];
  days: { day: Window; sales: number }[];
  /** Other things of about that name. */
  others: string[];
}

export const why = defineQuestion<typeof parameters, Loaded>({
  name: 'why',
  title: 'Why',
  summary: 'Why a genre or artist is called trending, or is not.',
  parameters,
  phrases: [
    'why is <subject> trending',
    'why is <subject> rising',
    'why is <subject> hot',
    'why is <subject> growing',
    'why is <subject> emerging',
    'why is',
    'why does <subject> sell',
    'explain',
  ],
  load,
  answer,
});

async function subjectOf(
  db: Reader,
  name: string,
  until: number,
): Promise<{ kind: 'genre' | 'artist'; isDescriptor: boolean; best: Named; others: Named[] }> {
  const tags = await findTags(db, name, until);
  const [tag] = tags;
  // A genre of exactly that name is what is meant more often than a band of it.
  const artists = tag?.likeness === 1 ? [] : await findArtists(db, name, until);
  const [artist] = artists;
  const likely = [...tags, ...artists].sort((a, b) => b.likeness - a.likeness);
  const best = tag && tag.likeness >= (artist?.likeness ?? 0) ? tag : artist;
  if (!best || best.likeness < 0.4) throw notFound(`Nothing is called "${shortName(name)}".`, likely);
  return {
    kind: best === tag ? 'genre' : 'artist',
    isDescriptor: best === tag && tag.isDescriptor,
    best,
    others: likely.filter(one => one !== best && one.likeness >= 0.6),
  };
}

async function load({ db }: { db: Reader }, { subject, by, limit }: Asked, frame: Frame): Promise<Loaded> {
  const { window } = frame;
  const { kind, isDescriptor, best, others } = await subjectOf(db, subject, window.until);
  const compared = comparedIn(frame);
  const { before, within } = stretchesOf(frame);
  const days = [...before, ...within];
  const of = kind === 'genre' ? ({ tagId: best.id } as const) : ({ artistId: best.id } as const);
  const daily = await dailyCounts(db, of, days);
  const contributors = await contributorsOf(
    db,
    of,
    kind === 'genre' && by === 'seller' ? 'artist' : by === 'seller' ? 'item' : 'country',
    compared,
    limit,
  );
  // Among its like: no list of genres has it.
  const level = isDescriptor ? 'descriptor' : 'all';
  const verdictOf = kind === 'genre' ? genreVerdict : artistVerdict;
  const noDays = isComparable(frame) && kind === 'artist' && compared.slices.length < LEAST.days;
  const judged =
    isComparable(frame) && !noDays
      ? await attempt(db, async sql => ({ judgement: await verdictOf(sql, best.id, frame, level) }))
      : { judgement: null };
  const present = daily.slice(before.length);
  return {
    kind,
    name: best.name,
    url: kind === 'artist' ? (await nameArtists(db, [best.id])).get(best.id)?.url : null,
    judgement: judged?.judgement ?? null,
    unjudged: noDays ? 'no days' : judged === null ? 'late' : null,
    sales: sum(present.map(({ sales }) => sales)),
    counted: sum(present.map(({ counted }) => counted)),
    contributors,
    days: days.map((day, n) => ({ day, sales: daily[n]?.sales ?? 0 })),
    others: best.likeness < 1 ? [...new Set(others.slice(0, 3).map(({ name }) => name))] : [],
  };
}

async function genreVerdict(db: Reader, id: number, frame: Frame, level: string): Promise<Judgement | null> {
  const { tags, totals } = await loadTags(db, frame, { level });
  if (totals.baseline === 0) return null;
  const found = (await rankTags(db, tags, totals, frame, { limit: 10 })).find(({ key }) => key === id);
  if (!found) return null;
  const expected = found.observed > 0 ? (found.counted * found.expected) / found.observed : found.expected;
  return { ...found, observed: found.counted, expected };
}

async function artistVerdict(db: Reader, id: number, frame: Frame): Promise<Judgement | null> {
  const { artists, totals } = await artistCounts(db, comparedIn(frame), {
    by: 'baseline',
    leastExpected: LEAST_EXPECTED,
  });
  const breadths = await readBreadths(db, [id], frame.window);
  const found = rankRisingArtists(
    artists.map(artist => ({ ...artist, ...AS_IF_BROAD, ...breadths.get(artist.key) })),
    totals,
  ).find(({ key }) => key === id);
  const checkouts = artists.find(({ key }) => key === id)?.checkouts ?? 0;
  return found ? { ...found, observed: checkouts } : null;
}

function answer({ by, subject, limit }: Asked, loaded: Loaded, frame: Frame): AnswerBody {
  const { kind, name, judgement, contributors, days, others } = loaded;
  const who = by === 'country' ? 'country' : kind === 'genre' ? 'artist' : 'item';
  const what = { country: 'Country', artist: 'Artist', item: 'Release' }[who];
  const columns: Column[] = [
    { key: 'name', label: what, kind: by === 'country' ? 'country' : 'link', subject: who },
    { key: 'sales', label: kind === 'genre' ? 'Counted now' : 'Sales now', kind: 'count' },
    { key: 'before', label: 'Usual', kind: 'count' },
    { key: 'share', label: 'Of all now', kind: 'percent' },
    { key: 'excess', label: 'More than usual', kind: 'count' },
  ];
  const all = Math.max(1, kind === 'genre' ? loaded.counted : loaded.sales);
  const rows: Row[] = contributors.slice(0, limit).map(one => ({
    name: one.name,
    ...(one.url !== undefined && { nameUrl: one.url, nameId: one.id ?? null }),
    sales: one.counted,
    before: round(one.baseline / frame.baseline.length, 1),
    share: round(one.counted / all, 3),
    excess: round(one.counted - one.baseline / frame.baseline.length, 1),
  }));
  const title = `Why ${name}?`;
  return {
    title,
    headline: headlineOf(loaded, frame),
    ...aboutOf(name, loaded.url),
    columns,
    rows,
    ...(loaded.sales > 0 && { chart: chartOf(name, days, frame) }),
    notes: [
      ...(name.toLowerCase() === subject.trim().toLowerCase() ? [] : [`Understood as the ${kind} ${name}.`]),
      ...notesOf(loaded, frame),
      ...(judgement ? [] : isComparable(frame) ? [] : [thinness(frame)]),
    ],
    followUps: [
      by === 'country'
        ? { label: kind === 'genre' ? 'By artist' : 'By release', change: { by: 'seller' } }
        : { label: 'By country', change: { by: 'country' } },
      ...(loaded.unjudged === 'no days' ? [{ label: 'Over a week', change: { window: undefined } }] : []),
      { label: `About ${name}`, question: kind, change: { [kind]: name } },
      ...others.map(other => ({ label: `Did you mean ${other}?`, change: { subject: other } })),
    ],
  };
}

function headlineOf({ kind, name, judgement, unjudged, sales }: Loaded, frame: Frame): string {
  if (sales === 0) return `${name} sold nothing in this window.`;
  if (unjudged === 'no days')
    return (
      `${name}: ${countOf(sales, 'sale')} in this window. An artist is judged by whole days, ` +
      `${LEAST.days} or more, such as 7d: less can be a release, not a rise.`
    );
  if (unjudged === 'late')
    return (
      `${name}: ${countOf(sales, 'sale')} in this window. Whether that is a trend could not be told ` +
      'in time: ask for a shorter window.'
    );
  if (!judgement)
    return isComparable(frame)
      ? `${name} sells too little to be compared: ${countOf(sales, 'sale')} in this window.`
      : `${name} cannot be compared yet: the weeks before were not read.`;
  const { observed, expected, lift, low, high, trending, notCalledBecause } = judgement;
  const numbers =
    `${countOf(observed, kind === 'genre' ? 'counted sale' : 'checkout')} where ` +
    `${formatCount(round(expected, 1))} were expected`;
  const interval = `${formatRatio(lift)}, surely between ${formatRatio(low)} and ${formatRatio(high)}`;
  if (trending) return `${name} is trending: ${numbers} (${interval}).`;
  return (
    `${name} is not called trending: ${numbers} ` +
    `(${interval})${notCalledBecause ? `; ${REASONS[notCalledBecause]}` : ''}.`
  );
}

const REASONS: Record<NotCalled, string> = {
  uncertain: 'that can still be chance',
  'one-artist': 'without its best artist little is left of it',
  'one-seller': 'without its best seller little is left of it',
  'one-day': 'without its best day little is left of it',
  rush: 'without its two best days little is left of it',
  'few-buyers': 'few countries, days or buyers make it',
};

function notesOf({ kind, judgement, sales, counted }: Loaded, frame: Frame): string[] {
  const weeks = comparedIn(frame)
    .baseline.map(({ from, until }) => formatMinutes(from, until, frame.zone))
    .join('; ');
  return [
    ...(isComparable(frame) ? [`Compared with: ${weeks}.`] : []),
    ...(kind === 'genre' && sales > counted
      ? [
          `Of ${countOf(sales, 'sale')} ${formatCount(counted)} count: three of an artist a day, and no ` +
            `quick repeats (${formatPercent((sales - counted) / sales)} left out).`,
        ]
      : []),
    ...(judgement
      ? [
          'Of calls this sure, ' +
            `${judgement.q < 0.001 ? 'fewer than 0.1%' : formatPercent(Math.min(1, judgement.q))} would be ` +
            `false by chance; "trending" needs ${formatPercent(FALSE_DISCOVERY_RATE)} or less. Recent days ` +
            'weigh more in the lift.',
        ]
      : []),
  ];
}

function chartOf(name: string, days: Loaded['days'], { window, zone }: Frame): LinesSpec {
  // A single point has no width.
  const shaded = days.filter(({ day }) => day.from >= window.from).length > 1;
  return withAlt<LinesSpec>(
    {
      kind: 'lines',
      zone,
      title: `${name}, day by day`,
      unit: 'sales each day',
      format: 'count',
      caption: `All sales each 24 hours${shaded ? '; the window is shaded' : ''}`,
      series: [{ label: 'sales', points: days.map(({ day, sales }) => ({ x: toIso(day.from), y: sales })) }],
      ...(shaded && { bands: [{ from: toIso(window.from), until: toIso(window.until), label: 'window' }] }),
    },
    'days',
  );
}
