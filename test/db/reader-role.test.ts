/** The role `tracker_reader` reads what answers are made of, changes nothing, and never stops a migration. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { connect } from '../../src/db/connect.ts';
import { migrate } from '../../src/db/migrate.ts';
import { silentLog } from '../../src/log.ts';
import { databaseUrl, testDatabase } from '../support/database.ts';
import { readerUrl } from '../support/reader.ts';
import { seedWorld } from '../support/world.ts';

const NEVER = /permission denied|must be owner/;
const unique = (name: string) => `${name}_${randomBytes(6).toString('hex')}`;

describe('a login of the role', async () => {
  const { db, url } = await testDatabase();
  const reader = connect(await readerUrl(db, url), { max: 1 });
  afterAll(() => reader.end());

  test('reads what answers are made of, in every month', async () => {
    await seedWorld(db);
    const answering = [
      'data_version',
      'country',
      'seller',
      'artist',
      'page',
      'item',
      'tag',
      'page_tag',
      'country_hour',
      'artist_day',
      'seller_day',
      'page_day',
      'tag_sale',
      'country_sale',
      'origin_sale',
      'tag_origin_day',
      'tag_hour',
      'tag_day',
      'window_read',
      'read_day',
      'kept_answer',
    ];
    for (const name of answering) await reader`select count(*) from ${reader(name)}`;
    const [{ sales } = { sales: 0 }] = await reader<{ sales: number }[]>`select count(*) as sales from sale`;
    expect(sales).toBeGreaterThan(1000);
  });

  test.each([
    `select * from subscription`,
    `select * from delivery`,
    `select * from delivery_part`,
    `select * from reject`,
    `insert into country (code, name) values ('xx', 'Nowhere')`,
    `update data_version set version = version + 1`,
    `delete from sale`,
    `truncate sale`,
    `create table mine (n integer)`,
    `create schema mine`,
    `alter table sale add column mine integer`,
    `drop table sale`,
    `select ensure_sale_partition('2031-01-01Z')`,
    `select * from sale for update`,
  ])('is refused: %s', async statement => {
    await expect(reader.unsafe(statement)).rejects.toThrow(NEVER);
  });
});

test('databases of one server are migrated at once', async () => {
  const admin = connect(inject('serverUrl'), { max: 1 });
  const names = Array.from({ length: 4 }, () => unique('test_role'));
  for (const name of names) await admin`create database ${admin(name)}`;
  const databases = names.map(name => connect(databaseUrl(inject('serverUrl'), name), { max: 1 }));
  const migrated = await Promise.all(databases.map(db => migrate({ db, log: silentLog })));
  for (const { applied } of migrated) expect(applied).toContain('0002_reader_role.sql');
  await Promise.all(databases.map(db => db.end()));
  for (const name of names) await admin`drop database ${admin(name)}`;
  await admin.end();
});

describe('migrated by a user who may not create roles', async () => {
  const admin = connect(inject('serverUrl'), { max: 1 });
  const owner = unique('owner');
  const database = unique('test_owner');
  await admin.unsafe(`create user ${owner} password 'secret'`);
  await admin.unsafe(`create database ${database} owner ${owner}`);
  const url = Object.assign(new URL(databaseUrl(inject('serverUrl'), database)), {
    username: owner,
    password: 'secret',
  }).href;
  const db = connect(url, { max: 1 });
  afterAll(async () => {
    await db.end();
    await admin.unsafe(`drop database ${database}`);
    await admin.unsafe(`drop user ${owner}`);
    await admin.end();
  });

  test('the role that another one made is granted all the same', async () => {
    await migrate({ db, log: silentLog });
    const [row] = await db`select has_table_privilege('tracker_reader', 'sale', 'select') as may`;
    expect(row).toEqual({ may: true });
  });

  test('a missing role is warned of, and the rest goes on', async () => {
    const other = unique('reader');
    const text = await readFile(new URL('../../schema/0002_reader_role.sql', import.meta.url), 'utf8');
    await db.unsafe(text.replaceAll('tracker_reader', other));
    expect(await db`select from pg_roles where rolname = ${other}`).toHaveLength(0);
  });
});
