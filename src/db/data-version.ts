/** The version of the data: what was answered at one version is answered the same again. */
import type { Reader, Transaction } from './connect.ts';

/** To be called once in every transaction that changes what a question may read. */
export async function bumpDataVersion(sql: Transaction): Promise<void> {
  await sql`update data_version set version = version + 1`;
}

export async function readDataVersion(db: Reader): Promise<number> {
  const [row] = await db<{ version: number }[]>`select version from data_version`;
  return row?.version ?? 0;
}
