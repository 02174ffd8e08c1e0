/**
 * Who is let in: what one client may ask for. The limits are given by who builds the app; a Worker has none.
 */
import type { Context } from 'hono';
import type { AskDeps } from '../questions/lib/ask.ts';

/** What is limited, each by itself. */
export const LIMITED = ['charts', 'reports', 'questions'] as const;
export type Limited = (typeof LIMITED)[number];

export interface Limits {
  /**
   * Does the work, which is taken off what the client has left; what is drawn, in the client's turn. @throws
   * NotNow where nothing is left
   */
  admit<T>(what: Limited, context: Context, work: () => Promise<T>): Promise<T>;
}

/** Without limits the work is done. */
export const admitted = <T>(
  limits: Limits | undefined,
  what: Limited,
  context: Context,
  work: () => Promise<T>,
): Promise<T> => (limits ? limits.admit(what, context, work) : work());

/** The same dependencies for one request: what it lets be counted anew is taken off its client's limit. */
export function admitting<D extends AskDeps & { limits?: Limits | undefined }>(deps: D, context: Context): D {
  const { limits, admit } = deps;
  if (!limits) return deps;
  return {
    ...deps,
    admit: count => limits.admit('questions', context, () => (admit ? admit(count) : count())),
  };
}
