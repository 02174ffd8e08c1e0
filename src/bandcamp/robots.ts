/** robots.txt by RFC 9309: which paths of a host it lets us ask for, and for how long that is remembered. */
import { LRUCache } from 'lru-cache';
import type { Ambient } from '../ambient.ts';
import { backOff } from '../core/back-off.ts';
import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../core/time/instant.ts';
import { type Refusal, Refused, refusalOf, Unavailable } from './blocked-response.ts';
import type { Fetched } from './fetched.ts';

/** The RFC asks for at least 500 KiB; what comes after is not read. */
export const ROBOTS_LIMIT = 500 * 1024;
const KEPT = DAY;
/** Where a robots.txt could not be had. */
const RETRY = { first: 5 * MINUTE, longest: HOUR };
/** Characters kept in mind over all hosts. An ordinary one has a few hundred. */
const MEMORY = 20_000_000;
/** Of what is kept beside the text. */
const OVERHEAD = 500;

interface Rule {
  allows: boolean;
  pattern: string;
}
export type Rules = readonly Rule[];

/**
 * Percent-encodes what is not ASCII and decodes what need not be encoded, so that a rule and an address
 * compare as octets.
 */
const normalise = (path: string): string =>
  path
    .replace(/[^\x21-\x7e]+/g, text => encodeURIComponent(text.toWellFormed()))
    .replace(/%[0-9a-f]{2}/gi, code => {
      const character = String.fromCharCode(Number.parseInt(code.slice(1), 16));
      return /[\w.~-]/.test(character) ? character : code.toUpperCase();
    });

/**
 * The rules for the product token: of all groups that name it, else of those for `*`. Lines that say nothing
 * known are passed over.
 */
export function parseRobots(text: string, product: string): Rules {
  const ours: Rule[] = [];
  const everybodys: Rule[] = [];
  let agents: string[] = [];
  let named = false;
  let inRules = false;
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)) {
    // By hand: a regular expression that trims takes minutes for a stranger's line of spaces.
    const [said = ''] = line.split('#', 1);
    const colon = said.indexOf(':');
    const field = said.slice(0, Math.max(0, colon)).trim().toLowerCase();
    const value = said.slice(colon + 1).trim();
    if (field === 'user-agent') {
      if (inRules) agents = [];
      inRules = false;
      const agent = /^[a-z_-]+|^\*/i.exec(value)?.[0]?.toLowerCase();
      if (agent) agents.push(agent);
      if (agent === product.toLowerCase()) named = true;
    } else if (field === 'allow' || field === 'disallow') {
      inRules = true;
      if (!value) continue;
      const rule = { allows: field === 'allow', pattern: normalise(value) };
      if (agents.includes(product.toLowerCase())) ours.push(rule);
      if (agents.includes('*')) everybodys.push(rule);
    }
  }
  return named ? ours : everybodys;
}

/**
 * By leftmost finds, in linear time: patterns are strangers', and as regular expressions some would never
 * end.
 */
