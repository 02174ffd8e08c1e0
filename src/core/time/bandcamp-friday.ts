/**
 * The days on which Bandcamp waives its share: first Fridays of a month, from midnight to midnight in
 * California. Which months have one is announced year by year (eight in 2026).
 */
import { DAY, floorTo, HOUR, type Instant } from './instant.ts';
import type { Window } from './window.ts';
import { addDays } from './zone.ts';

/** Midnight of California in UTC, an hour later in its winter. */
const BEGINS = 7 * HOUR;

/** The first Friday of a month, from 07:00Z for 24 hours. */
export function isBandcampFriday(at: Instant): boolean {
  const date = new Date((at - BEGINS) / 1000);
  return date.getUTCDay() === 5 && date.getUTCDate() <= 7;
}

/** The first Fridays of a month that lie in a window, wholly or in part, the oldest first. */
export function firstFridaysIn({ from, until }: Window): Window[] {
  const found: Window[] = [];
  for (let at = floorTo(from - BEGINS, DAY) + BEGINS; at < until; at += DAY)
    if (isBandcampFriday(at)) found.push({ from: at, until: at + DAY });
  return found;
}

/** The newest first Friday of a month that is this day (`YYYY-MM-DD`) or before it. */
export function latestBandcampFriday(day: string): string {
  const isFirstFriday = (candidate: string) =>
    new Date(`${candidate}T00:00:00Z`).getUTCDay() === 5 && Number(candidate.slice(8)) <= 7;
  let found = day;
  while (!isFirstFriday(found)) found = addDays(found, -1);
  return found;
}
