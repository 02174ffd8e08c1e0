/** The panels of a page as blocks, with as many rows as the page has room for. */
import { tidy } from '../charts/labels.ts';
import type { Area, Box, Measure } from './boxes.ts';
import { element } from './elements.ts';
import { fitEnd, fitLines } from './fit.ts';
import { type Block, heightOf } from './flow.ts';
import { listBlocks } from './list-rows.ts';
import {
  columnAreas,
  heatBlocks,
  mapBlock,
  PLOTS_A_ROW,
  type Place,
  plotBlocks,
  SMALL,
} from './panel-pictures.ts';
import type { Panel } from './panels.ts';
import { lineHeight, paragraph, type Style, textBoxes } from './paragraphs.ts';
import { COLOR, TYPE } from './style.ts';

/** Points. */
const PANEL_GAP = 15;
const RULE = 1.5;

const TITLE: Style = { font: TYPE.answer, color: COLOR.ink, leading: 1.35 };

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
