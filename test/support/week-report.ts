/**
 * The rich day's subjects over a calendar week: sums of seven days, lines by day, changes on the weeks
 * before.
 */
import type { Answer, Row } from '../../src/core/answer.ts';
import type { Report } from '../../src/report/report.ts';
import { lines } from './charts.ts';
import { richDay } from './reports.ts';

/** A day's numbers, since one of the seven was a Friday. */
const DAYS = 7.4;
const FIRST = Date.UTC(2026, 9, 5);

const window = { from: '2026-10-04T22:00:00Z', until: '2026-10-11T22:00:00Z' };

const byDay = lines(['this week', 'usual'], { points: 7 });
const chart: Answer['chart'] = {
  ...byDay,
  title: 'Sales',
  caption:
    '5 – 11 Oct 2026, Europe/Berlin · 98.2% of the feed read · usual: the mean of the four weeks before',
  series: byDay.series.map((each, at) => ({
    ...each,
    points: each.points.map(({ y }, day) => ({
      x: new Date(FIRST + day * 86_400_000).toISOString(),
      y: Math.round(y * 40 * (at === 0 && day === 4 ? 2.1 : 1)),
    })),
    ...(at === 1 && { muted: true as const }),
  })),
};

/** Sums grow with the days, lifts and changes do not. */
const overDays = ({ columns, rows }: Answer): Row[] => {
  const sums = columns.filter(({ kind }) => kind === 'count' || kind === 'money').map(({ key }) => key);
  return rows.map(row => ({
    ...row,
    ...Object.fromEntries(sums.map(key => [key, Math.round(Number(row[key]) * DAYS)])),
  }));
};

const ofWeek = <A extends Answer>(answer: A): A => ({
  ...answer,
  params: { ...answer.params, window: '7d' },
  asOf: window.until,
  window,
  rows: overDays(answer),
  ...(answer.question === 'overview' && {
    chart,
    headline: '304,902 sales for $2,975,673.00, +12% on the weeks before.',
  }),
});

export const richWeek: Report = {
  ...richDay,
  title: 'The week on Bandcamp',
  subtitle: '5 – 11 October 2026, week 41',
  date: '2026-10-11',
  period: '2026-W41',
  window,
  keyNumbers: [
    { label: 'Sales', value: '304,902', change: '+12% on the weeks before' },
    { label: 'Paid', value: '$2,975,673', change: '+9% on the weeks before' },
    { label: 'Artists', value: '61,870', change: '−2% on the weeks before' },
    { label: 'Countries', value: '148' },
    { label: 'Digital albums', value: '146,816', change: '+15% on the weeks before' },
    { label: 'Feed read', value: '98.2%' },
  ],
  sections: richDay.sections.map(({ boards = [], ...section }) => ({
    ...section,
    answers: section.answers.map(ofWeek),
    boards: boards.map((board, at) => {
      const units = (9835 - 2220 * at).toLocaleString('en');
      const usd = (75_836 - 17_002 * at).toLocaleString('en');
      return {
        ...board,
        lead: `${units} units for $${usd}.61`,
        lists: board.lists.map(list => ({ ...list, answer: ofWeek(list.answer) })),
      };
    }),
  })),
  method: richDay.method.map(part => ({
    ...part,
    text: part.text
      .replace('counts one day of that feed', 'counts one week of that feed')
      .replace('for the day in the zone', 'for the days in the zone')
      .replace('of the same weekday in the four weeks before', 'of the four weeks before'),
  })),
};
