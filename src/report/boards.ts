/** Short rankings side by side: what leads in a genre or a country, seen at a glance. */
import { tidy } from '../charts/labels.ts';
import type { Answer, Column } from '../core/answer.ts';
import { formatCell } from '../present/format.ts';

import type { Area, Box, Measure } from './boxes.ts';
import { GUTTER } from './columns.ts';
import { type Element, element } from './elements.ts';
import { fitLines, shorten } from './fit.ts';
import type { Block } from './flow.ts';
import { dashboardAddress, webAddress } from './links.ts';
import { isRightToLeft, lineHeight, textBoxes } from './paragraphs.ts';
import type { Board } from './report.ts';
import { COLOR, TYPE } from './style.ts';

/** A board is never split, so it must be small. */
const MOST_LISTS = 3;
const MOST_ROWS = 8;
const LONGEST_NAME = 120;
const VALUE = 'units';
const NAME = { font: TYPE.cell, color: COLOR.ink, leading: 1.35 };
const DETAIL = { font: TYPE.small, color: COLOR.muted, leading: 1.3 };
const LABEL = { font: TYPE.label, color: COLOR.muted, leading: 1.3 };

/**
 * All lists as one block; as many columns as the section's fullest board has, so that its boards stand in
 * line.
 */
export function listsBlock(
  lists: Board['lists'],
  {
    area,
    parent,
    columns,
    dashboardUrl,
  }: { area: Area; parent: Element; columns: number; dashboardUrl?: string | undefined },
  measure: Measure,
): Block {
  const count = Math.min(Math.max(columns, 1), MOST_LISTS);
  const width = (area.width - GUTTER * (count - 1)) / count;
  const placed = lists
    .slice(0, count)
    .map((list, index) =>
      listBlock(
        list,
        { area: { x: area.x + index * (width + GUTTER), width }, parent, dashboardUrl },
        measure,
      ),
    );
  return {
    height: Math.max(0, ...placed.map(({ height }) => height)),
    gap: 6,
    boxes: placed.flatMap(({ boxes }) => boxes),
  };
}

function listBlock(
  { label, answer }: Board['lists'][number],
  { area, parent, dashboardUrl }: { area: Area; parent: Element; dashboardUrl: string | undefined },
  measure: Measure,
): Block {
  const { x, width } = area;
  const table = element('Table', parent);
  const head = element('TR', table);
  const url = dashboardUrl && dashboardAddress(dashboardUrl, answer);
  const name = element('TH', head);
  const named = url ? element('Link', name) : name;
  const value = answer.columns.find(({ key }) => key === VALUE);
  const valueHead = value
    ? textBoxes(
        [value.label],
        LABEL,
        { ...area, y: 0, align: 'right', element: element('TH', head) },
        measure,
      )
    : [];
  const room = width - (valueHead[0]?.width ?? 0) - GUTTER;
  const texts = textBoxes(
    fitLines(label, room, LABEL.font, measure),
    url ? { ...LABEL, color: COLOR.accent } : LABEL,
    { x, y: 0, width, element: named },
    measure,
  );
  let y = lineHeight(LABEL) + 4;
  const boxes: Box[] = [
    ...texts,
    ...(url
      ? [
          {
            kind: 'link' as const,
            x,
            y: 0,
            width: texts[0]?.width ?? 0,
            height: y,
            target: { url },
            element: named,
          },
        ]
      : []),
    ...valueHead,
    { kind: 'fill', x, y: y - 0.5, width, height: 0.5, color: COLOR.strong },
  ];
  for (const row of answer.rows.slice(0, MOST_ROWS)) {
    const block = rowBlock(answer, row, value, { area, table }, measure);
    boxes.push(...block.boxes.map(box => ({ ...box, y: box.y + y })));
    y += block.height;
  }
  if (answer.rows.length === 0) {
    boxes.push(
      ...textBoxes(['None'], DETAIL, { x, y: y + 4, width, element: element('P', parent) }, measure),
    );
    y += lineHeight(DETAIL) + 4;
  }
  return { height: y, boxes };
}

function rowBlock(
  answer: Answer,
  row: Answer['rows'][number],
  value: Column | undefined,
  { area, table }: { area: Area; table: Element },
  measure: Measure,
): Block {
  const [first, second] = answer.columns;
  if (!first) return { height: 0, boxes: [] };
  const { x, width } = area;
  const tr = element('TR', table);
  const text = shorten(tidy(formatCell(first, row, answer)), LONGEST_NAME);
  const url = webAddress(row[`${first.key}Url`]);
  const cell = element('TD', tr);
  const holder = url ? element('Link', cell) : cell;
  const amount = value ? tidy(formatCell(value, row, answer)) : '';
  const right = amount
    ? textBoxes([amount], NAME, { x, y: 3, width, align: 'right', element: element('TD', tr) }, measure)
    : [];
  const room = width - (right[0]?.width ?? 0) - GUTTER / 2;
  const name = textBoxes(
    fitLines(text, room, NAME.font, measure),
    url ? { ...NAME, color: COLOR.accent } : NAME,
    { x, y: 3, width: room, rtl: isRightToLeft(text), element: holder },
    measure,
  );
  // Whose it is: the same cell goes on in small print.
  const maker = second?.key === 'artist' ? shorten(tidy(formatCell(second, row, answer)), LONGEST_NAME) : '';
  const below = maker
    ? textBoxes(
        fitLines(maker, width, DETAIL.font, measure),
        DETAIL,
        { x, y: 3 + lineHeight(NAME), width, rtl: isRightToLeft(maker), element: cell },
        measure,
      )
    : [];
  const height = 6 + lineHeight(NAME) + (maker ? lineHeight(DETAIL) : 0);
  return {
    height,
    boxes: [
      ...name,
      ...(url
        ? [
            {
              kind: 'link' as const,
              x,
              y: 3,
              width: name[0]?.width ?? 0,
              height: lineHeight(NAME),
              target: { url },
              element: holder,
            },
          ]
        : []),
      ...below,
      ...right,
      { kind: 'fill', x, y: height - 0.5, width, height: 0.5, color: COLOR.rule },
    ],
  };
}
