/** Answers that are kept in the database until the data they were made of are out of date. */
import type { Answer } from '../core/answer.ts';
import type { Instant } from '../core/instant.ts';
import type { Reader, Sql } from './connect.ts';

export interface KeptAnswer {
  key: string;
  /** Of the data that it was made of. */
  version: number;
  madeAt: Instant;
  answer: Answer;
}

const COLUMNS = ['key', 'version', 'made_at as "madeAt"', 'answer'].join(', ');

/** The data's version now, and the answer of that key where one is kept. */
export async function findKept(db: Reader, key: string): Promise<{ version: number; kept: KeptAnswer | null }> {
  const [row] = await db<{ now: number; madeAt: Instant | null; version: number; answer: Answer }[]>`
    select data_version.version as now, kept_answer.version, made_at as "madeAt", answer
    from data_version left join kept_answer on key = ${key}`;
  if (!row) return { version: 0, kept: null };
  const { now, madeAt, version, answer } = row;
  return { version: now, kept: madeAt === null ? null : { key, version, madeAt, answer } };
}

export const allKept = (db: Reader): Promise<KeptAnswer[]> =>
  db<KeptAnswer[]>`select ${db.unsafe(COLUMNS)} from kept_answer order by key`;

/** Takes the place of the one before. */
export async function keepAnswer(db: Sql, { key, version, madeAt, answer }: KeptAnswer): Promise<void> {
  await db`
    insert into kept_answer (key, version, made_at, answer) values (${key}, ${version}, ${madeAt}, ${JSON.stringify(answer)}::text::jsonb)
    on conflict (key) do update set version = excluded.version, made_at = excluded.made_at, answer = excluded.answer`;
}

/** Forgets those that were made before. */
export async function forgetKept(db: Sql, before: Instant): Promise<void> {
  await db`delete from kept_answer where made_at < ${before}`;
}
