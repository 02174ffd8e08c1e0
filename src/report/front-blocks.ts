/** The front's news: the leading course beside three more ledes, short lists, what is new, up and gone. */
import { tidy } from '../charts/labels.ts';
import type { Area, Box, Measure } from './boxes.ts';
import { curveMarks } from './curve.ts';
import { type Element, element } from './elements.ts';
import { fitEnd } from './fit.ts';
import type { Block } from './flow.ts';
import { stacked } from './flow.ts';
import { listBlocks } from './list-rows.ts';
import type { Curve, Front, Lede } from './panels.ts';
import { lineHeight, paragraph, type Style, textBoxes } from './paragraphs.ts';
import { COLOR, TYPE } from './style.ts';

/** Points: the course takes what the rest of the page leaves, between these. */
const LEAST_CURVE = 150;
const MOST_CURVE = 300;
const LEDES_WIDTH = 160;
const LEDE_GAP = 20;
const LISTS_GAP = 18;
const RULE = 1.5;

const HEADING: Style = { font: TYPE.answer, color: COLOR.ink, leading: 1.35 };
const BODY: Style = { font: TYPE.body, color: COLOR.ink, leading: 1.45 };
const SMALL: Style = { font: TYPE.small, color: COLOR.muted, leading: 1.4 };

/** What stands below the headline; the course is as high as `height` leaves room for. */
export function frontBlocks(
  front: Front,
  { area, height, pageOf }: { area: Area; height: number; pageOf: (section: number) => number },
  measure: Measure,
): Block[] {
  const sect = element('Sect');
  const lists = listsBlock(front, area, sect, measure);
  const changes = changesBlock(front, area, sect, measure);
  const others = [...(lists ? [lists] : []), ...(changes ? [changes] : [])];
  const taken = others.reduce((sum, block) => sum + block.height + (block.gap ?? 0), 0);
  const room = Math.min(Math.max(height - taken - LEDE_GAP, LEAST_CURVE), MOST_CURVE);
  const news = newsBlock(front, { area, sect, height: room, pageOf }, measure);
  return [...(news ? [news] : []), ...others];
}

function newsBlock(
  { curve, ledes }: Front,
  {
    area,
    sect,
    height,
    pageOf,
  }: { area: Area; sect: Element; height: number; pageOf: (section: number) => number },
  measure: Measure,
): Block | undefined {
  if (!curve && ledes.length === 0) return undefined;
  const line: Box = { kind: 'fill', ...area, y: 0, height: RULE, color: COLOR.ink };
  const beside: Area = curve ? { x: area.x + area.width - LEDES_WIDTH, width: LEDES_WIDTH } : area;
  const told = stacked(
    ledes.flatMap((lede, at) => ledeBlocks(lede, at, { area: beside, sect, pageOf }, measure)),
    RULE + 6,
  );
  const wide = ledes.length > 0 ? area.width - LEDES_WIDTH - LEDE_GAP : area.width;
  const drawn = curve ? curveBoxes(curve, { x: area.x, width: wide, height, sect }, measure) : [];
  return {
    height: Math.max(curve ? height : 0, told.height),
    gap: 12,
    boxes: [line, ...drawn, ...told.boxes],
  };
}

function curveBoxes(
  curve: Curve,
  { x, width, height, sect }: Area & { height: number; sect: Element },
  measure: Measure,
): Box[] {
  const top = 24;
  const bold: Style = { font: { size: 8.5, bold: true }, color: COLOR.ink, leading: 1.3 };
  const title = fitEnd(tidy(curve.title), width, bold.font, measure);
  return [
    ...textBoxes(title, bold, { x, y: 9, width, element: element('P', sect) }, measure),
    {
      kind: 'vector',
      x,
      y: top,
      width,
      height: height - top,
      marks: curveMarks(curve, width, height - top, measure),
      alt: tidy(curve.alt),
      element: element('Figure', sect),
    },
  ];
}

