/** The sentences of an edition: who rises, from what to what, since when; and lists of names. */
import type { Concentration, Reason, Row } from '../core/answer.ts';
import { countOf, formatCount, formatRatio } from '../core/numbers.ts';
import { concentrationInWords } from '../core/reason.ts';
import { atStart } from '../core/text.ts';
import { formatDayOfYear } from '../core/time/dates.ts';
import { type Instant, parseInstant } from '../core/time/instant.ts';
import { hasReason, type Story } from '../questions/lib/news.ts';

/** 1 → `1st`, 12 → `12th`. */
export function ordinal(rank: number): string {
  const teens = rank % 100 >= 11 && rank % 100 <= 13;
  const ending = teens ? 'th' : (['th', 'st', 'nd', 'rd'][rank % 10] ?? 'th');
  return `${rank}${ending}`;
}

/** Sales a day: 0.4 · 61. */
export const rateText = (rate: number): string =>
  formatCount(rate >= 10 ? Math.round(rate) : Number(rate.toFixed(1)));

/** Why a row is called, where it says so. */
export const reasonOf = ({ reason }: Row): Reason | null =>
  typeof reason === 'object' && reason !== null && 'since' in reason ? (reason as Reason) : null;

const concentrationOf = ({ reason }: Row): Concentration | null =>
  typeof reason === 'object' && reason !== null && 'concentrated' in reason
    ? (reason as Concentration)
    : null;

interface When {
  now: Instant;
  zone: string;
}

/** `since 21 Nov`; '' where the day is not known. */
export const sinceText = ({ since }: Pick<Reason, 'since'>, { now, zone }: When): string =>
  since === null ? '' : `since ${formatDayOfYear(parseInstant(since), now, zone)}`;

/** `from 0.4 to 61 sales a day since 21 Nov, in 38 countries`; '' of what has no reason. */
export function riseWords(row: Row, when: When): string {
  const reason = reasonOf(row);
  if (!reason) return '';
  const { from, to, countries } = reason;
  const where = `in ${countOf(countries, 'country', 'countries')}`;
  if (!hasReason(row) || from === null || to === null) return where;
  return `from ${rateText(from)} to ${rateText(to)} sales a day ${sinceText(reason, when)}, ${where}`;
}

/** Whom a story is about, where a sentence begins: artists are written as they write themselves. */
export const storySubject = ({ subject, name }: Story): string =>
  subject === 'genre' ? atStart(name) : name;

/** `UK garage is trending`; `who` where it does not begin a sentence. */
export function storyTitle(story: Story, who = storySubject(story)): string {
  const { rule, list, mark, rank } = story;
  const doing = list === 'emerging' ? 'emerging' : 'trending';
  if (rule === 'mover') {
    if (mark?.kind !== 'up') return `${who} is rising faster`;
    const others = `${doing} ${list === 'genres' ? 'genres' : 'artists'}`;
    return rank === 1
      ? `${who} now leads the ${others}`
      : `${who} climbs to ${ordinal(rank)} among ${others}`;
  }
  if (rule === 'standing' && mark !== null)
    return list === 'emerging' && mark.kind !== 'down' ? `${who} keeps rising` : `${who} is still ${doing}`;
  return `${who} is ${doing}`;
}

/** Characters of what sales are concentrated in, where there is little room: its first part. */
const SHORT = 44;

/**
 * What stands below a story's title; `who` where nothing above it is about the same.
 * @param short where there is little room: in what its sales are concentrated in fewer words
 */
export function storyText({ list, row }: Story, when: When, who = '', short = false): string {
  const least = formatRatio(Number(row.liftLow));
  const narrow = concentrationOf(row);
  const concentrated = narrow?.concentrated
    ? ` ${atStart(concentrationInWords(narrow, short ? SHORT : undefined))}.`
    : '';
  const sells = who ? `${who} sells at` : 'Selling at';
  switch (list) {
    case 'emerging': {
      const rise = riseWords(row, when);
      const went = who ? `${who} went ${rise}: at` : `${atStart(rise)}: at`;
      return `${rise ? went : sells} least ${least} the expected sales.${concentrated}`;
    }
    case 'artists':
      return (
        `${sells} least ${least} what earlier weeks predict, ` +
        `in ${countOf(Number(row.countries ?? 0), 'country', 'countries')}.${concentrated}`
      );
    case 'genres':
      return (
        `${who || 'It'} sells at least ${least} its expected amount` +
        `${row.artists ? `, across ${countOf(Number(row.artists), 'artist')}` : ''}.${concentrated}`
      );
  }
}

/** `a, b and 3 more`: `most` names at most. */
export function listed(names: readonly string[], most: number): string {
  if (names.length === 0) return 'None.';
  const shown = names.slice(0, most);
  const more = names.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
