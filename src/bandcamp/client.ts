/**
 * One polite HTTP client for everything that is Bandcamp's: honest name, robots.txt, a pace, and refusals
 * told apart.
 */
import type { Ambient } from '../ambient.ts';
import { Refused, refusalOf, Unavailable } from './blocked-response.ts';
import type { Fetched } from './fetched.ts';
import { isPrivateHost, type Resolve } from './private-address.ts';
import { createRateLimiter } from './rate-limiter.ts';
import { createRobots, ROBOTS_LIMIT, robotsRefusal } from './robots.ts';
import { createTransport, failureOf, type HopOptions, PRODUCT } from './transport.ts';

export { Refused, Unavailable };

interface GetOptions
  extends Partial<Pick<HopOptions, 'signal' | 'accept' | 'bodyLimit' | 'etag' | 'modified'>> {
  /** Asked all the same where robots.txt cannot be had; what it forbids, where it can, is never asked for. */
  withoutRobots?: boolean;
}

export interface Http {
  /**
   * GETs an address. Waits for the host's turn; answers with any status: with `etag` or `modified` of an
   * answer that is known, also by 304 without a body. Refused where the host is left alone after a refusal
   * (the answer that refused came back as Fetched; see
   * `refusalOf`), Unavailable where no whole answer came or none may be asked for (`robots`,
   * `private-address`).
   * @throws Refused, Unavailable, or the signal's reason
   */
  get(url: string, options?: GetOptions): Promise<Fetched>;
  close(): Promise<void>;
}

export interface HasHttp {
  http: Http;
}

/** Real time on the wire over all hops; waiting for a host's turn does not count. */
const TIMEOUT_MS = 15_000;
/** Of a page, in bytes, as sent and as unpacked; the largest recorded one has 0.2 MB. */
const BODY_LIMIT = 3_000_000;
const MAX_REDIRECTS = 5;

/**
 * Every request goes out by this; with `UPSTREAM_ORIGIN` set, to that origin under the original `Host`. Pace,
 * back-off and robots.txt are this process's: the ticks of replicas take turns by a lock each for feed and
 * pages, so at most two processes ask, and no host of one is the other's.
 * @param resolve looks hosts up, for tests
 */
export function createHttp(
  deps: Pick<Ambient, 'config' | 'clock' | 'random' | 'log'>,
  resolve?: Resolve,
): Http {
  const transport = createTransport(deps.config, resolve);
  const limiter = createRateLimiter(deps);
  const closing = new AbortController();
  const robots = createRobots(deps, PRODUCT, url =>
    follow(url.href, {
      accept: 'text/plain',
      bodyLimit: ROBOTS_LIMIT,
      truncate: true,
      signal: closing.signal,
      // It does not count as the host's answer: nothing but 429 and the challenge speak of more than this
      // file.
      refusalOf: fetched => {
        const refusal = robotsRefusal(fetched);
        return refusal && refusal.reason !== 'server-error' ? refusal : undefined;
      },
      check: async () => {},
    }),
  );

  interface Asked extends Omit<HopOptions, 'timeoutMs'> {
    /** As `leave` of `RateLimiter.enter` takes it. */
    refusalOf: (fetched: Fetched) => ReturnType<typeof refusalOf> | undefined;
    /** Whether a hop may be asked for. @throws Unavailable, Refused */
    check: (url: URL) => Promise<void>;
  }

  /**
   * One hop in its host's turn. What goes wrong in it becomes Unavailable, unless it was the caller who
   * stopped it.
   */
  async function politeHop(
    url: URL,
    asked: Asked,
    timeoutMs: number,
  ): Promise<{ fetched: Fetched; tookMs: number }> {
    const { signal } = asked;
    const leave = await limiter.enter(url.host, signal);
    const started = performance.now();
    try {
      const fetched = await transport.hop(url, { ...asked, timeoutMs });
      leave(asked.refusalOf(fetched));
      return { fetched, tookMs: performance.now() - started };
    } catch (error) {
      leave(undefined);
      if (signal?.aborted) throw signal.reason;
      throw new Unavailable(url.href, failureOf(error), error);
    }
  }

  async function follow(address: string, asked: Asked): Promise<Fetched> {
    let url = checkAddress(address);
    let leftMs = TIMEOUT_MS;
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      await asked.check(url);
      if (leftMs < 1) throw new Unavailable(address, 'timeout');
      const { fetched, tookMs } = await politeHop(url, asked, Math.ceil(leftMs));
      leftMs -= tookMs;
      const location = fetched.headers.location;
      if (![301, 302, 303, 307, 308].includes(fetched.status) || !location) return fetched;
      url = checkAddress(location, url);
    }
    throw new Unavailable(address, 'too-many-redirects');
  }

  return {
    get(address, { withoutRobots: lenient = false, signal, ...options } = {}) {
      return follow(address, {
        accept: 'text/html,application/xhtml+xml',
        bodyLimit: BODY_LIMIT,
        ...options,
        signal,
        refusalOf,
        check: url => robots.check(url, { signal, lenient }),
      });
    },
    async close() {
      closing.abort(new Error('the client is closed'));
      await transport.close();
    },
  };
}

/**
 * The one gate that each address passes before it is asked, the first and those that redirects lead to: http
 * and https, at their ports, of hosts that by their text can be public. What a name resolves to is seen when
 * it is connected to.
 * @throws Unavailable
 */
function checkAddress(address: string, base?: URL): URL {
  const url = URL.canParse(address, base) ? new URL(address, base) : null;
  const shown = address.slice(0, 200);
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.password)
    throw new Unavailable(shown, 'bad-address');
  if (isPrivateHost(url)) throw new Unavailable(shown, 'private-address');
  if (!['', '80', '443'].includes(url.port)) throw new Unavailable(shown, 'bad-address');
  url.hash = '';
  return url;
}
