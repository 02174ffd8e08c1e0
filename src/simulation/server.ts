/**
 * Bandcamp on this machine: feed, pages and robots.txt of a simulated world, by virtual hosts behind
 * `UPSTREAM_ORIGIN`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline, Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Clock } from '../core/time/clock.ts';
import { SECOND } from '../core/time/instant.ts';
import {
  BAD_EVENTS,
  CHALLENGE,
  type Fault,
  type FaultKind,
  type FaultPlan,
  FORBIDDEN,
  faultPlan,
  PRIVATE_ADDRESSES,
  planFaults,
} from './faults.ts';
import type { FeedResponse, World } from './world.ts';

export interface DemoServerOptions {
  world: Pick<World, 'feedResponse' | 'page'>;
  clock: Pick<Clock, 'now'>;
  /** A free one unless given. */
  port?: number;
  faults?: readonly FaultPlan[];
  /** How far back the feed reaches: what is asked beyond it is answered with the oldest there is. */
  lookBackSeconds?: number;
}

/** What was asked for, since the start. */
export interface DemoRequests {
  feed: number;
  pages: number;
  robots: number;
  /** Hosts that are neither Bandcamp's nor any seller's: a client that was led astray. */
  strangers: string[];
  faults: Readonly<Partial<Record<FaultKind, number>>>;
}

export interface DemoServer {
  /** For `UPSTREAM_ORIGIN`. */
  origin: string;
  requests(): DemoRequests;
  /** Takes the place of all earlier plans. @throws z.ZodError */
  setFaults(plans: readonly FaultPlan[]): void;
  close(): Promise<void>;
}

/** Host of the tests' own calls: `POST /__demo/faults` with a list of plans, `GET /__demo/requests`. */
export const ADMIN_HOST = 'demo.invalid';
/** `get_initial`, and a `start_date` that is no time, answer the last two minutes. */
const DEFAULT_WINDOW_SECONDS = 120;
const LOOK_BACK_SECONDS = 12 * 3600;
/** Checkouts of the last seconds before a window come again in it. */
const OVERLAP_SECONDS = 2;
/** Sent piece by piece, as long as somebody listens. */
const HUGE_BYTES = 1_000_000_000;
/** Unpacked; past what a careful client takes of feed or page. */
const BOMB_BYTES = 60_000_000;
let bomb: Buffer | undefined;

function* hugeBody(body: string): Iterable<Buffer> {
  const piece = Buffer.alloc(1_000_000, ' ');
  yield Buffer.from(body.slice(0, -1));
  for (let sent = 0; sent < HUGE_BYTES; sent += piece.length) yield piece;
}

interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const json = (value: unknown, status = 200): Reply => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
});
const html = (body: string, status = 200, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'content-type': 'text/html; charset=UTF-8', ...headers },
  body,
});
const robots = (host: string): Reply => ({
  status: 200,
  headers: { 'content-type': 'text/plain' },
  body:
    'User-agent: *\nDisallow: /cart\nDisallow: /checkout\nDisallow: /download\n' +
    `Sitemap: https://${host}/sitemap.xml\n`,
});

