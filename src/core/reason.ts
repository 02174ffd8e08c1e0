/**
 * Why an artist is called emerging, and in what sales are concentrated, in words: whole at the end of a
 * sentence, in fewer words in a cell.
 */
import type { ConcentratedBy, Concentration, Rise } from './answer.ts';
import { countOf, formatCount } from './numbers.ts';
import { countryInText } from './places/country.ts';
import { formatDayOfYear, formatHour } from './time/dates.ts';
import { parseInstant } from './time/instant.ts';

/**
 * `from 4 to 61 sales a day since 12 Nov, in 9 countries`, or of a rise that is over
 * `peaked on 12 Nov; now 4 sales a day in 2 countries`; and behind it in what it is concentrated.
 * @param most characters: whole parts are left out, the countries first, until the rest fits
 */
export function reasonInWords(
  { since, from, to, countries, ...narrow }: Rise & Partial<Concentration>,
  zone: string,
  most = Number.POSITIVE_INFINITY,
): string {
  const forms = formsOf({ since, from, to, countries }, zone);
  const parts = partsOf(narrow);
  const behind = [...(parts.length > 0 ? [parts.join(', ')] : []), ...parts.slice(0, 1)];
  // Where there is not room for both, the lift beside it says how much it rose.
  const narrowed = [
    ...behind.flatMap(part => forms.map(form => `${form}; concentrated: ${part}`)),
    ...behind.map(part => `concentrated: ${part}`),
  ];
  return [...narrowed, ...forms].find(({ length }) => length <= most) ?? (forms.at(-1) as string);
}

function formsOf({ since, from, to, countries }: Rise, zone: string): string[] {
  const where = `in ${countOf(countries, 'country', 'countries')}`;
  if (since === null || from === null || to === null) return [where];
  // Below the answer stands the window, with its year.
  const began = parseInstant(since);
  const day = formatDayOfYear(began, began, zone);
  const rates = `from ${rate(from)} to ${rate(to)} sales a day`;
  const now = `now ${rate(to)} ${rate(to) === '1' ? 'sale' : 'sales'} a day`;
  return to > from
    ? [`${rates} since ${day}, ${where}`, `${rates} since ${day}`, rates]
    : [`peaked on ${day}; ${now} ${where}`, `peaked on ${day}; ${now}`, now];
}

/**
 * `concentrated: 36 of 40 from Poland, 31 in one hour`: only what makes it so; '' where nothing does.
 * @param most characters: parts are left out, the last first
 */
export function concentrationInWords(narrow: Concentration, most = Number.POSITIVE_INFINITY): string {
  const parts = partsOf(narrow);
  while (parts.length > 1 && `concentrated: ${parts.join(', ')}`.length > most) parts.pop();
  return parts.length > 0 ? `concentrated: ${parts.join(', ')}` : '';
}

/** What makes it so, the first with what it is a part of. */
function partsOf({
  seen,
  counted,
  busiestHour,
  firstCountry,
  concentratedBy,
}: Partial<Concentration>): string[] {
  const words: Record<ConcentratedBy, [sales: number, what: string] | null | undefined> = {
    country: firstCountry && [firstCountry.sales, `from ${countryInText(firstCountry.code)}`],
    hour: busiestHour && [busiestHour.sales, 'in one hour'],
    counted: counted === undefined ? null : [counted, counted === 1 ? 'sale counts' : 'sales count'],
  };
  return (concentratedBy ?? []).flatMap((by, at) => {
    const [sales = 0, what] = words[by] ?? [];
    return what ? [`${formatCount(sales)}${at === 0 ? ` of ${formatCount(seen ?? 0)}` : ''} ${what}`] : [];
  });
}

/**
 * All that is known of sales that are concentrated: `Concentrated: 12 of 40 sales count (at most 3 per
 * artist per day), 31 of 40 within 14:00–15:00 UTC on 12 Nov, 36 of 40 from buyers in
 * Poland.`; '' of all others.
 * @param rule which sales count
 */
export function concentrationSentence(narrow: Concentration, zone: string, rule: string): string {
  const { seen, counted, busiestHour, firstCountry, concentrated } = narrow;
  if (!concentrated) return '';
  const of = (sales: number) => `${formatCount(sales)} of ${formatCount(seen)}`;
  const parts = [
    `${of(counted)} sales ${counted === 1 ? 'counts' : 'count'} (${rule})`,
    ...(busiestHour
      ? [`${of(busiestHour.sales)} within ${formatHour(parseInstant(busiestHour.at), zone)}`]
      : []),
    ...(firstCountry ? [`${of(firstCountry.sales)} from buyers in ${countryInText(firstCountry.code)}`] : []),
  ];
  return `Concentrated: ${parts.join(', ')}.`;
}

const rate = (value: number): string =>
  formatCount(value >= 10 ? Math.round(value) : Number(value.toFixed(1)));
