/** A digest: an ordered list of questions, asked together of one local day. */

export interface Digest {
  name: string;
  title: string;
  /** One sentence for whoever chooses it. */
  summary: string;
  /**
   * Each is asked with the day as its window unless it names another, up to the day's end. The first gives
   * the message its table and chart.
   */
  questions: readonly { name: string; params: Record<string, string> }[];
}

const top = (kind: string) => ['units', 'revenue'].map(by => ({ name: 'top', params: { kind, by } }));

/** A single day is mostly noise. */
const WEEK = { window: '7d' };

export const daily: Digest = {
  name: 'daily',
  title: 'Bandcamp daily',
  summary: 'What is rising this week and what sold most the day before, with a PDF report.',
  questions: [
    { name: 'trending-genres', params: WEEK },
    { name: 'emerging-artists', params: { ...WEEK, show: 'called' } },
    { name: 'overview', params: {} },
    ...['artist', 'album', 'track'].flatMap(top),
    { name: 'countries', params: { limit: '10' } },
  ],
};

export const digests: readonly Digest[] = [daily];
