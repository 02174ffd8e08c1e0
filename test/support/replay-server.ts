/**
 * A local server that answers as Bandcamp does, by `Host` and path, out of recordings or given data, with
 * faults on demand.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** An event of the feed in its raw form. */
export interface RawEvent {
  event_type: string;
  utc_date: number;
  items: Record<string, unknown>[];
}

export interface FeedSource {
  events: RawEvent[];
  /** The server's time, Unix seconds: a window is published up to the last whole minute before it. */
  now: () => number;
  /** Length of the window of `get_initial`; Bandcamp's is two minutes. */
  initialSeconds?: number;
  /** How much earlier than its window an item may be and still be served in it, as was observed. */
  overlapSeconds?: number;
}

export interface PageSource {
  /** `https://host/path`; the scheme is not looked at. */
  url: string;
  status?: number;
  headers?: Record<string, string>;
  body: string | Uint8Array;
}

export interface Fault {
  /** Part of `host/path?query`. */
  match: string | RegExp;
  kind:
    | 'challenge'
    | 'forbidden'
    | 'gone'
    | 'too-many-requests'
    | 'server-error'
    | 'cut-length'
    | 'cut-chunked'
    | 'cut-gzip'
    | 'half'
    | 'slow'
    | 'wrong-json'
    | 'bomb'
    | 'redirect-loop';
  /** How often it happens; always, unless given. */
  times?: number;
  retryAfterSeconds?: number;
}

interface Seen {
  host: string;
  path: string;
  headers: IncomingMessage['headers'];
}

export interface Replay {
  /** For `UPSTREAM_ORIGIN`. */
  origin: string;
  /** Every request but those for robots.txt, in order. */
  requests: Seen[];
  /** Those for robots.txt, which is 404 unless it is one of the pages; faults that mean it name it. */
  robots: Seen[];
  /** The first one that matches happens; push and empty at will. */
  faults: Fault[];
  close(): Promise<void>;
}

/** A recorded response of `get` as a source that stands still at the time it was recorded. */
export function feedOfRecording(body: string): FeedSource {
  const feed = JSON.parse(body) as {
    events: RawEvent[];
    server_time: number;
    start_date: number;
    end_date: number;
  };
  return {
    events: feed.events,
    now: () => feed.server_time,
    initialSeconds: feed.end_date - feed.start_date,
  };
}

interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

const json = (value: unknown): Reply => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});
const html = (status: number, body: string | Uint8Array, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'content-type': 'text/html; charset=UTF-8', ...headers },
  body,
});

function answerFeed(source: FeedSource, path: string): Reply {
  const server_time = Math.floor(source.now());
  const end_date = Math.floor(server_time / 60) * 60;
  const initial = end_date - (source.initialSeconds ?? 120);
  const asked = Number(new URL(path, 'http://feed').searchParams.get('start_date'));
  const isInitial = path.includes('get_initial');
  // Milliseconds and other nonsense were answered with the default window.
  const start_date = isInitial || !(asked > 1e9 && asked < 1e10) ? initial : asked;
  if (start_date >= end_date) return json({ server_time });
  const earliest = start_date - (source.overlapSeconds ?? 3);
  const events = source.events.filter(({ utc_date }) => utc_date >= earliest && utc_date < end_date);
  const feed = { start_date, end_date, data_delay_sec: 120, events, server_time };
  return json(isInitial ? { feed_data: feed } : feed);
}

const CHALLENGE = `<!DOCTYPE html><html lang="en"><head><title>Client Challenge</title>
<link href="/_fs-ch-0000/assets/styles.css" rel="stylesheet" /></head><body>
<noscript>JavaScript is disabled in your browser.</noscript></body></html>`;
const FORBIDDEN = `<html><head><title>403 Forbidden</title></head><body><h1>Error 403 Forbidden</h1>
<h3>Error 54113</h3><hr><p>Varnish cache server</p></body></html>`;
const GONE = `<!DOCTYPE html><html><head><title>Some Band</title></head><body>
<h2>Sorry, that something isn’t here.</h2></body></html>`;

