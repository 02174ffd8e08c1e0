/**
 * Preloaded into the service: writes to `LOAD_WATCH` what its main thread used between two turns of a timer.
 */
import { openSync, writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const EVERY_MS = 10;
const WRITTEN_MS = 500;

const file = process.env.LOAD_WATCH;
// Workers, and what the service may start of Node, get the same options.
if (file && isMainThread && process.argv[1]?.endsWith('src/main.ts')) watch(openSync(file, 'a'));

/** Lines of `<microseconds of the monotonic clock at the end> <of the processor> <that passed>`. */
function watch(to: number): void {
  let lines = '';
  let used = process.threadCpuUsage();
  let at = process.hrtime.bigint();
  const turn = () => {
    const { user, system } = process.threadCpuUsage(used);
    const now = process.hrtime.bigint();
    lines += `${now / 1000n} ${user + system} ${(now - at) / 1000n}\n`;
    used = process.threadCpuUsage();
    at = now;
  };
  const write = () => {
    writeSync(to, lines);
    lines = '';
  };
  setInterval(turn, EVERY_MS).unref();
  setInterval(write, WRITTEN_MS).unref();
  process.on('exit', () => {
    turn();
    write();
  });
}
