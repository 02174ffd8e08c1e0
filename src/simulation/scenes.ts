/**
 * What the world's music is called and where it is made: tags with their frequencies, and places of artists.
 */
import { codeOf } from '../core/places/country.ts';

/**
 * How often each tag occurs on Components' map of Bandcamp's artists (175 places, public; about 2016–2023),
 * under the genre that its pages name as the main one. `*`: a scene in which truth is planted, never a mere
 * second tag, so that its sales are its scene's alone. `~`: not on the map's lists, own estimate.
 */
const MAP = `
electronic 238166: techno 77634, house 62947, electronica 22012, deep house 21967, electro 20343, dance 15721,
  bass 13791, disco 14113, drum & bass 12171, dub 10906, downtempo 9917, acid 9433, dubstep 8675, beats 7720,
  minimal 7469, synthwave 6005, jungle* 5839, tech house 5587, breakbeat* 4327, garage 4020, breaks 4012,
  trance* 3818, ebm* 3637, idm 3632, rave 3251, dub techno* 2275, psytrance* 2081, uk garage* 1884,
  microhouse 1717, nu disco* 1635, deep techno 1630, edits 1606, vaporwave* 1228, hard techno* 1163,
  chiptune ~900, club 790, juke 642, breakcore* 634, amapiano* ~1500, footwork* 468, balearic 431
experimental 72782: noise 10847, drone 6686, avant garde 2259, improvisation* 543, sound art ~450,
  musique concrete ~200
alternative 59819: indie rock 15946, industrial 14184, alternative rock 2170, shoegaze* 2304, dream pop* 1579,
  darkwave* 1238, emo 961, goth ~700, grunge ~500
rock 58706: indie 25754, psychedelic 13965, rock & roll 2212, post-rock* 2054, prog rock ~900,
  garage rock ~800, math rock* ~500, surf rock ~250
ambient 56584: dark ambient* 1851, chill-out 1463, field recordings* ~900, soundscapes 757, new age 714,
  meditation 498, atmospheric 481
hip-hop/rap 46960: lo-fi 11397, grime* 3490, trap 2414, underground hip-hop 941, boom-bap* ~700, phonk* ~1500,
  chillhop 487, instrumental hip-hop 462
pop 34011: indie pop 8655, synth pop 6088, new wave 840, city pop* ~1800, hyperpop* ~1500, electro pop ~500,
  j-pop ~400, power pop ~300
punk 32710: post-punk 9644, hardcore punk 9635, punk rock 1680, pop punk* 575, ska ~300, crust punk ~250
jazz 29433: free jazz* 689, nu jazz 459, fusion 452, spiritual jazz* ~1200, big band ~120
metal 28474: black metal* 3419, death metal* 3338, doom 1099, heavy metal 691, thrash metal 565,
  dungeon synth* ~1500, grindcore 455, sludge metal ~400
folk 23178: singer-songwriter 10549, indie folk* 888, traditional ~500, folk rock 426
funk 17470: boogie* 750, jazz funk ~400, deep funk ~200
r&b/soul 3748: soul 19997, r&b 8920, neo-soul* ~1200
world 15795: tribal 644, african ~600, afrobeat* 471, cumbia* 470, celtic ~150
acoustic 8906: instrumental 14976, americana 3060, piano 826, guitar ~700
soundtrack 7202: video game music* 625, film music ~400
reggae 5054: roots 1845, dancehall* 511, lovers rock ~150
blues 2244: blues rock ~300
classical 2105: modern classical* ~450, contemporary classical ~300, chamber music ~150
country 1686: alt-country* 454, bluegrass ~200
latin 959: salsa ~120, bossa nova ~150
devotional 561: christian 662, gospel ~150
spoken word 461: poetry ~120
comedy ~120:
podcasts ~60:
audiobooks ~60:`;

export interface Scene {
  /** The tag, as Bandcamp or its users spell it. */
  tag: string;
  /** The genre of Bandcamp's list that the artist's page names as the main one. */
  main: string;
  /** Share of the world's sales; all scenes together 1. */
  share: number;
  plantable: boolean;
  /** Probability that a page of this scene also carries its main genre as a tag. */
  mainToo: number;
  /** Indices of the scenes whose tags its pages carry beside. */
  beside: number[];
}

/**
 * A page of a scene carries this many further tags of its main genre on average; see `tagsOf` in
 * catalogue.ts.
 */
export const BESIDE = 0.6;
/** How often a tag of a scene is joined by the main genre, where that is frequent enough. */
const MAIN_TOO = 0.65;

