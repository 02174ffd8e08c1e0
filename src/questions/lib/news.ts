/**
 * What of a day's answers is news, the most newsworthy first: what a report's front and a digest begin with.
 *
 * The rules, in their order:
 * 1. `newcomer`: an artist who emerges, whose reason is known, and who was not in the list before.
 * 2. `call`: a genre or a known artist that is called trending, and was not called before.
 * 3. `mover`: who climbed three places or more, or is sure to sell half as much again as before ("at least").
 * 4. `standing`: who was called before, and still is.
 * Within a rule the larger "at least" leads. An artist who emerges is told of as one who emerges, also where
 * known artists are listed. A total is never news. What led the day before and stands where it stood leads no
 * second day, as long as there is anything else to tell.
 */
import type { Answer, Reason, Row } from '../../core/answer.ts';
import { isCalled } from '../../core/verdict.ts';
import { type RankMark, rankMarks } from './rank-marks.ts';

/** What a day is told from; what could not be counted is left out. */
export interface DayOfNews {
  /** Of `emerging-artists`, `trending-artists` and `trending-genres`. */
  emerging?: Answer | undefined;
  artists?: Answer | undefined;
  genres?: Answer | undefined;
  /** Of `overview`: whether anything was sold at all. */
  overview?: Answer | undefined;
}

type NewsRule = 'newcomer' | 'call' | 'mover' | 'standing';

/** One thing to be told of a day: a row of a list that is called, and which list. */
export interface Story {
  rule: NewsRule;
  subject: 'artist' | 'genre';
  /** The list it stands in, whose row it is. */
  list: 'emerging' | 'artists' | 'genres';
  /** What tells it from all others, from day to day. */
  id: string;
  name: string;
  /** From 1, among those that are called. */
  rank: number;
  /** Null where there is no list before. */
  mark: RankMark | null;
  row: Row;
}

const ORDER: readonly NewsRule[] = ['newcomer', 'call', 'mover', 'standing'];
/** Places that are a climb. */
const LEAST_CLIMB = 3;
/** Times the "at least" of the day before. */
const LEAST_GROWTH = 1.5;

/** Those of a list that are called. */
export const calledRows = ({ rows }: Answer): Row[] => rows.filter(({ verdict }) => isCalled(verdict));

/** A genre's name, an artist's number. */
export const idOf = (row: Row): string =>
  row.artistId === undefined || row.artistId === null ? String(row.genre ?? row.artist) : `${row.artistId}`;

const LISTS = ['emerging', 'artists', 'genres'] as const;

/**
 * All stories of the first day, the most newsworthy first; [] where nothing is called.
 * @param days the day itself, the day before it, and as many before as are known: each decides what was
 *   told, and so what would be told twice
 */
export function newsOf(days: readonly DayOfNews[]): Story[] {
  const [day, ...earlier] = days;
  if (!day) return [];
  const [before] = earlier;
  const emerging = new Set(day.emerging && calledRows(day.emerging).map(idOf));
  const stories = LISTS.flatMap(list => storiesIn(list, day[list], before?.[list]))
    .filter(({ list, id }) => list !== 'artists' || !emerging.has(id))
    .sort((a, b) => ORDER.indexOf(a.rule) - ORDER.indexOf(b.rule) || atLeast(b.row) - atLeast(a.row));
  const told = earlier.length > 0 ? newsOf(earlier)[0] : undefined;
  const [first] = stories;
  const isOld = told !== undefined && first?.rule === 'standing' && isSame(first, told);
  return isOld ? [...stories.slice(1), first] : stories;
}

const isSame = (a: Story, b: Story): boolean => a.list === b.list && a.id === b.id && a.rank === b.rank;

/**
 * The first of these, at most `most`, so that no kind of subject takes all places where there is another:
 * what is new, then what only stands. The first stays the first.
 */
export function varied(stories: readonly Story[], most: number): Story[] {
  const left = [...stories];
  const chosen = left.splice(0, 1);
  while (chosen.length < most && left.length > 0) {
    const last = chosen.at(-1)?.subject;
    const news = left.filter(isNew);
    const next = news.length > 0 ? news : left;
    const other = next.find(({ subject }) => subject !== last) ?? (next[0] as Story);
    chosen.push(...left.splice(left.indexOf(other), 1));
  }
  return chosen;
}

/** Told for the first time, or moved. */
export const isNew = ({ rule }: Story): boolean => rule !== 'standing';

function storiesIn(list: Story['list'], now: Answer | undefined, before: Answer | undefined): Story[] {
  if (!now) return [];
  const rows = calledRows(now);
  const earlier = before && calledRows(before);
  const marks = rankMarks(rows.map(idOf), earlier?.map(idOf) ?? null);
  const levels = new Map((earlier ?? []).map(row => [idOf(row), atLeast(row)]));
  return rows.map((row, at) => {
    const [id, mark] = [idOf(row), marks[at] ?? null];
    return {
      rule: ruleOf(list, row, mark, levels.get(id)),
      subject: list === 'genres' ? 'genre' : 'artist',
      list,
      id,
      name: String(list === 'genres' ? row.genre : row.artist),
      rank: at + 1,
      mark,
      row,
    };
  });
}

function ruleOf(list: Story['list'], row: Row, mark: RankMark | null, earlier: number | undefined): NewsRule {
  if (mark?.kind === 'new') return list === 'emerging' && hasReason(row) ? 'newcomer' : 'call';
  const climbs = mark?.kind === 'up' && mark.by >= LEAST_CLIMB;
  const grows = earlier !== undefined && earlier > 0 && atLeast(row) >= LEAST_GROWTH * earlier;
  return climbs || grows ? 'mover' : 'standing';
}

const atLeast = ({ liftLow }: Row): number => Number(liftLow ?? 0);

/** A rise that began on a day that is known, and goes on. */
export function hasReason({ reason }: Row): boolean {
  if (typeof reason !== 'object' || reason === null || !('since' in reason)) return false;
  const { since, from, to } = reason as Reason;
  return since !== null && from !== null && to !== null && to > from;
}
