/** Real processes of Node: entries and scripts, started, watched and stopped by tests. */
import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface RunningProcess {
  child: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** Resolves to the match when stdout has it. @throws when the process ends or the time is over first. */
  waitFor(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  /**
   * Sends the signal (SIGINT: the service stops at once) and resolves to the exit code, null when the signal
   * ended it.
   */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  exited: Promise<number | null>;
}

/** Starts `node <script> …args` in the repository, with these variables added to a clean environment. */
export function startNode(
  script: string,
  args: string[] = [],
  env: Record<string, string> = {},
  cwd = ROOT,
): RunningProcess {
  const { PATH, HOME, LANG, TMPDIR } = process.env;
  const child = spawn(process.execPath, [fileURLToPath(new URL(script, `file://${ROOT}`)), ...args], {
    cwd,
    env: { PATH, HOME, LANG, TMPDIR, ...env },
  });
  return watch(child, script);
}

/** Collects what a process prints; `name` stands in errors. Both its streams are pipes. */
export function watch(
  child: ChildProcessByStdio<Writable | null, Readable, Readable>,
  name: string,
): RunningProcess {
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', chunk => {
    stdout += chunk;
  });
  child.stderr.on('data', chunk => {
    stderr += chunk;
  });
  const exited = once(child, 'close').then(([code]) => code as number | null);
  const waitFor = async (pattern: RegExp, timeoutMs = 30_000): Promise<RegExpExecArray> => {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const match = pattern.exec(stdout);
      if (match) return match;
      if (child.exitCode !== null || child.signalCode !== null || performance.now() > deadline) {
        throw new Error(`${name} did not print ${pattern}:\n${stdout}\n${stderr}`);
      }
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  };
  const stop = async (signal: NodeJS.Signals = 'SIGINT') => {
    child.kill(signal);
    return exited;
  };
  return { child, stdout: () => stdout, stderr: () => stderr, waitFor, stop, exited };
}
