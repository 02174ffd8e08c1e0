/** The one error that is safe to show to a person. */

/** Says what is wrong (`message`) and what would be right (`hint`). Anything else that is thrown is logged and shown as an id. */
export class UserError extends Error {
  readonly hint: string;
  constructor(message: string, hint: string) {
    super(message);
    this.name = 'UserError';
    this.hint = hint;
  }
  /** Both parts in one line. */
  get text(): string {
    return `${this.message} ${this.hint}`;
  }
}

/** Why something that is asked for rightly is not served now: too much is going on, or this client asked for too much. */
export type NotNowReason = 'busy' | 'limit';

/** What was asked for is right, but is not served now; `retryAfterSeconds`: when to come again. */
export class NotNow extends UserError {
  readonly reason: NotNowReason;
  readonly retryAfterSeconds: number;
  constructor(reason: NotNowReason, retryAfterSeconds: number) {
    super(
      reason === 'busy' ? 'The service is busy.' : 'Too many requests from your address.',
      `Try again in ${inWords(retryAfterSeconds)}.`,
    );
    this.name = 'NotNow';
    this.reason = reason;
    this.retryAfterSeconds = retryAfterSeconds;
  }
  /** HTTP's word for it (RFC 9110, RFC 6585). */
  get status(): 429 | 503 {
    return this.reason === 'busy' ? 503 : 429;
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
