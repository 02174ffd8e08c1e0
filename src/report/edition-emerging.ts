/** The page on artists who emerge, known ones who rise, and where their buyers are. Pure. */

import type { Answer, Row } from '../core/answer.ts';
import { INTERVALS_EXPLAINED } from '../core/chart-alt.ts';
import { countOf } from '../core/numbers.ts';
import { countryName } from '../core/places/country.ts';
import { atStart } from '../core/text.ts';
import { isCalled } from '../core/verdict.ts';
import { calledRows, idOf } from '../questions/lib/news.ts';
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
  numberCell,
  optional,
  RANK,
  ratioCell,
  sparkCell,
  text,
  verdictCell,
  WEEKS,
} from './edition-rows.ts';
import type { Cell, Panel } from './panels.ts';
import type { ReportSection } from './report.ts';
import { rateText, reasonOf, riseWords, sinceText } from './words.ts';

const EMERGING_ROWS = 16;
const KNOWN_ROWS = 6;
const HELD_BACK_ROWS = 3;

const endOf = ({ period }: Material): number => period.window.until;

const whenOf = (material: Material) => ({ now: endOf(material), zone: material.period.zone });

/** The section of emerging artists, known artists on the rise, and where their buyers are. */
export function emergingSection(material: Material, dashboardUrl: string | undefined): ReportSection {
  const { emerging } = material.now;
  const panels = [
    ...emergingPanel(material),
    ...knownPanel(material, dashboardUrl),
    ...buyersPanel(material),
  ];
  return {
    title: 'Emerging artists',
    intro: emerging ? emergingIntro(emerging, material) : 'Who is emerging could not be counted in time.',
    answers: [],
    panels,
  };
}

function emergingIntro(emerging: Answer, material: Material): string {
  const [first, ...others] = emerging.rows;
  if (!first) return isCompared(material.now.genres) ? 'No artist is clearly emerging.' : emerging.headline;
  const rise = riseWords(first, whenOf(material));
  const many = others.length > 0 ? ` ${countOf(others.length, 'other artist')} ` : '';
  const also = many && `${many}${others.length === 1 ? 'is' : 'are'} emerging too.`;
  const fresh = marksOf(emerging, earlierOf(material, 'emerging')).filter(
    mark => mark?.kind === 'new',
  ).length;
  const news = fresh > 0 ? ` ${atStart(countOf(fresh, 'artist'))} ${fresh === 1 ? 'is' : 'are'} new.` : '';
  return `${first.artist} is emerging${rise ? `: ${rise}` : ''}.${also}${news}`;
}

const artistCell = (row: Row, second: string): Cell =>
  text(String(row.artist), {
    bold: true,
    second,
    ...optional('url', row.artistUrl as string | null),
  });

const joined = (...parts: unknown[]): string =>
  parts.filter(part => typeof part === 'string' && part !== '').join(' · ');

function emergingPanel(material: Material): Panel[] {
  const { emerging } = material.now;
  if (!emerging || emerging.rows.length === 0) return [];
  const marks = marksOf(emerging, earlierOf(material, 'emerging'));
  const { courses, trendDays } = material;
  const rows = emerging.rows.slice(0, EMERGING_ROWS).map((row, at): Cell[] => {
    const reason = reasonOf(row);
    return [
      numberCell(at),
      markCell(marks[at] ?? null),
      artistCell(row, joined(row.genre, row.soldBy)),
      reason && reason.from !== null && reason.to !== null
        ? text(`${rateText(reason.from)} → ${rateText(reason.to)}`, {
            second: sinceText(reason, whenOf(material)),
          })
        : text('–', { tone: 'soft', second: '' }),
      countCell(row.countries),
      sparkCell(courses.artists.get(Number(row.artistId)), courses, { called: true, days: trendDays }),
      intervalCell(emerging, at, true),
      ratioCell(row.liftLow, { bold: true }),
    ];
  });
  return [
    {
      kind: 'list',
      list: {
        columns: [
          RANK,
          MARK,
          { label: 'Artist', width: { share: 1 } },
          { label: 'Sales a day', width: 66 },
          { label: 'Countries', width: 42, align: 'right' },
          WEEKS,
          INTERVAL,
          AT_LEAST,
        ],
        rows,
        least: 9,
        narrow: true,
      },
      foot: `${INTERVALS_EXPLAINED} Shaded in the courses: Bandcamp Friday.${comparedWith(material)}`,
    },
  ];
}

