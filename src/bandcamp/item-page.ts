/**
 * The page of a release, a piece of merch or a band, of any year: title, artist, tags, place, date, art and
 * main genre.
 */
// The slim build parses by htmlparser2, several times as fast on hostile nesting as parse5, the default.
import { type CheerioAPI, load } from 'cheerio/slim';
import { genreOfAddress } from '../core/tags/genres.ts';
import { isVisible, storable } from '../core/text.ts';
import { type Instant, instantFromMillis } from '../core/time/instant.ts';
import { type RefusalReason, refusalOf } from './blocked-response.ts';
import type { Fetched } from './fetched.ts';
import { readJsonLd, texts } from './json-ld.ts';

type PageKind = 'album' | 'track' | 'merch' | 'band';

export interface PageFacts {
  kind: PageKind;
  /** The release's own title, or the band's name. */
  title: string;
  artist: string | null;
  /** In the page's order and spelling; the last is usually the artist's place. */
  tags: string[];
  /** Where the page has more than are read. */
  tagsLeftOut?: number;
  /** As the artist wrote it: "Montréal, Québec", "UK". */
  place: string | null;
  published: Instant | null;
  /** Whether the release is yet to come; null where the page does not say. */
  isPreorder: boolean | null;
  /** Whose page it is: the artist's own, or a label's. */
  owner: string | null;
  /** The label that it is linked to, on whose behalf the owner's page sells; null where there is none. */
  label: string | null;
  artUrl: string | null;
  /** Key of the artist's genre in `genres` (core), from the publisher's genre address. */
  mainGenre: string | null;
}

export type PageResult =
  | { kind: 'page'; facts: PageFacts }
  /** Removed for good. */
  | { kind: 'gone' }
  | { kind: 'refused'; reason: RefusalReason; retryAfterSeconds?: number }
  /**
   * `cut` (came incomplete: try again), `no-release`, `other-release`, `not-bandcamp`, `too-large`,
   * `http-<status>`, `parser: …`.
   */
  | { kind: 'unreadable'; reason: string };

const TEXT_LIMIT = 2000;
const TAG_LIMIT = 100;
/** The largest recorded page has 1,438. */
const ELEMENT_LIMIT = 15_000;

/**
 * What an answer to the question for the page `asked` is. Never throws. A release whose address leads to its
 * band's page is gone; a discography's bare host that is answered with some release is a band, whose tags are
 * not that release's.
 */
