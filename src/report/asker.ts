/** Asks many questions of one window: each once, however often it is wanted, and a few at a time. */
import type { Answer } from '../core/answer.ts';
import { askAnew } from '../questions/ask.ts';
import { parseQuestion } from '../questions/definition.ts';
import { questions } from '../questions/registry.ts';

/** Asks with the common parameters, which its own go before. @throws UserError */
export type Asker = (name: string, params?: Record<string, string>) => Promise<Answer>;

/** As many connections as one report may hold. */
const AT_ONCE = 4;
/** Nobody waits before a screen: what takes longer than a chat's reader would bear still stands in the report. */
const LONGEST_MS = 10_000;

/** `common`: raw parameters of all, such as window, until and zone. */
export function createAsker(deps: Parameters<typeof askAnew>[0], common: Record<string, string>): Asker {
  const asked = new Map<string, Promise<Answer>>();
  const inTurn = turns(AT_ONCE);
  return async (name, params = {}) => {
    const parsed = parseQuestion(questions, name, { ...common, ...params });
    const key = `${name} ${JSON.stringify(parsed.params)}`;
    const answer = asked.get(key) ?? inTurn(() => askAnew(deps, parsed, { longestMs: LONGEST_MS, workers: 0 }));
    asked.set(key, answer);
    return answer;
  };
}

/** Does at most so many things at a time, the others in the order in which they came. */
function turns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = most;
  const waiting: (() => void)[] = [];
  return async work => {
    if (free > 0) free -= 1;
    else await new Promise<void>(resolve => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
