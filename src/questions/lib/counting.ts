/**
 * Admission of questions to the database: a bounded queue per consumer, so that a rush waits instead of
 * timing out.
 */
import { NotNow, UserError } from '../../core/errors.ts';
import { createTurns, type TurnsOptions } from '../../core/turns.ts';

/** Runs a query when it is admitted. @throws NotNow when too many wait */
export type Admit = <T>(count: () => Promise<T>) => Promise<T>;

/** A question exceeded its time limit. */
export class TakesTooLong extends UserError {
  constructor() {
    super('That takes too long to count.', 'Ask for a shorter window, or without a country, genre or place.');
  }
}

/** Who may count, and how many at once. */
export interface Counting {
  /** A queue of its own for one consumer, such as web or chats. */
  lane(options: TurnsOptions): Admit;
}

/**
 * A question that timed out beside others is retried with its lane to itself before it is blamed; if other
 * lanes are busy meanwhile, it is the service that is busy.
 */
export function createCounting(): Counting {
  let running = 0;
  const counted = async <T>(count: () => Promise<T>): Promise<T> => {
    running += 1;
    try {
      return await count();
    } finally {
      running -= 1;
    }
  };
  return {
    lane({ retryAfterSeconds = 60, ...options }) {
      const turns = createTurns({ ...options, retryAfterSeconds });
      const isShared = () => running > 1;
      return async count => {
        let shared = false;
        const attempt = () =>
          counted(async () => {
            shared = isShared();
            try {
              return await count();
            } finally {
              shared ||= isShared();
            }
          });
        try {
          return await turns.take(attempt);
        } catch (error) {
          if (!(error instanceof TakesTooLong) || !shared) throw error;
        }
        try {
          return await turns.take(attempt, { weight: options.capacity, urgent: true });
        } catch (error) {
          throw error instanceof TakesTooLong && shared ? new NotNow('busy', retryAfterSeconds) : error;
        }
      };
    },
  };
}
