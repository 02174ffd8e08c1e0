/** Addresses that may stand in a file that people open: of the web, and nothing else. */
import type { Answer } from '../core/answer.ts';

/**
 * The address in the form that a PDF holds (ASCII, escaped); undefined for what is no http or https address.
 */
export function webAddress(value: unknown): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}

/** Where the same can be asked again, with other parameters; undefined for what is no address. */
export const dashboardAddress = (
  origin: string,
  { question, params }: Pick<Answer, 'question' | 'params'>,
): string | undefined => webAddress(`${origin}/q/${question}?${new URLSearchParams(params)}`);
