/** `npm run bench -- <what>`: measures on this machine, prints a table, asserts nothing. */
import { wantsHelp } from '../src/core/arguments.ts';
import { askBench } from './ask.ts';
import { chartsBench } from './charts.ts';
import { importBench } from './import.ts';
import { ingestBench } from './ingest.ts';
import { loadBench } from './load.ts';
import { reportBench } from './report.ts';
import { table } from './table.ts';

/** Rows of text, the first of them the heads of the columns. */
type Bench = (args: string[]) => Promise<string[][]>;

const benches: Record<string, { summary: string; run: Bench }> = {
  ask: {
    summary:
      '[--sales N, 1000000 unless given] [--keep FOLDER] [--no-peers] [--only WORDS]: ' +
      'each question over a year of simulated sales, beside plain SQL and DuckDB',
    run: askBench,
  },
  charts: {
    summary: '[pictures of each, 20 unless given]: each kind of chart, warm, on one core',
    run: chartsBench,
  },
  ingest: {
    summary:
      '[sales, 1000000 unless given]: ' +
      'simulated sales into a database with all sums, beside COPY and a plain loader',
    run: ingestBench,
  },
  import: {
    summary: '[sales of the CSV, 200000 unless given]: history and facts of pages into a database of its own',
    run: importBench,
  },
  load: {
    summary:
      '[--checkout FOLDER] [--keep FOLDER] [--json FILE] [--profile FOLDER] ' +
      '[--phases one,own,chats,questions]: charts, reports, questions and commands at once',
    run: loadBench,
  },
  report: {
    summary:
      '[reports, 5 unless given]: ' +
      'the PDF in a warm process, beside the same content printed by headless Chromium',
    run: reportBench,
  },
};

const [name = '', ...args] = process.argv.slice(2);
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (bench && !wantsHelp(args)) {
  process.stdout.write(table(await bench.run(args)));
} else {
  const asked = name === 'help' || wantsHelp(process.argv.slice(2));
  const list = Object.entries(benches).map(([key, { summary }]) => `  ${key} ${summary}\n`);
  (asked ? process.stdout : process.stderr).write(`Usage: npm run bench -- <what>\n\n${list.join('')}`);
  process.exitCode = asked ? 0 : 2;
}
