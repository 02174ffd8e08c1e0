/** The cover's news: who is rising, its course, three more ledes, short lists, what changed. Pure. */

import type { Answer } from '../core/answer.ts';
import { countOf, formatChange, formatCount, formatPercent, formatRatio } from '../core/numbers.ts';
import { countryInText } from '../core/places/country.ts';
import { FEW, LEAST_CHECKOUTS } from '../core/small-cells.ts';
import { atStart, spelt } from '../core/text.ts';
import { formatDayOfYear } from '../core/time/dates.ts';
import { DAY, parseInstant } from '../core/time/instant.ts';
import { isCalled } from '../core/verdict.ts';
import { formatCell } from '../present/format.ts';
import { calledRows, idOf, newsOf, type Story, varied } from '../questions/lib/news.ts';
import { goneFrom, markText } from '../questions/lib/rank-marks.ts';
import type { Material } from './edition-material.ts';
import { PERIOD_WORDS, strongestTaste } from './edition-regions.ts';
import {
  earlierOf,
  isCompared,
  markCell,
  marksOf,
  numberCell,
  ratioCell,
  sparkCell,
  text,
} from './edition-rows.ts';
import type { Cell, Curve, Front, Lede, List } from './panels.ts';
import { listed, ordinal, reasonOf, storySubject, storyText, storyTitle } from './words.ts';

/** Places of an edition's sections. */
const SECTIONS = { emerging: 0, genres: 1, regions: 2, best: 3 } as const;

const LEDES = 3;
const LIST_ROWS = 6;
const NAMES = 4;
/** Below this share the cover says that not all was read. */
const FULL_COVERAGE = 0.99;

/** The cover's headline and what stands below it. */
export interface News {
  headline: string;
  front: Front;
}

/**
 * The cover of a day on which something is called: the leading story, what else there is, and the key
 * numbers.
 */
export function newsFront(material: Material): News {
  const { now, before, period } = material;
  const stories = varied(newsOf(before ? [now, before] : [now]), LEDES + 2);
  const [lead, second] = stories;
  const joined = second && second.subject !== (lead as Story).subject ? second : undefined;
  const when = { now: period.window.until, zone: period.zone };
  const sold = Number(now.overview?.rows[0]?.sales ?? 0);
  const others = stories.slice(joined ? 2 : 1).map(
    (story): Lede => ({
      title: storyTitle(story),
      text: storyText(story, when, '', true),
      section: story.subject === 'genre' ? SECTIONS.genres : SECTIONS.emerging,
    }),
  );
  const ledes = [...others.slice(0, LEDES - 1), ...tasteLede(material), ...others.slice(LEDES - 1)];
  const nearest = nearestWords(now.genres);
  const lede = lead
    ? [storyText(lead, when), ...(joined ? [storyText(joined, when, storySubject(joined))] : [])]
    : [nearest];
  return {
    headline: headlineOf(lead, joined, {
      sold,
      isCounted: now.overview !== undefined,
      coverage: now.overview?.coverage,
      compared: isCompared(now.genres),
    }),
    front: {
      lede: [...lede, coverageWords(material)].filter(Boolean).join(' '),
      ...curveOf(material, lead),
      ledes: [...ledes, ...bestLede(material)].slice(0, LEDES),
      lists: sold > 0 || stories.length > 0 ? frontLists(material) : [],
      changes: changesOf(material),
    },
  };
}

/** Never a total: who rises, that nothing does, that nothing was compared or that nothing was read. */
function headlineOf(
  lead: Story | undefined,
  joined: Story | undefined,
  told: { sold: number; isCounted: boolean; coverage: number | undefined; compared: boolean },
): string {
  const { sold, isCounted, coverage, compared } = told;
  if (lead) return joined ? `${storyTitle(lead)}, ${inside(joined)}` : storyTitle(lead);
  if (coverage === 0) return 'No sales were read in this time.';
  if (sold === 0 && isCounted) return 'Nothing was sold in what was read of this time.';
  return compared ? 'Nothing is clearly rising' : 'Too little was read to compare yet';
}

/** Inside a sentence a genre is written as Bandcamp writes it. */
const inside = (story: Story): string =>
  storyTitle(story, story.subject === 'genre' ? spelt(story.name) : story.name);

function nearestWords(genres: Answer | undefined): string {
  const row = genres?.rows.find(({ liftLow }) => Number(liftLow ?? 0) > 1);
  const column = genres?.columns.find(({ key }) => key === 'verdict');
  if (!genres || !row || !column) return '';
  return (
    `${atStart(String(row.genre))} comes closest: at least ${formatRatio(Number(row.liftLow))} its ` +
    `expected sales (${formatCell(column, row, genres)}).`
  );
}

