/** A wrong wall clock for one process alone, by libfaketime (Debian: `faketime`); its timers stay right. */
import { globSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the library is; undefined where it is not installed. */
export const FAKETIME: string | undefined = globSync('/usr/lib/*/faketime/libfaketime.so.1')[0];

export interface FakeClock {
  /** For the process's environment. */
  env: Record<string, string>;
  /** Puts the clock so many seconds ahead of the true time, at once. */
  step(seconds: number): Promise<void>;
  remove(): Promise<void>;
}

/** @throws when the library is missing; see `FAKETIME` */
export async function fakeClock(aheadSeconds = 0): Promise<FakeClock> {
  if (!FAKETIME) throw new Error('libfaketime is not installed');
  const folder = await mkdtemp(join(tmpdir(), 'bandcamp-tracker-clock-'));
  const file = join(folder, 'offset');
  const step = async (seconds: number) => {
    // Renamed, because it is read at every look at the clock.
    await writeFile(`${file}.new`, `${seconds < 0 ? '' : '+'}${seconds}`);
    await rename(`${file}.new`, file);
  };
  await step(aheadSeconds);
  return {
    env: {
      LD_PRELOAD: FAKETIME,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      // Otherwise a step back stops every timer of Node.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
    step,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