function matches(pattern: string, path: string): boolean {
  const anchored = pattern.endsWith('$');
  const [head = '', ...parts] = (anchored ? pattern.slice(0, -1) : pattern).split('*');
  if (!path.startsWith(head)) return false;
  const tail = anchored ? parts.pop() : undefined;
  if (anchored && tail === undefined) return path === head;
  let at = head.length;
  for (const part of parts) {
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return tail === undefined || (path.length - tail.length >= at && path.endsWith(tail));
}

/**
 * The longest rule that matches decides; of two as long, the one that allows. `path` is that of a URL with
 * its query.
 */
export function isAllowed(rules: Rules, path: string): boolean {
  const address = normalise(path);
  let best: Rule | undefined;
  for (const rule of rules) {
    const longer = rule.pattern.length - (best?.pattern.length ?? -1);
    if ((longer > 0 || (longer === 0 && rule.allows)) && matches(rule.pattern, address)) best = rule;
  }
  return best?.allows ?? true;
}

interface Known {
  until: Instant;
  /** Absent as long as none could be had. */
  rules?: Rules;
  /** Why none could be had, last time; how often in a row. */
  failure?: Refusal | Unavailable;
  failures: number;
  /** Characters of the text that the rules are parts of, which they keep alive. */
  size: number;
}

export interface Robots {
  /**
   * Resolves where the address may be asked for. A host whose robots.txt cannot be had (429, 5xx, a
   * challenge, no answer) is asked for nothing until its back-off ends, or for what an older one let us; with
   * `lenient`, for all.
   * @throws Unavailable with the reason `robots`, or what the asking for robots.txt threw
   */
  check(url: URL, options: { signal?: AbortSignal | undefined; lenient: boolean }): Promise<void>;
}

/**
 * What a robots.txt says of itself: a 403 is an answer (RFC 9309, 2.3.1.3), whose meaning the page will tell;
 * the others are none.
 */
export function robotsRefusal(fetched: Fetched): Refusal | null {
  const refusal = refusalOf(fetched);
  return refusal?.reason === 'forbidden' ? null : refusal;
}

/**
 * @param fetchRobots GETs a robots.txt, redirects followed, cut at `ROBOTS_LIMIT`; throws Refused where it
 * may not be asked now, Unavailable
 */
export function createRobots(
  { clock, random }: Pick<Ambient, 'clock' | 'random'>,
  product: string,
  fetchRobots: (url: URL) => Promise<Fetched>,
): Robots {
  const known = new LRUCache<string, Known>({ maxSize: MEMORY, sizeCalculation: ({ size }) => size });
  const asking = new Map<string, Promise<Known>>();

  function failed(failure: Refusal | Unavailable, before: Known | undefined): Known {
    const failures = (before?.failures ?? 0) + 1;
    const retryAfter = 'retryAfterSeconds' in failure ? (failure.retryAfterSeconds ?? 0) * SECOND : 0;
    const wait = backOff({ ...RETRY, failures, random, atLeast: Math.min(retryAfter, DAY) });
    return {
      ...(before?.rules && { rules: before.rules }),
      until: clock.now() + wait,
      failures,
      failure,
      size: before?.size ?? OVERHEAD,
    };
  }

  async function ask(origin: string): Promise<Known> {
    const before = known.get(origin);
    let rules: Rules = [];
    let size = OVERHEAD;
    try {
      const fetched = await fetchRobots(new URL('/robots.txt', origin));
      const refusal = robotsRefusal(fetched);
      if (refusal) return failed(refusal, before);
      if (fetched.status === 200) rules = parseRobots(fetched.body, product);
      size += fetched.body.length;
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      // As if there were none (2.3.1.2).
      if (error.reason !== 'too-many-redirects') return failed(error, before);
    }
    return { rules, until: clock.now() + KEPT, failures: 0, size };
  }

  /** Asked once for all who wait for it. */
  function learn(origin: string): Promise<Known> {
    const running = asking.get(origin);
    if (running) return running;
    const asked = ask(origin)
      .then(found => {
        known.set(origin, found);
        return found;
      })
      .finally(() => asking.delete(origin));
    asking.set(origin, asked);
    // Those who wait for it may all have been stopped.
    asked.catch(() => {});
    return asked;
  }

  return {
    async check(url, { signal, lenient }) {
      let found = known.get(url.origin);
      try {
        if (!found || found.until <= clock.now()) found = await orAborted(learn(url.origin), signal);
      } catch (error) {
        if (lenient && error instanceof Refused) return;
        throw error;
      }
      const { rules, failure, until } = found;
      if (rules && !isAllowed(rules, url.pathname + url.search)) throw new Unavailable(url.href, 'robots');
      if (rules || lenient || !failure) return;
      if (failure instanceof Unavailable) throw new Unavailable(url.href, failure.reason, failure);
      const left = Math.max(1, Math.ceil((until - clock.now()) / SECOND));
      throw new Refused(url.host, { reason: failure.reason, status: 0, retryAfterSeconds: left });
    },
  };
}

/** The promise, or the signal's reason as soon as it aborts. */
function orAborted<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return promise;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener('abort', stop));
}
