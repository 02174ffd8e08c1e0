/** A response as it came, whatever its status. */

/** A whole response; redirects are followed, `url` is where they ended. */
export interface Fetched {
  status: number;
  url: string;
  headers: Record<string, string>;
  body: string;
}
