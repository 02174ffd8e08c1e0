/** Addresses that may stand in a file that people open: of the web, and nothing else. */

/** The address in the form that a PDF holds (ASCII, escaped); undefined for what is no http or https address. */
export function webAddress(value: unknown): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}
