/** The page on trending genres: who leads them, and each over eight weeks. Pure. */

import type { Answer } from '../core/answer.ts';
import { INTERVALS_EXPLAINED } from '../core/chart-alt.ts';
import { countOf, formatCount, formatRatio } from '../core/numbers.ts';
import { atStart, spelt } from '../core/text.ts';
import { formatDayOfYear } from '../core/time/dates.ts';
import { isCalled } from '../core/verdict.ts';
import { formatCell } from '../present/format.ts';
import { calledRows } from '../questions/lib/news.ts';
import type { Material } from './edition-material.ts';
import {
  AT_LEAST,
  aboutUrl,
  comparedWith,
  countCell,
  earlierOf,
  INTERVAL,
  intervalCell,
  isCompared,
  MARK,
  markCell,
  marksOf,
  nearestCall,
  numberCell,
  optional,
  RANK,
  ratioCell,
  SPARK_DAYS,
  sparkCell,
  text,
  typicalOf,
  verdictCell,
  WEEKS,
} from './edition-rows.ts';
import type { Cell, Panel } from './panels.ts';
import type { ReportSection } from './report.ts';
import { listed, rateText } from './words.ts';

const GENRE_ROWS = 14;
const PLOTS = 8;

/** The section of trending genres, their leading artists and their courses. */
export function genresSection(material: Material, dashboardUrl: string | undefined): ReportSection {
  const { genres } = material.now;
  return {
    title: 'Trending genres',
    intro: genres ? genresIntro(genres, material) : 'Which genres are trending could not be counted in time.',
    answers: [],
    panels: [...genresPanel(material, dashboardUrl), ...leadersPanel(material), ...plotsPanel(material)],
  };
}

function genresIntro(genres: Answer, material: Material): string {
  if (!isCompared(genres)) return genres.headline;
  const [first, ...others] = calledRows(genres);
  const nearest = nearestCall(genres);
  if (!first) {
    if (!nearest)
      return genres.rows.length > 0 ? 'No genre is clearly selling more than expected.' : genres.headline;
    return (
      `No genre is clearly trending. ${atStart(nearest.name)} comes closest: at least ` +
      `${nearest.least} its expected sales (${nearest.why}).`
    );
  }
  const also =
    others.length > 0
      ? ` ${countOf(others.length, 'other genre')} ${others.length === 1 ? 'is' : 'are'} trending too.`
      : '';
  const marks = marksOf(genres, earlierOf(material, 'genres'));
  const fresh = calledRows(genres).filter(row => marks[genres.rows.indexOf(row)]?.kind === 'new');
  const names = fresh.filter(row => row !== first).map(({ genre }) => spelt(String(genre)));
  const news = names.length > 0 ? ` Also new: ${listed(names, 2)}.` : '';
  const held = nearest ? ` ${atStart(nearest.name)} is rising too, but not called: ${nearest.why}.` : '';
  return (
    `${atStart(String(first.genre))} is ${fresh.includes(first) ? 'newly ' : ''}trending: selling at least ` +
    `${formatRatio(Number(first.liftLow))} the expected amount.${also}${news}${held}`
  );
}

function genresPanel(material: Material, dashboardUrl: string | undefined): Panel[] {
  const { genres } = material.now;
  if (!genres || genres.rows.length === 0) return [];
  const marks = marksOf(genres, earlierOf(material, 'genres'));
  const { courses, trendDays } = material;
  const called = calledRows(genres);
  const ordered = [...called, ...genres.rows.filter(row => !called.includes(row))].slice(0, GENRE_ROWS);
  const rows = ordered.map((row, place): Cell[] => {
    const at = genres.rows.indexOf(row);
    const trending = isCalled(row.verdict);
    const name = String(row.genre);
    return [
      numberCell(place),
      markCell(marks[at] ?? null),
      text(spelt(name), { bold: trending, ...optional('url', aboutUrl(dashboardUrl, 'genre', name)) }),
      verdictCell(genres, row),
      countCell(row.sales),
      typeof row.expected === 'number'
        ? text(formatCount(Math.round(row.expected)), { tone: 'soft' })
        : text('–', { tone: 'soft' }),
      countCell(row.artists),
      sparkCell(courses.genres.get(name), courses, { called: trending, days: trendDays }),
      intervalCell(genres, at, trending),
      ratioCell(row.liftLow, { bold: trending }),
    ];
  });
  const apart = ordered.filter(row => !isCalled(row.verdict)).length;
  return [
    {
      kind: 'list',
      list: {
        columns: [
          RANK,
          MARK,
          { label: 'Genre', width: { share: 1 } },
          { label: 'Verdict', width: 98 },
          { label: 'Sales', width: 30, align: 'right' },
          { label: 'Expected', width: 37, align: 'right' },
          { label: 'Artists', width: 28, align: 'right' },
          { ...WEEKS, width: 46 },
          { ...INTERVAL, width: 79 },
          AT_LEAST,
        ],
        rows,
        least: 8,
        narrow: true,
        ...(apart > 0 && apart < rows.length && { apart }),
      },
      foot: `${INTERVALS_EXPLAINED}${comparedWith(material)}`,
    },
  ];
}

function leadersPanel({ leaders, trendDays }: Material): Panel[] {
  const shown = leaders.filter(({ answer }) => answer.rows.length > 0);
  if (shown.length === 0) return [];
  return [
    {
      kind: 'columns',
      across: Math.max(2, shown.length),
      title: 'Who leads them',
      note: `units, ${trendDays} days`,
      lists: shown.map(({ genre, answer }) => {
        const units = answer.columns.find(({ key }) => key === 'units');
        return {
          title: spelt(genre),
          list: {
            columns: [
              { label: '', width: 9 },
              { label: '', width: { share: 1 } },
              { label: '', width: 28, align: 'right' },
            ],
            rows: answer.rows.map((row, at): Cell[] => [
              numberCell(at),
              text(String(row.name), optional('url', row.nameUrl as string | null)),
              text(units ? formatCell(units, row, answer) : '–'),
            ]),
            least: 2,
            headless: true,
            narrow: true,
          },
        };
      }),
    },
  ];
}

function plotsPanel(material: Material): Panel[] {
  const { genres } = material.now;
  const { courses, trendDays, period } = material;
  if (!genres) return [];
  const called = calledRows(genres);
  const ordered = [...called, ...genres.rows.filter(row => !called.includes(row))];
  const plots = ordered.slice(0, PLOTS).flatMap(row => {
    const name = String(row.genre);
    const spark = sparkCell(courses.genres.get(name), courses, {
      called: isCalled(row.verdict),
      days: trendDays,
    });
    if (!spark) return [];
    const { kind: _, ...course } = spark;
    const typical = typicalOf(course);
    const recent = course.values.slice(-trendDays).filter(value => value !== null);
    const now = recent.reduce((sum, value) => sum + value, 0) / Math.max(recent.length, 1);
    const first = courses.days.at(-SPARK_DAYS) ?? courses.days[0];
    return [
      {
        title: spelt(name),
        spark: { ...course, ...(typical && { typical }) },
        from: first ? formatDayOfYear(first.from, period.window.until, period.zone) : '',
        now: `now ${rateText(now)} a day`,
      },
    ];
  });
  if (plots.length < 2) return [];
  return [
    {
      kind: 'plots',
      title: 'Sales a day, eight weeks',
      note: 'each on its own scale; grey: the typical range',
      plots,
    },
  ];
}
