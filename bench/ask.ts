/**
 * How fast questions are answered over a year of sales: cold, counted anew, given again; beside plain SQL and
 * DuckDB on the same rows.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '../src/core/errors.ts';
import { formatCount } from '../src/core/numbers.ts';
import { simulatedClock } from '../src/core/time/clock.ts';
import { MINUTE } from '../src/core/time/instant.ts';
import { resolveWindow } from '../src/core/time/window-words.ts';
import { createAnswers } from '../src/questions/lib/answer-cache.ts';
import { ask, askAnew } from '../src/questions/lib/ask.ts';
import { parseQuestion } from '../src/questions/lib/definition.ts';
import { questions } from '../src/questions/registry.ts';
import { AS_THEY_ARE, type AskedCase, casesOf } from './asked-cases.ts';
import { openParquet } from './duck.ts';
import { PLAIN } from './plain-questions.ts';
import { openYear, type YearDatabase } from './year-database.ts';
import { YEAR_UNTIL } from './year-span.ts';

const clock = simulatedClock(YEAR_UNTIL + MINUTE, 1);
/** Counted anew as often, or for as long; one more goes before, which fills the caches. */
const MOST_RUNS = 20;
const LEAST_RUNS = 3;
const LONGEST_MS = 4_000;
/** Here nothing is cut off, so that what takes too long can be seen. */
const NO_LIMIT_MS = 120_000;
const PLAIN_TIMEOUT_MS = 30_000;

/**
 * @param args `--sales N` (a million unless given), `--keep FOLDER` where the database stays, `--no-peers`
 * without the other two, `--plain` without what makes the questions heavier, `--only WORDS` the cases whose
 * title holds them
 */
export async function askBench(args: string[]): Promise<string[][]> {
  const { values } = parseArgs({
    args,
    options: {
      sales: { type: 'string', default: '1000000' },
      keep: { type: 'string' },
      'no-peers': { type: 'boolean' },
      plain: { type: 'boolean' },
      only: { type: 'string', default: '' },
    },
  });
  const folder = values.keep ?? (await mkdtemp(join(tmpdir(), 'bandcamp-tracker-bench-')));
  const year = await openYear(folder, Number(values.sales));
  const duck = await openParquet(year.parquet);
  try {
    const cases = (await casesOf(year.db))
      .slice(0, values.plain ? AS_THEY_ARE : undefined)
      .filter(({ title }) => title.includes(values.only));
    const [{ sales } = { sales: 0 }] = await year.db<
      { sales: number }[]
    >`select sum(sales)::bigint as sales from country_hour`;
    const rows: string[][] = [];
    const medians = new Map<string, number>();
    let emptied = true;
    for (const asked of cases) {
      emptied = (await year.restart()) && emptied;
      const cold = await inTime(() =>
        timeOf(() => ask({ db: year.db, clock, answers: createAnswers() }, parsed(asked, 0))),
      );
      const anew = await repeat(n =>
        askAnew({ db: year.db, clock }, parsed(asked, n), { longestMs: NO_LIMIT_MS }),
      );
      medians.set(asked.title, anew.median);
      const answers = createAnswers();
      const again = await inTime(() => repeat(() => ask({ db: year.db, clock, answers }, parsed(asked, 0))));
      const plain = values['no-peers'] ? [] : await peers(asked, year, duck);
      const row = [
        asked.title,
        ...[cold, anew.median, anew.slow, again?.median, again?.slow].map(shown),
        ...plain.flatMap(ms => [
          ms === null ? 'over 30 s' : ms === undefined ? '' : shown(ms),
          ratio(ms, anew.median),
        ]),
      ];
      process.stderr.write(`${row.join('  ')}\n`);
      rows.push(row);
    }
    const heads = ['cold', 'anew', 'p95', 'again', 'p95', 'plain SQL', 'times', 'DuckDB', 'times'];
    return [
      [
        `ask: ${formatCount(sales)} sales; ms${emptied ? '' : ' (files cached when cold)'}`,
        ...heads.slice(0, values['no-peers'] ? 5 : 9),
      ],
      ...rows,
      ...besideCountry(medians),
    ];
  } finally {
    duck.close();
    await year.close();
    if (values.keep === undefined) await rm(folder, { recursive: true, force: true });
  }
}

/** Where music comes from, beside where it is bought: the quotient of the times counted anew. */
const besideCountry = (medians: ReadonlyMap<string, number>): string[][] =>
  [...medians].flatMap(([title, ms]) => {
    const country = medians.get(title.replace('from=us', 'country=us'));
    return title.includes('from=us') && country !== undefined
      ? [[`${title}, of the time of country=us`, '', (ms / country).toFixed(2)]]
      : [];
  });

const parsed = ({ question, params, names }: AskedCase, n: number) =>
  parseQuestion(questions, question, {
    ...params,
    ...(names.length > 0 ? names[n % names.length]?.params : {}),
  });

/** Undefined where the service says that it takes too long. */
async function inTime<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function repeat(work: (n: number) => Promise<unknown>): Promise<{ median: number; slow: number }> {
  await work(0);
  const times: number[] = [];
  const began = performance.now();
  for (let n = 0; n < MOST_RUNS && (n < LEAST_RUNS || performance.now() - began < LONGEST_MS); n += 1)
    times.push(await timeOf(() => work(n)));
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { median: at(0.5), slow: at(0.95) };
}

/**
 * Milliseconds of plain SQL and of DuckDB, of two runs the quicker; null where it took too long, undefined
 * where it was not asked.
 */
async function peers(
  asked: AskedCase,
  { db }: YearDatabase,
  duck: Awaited<ReturnType<typeof openParquet>>,
): Promise<(number | null | undefined)[]> {
  const { values } = parsed(asked, 0);
  const { window } = resolveWindow(values.window as Parameters<typeof resolveWindow>[0], YEAR_UNTIL, 'UTC');
  const statements = PLAIN[asked.question]?.({ window, ...asked.plain, ...asked.names[0]?.plain });
  if (!statements) return [undefined, undefined];
  const inPostgres = () =>
    db.begin(async sql => {
      await sql`select set_config('statement_timeout', ${String(PLAIN_TIMEOUT_MS)}, true)`;
      for (const statement of statements) await sql.unsafe(statement);
    });
  const inDuck = async () => {
    for (const statement of statements) await duck.run(statement);
  };
  return [await quicker(inPostgres), await quicker(inDuck)];
}

async function quicker(work: () => Promise<unknown>): Promise<number | null> {
  try {
    const first = await timeOf(work);
    return first > LONGEST_MS ? first : Math.min(first, await timeOf(work));
  } catch (error) {
    if ((error as { code?: unknown }).code === '57014') return null;
    throw error;
  }
}

const shown = (ms: number | undefined): string =>
  ms === undefined ? 'too long' : ms < 10 ? ms.toFixed(1) : formatCount(Math.round(ms));
const ratio = (ms: number | null | undefined, own: number): string =>
  ms === undefined
    ? ''
    : `${ms === null ? '>' : ''}${formatCount(Number(((ms ?? PLAIN_TIMEOUT_MS) / own).toPrecision(2)))}`;
