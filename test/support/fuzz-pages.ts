/** Mutated pages, and what must be true of whatever is read from them. */
import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'cheerio';
import { classifyPage, type PageFacts, type PageResult } from '../../src/bandcamp/item-page.ts';
import { genres } from '../../src/core/tags/genres.ts';
import { classifyTag, tagKey } from '../../src/core/tags/tag.ts';
import { aimAt, below, type Chance, HOSTILE, mutateJson, mutateText, pick, seeded } from './mutate.ts';
import { recordings } from './recordings.ts';

const FIXTURES = new URL('../fixtures/pages/', import.meta.url);
const own = readdirSync(FIXTURES)
  .filter(name => name.endsWith('.html'))
  .map(name => readFileSync(new URL(name, FIXTURES), 'utf8'));
/** Real ones, where they are: a fifth of the cases, since each takes ten times as long. */
const recorded = recordings.slice(1).flatMap(({ pages, htmlOf }) => pages.map(htmlOf));

const ADDRESSES = [
  'https://x.bandcamp.com/album/y',
  'https://x.bandcamp.com/track/y',
  'https://x.bandcamp.com/merch/y',
  'https://x.bandcamp.com',
  'https://example.com/',
];
const LINKED = /(<script type="application\/ld\+json">)([\s\S]*?)(<\/script>)/;

/** Half of the cases change what the page says, the others its bytes. */
function mutatedPage(chance: Chance): string {
  const html = pick(chance, chance() < 0.2 && recorded.length > 0 ? recorded : own);
  const linked = LINKED.exec(html)?.[2];
  if (linked !== undefined && chance() < 0.5) {
    const json = JSON.parse(linked);
    for (let n = 1 + below(chance, 3); n > 0; n -= 1) {
      if (chance() < 0.5) aim(chance, json);
      else mutateJson(chance, json);
    }
    const text = JSON.stringify(json).replaceAll('<', '\\u003c');
    return html.replace(LINKED, (_, open, __, close) => `${open}${text}${close}`);
  }
  let mutated = html;
  for (let n = 1 + below(chance, 4); n > 0; n -= 1) mutated = mutateText(chance, mutated);
  return mutated;
}

/** At what the parser takes from a page's JSON-LD. */
function aim(chance: Chance, json: Record<string, unknown>): void {
  const holder = pick(chance, [json, json, json, json.byArtist, json.publisher]);
  if (chance() < 0.3) {
    json.keywords = Array.from({ length: below(chance, 150) }, (_, n) =>
      pick(chance, [`tag ${n}`, ...HOSTILE.texts.filter(text => text.length < 5_000)]),
    );
  } else if (typeof holder === 'object' && holder !== null) {
    aimAt(chance, holder, { name: 'texts', image: 'texts', datePublished: 'texts', genre: 'texts' });
  }
}

export interface PageCase {
  result: PageResult;
  /** The address that was asked. */
  asked: string;
}

/**
 * Reads the page of a seed.
 * @throws Error that names the seed and what is wrong
 */
export function tryPage(seed: number): PageCase {
  const chance = seeded(seed);
  const body = mutatedPage(chance);
  const asked = pick(chance, ADDRESSES);
  const url = chance() < 0.9 ? asked : pick(chance, ADDRESSES);
  const status = chance() < 0.95 ? 200 : pick(chance, [404, 410, 403, 429, 503, 418, 0]);
  const fail = (what: string): never => {
    throw new Error(`page of seed ${seed}: ${what}`);
  };
  let result: PageResult;
  try {
    result = classifyPage({ url, status, headers: {}, body }, asked);
  } catch (error) {
    return fail(`threw ${String(error).slice(0, 300)}`);
  }
  if (
    result.kind === 'unreadable' &&
    !/^(cut|no-release|other-release|not-bandcamp|too-large|http-\d+|parser: .+)$/s.test(result.reason)
  )
    fail(`reason ${result.reason}`);
  if (result.kind === 'page') {
    const wrong = wrongInPage(result.facts, body);
    if (wrong) fail(wrong);
  }
  return { result, asked };
}

const isStorable = (text: string, longest: number): boolean =>
  text.length <= longest && text.isWellFormed() && !text.includes('\0') && text.trim() !== '';

/** What of these facts cannot be stored, or is not on the page; null where all is well. */
function wrongInPage(facts: PageFacts, body: string): string | null {
  const { title, artist, place, tags, artUrl, mainGenre, published } = facts;
  const texts = { title, artist, place, artUrl };
  const said = textsOf(body);
  for (const [name, text] of Object.entries(texts)) {
    if (text === null) continue;
    if (!isStorable(text, 2000)) return `${name} cannot be stored: ${JSON.stringify(text)}`;
    if (said && !said.includes(plain(text))) return `${name} is not on the page: ${JSON.stringify(text)}`;
  }
  if (tags.length > 100) return `${tags.length} tags`;
  for (const tag of tags) {
    if (!isStorable(tag, 2000)) return `tag cannot be stored: ${JSON.stringify(tag)}`;
    if (said && !said.includes(plain(tag))) return `tag is not on the page: ${JSON.stringify(tag)}`;
    for (const { key, name } of classifyTag(tag, facts)) {
      if (Buffer.byteLength(key) > 2000 || !key.isWellFormed() || key.includes('\0') || tagKey(key) !== key)
        return `key of tag: ${JSON.stringify(key)}`;
      if (key && !isStorable(name, 200)) return `name of tag: ${JSON.stringify(name)}`;
    }
  }
  if (published !== null && !(Number.isSafeInteger(published) && published > -4e15 && published < 8e15))
    return `date ${published}`;
  return mainGenre === null || genres.has(mainGenre) ? null : `genre ${mainGenre}`;
}

const plain = (text: string): string => text.toWellFormed().replace(/[\s\0\ufffd\u200b]+/g, '');

/**
 * All that a page says, in its elements, its attributes and its JSON, read by another parser than the one
 * under test; null where that fails.
 */
function textsOf(body: string): string | null {
  let $: ReturnType<typeof load>;
  try {
    $ = load(body);
  } catch (error) {
    // parse5 7.3 throws at some mangled numeric entities ("Invalid code point NaN").
    if (error instanceof RangeError) return null;
    throw error;
  }
  const found: string[] = [$.root().text(), ...$('meta').map((_, meta) => $(meta).attr('content') ?? '')];
  const collect = (value: unknown): void => {
    if (typeof value === 'string') found.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  for (const script of $('script[type="application/ld+json"]')) {
    try {
      collect(JSON.parse($(script).text()));
    } catch {
      // A broken or bottomless block says nothing.
    }
  }
  return plain(found.join('\n'));
}
