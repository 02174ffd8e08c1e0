/** Why a genre or an artist is, or is not, called rising: observed, expected, how sure, and who makes it. */

import type { Column, Row } from '../core/answer.ts';
import { round } from '../core/numbers.ts';
import { countryInText } from '../core/places/country.ts';
import { areFew, isNarrow, ofOne, told } from '../core/small-cells.ts';
import type { Reader } from '../db/connect.ts';
import { artistCounts, readBreadths } from '../db/read/artist-trends.ts';
import { contributorsOf, dailyCounts } from '../db/read/contributors.ts';
import type { Named } from '../db/read/name-likeness.ts';
import { findArtists, findTags } from '../db/read/name-search.ts';
import { nameArtists } from '../db/read/named-subjects.ts';
import { attempt } from '../db/within-time-limit.ts';
import { AS_IF_BROAD, LEAST } from '../stats/emergence.ts';
import { sum } from '../stats/expected.ts';
import { rankRisingArtists } from '../stats/rising-artists.ts';
import { LEAST_EXPECTED } from '../stats/trend.ts';
import { compareNotes } from './lib/baseline-change.ts';
import { concentrations } from './lib/concentration.ts';
import { type AnswerBody, defineQuestion, type Frame, isComparable, type Values } from './lib/definition.ts';
import { loadTags, rankTags } from './lib/judged-tags.ts';
import { aboutOf } from './lib/listed.ts';
import {
  choiceParameter,
  countryParameter,
  limitParameter,
  nameParameter,
  untilParameter,
  windowParameter,
  zoneParameter,
} from './lib/parameters.ts';
import { notFound, refuseHidden, shortName } from './lib/resolve-name.ts';
import {
  calledIn,
  comparedBySlices,
  stretchesOf,
  thinness,
  typicalIn,
  youngNotes,
} from './lib/trend-windows.ts';
import { chartOf, type Explained, headlineOf, type Judgement, notesOf } from './lib/why-words.ts';

const parameters = {
  subject: nameParameter('A genre, style or artist', 'ambient'),
  by: choiceParameter('Whose sales to list', ['seller', 'country']),
  window: windowParameter('7d'),
  country: countryParameter,
  limit: limitParameter(10, 100),
  until: untilParameter,
  zone: zoneParameter,
};
type Asked = Values<typeof parameters>;

const REASON_COLUMN: Column = { key: 'reason', label: 'Why', kind: 'concentration' };

