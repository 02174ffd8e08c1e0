/**
 * A page's structured data (JSON-LD, on Bandcamp since 2020), in each shape it has had, read without trusting
 * any of it.
 */

/** The part of the first release or product that the page describes; null where it says nothing. */
export interface Linked {
  kind: 'album' | 'track' | 'merch' | null;
  name: string | null;
  artist: string | null;
  publisher: string | null;
  /** The publisher's founding location. */
  place: string | null;
  /** Address of the publisher's genre: `…/tag/<genre>` until 2024, `…/discover/<genre>` since. */
  genre: string | null;
  keywords: string[];
  published: string | null;
  image: string | null;
}

type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const node = (value: unknown): Node => {
  const first = Array.isArray(value) ? value[0] : value;
  return isNode(first) ? first : {};
};

/** A string that shows something, else null. */
const text = (value: unknown): string | null => (typeof value === 'string' && value.trim() ? value : null);

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

/**
 * Reads the texts of a page's JSON-LD blocks. Null where none describes a release or a product; `broken`
 * where a block is no JSON: Bandcamp's always are, so the page was cut or mangled on its way.
 */
export function readJsonLd(blocks: readonly string[]): Linked | null | 'broken' {
  const nodes: Node[] = [];
  for (const block of blocks) {
    try {
      nodes.push(
        ...[JSON.parse(block)]
          .flat()
          .flatMap(one => (isNode(one) ? [one, ...[one['@graph'] ?? []].flat().filter(isNode)] : [])),
      );
    } catch {
      return 'broken';
    }
  }
  const described = nodes.find(one => kindOf(one));
  if (!described) return null;
  const publisher = node(described.publisher);
  const image = Array.isArray(described.image) ? described.image[0] : described.image;
  return {
    kind: kindOf(described),
    name: text(described.name),
    artist: text(node(described.byArtist).name),
    publisher: text(publisher.name),
    place: text(node(publisher.foundingLocation).name),
    genre: text(publisher.genre),
    keywords: texts(described.keywords),
    published: text(described.datePublished),
    image: text(image) ?? text(node(image).url),
  };
}