/** What a fault makes of a reply; the kinds that break the transport are `send`'s. */
function spoil(fault: Fault, reply: Reply, path: string): Reply {
  const headers: Record<string, string> =
    fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) };
  switch (fault.kind) {
    case 'challenge':
      return html(200, CHALLENGE, headers);
    case 'forbidden':
      return html(403, FORBIDDEN, headers);
    case 'gone':
      return html(404, GONE);
    case 'too-many-requests':
      return html(429, 'Too many requests', { 'retry-after': '3', ...headers });
    case 'server-error':
      return html(503, 'backend fetch failed', headers);
    case 'half':
      return { ...reply, body: reply.body.slice(0, Math.floor(reply.body.length / 2)) };
    case 'wrong-json':
      return { ...reply, body: '{"error":true,"error_message":"unexpected"}' };
    case 'redirect-loop':
      return html(302, '', { location: path });
    default:
      return reply;
  }
}

async function send(
  reply: Reply,
  fault: Fault | undefined,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const plain = Buffer.from(reply.body);
  const zipped = /\bgzip\b/.test(String(request.headers['accept-encoding']));
  const body = fault?.kind === 'bomb' ? gzipSync(Buffer.alloc(50_000_000)) : zipped ? gzipSync(plain) : plain;
  const half = body.subarray(0, Math.ceil(body.length / 2));
  const headers = {
    ...reply.headers,
    date: new Date().toUTCString(),
    ...(zipped && { 'content-encoding': 'gzip' }),
  };
  switch (fault?.kind) {
    case 'cut-length':
      response.writeHead(reply.status, { ...headers, 'content-length': body.length });
      response.write(half, () => response.destroy());
      return;
    case 'cut-chunked':
      response.writeHead(reply.status, headers);
      response.write(half, () => response.destroy());
      return;
    case 'cut-gzip':
      response.writeHead(reply.status, headers).end(half);
      return;
    case 'slow':
      // Headers and a first part, then silence until the client or `close` ends it.
      response.writeHead(reply.status, headers);
      response.write(half);
      return;
    default:
      response.writeHead(reply.status, { ...headers, 'content-length': body.length }).end(body);
  }
}

/** Starts the server on a free port of 127.0.0.1. Pages that are not given are 404. */
export async function startReplay({
  feed,
  pages = [],
}: {
  feed?: FeedSource;
  pages?: PageSource[];
}): Promise<Replay> {
  const requests: Seen[] = [];
  const robots: Seen[] = [];
  const faults: Fault[] = [];
  const keyOf = (url: string) => url.replace(/^https?:\/\//, '').replace(/\/+$/, '');
  const byAddress = new Map(pages.map(page => [keyOf(page.url), page]));

  const answer = (host: string, path: string): Reply => {
    if (feed && host === 'bandcamp.com' && path.startsWith('/api/salesfeed/1/get'))
      return answerFeed(feed, path);
    const page = byAddress.get(keyOf(host + path));
    return page ? html(page.status ?? 200, page.body, page.headers) : html(404, GONE);
  };

  const server = createServer((request, response) => {
    const host = String(request.headers.host);
    const path = request.url ?? '/';
    const isRobots = path === '/robots.txt';
    (isRobots ? robots : requests).push({ host, path, headers: request.headers });
    const fault = faults.find(
      ({ match, times }) =>
        times !== 0 && (!isRobots || /robots/.test(String(match))) && new RegExp(match).test(host + path),
    );
    if (fault?.times !== undefined) fault.times -= 1;
    const found = answer(host, path);
    const known = found.headers.etag !== undefined && request.headers['if-none-match'] === found.headers.etag;
    const reply = known ? { ...found, status: 304, body: '' } : found;
    void send(fault ? spoil(fault, reply, path) : reply, fault, request, response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    robots,
    faults,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
