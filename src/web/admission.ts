/** Who is let in: what one client may ask for. The limits are given by who builds the app; a Worker has none. */
import type { Context } from 'hono';
import type { AskDeps } from '../questions/ask.ts';

/** What is limited, each by itself. */
export const LIMITED = ['charts', 'reports', 'questions'] as const;
export type Limited = (typeof LIMITED)[number];

export interface Limits {
  /** Takes one off what the client has left. @throws NotNow where nothing is */
  take(what: Limited, context: Context): Promise<void>;
}

/** The same dependencies for one request: what it lets be counted anew is taken off its client's limit. */
export function admitting<D extends AskDeps & { limits?: Limits | undefined }>(deps: D, context: Context): D {
  const { limits, admit } = deps;
  if (!limits) return deps;
  return {
    ...deps,
    async admit<T>(count: () => Promise<T>) {
      await limits.take('questions', context);
      return admit ? admit(count) : count();
    },
  };
}
