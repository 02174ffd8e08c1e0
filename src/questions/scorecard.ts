/** What became of the genres that were called trending: a week, two and four later. */

import type { Row } from '../core/answer.ts';
import { countOf, formatCount, round } from '../core/numbers.ts';
import { DAY, type Instant, toIso } from '../core/time/instant.ts';
import { BASELINE_DAYS } from '../core/time/window.ts';
import type { Reader } from '../db/connect.ts';
import { callsIn, countedByDay, type TrendCall } from '../db/trend-calls.ts';
import type { Slices } from '../stats/expected.ts';
import { HORIZONS, type Outcome, outcomeOf, type Tally, tallyOf } from '../stats/scorecard.ts';
import { type AnswerBody, defineQuestion, type Frame, type Values } from './lib/definition.ts';
import { LIFT_COLUMNS } from './lib/lift-chart.ts';
import { limitParameter, untilParameter, windowParameter, zoneParameter } from './lib/parameters.ts';

const parameters = {
  window: windowParameter('90d'),
  limit: limitParameter(20, 100),
  until: untilParameter,
  zone: zoneParameter,
};
type Asked = Values<typeof parameters>;

interface Judged extends TrendCall {
  /** By horizon; null where its time has not come. */
  outcomes: (Outcome | null)[];
}

export const scorecard = defineQuestion<typeof parameters, Judged[]>({
  name: 'scorecard',
  title: 'Scorecard',
  summary: 'What became of the genres that were called trending: a week, two and four later.',
  parameters,
  phrases: ['were you right', 'how right were you', 'track record', 'how did you do', 'past calls'],
  load,
  answer,
});

/** Of a call: the week it looked at; the baseline lies before. */
const WEEK_DAYS = 7;

async function load({ db }: { db: Reader }, _asked: Asked, { window, asOf }: Frame): Promise<Judged[]> {
  const calls = await callsIn(db, window);
  if (calls.length === 0) return [];
  const counted = await countedByDay(db, [...new Set(calls.map(({ tagId }) => tagId))], {
    from: Math.min(...calls.map(({ at }) => at)) - (WEEK_DAYS + BASELINE_DAYS) * DAY,
    until: asOf,
  });
  const slices = (tagId: number | null, at: Instant, end: Instant): Slices => {
    const days = counted.get(tagId);
    const range = (from: Instant, many: number) =>
      Array.from({ length: many }, (_, n) => days?.get(from + n * DAY) ?? 0);
    return {
      window: range(end - WEEK_DAYS * DAY, WEEK_DAYS),
      baseline: range(at - (WEEK_DAYS + BASELINE_DAYS) * DAY, BASELINE_DAYS).reduce(
        (sum, value) => sum + value,
        0,
      ),
    };
  };
  return calls.map(call => ({
    ...call,
    outcomes: HORIZONS.map(days => {
      const end = call.at + days * DAY;
      return end > asOf
        ? null
        : outcomeOf(slices(call.tagId, call.at, end), slices(null, call.at, end), call);
    }),
  }));
}

/** As the headline says an age in days. */
const AGES: Record<(typeof HORIZONS)[number], string> = {
  7: 'a week',
  14: 'two weeks',
  28: 'four weeks',
};

/** "12 calls of 5 genres". */
const callsOf = ({ calls, subjects }: Tally): string =>
  `${countOf(calls, 'call')} of ${countOf(subjects, 'genre')}`;

function becameOf({ subjects, kept }: Tally): string {
  if (subjects === 1) return kept === 1 ? 'it rose further or held' : 'it faded';
  if (kept === 0) return 'none rose further or held';
  const which = kept === subjects ? 'all' : `${formatCount(kept)} of the ${formatCount(subjects)} genres`;
  return `${which} rose further or held`;
}

function headlineOf(calls: readonly Judged[]): string {
  if (calls.length === 0) return 'No trends were called in this period.';
  const tallies = HORIZONS.map((_, at) =>
    tallyOf(
      calls.flatMap(({ tagId, outcomes }) => {
        const outcome = outcomes[at];
        return outcome ? [{ subject: tagId, outcome }] : [];
      }),
    ),
  );
  const sentences = HORIZONS.flatMap((days, at) => {
    const tally = tallies[at];
    if (!tally || tally.calls === 0) return [];
    if (tally.calls === tallies[at - 1]?.calls) return [`After ${AGES[days]}, ${becameOf(tally)}.`];
    const are = tally.calls === 1 ? 'is' : 'are';
    return [`${callsOf(tally)} ${are} ${AGES[days]} old: ${becameOf(tally)}.`];
  });
  if (sentences.length > 0) return sentences.join(' ');
  const subjects = new Set(calls.map(({ tagId }) => tagId)).size;
  return `${callsOf({ calls: calls.length, subjects, kept: 0 })}, none a week old yet.`;
}

function answer({ limit }: Asked, calls: Judged[]): AnswerBody {
  const rows: Row[] = calls.slice(0, limit).map(({ at, name, lift, low, outcomes }) => ({
    day: toIso(at - DAY),
    genre: name,
    lift: round(lift),
    liftLow: round(low),
    ...Object.fromEntries(HORIZONS.map((days, n) => [`after${days}`, outcomes[n]?.became ?? null])),
  }));
  return {
    title: 'Scorecard',
    headline: headlineOf(calls),
    columns: [
      { key: 'day', label: 'Called', kind: 'date' },
      { key: 'genre', label: 'Genre', kind: 'genre', subject: 'genre' },
      ...LIFT_COLUMNS,
      ...HORIZONS.map(days => ({ key: `after${days}`, label: `After ${days} days`, kind: 'text' as const })),
    ],
    rows,
    notes:
      calls.length === 0
        ? ['Calls are stored at the end of each UTC day that the service runs.']
        : [
            'Rose: further above its level before the call than on the day of the call. Held: still ' +
              'clearly above it. Faded: no longer clearly above it.',
            'A genre called on several days counts once, by the majority of its calls.',
          ],
    followUps: [{ label: 'Trending genres', question: 'trending-genres', change: { window: undefined } }],
  };
}
