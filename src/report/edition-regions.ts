/** The page on regions: who buys more than is typical, and what beyond its share. Pure. */
import type { Row } from '../core/answer.ts';
import { withAlt } from '../core/chart-alt.ts';
import type { MapSpec } from '../core/chart-spec.ts';
import { countOf, formatChange, formatPercent, formatRatio, round } from '../core/numbers.ts';
import { countryInText, countryName } from '../core/places/country.ts';
import { atStart, spelt } from '../core/text.ts';
import { calledRows } from '../questions/lib/news.ts';
import type { InCountry, Material } from './edition-material.ts';
import { aboutUrl, countCell, optional, sparkCell, text } from './edition-rows.ts';
import type { Cell, Panel } from './panels.ts';
import type { ReportSection } from './report.ts';

/** A change that is told in the warm colour. */
const LEAST_CHANGE = 0.1;
/** "At least" that is not written as 1.0×. */
const LEAST_LIFT = 1.05;
/** Share that is not written as 0%. */
const LEAST_TOLD = 0.005;
/** With fewer sales a change is chance. */
const LEAST_SALES = 20;
const STRONGEST = 5;
const HEAT_COLUMNS = 8;
const HEAT_ROWS = 10;

interface Told {
  code: string;
  sales: number;
  change: number | null;
  genre?: Row | undefined;
  best?: Row | undefined;
}

/** What a sentence calls a period. */
export const PERIOD_WORDS = { day: 'day', week: 'week', month: 'month' } as const;

const TYPICAL = {
  day: 'on a typical day',
  week: 'in a typical week',
  month: 'in a typical month',
} as const;

const toldOf = ({ code, overview, oversold, best }: InCountry): Told => {
  const [all] = overview?.rows ?? [];
  return {
    code,
    sales: Number(all?.sales ?? 0),
    change: typeof all?.salesChange === 'number' ? all.salesChange : null,
    genre: oversold?.rows.find(({ liftLow }) => Number(liftLow) >= LEAST_LIFT),
    best: best?.rows[0],
  };
};

/** Countries that buy clearly more than is typical, the furthest first. */
const aboveTypical = ({ inCountries }: Material): Told[] =>
  inCountries
    .map(toldOf)
    .filter(({ sales, change }) => sales >= LEAST_SALES && change !== null && change >= LEAST_TOLD)
    .toSorted((a, b) => Number(b.change) - Number(a.change));

/** The section of the largest countries: what each buys, and what it over-indexes in. */
export function regionsSection(material: Material, dashboardUrl: string | undefined): ReportSection {
  const { countries } = material;
  return {
    title: 'Regions',
    intro: countries ? introOf(material) : 'Where sales go could not be counted in time.',
    answers: [],
    panels: [...mapPanel(material), ...tablePanel(material, dashboardUrl), ...heatPanel(material)],
  };
}

function introOf(material: Material): string {
  const [first] = material.inCountries.map(toldOf).toSorted((a, b) => b.sales - a.sales);
  const all = Number(material.now.overview?.rows[0]?.sales ?? 0);
  if (!first || first.sales === 0) return material.countries?.headline ?? '';
  const share = all > 0 ? ` (${formatPercent(first.sales / all)})` : '';
  const most = `${first.sales.toLocaleString('en')} sales${share}.`;
  const buysMost = `${atStart(countryInText(first.code))} buys the most: ${most}`;
  const [furthest] = aboveTypical(material).filter(({ change }) => Number(change) >= LEAST_CHANGE);
  if (!furthest) return buysMost;
  const above =
    `${atStart(countryInText(furthest.code))} buys ${formatPercent(round(Number(furthest.change)))} ` +
    `more than ${TYPICAL[material.period.name]}`;
  const taste = furthest.genre ? ` Its strongest genre is ${spelt(String(furthest.genre.name))}.` : '';
  return furthest.code === first.code
    ? `${above}, and the most of all countries: ${most}${taste}`
    : `${above}.${taste} ${buysMost}`;
}

/** By how far a country's sales are above what is typical: most change by less than a third. */
const CHANGES = [
  { from: 0, label: 'below typical' },
  { from: 1, label: 'to +5%' },
  { from: 1.05, label: 'to +10%' },
  { from: 1.1, label: 'to +30%' },
  { from: 1.3, label: 'more' },
];

/** Who buys more than is typical, and who less; the table beside it has the size. */
function changeMap({ inCountries, period }: Material): MapSpec {
  const points = inCountries
    .map(toldOf)
    .filter(({ sales, change }) => sales >= LEAST_SALES && change !== null)
    .map(({ code, change }) => ({ x: code, y: 1 + Number(change) }))
    .toSorted((a, b) => b.y - a.y);
  return withAlt<MapSpec>(
    {
      kind: 'map',
      title: '',
      unit: `sales against a typical ${PERIOD_WORDS[period.name]}`,
      format: 'ratio',
      caption: '',
      series: [{ label: 'change', points }],
      reference: { value: 1, label: 'typical' },
      classes: CHANGES,
    },
    'countries',
  );
}

