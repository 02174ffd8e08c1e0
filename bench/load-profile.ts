/** What the main thread did in its longest blocks, by the samples of its `.cpuprofile`. */
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Turn } from './load-service.ts';

interface ProfileNode {
  id: number;
  callFrame: { functionName: string; url: string; lineNumber: number };
  children?: number[];
}

interface Profile {
  nodes: ProfileNode[];
  /** Microseconds of the monotonic clock. */
  startTime: number;
  samples: number[];
  timeDeltas: number[];
}

/** Functions of a block, longest first, with all that they call: about so many ms of the processor. */
export interface Cause {
  turn: Turn;
  functions: { name: string; place: string; ms: number }[];
}

const NOTHING = new Set(['(idle)']);
/** Runs everything, so names nothing. */
const FRAMES = new Set(['(root)', '(program)', 'processTicksAndRejections', 'runMicrotasks']);
const SHOWN = 14;
/** Of the block; shorter ones explain nothing. */
const LEAST_SHARE = 0.05;

/** The causes of the blocks longer than this, the longest first. */
export async function causesOf(
  file: string,
  checkout: string,
  turns: readonly Turn[],
  { longerMs, most }: { longerMs: number; most: number },
): Promise<Cause[]> {
  const { nodes, startTime, samples, timeDeltas }: Profile = JSON.parse(await readFile(file, 'utf8'));
  const byId = new Map(nodes.map(node => [node.id, node]));
  const parents = new Map<number, number>();
  for (const { id, children = [] } of nodes) for (const child of children) parents.set(child, id);
  const times: number[] = [];
  let at = startTime;
  for (const delta of timeDeltas) {
    at += delta;
    times.push(at);
  }
  const longest = turns.filter(({ usedMs }) => usedMs > longerMs).sort((a, b) => b.usedMs - a.usedMs);
  return longest.slice(0, most).map(turn => {
    const from = turn.at - turn.passedMs * 1000;
    // Samples come by the clock, also while others have the processor.
    const share = turn.usedMs / turn.passedMs;
    const spent = new Map<string, number>();
    for (let n = 0; n < samples.length; n += 1) {
      const time = times[n] as number;
      if (time < from || time > turn.at) continue;
      const ms = (share * (timeDeltas[n + 1] ?? 0)) / 1000;
      for (const key of stackOf(samples[n] as number)) spent.set(key, (spent.get(key) ?? 0) + ms);
    }
    return {
      turn,
      functions: [...spent]
        .filter(([, ms]) => ms >= LEAST_SHARE * turn.usedMs)
        .sort(([, a], [, b]) => b - a)
        .slice(0, SHOWN)
        .map(([key, ms]) => ({ name: key.split('\t')[0] ?? '', place: key.split('\t')[1] ?? '', ms })),
    };
  });

  /** Each function once, however often it stands in the stack. */
  function stackOf(sample: number): Set<string> {
    const stack = new Set<string>();
    for (let id: number | undefined = sample; id !== undefined; id = parents.get(id)) {
      const { functionName, url, lineNumber } = (byId.get(id) as ProfileNode).callFrame;
      if (NOTHING.has(functionName) || FRAMES.has(functionName)) continue;
      stack.add(`${functionName || '(anonymous)'}\t${placeOf(url, lineNumber)}`);
    }
    return stack;
  }

  function placeOf(url: string, line: number): string {
    if (!url) return '';
    const path = url.startsWith('file:') ? relative(checkout, fileURLToPath(url)) : url;
    return `${path.replace(/^.*node_modules\//, '')}:${line + 1}`;
  }
}

export const causeText = ({ turn, functions }: Cause): string =>
  [
    `block of ${Math.round(turn.usedMs)} ms (${Math.round(turn.passedMs)} ms by the clock)`,
    ...functions.map(({ name, place, ms }) => `${String(Math.round(ms)).padStart(8)} ms  ${name}  ${place}`),
  ].join('\n');
