/** How many questions are counted at a time, by who asks, so that a rush makes others wait instead of making each take too long. */
import { NotNow, UserError } from '../core/errors.ts';
import { createTurns, type TurnsOptions } from '../core/turns.ts';

/** Lets something be counted when its turn comes. @throws NotNow where too much is being counted */
export type Admit = <T>(count: () => Promise<T>) => Promise<T>;

/** A question took longer than it may. */
export class TakesTooLong extends UserError {
  constructor() {
    super('That takes too long to count.', 'Ask for a shorter window, or without a country or genre.');
  }
}

export interface Counting {
  /** Who asks in one way: web, chats. Nobody waits for those of another lane. */
  lane(options: TurnsOptions): Admit;
}

/**
 * What took too long beside others is counted once more with its lane to itself before the question is blamed; where others are still
 * being counted elsewhere, the service is busy.
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
