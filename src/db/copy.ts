/** Bulk load by `COPY … FROM STDIN` in the text format, and what makes it fast. */
import { once } from 'node:events';
import type { Transaction } from './connect.ts';

export type CopyValue = string | number | boolean | null | undefined;

/** Rows are gathered into chunks of about this size before they are written, so that memory stays flat. */
const CHUNK_CHARACTERS = 64 * 1024;

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const field = (value: CopyValue): string =>
  value === null || value === undefined
    ? '\\N'
    : typeof value === 'string' && /[\\\t\n\r]/.test(value)
      ? value.replace(/[\\\t\n\r]/g, found => ESCAPES[found] as string)
      : String(value);

/**
 * Copies rows into the named columns of a table. Values are written as Postgres reads them: instants as ISO text.
 * @throws the server's error, when a row does not fit
 */
export async function copyRows(
  sql: Transaction,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly CopyValue[]>,
): Promise<void> {
  const stream = await sql`copy ${sql(table)} (${sql(columns as string[])}) from stdin`.writable();
  let chunk = '';
  for (const row of rows) {
    chunk += `${row.map(field).join('\t')}\n`;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    if (!stream.write(chunk)) await once(stream, 'drain');
    chunk = '';
  }
  if (chunk) stream.write(chunk);
  stream.end();
  await once(stream, 'finish');
}

/**
 * Leaves out the checks of foreign keys until the transaction ends, where the database's user may decide that: they take half of a
 * large load's time. For statements that get each reference from a join with its table; nothing deletes what they refer to.
 */
export async function trustReferences(sql: Transaction): Promise<void> {
  await sql`select set_config('session_replication_role', 'replica', true) where has_parameter_privilege('session_replication_role', 'set')`;
}