function mapPanel(material: Material): Panel[] {
  const { countries } = material;
  if (!countries || countries.rows.length === 0) return [];
  const above = aboveTypical(material);
  const strongest = above.slice(0, STRONGEST);
  const most = Math.max(0.01, ...strongest.map(({ change }) => Number(change)));
  const map = changeMap(material);
  const many = material.inCountries.length;
  return [
    {
      kind: 'map',
      map,
      beside: {
        title: strongest.length > 0 ? 'Furthest above typical' : 'None is above typical',
        list: {
          columns: [
            { label: '', width: 76 },
            { label: '', width: { share: 1 } },
            { label: '', width: 34, align: 'right' },
          ],
          rows: strongest.map(({ code, change }): Cell[] => [
            text(countryName(code)),
            { kind: 'bar', share: Number(change) / most, called: Number(change) >= LEAST_CHANGE },
            text(formatChange(Number(change)), { bold: true }),
          ]),
          least: 1,
          headless: true,
          narrow: true,
        },
        foot:
          `Colour is the change, not the size, of the ${countOf(many, 'country', 'countries')} ` +
          `that buy the most, from ${LEAST_SALES} sales on. ` +
          'The feed names buyers’ countries, not their cities.',
      },
    },
  ];
}

function tablePanel(material: Material, dashboardUrl: string | undefined): Panel[] {
  const { courses, trendDays, inCountries } = material;
  const told = inCountries.map(toldOf);
  if (told.length === 0) return [];
  const rows = told.map(({ code, sales, change, genre, best }): Cell[] => {
    const strong = change !== null && change >= LEAST_CHANGE && sales >= LEAST_SALES;
    const artist = best && String(best.name);
    return [
      text(countryName(code), optional('url', aboutUrl(dashboardUrl, 'country', code))),
      countCell(sales),
      change === null
        ? text('–', { tone: 'soft' })
        : text(formatChange(change).replace('-', '−'), strong ? { bold: true, tone: 'signal' } : {}),
      sparkCell(courses.countries.get(code), courses, { called: strong, days: trendDays }),
      genre
        ? text(
            spelt(String(genre.name)),
            optional('url', aboutUrl(dashboardUrl, 'genre', String(genre.name))),
          )
        : text('–', { tone: 'soft' }),
      genre ? text(formatRatio(Number(genre.liftLow))) : null,
      artist ? text(artist, optional('url', best?.nameUrl as string | null)) : text('–', { tone: 'soft' }),
    ];
  });
  return [
    {
      kind: 'list',
      list: {
        columns: [
          { label: 'Country', width: { share: 1 } },
          { label: 'Sales', width: 34, align: 'right' },
          { label: 'vs typical', width: 40, align: 'right' },
          { label: 'Eight weeks', width: 74 },
          { label: 'Strongest genre', width: { share: 1 } },
          { label: '× share', width: 34, align: 'right' },
          { label: 'Best-selling artist', width: { share: 1.5 } },
        ],
        rows,
        least: 8,
      },
      foot:
        `Sales and change: the ${PERIOD_WORDS[material.period.name]}. Genre and artist: ` +
        `${trendDays} days; “× share”: at least so many times its share of everything.`,
    },
  ];
}

function heatPanel(material: Material): Panel[] {
  const { inCountries, now, trendDays } = material;
  const genres = now.genres;
  if (!genres) return [];
  const called = calledRows(genres);
  const others = genres.rows.filter(row => !called.includes(row));
  const rowsOf = inCountries.slice(0, HEAT_ROWS).map(({ code, oversold }) => ({
    code,
    lifts: new Map((oversold?.rows ?? []).map(row => [String(row.name), Number(row.lift)])),
  }));
  // Of the genres that are called, then of those that most countries buy enough of to tell.
  const known = (name: string): number => rowsOf.filter(({ lifts }) => lifts.has(name)).length;
  const ranked = [...called, ...others].map(({ genre }) => String(genre)).filter(name => known(name) > 0);
  const more = [...new Set(rowsOf.flatMap(({ lifts }) => [...lifts.keys()]))]
    .filter(name => !ranked.includes(name))
    .toSorted((a, b) => known(b) - known(a) || a.localeCompare(b, 'en'));
  const columns = [...ranked, ...more].slice(0, HEAT_COLUMNS);
  if (columns.length < 2 || rowsOf.length < 2) return [];
  return [
    {
      kind: 'heat',
      title: 'Who buys what beyond its share',
      note: `sales relative to the country’s share of everything, ${trendDays} days`,
      columns: columns.map(spelt),
      rows: rowsOf.map(({ code, lifts }) => ({
        label: countryName(code),
        values: columns.map(name => lifts.get(name) ?? null),
      })),
      least: 5,
    },
  ];
}
