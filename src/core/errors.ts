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

/** The message of whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
