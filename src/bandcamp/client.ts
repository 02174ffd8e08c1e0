/** One polite HTTP client for everything that is Bandcamp's: honest name, a pace for each host, and refusals told apart. */
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { Agent, request } from 'undici';
import packageJson from '../../package.json' with { type: 'json' };
import type { Deps } from '../deps.ts';
import { createManners } from './manners.ts';
import { Refused, refusalOf, Unavailable } from './refusal.ts';

export { Refused, Unavailable };

/** A whole response; redirects are followed, `url` is where they ended. */
export interface Fetched {
  status: number;
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface GetOptions {
  signal?: AbortSignal | undefined;
  accept?: string;
  /** Bytes of a body, as sent and unpacked; 3 MB unless given, as for a page. */
  bodyLimit?: number;
}
interface Asked {
  signal: AbortSignal | undefined;
  accept: string;
  bodyLimit: number;
}

export interface Http {
  /**
   * GETs an address. Waits for the host's turn; answers with any status. Refused where the host is left alone after a refusal
   * (the answer that refused came back as Fetched; see `refusalOf`), Unavailable where no whole answer came.
   * @throws Refused, Unavailable, or the signal's reason
   */
  get(url: string, options?: GetOptions): Promise<Fetched>;
  close(): Promise<void>;
}

const TIMEOUT_MS = 15_000;
/** The largest recorded page has 0.2 MB. Holds for the body as sent and as decompressed. */
/** Of a page, in bytes. */
const BODY_LIMIT = 3_000_000;
const MAX_REDIRECTS = 5;

type ClientDeps = Pick<Deps, 'config' | 'clock' | 'random' | 'log'>;

/** Every request goes out by this; with `UPSTREAM_ORIGIN` set, to that origin under the original `Host`. */
export function createHttp(deps: ClientDeps): Http {
  const { contact, upstreamOrigin } = deps.config;
  // HTTP/1.1 alone: by HTTP/2 the Host header, which UPSTREAM_ORIGIN needs, does not exist.
  const agent = new Agent({ allowH2: false, connections: 4, connect: { timeout: TIMEOUT_MS } });
  const manners = createManners(deps);
  const note = contact ?? 'personal project, no contact set';
  const userAgent = `BandcampTracker/${packageJson.version} (+${note.replace(/[^\x20-\x7e]/g, '?')})`;

  async function hop(url: URL, { accept, signal, bodyLimit }: Asked): Promise<Fetched> {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const target = new URL(url);
    if (upstreamOrigin) ({ protocol: target.protocol, host: target.host, port: target.port } = new URL(upstreamOrigin));
    const { statusCode, headers, body } = await request(target, {
      dispatcher: agent,
      headers: {
        host: url.host,
        'user-agent': userAgent,
        accept,
        'accept-language': 'en',
        'accept-encoding': 'gzip, deflate, br',
      },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body) {
      size += chunk.length;
      if (size > bodyLimit) throw new TooLarge();
      chunks.push(chunk);
    }
    const plain = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        [value]
          .flat()
          .filter(one => one !== undefined)
          .join(', '),
      ]),
    );
    const bytes = await decompress(Buffer.concat(chunks), plain['content-encoding'] ?? '', bodyLimit);
    return { status: statusCode, url: url.href, headers: plain, body: new TextDecoder().decode(bytes) };
  }

  /** One hop in its host's turn. What goes wrong in it becomes Unavailable, unless it was the caller who stopped it. */
  async function politeHop(url: URL, asked: Asked): Promise<Fetched> {
    const { signal } = asked;
    const leave = await manners.enter(url.host, signal);
    try {
      const fetched = await hop(url, asked);
      leave(refusalOf(fetched));
      return fetched;
    } catch (error) {
      leave(undefined);
      if (signal?.aborted) throw signal.reason;
      throw new Unavailable(url.href, reasonOf(error), error);
    }
  }

  return {
    async get(address, { signal, accept = 'text/html,application/xhtml+xml', bodyLimit = BODY_LIMIT } = {}) {
      let url = checkHop(address);
      for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
        const fetched = await politeHop(url, { accept, signal, bodyLimit });
        const location = fetched.headers.location;
        if (![301, 302, 303, 307, 308].includes(fetched.status) || !location) return fetched;
        url = checkHop(location, url);
      }
      throw new Unavailable(address, 'too-many-redirects');
    },
    close: () => agent.close(),
  };
}

/**
 * The one gate that each address passes before it is asked, the first and those that redirects lead to: only http and https.
 * @throws Unavailable
 */
function checkHop(address: string, base?: URL): URL {
  const url = URL.canParse(address, base) ? new URL(address, base) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw new Unavailable(address.slice(0, 200), 'bad-address');
  url.hash = '';
  return url;
}

class TooLarge extends Error {}

const decoders = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

/** Undoes `Content-Encoding`, last coding first; the limit guards against a small body that unpacks to gigabytes. */
async function decompress(bytes: Buffer, encoding: string, limit: number): Promise<Buffer> {
  let plain = bytes;
  for (const coding of encoding.toLowerCase().split(',').reverse()) {
    const name = coding.trim();
    if (name && name !== 'identity') {
      if (!Object.hasOwn(decoders, name)) throw new Error(`unknown encoding ${name}`);
      plain = await decoders[name as keyof typeof decoders](plain, { maxOutputLength: limit });
    }
  }
  return plain;
}

/** Codes of undici (UND_ERR_…), zlib (Z_…, ERR_…) and the system (E…) → one of a few words. */
function reasonOf(error: unknown): string {
  const { name, code = '' } = error as { name?: string; code?: string };
  if (error instanceof TooLarge || code === 'ERR_BUFFER_TOO_LARGE') return 'too-large';
  if (name === 'TimeoutError' || code === 'ETIMEDOUT' || /^UND_ERR_.*TIMEOUT$/.test(code)) return 'timeout';
  if (
    /^(Z_|ERR__ERROR_FORMAT|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH|HPE_|ECONNRESET|ERR_PADDING|ERR_BROTLI)/.test(
      code,
    )
  )
    return 'cut';
  return 'network';
}
