/** The page of best sellers: artists, albums and tracks, of the period beside the trends' days. Pure. */
import type { Answer, Column } from '../core/answer.ts';
import { formatCell } from '../present/format.ts';
import type { BestKind, Material } from './edition-material.ts';
import { numberCell, optional, text } from './edition-rows.ts';
import type { Cell, List, Panel } from './panels.ts';
import type { ReportSection } from './report.ts';

const TITLES: Record<BestKind, string> = { artist: 'Artists', album: 'Albums', track: 'Tracks' };
const PERIODS = { day: 'The day', week: 'The week, by units', month: 'The month, by units' } as const;
const LEAST: Record<BestKind, number> = { artist: 6, album: 5, track: 4 };

/** The section of best-selling artists, albums and tracks. */
export function bestSection(material: Material): ReportSection {
  const [artists] = material.best;
  const [first] = artists?.period?.rows ?? [];
  const units = artists?.period?.columns.find(({ key }) => key === 'units');
  const amount = first && units && artists?.period ? formatCell(units, first, artists.period) : '';
  return {
    title: 'Best sellers',
    intro: first
      ? `${first.name} sold the most of all artists: ${amount} units.`
      : 'Nobody sold anything in what was read of this time.',
    answers: [],
    panels: material.best.flatMap(panelOf(material)),
  };
}

const panelOf =
  ({ period, trendDays }: Material) =>
  ({ kind, period: own, trend }: Material['best'][number]): Panel[] => {
    const byRevenue = trend?.params.by === 'revenue';
    const lists = [
      { title: PERIODS[period.name], answer: own },
      { title: byRevenue ? 'By revenue' : `${trendDays} days`, answer: trend },
    ].flatMap(({ title, answer }) =>
      answer && answer.rows.length > 0 ? [{ title, list: listOf(answer, kind) }] : [],
    );
    return lists.length > 0 ? [{ kind: 'columns', title: TITLES[kind], lists }] : [];
  };

/** All with cents or all without. */
function paidIn(answer: Answer, revenue: Column): string[] {
  const texts = answer.rows.map(row => formatCell(revenue, row, answer));
  const isWhole = texts.some(text => /\d/.test(text) && !text.includes('.'));
  return texts.map(text =>
    isWhole ? text.replace(/\d+\.\d+/, amount => `${Math.round(Number(amount))}`) : text,
  );
}

function listOf(answer: Answer, kind: BestKind): List {
  const column = (key: string) => answer.columns.find(each => each.key === key);
  const [units, revenue] = [column('units'), column('revenueUsd')];
  const paid = revenue ? paidIn(answer, revenue) : [];
  return {
    columns: [
      { label: '', width: 13 },
      { label: '', width: { share: 1 } },
      { label: units?.label ?? 'Units', width: 32, align: 'right' },
      { label: revenue?.label ?? 'Revenue', width: 44, align: 'right' },
    ],
    rows: answer.rows.map((row, at): Cell[] => [
      numberCell(at),
      text(String(row.name), {
        bold: true,
        ...optional('url', row.nameUrl as string | null),
        ...(kind !== 'artist' && { second: String(row.artist ?? '') }),
        ...(kind !== 'artist' && optional('secondUrl', row.artistUrl as string | null)),
      }),
      text(units ? formatCell(units, row, answer) : '–'),
      text(paid[at] ?? '–', { tone: 'soft' }),
    ]),
    least: LEAST[kind],
    narrow: true,
    ...(kind !== 'artist' && { headless: true as const }),
  };
}
