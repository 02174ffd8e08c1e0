/**
 * Databases that ten landed states of the service made, by their own code and with data, become today's;
 * each state's pages go on answering while that happens. Needs git and its history.
 */
import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { MINUTE, toIso } from '../../src/core/time/instant.ts';
import { listCatalogue } from '../support/catalogue.ts';
import { feedLines, HISTORY_FROM, pageLines } from '../support/history.ts';
import { emptyDatabase } from '../support/old-database.ts';
import { ROOT, type RunningProcess, startNode } from '../support/process.ts';

interface State {
  commit: string;
  schema: string;
  /** What its pages cannot answer any more, because what they read is gone. */
  lost: string[];
  /** Whether it would start again over the new schema: not where it does not know its own files any more. */
  starts: boolean;
}

/** Its items' sums by day are a table that 0014 puts another one in the place of. */
const ITEMS = ['top?kind=album', 'top?kind=track'];
const STATES: State[] = [
  { commit: 'c0bc7f8', schema: '0011 and 0012 named otherwise', lost: ITEMS, starts: false },
  { commit: '70ff6e4', schema: '0013', lost: ITEMS, starts: true },
  { commit: '8f65ee1', schema: 'the first 0014', lost: [], starts: false },
  { commit: 'e9b45c7', schema: '0014 with standings', lost: [], starts: false },
  { commit: '7abbdff', schema: '0014 with checkouts', lost: [], starts: false },
  { commit: 'e22b531', schema: '0014 with lists of countries', lost: [], starts: false },
  { commit: '136efb0', schema: '0014', lost: [], starts: true },
  { commit: 'ec6d0d6', schema: 'the first 0015', lost: [], starts: false },
  { commit: 'ecbfde4', schema: '0015', lost: [], starts: true },
  { commit: '17cd8fe', schema: '0015, the last before this test', lost: [], starts: true },
];

/** Asked before, meanwhile and afterwards. */
const ASKED = [
  'overview',
  'top?kind=artist',
  'top?kind=genre',
  'top?kind=seller',
  'top?kind=country',
  'countries',
  'trending-genres',
  'emerging-artists',
  'genre?genre=ambient',
  'status',
  ...ITEMS,
];

const SALES = 6_000;
const SALES_A_DAY = 400;
const END = HISTORY_FROM + (SALES / SALES_A_DAY) * 24 * 60 * MINUTE;

const git = (...args: string[]) => spawnSync('git', args, { cwd: ROOT, maxBuffer: 1e9 });
const hasHistory = STATES.every(({ commit }) => git('cat-file', '-e', `${commit}^{commit}`).status === 0);

describe.skipIf(!hasHistory)('of the git history, which is not here where this is skipped:', async () => {
  const current = await readFile(join(ROOT, 'schema/current.sql'), 'utf8');
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bandcamp-tracker-upgrades-'));
    await chmod(folder, 0o755);
    const options = { sales: SALES, from: HISTORY_FROM, salesADay: SALES_A_DAY };
    await writeFile(join(folder, 'feed'), [...feedLines(options)].join(''));
    await writeFile(join(folder, 'pages'), [...pageLines(2_000)].join(''));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** The files of the commit, with the packages of today. */
  async function checkOut(commit: string): Promise<string> {
    const { stdout } = git('archive', `--prefix=${commit}/`, commit);
    spawnSync('tar', ['-x', '-C', folder], { input: stdout });
    await symlink(join(ROOT, 'node_modules'), join(folder, commit, 'node_modules'));
    await writeFile(join(folder, commit, 'keep.ts'), KEEP);
    return join(folder, commit);
  }

  test.each(STATES)('$commit ($schema)', async ({ commit, lost, starts }) => {
    const old = await checkOut(commit);
    const { db, url } = await emptyDatabase();
    const env = { DATABASE_URL: url, LOG_LEVEL: 'silent', PORT: '0', ROLES: 'web' };
    const run = async (root: string, script: string, ...args: string[]) => {
      const ran = startNode(join(root, script), args, env, root);
      return { code: await ran.exited, stdout: ran.stdout(), stderr: ran.stderr() };
    };
    const isDone = { code: 0, stderr: '' };
    expect(await run(old, 'src/cli.ts', 'migrate')).toMatchObject(isDone);
    const imported = await run(old, 'src/cli.ts', 'import', join(folder, 'feed'), join(folder, 'pages'));
    expect(imported).toMatchObject({ ...isDone, stdout: expect.stringContaining('6,000 sales stored') });
    expect(await run(old, 'keep.ts')).toMatchObject({
      ...isDone,
      stdout: expect.stringMatching(/^[1-9]\d+ kept/),
    });

    const web = startNode(join(old, 'src/main.ts'), [], env, old);
    onTestFinished(() => void web.stop('SIGKILL'));
    const [, address = ''] = await web.waitFor(/dashboard +(http:\S+)\//, 60_000);
    let minute = 0;
    /** Each time of another minute, so that nothing is told from memory. */
    const ask = async (question: string) => {
      minute += 1;
      const until = toIso(END - minute * MINUTE);
      const response = await fetch(
        `${address}/api/ask/${question}${question.includes('?') ? '&' : '?'}until=${until}`,
      );
      return { status: response.status, text: await response.text() };
    };
    const unanswered = async () => {
      const asked: string[] = [];
      for (const question of ASKED) if ((await ask(question)).status !== 200) asked.push(question);
      return asked;
    };
    expect(await unanswered()).toEqual([]);

    const migrating = startNode('src/cli.ts', ['migrate'], env);
    const meanwhile = await whileRuns(migrating, async () => (await ask('overview')).status);
    expect([await migrating.exited, migrating.stderr()]).toEqual([0, '']);
    expect(new Set(meanwhile)).toEqual(new Set([200]));
    expect(await unanswered()).toEqual(lost);
    expect(web.child.exitCode).toBeNull();
    expect(await web.stop()).toBe(0);

    expect(current).toContain(await listCatalogue(db));
    const verified = await run(ROOT, 'src/cli.ts', 'verify');
    expect(verified).toMatchObject({ ...isDone, stdout: expect.stringContaining('every number agrees') });
    for (const question of ['overview', 'top artists', 'top albums', 'trending genres', 'genre ambient'])
      expect(await run(ROOT, 'src/cli.ts', 'ask', ...question.split(' '))).toMatchObject(isDone);
    const again = await run(old, 'src/cli.ts', 'ask', 'overview');
    expect([again.code, again.stderr]).toEqual(
      starts ? [0, ''] : [1, expect.stringMatching(/changed|exists/)],
    );
    // Imported once more, nothing is new.
    expect((await run(ROOT, 'src/cli.ts', 'import', join(folder, 'feed'))).stdout).toMatch(
      /^0 sales stored, 6,000 /,
    );
    expect(await run(ROOT, 'src/cli.ts', 'verify')).toMatchObject(isDone);
  });
});

/** Keeps answers as the service of that commit does after each load. */
const KEEP = `
import { realClock } from './src/core/clock.ts';
import { connect } from './src/db/connect.ts';
import { keepAnswers } from './src/etl/keep-answers.ts';
import { silentLog } from './src/log.ts';
const db = connect(process.env.DATABASE_URL);
console.log(await keepAnswers({ db, clock: realClock, log: silentLog }), 'kept');
await db.end();
`;

/** What `work` gives, again and again until the process has ended, and once more. */
async function whileRuns<T>({ child }: RunningProcess, work: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  while (child.exitCode === null && child.signalCode === null) results.push(await work());
  return [...results, await work()];
}
