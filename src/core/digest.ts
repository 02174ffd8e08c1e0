/** A digest: an ordered list of questions, asked together of one local day. */

export interface Digest {
  name: string;
  title: string;
  /** One sentence for whoever chooses it. */
  summary: string;
  /** Each is asked with the day as its window. The first gives the message its table and chart. */
  questions: readonly { name: string; params: Record<string, string> }[];
}

const top = (kind: string) => ['units', 'revenue'].map(by => ({ name: 'top', params: { kind, by } }));

export const daily: Digest = {
  name: 'daily',
  title: 'Bandcamp daily',
  summary: 'What rose and what sold most on the day before, with a PDF report.',
  questions: [
    { name: 'trending-genres', params: {} },
    { name: 'overview', params: {} },
    ...['artist', 'album', 'track'].flatMap(top),
    { name: 'countries', params: { limit: '10' } },
  ],
};

export const digests: readonly Digest[] = [daily];
