/** What stands behind a rise: a new record, one that is yet to come, older ones, or none. */
import { formatDayOfYear } from './time/dates.ts';
import { DAY, type Instant } from './time/instant.ts';

/**
 * A record is new for so long: half of what is spent on music in a month goes to that of the last 90 days.
 */
const NEW_FOR = 90 * DAY;

/**
 * `new`: out for at most 90 days; `preorder`: yet to come; `catalogue`: older records sell more than a new
 * one; `none`: no release in 90 days; `unknown`: the pages of what sells did not tell a date.
 */
type ReleaseKind = AskedRelease | 'unknown';

/** Those that can be asked for. */
export const ASKED_RELEASES = ['new', 'preorder', 'catalogue', 'none'] as const;
export type AskedRelease = (typeof ASKED_RELEASES)[number];

export interface SoldRelease {
  pageId: number;
  url: string;
  title: string;
  published: Instant | null;
  isPreorder: boolean | null;
  /** The label that its page is linked to. */
  label: string | null;
  /** Sold in the window. */
  sales: number;
}

/** Behind an artist's sales: what kind of release, and which where it is one. */
export interface Behind {
  kind: ReleaseKind;
  release: SoldRelease | null;
}

/** What one page is at an instant; `none` where it is older than 90 days. */
export function ageOf(
  { published, isPreorder }: Pick<SoldRelease, 'published' | 'isPreorder'>,
  at: Instant,
): 'new' | 'preorder' | 'none' | 'unknown' {
  if (published === null) return isPreorder ? 'preorder' : 'unknown';
  // A date that is yet to come is a pre-order's, whatever the page's flag says: it is sold already.
  if (published > at) return 'preorder';
  return published >= at - NEW_FOR ? 'new' : 'none';
}

const salesOf = (releases: readonly SoldRelease[]): number =>
  releases.reduce((sum, { sales }) => sum + sales, 0);

/** Of the pages that an artist sold in a window that ends at `at`, what stands behind it. */
export function releaseBehind(sold: readonly SoldRelease[], at: Instant): Behind {
  const ranked = sold.toSorted((a, b) => b.sales - a.sales || a.pageId - b.pageId);
  const of = (...ages: string[]) => ranked.filter(release => ages.includes(ageOf(release, at)));
  const [leader] = ranked;
  const [fresh] = of('new', 'preorder');
  if (!leader || (!fresh && salesOf(of('unknown')) * 2 > salesOf(ranked)))
    return { kind: 'unknown', release: null };
  if (!fresh) return { kind: 'none', release: null };
  const isLeading = salesOf(of('new', 'preorder')) >= salesOf(of('none'));
  return { kind: isLeading ? (ageOf(fresh, at) as 'new' | 'preorder') : 'catalogue', release: fresh };
}

/** `EP`, `album`, `track`, `merch`: what a release is called, by its title and address. */
function nounOf({ title, url }: SoldRelease): string {
  if (/\be\.?p\.?\s*[)\]]?$/i.test(title)) return 'EP';
  const [, kind = 'album'] = /^https?:\/\/[^/]+\/(album|track|merch)\//.exec(url) ?? [];
  return kind;
}

/** `EP out 20 Nov`, `pre-order, out 12 Dec`, `older records; album out 3 Oct`, `no release in 90 days`. */
export function releaseText({ kind, release }: Behind, at: Instant, zone: string): string {
  const date = release?.published ? ` out ${formatDayOfYear(release.published, at, zone)}` : '';
  switch (kind) {
    case 'new':
      return release ? `${nounOf(release)}${date}` : '';
    case 'preorder':
      return date ? `pre-order,${date}` : 'pre-order';
    case 'catalogue':
      return release ? `older records; ${nounOf(release)}${date}` : '';
    case 'none':
      return 'no release in 90 days';
    case 'unknown':
      return 'release date unknown';
  }
}

/** Of one page: `out 20 Nov`, `pre-order, out 12 Dec`, `out 3 Mar 2019`; '' where no date is known. */
export function pageReleaseText(page: SoldRelease | null, at: Instant, zone: string): string {
  if (!page) return '';
  const date = page.published ? `out ${formatDayOfYear(page.published, at, zone)}` : '';
  return ageOf(page, at) === 'preorder' ? ['pre-order', date].filter(Boolean).join(', ') : date;
}
