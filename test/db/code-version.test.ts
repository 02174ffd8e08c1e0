/** The code's version changes with each file that makes answers, and with nothing else. */
import { cp, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CODE_VERSION, codeVersion } from '../../src/db/code-version.ts';
import { ROOT } from '../support/process.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bandcamp-tracker-code-'));
  for (const part of ['src', 'schema']) await cp(join(ROOT, part), join(folder, part), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const now = () => codeVersion(pathToFileURL(`${folder}/`));

test('is the same for the same files, wherever they lie', () => {
  expect(CODE_VERSION).toMatch(/^[0-9a-f]{16}$/);
  expect(now()).toBe(CODE_VERSION);
});

test.each([
  'src/questions/top.ts',
  'src/stats/lift.ts',
  'src/core/numbers.ts',
  'src/db/read/rankings.ts',
  'src/db/a-new-one.ts',
  'schema/current.sql',
])('is another one when %s is', async file => {
  const before = now();
  await writeFile(join(folder, file), '\n', { flag: 'a' });
  expect(now()).not.toBe(before);
});

test('is another one when a file is called otherwise', async () => {
  const before = now();
  await rename(join(folder, 'src/stats/lift.ts'), join(folder, 'src/stats/lifted.ts'));
  expect(now()).not.toBe(before);
});

test.each(['src/web/app.ts', 'src/jobs/precompute-answers.ts'])(
  'is the same when %s is another one',
  async file => {
    const before = now();
    await writeFile(join(folder, file), '\n', { flag: 'a' });
    expect(now()).toBe(before);
  },
);