function ledeBlocks(
  { title, text, section }: Lede,
  at: number,
  { area, sect, pageOf }: { area: Area; sect: Element; pageOf: (section: number) => number },
  measure: Measure,
): Block[] {
  const heading = { font: TYPE.answer, color: COLOR.ink, leading: 1.25 };
  const link = element('Link', element('P', sect));
  const page = pageOf(section);
  const lead: Block = {
    height: SMALL.font.size * 1.4 + 2,
    boxes: page > 0 ? textBoxes([`page ${page}`], SMALL, { ...area, y: 0, element: link }, measure) : [],
  };
  const blocks = [
    ...paragraph(tidy(title), heading, { ...area, maxLines: 3, element: element('H2', sect) }, measure),
    ...paragraph(tidy(text), BODY, { ...area, gap: 2, maxLines: 6, element: element('P', sect) }, measure),
    lead,
  ];
  const { height, boxes } = stacked(blocks);
  const rule: Box[] = at === 0 ? [] : [{ kind: 'fill', ...area, y: 0, height: 0.75, color: COLOR.rule }];
  const lower = at === 0 ? 0 : 7;
  return [
    {
      height: height + lower,
      gap: 7,
      boxes: [
        ...rule,
        ...boxes.map(box => ({ ...box, y: box.y + lower })),
        ...(page > 0
          ? [
              {
                kind: 'link' as const,
                ...area,
                y: lower,
                height,
                target: { heading: `section-${section}` },
                element: link,
              },
            ]
          : []),
      ],
    },
  ];
}

const thirds = ({ x, width }: Area, many: number): Area[] => {
  const own = (width - LISTS_GAP * (many - 1)) / many;
  return Array.from({ length: many }, (_, at) => ({ x: x + at * (own + LISTS_GAP), width: own }));
};

function listsBlock({ lists }: Front, area: Area, sect: Element, measure: Measure): Block | undefined {
  if (lists.length === 0) return undefined;
  const areas = thirds(area, lists.length);
  const each = lists.map(({ title, list, foot }, at) => {
    const own = areas[at] as Area;
    const head: Block = {
      height: RULE + 6 + lineHeight(HEADING) + 1,
      boxes: [
        { kind: 'fill', ...own, y: 0, height: RULE, color: COLOR.ink },
        ...textBoxes(
          fitEnd(tidy(title), own.width, HEADING.font, measure),
          HEADING,
          { ...own, y: RULE + 5, element: element('H2', sect) },
          measure,
        ),
      ],
    };
    const said = foot
      ? paragraph(tidy(foot), SMALL, { ...own, gap: 5, maxLines: 4, element: element('P', sect) }, measure)
      : [];
    return stacked([head, ...listBlocks(list, { area: own, parent: sect }, measure), ...said]);
  });
  return {
    height: Math.max(...each.map(({ height }) => height)),
    gap: 14,
    boxes: each.flatMap(({ boxes }) => boxes),
  };
}

function changesBlock({ changes }: Front, area: Area, sect: Element, measure: Measure): Block | undefined {
  if (changes.length === 0) return undefined;
  const name: Style = { font: TYPE.name, color: COLOR.ink, leading: 1.35 };
  const areas = thirds(area, changes.length);
  const each = changes.map(({ title, text }, at) => {
    const own = areas[at] as Area;
    const head = textBoxes([tidy(title)], name, { ...own, y: 0, element: element('H2', sect) }, measure);
    return stacked([
      { height: lineHeight(name), boxes: head },
      ...paragraph(tidy(text), BODY, { ...own, maxLines: 4, element: element('P', sect) }, measure),
    ]);
  });
  const top = RULE + 6;
  return {
    height: top + Math.max(...each.map(({ height }) => height)),
    gap: 14,
    boxes: [
      { kind: 'fill', ...area, y: 0, height: RULE, color: COLOR.ink },
      ...each.flatMap(({ boxes }) => boxes.map(box => ({ ...box, y: box.y + top }))),
    ],
  };
}
