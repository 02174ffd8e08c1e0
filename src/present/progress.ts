/**
 * How far a long job is, as one line: a terminal draws it over and over, anything else gets it now and then.
 */
import { formatCount } from '../core/numbers.ts';

const CELLS = 24;
const DRAWN_EACH_MS = 100;
/** Of a file or a pipe: a short job leaves nothing there, an hour a few hundred lines. */
const WRITTEN_EACH_MS = 10_000;
/** Below this share, and this time, what is left cannot be told from what is done. */
const TELLING = { share: 0.02, ms: 1_000 };

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
  const bar = size ? `${barOf(read / size)}  ` : '';
  const counts = `${formatCount(sales)} sales${pages > 0 ? `, ${formatCount(pages)} pages` : ''}`;
  const room = Math.max(8, width - bar.length - counts.length - 3);
  const shown = name.length > room ? `…${name.slice(1 - room)}` : name;
  return `${shown}  ${bar}${counts}`.slice(0, Math.max(1, width - 1));
}

/** `██████░░░  63%` of a share from 0 to 1. */
function barOf(share: number, cells = CELLS): string {
  const part = Math.min(1, Math.max(0, share));
  const full = Math.round(part * cells);
  return `${'█'.repeat(full)}${'░'.repeat(cells - full)} ${String(Math.floor(part * 100)).padStart(3)}%`;
}

/** `about 40 s left`, `about 3 min left`; rounded up to what a guess is good for. */
export function timeLeft(ms: number): string {
  const seconds = Math.max(1, Math.ceil(Math.round(ms) / 1000));
  if (seconds > 90) return `about ${Math.ceil(seconds / 60)} min left`;
  return `about ${seconds > 20 ? 5 * Math.ceil(seconds / 5) : seconds} s left`;
}

/**
 * `Loading  ██████░░░  63%  about 40 s left` within `width` characters, for which the bar is shortened;
 * without `leftMs` no time.
 */
export function shareLine(
  what: string,
  { share, leftMs }: { share: number; leftMs?: number | undefined },
  width: number,
): string {
  const left = leftMs === undefined ? '' : `  ${timeLeft(leftMs)}`;
  // Two spaces, the bar, its percent, and the last column, in which some terminals break the line.
  const room = width - what.length - left.length - 2 - 5 - 1;
  const bar = barOf(share, Math.max(0, Math.min(CELLS, room)));
  return `${what}  ${bar}${left}`.slice(0, Math.max(1, width - 1));
}

/** What a terminal is, of a stream. */
export interface Terminal {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

export interface LiveLine {
  /** Writes what `line` makes of a width, unless it is too soon after the last one. */
  draw(line: (width: number) => string): void;
  /** Takes the line off a terminal. */
  clear(): void;
}

/**
 * On a terminal the line is drawn over itself, ten times a second at the most; elsewhere it is written as a
 * line of its own each `eachMs`, the first after that time.
 */
export function liveLine(stream: Terminal, eachMs = WRITTEN_EACH_MS): LiveLine {
  const pauseMs = stream.isTTY ? DRAWN_EACH_MS : eachMs;
  let writtenAt = stream.isTTY ? -Infinity : performance.now();
  return {
    draw(line) {
      const now = performance.now();
      if (now - writtenAt < pauseMs) return;
      writtenAt = now;
      const text = line(stream.isTTY ? stream.columns || 80 : Infinity);
      stream.write(stream.isTTY ? `\r${text}\x1b[K` : `${text}\n`);
    },
    clear() {
      if (stream.isTTY) stream.write('\r\x1b[K');
    },
  };
}

/** The line of an import; see `liveLine`. */
export function progressBar(stream: Terminal): { draw(progress: Progress): void; clear(): void } {
  const { draw, clear } = liveLine(stream);
  return { draw: progress => draw(width => progressLine(progress, width)), clear };
}

export interface Job {
  /** How much is done, from 0 to 1; `what` names the part that is in hand. */
  at(share: number, what?: string): void;
}

/**
 * Runs a job that tells how far it is: `Recounting 2026-10-07  ████░░░  43%  about 30 s left`. The line is
 * gone from a terminal when the job ends.
 */
export async function withProgress<T>(
  stream: Terminal,
  name: string,
  work: (job: Job) => T | Promise<T>,
): Promise<T> {
  const { draw, clear } = liveLine(stream);
  const began = performance.now();
  const at = (share: number, what?: string) =>
    draw(width => {
      const ms = performance.now() - began;
      const isTelling = share >= TELLING.share && share < 1 && ms >= TELLING.ms;
      const leftMs = isTelling ? (ms * (1 - share)) / share : undefined;
      return shareLine(what ? `${name} ${what}` : name, { share, leftMs }, width);
    });
  try {
    return await work({ at });
  } finally {
    clear();
  }
}
