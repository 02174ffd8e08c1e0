/** DuckDB in this process over Parquet files sorted by time: the same rows, asked by the same plain SQL. */
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Sql } from '../src/db/connect.ts';

/** Columns with DuckDB's types; instants without a zone are UTC. */
const TABLES: Record<string, Record<string, string>> = {
  sale: {
    at: 'TIMESTAMP',
    item_id: 'BIGINT',
    artist_id: 'BIGINT',
    seller_id: 'BIGINT',
    checkout_at: 'TIMESTAMP',
    country_code: 'VARCHAR',
    units: 'INTEGER',
    amount_minor: 'BIGINT',
    item_price_minor: 'BIGINT',
    amount_usd_cents: 'BIGINT',
  },
  item: { id: 'BIGINT', page_id: 'BIGINT', type: 'VARCHAR', title: 'VARCHAR' },
  page: { id: 'BIGINT', url: 'VARCHAR' },
  page_tag: { page_id: 'BIGINT', tag_id: 'BIGINT' },
  tag: { id: 'BIGINT', name: 'VARCHAR', kind: 'VARCHAR' },
  artist: { id: 'BIGINT', name: 'VARCHAR', various: 'BOOLEAN' },
  seller: { id: 'BIGINT', host: 'VARCHAR' },
};

const parquet = (folder: string, table: string): string => join(folder, `${table}.parquet`);

/** Writes the tables into Parquet files of that folder. */
export async function exportParquet(db: Sql, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  // The server may run as another user.
  await chmod(folder, 0o777);
  const instance = await DuckDBInstance.create(':memory:');
  const duck = await instance.connect();
  await duck.run(`set threads = 2`);
  for (const [table, columns] of Object.entries(TABLES)) {
    const file = join(folder, `${table}.csv`);
    const shown = Object.entries(columns).map(([name, type]) =>
      type === 'TIMESTAMP' ? `${name} at time zone 'UTC'` : name,
    );
    const order = table === 'sale' ? ' order by at' : '';
    // By the server itself, which is on this machine: of a large stream the driver waits for ever.
    await db.unsafe(`copy (select ${shown.join(', ')} from ${table}${order}) to '${file}' (format csv)`);
    const types = Object.entries(columns).map(([name, type]) => `'${name}': '${type}'`);
    const csv = `read_csv('${file}', header = false, columns = {${types.join(', ')}})`;
    await duck.run(`copy (select * from ${csv}) to '${parquet(folder, table)}' (format parquet)`);
    await rm(file);
  }
  duck.closeSync();
  instance.closeSync();
  await writeFile(join(folder, 'done'), '');
}

/** Views of the files, by the tables' names. */
export async function openParquet(
  folder: string,
): Promise<{ run(sql: string): Promise<void>; close(): void }> {
  const instance = await DuckDBInstance.create(':memory:');
  const duck = await instance.connect();
  await duck.run(`set threads = 2`);
  for (const table of Object.keys(TABLES))
    await duck.run(`create view ${table} as select * from read_parquet('${parquet(folder, table)}')`);
  return {
    run: async sql => void (await duck.runAndReadAll(sql)),
    close() {
      duck.closeSync();
      instance.closeSync();
    },
  };
}
