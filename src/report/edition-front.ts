/** The cover's news: who is rising, its course, three more ledes, short lists, what changed. Pure. */

import type { Answer, Row } from '../core/answer.ts';
import { countOf, formatCount, formatPercent, formatRatio } from '../core/numbers.ts';
import { countryInText } from '../core/places/country.ts';
import { FEW, LEAST_CHECKOUTS } from '../core/small-cells.ts';
import { atStart, spelt } from '../core/text.ts';
import { formatDatesOfYear, formatDayOfYear } from '../core/time/dates.ts';
import { DAY, parseInstant } from '../core/time/instant.ts';
import { formatCell } from '../present/format.ts';
import { calledRows, idOf, isNew, newsOf, type Story, varied } from '../questions/lib/news.ts';
import { goneFrom, markText } from '../questions/lib/rank-marks.ts';
import { frontLists } from './edition-lists.ts';
import type { Material } from './edition-material.ts';
import { PERIOD_WORDS } from './edition-regions.ts';
import { isCompared, marksOf, nearestCall } from './edition-rows.ts';
import type { Curve, Front, Lede } from './panels.ts';
import { newTaste, tastesOf } from './tastes.ts';
import { listed, ordinal, reasonOf, storySubject, storyText, storyTitle } from './words.ts';

/** Places of an edition's sections. */
const SECTIONS = { emerging: 0, genres: 1, regions: 2, best: 3 } as const;

const LEDES = 3;
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
  const { now, before, earlier, period } = material;
  const days = [now, ...(before ? [before] : []), ...(before && earlier ? [earlier] : [])];
  const stories = varied(newsOf(days), LEDES + 2);
  const [lead, second] = stories;
  const joined = lead && second && areOneHeadline(lead, second) ? second : undefined;
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
      when: `${period.name === 'day' ? 'on' : 'in'} this ${PERIOD_WORDS[period.name]}`,
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

/** An artist and a genre; what only stands is not told beside what is new. */
const areOneHeadline = (lead: Story, second: Story): boolean =>
  second.subject !== lead.subject && (isNew(second) || !isNew(lead));

/** Never a total: who rises, that nothing does, that nothing was compared or that nothing was read. */
function headlineOf(
  lead: Story | undefined,
  joined: Story | undefined,
  told: {
    sold: number;
    isCounted: boolean;
    coverage: number | undefined;
    compared: boolean;
    when: string;
  },
): string {
  const { sold, isCounted, coverage, compared, when } = told;
  if (lead) return joined ? `${storyTitle(lead)}, ${inside(joined)}` : storyTitle(lead);
  if (coverage === 0) return `No sales were read ${when}`;
  if (sold === 0 && isCounted) return `Nothing was sold in what was read ${when}`;
  return compared ? 'Nothing is clearly rising' : 'Too little was read to compare yet';
}

/** Inside a sentence a genre is written as Bandcamp writes it. */
const inside = (story: Story): string =>
  storyTitle(story, story.subject === 'genre' ? spelt(story.name) : story.name);

function nearestWords(genres: Answer | undefined): string {
  const nearest = genres && nearestCall(genres);
  if (!nearest) return '';
  const { name, least, why } = nearest;
  return `${atStart(name)} comes closest: at least ${least} its expected sales (${why}).`;
}

function coverageWords({ now, period }: Material): string {
  const coverage = now.overview?.coverage ?? 1;
  if (coverage >= FULL_COVERAGE || coverage === 0) return '';
  const word = PERIOD_WORDS[period.name];
  return `Only ${formatPercent(coverage)} of this ${word} was read, so its counts are low.`;
}

function tasteLede(material: Material): Lede[] {
  const taste = newTaste(tastesOf(material.inCountries, material.now.genres), material.tastesBefore);
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

/** Genres that stand in another one's row, and so are not gone. */
const alikeIn = ({ alike }: Row): string[] => (typeof alike === 'string' ? alike.split(', ') : []);

/** New, up and gone among those that are called. */
function changesOf(material: Material): Front['changes'] {
  if (!material.before) return [];
  const each = (['emerging', 'genres'] as const).map(list => {
    const [now, before] = [material.now[list], material.before?.[list]];
    if (!now || !before) return { fresh: [], up: [], gone: [] };
    const nameOf = ({ genre, artist }: Row) => (list === 'genres' ? spelt(String(genre)) : String(artist));
    const marks = marksOf(now, before);
    const called = calledRows(now);
    const markOf = (row: Row) => marks[now.rows.indexOf(row)] ?? null;
    const earlier = calledRows(before);
    const names = new Map(earlier.map(row => [idOf(row), nameOf(row)]));
    return {
      fresh: called.filter(row => markOf(row)?.kind === 'new').map(nameOf),
      up: called
        .filter(row => markOf(row)?.kind === 'up')
        .map(row => `${nameOf(row)} ${markText(markOf(row))}`),
      gone: goneFrom([...called.map(idOf), ...now.rows.flatMap(alikeIn)], earlier.map(idOf)).map(
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

/** `Trends over 7 days, 21–27 Nov; days in Europe/Berlin.` */
export function aboutWords({ period, trendDays }: Material): string {
  const from = period.window.until - trendDays * DAY;
  const { until } = period.window;
  const days = formatDatesOfYear(from + DAY / 2, until - 1, until, period.zone);
  return `Trends over ${countOf(trendDays, 'day')}, ${days}; days in ${period.zone}.`;
}