export const why = defineQuestion<typeof parameters, Explained>({
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
    'is <subject> trending',
    'is <subject> rising',
    'is <subject> growing',
    'is <subject> hot',
    'why is',
    'why does <subject> sell',
    'explain',
  ],
  needsBaseline: true,
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
  if (tag?.likeness !== 1) await refuseHidden(db, 'artist', name);
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

async function load({ db }: { db: Reader }, asked: Asked, frame: Frame): Promise<Explained> {
  const { subject, by, limit, country } = asked;
  const { window } = frame;
  const { kind, isDescriptor, best, others } = await subjectOf(db, subject, window.until);
  const compared = comparedBySlices(frame, LEAST.days);
  const { before, within } = stretchesOf(frame);
  const days = [...before, ...within];
  const of = kind === 'genre' ? { tagId: best.id, country } : { artistId: best.id, country };
  const daily = await dailyCounts(db, of, days);
  const contributors = await contributorsOf(
    db,
    of,
    kind === 'genre' && by === 'seller' ? 'artist' : by === 'seller' ? 'item' : 'country',
    typicalIn(frame),
    limit,
  );
  // Among its like: no list of genres has it.
  const level = isDescriptor ? 'descriptor' : 'all';
  const unasked =
    kind === 'genre'
      ? null
      : country !== undefined
        ? 'country'
        : compared.slices.length < LEAST.days
          ? 'no days'
          : null;
  const judged =
    isComparable(frame) && unasked === null
      ? await attempt(db, async sql => ({
          judgement: await (kind === 'genre'
            ? genreVerdict(sql, best.id, frame, { level, country })
            : artistVerdict(sql, best.id, frame)),
        }))
      : { judgement: null };
  const sold = kind === 'genre' ? { tagIds: [best.id] } : { artistIds: [best.id] };
  const narrow = (await concentrations(db, sold, frame, { country })).get(best.id);
  const present = daily.slice(before.length);
  return {
    kind,
    name: best.name,
    where: country === undefined ? '' : ` in ${countryInText(country)}`,
    url: kind === 'artist' ? (await nameArtists(db, [best.id])).get(best.id)?.url : null,
    judgement: judged?.judgement ?? null,
    unjudged: judged === null ? 'late' : isComparable(frame) ? unasked : null,
    sales: sum(present.map(({ sales }) => sales)),
    counted: sum(present.map(({ counted }) => counted)),
    few: isNarrow({ window, country }) && areFew(present),
    narrow: narrow ?? null,
    contributors,
    days: days.map((day, n) => ({ day, sales: 0, ...daily[n] })),
    others: best.likeness < 1 ? [...new Set(others.slice(0, 3).map(({ name }) => name))] : [],
  };
}

async function genreVerdict(
  db: Reader,
  id: number,
  frame: Frame,
  { level, country }: { level: string; country: string | undefined },
): Promise<Judgement | null> {
  const { tags, totals } = await loadTags(db, frame, { level, country });
  if (totals.baseline === 0) return null;
  const found = (await rankTags(db, tags, totals, frame, { limit: 10, country })).find(
    ({ key }) => key === id,
  );
  if (!found) return null;
  const expected = found.observed > 0 ? (found.counted * found.expected) / found.observed : found.expected;
  return { ...found, observed: found.counted, expected };
}

async function artistVerdict(db: Reader, id: number, frame: Frame): Promise<Judgement | null> {
  const { artists, totals } = await artistCounts(db, comparedBySlices(frame, LEAST.days), {
    by: 'baseline',
    leastExpected: LEAST_EXPECTED,
  });
  const breadths = await readBreadths(db, [id], frame.window);
  const found = calledIn(
    frame,
    rankRisingArtists(
      artists.map(artist => ({ ...artist, ...AS_IF_BROAD, ...breadths.get(artist.key) })),
      totals,
    ),
  ).find(({ key }) => key === id);
  const checkouts = artists.find(({ key }) => key === id)?.checkouts ?? 0;
  return found ? { ...found, observed: checkouts } : null;
}

function answer({ by, subject, limit, country }: Asked, loaded: Explained, frame: Frame): AnswerBody {
  const { kind, name, where, judgement, contributors, days, others } = loaded;
  const who = by === 'country' ? 'country' : kind === 'genre' ? 'artist' : 'item';
  const what = { country: 'Country', artist: 'Artist', item: 'Release' }[who];
  const columns: Column[] = [
    { key: 'name', label: what, kind: by === 'country' ? 'country' : 'link', subject: who },
    { key: 'sales', label: kind === 'genre' ? 'Counted sales' : 'Sales', kind: 'count' },
    { key: 'before', label: 'Typical', kind: 'count' },
    { key: 'share', label: 'Share', kind: 'percent' },
    { key: 'excess', label: 'Above typical', kind: 'count' },
  ];
  const isOfOne = kind === 'artist' || who === 'artist';
  const all = Math.max(1, kind === 'genre' ? loaded.counted : loaded.sales);
  // Who sold neither now nor typically, but on a single day of the weeks before, explains nothing.
  const says = contributors.filter(one => one.few || one.fewBefore || one.counted > 0 || one.typical > 0);
  const rows: Row[] = says.slice(0, limit).map(one => ({
    name: one.name,
    ...(one.url !== undefined && { nameUrl: one.url, nameId: one.id ?? null }),
    ...told(one.few, { sales: one.counted }),
    ...told(one.fewBefore, { before: frame.comparable.length > 0 ? round(one.typical, 1) : null }),
    ...told(one.few, { share: round(one.counted / all, 3) }),
    ...told(one.few || one.fewBefore, { excess: round(one.counted - one.typical, 1) }),
  }));
  const isNarrowed = isNarrow({ window: frame.window, country });
  return {
    title: `Why ${name}${where}?`,
    headline: headlineOf(loaded, frame),
    ...aboutOf(name, loaded.url),
    columns: isOfOne ? ofOne(columns, by === 'country' || isNarrowed, ['before', 'excess']) : columns,
    rows,
    ...(loaded.narrow && { figures: { columns: [REASON_COLUMN], row: { reason: loaded.narrow } } }),
    ...(loaded.sales > 0 && { chart: chartOf(`${name}${where}`, days, frame) }),
    notes: [
      ...(name.toLowerCase() === subject.trim().toLowerCase() ? [] : [`Showing the ${kind} ${name}.`]),
      ...youngNotes(frame),
      ...notesOf(loaded, frame),
      ...compareNotes(frame, rows),
      ...(judgement ? [] : isComparable(frame) ? [] : [thinness(frame)]),
    ],
    followUps: [
      by === 'country'
        ? { label: kind === 'genre' ? 'By artist' : 'By release', change: { by: 'seller' } }
        : { label: 'By country', change: { by: 'country', country: undefined } },
      ...(country === undefined ? [] : [{ label: 'Worldwide', change: { country: undefined } }]),
      ...(loaded.unjudged === 'no days' ? [{ label: 'Over a week', change: { window: undefined } }] : []),
      { label: `About ${name}`, question: kind, change: { [kind]: name } },
      ...others.map(other => ({ label: `Did you mean ${other}?`, change: { subject: other } })),
    ],
  };
}
