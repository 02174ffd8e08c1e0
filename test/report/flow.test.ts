/** Blocks onto pages: none lost or split, chains whole, heads repeated. */
import { describe, expect, test } from 'vitest';
import type { Box } from '../../src/report/boxes.ts';
import { type Block, flow } from '../../src/report/flow.ts';
import { seeded } from '../support/random.ts';

const FRAME = { top: 50, bottom: 450 };

/** Two boxes, at the block's top and at its lower edge. */
const block = (name: string, height: number, rest: Partial<Block> = {}): Block => ({
  height,
  boxes: ['top', 'end'].map(
    (part): Box => ({
      kind: 'heading',
      y: part === 'top' ? 0 : height,
      level: 1,
      id: name,
      title: part,
    }),
  ),
  ...rest,
});

const namesOf = (boxes: readonly Box[]): string[] =>
  boxes.flatMap(box => (box.kind === 'heading' && box.title === 'top' ? [box.id] : []));

describe('flow', () => {
  test('begins lower on the first page where told, and gives a page for nothing', () => {
    expect(flow([], FRAME)).toEqual([[]]);
    expect(flow([block('a', 10)], { ...FRAME, firstTop: 300 })[0]?.[0]?.y).toBe(300);
  });

  test('keeps a heading with what follows', () => {
    const pages = flow(
      [block('text', 380), block('heading', 10, { withNext: true }), block('row', 30)],
      FRAME,
    );
    expect(pages.map(namesOf)).toEqual([['text'], ['heading', 'row']]);
  });

  test('begins a block that wants room on the next page', () => {
    const pages = flow([block('text', 300), block('section', 10, { room: 150 })], FRAME);
    expect(pages.map(namesOf)).toEqual([['text'], ['section']]);
  });

  test('repeats the head on each page that rows go on to', () => {
    const head = block('head', 20, { withNext: true });
    const rows = Array.from({ length: 40 }, (_, index) => block(`${index}`, 30, { head }));
    const pages = flow([head, ...rows], FRAME).map(namesOf);
    expect(pages.length).toBeGreaterThan(3);
    expect(pages.every(names => names[0] === 'head' && names.length > 1)).toBe(true);
    expect(pages.flatMap(names => names.slice(1))).toEqual(rows.map((_, index) => `${index}`));
  });

  test('lets drawings grow, before gaps become wide, where a page would be too empty', () => {
    const drawing = (height: number): Block =>
      block('drawing', height, { gap: 10, elastic: { most: 50, grown: by => drawing(height + by) } });
    const [first = []] = flow([block('text', 200), drawing(80), block('large', 200)], FRAME);
    const ends = first.flatMap(box => ('title' in box && box.title === 'end' ? [box.y] : []));
    // 290 of 400 are full, the gap takes 20, and 88% are 352.
    expect(ends).toEqual([250, 402]);
    const [full = []] = flow([block('text', 260), drawing(80), block('large', 200)], FRAME);
    expect(full.at(-1)?.y).toBe(50 + 260 + 10 + 80 + 20);
  });

  test('of random blocks splits none, loses none, overflows nowhere', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = seeded(seed);
      const blocks = Array.from({ length: Math.floor(random() * 60) }, (_, index) =>
        block(`${index}`, 5 + random() * 120, { gap: random() * 40, withNext: random() < 0.3 }),
      );
      const pages = flow(blocks, FRAME);
      expect(pages.flatMap(namesOf)).toEqual(blocks.map((_, index) => `${index}`));
      for (const page of pages) {
        const tops = page.filter(box => box.kind === 'heading' && box.title === 'top').length;
        expect(page.length).toBe(2 * tops);
        for (const { y } of page) {
          expect(y).toBeGreaterThanOrEqual(FRAME.top);
          expect(y).toBeLessThanOrEqual(FRAME.bottom);
        }
      }
      const pageOf = (name: string) => pages.findIndex(page => namesOf(page).includes(name));
      for (const [index, each] of blocks.entries()) {
        const next = blocks[index + 1];
        if (!each.withNext || !next || pageOf(`${index}`) === pageOf(`${index + 1}`)) continue;
        expect(chainHeight(blocks, index)).toBeGreaterThan(FRAME.bottom - FRAME.top);
      }
    }
  });
});

/** Height of all blocks that stay together with the one at `index`. */
function chainHeight(blocks: readonly Block[], index: number): number {
  let from = index;
  while (blocks[from - 1]?.withNext) from--;
  let to = index;
  while (blocks[to]?.withNext && to < blocks.length - 1) to++;
  return blocks.slice(from, to + 1).reduce((sum, { height, gap = 0 }) => sum + height + gap, 0);
}