export function classifyPage(fetched: Fetched, asked: string = fetched.url): PageResult {
  const refusal = refusalOf(fetched);
  if (refusal) {
    const { reason, retryAfterSeconds } = refusal;
    return { kind: 'refused', reason, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
  }
  if (fetched.status === 404 || fetched.status === 410) return { kind: 'gone' };
  if (fetched.status !== 200) return { kind: 'unreadable', reason: `http-${fetched.status}` };
  try {
    const facts = parseItemPage(fetched.body, fetched.url);
    if (typeof facts === 'string') return { kind: 'unreadable', reason: facts };
    if (facts.kind === 'band' && kindOfAddress(asked)) {
      // A redirect to the band says the release is gone; a release's own address without one says that we
      // cannot read it.
      return kindOfAddress(fetched.url) ? { kind: 'unreadable', reason: 'no-release' } : { kind: 'gone' };
    }
    if (facts.kind !== 'band' && isOtherRelease(asked, fetched.url))
      return { kind: 'unreadable', reason: 'other-release' };
    if (facts.kind !== 'band' && isBareHost(asked)) {
      const { tagsLeftOut: _, ...release } = facts;
      return {
        kind: 'page',
        facts: { ...release, kind: 'band', title: facts.artist ?? facts.title, tags: [], published: null },
      };
    }
    return { kind: 'page', facts };
  } catch (error) {
    // A hostile page can exhaust the parser's stack; the page is to blame, not the program.
    return { kind: 'unreadable', reason: `parser: ${String(error).slice(0, 100)}` };
  }
}

type Unreadable = 'cut' | 'no-release' | 'not-bandcamp' | 'too-large';

/** Ended by its own mark, whatever a host or a proxy put behind it, and not by one that a script quotes. */
function isWhole(html: string): boolean {
  const end = html.search(/<\/html\s*>(?![\s\S]*<\/html\s*>)/i);
  const before = html.slice(0, end);
  return end >= 0 && before.lastIndexOf('<script') <= before.lastIndexOf('</script');
}

/**
 * Whether a page is Bandcamp's, by what only its pages have: domains lapse, and whoever has them next sells
 * something else there. What calls itself a piece of music is believed without.
 */
const isBandcamp = ($: CheerioAPI, html: string): boolean =>
  $('meta[name="generator"]:first').attr('content') === 'Bandcamp' ||
  $('#band-name-location:first, #name-section:first, [data-tralbum]:first, [data-band]:first').length > 0 ||
  /\bbcbits\.com\//.test(html) ||
  /"(?:@id|url|genre)":\s*"https?:\/\/(?:[\w-]+\.)?bandcamp\.com\//.test(html);

/** The facts of a page that came with status 200, or why there are none. */
function parseItemPage(html: string, url: string): PageFacts | Unreadable {
  if (!isWhole(html)) return 'cut';
  // Anybody can sell from a domain of their own; what nests 100,000 deep keeps any parser busy for minutes.
  if ((html.match(/<[a-z]/gi)?.length ?? 0) > ELEMENT_LIMIT) return 'too-large';
  const $ = load(html);
  const described = readJsonLd(
    $('script[type="application/ld+json"]')
      .map((_, script) => $(script).text())
      .get(),
  );
  const visible = readVisible($);
  if (described === 'broken' && !visible.title) return 'cut';
  const linked = described === 'broken' ? null : described;
  const isMusic = linked?.kind === 'album' || linked?.kind === 'track';
  if (!isMusic && !isBandcamp($, html)) return 'not-bandcamp';
  /** What came mangled is believed behind what the same page shows. */
  const either = <T>(said: T | null, shown: T | null): T | null =>
    linked?.mangled ? (shown ?? said) : (said ?? shown);
  const title = either(clean(linked?.name), visible.title);
  const kind = linked?.kind ?? kindOfAddress(url) ?? visible.kind;
  const common = {
    place: clean(linked?.place) ?? visible.place,
    owner: clean(linked?.publisher) ?? visible.band,
    label: clean(linked?.label) ?? visible.label,
    isPreorder: isPreorder(html),
    artUrl: clean(linked?.image) ?? visible.artUrl,
    mainGenre: genreOfAddress(linked?.genre ?? '')?.key ?? null,
  };
  if (title && kind && kind !== 'band') {
    const artist = either(clean(linked?.artist), visible.artist) ?? clean(linked?.publisher) ?? visible.band;
    const tags = visible.tags.length > 0 ? visible.tags : (linked?.keywords ?? []);
    const published = instantOf(linked?.published) ?? visible.published;
    return {
      kind,
      title,
      artist,
      ...limitTags(tags, visible.tags.length > 0 ? visible.tagCount : tags.length),
      ...common,
      published,
    };
  }
  const band = visible.band ?? clean(linked?.publisher ?? linked?.name);
  return band
    ? { kind: 'band', title: band, artist: band, tags: [], ...common, published: null }
    : 'no-release';
}

/** By the flag of the player's data, which stands in an attribute, or in a script before 2020. */
function isPreorder(html: string): boolean | null {
  const said = /\balbum_is_preorder(?:&quot;|")?\s*:\s*(true|false|null)\b/.exec(html)?.[1];
  return said === undefined ? null : said === 'true';
}

interface Visible {
  kind: PageKind | null;
  title: string | null;
  artist: string | null;
  band: string | null;
  /** "more from <label>", above an artist's page. */
  label: string | null;
  /** The first `TAG_LIMIT`, and the last. */
  tags: string[];
  /** How many there are. */
  tagCount: number;
  place: string | null;
  published: Instant | null;
  artUrl: string | null;
}

/** Only what a reader sees, for the pages before 2020, which have no JSON-LD. */
function readVisible($: CheerioAPI): Visible {
  // Single steps that stop at the first match: a descendant selector, or all of many matches, takes quadratic
  // time on deep nesting.
  const heading = $('#name-section:first');
  const bandBox = $('#band-name-location:first');
  const meta = (property: string) => clean($(`meta[property="${property}"]:first`).attr('content'));
  // The layout of 2016 put zero-width spaces beside hyphens and marks, as places to break the line.
  const title = clean(heading.find('.trackTitle:first').text().replaceAll('\u200b', ''));
  // og:title keeps the artist's doubled spaces, which the layout of the byline does not.
  const social = meta('og:title');
  const byline = () => clean(heading.find('h3:first').find('span:lt(9)').last().text());
  const artist = title && social?.startsWith(`${title}, by `) ? social.slice(title.length + 5) : byline();
  const released = /release[ds]\s+([A-Z][a-z]+ \d{1,2}, \d{4})/.exec($('.tralbum-credits:first').text())?.[1];
  const kinds: Record<string, PageKind> = { album: 'album', song: 'track', product: 'merch' };
  // Their texts are taken of few: together those of nested ones are as long as their number's square.
  const tags = $('a.tag');
  const read = tags.slice(0, TAG_LIMIT).add(tags.last());
  return {
    kind: kinds[meta('og:type') ?? ''] ?? null,
    title,
    artist,
    band: clean(bandBox.find('.title:first').text()),
    label: labelAbove($),
    tags: texts(read.map((_, tag) => $(tag).text()).get()),
    tagCount: tags.length,
    place: clean(bandBox.find('.location:first').text()),
    published: instantOf(released && `${released} UTC`),
    artUrl: meta('og:image'),
  };
}

/** The name stands behind a line break; until 2018 in an element of its own. */
function labelAbove($: CheerioAPI): string | null {
  const link = $('a.back-to-label-link:first');
  const named = clean(link.find('.back-to-label-name:first').text());
  const behind = clean(link.find('.back-link-text:first').contents().last().text());
  return named ?? (behind === 'more from' ? null : behind);
}

function kindOfAddress(url: string): PageKind | null {
  const kinds: Record<string, PageKind> = { album: 'album', track: 'track', merch: 'merch' };
  return kinds[/^https?:\/\/[^/]+\/(album|track|merch)\/[^/?#]/.exec(url)?.[1] ?? ''] ?? null;
}

/** `album/x` of a release's address, however it is escaped. */
function releaseOf(url: string): string | null {
  const path = /^https?:\/\/[^/]+\/((?:album|track|merch)\/[^/?#]+)/.exec(url)?.[1];
  try {
    return path === undefined ? null : decodeURIComponent(path).toLowerCase();
  } catch {
    return path?.toLowerCase() ?? null;
  }
}

/** A new host of a seller keeps the path; another path is another release, with other tags. */
function isOtherRelease(asked: string, answered: string): boolean {
  const [before, after] = [releaseOf(asked), releaseOf(answered)];
  return before !== null && after !== null && before !== after;
}

const isBareHost = (url: string): boolean => /^https?:\/\/[^/?#]+\/?$/.test(url);

/** The first tags and, since it is usually the place, the last; how many are left out. */
export function limitTags(
  tags: readonly string[],
  count = tags.length,
): Pick<PageFacts, 'tags' | 'tagsLeftOut'> {
  if (count <= TAG_LIMIT) return { tags: tags.flatMap(tag => clean(tag) ?? []) };
  const kept = [...tags.slice(0, TAG_LIMIT - 1), tags.at(-1)];
  return { tags: kept.flatMap(tag => clean(tag) ?? []), tagsLeftOut: count - TAG_LIMIT };
}

/** Trimmed and storable; null for what shows nothing. */
export function clean(value: string | null | undefined): string | null {
  const kept = storable(value ?? '')
    .trim()
    .slice(0, TEXT_LIMIT)
    .toWellFormed();
  return isVisible(kept) ? kept : null;
}

/** `30 Apr 2025 00:00:00 GMT` → its instant; null outside the years in which a record can have come out. */
export function instantOf(date: string | null | undefined): Instant | null {
  const millis = Date.parse(date ?? '');
  return millis > Date.UTC(1860, 0) && millis < Date.UTC(2200, 0) ? instantFromMillis(millis) : null;
}
