/** The panels of a page as blocks, with as many rows as the page has room for. */
import { chartSize } from '../charts/chartjs.ts';
import { PADDING } from '../charts/config.ts';
import { tidy } from '../charts/labels.ts';
import type { Area, Box, Measure } from './boxes.ts';
import { type Element, element } from './elements.ts';
import { fitEnd, fitLines } from './fit.ts';
import type { Block } from './flow.ts';
import { listBlocks } from './list-rows.ts';
import type { Panel } from './panels.ts';
import { lineHeight, paragraph, type Style, textBoxes } from './paragraphs.ts';
import { COLOR, HEAT, HEAT_NONE, TYPE } from './style.ts';
import { sparkMarks } from './vectors.ts';

/** Points. */
const PANEL_GAP = 15;
const RULE = 1.5;
const COLUMN_GAP = 18;
const PLOTS_A_ROW = 4;
const PLOT_HEIGHT = 44;
const HEAT_LABEL = 92;
const HEAT_ROW = 17.5;
const MAP_SHARE = 0.64;
/** CSS pixels across a map: its letters are as large as the page's smallest. */
const MAP_ACROSS = 460;

const TITLE: Style = { font: TYPE.answer, color: COLOR.ink, leading: 1.35 };
const SMALL: Style = { font: TYPE.small, color: COLOR.muted, leading: 1.35 };

interface Place {
  /** What links lead to. */
  id: string;
  sect: Element;
  area: Area;
}

/**
 * The blocks of all panels, no higher than `height` together: where there is no row left to leave out, the
 * last panels are.
 */
export function panelBlocks(
  panels: readonly Panel[],
  place: Place,
  height: number,
  measure: Measure,
): Block[] {
  const counts = panels.map(rowsOf);
  const lay = (): Block[] =>
    panels.flatMap((panel, at) =>
      blocksOf(panel, counts[at] ?? 0, { ...place, id: `${place.id}-panel-${at}` }, measure),
    );
  let blocks = lay();
  while (heightOf(blocks) > height) {
    const spare = panels.map((panel, at) => (counts[at] ?? 0) - leastOf(panel));
    const most = Math.max(...spare);
    if (most <= 0)
      return panels.length > 1 ? panelBlocks(panels.slice(0, -1), place, height, measure) : blocks;
    const at = spare.lastIndexOf(most);
    counts[at] = (counts[at] ?? 0) - 1;
    blocks = lay();
  }
  return blocks;
}

export const heightOf = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, block) => sum + block.height + (block.gap ?? 0), 0);

function rowsOf(panel: Panel): number {
  switch (panel.kind) {
    case 'list':
      return panel.list.rows.length;
    case 'columns':
      return Math.max(0, ...panel.lists.map(({ list }) => list.rows.length));
    case 'plots':
      return Math.ceil(panel.plots.length / PLOTS_A_ROW);
    case 'heat':
      return panel.rows.length;
    case 'map':
      return 1;
  }
}

function leastOf(panel: Panel): number {
  switch (panel.kind) {
    case 'list':
      return panel.list.least;
    case 'columns':
      return Math.max(0, ...panel.lists.map(({ list }) => list.least));
    case 'plots':
    case 'map':
      return 1;
    case 'heat':
      return panel.least;
  }
}

function blocksOf(panel: Panel, count: number, place: Place, measure: Measure): Block[] {
  const { area, sect: parent } = place;
  const sect = element('Sect', parent);
  const head = titleBlock(panel, { ...place, sect }, measure);
  const foot = panel.foot
    ? paragraph(tidy(panel.foot), SMALL, { ...area, gap: 5, element: element('P', sect) }, measure)
    : [];
  const body = bodyBlocks(panel, count, { ...place, sect }, measure);
  // The last row keeps its explaining line.
  const last = body.at(-1);
  if (last && foot.length > 0) body[body.length - 1] = { ...last, withNext: true };
  return [head, ...body, ...foot];
}

function bodyBlocks(panel: Panel, count: number, place: Place, measure: Measure): Block[] {
  const { area, sect } = place;
  switch (panel.kind) {
    case 'list':
      return listBlocks(panel.list, { area, parent: sect }, measure, count);
    case 'columns':
      return columnsBlocks(panel, count, place, measure);
    case 'plots':
      return plotBlocks(panel, count, place, measure);
    case 'heat':
      return heatBlocks(panel, count, place, measure);
    case 'map':
      return [mapBlock(panel, place, measure)];
  }
}

