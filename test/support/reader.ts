/** A login that may only read, as the Worker has in production. */
import { randomBytes } from 'node:crypto';
import { afterAll } from 'vitest';
import type { Sql } from '../../src/db/connect.ts';

/**
 * Makes a login in the role `tracker_reader`; resolves to `url` with it. It is dropped after the file's
 * tests.
 */
export async function readerUrl(db: Sql, url: string): Promise<string> {
  const name = `edge_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  // A utility statement takes no parameters; both texts are hexadecimal.
  await db.unsafe(`create user ${name} password '${password}' in role tracker_reader`);
  afterAll(() => db`drop user ${db(name)}`);
  return Object.assign(new URL(url), { username: name, password }).href;
}
