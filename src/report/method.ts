/**
 * "How to read this": what a report covers, what its words mean, what is not known, and where it comes from.
 */

import type { Answer } from '../core/answer.ts';
import { formatCount, formatPercent } from '../core/numbers.ts';
import { BASELINE_WORD } from '../core/time/window.ts';
import { formatWindow } from '../present/format.ts';
import { COUNTED_OF_GENRES } from '../questions/lib/counted-words.ts';
import type { Report } from './report.ts';

/**
 * `first`: any answer about the report's window; `common`: notes that all answers have; `isEmpty`: nothing is
 * told that had to be explained.
 */
export function methodOf(
  first: Answer,
  common: readonly string[],
  { isEmpty }: { isEmpty: boolean },
): Report['method'] {
  const covers = {
    title: 'What this covers',
    text: [
      `${formatWindow(first)}. Bandcamp’s sales feed was read for ${formatPercent(first.coverage)} ` +
        'of that time; sales that were not read are in no number here.',
      ...(isEmpty ? [] : [TYPICAL]),
      ...common,
    ].join(' '),
  };
  const from = {
    title: 'Where this comes from',
    text:
      `Bandcamp’s public sales feed and item pages, data version ${formatCount(first.dataVersion)}. ` +
      'The same data always make the same file. Not affiliated with Bandcamp.',
  };
  return [covers, ...(isEmpty ? [] : EXPLAINED), UNKNOWN, from];
}

const TYPICAL =
  `Changes compare with what is typical: the median of up to ${BASELINE_WORD} stretches of earlier weeks, ` +
  'at the same weekdays and hours as far as those were read. Stretches with a Bandcamp Friday are left ' +
  'out; a period with one is compared only with stretches that had one.';

const EXPLAINED: Report['method'] = [
  {
    title: 'Sales, units, revenue',
    text:
      'A sale is one item of one checkout. Units count every copy, as when several tracks of an album ' +
      'are bought at once; “1–2” stands for one or two purchases, to protect buyers. Revenue is what ' +
      'buyers paid, in US dollars as Bandcamp converts it; fees and shipping are not known. That of one ' +
      'artist or item is rounded to two digits. Above price: the buyer paid more than the asking price.',
  },
  {
    title: 'Genres and styles',
    text:
      'Genres are Bandcamp’s own list; styles are tags beyond it that at least twenty artists used ' +
      'in ninety days. Both come from an item’s page. A sale can have several of them, and has none until ' +
      'its page is read, so shares of genres do not add up to 100%.',
  },
  {
    title: 'Trending',
    text:
      'Expected sales assume that a genre kept its share from the previous weeks. Lift is observed over ' +
      'expected sales, drawn towards 1× where there is little data. “At least” is the lower end of its ' +
      '90% interval; a bar’s pale part ends at the upper end. A genre is called trending only if fewer ' +
      'than 1 in 20 such calls would be false, and if it still rises without its best artist, seller and ' +
      `day. Counted sales are ${COUNTED_OF_GENRES}.`,
  },
  {
    title: 'Emerging artists',
    text:
      'Artists with few earlier sales who now sell more on several days, in several countries and in many ' +
      'checkouts, even without their two best days. They are looked for over at least seven days, since ' +
      'a single day may just be a release.',
  },
];

const UNKNOWN = {
  title: 'What is not known',
  text:
    'Who buys: the feed names countries, not people. Free downloads, streams, subscriptions and sales ' +
    'outside Bandcamp. What happened while the feed was not read, and tags of pages that could not be ' +
    'read. Two artists of one name count as one unless somebody told them apart. ' +
    'A label’s sales are listed under its artists.',
};
