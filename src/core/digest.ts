/** A digest: an ordered list of questions, asked together of one local day. */

/** Questions of one section of the report; each is asked with the day as its window. */
export interface DigestSection {
  title: string;
  questions: readonly { name: string; params: Record<string, string> }[];
}

export interface Digest {
  name: string;
  title: string;
  /** One sentence for whoever chooses it. */
  summary: string;
  /** The first question gives the message its table and chart. */
  sections: readonly DigestSection[];
}

const top = (kind: string) => ['units', 'revenue'].map(by => ({ name: 'top', params: { kind, by } }));

export const daily: Digest = {
  name: 'daily',
  title: 'Bandcamp daily',
  summary: 'What rose and what sold most on the day before, with a PDF report.',
  sections: [
    { title: 'Trending genres', questions: [{ name: 'trending-genres', params: {} }] },
    { title: 'The day in numbers', questions: [{ name: 'overview', params: {} }] },
    { title: 'Top artists', questions: top('artist') },
    { title: 'Top albums', questions: top('album') },
    { title: 'Top tracks', questions: top('track') },
    { title: 'Countries', questions: [{ name: 'top', params: { kind: 'country', by: 'units', limit: '20' } }] },
  ],
};

export const digests: readonly Digest[] = [daily];
