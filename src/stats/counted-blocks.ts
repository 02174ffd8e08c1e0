/**
 * Which sales count for trends: of each artist the first few at a seller, then of the seller the first few of
 * these, in blocks of days. `counted_block` in schema/ says the same in SQL.
 */
import { createHash } from 'node:crypto';
import { isBandcampFriday } from '../core/time/bandcamp-friday.ts';
import type { Instant } from '../core/time/instant.ts';

/** UTC days of a block, at most. */
export const BLOCK_DAYS = 3;
export const COUNTED_OF_ARTIST = 2;
export const COUNTED_OF_SELLER = 6;

/** In days, by the seller's host: blocks of all do not begin on one day. */
export const shiftOf = (host: string): number =>
  Number.parseInt(createHash('md5').update(host).digest('hex').slice(0, 7), 16) % BLOCK_DAYS;

/** Of a month's blocks, what stands for its Bandcamp Friday; the others go up to 10. */
const FRIDAY = 15;

/**
 * The number of the block in which a sale of a seller lies. Blocks lie within a UTC month; a Bandcamp Friday
 * is a block of its own, since on it all artists sell what they sell in days.
 * @param shift of the seller
 */
export function blockOf(at: Instant, shift: number): number {
  const date = new Date(at / 1000);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth() + 1;
  const block = isBandcampFriday(at) ? FRIDAY : Math.floor((date.getUTCDate() - 1 + shift) / BLOCK_DAYS);
  return month * 16 + block;
}

/** Whether a block is that of a Bandcamp Friday. */
export const isOfFriday = (block: number): boolean => block % 16 === FRIDAY;
