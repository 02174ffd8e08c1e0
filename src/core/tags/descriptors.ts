/**
 * Tags that describe a release without naming its music: moods, formats, prices, licences, years, makers,
 * instruments alone, occasions, subjects.
 */
import { foldMarks } from '../text.ts';
import { DESCRIPTOR_WORDS } from './descriptor-words.ts';
import { spell } from './genres.ts';

/** Without the signs and accents that people put or leave out at will. */
const compact = (text: string): string => foldMarks(text).replace(/[\s/&+.'!\p{Pd}]/gu, '');

const words = new Set(DESCRIPTOR_WORDS.map(word => compact(spell(word))));
words.delete('');

/** Whether the tag is one of the listed words, however it is spelt. */
export const isDescriptorWord = (raw: string): boolean => words.has(compact(spell(raw)));

/** A rule of parts, each of which can stand for several words: spaces of the pattern are for reading. */
const rule = (...parts: string[]): RegExp => new RegExp(parts.join('').replaceAll(' ', ''));
/** The words as alternatives, each in the singular or with an "s". */
const anyOf = (list: string): string => `(?:${list.replaceAll(' ', 's?|').replaceAll('_', '\\s')}s?)`;

const YEAR = String.raw`(?:19|20)\d\d`;
const DECADE = String.raw`(?:19|20)?\d0'?s`;
const NUMBER = String.raw`\d+(?:[.,]\d+)?`;
const COIN = '(?:[$€£¥]|usd|eur|euros?|dollars?|bucks|cents?|yen|pounds?)';
const UNIT = `(?:bpm|k?hz|kbps|bits?|mins?|minutes?|hours?|inch|inches|in|cm|lp|cds?|edo|tet|''|["”″])`;
const GIFTS =
  'download d/?l music beat album ep single song track mp3 wav release use mixtape instrumental sample ' +
  'sample_pack loop gift shipping';
const RELEASES = 'album ep lp single mixtape demo compilation cassette vinyl remixe remix reissue';
const PARTS = 'loop sample preset cover chart playlist tribute vocal vocalist voice singer lyric';
const MAKERS =
  'guitarist drummer pianist producer composer artist musician band group duo trio quartet quintet ' +
  'ensemble label netlabel';

/** Of the key: lower case, single spaces, "&" for "and". */
const RULES: readonly RegExp[] = [
  // Years and decades: "2020", "1990-1995", "late 80s", "the 1990's", "80er", "años 80", "80s vibes".
  rule(`^ ${YEAR} (?:[\\s/&]+ (?:19|20)? \\d\\d)? $`),
  rule(`^ (?:(?:the|early|late|mid)\\s)* ${DECADE} (?:[\\s/&]+ ${DECADE})? $`),
  rule(String.raw`^ (?:annees|années|años|anos|anni|lata|jaren|годы) \s '? (?:19)? \d0 $`),
  rule(String.raw`^ (?:19)? \d0 (?:e|年代|er|er \s jahre|'? ler) $`),
  rule(`^ ${DECADE} \\s ${anyOf('music vibe style sound inspired influenced nostalgia throwback hit')} $`),
  rule(`^ ${YEAR} \\s ${anyOf('music tour')} $ | ^ (?:best|album|music) \\s of \\s ${YEAR} $`),
  // Numbers alone and prices.
  rule(String.raw`^ \d{1,4} $`),
  rule(String.raw`^ [$€£¥] \s? ${NUMBER} $ | ^ ${NUMBER} \s? ${COIN} $`),
  // Speeds, rates, tunings, sizes: "140 bpm", "24 bit/96 khz", "432hz", "7 inch vinyl", '12"', "c60".
  rule(
    String.raw`^ (?:${NUMBER} (?:[\s/&]+ ${NUMBER})* \s? ${UNIT} (?:[\s/]|$))+ (?:single|record|audio)? $`,
  ),
  rule(String.raw`^ c \s? (?:10|15|20|30|40|45|46|50|60|70|80|90) $`),
  // Prices and licences: "free download", "royalty free beats", "no copyright music".
  rule(`^ (?:for\\s)? free \\s (?:${anyOf(GIFTS)} | type\\s.*) $`),
  rule(String.raw`(?:^|\s) (?:royalty|copyright) \s free (?:\s|$) | ^ (?:no|non) \s copyright \s`),
  rule(String.raw`^ creative \s commons \s | ^ cc \s by \s`),
  rule(String.raw`\s (?:downloads? | for \s (?:sale|lease|free|charity) | type \s beats?) $`),
  // How it feels and what it is like, which names no music: "indian vibes", "beatles inspired".
  rule(`\\s ${anyOf('vibe mood feel feeling aesthetic inspired influenced influence fronted')} $`),
  rule(String.raw`^ (?:fe)? male \s fronted \s`),
  rule(String.raw`^ (?:music|sounds?|songs?|beats) \s (?:for|to|about|by|from|of) \s`),
  rule(String.raw`^ (?:recorded|made|produced|mixed|mastered) \s (?:in|at|on|by|with|live) \s`),
  // Abstract nouns and adjectives: hardly any music is called so, and what is, is known before.
  rule(`^ [a-z]{3,} (?:ness|ity|ship|hood|able|ology|ography|ful|ous|tion|sion|ment|ical|ism) $`),
  // What stands before is music ("rock album"), yet the whole is a release, a part or somebody.
  rule(`\\S \\s ${anyOf(`${RELEASES} ${PARTS} ${MAKERS}`)} $`),
];

/** Music in spite of its words, as "fire music" is free jazz. */
const MUSIC = new Set(
  (
    'library music, space music, computer music, art music, light music, beach music, mountain music, ' +
    'organ music, body music, fire music, cosmic music, process music, string music, drum music, ' +
    'brass band, string band, jug band, marching band, steel band, big band, jam band, dance band, ' +
    'string quartet, art song, art songs, parlour songs, slow jam, slow jams, deep listening, ' +
    'beat group, jazz trio, jazz quartet, jazz quintet, piano trio, ambient tapes, folk songs, ' +
    'work songs, torch songs, murder ballads, drinking songs, drum circle, dark magic, no input, ' +
    'live coding, new music, black midi, spoken voice'
  )
    .split(', ')
    .map(compact),
);

/** Nouns behind a descriptor: "sad songs", "relaxing music", "yoga beats". */
const NOUN = /^(.+) (?:music|songs?|beats?|sounds?|tunes?|tracks?|instrumentals?|stuff|things)$/;

/** How labels are called, whatever words stand before. */
const LABEL = /\s(?:records|recordings|recs|tapes|discs|discos|disques|productions|editions)$/;

/** Every word is a descriptor: "dark moody", "limited edition vinyl". */
const isMadeOfWords = (key: string): boolean => {
  if (LABEL.test(key)) return false;
  const parts = key.split(/[ /&,+]+/).filter(Boolean);
  return parts.length > 1 && parts.length < 6 && parts.every(part => words.has(compact(part)));
};

/**
 * Whether a tag, given by its key (see `tagKey`), is no more than a description. Genres and known styles are
 * to be told before: "new wave" is made of two such words.
 */
export function isDescriptor(key: string): boolean {
  const form = compact(key);
  if (words.has(form)) return true;
  if (MUSIC.has(form)) return false;
  if (RULES.some(rule => rule.test(key)) || isMadeOfWords(key)) return true;
  const stem = NOUN.exec(key)?.[1];
  return stem !== undefined && (words.has(compact(stem)) || isMadeOfWords(stem));
}
