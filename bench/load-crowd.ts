/** Many requests at once, and probes meanwhile, each sent at its time, whatever became of the last. */
import { Agent, get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** What the slowest wait for; nobody does. */
const LONGEST_MS = 300_000;
const MOST_TEXT = 2_000;

export interface Answered {
  path: string;
  ms: number;
  /** Absent where there was no response, or half of one. */
  status?: number;
  retryAfter?: string | undefined;
  /** The beginning of what is no success, or what went wrong. */
  words?: string;
}

/** One GET. Never rejects. */
export function ask(
  origin: string,
  path: string,
  { agent, headers = {} }: { agent: Agent; headers?: Record<string, string> },
): Promise<Answered> {
  const began = performance.now();
  return new Promise(resolve => {
    const end = (more: Omit<Answered, 'path' | 'ms'>) => {
      resolve({ path, ms: performance.now() - began, ...more });
    };
    // Addresses have quotes and braces in them, as people type them; `new URL` would write them longer.
    const { hostname, port } = new URL(origin);
    const request = get({ hostname, port, path, agent, headers, timeout: LONGEST_MS }, response => {
      const { statusCode: status = 0 } = response;
      let words = '';
      response.on('data', (chunk: Buffer) => {
        if (status >= 300 && words.length < MOST_TEXT) words += chunk;
      });
      response.once('error', error => end({ words: error.message }));
      response.once('end', () => end({ status, retryAfter: response.headers['retry-after'], words }));
    });
    request.once('timeout', () => request.destroy(new Error('not in five minutes')));
    request.once('error', error => end({ words: error.message }));
  });
}

/** All at once, each over its own connection; with `addressOf` each says whose it is, as a proxy does. */
export async function crowd(
  origin: string,
  paths: readonly string[],
  addressOf?: (n: number) => string,
): Promise<Answered[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  const answered = await Promise.all(
    paths.map((path, n) =>
      ask(origin, path, { agent, ...(addressOf && { headers: { 'x-forwarded-for': addressOf(n) } }) }),
    ),
  );
  agent.destroy();
  return answered;
}

/** Does something each so many milliseconds until `stopped`; resolves with all that came of it. */
export async function eachMs<T>(
  everyMs: number,
  stopped: () => boolean,
  probe: (n: number) => Promise<T>,
): Promise<T[]> {
  const began = performance.now();
  const probes: Promise<T>[] = [];
  while (!stopped()) {
    probes.push(probe(probes.length));
    await delay(Math.max(0, began + probes.length * everyMs - performance.now()));
  }
  return Promise.all(probes);
}