export interface TagFrequency {
  tag: string;
  count: number;
  estimated: boolean;
}

interface Group {
  main: TagFrequency;
  scenes: (TagFrequency & { plantable: boolean })[];
}

const total = (list: readonly TagFrequency[]): number => list.reduce((sum, { count }) => sum + count, 0);

const groups: Group[] = MAP.trim()
  .replace(/\n {2}/g, ' ')
  .split('\n')
  .map(line => {
    const [head = '', rest = ''] = line.split(':');
    const read = (text: string) => {
      const [, tag = '', star, tilde, count] = /^(.+?)(\*)? (~)?(\d+)$/.exec(text.trim()) ?? [];
      return { tag, count: Number(count), estimated: tilde !== undefined, plantable: star !== undefined };
    };
    return { main: read(head), scenes: rest.split(', ').filter(Boolean).map(read) };
  });

/** The tags of the map by frequency, for comparison. */
export const tagFrequencies: readonly TagFrequency[] = groups
  .flatMap(({ main, scenes }) => [main, ...scenes])
  .sort((a, b) => b.count - a.count);

/**
 * Shares of scenes such that tags occur as often as on the map: a main genre also stands on its scenes'
 * pages, and a scene's tag beside others of its genre, so that each scene's own share is what these leave
 * over.
 */
function readScenes(): Scene[] {
  const scenes: Scene[] = [];
  for (const { main, scenes: below } of groups) {
    const plain = total(below.filter(({ plantable }) => !plantable));
    const planted = total(below.filter(({ plantable }) => plantable));
    const mainToo = below.length ? Math.min(MAIN_TOO, (0.9 * main.count) / (plain + planted)) : 0;
    let own = main.count;
    let kept = 1;
    for (let round = 0; round < 30; round += 1) {
      own = Math.max(0.1 * main.count, main.count - mainToo * (kept * plain + planted));
      if (plain > 0) kept = Math.max(0.15, (plain - BESIDE * (own + planted)) / (plain * (1 + BESIDE)));
    }
    const first = scenes.length + 1;
    const beside = below.flatMap(({ plantable }, at) => (plantable ? [] : [first + at]));
    scenes.push({ tag: main.tag, main: main.tag, share: own, plantable: false, mainToo: 1, beside });
    for (const { tag, count, plantable } of below)
      scenes.push({
        tag,
        main: main.tag,
        share: plantable ? count : kept * count,
        plantable,
        mainToo,
        beside,
      });
  }
  const all = scenes.reduce((sum, { share }) => sum + share, 0);
  for (const scene of scenes) scene.share /= all;
  return scenes;
}

export const SCENES: readonly Scene[] = readScenes();

/** Weights of the tags beside, in the order of `beside`. */
export const frequencyOf = (scene: number): number =>
  tagFrequencies.find(({ tag }) => tag === SCENES[scene]?.tag)?.count ?? 0;

/** Free tags that are neither genre nor place: moods, occasions, media. */
export const MOODS = (
  'melancholic, late night, female vocals, diy, analog, modular, 90s, tape, summer, dark, dreamy, ' +
  'hypnotic, melodic, remix, live, cassette, solo project, cinematic, winter, deep, vinyl only, ' +
  'political, love, space, nature, queer, heavy, relaxing, raw, cover, 2020s, home recording'
).split(', ');

export interface Place {
  country: string;
  /** As an artist's page writes it: "Bristol, UK". */
  location: string;
  /** As it stands among the tags: "Bristol". */
  tag: string;
}

/**
 * Home countries of artists and their share of sales in percent, so that [M]'s share of sales in USD results;
 * cities in order of the map's tags.
 */
