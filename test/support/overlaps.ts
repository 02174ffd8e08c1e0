/** What of a laid-out page lies on top of something else. */
import type { TextBox } from '../../src/report/boxes.ts';

/** Pairs of texts whose letters (from x-height to a little below the baseline) share a place. */
export function overlaps(texts: readonly TextBox[]): string[] {
  const found: string[] = [];
  const sorted = texts.toSorted((a, b) => a.y - b.y);
  for (const [index, a] of sorted.entries()) {
    for (const b of sorted.slice(index + 1)) {
      if (b.y - b.font.size * 0.7 >= a.y + a.font.size * 0.2) continue;
      if (a.x < b.x + b.width && b.x < a.x + a.width) found.push(`${a.text} / ${b.text}`);
    }
  }
  return found;
}
