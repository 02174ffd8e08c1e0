/**
 * Names and titles out of our own syllables and words, in many scripts: nobody real, and everything a
 * careless face breaks on.
 */
import type { Random } from './random.ts';

const split = (text: string): string[] => text.trim().split(/\s+/);

/** Syllables by script, and what joins them to words. */
const SCRIPTS = {
  latin: split(`
      va lor mi ten dra sol que ni bel ka ro fen tis mar ul ze no ri cas tha lu vi or den sy lan por ge min
      ar tu bri os ha lem ny ta cor ell is mo ra ved wen jo pas fi gri do nell sta ori pel ki so vra im ash
      ton ley`),
  accented: split('mé lå søn gü rø ñá fö šar çe ží ðor łu år né bô ěv õt ği ūn ír ćan ă'),
  japanese: split(
    '夜 音 森 花 雨 月 海 電 風 星 白 黒 青 林 町 波 夢 石 光 影 ノ の サ カ リ ユ ミ ト ロ ネ ソラ キリ モリ',
  ),
  korean: split('달 별 바람 나무 소리 하늘 새벽 물결 모래 구름 빛 여름 안개 숲 파도 정 은 하 서 윤'),
  chinese: split('山 水 雲 龍 風 鐵 南 北 青 夜 城 河 鳥 銀 河 聲 燈 月 草 夢'),
  cyrillic: split('во да ни ле са ро ми ту ве гор лун све зи ка по ле бе рег се вер ды мо сть ка ра нов ый'),
  greek: split('θά λα σσα νύ χτα φω νή με λω δί α ρο δο κή πος λί μνη α στέ ρι κύ μα'),
  arabic: split('نور ليل قمر بحر صوت ريح شمس رمل باب ورد سلام غيم'),
  hebrew: split('לילה ים אור רוח שיר אבן כוכב גשם דרך'),
  thai: split('ฟ้า ลม ดาว ฝน ทะเล เสียง แสง ป่า คืน จันทร์'),
  devanagari: split('चाँद रात नदी सुर ताल धूप आकाश लहर बादल'),
  georgian: split('მთა ზღ ვა მზე ღა მე ქა რი ხმა'),
} as const;

type Script = keyof typeof SCRIPTS;

/** The script of a country's own artists, and how many of them write their name in it. */
const OWN_SCRIPT: Readonly<Record<string, readonly [Script, number]>> = {
  jp: ['japanese', 0.45],
  kr: ['korean', 0.4],
  cn: ['chinese', 0.5],
  tw: ['chinese', 0.5],
  hk: ['chinese', 0.3],
  ru: ['cyrillic', 0.4],
  ua: ['cyrillic', 0.35],
  gr: ['greek', 0.25],
  il: ['hebrew', 0.3],
  th: ['thai', 0.4],
  eg: ['arabic', 0.4],
  lb: ['arabic', 0.3],
  in: ['devanagari', 0.2],
  ge: ['georgian', 0.3],
};

/** Scripts that put no space between words. */
const SOLID = new Set<Script>(['japanese', 'chinese']);

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function word(random: Random, script: Script): string {
  if (script === 'arabic' || script === 'hebrew' || script === 'thai' || script === 'devanagari')
    return random.pick(SCRIPTS[script]);
  const syllables = SCRIPTS[script];
  let text = '';
  for (let left = 2 + random.below(2); left > 0; left -= 1) text += random.pick(syllables);
  if (script === 'latin' && random.chance(0.12)) text += random.pick(SCRIPTS.accented);
  return script === 'latin' || script === 'cyrillic' || script === 'greek' ? capital(text) : text;
}

function words(random: Random, script: Script, count: number): string {
  let text = word(random, script);
  for (let more = 1; more < count; more += 1) text += (SOLID.has(script) ? '' : ' ') + word(random, script);
  return text;
}

/** Shapes of band names; `%` is the name itself. */
const SHAPES = split(
  `% % % % % % % % % % % % % % % % % % % % % % % % DJ_% The_%s %_Trio %_& % %_Collective MC_% %_Ensemble
  %_系 %_🌀 %.wav`,
).map(shape => shape.replaceAll('_', ' '));

/** Full-width letters, as some write their Latin names. */
const wide = (text: string): string =>
  text.replace(/[A-Za-z]/g, letter => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0));

/** A name of an artist from that country. Homonyms are possible, as in life. */
export function artistName(random: Random, country: string): string {
  const [script, share] = OWN_SCRIPT[country] ?? ['latin', 1];
  const own: Script = random.chance(share) ? script : 'latin';
  const name = words(random, own, random.chance(0.15) ? 1 : 2);
  if (own !== 'latin') return name;
  const shaped = random.pick(SHAPES).replace('%', name);
  const oddity = random.next();
  if (oddity < 0.004) return wide(shaped);
  // Zero-width and combining marks, doubled spaces, as real names hold them.
  if (oddity < 0.008) return `${shaped.slice(0, 3)}\u200b${shaped.slice(3)}`;
  if (oddity < 0.012) return shaped.replace('a', 'a\u0308');
  if (oddity < 0.016) return shaped.replace(' ', '  ');
  if (oddity < 0.05) return shaped.toUpperCase();
  return oddity < 0.08 ? shaped.toLowerCase() : shaped;
}

/** A name of three words, which no other artist has: for those in whom truth is planted. */
export const plantedName = (random: Random): string => words(random, 'latin', 3);

const LABEL_KINDS = split('Records Recordings Tapes Discos Editions Music Sounds Archive Platten Disques');

export const labelName = (random: Random): string =>
  `${words(random, 'latin', 1)} ${random.pick(LABEL_KINDS)}`;

const ADJECTIVES = split(`
  night slow broken golden silent northern hollow electric distant second paper soft last burning hidden
  early concrete blue infinite wooden quiet red low lunar salt open strange plastic winter summer empty warm
`).map(capital);
const NOUNS = split(`
  bus garden signal river machine house mirror letters harbour dust season ritual dancer window static tower
  sleep engine field orbit memory bloom fever coast maps theory ghost light friends water hours bones glass
`).map(capital);
/** `%a` an adjective, `%n` a noun, `%w` a word of nobody's language, `%d` a number. */
const FORMS = split(
  '%a_%n %a_%n %a_%n %n %n_of_%n The_%a_%n %n_&_%n %n_(Live) %a_%n_EP %n,_Vol._%d %n_(feat._%w) %w %n_%d %a',
).map(form => form.replaceAll('_', ' ').split(/(%[andw])/));

/** A title in the artist's script now and then, else in plain English words. */
export function title(random: Random, country: string): string {
  const [script, share] = OWN_SCRIPT[country] ?? ['latin', 0];
  if (random.chance(share / 2)) return words(random, script, 1 + random.below(2));
  let text = '';
  for (const part of random.pick(FORMS)) {
    if (part === '%a') text += random.pick(ADJECTIVES);
    else if (part === '%n') text += random.pick(NOUNS);
    else if (part === '%d') text += 1 + random.below(12);
    else text += part === '%w' ? words(random, 'latin', 1) : part;
  }
  return text;
}

/** The part of an address that Bandcamp makes of a title: ASCII, small letters, hyphens; may be empty. */
export const slug = (text: string): string =>
  (/^[ -~]*$/.test(text) ? text : text.normalize('NFD').replace(/\p{Mn}/gu, ''))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
