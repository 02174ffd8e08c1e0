/**
 * Bandcamp's own list of genres, as its discover page shows it (bandcamp.com/discover; unchanged May 2025 –
 * August 2026).
 */
import { fold } from '../text.ts';

const TAXONOMY = `
electronic: house, electronica, downtempo, techno, electro, dubstep, beats, dance, idm, drum & bass, breaks,
  trance, glitch, chiptune, chillwave, dub, edm, instrumental, witch house, garage, juke, footwork,
  vaporwave, synthwave
rock: indie, prog rock, post-rock, rock & roll, psychedelic rock, hard rock, garage rock, surf rock,
  instrumental, math rock, rockabilly
metal: hardcore, black metal, death metal, thrash metal, grindcore, doom, post-hardcore, progressive metal,
  metalcore, sludge metal, heavy metal, deathcore, noise
alternative: indie rock, industrial, shoegaze, grunge, goth, dream pop, emo, math rock, britpop, jangle pop
hip-hop/rap: rap, underground hip-hop, instrumental hip-hop, trap, conscious hip-hop, boom-bap, beat-tape,
  hardcore, grime
experimental: noise, drone, avant garde, experimental rock, improvisation, sound art, musique concrete
punk: hardcore punk, garage, pop punk, punk rock, post-punk, post-hardcore, thrash, crust punk, folk punk,
  emo, ska, no wave
folk: singer-songwriter, folk rock, indie folk, pop folk, traditional, experimental folk, roots
pop: indie pop, synth pop, power pop, new wave, dream pop, noise pop, experimental pop, electro pop,
  adult contemporary, jangle pop, j-pop
ambient: chill-out, drone, dark ambient, electronic, soundscapes, field recordings, atmospheric, meditation,
  noise, new age, idm, industrial
soundtrack: film music, video game music
world: latin, roots, african, tropical, tribal, brazilian, celtic, world fusion, cumbia, gypsy, new age,
  balkan, reggaeton
jazz: fusion, big band, nu jazz, modern jazz, swing, free jazz, soul jazz, latin jazz, vocal jazz, bebop,
  spiritual jazz
acoustic: folk, singer-songwriter, rock, pop, guitar, americana, electro-acoustic, instrumental, piano,
  bluegrass, roots
funk: funk jam, deep funk, funk rock, jazz funk, boogie, g-funk, rare groove, electro, go-go
r&b/soul: soul, r&b, neo-soul, gospel, contemporary r&b, motown, urban
devotional: christian, gospel, meditation, spiritual, worship, inspirational
classical: orchestral, neo-classical, chamber music, classical piano, contemporary classical, baroque,
  opera, choral, modern classical, avant garde
reggae: dub, ska, roots, dancehall, rocksteady, ragga, lovers rock
podcasts:
country: bluegrass, country rock, americana, country folk, alt-country, country blues, western,
  singer-songwriter, outlaw, honky-tonk, roots, hillbilly
spoken word: poetry, inspirational, storytelling, self-help
comedy: improv, stand-up
blues: rhythm & blues, blues rock, country blues, boogie-woogie, delta blues, americana, electric blues,
  gospel, bluegrass
audiobooks:
latin: brazilian, cumbia, tango, latin rock, flamenco, salsa, reggaeton, merengue, bolero, méxico d.f.,
  bachata`;

export interface Genre {
  /** `spell` of its name: the key of its tag. */
  key: string;
  /** As Bandcamp spells it, in lower case. */
  name: string;
  /** As it stands in Bandcamp's addresses: `hip-hop-rap`. */
  slug: string;
  /** One of the 26; folk, rock, pop, latin and electronic are this and also stand under another one. */
  top: boolean;
  /** Keys of the genres it stands under, in Bandcamp's order; several for some thirty, such as noise. */
  parents: string[];
}

/** UTF-16 units: a key must fit an index row of Postgres (2,704 bytes), whatever the script. */
const KEY_LIMIT = 200;

/**
 * One spelling for what differs only in writing: case, width, dashes and underscores for spaces, "and", "n"
 * or "+" for "&", a leading hash. "Drum 'n' Bass" → `drum&bass`. Idempotent; '' for what shows nothing.
 */
export const spell = (raw: string): string =>
  fold(raw.slice(0, 4 * KEY_LIMIT))
    .replace(/[’‘‛´`]/g, "'")
    .replace(/^#+/, '')
    .replace(/[\s\p{Pd}_]+/gu, ' ')
    .trim()
    .replace(/(?<=\S)(?: '?n'? |'n'|'n | n'|,? and | \+ | ?& ?)(?=\S)/gu, '&')
    .replace(/ ?\/ ?/g, '/')
    .slice(0, KEY_LIMIT)
    .toWellFormed()
    .trim();

function readTaxonomy(): Map<string, Genre> {
  const found = new Map<string, Genre>();
  const entry = (name: string): Genre => {
    const key = spell(name);
    const genre = found.get(key) ?? {
      key,
      name,
      slug: name.replace(/[ /&-]+/g, '-'),
      top: false,
      parents: [],
    };
    found.set(key, genre);
    return genre;
  };
  for (const line of TAXONOMY.trim()
    .replace(/\n {2}/g, ' ')
    .split('\n')) {
    const [top = '', subgenres = ''] = line.split(/:\s*/);
    const parent = entry(top);
    parent.top = true;
    for (const name of subgenres.split(', ').filter(Boolean)) entry(name).parents.push(parent.key);
  }
  return found;
}

/** By key: 26 genres with their subgenres, each name once. */
export const genres: ReadonlyMap<string, Genre> = readTaxonomy();

const bySlug = new Map([...genres.values()].map(genre => [genre.slug, genre]));

/**
 * The genre of a Bandcamp address: `https://bandcamp.com/tag/hip-hop-rap` (until 2024),
 * `/discover/hip-hop-rap` (since).
 */
export function genreOfAddress(address: string): Genre | null {
  const slug = /\/(?:tag|discover)\/([^/?#]+)/.exec(address)?.[1];
  try {
    return bySlug.get(decodeURIComponent(slug ?? '').toLowerCase()) ?? null;
  } catch {
    return null; // a broken escape
  }
}
