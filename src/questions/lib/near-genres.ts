/** Genres that are near another one: on the same pages, and bought in the same checkouts. */
import type { Column, Row } from '../../core/answer.ts';
import type { BarsSpec } from '../../core/chart-spec.ts';
import type { Neighbours } from '../../db/read/co-purchases.ts';
import { LEAST_ASSOCIATION, logLikelihoodRatio } from '../../stats/association.ts';

const COLUMNS: Column[] = [
  { key: 'name', label: 'Genre', kind: 'genre', subject: 'genre' },
  { key: 'pages', label: 'Pages with both', kind: 'count' },
  { key: 'pagesLift', label: 'On one page', kind: 'ratio' },
  { key: 'bought', label: 'Bought together', kind: 'count' },
  { key: 'boughtLift', label: 'In one checkout', kind: 'ratio' },
];

const times = (own: number, ownAll: number, other: number, otherAll: number): number | null =>
  own > 0 && ownAll > 0 && other > 0 ? Number((own / ownAll / (other / otherAll)).toFixed(2)) : null;

/** The nearest first, by how sure both ways of coming together are. */
export function nearTable(
  title: string,
  genre: string,
  { ownPages, allPages, bought, sold, tags }: Neighbours,
  limit: number,
): { columns: Column[]; rows: Row[]; chart?: BarsSpec; headline: string; notes: string[] } {
  const near = tags
    .map(tag => ({
      ...tag,
      score:
        logLikelihoodRatio(
          tag.ownPages,
          ownPages - tag.ownPages,
          tag.allPages,
          Math.max(0, allPages - tag.allPages),
        ) +
        logLikelihoodRatio(
          tag.bought,
          Math.max(0, bought - tag.bought),
          tag.sold,
          Math.max(0, sold - tag.sold),
        ),
    }))
    .filter(({ score }) => score >= LEAST_ASSOCIATION)
    .sort((a, b) => b.score - a.score || a.name.localeCompare(b.name, 'en'))
    .slice(0, limit);
  const rows = near.map(({ name, ...tag }) => ({
    name,
    pages: tag.ownPages,
    pagesLift: times(tag.ownPages, ownPages, tag.allPages, allPages),
    bought: tag.bought,
    boughtLift: times(tag.bought, bought, tag.sold, sold),
  }));
  const names = near.slice(0, 3).map(({ name }) => name);
  return {
    columns: COLUMNS,
    rows,
    ...(near.length > 0 && { chart: scoreBars(title, near) }),
    headline:
      names.length === 0 ? `No genre is clearly near ${genre}.` : `Nearest to ${genre}: ${names.join(', ')}.`,
    notes: [
      'Near: tagged on the same pages, and bought in the same checkouts, more often than ' +
        'chance would suggest, in recent sales.',
    ],
  };
}

const scoreBars = (title: string, near: readonly { name: string; score: number }[]): BarsSpec => ({
  kind: 'bars',
  title,
  unit: 'association (G²)',
  format: 'count',
  alt: `Bar chart of ${near.length} near genres; ${near[0]?.name} is nearest.`,
  caption: 'Log-likelihood ratio of being on one page and in one checkout',
  series: [{ label: 'nearness', points: near.map(({ name, score }) => ({ x: name, y: Math.round(score) })) }],
});
