/**
 * A page's structured data (JSON-LD, on Bandcamp since 2020), in each shape it has had, read without trusting
 * any of it.
 */
import { isVisible } from '../core/text.ts';

/** The part of the first release or product that the page describes; null where it says nothing. */
export interface Linked {
  kind: 'album' | 'track' | 'merch' | null;
  name: string | null;
  artist: string | null;
  publisher: string | null;
  /** The label that sells it on the publisher's page. */
  label: string | null;
  /** The publisher's founding location. */
  place: string | null;
  /** Address of the publisher's genre: `…/tag/<genre>` until 2024, `…/discover/<genre>` since. */
  genre: string | null;
  keywords: string[];
  published: string | null;
  image: string | null;
  /** Whether a block was no JSON: what is visible is then believed before what could be made of it. */
  mangled: boolean;
}

type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const node = (value: unknown): Node => {
  const first = Array.isArray(value) ? value[0] : value;
  return isNode(first) ? first : {};
};

/** A string that shows something, else null. */
const text = (value: unknown): string | null =>
  typeof value === 'string' && isVisible(value) ? value : null;

/** One name, or those of a list of people and bands. */
const names = (value: unknown): string | null =>
  [value]
    .flat()
    .flatMap(one => text(one) ?? text(node(one).name) ?? [])
    .join(', ') || null;

/** The strings of a list, trimmed, or of a comma-separated text (2020). */
export const texts = (value: unknown): string[] => {
  const list = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [];
  return list.flatMap(one => text(one)?.trim() ?? []);
};

const KINDS = [
  ['MusicAlbum', 'album'],
  ['MusicRecording', 'track'],
  ['Product', 'merch'],
] as const;

function kindOf(described: Node): Linked['kind'] {
  const types = [described['@type']].flat();
  return KINDS.find(([type]) => types.includes(type))?.[1] ?? null;
}

/** Of the first of its forms (digital, vinyl …) that names one. */
const labelOf = (described: Node): string | null => {
  const forms = [described, ...[described.albumRelease ?? []].flat().filter(isNode)];
  return forms.map(form => names(form.recordLabel)).find(name => name !== null) ?? null;
};

/** What stands beside the thing that a page is about. */
const AROUND = /^(?:WebSite|WebPage|BreadcrumbList|ListItem|ItemList|Organization|Person|MusicGroup|Place)$/;
/** A live event, a gift card and whatever else comes to be sold: its address says what it counts as. */
const isNamedThing = (one: Node): boolean =>
  text(one.name) !== null &&
  [one['@type']].flat().some(type => typeof type === 'string' && !AROUND.test(type));

/** JSON, or what is left of it when control characters and unknown escapes are taken for text. */
function parseBlock(block: string): { json: unknown; mangled: boolean } {
  try {
    return { json: JSON.parse(block), mangled: false };
  } catch {
    const mended = block
      .replace(/^\s*(?:<!--|\/\/<!\[CDATA\[)|(?:-->|\/\/\]\]>)\s*$/g, '')
      .replace(/\p{Cc}/gu, ' ')
      .replace(/(\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))|\\/g, '$1');
    try {
      return { json: JSON.parse(mended), mangled: true };
    } catch {
      return { json: null, mangled: true };
    }
  }
}

/**
 * Reads the texts of a page's JSON-LD blocks. Null where none describes a release or a product; `broken`
 * where that is because a block is no JSON.
 */
export function readJsonLd(blocks: readonly string[]): Linked | null | 'broken' {
  const parsed = blocks.map(parseBlock);
  const mangled = parsed.some(block => block.mangled);
  const nodes = parsed
    .flatMap(({ json }) => [json].flat())
    .flatMap(one => (isNode(one) ? [one, ...[one['@graph'] ?? []].flat().filter(isNode)] : []));
  const described = nodes.find(kindOf) ?? nodes.find(isNamedThing);
  if (!described) return mangled ? 'broken' : null;
  const publisher = node(described.publisher);
  const image = Array.isArray(described.image) ? described.image[0] : described.image;
  return {
    kind: kindOf(described),
    name: text(described.name),
    artist: names(described.byArtist ?? described.performer),
    publisher: text(publisher.name),
    label: labelOf(described) ?? labelOf(node(described.inAlbum)),
    place: text(node(publisher.foundingLocation).name),
    genre: text(publisher.genre),
    keywords: texts(described.keywords),
    published: text(described.datePublished),
    image: text(image) ?? text(node(image).url),
    mangled,
  };
}
