/** Why an artist is called emerging, in words: whole at the end of a sentence, in fewer words in a cell. */
import type { Reason } from './answer.ts';
import { countOf, formatCount } from './numbers.ts';
import { formatDate } from './time/dates.ts';
import { parseInstant } from './time/instant.ts';

/**
 * `from 4 to 61 sales a day since 12 Nov 2026, in 9 countries`, or of a rise that is over
 * `peaked on 12 Nov 2026; now 4 sales a day in 2 countries`.
 * @param most characters: whole parts are left out, the countries first, until the rest fits
 */
export function reasonInWords(
  { since, from, to, countries }: Reason,
  zone: string,
  most = Number.POSITIVE_INFINITY,
): string {
  const where = `in ${countOf(countries, 'country', 'countries')}`;
  if (since === null || from === null || to === null) return where;
  const day = formatDate(parseInstant(since), zone);
  const rates = `from ${rate(from)} to ${rate(to)} sales a day`;
  const now = `now ${rate(to)} ${rate(to) === '1' ? 'sale' : 'sales'} a day`;
  const forms =
    to > from
      ? [`${rates} since ${day}, ${where}`, `${rates} since ${day}`, rates]
      : [`peaked on ${day}; ${now} ${where}`, `peaked on ${day}; ${now}`, now];
  return forms.find(({ length }) => length <= most) ?? (forms.at(-1) as string);
}

const rate = (value: number): string =>
  formatCount(value >= 10 ? Math.round(value) : Number(value.toFixed(1)));
