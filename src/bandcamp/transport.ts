/**
 * One request on the wire: to a public address or to `UPSTREAM_ORIGIN`, with bounds on bytes and time,
 * unpacked as it comes.
 */
import { pipeline, type Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Agent, request } from 'undici';
import packageJson from '../../package.json' with { type: 'json' };
import type { Config } from '../config.ts';
import type { Fetched } from './fetched.ts';
import { guardedLookup, PrivateAddress, type Resolve } from './private-address.ts';

/** The product token that robots.txt names us by. */
export const PRODUCT = 'BandcampTracker';

export interface HopOptions {
  accept: string;
  /** Bytes of the body, as sent and as unpacked. */
  bodyLimit: number;
  /** Takes the first `bodyLimit` bytes of a longer body, instead of failing. */
  truncate?: boolean;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  /** Validators of an answer that is known: `304` says that it still holds. */
  etag?: string | undefined;
  modified?: string | undefined;
}

export interface Transport {
  /** GETs without following redirects. @throws what `failureOf` names, or the signal's reason */
  hop(url: URL, options: HopOptions): Promise<Fetched>;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 10_000;
/** More than one is unheard of; each multiplies what a bomb unpacks to. */
const MAX_CODINGS = 2;

/** @param resolve for tests; the system's unless given */
export function createTransport(
  { contact, upstreamOrigin }: Pick<Config, 'contact' | 'upstreamOrigin'>,
  resolve?: Resolve,
): Transport {
  // HTTP/1.1 alone: by HTTP/2 the Host header, which UPSTREAM_ORIGIN needs, does not exist.
  const agent = new Agent({
    allowH2: false,
    connections: 4,
    connect: { timeout: CONNECT_TIMEOUT_MS, ...(!upstreamOrigin && { lookup: guardedLookup(resolve) }) },
  });
  const note = contact ?? 'personal project, no contact set';
  const userAgent = `${PRODUCT}/${packageJson.version} (+${note.replace(/[^\x20-\x7e]/g, '?')})`;

  return {
    async hop(url, { accept, bodyLimit, truncate = false, timeoutMs, signal, etag, modified }) {
      const timeout = AbortSignal.timeout(timeoutMs);
      const target = new URL(url);
      if (upstreamOrigin)
        ({ protocol: target.protocol, host: target.host, port: target.port } = new URL(upstreamOrigin));
      const answer = await request(target, {
        dispatcher: agent,
        headers: {
          host: url.host,
          'user-agent': userAgent,
          accept,
          'accept-language': 'en',
          'accept-encoding': 'gzip, deflate, br',
          ...(etag && { 'if-none-match': etag }),
          ...(modified && { 'if-modified-since': modified }),
        },
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      const headers = Object.fromEntries(
        Object.entries(answer.headers).map(([name, value]) => [name, [value ?? []].flat().join(', ')]),
      );
      // Of a 304 the header describes the known answer; and redirects were seen to announce an encoding of
      // nothing.
      const encoding = hasBody(answer.statusCode) ? (headers['content-encoding'] ?? '') : '';
      const bytes = await readBody(answer.body, encoding, bodyLimit, truncate);
      return { status: answer.statusCode, url: url.href, headers, body: new TextDecoder().decode(bytes) };
    },
    close: () => agent.close(),
  };
}

const hasBody = (status: number): boolean => status !== 204 && (status < 300 || status >= 400);

class TooLarge extends Error {}

const decoders: Record<string, () => Transform> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Undoes `Content-Encoding`, last coding first. */
function decodersOf(encoding: string): Transform[] {
  const codings = encoding.toLowerCase().match(/[^\s,]+/g) ?? [];
  const real = codings.filter(coding => coding !== 'identity').reverse();
  if (real.length > MAX_CODINGS) throw new Error(`${real.length} encodings`);
  return real.map(coding => {
    const create = Object.hasOwn(decoders, coding) ? decoders[coding] : undefined;
    if (!create) throw new Error(`unknown encoding ${coding.slice(0, 20)}`);
    return create();
  });
}

/** Passes bytes on until there are too many. */
function limited(limit: number): Transform {
  let left = limit;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      left -= chunk.length;
      done(left < 0 ? new TooLarge() : null, chunk);
    },
  });
}

/** Memory is bounded by the limit, whatever is sent: a byte too many ends the connection. */
async function readBody(body: Readable, encoding: string, limit: number, truncate: boolean): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let left = limit;
  try {
    // Failures reach the last stream, whose reader gets them; leaving it early destroys the others.
    const unpacked = pipeline([body, limited(limit), ...decodersOf(encoding)], () => {}) as Transform;
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      chunks.push(chunk.subarray(0, left));
      left -= chunk.length;
      if (left < 0) throw new TooLarge();
    }
  } catch (error) {
    body.destroy();
    if (!(truncate && error instanceof TooLarge)) throw error;
  }
  return Buffer.concat(chunks);
}

/** Codes of undici (UND_ERR_…), zlib (Z_…, ERR_…) and the system (E…) → one of a few words. */
export function failureOf(error: unknown): string {
  const { name, code = '' } = error as { name?: string; code?: string };
  if (error instanceof PrivateAddress) return 'private-address';
  if (error instanceof TooLarge) return 'too-large';
  if (name === 'TimeoutError' || code === 'ETIMEDOUT' || /^UND_ERR_.*TIMEOUT$/.test(code)) return 'timeout';
  const broken = /^(Z_|ERR_(_ERROR_FORMAT|PADDING|BROTLI|STREAM_PREMATURE))/;
  const ended = /^(UND_ERR_(SOCKET|RES_CONTENT_LENGTH)|HPE_|ECONNRESET)/;
  return broken.test(code) || ended.test(code) ? 'cut' : 'network';
}