function coverageWords({ now, period }: Material): string {
  const coverage = now.overview?.coverage ?? 1;
  if (coverage >= FULL_COVERAGE || coverage === 0) return '';
  const word = PERIOD_WORDS[period.name];
  return `Only ${formatPercent(coverage)} of this ${word} was read, so its counts are low.`;
}

function tasteLede(material: Material): Lede[] {
  const taste = strongestTaste(material);
  if (!taste) return [];
  return [
    {
      title: `${atStart(countryInText(taste.code))} turns to ${spelt(String(taste.row.name))}`,
      text: `It buys at least ${formatRatio(Number(taste.row.liftLow))} its share of the genre.`,
      section: SECTIONS.regions,
    },
  ];
}

function bestLede({ best }: Material): Lede[] {
  const answer = best.find(({ kind }) => kind === 'album')?.period;
  const [row] = answer?.rows ?? [];
  if (!answer || !row) return [];
  const units = answer.columns.find(({ key }) => key === 'units');
  const by = row.artist ? ` by ${row.artist}` : '';
  return [
    {
      title: `“${row.name}” sells best`,
      text: `The album${by} leads${units ? ` with ${formatCell(units, row, answer)} units` : ''}.`,
      section: SECTIONS.best,
    },
  ];
}

function curveOf(material: Material, lead: Story | undefined): { curve?: Curve } {
  const { courses, period, trendDays } = material;
  const own =
    lead && (lead.subject === 'genre' ? courses.genres.get(lead.name) : courses.artists.get(Number(lead.id)));
  const isSold = (value: number | null) => value !== null && value > 0;
  const values = own?.some(isSold) ? own : courses.sales;
  const told = values.filter(value => value !== null);
  if (!told.some(isSold)) return {};
  const name = own ? ` of ${lead?.name}` : '';
  const since = lead && reasonOf(lead.row)?.since;
  const at = since ? courses.days.findIndex(day => day.until > parseInstant(since)) : -1;
  const dayText = (instant: number) => formatDayOfYear(instant, period.window.until, period.zone);
  const days = courses.days.length;
  const span = days < 14 ? countOf(days, 'day') : `${Math.round(days / 7)} weeks`;
  // An artist's course has what may be told of a day, which is no number where few bought.
  const toldOf = (value: number): string =>
    own && lead.subject === 'artist' && value > 0 && value < LEAST_CHECKOUTS ? FEW : formatCount(value);
  const last = toldOf(told.at(-1) ?? 0);
  const lastRead = courses.days[values.findLastIndex(value => value !== null)];
  const isLast = lastRead === courses.days.at(-1);
  const lastDay = lastRead && !isLast ? dayText(lastRead.from) : '';
  return {
    curve: {
      title: `Sales${name} a day, ${span}`,
      days: values.map((value, n) => ({ day: dayText(courses.days[n]?.from ?? 0), value })),
      fridays: courses.fridays,
      ...(own && at > 0 && since && { rise: { at, text: dayText(parseInstant(since)) } }),
      called: Boolean(own),
      last,
      unit: lastDay ? `on ${lastDay}` : 'a day',
      alt:
        `Line chart of sales${name} each day over ${span}; ` +
        `${last} on ${lastDay || 'the last'}, at most ${toldOf(Math.max(...told))}` +
        `${told.length < values.length ? `; ${countOf(values.length - told.length, 'day')} not read` : ''}` +
        `${own ? `; the last ${trendDays} days are called a rise` : ''}.`,
    },
  };
}

const RANKED: List['columns'] = [
  { label: '', width: 9 },
  { label: '', width: 21 },
  { label: '', width: { share: 1 } },
  { label: '', width: 34, align: 'right' },
];

function frontLists(material: Material): Front['lists'] {
  const { now } = material;
  return [
    rankedList('Emerging', 'No artist is emerging.', 'emerging', material),
    rankedList('Trending genres', 'No genre is clearly trending.', 'genres', material),
    ...(now.overview && now.overview.rows.length > 0 ? [dayList(now.overview, material)] : []),
  ];
}

function rankedList(
  title: string,
  none: string,
  list: 'emerging' | 'genres',
  material: Material,
): Front['lists'][number] {
  const answer = material.now[list];
  const columns = material.before ? RANKED : RANKED.filter((_, at) => at !== 1);
  if (!answer) return { title, list: { columns, rows: [], least: 0 }, foot: 'Not counted in time.' };
  const marks = marksOf(answer, earlierOf(material, list));
  const called = calledRows(answer).slice(0, LIST_ROWS);
  const rows = called.map((row, at): Cell[] => [
    numberCell(at),
    ...(material.before ? [markCell(marks[answer.rows.indexOf(row)] ?? null)] : []),
    text(String(list === 'genres' ? row.genre : row.artist)),
    ratioCell(row.liftLow, { bold: true }),
  ]);
  const nearly = list === 'genres' ? nearlyWords(answer) : '';
  const empty = isCompared(material.now.genres) ? none : 'Too little was read to compare yet.';
  const foot = [rows.length === 0 ? empty : '', nearly].filter(Boolean).join(' ');
  return { title, list: { columns, rows, least: 0, headless: true, narrow: true }, ...(foot && { foot }) };
}

