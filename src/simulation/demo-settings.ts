/** What the demo's command line takes. */
import { parseArgs } from 'node:util';
import { UserError } from '../core/errors.ts';

export const USAGE = 'Usage: npm run demo -- [--speed N] [--seed N] [--sales-a-day N] [--weeks N] | --check';

export interface Settings {
  seed: number;
  salesADay: number;
  weeks: number;
  speed: number;
}

/** What a folder of the demo was begun with; it goes on with that. */
export interface Begun extends Omit<Settings, 'speed'> {
  /** Where history ends and the live feed begins, ISO. */
  present: string;
}

/** @throws UserError that says what would be right */
export function readSettings(argv: string[]): Settings | 'check' {
  const number = { type: 'string' as const };
  const { values } = parseArgs({
    args: argv,
    options: {
      check: { type: 'boolean' },
      speed: number,
      seed: number,
      'sales-a-day': number,
      weeks: number,
    },
  });
  if (values.check) return 'check';
  const read = (name: 'speed' | 'seed' | 'sales-a-day' | 'weeks', initial: number, most: number): number => {
    const value = Number(values[name] ?? initial);
    if (!(value > 0 && value <= most))
      throw new UserError(`--${name} is "${values[name]}".`, `Use a number up to ${most}. ${USAGE}`);
    return value;
  };
  return {
    speed: read('speed', 60, 3600),
    seed: Math.round(read('seed', 1, 2 ** 31)),
    salesADay: Math.round(read('sales-a-day', 3_000, 100_000)),
    weeks: Math.round(read('weeks', 10, 60)),
  };
}