/** Artists with a past: those that are called, then those that are held back, with the reason. */
function knownPanel(material: Material, dashboardUrl: string | undefined): Panel[] {
  const { artists } = material.now;
  if (!artists || artists.rows.length === 0) return [];
  const called = calledRows(artists).slice(0, KNOWN_ROWS);
  const held = artists.rows.filter(row => !isCalled(row.verdict)).slice(0, HELD_BACK_ROWS);
  const marks = marksOf(artists, earlierOf(material, 'artists'));
  const { courses, trendDays } = material;
  const rows = [...called, ...held].map((row): Cell[] => {
    const at = artists.rows.indexOf(row);
    const trending = isCalled(row.verdict);
    return [
      markCell(marks[at] ?? null),
      text(String(row.artist), {
        bold: trending,
        ...optional('url', (row.artistUrl as string | null) ?? aboutUrl(dashboardUrl, 'artist', idOf(row))),
      }),
      verdictCell(artists, row),
      countCell(row.sales),
      countCell(row.countries),
      sparkCell(courses.artists.get(Number(row.artistId)), courses, { called: trending, days: trendDays }),
      intervalCell(artists, at, trending),
      ratioCell(row.liftLow, { bold: trending }),
    ];
  });
  return [
    {
      kind: 'list',
      title: called.length > 0 ? 'Known artists on the rise' : 'Rising, not called',
      note: `against their own earlier weeks, ${trendDays} days`,
      list: {
        columns: [
          MARK,
          { label: 'Artist', width: { share: 1 } },
          { label: 'Verdict', width: 106 },
          { label: 'Sales', width: 30, align: 'right' },
          { label: 'Countries', width: 38, align: 'right' },
          { ...WEEKS, width: 56 },
          { ...INTERVAL, width: 80 },
          AT_LEAST,
        ],
        rows,
        least: 3,
        narrow: true,
        ...(called.length > 0 && held.length > 0 && { apart: held.length }),
      },
    },
  ];
}

/** The most first; what is too little to be told last. */
const bySales = (a: Row, b: Row): number => Number(b.sales ?? 0) - Number(a.sales ?? 0);

function buyersPanel(material: Material): Panel[] {
  const { buyers, now } = material;
  const shown = buyers.filter(({ answer }) => answer.rows.length > 0);
  if (shown.length === 0) return [];
  return [
    {
      kind: 'columns',
      across: 4,
      title: 'Where their buyers are',
      note: `share of sales, ${material.trendDays} days`,
      lists: shown.map(({ artist, answer }) => {
        const all = Number(now.emerging?.rows.find(row => row.artist === artist)?.sales ?? 0);
        const most = Math.max(1, ...answer.rows.map(({ sales }) => Number(sales ?? 0)));
        return {
          title: artist,
          list: {
            columns: [
              { label: '', width: 62 },
              { label: '', width: { share: 1 } },
              { label: '', width: 25, align: 'right' },
            ],
            rows: answer.rows.toSorted(bySales).map((row): Cell[] => {
              const sales = Number(row.sales ?? 0);
              const told = row.sales !== null && all > 0;
              return [
                text(countryName(String(row.name)), { small: true }),
                told ? { kind: 'bar', share: sales / most } : null,
                told ? text(`${Math.round((100 * sales) / all)}%`) : text('few', { tone: 'soft' }),
              ];
            }),
            least: 2,
            headless: true,
            narrow: true,
          },
        };
      }),
    },
  ];
}
