/** Bulk load by `COPY … FROM STDIN` in the binary format, and what makes it fast. */
import { pipeline } from 'node:stream/promises';
import { DAY, type Instant } from '../../core/time/instant.ts';
import type { Fragment, Transaction } from '../connect.ts';

/**
 * SQL's types as a row's values are given: an instant for `timestamptz` and `date` (its UTC day), integers
 * for numbers.
 */
export type CopyType = 'timestamptz' | 'date' | 'bigint' | 'integer' | 'boolean' | 'text';
export type CopyValue = string | number | boolean | null;

/** Bytes of a chunk before it is written, so that memory stays flat. */
const CHUNK = 128 * 1024;
const HEAD = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
/** Says that no row follows. */
const TAIL = Buffer.from('\xff\xff', 'latin1');
/** Postgres counts from 2000-01-01. */
const EPOCH = 946_684_800_000_000 as Instant;
/** Of a value that is no text, with its length. */
const LONGEST_VALUE = 12;

/** A temporary table that ends with the transaction. */
export async function createTemporary(
  sql: Transaction,
  table: string,
  columns: Readonly<Record<string, CopyType>>,
): Promise<void> {
  const definitions = Object.entries(columns).map(([name, type]) => `"${name}" ${type}`);
  await sql.unsafe(`create temporary table "${table}" (${definitions.join(', ')}) on commit drop`);
}

/** The same, filled with these rows. */
export async function copyToTemporary(
  sql: Transaction,
  table: string,
  columns: Readonly<Record<string, CopyType>>,
  rows: Iterable<readonly CopyValue[]>,
): Promise<void> {
  await Promise.all([createTemporary(sql, table, columns), copyRows(sql, table, columns, rows)]);
}

/**
 * Copies rows into the named columns of a table.
 * @throws the server's error, when a row does not fit; what `rows` throws
 */
export async function copyRows(
  sql: Transaction,
  table: string,
  columns: Readonly<Record<string, CopyType>>,
  rows: Iterable<readonly CopyValue[]>,
): Promise<void> {
  const chunks = encode(Object.values(columns), rows);
  // Asked for first: a COPY of nothing would cost a round trip.
  const first = chunks.next();
  if (first.done) return;
  const stream =
    await sql`copy ${sql(table)} (${sql(Object.keys(columns))}) from stdin (format binary)`.writable();
  await pipeline(function* () {
    yield first.value;
    yield* chunks;
  }, stream);
}

/** Rows in the binary format, in chunks of about `CHUNK` bytes; of no rows, nothing. */
function* encode(types: readonly CopyType[], rows: Iterable<readonly CopyValue[]>): Generator<Buffer, void> {
  let chunk = Buffer.allocUnsafe(CHUNK);
  let used = HEAD.copy(chunk);
  let count = 0;
  for (const row of rows) {
    let most = 2;
    for (const value of row) most += typeof value === 'string' ? 4 + 3 * value.length : LONGEST_VALUE;
    if (used + most + TAIL.length > chunk.length) {
      if (used > 0) yield chunk.subarray(0, used);
      chunk = Buffer.allocUnsafe(Math.max(CHUNK, most + TAIL.length));
      used = 0;
    }
    used = chunk.writeInt16BE(types.length, used);
    for (let n = 0; n < types.length; n++)
      used = writeValue(chunk, used, types[n] as CopyType, row[n] ?? null);
    count += 1;
  }
  if (count === 0) return;
  used += TAIL.copy(chunk, used);
  yield chunk.subarray(0, used);
}

/** Returns where the next one goes. */
function writeValue(chunk: Buffer, at: number, type: CopyType, value: CopyValue): number {
  if (value === null) return chunk.writeInt32BE(-1, at);
  switch (type) {
    case 'text': {
      const length = chunk.write(value as string, at + 4);
      chunk.writeInt32BE(length, at);
      return at + 4 + length;
    }
    case 'integer':
      return chunk.writeInt32BE(value as number, chunk.writeInt32BE(4, at));
    case 'boolean':
      return chunk.writeUInt8(value ? 1 : 0, chunk.writeInt32BE(1, at));
    case 'date':
      return chunk.writeInt32BE(Math.floor(((value as number) - EPOCH) / DAY), chunk.writeInt32BE(4, at));
    default: {
      // Half by half: a BigInt for each would cost more than all the rest.
      const whole = type === 'timestamptz' ? (value as number) - EPOCH : (value as number);
      const high = Math.floor(whole / 2 ** 32);
      const next = chunk.writeInt32BE(high, chunk.writeInt32BE(8, at));
      return chunk.writeUInt32BE(whole - high * 2 ** 32, next);
    }
  }
}

/**
 * Leaves out the checks of foreign keys until the transaction ends, where the database's user may decide
 * that: they take half of a large load's time. For statements that get each reference from a join with its
 * table; nothing deletes what they refer to (but rekey.ts, before anything loads).
 */
export const trustReferences = (sql: Transaction): Fragment => sql`
  select set_config('session_replication_role', 'replica', true)
  where has_parameter_privilege('session_replication_role', 'set')`;
