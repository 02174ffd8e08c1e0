/** `--help` is answered and ends with 0, on every command line of ours. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { wantsHelp } from '../src/core/arguments.ts';
import { ROOT } from './support/process.ts';

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
/** The subcommands that a usage lists. */
const commandsOf = (help: string): string[] => [
  ...new Set([...help.matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name as string)),
];

interface Run {
  line: string;
  code: number;
  stdout: string;
}

/** Port 1 is nobody's to listen at, nor a database: whatever starts all the same fails. */
async function run(line: string): Promise<Run> {
  const bin = join(ROOT, 'node_modules/.bin');
  const child = spawn(line, {
    cwd: ROOT,
    shell: true,
    env: {
      ...process.env,
      PATH: [dirname(process.execPath), bin, process.env.PATH].join(delimiter),
      PORT: '1',
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  child.stdout.on('data', chunk => {
    stdout += chunk;
  });
  child.stderr.resume();
  const [code] = (await once(child, 'close')) as [number];
  return { line, code, stdout };
}

/** Two at a time, since most of it is loading. */
async function runAll(lines: readonly string[]): Promise<Run[]> {
  const waiting = [...lines];
  const runs: Run[] = [];
  const work = async () => {
    for (let line = waiting.shift(); line !== undefined; line = waiting.shift()) runs.push(await run(line));
  };
  await Promise.all([work(), work()]);
  return runs;
}

const failed = (runs: readonly Run[]) => runs.filter(({ code }) => code !== 0).map(({ line }) => line);
const silent = (runs: readonly Run[]) => runs.filter(({ stdout }) => !stdout.trim()).map(({ line }) => line);

test('npm scripts; of those with several programs the last one is given the option', async () => {
  const lines = Object.values(scripts).map(script => `${script.split('&&').at(-1)?.trim()} --help`);
  expect(lines.length).toBeGreaterThan(8);
  const runs = await runAll(lines);
  expect([failed(runs), silent(runs)]).toEqual([[], []]);
}, 900_000);

test('every file of src that can be run', async () => {
  const entries = readdirSync(join(ROOT, 'src')).filter(name => name.endsWith('.ts'));
  expect(entries).toContain('main.ts');
  expect(failed(await runAll(entries.map(name => `node src/${name} --help`)))).toEqual([]);
}, 900_000);

test('every command, with its own usage', async () => {
  const { stdout } = await run('node src/cli.ts --help');
  const names = commandsOf(stdout);
  expect(names).toEqual(expect.arrayContaining(['ask', 'verify', 'backtest', 'migrate']));
  const runs = await runAll(names.map(name => `node src/cli.ts ${name} --help`));
  expect(failed(runs)).toEqual([]);
  for (const { line, stdout } of runs) {
    const name = /cli\.ts (\w+)/.exec(line)?.[1];
    expect(stdout).toMatch(new RegExp(`^Usage: npm run -s cli -- ${name}\\b`));
  }
}, 900_000);

test('every bench', async () => {
  const { stdout } = await run('node bench/main.ts --help');
  const runs = await runAll(commandsOf(stdout).map(name => `node bench/main.ts ${name} --help`));
  expect(runs.length).toBeGreaterThan(3);
  expect([failed(runs), silent(runs)]).toEqual([[], []]);
}, 900_000);

test('behind a lone -- it is a word', () => {
  expect([['--help'], ['a', '-h'], ['a', '--', '--help'], ['help']].map(wantsHelp)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