const HOMES = `
us 45 USD: Los Angeles, California; Brooklyn, New York; New York, New York; Chicago, Illinois;
  Portland, Oregon; Seattle, Washington; San Francisco, California; Philadelphia, Pennsylvania;
  Detroit, Michigan; Austin, Texas; Boston, Massachusetts; Nashville, Tennessee; Atlanta, Georgia;
  Denver, Colorado; Oakland, California; Minneapolis, Minnesota; Miami, Florida; Baltimore, Maryland;
  Pittsburgh, Pennsylvania; New Orleans, Louisiana; Richmond, Virginia; Asheville, North Carolina;
  Olympia, Washington
gb 17 GBP: London, UK; Bristol, UK; Manchester, UK; Glasgow, UK; Brighton, UK; Sheffield, UK; Leeds, UK;
  Edinburgh, UK; Nottingham, UK; Birmingham, UK; Newcastle Upon Tyne, UK; Belfast, UK; Cardiff, UK;
  Norwich, UK
de 8.6 EUR: Berlin, Germany; Hamburg, Germany; Leipzig, Germany; Munich, Germany; Cologne, Germany;
  Frankfurt, Germany; Dresden, Germany
fr 4.2 EUR: Paris, France; Lyon, France; Toulouse, France; Marseille, France; Rennes, France; Nantes, France
au 3.9 AUD: Melbourne, Australia; Sydney, Australia; Brisbane, Australia; Perth, Australia;
  Adelaide, Australia
ca 3.6 CAD: Toronto, Ontario; Montréal, Québec; Vancouver, British Columbia; Winnipeg, Manitoba;
  Victoria, British Columbia; Hamilton, Ontario
jp 2.6 JPY: Tokyo, Japan; Osaka, Japan; Kyoto, Japan; Fukuoka, Japan; Sapporo, Japan
nl 2.3 EUR: Rotterdam, Netherlands; Amsterdam, Netherlands; Utrecht, Netherlands; The Hague, Netherlands
it 2 EUR: Milan, Italy; Rome, Italy; Bologna, Italy; Florence, Italy
es 1.9 EUR: Madrid, Spain; Barcelona, Spain; Valencia, Spain
be 1.4 EUR: Brussels, Belgium; Antwerp, Belgium; Ghent, Belgium
se 1.3 SEK: Stockholm, Sweden; Gothenburg, Sweden; Malmö, Sweden
ru 1.2 USD: Moscow, Russia; Saint Petersburg, Russia
ch 0.9 CHF: Lausanne, Switzerland; Geneva, Switzerland; Zürich, Switzerland
pl 0.8 PLN: Warsaw, Poland; Kraków, Poland
fi 0.7 EUR: Helsinki, Finland; Tampere, Finland
ie 0.6 EUR: Dublin, Ireland; Galway, Ireland
no 0.6 NOK: Oslo, Norway; Bergen, Norway; Tromsø, Norway
dk 0.6 DKK: Copenhagen, Denmark; Aarhus, Denmark
at 0.6 EUR: Vienna, Austria; Graz, Austria
gr 0.6 EUR: Athens, Greece; Thessaloniki, Greece
nz 0.5 NZD: Auckland, New Zealand; Wellington, New Zealand
pt 0.4 EUR: Lisbon, Portugal; Porto, Portugal
br 0.5 USD: São Paulo, Brazil; Rio de Janeiro, Brazil
mx 0.4 MXN: Mexico City, Mexico; Guadalajara, Mexico
kr 0.4 USD: Seoul, South Korea; Busan, South Korea
ar 0.4 USD: Buenos Aires, Argentina
ro 0.4 EUR: Bucharest, Romania
ua 0.3 USD: Kyiv, Ukraine
il 0.4 ILS: Tel Aviv, Israel
hu 0.3 HUF: Budapest, Hungary
cz 0.3 CZK: Prague, Czech Republic
tr 0.2 USD: İstanbul, Turkey
ge 0.1 USD: Tbilisi, Georgia
cl 0.2 USD: Santiago, Chile
co 0.2 USD: Bogotá, Colombia
pe 0.1 USD: Lima, Peru
za 0.2 USD: Cape Town, South Africa; Johannesburg, South Africa
cn 0.2 USD: Beijing, China; Shanghai, China
tw 0.1 USD: Taipei, Taiwan
hk 0.2 HKD: Hong Kong
sg 0.2 SGD: Singapore
th 0.1 USD: Bangkok, Thailand
in 0.2 USD: Mumbai, India; Delhi, India
eg 0.1 USD: Cairo, Egypt
lb 0.1 USD: Beirut, Lebanon
is 0.2 EUR: Reykjavík, Iceland
lt 0.1 EUR: Vilnius, Lithuania`;

export interface Home {
  country: string;
  share: number;
  currency: string;
  places: Place[];
}

/** Where artists live, what they are paid in, and how their pages name it. */
export const HOME_COUNTRIES: readonly Home[] = HOMES.trim()
  .replace(/\n {2}/g, ' ')
  .split('\n')
  .map(line => {
    const [, country = '', share, currency = '', cities = ''] =
      /^(\w\w) ([\d.]+) (\w+): (.+)$/.exec(line) ?? [];
    if (codeOf(country) === null) throw new Error(`no country: ${line}`);
    const places = cities
      .split('; ')
      .map(location => ({ country, location, tag: location.split(',')[0] ?? location }));
    return { country, share: Number(share), currency, places };
  });
