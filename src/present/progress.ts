/** How far a long job is, as a line that a terminal draws over and over. */
import { formatCount } from '../core/numbers.ts';

const CELLS = 24;
const DRAWN_EACH_MS = 100;

export interface Progress {
  name: string;
  /** Bytes, as is `size`, which is null where nobody knows. */
  read: number;
  size: number | null;
  sales: number;
  pages: number;
}

/**
 * `sales.csv ██████░░░ 63% 412,000 sales` within `width` characters; without a bar where the size is unknown.
 * Names are cut at their beginning.
 */
export function progressLine({ name, read, size, sales, pages }: Progress, width: number): string {
  const share = size ? Math.min(1, read / size) : 0;
  const full = Math.round(share * CELLS);
  const bar = size
    ? `${'█'.repeat(full)}${'░'.repeat(CELLS - full)} ${String(Math.floor(share * 100)).padStart(3)}%  `
    : '';
  const counts = `${formatCount(sales)} sales${pages > 0 ? `, ${formatCount(pages)} pages` : ''}`;
  const room = Math.max(8, width - bar.length - counts.length - 3);
  const shown = name.length > room ? `…${name.slice(1 - room)}` : name;
  return `${shown}  ${bar}${counts}`.slice(0, Math.max(1, width - 1));
}

/** What a terminal is, of a stream. */
export interface Terminal {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

/** Draws the line on a terminal, ten times a second at the most; on anything else nothing. */
export function progressBar(stream: Terminal): { draw(progress: Progress): void; clear(): void } {
  if (!stream.isTTY) return { draw() {}, clear() {} };
  let drawnAt = 0;
  return {
    draw(progress) {
      if (performance.now() - drawnAt < DRAWN_EACH_MS) return;
      drawnAt = performance.now();
      stream.write(`\r${progressLine(progress, stream.columns || 80)}\x1b[K`);
    },
    clear: () => void stream.write('\r\x1b[K'),
  };
}
