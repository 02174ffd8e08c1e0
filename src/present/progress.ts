/** How far a long job is, as a line that a terminal draws over and over. */
import { formatCount } from '../core/numbers.ts';

const CELLS = 24;

/**
 * `sales.csv  ██████░░░  63%  412,000 sales` within `width` characters; without a bar where the size (bytes) is unknown.
 * Names are cut at their beginning.
 */
export function progressLine(
  { name, read, size, sales, pages }: { name: string; read: number; size: number | null; sales: number; pages: number },
  width: number,
): string {
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
