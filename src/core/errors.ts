/** The one error that is safe to show to a person. */

/**
 * Says what is wrong (`message`) and what would be right (`hint`). Anything else that is thrown is logged and
 * shown as an id.
 */
export class UserError extends Error {
  readonly hint: string;
  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UserError';
    this.hint = hint;
  }
  /** Both parts in one line. */
  get text(): string {
    return `${this.message} ${this.hint}`;
  }
}

/**
 * Why a valid request is not served now: the service is overloaded, the client is over its limit, the
 * database is down.
 */
export type NotNowReason = 'busy' | 'limit' | 'away';

const REASONS: Record<NotNowReason, string> = {
  busy: 'The service is busy.',
  limit: 'Too many requests from your address.',
  away: 'The database does not answer.',
};

/** A valid request that is not served now; the client may retry after `retryAfterSeconds`. */
export class NotNow extends UserError {
  readonly reason: NotNowReason;
  readonly retryAfterSeconds: number;
  constructor(reason: NotNowReason, retryAfterSeconds: number, options?: ErrorOptions) {
    super(REASONS[reason], `Try again in ${inWords(retryAfterSeconds)}.`, options);
    this.name = 'NotNow';
    this.reason = reason;
    this.retryAfterSeconds = retryAfterSeconds;
  }
  /** HTTP status (RFC 9110, RFC 6585). */
  get status(): 429 | 503 {
    return this.reason === 'limit' ? 429 : 503;
  }
}

function inWords(seconds: number): string {
  if (seconds <= 1) return 'a second';
  if (seconds < 60) return `${Math.ceil(seconds)} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}

/** The message of whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
