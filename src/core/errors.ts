/** The errors that are safe to show to a person. */

export interface UserErrorOptions extends ErrorOptions {
  status?: UserErrorStatus;
  /** Texts that can be asked instead. */
  suggestions?: readonly string[];
}
export type UserErrorStatus = 400 | 404 | 429 | 503;

/**
 * Says what is wrong (`message`) and what would be right (`hint`). Anything else that is thrown is logged and
 * shown as an id.
 */
export class UserError extends Error {
  readonly hint: string;
  /** HTTP status: 404 where what was asked for is not there. */
  readonly status: UserErrorStatus;
  readonly suggestions: readonly string[];
  constructor(
    message: string,
    hint: string,
    { status = 400, suggestions = [], ...options }: UserErrorOptions = {},
  ) {
    super(message, options);
    this.name = 'UserError';
    this.hint = hint;
    this.status = status;
    this.suggestions = suggestions;
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
    // HTTP status by RFC 9110 and RFC 6585.
    const status = reason === 'limit' ? 429 : 503;
    super(REASONS[reason], `Try again in ${inWords(retryAfterSeconds)}.`, { ...options, status });
    this.name = 'NotNow';
    this.reason = reason;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

function inWords(seconds: number): string {
  if (seconds <= 1) return 'a second';
  if (seconds < 60) return `${Math.ceil(seconds)} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}

/** A command line that is wrong: the command ends with 2; with 1 after everything else that fails. */
export class UsageError extends Error {}

/** The message of whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
