/** Local times and time zones as people type them. */
import { UserError } from '../errors.ts';

const TIME = /^(\d{1,2})(?:[:.h](\d{2}))?\s*(?:([ap])\.?m\.?|h|o'clock|uhr)?$/i;

/** `9`, `09:00`, `9am`, `9:30 pm` → `21:30`. @throws UserError */
export function parseLocalTime(raw: string): string {
  const [, hourText = '', minute = '00', half] = TIME.exec(raw.trim()) ?? [];
  const typed = Number(hourText);
  const isHour = half ? typed >= 1 && typed <= 12 : typed <= 23;
  if (!hourText || !isHour || Number(minute) > 59)
    throw new UserError(
      `"${raw.trim().slice(0, 40)}" is not a time of day.`,
      'Use one such as 09:00, 9am or 9:30 pm.',
    );
  const hour = half ? (typed % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : typed;
  return `${String(hour).padStart(2, '0')}:${minute}`;
}

const plainName = (zone: string): string => zone.toLowerCase().replace(/[\s_-]+/g, '_');
const zoneNames = (): string[] => [...Intl.supportedValuesOf('timeZone'), 'UTC'];

/**
 * `europe/berlin` → `Europe/Berlin`; for `berlin` the error names the zone that was meant. @throws UserError
 */
export function parseZone(raw: string): string {
  const typed = raw.trim().replace(/\s+/g, '_');
  const known = /^[+-]/.test(typed) ? undefined : canonical(typed);
  if (known) return known;
  const like = suggestZones(raw);
  throw new UserError(
    `"${raw.trim().slice(0, 40)}" is not a time zone that I know.`,
    like.length > 0
      ? `Did you mean ${like.slice(0, 3).join(' or ')}?`
      : 'Use a place such as Europe/Berlin, America/New_York or UTC.',
  );
}

const CONTINENTS = ['Europe', 'America', 'Asia', 'Africa', 'Australia', 'Pacific', 'Atlantic', 'Indian'];

/** Zones of which the text is a part, those of which it is the city first. */
export function suggestZones(raw: string): string[] {
  const part = plainName(raw.trim());
  if (part.length < 2) return [];
  // By trial, since the runtime lists cities by their former names alone: Kiev, Calcutta.
  const cities = CONTINENTS.flatMap(continent => canonical(`${continent}/${part}`) ?? []);
  const rank = (zone: string): number => (plainName(zone).includes(`/${part}`) ? 0 : 1);
  const others = zoneNames()
    .filter(zone => plainName(zone).includes(part))
    .sort((a, b) => rank(a) - rank(b));
  return [...new Set([...cities, ...others])];
}

/**
 * Only names of a place or UTC: `EST` and its like have no daylight saving, which nobody who types them
 * means.
 */
function canonical(typed: string): string | undefined {
  if (/^(utc|gmt|z)$/i.test(typed)) return 'UTC';
  if (!typed.includes('/')) return undefined;
  try {
    const zone = new Intl.DateTimeFormat('en', { timeZone: typed }).resolvedOptions().timeZone;
    // The runtime renames places to what they were called formerly; people keep the name that they know.
    const renamed = zone.toLowerCase() !== typed.toLowerCase();
    return renamed
      ? typed.toLowerCase().replace(/(?<![\p{L}])\p{L}/gu, letter => letter.toUpperCase())
      : zone;
  } catch {
    return undefined;
  }
}
