/** The pages on what is rising: emerging artists, and trending genres with who leads them. Pure. */
import type { Answer, Row } from '../core/answer.ts';
import { countOf, formatCount, formatRatio } from '../core/numbers.ts';
import { countryName } from '../core/places/country.ts';
import { formatDayOfYear } from '../core/time/dates.ts';
import { DAY } from '../core/time/instant.ts';
import { formatCell } from '../present/format.ts';
import { calledRows, idOf } from '../questions/lib/news.ts';
import type { Material } from './edition-material.ts';
import {
  aboutUrl,
  countCell,
  earlierOf,
  intervalCell,
  isCalled,
  isCompared,
  markCell,
  marksOf,
  numberCell,
  optional,
  ratioCell,
  SPARK_DAYS,
  sparkCell,
  text,
  typicalOf,
  verdictCell,
} from './edition-rows.ts';
import type { Cell, ListColumn, Panel } from './panels.ts';
import type { ReportSection } from './report.ts';
import { capitalised, rateText, reasonOf, riseWords, sinceText } from './words.ts';

const EMERGING_ROWS = 16;
const KNOWN_ROWS = 6;
const HELD_BACK_ROWS = 3;
const GENRE_ROWS = 14;
const PLOTS = 8;
const EXPLAINED =
  'Solid: at least this much. Pale: the likely range. Mark: best estimate. Dashed: as expected.';

const RANK: ListColumn = { label: '', width: 13 };
const MARK: ListColumn = { label: '', width: 24 };
const WEEKS: ListColumn = { label: 'Eight weeks', width: 66 };
const INTERVAL: ListColumn = { label: 'relative to expected', width: 104 };
const AT_LEAST: ListColumn = { label: 'At least', width: 36, align: 'right' };

const endOf = ({ period }: Material): number => period.window.until;

const whenOf = (material: Material) => ({ now: endOf(material), zone: material.period.zone });

/** `Marks compare with the list of 26 Nov.`; '' where there is none. */
function comparedWith({ before, period }: Material): string {
  if (!before) return '';
  const end = formatDayOfYear(period.window.from - DAY / 2, period.window.until, period.zone);
  return ` Marks compare with the list of ${end}.`;
}

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
  const news =
    fresh > 0 ? ` ${capitalised(countOf(fresh, 'artist'))} ${fresh === 1 ? 'is' : 'are'} new.` : '';
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
      foot: `${EXPLAINED} Shaded in the courses: Bandcamp Friday.${comparedWith(material)}`,
    },
  ];
}

/** Artists with a past: those that are called, then those that are held back, with the reason. */
function knownPanel(material: Material, dashboardUrl: string | undefined): Panel[] {
  const { artists } = material.now;
  if (!artists || artists.rows.length === 0) return [];
  const called = calledRows(artists).slice(0, KNOWN_ROWS);
  const held = artists.rows.filter(row => !isCalled(artists, row)).slice(0, HELD_BACK_ROWS);
  const marks = marksOf(artists, earlierOf(material, 'artists'));
  const { courses, trendDays } = material;
  const rows = [...called, ...held].map((row): Cell[] => {
    const at = artists.rows.indexOf(row);
    const trending = isCalled(artists, row);
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
              { label: '', width: { share: 1.5 } },
              { label: '', width: { share: 1 } },
              { label: '', width: 25, align: 'right' },
            ],
            rows: answer.rows.map((row): Cell[] => {
              const sales = Number(row.sales ?? 0);
              const told = row.sales !== null && all > 0;
              const column = answer.columns.find(({ key }) => key === 'sales');
              return [
                text(countryName(String(row.name))),
                told ? { kind: 'bar', share: sales / most } : null,
                told
                  ? text(`${Math.round((100 * sales) / all)}%`)
                  : text(column ? formatCell(column, row, answer) : '–', { tone: 'soft' }),
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
  const nearest = genres.rows.find(row => !isCalled(genres, row) && Number(row.liftLow ?? 0) > 1);
  const column = genres.columns.find(({ key }) => key === 'verdict');
  const why = nearest && column ? formatCell(column, nearest, genres) : '';
  if (!first) {
    if (!nearest)
      return genres.rows.length > 0 ? 'No genre clearly sells more than expected.' : genres.headline;
    return (
      `No genre is clearly trending. ${capitalised(String(nearest.genre))} comes closest: at least ` +
      `${formatRatio(Number(nearest.liftLow))} its expected sales (${why}).`
    );
  }
  const also =
    others.length > 0
      ? ` ${countOf(others.length, 'other genre')} ${others.length === 1 ? 'is' : 'are'} trending too.`
      : '';
  const marks = marksOf(genres, earlierOf(material, 'genres'));
  const fresh = calledRows(genres).filter(row => marks[genres.rows.indexOf(row)]?.kind === 'new');
  const names = fresh.slice(0, 2).map(({ genre }) => String(genre));
  const news =
    names.length > 0
      ? ` New: ${names.join(' and ')}${fresh.length > 2 ? ` and ${fresh.length - 2} more` : ''}.`
      : '';
  const held = nearest ? ` ${capitalised(String(nearest.genre))} rises, but is held back: ${why}.` : '';
  return (
    `${capitalised(String(first.genre))} is trending: it sells at least ` +
    `${formatRatio(Number(first.liftLow))} its expected amount.${also}${news}${held}`
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
    const trending = isCalled(genres, row);
    const name = String(row.genre);
    return [
      numberCell(place),
      markCell(marks[at] ?? null),
      text(name, { bold: trending, ...optional('url', aboutUrl(dashboardUrl, 'genre', name)) }),
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
  const apart = ordered.filter(row => !isCalled(genres, row)).length;
  return [
    {
      kind: 'list',
      list: {
        columns: [
          RANK,
          MARK,
          { label: 'Genre', width: { share: 1 } },
          { label: 'Verdict', width: 106 },
          { label: 'Sales', width: 30, align: 'right' },
          { label: 'Expected', width: 37, align: 'right' },
          { label: 'Artists', width: 28, align: 'right' },
          { ...WEEKS, width: 46 },
          { ...INTERVAL, width: 70 },
          AT_LEAST,
        ],
        rows,
        least: 8,
        narrow: true,
        ...(apart > 0 && apart < rows.length && { apart }),
      },
      foot: `${EXPLAINED}${comparedWith(material)}`,
    },
  ];
}

function leadersPanel({ leaders, trendDays }: Material): Panel[] {
  const shown = leaders.filter(({ answer }) => answer.rows.length > 0);
  if (shown.length === 0) return [];
  return [
    {
      kind: 'columns',
      across: 4,
      title: 'Who leads them',
      note: `units, ${trendDays} days`,
      lists: shown.map(({ genre, answer }) => {
        const units = answer.columns.find(({ key }) => key === 'units');
        return {
          title: genre,
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
      called: isCalled(genres, row),
      days: trendDays,
    });
    if (!spark) return [];
    const { kind: _, ...course } = spark;
    const typical = typicalOf(course);
    const recent = course.values.slice(-Math.min(trendDays, course.values.length));
    const now = recent.reduce((sum, value) => sum + value, 0) / Math.max(recent.length, 1);
    const first = courses.days.at(-SPARK_DAYS) ?? courses.days[0];
    return [
      {
        title: name,
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