/** `Nearly: slowcore (concentrated: one artist).` */
function nearlyWords(genres: Answer): string {
  const row = genres.rows.find(row => !isCalled(row.verdict) && Number(row.liftLow ?? 0) > 1);
  const column = genres.columns.find(({ key }) => key === 'verdict');
  return row && column ? `Nearly: ${row.genre} (${formatCell(column, row, genres)}).` : '';
}

const LISTS_OF: Record<string, { change?: string; course?: 'sales' | 'revenue'; whole?: true }> = {
  sales: { change: 'salesChange', course: 'sales' },
  revenueUsd: { change: 'revenueChange', course: 'revenue', whole: true },
  averageUsd: {},
  checkouts: {},
  countries: {},
  overpaid: {},
};

/** `+6%` · `−4%` */
const signed = (change: number): string => formatChange(change).replace('-', '−');

/** Where a column's label is too long for a third of a page. */
const LABELS: Record<string, string> = { overpaid: 'Above price' };

function dayList(overview: Answer, material: Material): Front['lists'][number] {
  const { courses, trendDays, period } = material;
  const row = overview.rows[0] ?? {};
  const rows = Object.entries(LISTS_OF).flatMap(([key, { change, course, whole }]): Cell[][] => {
    const column = overview.columns.find(each => each.key === key);
    if (!column || typeof row[key] !== 'number') return [];
    const changed = change === undefined ? null : row[change];
    const value = formatCell(column, row, overview);
    return [
      [
        text(LABELS[key] ?? column.label),
        course ? sparkCell(courses[course], courses, { called: false, days: trendDays }) : null,
        // From a hundred dollars on without cents.
        text(whole ? value.replace(/(\d{3})\.\d\d$/, '$1') : value, { bold: true }),
        typeof changed === 'number' ? text(signed(changed), { tone: 'soft' }) : null,
      ],
    ];
  });
  const word = PERIOD_WORDS[period.name];
  return {
    title: `The ${word}`,
    list: {
      columns: [
        { label: '', width: { share: 1 } },
        { label: '', width: 30 },
        { label: '', width: 46, align: 'right' },
        { label: '', width: 26, align: 'right' },
      ],
      rows,
      least: 0,
      headless: true,
      narrow: true,
    },
    foot: `Against a typical ${word}; Bandcamp Fridays set apart.`,
  };
}

/** New, up and gone among those that are called. */
function changesOf(material: Material): Front['changes'] {
  if (!material.before) return [];
  const each = (['emerging', 'genres'] as const).map(list => {
    const [now, before] = [material.now[list], material.before?.[list]];
    if (!now || !before) return { fresh: [], up: [], gone: [] };
    const nameOf = (row: Answer['rows'][number]) => String(list === 'genres' ? row.genre : row.artist);
    const marks = marksOf(now, before);
    const called = calledRows(now);
    const markOf = (row: Answer['rows'][number]) => marks[now.rows.indexOf(row)] ?? null;
    const earlier = calledRows(before);
    const names = new Map(earlier.map(row => [idOf(row), nameOf(row)]));
    return {
      fresh: called.filter(row => markOf(row)?.kind === 'new').map(nameOf),
      up: called
        .filter(row => markOf(row)?.kind === 'up')
        .map(row => `${nameOf(row)} ${markText(markOf(row))}`),
      gone: goneFrom(called.map(idOf), earlier.map(idOf)).map(
        ({ id, rank }) => `${names.get(id)} (was ${ordinal(rank)})`,
      ),
    };
  });
  const told = (key: 'fresh' | 'up' | 'gone'): string =>
    each.flatMap(one => (one[key].length > 0 ? [listed(one[key], NAMES)] : [])).join('; ') || 'None.';
  return [
    { title: 'New', text: told('fresh') },
    { title: 'Up', text: told('up') },
    { title: 'Gone', text: told('gone') },
  ];
}

/** `Trends over 21 – 27 November 2026, days in Europe/Berlin.` */
export function aboutWords({ period, trendDays }: Material): string {
  const from = period.window.until - trendDays * DAY;
  const first = formatDayOfYear(from + DAY / 2, period.window.until, period.zone);
  const last = formatDayOfYear(period.window.until - 1, period.window.until, period.zone);
  return `Trends over ${countOf(trendDays, 'day')}, ${first} – ${last}; days in ${period.zone}.`;
}
