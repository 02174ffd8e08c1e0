/** Addresses as the feed and people give them, made into the one form that names a page. */

/** Real ones stay below 300 characters; an index row of Postgres holds 2,704 bytes. */
const LONGEST = 1000;

/**
 * Nearly all: what `URL` leaves as it is. Hosts of Bandcamp only, since elsewhere `1.2` is an address and
 * `xn--a` no name.
 */
const USUAL = /^\/\/((?!xn--)[a-z0-9][a-z0-9-]*\.bandcamp\.com)((?:\/[A-Za-z0-9_-]+)*)$/;

/** Escapes in one form: hex in capitals, and none for what needs none (RFC 3986, section 6.2.2). */
const sameEscapes = (path: string): string =>
  path.replace(/%[\da-f]{2}/gi, code => {
    const letter = String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return /[\w.~-]/.test(letter) ? letter : code.toUpperCase();
  });

/**
 * `//X.bandcamp.com/album/y/?from=z#a` → page `https://x.bandcamp.com/album/y`, seller `x.bandcamp.com`.
 * International hosts become punycode; a discography's bare host becomes `https://host`. Takes any web host
 * with a dot, since custom domains are any domain at all; null for everything else.
 */
export function normalisePage(address: string): { page: string; seller: string } | null {
  const usual = USUAL.exec(address);
  if (usual && address.length < LONGEST / 2) return { page: `https:${address}`, seller: usual[1] as string };
  const absolute = address.trim().replace(/^\/\//, 'https://');
  if (!/^https?:\/\/[^/]/i.test(absolute) || !URL.canParse(absolute)) return null;
  const url = new URL(absolute);
  // `http://x:80` has no port left here; its https form would have one if it were kept as text.
  const seller = url.host.replace(/\.(?=:|$)/, '');
  const page = `https://${seller}${sameEscapes(url.pathname)
    .replace(/\/{2,}/g, '/')
    .replace(/\/$/, '')}`;
  const named = /^[^.:]+(\.[^.:]+)+(:\d+)?$/.test(seller);
  return named && !url.username && !url.password && page.length <= LONGEST ? { page, seller } : null;
}
