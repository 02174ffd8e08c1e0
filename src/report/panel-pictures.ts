/** Panels that are drawn: small plots, a heat map, a map beside its list. */
import { chartSize } from '../charts/chartjs.ts';
import { PADDING } from '../charts/config.ts';
import { tidy } from '../charts/labels.ts';
import type { Area, Box, Measure } from './boxes.ts';
import { type Element, element } from './elements.ts';
import { fitEnd, fitLines } from './fit.ts';
import { type Block, stacked } from './flow.ts';
import { listBlocks } from './list-rows.ts';
import type { Panel } from './panels.ts';
import { lineHeight, paragraph, type Style, textBoxes } from './paragraphs.ts';
import { COLOR, HEAT, HEAT_NONE, TYPE } from './style.ts';
import { sparkMarks } from './vectors.ts';

/** Points. */
const COLUMN_GAP = 18;
/** Small plots beside each other. */
export const PLOTS_A_ROW = 4;
const PLOT_HEIGHT = 44;
/** Points that it may be higher on a page with room. */
const PLOT_GROWTH = 60;
const HEAT_LABEL = 78;
const HEAT_ROW = 17.5;
const MAP_SHARE = 0.64;
/** CSS pixels across a map: its letters are as large as the page's smallest. */
const MAP_ACROSS = 525;
/** The style of what stands below and beside small plots. */
export const SMALL: Style = { font: TYPE.small, color: COLOR.muted, leading: 1.35 };

export interface Place {
  /** What links lead to. */
  id: string;
  sect: Element;
  area: Area;
}

/** So many areas beside each other. */
export const columnAreas = ({ x, width }: Area, many: number): Area[] => {
  const own = (width - COLUMN_GAP * (many - 1)) / many;
  return Array.from({ length: many }, (_, at) => ({ x: x + at * (own + COLUMN_GAP), width: own }));
};

/** Small plots, four a row, each on its own scale. */
export function plotBlocks(
  { plots }: Panel & { kind: 'plots' },
  count: number,
  { area, sect }: Place,
  measure: Measure,
): Block[] {
  const areas = columnAreas(area, PLOTS_A_ROW);
  const name: Style = { font: TYPE.name, color: COLOR.ink, leading: 1.35 };
  const top = lineHeight(name) + 2;
  const rowBlock = (row: number, plotHeight: number): Block => {
    const boxes = plots.slice(row * PLOTS_A_ROW, (row + 1) * PLOTS_A_ROW).flatMap((plot, at): Box[] => {
      const own = areas[at] as Area;
      const said = element('P', sect);
      const texts = (text: string, style: Style, y: number, align: 'left' | 'right' = 'left') =>
        textBoxes(
          fitEnd(tidy(text), own.width * (align === 'left' ? 0.98 : 0.7), style.font, measure),
          style,
          { ...own, y, align, element: said },
          measure,
        );
      return [
        ...texts(plot.title, name, 0),
        {
          kind: 'vector',
          ...own,
          y: top,
          height: plotHeight,
          marks: sparkMarks(plot.spark, own.width, plotHeight),
        },
        { kind: 'fill', ...own, y: top + plotHeight, height: 0.75, color: COLOR.edge },
        ...texts(plot.from, SMALL, top + plotHeight + 2),
        ...texts(plot.now, SMALL, top + plotHeight + 2, 'right'),
      ];
    });
    const height = top + plotHeight + 2 + lineHeight(SMALL);
    return { height, gap: row === 0 ? 0 : 9, boxes, withNext: row < count - 1 };
  };
  return Array.from({ length: count }, (_, row) => ({
    ...rowBlock(row, PLOT_HEIGHT),
    elastic: { most: PLOT_GROWTH, grown: by => rowBlock(row, PLOT_HEIGHT + by) },
  }));
}

