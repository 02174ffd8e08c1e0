/** A database that an older version made becomes today's, whatever its migrations were called then. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Sql } from '../../src/db/connect.ts';
import { migrate } from '../../src/db/migrate.ts';
import { readSchema } from '../../src/db/migration-files.ts';
import { areTagsUnjudged } from '../../src/db/write/tag-kinds.ts';
import { rebuildStale } from '../../src/jobs/rebuild.ts';
import { verify } from '../../src/jobs/verify.ts';
import { silentLog } from '../../src/log.ts';
import { listCatalogue } from '../support/catalogue.ts';
import { applyPlainly, emptyDatabase, novemberDatabase, olderTexts } from '../support/old-database.ts';

const current = await readFile(new URL('../../schema/current.sql', import.meta.url), 'utf8');

/** That the schema is today's, that its table says so, and that every sum agrees with the sales. */
async function expectToday(db: Sql): Promise<void> {
  expect(current).toContain(await listCatalogue(db));
  const { migrations } = await readSchema();
  const rows = await db`select name, sha256 from migration order by name`;
  expect([...rows]).toEqual(migrations.map(({ name, sha256 }) => ({ name, sha256 })));
  // What counted by older rules is judged anew at the start of the service.
  expect(await db`select from stale_day`).toHaveLength(6);
  await rebuildStale({ db, log: silentLog });
  expect(await verify({ db })).toEqual({ days: 6, differences: [] });
}

test('of 23 November, when two files had other names', async () => {
  const { db } = await emptyDatabase();
  await novemberDatabase(db);
  const { applied } = await migrate({ db, log: silentLog });
  expect(applied).toEqual([
    '0014_page_day_tag_sale.sql',
    '0015_board_indexes.sql',
    '0016_made_by.sql',
    '0017_descriptors_and_names.sql',
    '0018_sellers_and_preorders.sql',
    '0019_release_art.sql',
    '0020_hidden_subjects.sql',
    '0021_page_label.sql',
    '0022_sales_by_origin.sql',
    '0023_counted_in_blocks.sql',
  ]);
  // Its tags wait to be judged by today's kinds.
  expect(await areTagsUnjudged(db)).toBe(true);
  await expectToday(db);
});

describe('of 28 November, when 0014 and 0015 had other texts:', async () => {
  const { amendments } = await readSchema();
  const older = await olderTexts();

  test('the texts are those of the history', () => {
    const digests = older.flatMap(({ files }) =>
      files.map(({ text }) => createHash('sha256').update(text).digest('hex')),
    );
    expect(digests).toEqual(expect.arrayContaining(amendments.map(({ from }) => from)));
  });

  test.each(older)('$commit', async ({ files }) => {
    const { db } = await emptyDatabase();
    await novemberDatabase(db);
    await applyPlainly(db, files);
    await migrate({ db, log: silentLog });
    await expectToday(db);
  });
});

test('what a landed file does in steps is what it does at once', async () => {
  const contents: unknown[] = [];
  for (const atOnce of [true, false]) {
    const { db } = await emptyDatabase();
    await novemberDatabase(db);
    const landed = (await olderTexts()).find(({ commit }) => commit === '136efb0');
    if (atOnce) await applyPlainly(db, landed?.files ?? []);
    await migrate({ db, log: silentLog });
    const rows = await Promise.all([
      db`select day, page_id, type, sales, counted, units, usd_cents from page_day order by 1, 2, 3`,
      db`select * from artist_day order by day, artist_id`,
      // Side by side in whatever order they were read.
      db`
        select day, tag_id, unnest(seconds) as second, unnest(countries) as country, unnest(pages) as page,
          unnest(types) as type, unnest(artists) as artist, unnest(sellers) as seller, unnest(sales) as sales,
          unnest(counted) as counted, unnest(units) as units, unnest(usd_cents) as usd
        from tag_sale order by 1, 2, 3, 5`,
      db`
        select day, country_code, unnest(seconds) as second, unnest(pages) as page,
          unnest(types) as type, unnest(artists) as artist, unnest(sellers) as seller,
          unnest(sales) as sales, unnest(counted) as counted, unnest(units) as units,
          unnest(usd_cents) as usd
        from country_sale order by 1, 2, 3, 4`,
    ]);
    contents.push(rows.map(each => [...each]));
  }
  expect(contents[0]).toEqual(contents[1]);
  expect(contents[0]).not.toContainEqual([]);
});
