/** When the simulated year is. */
import { DAY, HOUR, MINUTE, parseInstant } from '../src/core/time/instant.ts';

export const YEAR_FROM = parseInstant('2025-10-05');
/** No whole day and no whole hour, as a service finds it at any minute. */
export const YEAR_UNTIL = YEAR_FROM + 364 * DAY + 17 * HOUR + 23 * MINUTE;