/** A table of shaded cells: its heads, then the first `count` rows, each a block. */
export function heatBlocks(
  { columns, rows }: Panel & { kind: 'heat' },
  count: number,
  { area, sect }: Place,
  measure: Measure,
): Block[] {
  const table = element('Table', sect);
  const width = (area.width - HEAT_LABEL) / Math.max(columns.length, 1);
  const label: Style = { font: TYPE.label, color: COLOR.muted, leading: 1.15 };
  const heads = columns.map(column => fitLines(tidy(column), width - 1, label.font, measure, 2));
  const lines = Math.max(1, ...heads.map(head => head.length));
  const tr = element('TR', table);
  const headHeight = lines * lineHeight(label) + 3;
  const centred = (text: string, style: Style, left: number, y: number, of: Element): Box[] => {
    const wide = measure(text, style.font);
    return textBoxes([text], style, { x: left + (width - wide) / 2, y, width: wide, element: of }, measure);
  };
  const head: Block = {
    height: headHeight,
    withNext: true,
    boxes: heads.flatMap((head, at) => {
      const th = element('TH', tr);
      const top = (lines - head.length) * lineHeight(label);
      return head.flatMap((text, line) =>
        centred(text, label, area.x + HEAT_LABEL + at * width, top + line * lineHeight(label), th),
      );
    }),
  };
  const body = rows.slice(0, count).map(({ label: name, values }, at): Block => {
    const row = element('TR', table);
    const style: Style = { font: TYPE.cell, color: COLOR.ink, leading: 1.3 };
    const y = (HEAT_ROW - lineHeight(style)) / 2;
    return {
      height: HEAT_ROW,
      head,
      withNext: at === 0 || at === count - 2,
      boxes: [
        ...textBoxes(
          fitEnd(tidy(name), HEAT_LABEL - 6, style.font, measure),
          { ...style, color: COLOR.muted },
          { x: area.x, y, width: HEAT_LABEL - 6, element: element('TD', row) },
          measure,
        ),
        ...values.flatMap((value, column): Box[] => {
          const x = area.x + HEAT_LABEL + column * width;
          const shade = value === null ? undefined : HEAT.find(({ from }) => value >= from);
          const fill = { x, y: 0, width: width - 0.75, height: HEAT_ROW - 0.75 };
          const text = value === null ? '–' : value.toFixed(1);
          return [
            { kind: 'fill', ...fill, color: shade?.fill ?? HEAT_NONE },
            ...centred(text, { ...style, color: shade?.text ?? COLOR.muted }, x, y, element('TD', row)),
          ];
        }),
      ],
    };
  });
  return [head, ...body];
}

/** A map is never alone: the list of the strongest stands beside it. */
export function mapBlock(
  { map, beside }: Panel & { kind: 'map' },
  { area, sect }: Place,
  measure: Measure,
): Block {
  const width = area.width * MAP_SHARE;
  const unit = width / (MAP_ACROSS - PADDING.left - PADDING.right);
  const height = chartSize(map, { width: MAP_ACROSS }).height * unit;
  const right: Area = { x: area.x + width + COLUMN_GAP, width: area.width - width - COLUMN_GAP };
  const name: Style = { font: TYPE.name, color: COLOR.ink, leading: 1.35 };
  const list = stacked(listBlocks(beside.list, { area: right, parent: sect }, measure), lineHeight(name) + 2);
  const foot = stacked(
    paragraph(tidy(beside.foot), SMALL, { ...right, element: element('P', sect) }, measure),
    list.height + 6,
  );
  const top = Math.max((height - foot.height) / 2, 0);
  const titled = textBoxes(
    fitEnd(tidy(beside.title), right.width, name.font, measure),
    name,
    { ...right, y: 0, element: element('P', sect) },
    measure,
  );
  return {
    height: Math.max(height, foot.height),
    gap: 4,
    boxes: [
      {
        kind: 'chart',
        x: area.x - PADDING.left * unit,
        y: 0,
        width: MAP_ACROSS * unit,
        height,
        spec: map,
        across: MAP_ACROSS,
        element: element('Figure', sect),
      },
      ...[...titled, ...list.boxes, ...foot.boxes].map(box => ({ ...box, y: box.y + top })),
    ],
  };
}
