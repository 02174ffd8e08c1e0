/**
 * Sets blocks one below the other onto pages: none is split, what belongs together stays together, table
 * heads repeat, and a page that is not quite full is spread out.
 */
import { type Box, lowered } from './boxes.ts';

/** Never split. Boxes count `y` from the block's top. */
export interface Block {
  height: number;
  boxes: Box[];
  /** Space above, unless it stands first on a page. */
  gap?: number;
  /**
   * Height that must be left on a page for this block to begin there, where it is more than the block's own.
   */
  room?: number;
  /** No page ends between this block and the next. */
  withNext?: boolean;
  /** Stands above this block where it comes first on a page: a table's head. */
  head?: Block;
  /** Begins the next page where this one is full enough: a section. */
  opens?: true;
  /** Can be up to so many points higher where its page would not be full enough: a drawing. */
  elastic?: { most: number; grown(by: number): Block };
}

export interface Frame {
  /** Points from the page's upper edge. */
  top: number;
  bottom: number;
  /** Where the first page begins lower than the others. */
  firstTop?: number;
}

/** Share of a page's height from which on it is full enough for a section to begin on the next. */
export const FULL = 0.85;
/** What a page that is too empty is filled to: what its last line leaves below it counts as filled. */
const AIM = 0.88;
/** Gaps that are as large as this stand between parts of a page, and may grow. */
const LEAST_SPREAD = 8;
/** Points that one of them may grow. */
const MOST_SPREAD = 20;
/** The same, where the page would not be full enough without. */
const MOST_STRETCHED = 44;

interface PlacedBlock {
  block: Block;
  y: number;
}

/** Boxes of each page, between `top` and `bottom`; one page at least. No block may be higher than a page. */
export function flow(blocks: readonly Block[], frame: Frame): Box[][] {
  const { bottom } = frame;
  let page: PlacedBlock[] = [];
  const pages = [page];
  let top = frame.firstTop ?? frame.top;
  let y = top;
  const put = (block: Block): void => {
    if (y > top) y += block.gap ?? 0;
    page.push({ block, y });
    y += block.height;
  };
  const turn = (): void => {
    page = [];
    pages.push(page);
    top = frame.top;
    y = top;
  };
  const isFull = (): boolean => y - frame.top >= FULL * (bottom - frame.top);
  for (const chain of chainsOf(blocks)) {
    if (y > top && (y + roomFor(chain) > bottom || (chain[0]?.opens && isFull()))) turn();
    for (const block of chain) {
      // A chain that is longer than a page breaks where it must.
      if (y > top && y + (block.gap ?? 0) + block.height > bottom) turn();
      if (y === top && block.head) put(block.head);
      put(block);
    }
  }
  return pages.map((each, at) => boxesOf(at < pages.length - 1 ? spread(each, frame) : each));
}

const boxesOf = (page: readonly PlacedBlock[]): Box[] =>
  page.flatMap(({ block, y }) => block.boxes.map(box => lowered(box, y)));

/**
 * What is left at the foot of a page goes between its parts, a little to each. A part that is too large for
 * the rest of the page can leave it too empty for that: then drawings grow, and what is missing yet goes
 * between the parts, too.
 */
function spread(page: readonly PlacedBlock[], { top, bottom }: Frame): PlacedBlock[] {
  const last = page.at(-1);
  if (!last) return [];
  const isGap = ({ block }: PlacedBlock, at: number): boolean => at > 0 && (block.gap ?? 0) >= LEAST_SPREAD;
  const gaps = page.filter(isGap).length;
  const left = bottom - last.y - last.block.height;
  if (left <= 0) return [...page];
  const toFull = AIM * (bottom - top) - (bottom - top - left);
  const usual = gaps > 0 ? Math.min(left / gaps, MOST_SPREAD) : 0;
  const growth = growthOf(page, toFull - usual * gaps);
  const missing = toFull - growth.reduce((sum, by) => sum + by, 0);
  const each = gaps > 0 ? Math.max(usual, Math.min(missing / gaps, MOST_STRETCHED)) : 0;
  let lower = 0;
  return page.map((placed, at) => {
    if (isGap(placed, at)) lower += each;
    const [y, by] = [placed.y + lower, growth[at] ?? 0];
    lower += by;
    return { block: by > 0 && placed.block.elastic ? placed.block.elastic.grown(by) : placed.block, y };
  });
}

/** How much higher each block of a page gets where so much is missing. */
function growthOf(page: readonly PlacedBlock[], missing: number): number[] {
  const elastic = page.filter(({ block }) => block.elastic).length;
  return page.map(({ block: { elastic: own } }) =>
    own ? Math.min(Math.max(missing / elastic, 0), own.most) : 0,
  );
}

function chainsOf(blocks: readonly Block[]): Block[][] {
  const chains: Block[][] = [];
  let open = false;
  for (const block of blocks) {
    if (open) chains.at(-1)?.push(block);
    else chains.push([block]);
    open = block.withNext === true;
  }
  return chains;
}

/** What must be left on a page for the chain to begin there. */
const roomFor = (chain: readonly Block[]): number =>
  Math.max(
    chain[0]?.room ?? 0,
    chain.reduce((sum, { height, gap = 0 }) => sum + gap + height, 0),
  );

/** How high blocks are below each other. */
export const heightOf = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, block) => sum + block.height + (block.gap ?? 0), 0);

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
