/**
 * `npm run golden [-- PATTERN]`: runs the tests that hold goldens, rewrites those that the pattern means, all
 * without one, and lists what was rewritten. The others are neither touched nor compared.
 */
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { wantsHelp } from '../../src/core/arguments.ts';
import { isMeant } from './golden.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const VITEST = path.join(ROOT, 'node_modules/vitest/vitest.mjs');
if (wantsHelp(process.argv.slice(2))) {
  process.stdout.write(
    "Usage: npm run golden [-- 'PATTERN']\n\n  Rewrites the golden files that the pattern means, all " +
      'without one, and lists them.\n',
  );
  process.exit(0);
}
const [pattern = '', ...more] = process.argv.slice(2);
if (more.length > 0) {
  process.stderr.write('npm run golden takes one pattern: in quotes, so that the shell does not expand it\n');
  process.exit(2);
}
const goldens = globSync('test/golden/**/*.*', { cwd: ROOT });
const meant = goldens.filter(file => isMeant(file, pattern));
// Pictures take most of the time; where only texts are meant, none is drawn.
const onlyTexts = pattern !== '' && !/png|charts/.test(pattern) && !meant.some(file => file.endsWith('.png'));
const support = onlyTexts ? /support\/golden\.ts/ : /support\/(golden|pictures)\.ts/;
const holders = globSync('test/**/*.test.ts', { cwd: ROOT, exclude: ['test/long/**'] }).filter(file =>
  support.test(readFileSync(path.join(ROOT, file), 'utf8')),
);
const folder = mkdtempSync(path.join(tmpdir(), 'bandcamp-tracker-goldens-'));
const list = path.join(folder, 'list');
writeFileSync(list, '');
const { status } = spawnSync(process.execPath, [VITEST, 'run', '--reporter=dot', ...holders], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, UPDATE_GOLDEN: '1', GOLDEN_PATTERN: pattern, GOLDEN_LIST: list },
});
const lines = [...new Set(readFileSync(list, 'utf8').split('\n'))].filter(Boolean).sort();
rmSync(folder, { recursive: true });

const rewritten = lines.filter(line => !line.startsWith('same '));
process.stdout.write(rewritten.map(line => `${line}\n`).join(''));
process.stdout.write(`${rewritten.length} rewritten, ${lines.length - rewritten.length} as they were\n`);
// A golden that no test makes any more would stand there for ever.
const made = new Set(lines.map(line => line.replace(/^\S+ /, '')));
const left = goldens.filter(file => !made.has(file));
if (pattern === '' && status === 0)
  process.stdout.write(left.map(file => `no test made ${file}: remove it\n`).join(''));
if (lines.length === 0) process.stderr.write(`no golden is meant by "${pattern}"\n`);
process.exitCode = lines.length === 0 ? 1 : (status ?? 1);
