/**
 * Tells how far the demo's start is, on a thread of its own: loading the program and making the world hold
 * the other one up for a second, and on a busy machine for many.
 */
import { writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { liveLine, shareLine } from './progress.ts';
import { createSteps, type Step } from './steps.ts';

/** A file or pipe gets a line each second. */
const TOLD_EACH_MS = 1_000;
const STANDARD_OUTPUT = 1;

export interface Told {
  steps: readonly Step[];
  isTTY: boolean;
  columns: number;
}
/** A share of the current step, or that the next one begins. */
export type ToldNews = number | 'next';

const { steps: plan, isTTY, columns } = workerData as Told;
const steps = createSteps(plan);
const line = liveLine({ isTTY, columns, write }, TOLD_EACH_MS);

function write(text: string): void {
  try {
    writeSync(STANDARD_OUTPUT, text);
  } catch {
    // Nobody reads fast enough, or at all: the next line is as good.
  }
}

parentPort?.on('message', (news: ToldNews) => (news === 'next' ? steps.next() : steps.at(news)));
setInterval(() => {
  line.draw(width => {
    const { what, share, leftMs } = steps.now();
    return shareLine(what, { share, leftMs }, width);
  });
}, TOLD_EACH_MS / 4);
