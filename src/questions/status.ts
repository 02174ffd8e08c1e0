/** How the service itself does: freshness, coverage, gaps, failures, rejects, pages, versions. */

import { countOf, formatCount, formatPercent } from '../core/numbers.ts';
import { atStart } from '../core/text.ts';
import { formatMinute } from '../core/time/dates.ts';
import { DAY, HOUR, MINUTE } from '../core/time/instant.ts';
import { lengthOf } from '../core/time/window.ts';
import type { Reader } from '../db/connect.ts';
import { type FeedGap, gapsWithin } from '../db/feed-gaps.ts';
import { type FeedState, feedState } from '../db/feed-reading.ts';
import { type PagesState, pagesState, type Versions, versions } from '../db/read/service-state.ts';
import { rejectCounts } from '../db/reject-counts.ts';
import { type AnswerBody, defineQuestion, type Frame, type Values } from './lib/definition.ts';
import { feedTrouble } from './lib/feed-trouble.ts';
import { untilParameter, windowParameter, zoneParameter } from './lib/parameters.ts';

const parameters = {
  window: windowParameter('7d'),
  until: untilParameter,
  zone: zoneParameter,
};

interface Loaded {
  feed: FeedState;
  gaps: FeedGap[];
  rejects: { code: string; count: number }[];
  pages: PagesState;
  versions: Versions;
}

export const status = defineQuestion<typeof parameters, Loaded>({
  name: 'status',
  title: 'Status',
  summary: 'How fresh and complete the data are, what failed or was refused, and which versions run.',
  parameters,
  phrases: [
    'is the data fresh',
    'how fresh is the data',
    'data status',
    'is it working',
    'are you up',
    'last update',
  ],
  ofNow: true,
  load,
  answer,
});

async function load(
  { db }: { db: Reader },
  _: Values<typeof parameters>,
  { window, now }: Frame,
): Promise<Loaded> {
  return {
    feed: await feedState(db, now),
    gaps: await gapsWithin(db, window),
    rejects: await rejectCounts(db),
    pages: await pagesState(db, now),
    versions: await versions(db),
  };
}

/** `3 minutes`, `5 hours`, `2 days` */
function span(micros: number): string {
  if (micros < 2 * HOUR) return countOf(Math.round(micros / MINUTE), 'minute');
  return micros < 2 * DAY
    ? countOf(Math.round(micros / HOUR), 'hour')
    : countOf(Math.round(micros / DAY), 'day');
}

function freshness({ until, behindMicros }: FeedState): string {
  if (until === null) return 'The feed has not been read yet';
  return behindMicros < MINUTE ? 'Up to date' : `Up to date (${span(behindMicros)} behind)`;
}

/** Less is shown as less than 100%. */
const WHOLE = 0.9995;
/** Reasons that are named; the others are counted together. */
const REASONS = 5;

function answer(
  { window }: Values<typeof parameters>,
  { feed, gaps, rejects, pages, versions }: Loaded,
  frame: Frame,
): AnswerBody {
  const { zone, coverage } = frame;
  const trouble = feedTrouble(feed, zone);
  const said = trouble?.what ?? `${freshness(feed)};`;
  const missed = gaps.reduce((sum, gap) => sum + lengthOf(gap), 0);
  const refused = rejects.reduce((sum, { count }) => sum + count, 0);
  const again = feed.nextAt === null ? '' : `; next attempt ${formatMinute(feed.nextAt, zone)}`;
  const read =
    coverage >= WHOLE ? 'no gaps in this period' : `${formatPercent(coverage)} of this period was read`;
  const rows: { what: string; state: string }[] = [
    {
      what: 'Feed',
      state:
        feed.until === null
          ? 'not read yet'
          : `read until ${formatMinute(feed.until, zone)}` +
            (feed.behindMicros < MINUTE ? '' : `, ${span(feed.behindMicros)} behind`),
    },
    {
      what: 'Failures',
      state:
        feed.failures === 0
          ? 'none since the last success'
          : `${feed.failures} in a row: ${(feed.lastError ?? 'unknown').slice(0, 200)}${again}`,
    },
    ...(trouble ? [{ what: 'What to do', state: trouble.todo }] : []),
    { what: 'Coverage', state: `${formatPercent(coverage)} of this period was read` },
    {
      what: 'Gaps',
      state:
        gaps.length === 0
          ? 'none'
          : `${countOf(gaps.length, 'unrecoverable gap')} (${span(missed)} in total)`,
    },
    {
      what: 'Rejects',
      state:
        refused === 0
          ? 'none'
          : `${countOf(refused, 'record')}: ${rejects
              .slice(0, REASONS)
              .map(({ code, count }) => `${code} ${formatCount(count)}`)
              .join(', ')}${rejects.length > REASONS ? ' and others' : ''}`,
    },
    {
      what: 'Pages',
      state: `about ${formatCount(pages.pages)}, ${formatCount(pages.waiting)} waiting to be read`,
    },
    {
      what: 'Inferred tags',
      state:
        `${formatPercent(pages.pages > 0 ? Math.min(1, pages.guessed / pages.pages) : 0)} of pages, ` +
        `from the artist's other releases`,
    },
    {
      what: 'Versions',
      state:
        `data ${formatCount(frame.dataVersion)}, schema ${versions.schema.replace(/\.sql$/, '')}, ` +
        `PostgreSQL ${versions.postgres}`,
    },
  ];
  return {
    title: 'Status',
    headline: `${said} ${trouble ? atStart(read) : read}.`,
    columns: [
      { key: 'what', label: 'What', kind: 'text' },
      { key: 'state', label: 'State', kind: 'text' },
    ],
    rows,
    followUps: [
      ...(window.text === '24h' ? [] : [{ label: 'Last 24 hours', change: { window: '24h' } }]),
      ...(window.text === '30d' ? [] : [{ label: 'Last 30 days', change: { window: '30d' } }]),
      { label: 'Overview', question: 'overview', change: { window: undefined } },
    ],
  };
}
