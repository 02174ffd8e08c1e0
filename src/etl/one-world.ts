/** Keeps real sales out of a database of simulated ones. */
import { UserError } from '../core/errors.ts';
import type { HasDb } from '../db/connect.ts';
import { readDataVersion } from '../db/data-version.ts';

type WorldDeps = HasDb & { config: { upstreamOrigin?: string | undefined } };

/** Whether what is read now would be real, and what is stored is simulated. */
export const wouldMix = async ({ db, config }: WorldDeps): Promise<boolean> =>
  config.upstreamOrigin === undefined && (await readDataVersion(db)).simulated;

/** @throws UserError where they would be mixed */
export async function refuseToMix(deps: WorldDeps): Promise<void> {
  if (await wouldMix(deps))
    throw new UserError(
      'This database holds simulated sales; real ones would be mixed with them.',
      'Use another DATA_DIR or DATABASE_URL. `npm run demo` goes on with the simulation.',
    );
}
