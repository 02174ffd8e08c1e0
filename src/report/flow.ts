/**
 * Sets blocks one below the other onto pages: none is split, what belongs together stays together, table
 * heads repeat.
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
}

export interface Frame {
  /** Points from the page's upper edge. */
  top: number;
  bottom: number;
  /** Where the first page begins lower than the others. */
  firstTop?: number;
}

/** Boxes of each page, between `top` and `bottom`; one page at least. No block may be higher than a page. */
export function flow(blocks: readonly Block[], frame: Frame): Box[][] {
  const { bottom } = frame;
  let page: Box[] = [];
  const pages = [page];
  let top = frame.firstTop ?? frame.top;
  let y = top;
  const put = (block: Block): void => {
    if (y > top) y += block.gap ?? 0;
    page.push(...block.boxes.map(box => lowered(box, y)));
    y += block.height;
  };
  const turn = (): void => {
    page = [];
    pages.push(page);
    top = frame.top;
    y = top;
  };
  for (const chain of chainsOf(blocks)) {
    if (y > top && y + roomFor(chain) > bottom) turn();
    for (const block of chain) {
      // A chain that is longer than a page breaks where it must.
      if (y > top && y + (block.gap ?? 0) + block.height > bottom) turn();
      if (y === top && block.head) put(block.head);
      put(block);
    }
  }
  return pages;
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
