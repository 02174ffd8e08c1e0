/**
 * How Bandcamp says no: a 403 by fingerprint, a 429, a challenge page that calls itself 200, or a server that
 * is down.
 */
import type { Fetched } from './fetched.ts';

export type RefusalReason = 'challenge' | 'forbidden' | 'too-many-requests' | 'server-error';

export interface Refusal {
  reason: RefusalReason;
  status: number;
  /** A floor, not a target: 429s were seen to last minutes with `Retry-After: 3`. */
  retryAfterSeconds?: number;
}

/** The host does not want to be asked now, said by its answer or, until its back-off ends, by us. */
export class Refused extends Error {
  readonly reason: RefusalReason;
  /** 0 where nothing was sent, since the back-off of an earlier refusal runs. */
  readonly status: number;
  readonly retryAfterSeconds: number | undefined;
  constructor(host: string, { reason, status, retryAfterSeconds }: Refusal) {
    super(`${host} refuses: ${reason}${status ? ` (HTTP ${status})` : ', left alone for now'}`);
    this.name = 'Refused';
    this.reason = reason;
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * No whole answer came, or none may be asked for: the network, a time-out, a cut or oversized body,
 * redirects, an address of no public host.
 */
export class Unavailable extends Error {
  /**
   * Short kebab-case code: `timeout`, `cut`, `too-large`, `network`, `too-many-redirects`, `bad-address`,
   * `private-address`, `robots`, `http-418`.
   */
  readonly reason: string;
  constructor(url: string, reason: string, cause?: unknown) {
    super(`${url}: ${reason}`, cause === undefined ? undefined : { cause });
    this.name = 'Unavailable';
    this.reason = reason;
  }
}

/**
 * Fastly's client challenge, seen since February 2026. A page that carries a release or a band is none,
 * whatever its title.
 */
const isChallenge = (body: string): boolean =>
  (/<title>\s*Client Challenge\s*<\/title>/i.test(body) || body.includes('/_fs-ch-')) &&
  !/data-tralbum|data-band|application\/ld\+json/.test(body) &&
  !body.trimStart().startsWith('{');

/**
 * Seconds of a `Retry-After`, which is a number or a date; a date is measured from the answer's own `Date`.
 */
function retryAfter(headers: Fetched['headers']): number | undefined {
  const value = headers['retry-after']?.trim() ?? '';
  if (/^\d{1,9}$/.test(value)) return Number(value);
  const seconds = (Date.parse(value) - Date.parse(headers.date ?? '')) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined;
}

/** Whether an answer is a refusal, for the feed and for pages alike. */
export function refusalOf({
  status,
  headers,
  body,
}: Pick<Fetched, 'status' | 'headers' | 'body'>): Refusal | null {
  const reason: RefusalReason | null =
    status === 429
      ? 'too-many-requests'
      : isChallenge(body)
        ? 'challenge'
        : status === 401 || status === 403
          ? 'forbidden'
          : status >= 500
            ? 'server-error'
            : null;
  if (!reason) return null;
  const seconds = retryAfter(headers);
  return { reason, status, ...(seconds !== undefined && { retryAfterSeconds: seconds }) };
}
