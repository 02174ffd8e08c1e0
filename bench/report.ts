/**
 * How long a report takes in a warm process and what memory, beside the same content printed by headless
 * Chromium.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { reportHtml } from './report-html.ts';
import { BENCHED } from './report-warm.ts';

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome'];
/** Between two looks at the memory of a browser's processes. */
const LOOK_MS = 40;

export interface Took {
  /** Median of the wall clock. */
  ms: number;
  /** Of the processors, which others may use at the same time; the mean. */
  cpuMs: number;
  peakMb: number;
  bytes: number;
}

/** `runs` reports each: times in milliseconds of the wall clock, memory of all processes together. */
export async function reportBench([runs = '5']: string[]): Promise<string[][]> {
  const ours = warm(Number(runs));
  const theirs = await printed(Number(runs));
  const row = (name: string, { ms, cpuMs, peakMb, bytes }: Took) => [
    name,
    ms.toFixed(0),
    cpuMs.toFixed(0),
    peakMb.toFixed(0),
    (bytes / 1024).toFixed(0),
  ];
  const ratio = (mine: number, other: number): string => `${(other / mine).toFixed(1)}×`;
  return [
    ['report of a rich day', 'ms', 'processor ms', 'peak MB', 'kB'],
    row('here, warm', ours),
    ...(theirs
      ? [
          row('Chromium, headless', theirs),
          [
            'Chromium ÷ here',
            ratio(ours.ms, theirs.ms),
            ratio(ours.cpuMs, theirs.cpuMs),
            ratio(ours.peakMb, theirs.peakMb),
            ratio(ours.bytes, theirs.bytes),
          ],
        ]
      : [[`skipped: none of ${BROWSERS.join(', ')} is here to compare with`, '', '', '', '']]),
  ];
}

/** In a process of its own, since this one's memory is the bench's too. */
function warm(runs: number): Took {
  const file = path.join(import.meta.dirname, 'report-warm.ts');
  return JSON.parse(
    execFileSync(process.execPath, ['--max-semi-space-size=8', file, `${runs}`], { encoding: 'utf8' }),
  );
}

/**
 * A browser has no warm way to print from the command line: its start is in its time, as it is for whoever
 * prints so.
 */
async function printed(runs: number): Promise<Took | undefined> {
  const browser = BROWSERS.find(name => spawnSync(name, ['--version']).error === undefined);
  if (!browser) return undefined;
  const folder = mkdtempSync(path.join(tmpdir(), 'report-bench-'));
  try {
    const page = path.join(folder, 'report.html');
    const out = path.join(folder, 'report.pdf');
    writeFileSync(page, await reportHtml(BENCHED));
    const took: Omit<Took, 'cpuMs'>[] = [];
    const before = childrenCpuMs();
    for (let run = 0; run < runs; run++) {
      const began = performance.now();
      const child = spawn(
        browser,
        [
          '--headless',
          '--no-sandbox',
          '--disable-gpu',
          '--disable-background-networking',
          '--disable-component-update',
          `--user-data-dir=${folder}/profile`,
          '--no-pdf-header-footer',
          `--print-to-pdf=${out}`,
          `file://${page}`,
        ],
        { stdio: 'ignore' },
      );
      const peakMb = await peakOf(child);
      took.push({ ms: performance.now() - began, peakMb, bytes: statSync(out).size });
    }
    const median = took.map(({ ms }) => ms).sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
    const cpuMs = (childrenCpuMs() - before) / runs;
    return {
      ms: median,
      cpuMs,
      peakMb: Math.max(...took.map(each => each.peakMb)),
      bytes: took[0]?.bytes ?? 0,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Waits for the process to end; the largest proportional set size of it and its descendants together: shared
 * pages count once.
 */
async function peakOf(child: ChildProcess): Promise<number> {
  const ended = once(child, 'exit');
  let peak = 0;
  while (child.exitCode === null) {
    peak = Math.max(
      peak,
      descendants(child.pid ?? 0).reduce((sum, pid) => sum + proportionalMb(pid), 0),
    );
    await Promise.race([ended, delay(LOOK_MS)]);
  }
  return peak;
}

function descendants(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter(entry => /^\d+$/.test(entry))) {
    const parent = Number(/\) \S (\d+)/.exec(readProc(`${name}/stat`))?.[1] ?? 0);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const of = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(of)];
  return of(root);
}

const proportionalMb = (pid: number): number =>
  Number(/^Pss:\s+(\d+)/m.exec(readProc(`${pid}/smaps_rollup`))?.[1] ?? 0) / 1024;

/**
 * What ended children of this process took of the processors, in ticks of 10 ms: fields 16 and 17 of proc(5).
 */
const childrenCpuMs = (): number =>
  readProc('self/stat')
    .replace(/^.*\) /s, '')
    .split(' ')
    .slice(13, 15)
    .reduce((sum, ticks) => sum + Number(ticks) * 10, 0);

/** '' for a process that has ended meanwhile. */
function readProc(file: string): string {
  try {
    return readFileSync(`/proc/${file}`, 'utf8');
  } catch {
    return '';
  }
}
