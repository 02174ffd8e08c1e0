/** One polite HTTP client for everything that is Bandcamp's: honest name, a pace for each host, and refusals told apart. */

/** A whole response; redirects are followed, `url` is where they ended. */
export interface Fetched {
  status: number;
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface Http {
  /** GETs an address. Waits for the host's turn. @throws Refused, Unavailable */
  get(url: string, options?: { signal?: AbortSignal; accept?: string }): Promise<Fetched>;
  close(): Promise<void>;
}
