/**
 * Runs an entry, given by its path from the root, and says at its end on stderr what it took: `{seconds,
 * peakMb}` as a last line.
 */
import { writeSync } from 'node:fs';

const [entry = '', ...args] = process.argv.slice(2);
const began = performance.now();
process.on('exit', () => {
  const took = { seconds: (performance.now() - began) / 1000, peakMb: process.resourceUsage().maxRSS / 1024 };
  writeSync(2, `${JSON.stringify(took)}\n`);
});
process.argv.splice(2, Infinity, ...args);
await import(new URL(`../${entry}`, import.meta.url).href);
