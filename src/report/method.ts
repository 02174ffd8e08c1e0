/**
 * "How to read this": what a report covers, what its words mean, what is not known, and where it comes from.
 */

import type { Answer } from '../core/answer.ts';
import { formatCount, formatPercent } from '../core/numbers.ts';
import { BASELINE_WORD } from '../core/time/window.ts';
import { formatWindow } from '../present/format.ts';
import { COUNTED_OF_GENRES } from '../questions/lib/counted-words.ts';
import type { Report } from './report.ts';

/** `first`: any answer about the report's window; `common`: notes that all answers have. */
export function methodOf(first: Answer, common: readonly string[]): Report['method'] {
  return [
    {
      title: 'What this covers',
      text: [
        `${formatWindow(first)}. Bandcamp’s sales feed was read for ${formatPercent(first.coverage)} ` +
          'of that time; what it did not show is in no number here.',
        `Changes compare with what is typical: the median of up to ${BASELINE_WORD} stretches of earlier ` +
          'weeks with the same days and hours that were read. Those with a Bandcamp Friday are left out; a ' +
          'time that holds one is compared with those that held one, too.',
        ...common,
      ].join(' '),
    },
    {
      title: 'Sales, units, revenue',
      text:
        'A sale is one item of one checkout. Units count every copy, as when several tracks of an album ' +
        'are bought at once. Revenue is what buyers paid, in US dollars as Bandcamp converts it; ' +
        'neither fees nor shipping are known. Paid more: the buyer gave more than the price.',
    },
    {
      title: 'Genres and styles',
      text:
        'Genres are Bandcamp’s own list; styles are tags beyond it that at least twenty artists used ' +
        'in ninety days. Both are what an item’s page says, so a sale has several, or none as long as ' +
        'its page was not read: shares of genres do not add up to one.',
    },
    {
      title: 'Trending',
      text:
        'Expected sales are a genre’s share of the weeks before, times what all genres sell now. ' +
        'Lift is observed over expected, drawn towards one where there is little to go by; “at least” is ' +
        'the lower end of the interval that holds it at 90%, and a bar’s pale part ends at the upper one. ' +
        '“Trending” is said only where hardly one in twenty such calls would be chance and the rise stays ' +
        `without its best artist, seller and day. What counts: ${COUNTED_OF_GENRES}.`,
    },
    {
      title: 'Emerging artists',
      text:
        'Artists with little past whose sales rise broadly: on several days, in several countries, ' +
        'in many checkouts, and still without their two best days. They are looked for over seven days ' +
        'at least, since a single day may be a release and not a rise.',
    },
    {
      title: 'What is not known',
      text:
        'Who buys: the feed names countries, not people. Free downloads, streams, subscriptions and sales ' +
        'outside Bandcamp. What happened while the feed was not read. Tags of pages that could not be ' +
        'read. Two artists of one name count as one unless somebody told them apart. ' +
        'A label’s sales are listed under the artists that it sells.',
    },
    {
      title: 'Where this comes from',
      text:
        `Bandcamp’s public sales feed and item pages, data version ${formatCount(first.dataVersion)}: ` +
        'made again of the same data, this file is the same to the last byte. ' +
        'Not affiliated with Bandcamp.',
    },
  ];
}
