/** Report → pages of placed boxes. Pure: what a text measures is asked of the caller. */
import { tidy } from '../charts/labels.ts';
import type { Area, Box, HeadingBox, Measure, Page } from './boxes.ts';
import { contentsBlocks, FRONT_TOP, headlineBlocks, mastheadBoxes, tileBlocks } from './cover.ts';
import { element } from './elements.ts';
import { fitLines } from './fit.ts';
import { type Block, flow, heightOf } from './flow.ts';
import { frontBlocks } from './front-blocks.ts';
import { webAddress } from './links.ts';
import { textBoxes } from './paragraphs.ts';
import type { Paper, Report } from './report.ts';
import { bodyBlocks, sectionId, sectionsOf } from './sections.ts';
import { COLOR, FOOT_BASELINE, HEAD_BASELINE, MARGIN, PAPERS, TYPE } from './style.ts';

const SOURCE = 'Bandcamp Tracker. Not affiliated with Bandcamp.';

/** Share of a page: a last one with less on it is avoided, if what explains the report can stand closer. */
const LONELY = 0.2;

/**
 * The cover (with its news, or the contents), then the sections in the report's order: each on a page of its
 * own as far as the page before is full, else below what stands there. Equal reports give equal pages.
 */
export function layoutReport(report: Report, paper: Paper, measure: Measure): Page[] {
  const usual = layout(report, paper, measure, { close: false });
  const last = usual.at(-1);
  if (!last || usual.length === 1 || reachOf(last) > MARGIN.top + LONELY * last.height) return usual;
  const close = layout(report, paper, measure, { close: true });
  return close.length < usual.length ? close : usual;
}

/** Where a page's own content ends. */
function reachOf({ boxes, height }: Page): number {
  const ends = boxes.map(box => box.y + ('height' in box ? box.height : 0));
  return Math.max(...ends.filter(y => y < height - MARGIN.bottom));
}

function layout(report: Report, paper: Paper, measure: Measure, { close }: { close: boolean }): Page[] {
  const size = PAPERS[paper];
  const area = { x: MARGIN.side, width: size.width - 2 * MARGIN.side };
  const frame = { top: MARGIN.top, bottom: size.height - MARGIN.bottom, firstTop: FRONT_TOP };
  const sections = sectionsOf(report);

  const pagesWith = (pageOf: (id: string) => number): Box[][] =>
    flow(
      [
        ...coverBlocks(report, { area, height: frame.bottom - FRONT_TOP, pageOf }, measure),
        ...(sections.length > 0
          ? bodyBlocks(report, { ...area, height: frame.bottom - frame.top, close }, measure)
          : []),
      ],
      frame,
    );
  // Where the sections come to stand does not depend on what the cover says of it.
  const first = pagesWith(() => UNKNOWN);
  const contents = pagesWith(
    id => 1 + first.findIndex(boxes => headingsOf(boxes).some(heading => heading.id === id)),
  );
  const running = runningSections(contents);
  return contents.map((boxes, index) => ({
    ...size,
    boxes: [
      ...(index === 0
        ? mastheadBoxes(report, area, measure)
        : pageHead(report, running[index], area, measure)),
      ...boxes,
      ...pageFoot(report, index + 1, contents.length, size.height, area, measure),
    ],
  }));
}

/** With no more sections than these a cover has no contents. */
const LEAST_CONTENTS = 2;
/** As wide as any page's number. */
const UNKNOWN = 1;

function coverBlocks(
  report: Report,
  { area, height, pageOf }: { area: Area; height: number; pageOf: (id: string) => number },
  measure: Measure,
): Block[] {
  const headline = headlineBlocks(report, area, measure);
  const { front } = report;
  if (front) {
    const room = height - heightOf(headline);
    const place = { area, height: room, pageOf: (section: number) => pageOf(sectionId(section)) };
    return [...headline, ...frontBlocks(front, place, measure)];
  }
  const sections = sectionsOf(report);
  // One chapter begins below, and what explains it needs no contents.
  const entries = (sections.length > LEAST_CONTENTS ? sections : []).map(({ title }, index) => ({
    title,
    id: sectionId(index),
    page: pageOf(sectionId(index)),
  }));
  return [
    ...headline,
    ...tileBlocks(report.keyNumbers, area, measure),
    ...contentsBlocks(entries, area, measure),
  ];
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
    { kind: 'fill', ...area, y: HEAD_BASELINE + 8, height: 0.75, color: COLOR.rule },
  ];
}

/** What it is about and whose it is; the host leads to the dashboard, on the first page. */
function pageFoot(
  { about, zone, dashboardUrl }: Report,
  number: number,
  of: number,
  height: number,
  area: Area,
  measure: Measure,
): Box[] {
  const style = { font: TYPE.small, color: COLOR.muted, leading: 1 };
  const y = height - FOOT_BASELINE - TYPE.small.size;
  const line: Box = { kind: 'fill', ...area, y: y - 5, height: 0.75, color: COLOR.rule };
  const numbered = textBoxes([`${number} / ${of}`], style, { ...area, y, align: 'right' }, measure);
  const right = area.width - (numbered[0]?.width ?? 0) - 12;
  const url = number === 1 ? webAddress(dashboardUrl) : undefined;
  const link = element('Link', element('P'));
  const linked = url
    ? textBoxes(
        fitLines(new URL(url).host, area.width / 4, style.font, measure),
        { ...style, color: COLOR.accent },
        { x: area.x, y, width: right, align: 'right', element: link },
        measure,
      )
    : [];
  const room = right - (linked[0]?.width ?? 0) - 12;
  const said = `${about ?? `Days in ${zone}.`} ${SOURCE}`;
  return [
    line,
    ...textBoxes(fitLines(tidy(said), room, style.font, measure), style, { ...area, y }, measure),
    ...linked,
    ...(url ? linked : []).map(
      (box): Box => ({
        kind: 'link',
        x: box.x,
        y: y - 2,
        width: box.width,
        height: 12,
        target: { url: url as string },
        element: link,
      }),
    ),
    ...numbered,
  ];
}
