/** What became of the genres that were called trending: a week, two and four later. */

import type { Row } from '../core/answer.ts';
import { countOf, formatPercent, round } from '../core/numbers.ts';
import { DAY, type Instant, toIso } from '../core/time/instant.ts';
import { BASELINE_DAYS } from '../core/time/window.ts';
import type { Reader } from '../db/connect.ts';
import { callsIn, countedByDay, type TrendCall } from '../db/trend-calls.ts';
import type { Slices } from '../stats/expected.ts';
import { HORIZONS, type Outcome, outcomeOf, shareKept } from '../stats/scorecard.ts';
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

function answer({ limit }: Asked, calls: Judged[]): AnswerBody {
  const keptAfter = (at: number) => shareKept(calls.flatMap(({ outcomes }) => outcomes[at] ?? []));
  const kept = HORIZONS.map((days, at) => ({ days, share: keptAfter(at) })).filter(
    ({ share }) => share !== null,
  );
  const keptWords = kept.map(
    ({ days, share }) => `${formatPercent(share ?? 0)} still rose or held after ${days} days`,
  );
  const rows: Row[] = calls.slice(0, limit).map(({ at, name, lift, low, outcomes }) => ({
    day: toIso(at - DAY),
    genre: name,
    lift: round(lift),
    liftLow: round(low),
    ...Object.fromEntries(HORIZONS.map((days, n) => [`after${days}`, outcomes[n]?.became ?? null])),
  }));
  return {
    title: 'Scorecard',
    headline:
      calls.length === 0
        ? 'Nothing was called trending in this time.'
        : kept.length === 0
          ? `${countOf(calls.length, 'call')}, none of them a week old yet.`
          : `Of ${countOf(calls.length, 'call')}, ${keptWords.join(', ')}.`,
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
            'Rose: sells more beyond the weeks before the call than when it was called. Held: still ' +
              'clearly more. Faded: not clearly more.',
          ],
    followUps: [{ label: 'Trending genres', question: 'trending-genres', change: { window: undefined } }],
  };
}
