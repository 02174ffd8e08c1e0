/** Draws pages with Skia: text as text of embedded subsets of our fonts, charts as vectors. */
import { createCanvas, PDFDocument, type SKRSContext2D } from '@napi-rs/canvas';
import { drawChart } from '../charts/drawing/render.ts';
import { familyFor, registerFonts } from '../charts/fonts.ts';
import type { Box, Font, Mark, Measure, Page, VectorBox } from './boxes.ts';
import { markContext } from './marks.ts';
import { CHART_WIDTH } from './style.ts';

/**
 * Any spacing of letters turns ligatures off, whose glyphs many readers copy as one strange letter ("oﬃce").
 * In em.
 */
const SPACING = 0.001;
/** Fonts scale linearly, so one measure does for all sizes. */
const MEASURED_SIZE = 100;
/** Points, of the line around a circle that is not filled. */
const RING = 0.9;

export interface Drawn {
  pdf: Uint8Array;
  /** Of each page, what was drawn as text, in order. */
  texts: string[][];
}

/**
 * Texts whose widths are remembered from one report to the next; those of a day come again in each that is
 * sent.
 */
const MOST_KNOWN = 20_000;
const known = { regular: new Map<string, number>(), bold: new Map<string, number>() };

/** What `layoutReport` measures with: the very fonts that are drawn. Remembers what it measured. */
export function createMeasure(): Measure {
  registerFonts();
  const setFont = fontSetter(createCanvas(1, 1).getContext('2d'));
  return (text, { size, bold }) => {
    const widths = bold ? known.bold : known.regular;
    let width = widths.get(text);
    if (width === undefined) {
      if (widths.size >= MOST_KNOWN) widths.clear();
      width =
        setFont({ size: MEASURED_SIZE, bold: bold === true }, text).measureText(text).width / MEASURED_SIZE;
      widths.set(text, width);
    }
    return width * size;
  };
}

/** Without links, outline and metadata, and with marks that `assemble` takes out again. */
export function drawPages(pages: readonly Page[]): Drawn {
  registerFonts();
  // Its pages are changed before they are packed.
  const document = new PDFDocument({ compressionLevel: 0 });
  const texts = pages.map(page => {
    const context = document.beginPage(page.width, page.height) as SKRSContext2D;
    const marker = markContext(context);
    const setFont = fontSetter(context);
    for (const [index, box] of page.boxes.entries()) {
      if (isDrawn(box)) marker.box(index, () => drawBox(context, setFont, box));
    }
    document.endPage();
    return marker.texts;
  });
  return { pdf: document.close(), texts };
}

type DrawnBox = Exclude<Box, { kind: 'link' | 'heading' }>;
const isDrawn = (box: Box): box is DrawnBox => box.kind !== 'link' && box.kind !== 'heading';

function drawBox(context: SKRSContext2D, setFont: SetFont, box: DrawnBox): void {
  switch (box.kind) {
    case 'text':
      setFont(box.font, box.text);
      context.fillStyle = box.color;
      context.direction = box.rtl ? 'rtl' : 'ltr';
      context.textAlign = 'left';
      context.textBaseline = 'alphabetic';
      context.fillText(box.text, box.x, box.y);
      break;
    case 'fill':
      context.fillStyle = box.color;
      context.fillRect(box.x, box.y, box.width, box.height);
      break;
    case 'chart': {
      const { spec, across = CHART_WIDTH } = box;
      context.direction = 'ltr';
      drawChart(context, spec, { ...box, unit: box.width / across }, { width: across });
      break;
    }
    case 'vector':
      for (const mark of box.marks) drawMark(context, setFont, mark, box);
      break;
  }
}

const FULL_TURN = 2 * Math.PI;

function drawMark(
  context: SKRSContext2D,
  setFont: SetFont,
  mark: Mark,
  { x: left, y: top }: VectorBox,
): void {
  switch (mark.kind) {
    case 'rect':
      context.fillStyle = mark.color;
      context.fillRect(left + mark.x, top + mark.y, mark.width, mark.height);
      break;
    case 'line':
      context.strokeStyle = mark.color;
      context.lineWidth = mark.width;
      context.lineJoin = 'round';
      context.setLineDash(mark.dash ? [...mark.dash] : []);
      context.beginPath();
      for (const [at, [x, y]] of mark.points.entries()) {
        if (at === 0) context.moveTo(left + x, top + y);
        else context.lineTo(left + x, top + y);
      }
      context.stroke();
      break;
    case 'dot': {
      const [x, y] = [left + mark.x, top + mark.y];
      context.fillStyle = mark.color;
      context.strokeStyle = mark.color;
      context.lineWidth = RING;
      context.setLineDash([]);
      if (mark.fill !== 'none') {
        context.beginPath();
        // The left half is the one that is filled.
        if (mark.fill === 'half') context.arc(x, y, mark.radius, FULL_TURN / 4, (3 * FULL_TURN) / 4);
        else context.arc(x, y, mark.radius, 0, FULL_TURN);
        context.fill();
      }
      if (mark.fill !== 'whole') {
        context.beginPath();
        context.arc(x, y, mark.radius - RING / 2, 0, FULL_TURN);
        context.stroke();
      }
      break;
    }
    case 'text':
      setFont(mark.font, mark.text);
      context.fillStyle = mark.color;
      context.direction = 'ltr';
      context.textAlign = 'left';
      context.textBaseline = 'alphabetic';
      context.fillText(mark.text, left + mark.x, top + mark.y);
      break;
  }
}

type SetFont = (font: Font, text: string) => SKRSContext2D;

/**
 * Sets the context's font for a text, and returns it; only where it is another, since Skia reads the list of
 * families anew each time.
 */
function fontSetter(context: SKRSContext2D): SetFont {
  let current = '';
  return ({ size, bold }, text) => {
    const font = `${bold ? 'bold ' : ''}${size}px ${familyFor(text)}`;
    if (font !== current) {
      context.font = font;
      context.letterSpacing = `${size * SPACING}px`;
      current = font;
    }
    return context;
  };
}
