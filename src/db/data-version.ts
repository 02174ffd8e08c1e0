/** The version of the data: what was answered at one version is answered the same again. */
import type { Fragment, Reader, Sql, Transaction } from './connect.ts';

/** To be called once in every transaction that changes what a question may read. */
export const bumpDataVersion = (sql: Transaction): Fragment =>
  sql`update data_version set version = version + 1`;

export interface DataVersion {
  version: number;
  /** Whether the data come from a simulation. */
  simulated: boolean;
  /** What is of an older version can name what was hidden since. */
  least: number;
}

export async function readDataVersion(db: Reader): Promise<DataVersion> {
  const [row] = await db<DataVersion[]>`select version, simulated, least from data_version`;
  return row ?? { version: 0, simulated: false, least: 0 };
}

/** From now on every answer says that it is of a simulation. */
export async function markSimulated(db: Sql): Promise<void> {
  await db`update data_version set simulated = true, version = version + 1 where not simulated`;
}
