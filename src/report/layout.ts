/** Report → pages of placed boxes. Pure: what a text measures is asked of the caller. */
import { tidy } from '../charts/labels.ts';
import type { Area, Box, HeadingBox, Measure, Page } from './boxes.ts';
import { contentsBlocks, groundBoxes, groundHeight, tileBlocks } from './cover.ts';
import { element } from './elements.ts';
import { fitLines } from './fit.ts';
import { flow } from './flow.ts';
import { webAddress } from './links.ts';
import { textBoxes } from './paragraphs.ts';
import type { Paper, Report } from './report.ts';
import { bodyBlocks, sectionId, sectionsOf } from './sections.ts';
import { COLOR, FOOT_BASELINE, HEAD_BASELINE, MARGIN, PAPERS, TYPE } from './style.ts';

const SOURCE = 'Bandcamp Tracker. Not affiliated with Bandcamp.';

/**
 * The cover (with the contents, where they fit), then the sections in the report's order. Equal reports give
 * equal pages.
 */
export function layoutReport(report: Report, paper: Paper, measure: Measure): Page[] {
  const size = PAPERS[paper];
  const area = { x: MARGIN.side, width: size.width - 2 * MARGIN.side };
  const frame = { top: MARGIN.top, bottom: size.height - MARGIN.bottom };

  const body = flow(bodyBlocks(report, { ...area, height: frame.bottom - frame.top }, measure), frame);
  const front = (pageOf: (id: string) => number): Box[][] =>
    flow(
      [
        ...tileBlocks(report.keyNumbers, area, measure),
        ...contentsBlocks(
          sectionsOf(report).map(({ title }, index) => ({
            title,
            id: sectionId(index),
            page: pageOf(sectionId(index)),
          })),
          area,
          measure,
        ),
      ],
      { ...frame, firstTop: groundHeight(size) + 28 },
    );
  const frontPages = front(() => 0).length;
  const pageOf = (id: string): number =>
    frontPages + 1 + body.findIndex(boxes => headingsOf(boxes).some(h => h.id === id));

  const contents = [...front(pageOf), ...(sectionsOf(report).length > 0 ? body : [])];
  const running = runningSections(contents);
  return contents.map((boxes, index) => ({
    ...size,
    boxes:
      index === 0
        ? [
            ...groundBoxes(report, size, area, measure),
            ...boxes,
            ...coverFoot(report, size.height, area, measure),
          ]
        : [
            ...pageHead(report, running[index], area, measure),
            ...boxes,
            ...pageFoot(index + 1, contents.length, size.height, area, measure),
          ],
  }));
}

const headingsOf = (boxes: readonly Box[]): HeadingBox[] => boxes.filter(box => box.kind === 'heading');

/** The section that each page begins in. */
function runningSections(pages: readonly Box[][]): (string | undefined)[] {
  let current: string | undefined;
  return pages.map(boxes => {
    const sections = headingsOf(boxes).filter(({ level }) => level === 1);
    const atTop = sections.find(({ y }) => y === MARGIN.top)?.title ?? current;
    current = sections.at(-1)?.title ?? current;
    return atTop;
  });
}

function pageHead(
  { title, subtitle }: Report,
  section: string | undefined,
  area: Area,
  measure: Measure,
): Box[] {
  const style = { font: TYPE.small, color: COLOR.muted, leading: 1 };
  const half = area.width / 2 - 10;
  const y = HEAD_BASELINE - TYPE.small.size;
  return [
    ...textBoxes(
      fitLines(tidy(`${title} · ${subtitle}`), half, style.font, measure),
      style,
      { ...area, y },
      measure,
    ),
    ...(section
      ? textBoxes(
          fitLines(section, half, style.font, measure),
          style,
          { ...area, y, align: 'right' },
          measure,
        )
      : []),
    { kind: 'fill', ...area, y: HEAD_BASELINE + 5, height: 0.5, color: COLOR.rule },
  ];
}

function pageFoot(number: number, of: number, height: number, area: Area, measure: Measure): Box[] {
  const style = { font: TYPE.small, color: COLOR.muted, leading: 1 };
  const y = height - FOOT_BASELINE - TYPE.small.size;
  return [
    ...textBoxes([SOURCE], style, { ...area, y }, measure),
    ...textBoxes([`${number} / ${of}`], style, { ...area, y, align: 'right' }, measure),
  ];
}

/** The cover counts as page 1, but is not numbered; its foot leads to the dashboard. */
function coverFoot({ dashboardUrl, zone }: Report, height: number, area: Area, measure: Measure): Box[] {
  const style = { font: TYPE.small, color: COLOR.muted, leading: 1 };
  const y = height - FOOT_BASELINE - TYPE.small.size;
  const source = textBoxes([`${SOURCE} Days in ${tidy(zone)}.`], style, { ...area, y }, measure);
  const url = webAddress(dashboardUrl);
  if (!url) return source;
  const link = element('Link', element('P'));
  const linked = textBoxes(
    fitLines(new URL(url).host, area.width / 3, style.font, measure),
    { ...style, color: COLOR.accent },
    { ...area, y, align: 'right', element: link },
    measure,
  );
  return [
    ...source,
    ...linked,
    ...linked.map(
      (box): Box => ({
        kind: 'link',
        x: box.x,
        y: y - 2,
        width: box.width,
        height: 12,
        target: { url },
        element: link,
      }),
    ),
  ];
}
