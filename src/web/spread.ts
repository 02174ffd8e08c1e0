/**
 * Many requests that arrive together, over several turns of the event loop: timers, health and others' bytes
 * come in between.
 */

/** Milliseconds of one turn that go to requests which begin in it. */
const PER_TURN_MS = 20;

/**
 * Begins the work at once while the turn has time left, else in a later turn: first come, first served.
 * @param now milliseconds of a monotonic clock
 */
export function spread<Args extends unknown[], T>(
  work: (...args: Args) => T | Promise<T>,
  now: () => number = () => performance.now(),
): (...args: Args) => T | Promise<T> {
  const waiting: (() => void)[] = [];
  let began: number | undefined;
  const hasTime = () => began === undefined || now() - began < PER_TURN_MS;

  function begin(args: Args): T | Promise<T> {
    if (began === undefined) {
      began = now();
      setImmediate(nextTurn);
    }
    return work(...args);
  }

  function nextTurn(): void {
    began = undefined;
    while (waiting.length > 0 && hasTime()) waiting.shift()?.();
  }

  return (...args) => {
    if (waiting.length === 0 && hasTime()) return begin(args);
    return new Promise((resolve, reject) => {
      waiting.push(() => {
        try {
          resolve(begin(args));
        } catch (error) {
          reject(error);
        }
      });
    });
  };
}
