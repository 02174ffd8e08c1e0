/** Answers that are kept in the database until the data they were made of are out of date. */
import type { Answer } from '../../core/answer.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { Reader, Sql } from '../connect.ts';

export interface KeptAnswer {
  key: string;
  /** Of the data that it was made of. */
  version: number;
  madeAt: Instant;
  answer: Answer;
}

interface Row extends KeptAnswer {
  madeBy: string;
}

/**
 * What `made_by` holds: the code's version, and when it made this. Code from before that column replaces the
 * other columns alone, and so leaves a stamp that is not of its answer.
 */
const stamp = (code: string, madeAt: Instant): string => `${code} ${madeAt}`;

/**
 * The data's version now, and the answer of that key where this version of the code keeps one that names
 * nothing hidden. Without `code`, for the Worker, which cannot tell its own: whichever made it.
 */
export async function findStored(
  db: Reader,
  key: string,
  code: string | undefined,
): Promise<{ version: number; kept: KeptAnswer | null }> {
  const [row] = await db<({ now: number } & (Row | { madeAt: null }))[]>`
    select data_version.version as now, kept_answer.version, made_at as "madeAt", made_by as "madeBy", answer
    from data_version left join kept_answer on key = ${key} and kept_answer.version >= data_version.least`;
  if (!row) return { version: 0, kept: null };
  if (row.madeAt === null) return { version: row.now, kept: null };
  const { now, madeAt, version, answer } = row;
  const isOurs = code === undefined || row.madeBy === stamp(code, madeAt);
  return { version: now, kept: isOurs ? { key, version, madeAt, answer } : null };
}

/** Those that this version of the code made. */
export async function storedAnswers(db: Reader, code: string): Promise<KeptAnswer[]> {
  const rows = await db<Row[]>`
    select key, version, made_at as "madeAt", made_by as "madeBy", answer from kept_answer order by key`;
  const ours = rows.filter(({ madeAt, madeBy }) => madeBy === stamp(code, madeAt));
  return ours.map(({ madeBy: _, ...kept }) => kept);
}

/** Takes the place of the one before, also of another version's. */
export async function storeAnswer(db: Sql, kept: KeptAnswer, code: string): Promise<void> {
  const { key, version, madeAt, answer } = kept;
  await db`
    insert into kept_answer (key, version, made_at, made_by, answer)
    values (${key}, ${version}, ${madeAt}, ${stamp(code, madeAt)}, ${JSON.stringify(answer)}::text::jsonb)
    on conflict (key) do update set version = excluded.version, made_at = excluded.made_at,
      made_by = excluded.made_by, answer = excluded.answer`;
}

/** Forgets those that were made before. */
export async function forgetKept(db: Sql, before: Instant): Promise<void> {
  await db`delete from kept_answer where made_at < ${before}`;
}