/** Starts the server on 127.0.0.1. Its time is the clock's, so that a fast clock makes a fast feed. */
export async function startDemoServer(options: DemoServerOptions): Promise<DemoServer> {
  const { world, clock, lookBackSeconds = LOOK_BACK_SECONDS } = options;
  let faults = planFaults(options.faults ?? []);
  const asked = { feed: 0, pages: 0, robots: 0, strangers: [] as string[] };
  let privateRedirects = 0;

  /** What the feed answers; null for a window that is not published yet. */
  function feed(url: URL, serverTime: number): FeedResponse | null {
    const end = Math.floor(serverTime / 60) * 60;
    const parameter = Number(url.searchParams.get('start_date') || Number.NaN);
    const wanted = Math.floor(parameter);
    const isTime = parameter >= 0 && parameter < 1e11;
    const initial = url.pathname.endsWith('get_initial') || !isTime;
    const start = initial ? end - DEFAULT_WINDOW_SECONDS : Math.max(wanted, end - lookBackSeconds);
    return start >= end ? null : world.feedResponse(start, end, serverTime, OVERLAP_SECONDS);
  }

  function answerFeed(url: URL, fault: Fault | null): Reply {
    const serverTime = Math.floor(clock.now() / SECOND);
    const found = feed(url, serverTime);
    if (!found) return json({ server_time: serverTime });
    const inner: unknown =
      fault?.kind === 'wrong-types'
        ? { ...found, start_date: String(found.start_date), events: { length: found.events.length } }
        : fault?.kind === 'bad-items'
          ? { ...found, events: [...found.events, ...BAD_EVENTS] }
          : found;
    return json(url.pathname.endsWith('get_initial') ? { feed_data: inner } : inner);
  }

  function answerPage(url: URL): Reply {
    const page = world.page(url.href, clock.now());
    if (page?.kind === 'redirect') return html('', page.status, { location: page.location });
    if (page) return html(page.html, page.status);
    if (!url.host.endsWith('.bandcamp.com') && url.host !== 'bandcamp.com') asked.strangers.push(url.host);
    return html(
      '<!DOCTYPE html><html><head><title>Bandcamp</title></head><body>' +
        '<h2>Sorry, that something isn’t here.</h2></body></html>',
      404,
    );
  }

  function refusal(fault: Fault | null): Reply | null {
    switch (fault?.kind) {
      case 'forbidden':
        return html(FORBIDDEN, 403);
      case 'too-many-requests':
        return html('Too Many Requests', 429, { 'retry-after': String(fault.retryAfterSeconds) });
      case 'challenge':
        return html(CHALLENGE);
      case 'server-error':
        return html('<html><head><title>503 Backend fetch failed</title></head><body></body></html>', 503);
      case 'private-redirect':
        privateRedirects += 1;
        return html('', 302, {
          location: PRIVATE_ADDRESSES[privateRedirects % PRIVATE_ADDRESSES.length] ?? '',
        });
      default:
        return null;
    }
  }

  function send(reply: Reply, fault: Fault | null, request: IncomingMessage, response: ServerResponse): void {
    const zips = /\bgzip\b/.test(String(request.headers['accept-encoding']));
    const headers = {
      ...reply.headers,
      date: new Date(clock.now() / 1000).toUTCString(),
      ...(zips && { 'content-encoding': 'gzip' }),
    };
    const pack = (bytes: string | Buffer) => (zips ? gzipSync(bytes) : Buffer.from(bytes));
    const body = pack(reply.body);
    const half = body.subarray(0, Math.ceil(body.length / 2));
    switch (fault?.kind) {
      case 'time-out':
        return; // until the client or `close` ends it
      case 'cut':
        response.writeHead(reply.status, { ...headers, 'content-length': body.length });
        response.write(half, () => response.destroy());
        return;
      case 'cut-json':
        response.writeHead(reply.status, headers).end(pack(reply.body.slice(0, reply.body.length / 2)));
        return;
      case 'slow': {
        response.writeHead(reply.status, headers);
        response.write(half);
        const rest = setTimeout(() => response.end(body.subarray(half.length)), fault.slowSeconds * 1000);
        response.once('close', () => clearTimeout(rest));
        return;
      }
      case 'huge':
        response.writeHead(reply.status, reply.headers);
        pipeline(Readable.from(hugeBody(reply.body)), response, () => {});
        return;
      case 'gzip-bomb':
        bomb ??= gzipSync(Buffer.alloc(BOMB_BYTES, 32));
        response.writeHead(reply.status, { ...headers, 'content-encoding': 'gzip' }).end(bomb);
        return;
      default:
        response.writeHead(reply.status, { ...headers, 'content-length': body.length }).end(body);
    }
  }

  async function admin(url: URL, request: IncomingMessage): Promise<Reply> {
    if (url.pathname === '/__demo/requests') return json(requests());
    if (url.pathname !== '/__demo/faults' || request.method !== 'POST')
      return json({ error: 'no such call' }, 404);
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      setFaults(z.array(faultPlan).parse(JSON.parse(Buffer.concat(chunks).toString())));
      return json({ ok: true });
    } catch (error) {
      return json({ error: String(error) }, 400);
    }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const host = String(request.headers.host).toLowerCase();
    if (!URL.canParse(request.url ?? '/', `https://${host}`))
      return send(html('', 400), null, request, response);
    // Not by `new URL(path, base)`: a path of two slashes would be taken for a host.
    const url = new URL(`https://${host}${request.url ?? '/'}`);
    if (host === ADMIN_HOST) return send(await admin(url, request), null, request, response);
    if (url.pathname === '/robots.txt') {
      asked.robots += 1;
      return send(robots(host), null, request, response);
    }
    const isFeed = host === 'bandcamp.com' && /^\/api\/salesfeed\/1\/get(_initial)?$/.test(url.pathname);
    asked[isFeed ? 'feed' : 'pages'] += 1;
    const fault = faults.next(isFeed ? 'feed' : 'pages');
    const reply = refusal(fault) ?? (isFeed ? answerFeed(url, fault) : answerPage(url));
    send(reply, fault, request, response);
  }

  const requests = (): DemoRequests => ({
    ...asked,
    strangers: [...asked.strangers],
    faults: { ...faults.happened },
  });
  const setFaults = (plans: readonly FaultPlan[]): void => {
    faults = planFaults(plans);
  };

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    setFaults,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