/** The rule that a panel hangs from, and its title if it has one. */
function titleBlock({ title, note }: Panel, { id, sect, area }: Place, measure: Measure): Block {
  const line: Box = { kind: 'fill', ...area, y: 0, height: RULE, color: COLOR.ink };
  if (!title) return { height: RULE, gap: 9, boxes: [line], withNext: true };
  const y = RULE + 5;
  const [text = ''] = fitLines(tidy(title), area.width, TITLE.font, measure);
  const h2 = element('H2', sect);
  const texts = textBoxes([text], TITLE, { ...area, y, element: h2 }, measure);
  const left = (texts[0]?.width ?? 0) + 10;
  const beside = note
    ? textBoxes(
        fitEnd(tidy(note), area.width - left, SMALL.font, measure),
        SMALL,
        { x: area.x + left, y: y + 3.6, width: area.width - left, element: element('P', sect) },
        measure,
      )
    : [];
  return {
    height: y + lineHeight(TITLE) + 3,
    gap: PANEL_GAP,
    withNext: true,
    boxes: [line, { kind: 'heading', y: 0, level: 2, id, title: tidy(title) }, ...texts, ...beside],
  };
}

const columnAreas = ({ x, width }: Area, many: number): Area[] => {
  const own = (width - COLUMN_GAP * (many - 1)) / many;
  return Array.from({ length: many }, (_, at) => ({ x: x + at * (own + COLUMN_GAP), width: own }));
};

/** Lists beside each other, a block for each of their rows together. */
function columnsBlocks(
  { lists, across = lists.length }: Panel & { kind: 'columns' },
  count: number,
  { area, sect }: Place,
  measure: Measure,
): Block[] {
  const areas = columnAreas(area, Math.max(across, lists.length));
  const name: Style = { font: TYPE.name, color: COLOR.ink, leading: 1.35 };
  const titles = lists.flatMap(({ title, note }, at): Box[] => {
    const own = areas[at] as Area;
    const heading = element('P', sect);
    const texts = textBoxes(
      fitEnd(tidy(title), own.width, name.font, measure),
      name,
      { ...own, y: 0, element: heading },
      measure,
    );
    const left = (texts[0]?.width ?? 0) + 6;
    if (!note || left > own.width - 20) return texts;
    const place = { x: own.x + left, y: 1.4, width: own.width - left, element: heading };
    return [
      ...texts,
      ...textBoxes(fitEnd(tidy(note), own.width - left, SMALL.font, measure), SMALL, place, measure),
    ];
  });
  const each = lists.map(({ list }, at) =>
    listBlocks(list, { area: areas[at] as Area, parent: sect }, measure, Math.min(count, list.rows.length)),
  );
  const many = Math.max(0, ...each.map(blocks => blocks.length));
  const rows = Array.from({ length: many }, (_, at): Block => {
    const beside = each.flatMap(blocks => blocks[at] ?? []);
    return {
      height: Math.max(...beside.map(({ height }) => height)),
      boxes: beside.flatMap(({ boxes }) => boxes),
      withNext: at <= 1 || at === many - 2,
    };
  });
  return [{ height: lineHeight(name) + 2, boxes: titles, withNext: rows.length > 0 }, ...rows];
}

/** Small plots, four a row, each on its own scale. */
function plotBlocks(
  { plots }: Panel & { kind: 'plots' },
  count: number,
  { area, sect }: Place,
  measure: Measure,
): Block[] {
  const areas = columnAreas(area, PLOTS_A_ROW);
  const name: Style = { font: TYPE.name, color: COLOR.ink, leading: 1.35 };
  const top = lineHeight(name) + 2;
  return Array.from({ length: count }, (_, row): Block => {
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
          height: PLOT_HEIGHT,
          marks: sparkMarks(plot.spark, own.width, PLOT_HEIGHT),
        },
        { kind: 'fill', ...own, y: top + PLOT_HEIGHT, height: 0.75, color: COLOR.edge },
        ...texts(plot.from, SMALL, top + PLOT_HEIGHT + 2),
        ...texts(plot.now, SMALL, top + PLOT_HEIGHT + 2, 'right'),
      ];
    });
    const height = top + PLOT_HEIGHT + 2 + lineHeight(SMALL);
    return { height, gap: row === 0 ? 0 : 9, boxes, withNext: row < count - 1 };
  });
}

function heatBlocks(
  { columns, rows }: Panel & { kind: 'heat' },
  count: number,
  { area, sect }: Place,
  measure: Measure,
): Block[] {
  const table = element('Table', sect);
  const width = (area.width - HEAT_LABEL) / Math.max(columns.length, 1);
  const label: Style = { font: TYPE.label, color: COLOR.muted, leading: 1.15 };
  const heads = columns.map(column => fitLines(tidy(column), width - 5, label.font, measure, 2));
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
function mapBlock({ map, beside }: Panel & { kind: 'map' }, { area, sect }: Place, measure: Measure): Block {
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

/** Blocks below each other as one, from `top` on. */
export function stacked(blocks: readonly Block[], top = 0): { height: number; boxes: Box[] } {
  let y = top;
  const boxes: Box[] = [];
  for (const [at, block] of blocks.entries()) {
    if (at > 0) y += block.gap ?? 0;
    boxes.push(...block.boxes.map(box => ({ ...box, y: box.y + y })));
    y += block.height;
  }
  return { height: y, boxes };
}
