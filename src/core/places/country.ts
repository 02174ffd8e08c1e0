/** Countries: ISO 3166-1 alpha-2 codes, their English names, and every way people and Bandcamp write them. */
import { UserError } from '../errors.ts';
import { foldMarks } from '../text.ts';

/**
 * ISO 3166-1 alpha-2, officially assigned, and `xk` (Kosovo), which the EU, the IMF and payment services use.
 */
export const countryCodes: readonly string[] = `
  ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv bw
  by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et fi
  fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in
  io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me
  mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf
  pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st sv
  sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug um us uy uz va vc ve vg vi vn vu wf ws xk
  ye yt za zm zw`
  .trim()
  .split(/\s+/);

/** Where the CLDR's English name is not what a chart should say. */
const SHOWN: Record<string, string> = {
  ba: 'Bosnia and Herzegovina',
  cd: 'DR Congo',
  cg: 'Congo',
  ci: 'Côte d’Ivoire',
  hk: 'Hong Kong',
  mm: 'Myanmar',
  mo: 'Macau',
  ps: 'Palestine',
  tr: 'Türkiye',
};

/** Bandcamp's (older ISO and PayPal) spellings, then what people say; `c2` is PayPal's code for China. */
const ALIASES: Record<string, string> = {
  ae: 'uae|emirates',
  ba: 'bosnia',
  bn: 'brunei darussalam',
  bo: 'bolivia, plurinational state of',
  by: 'belorussia',
  cd: 'congo, the democratic republic of the|democratic republic of the congo|drc|congo-kinshasa|zaire',
  cg: 'republic of the congo|congo-brazzaville',
  ci: 'ivory coast|cote divoire',
  cn: 'c2|prc|mainland china',
  cv: 'cape verde',
  cz: 'czech republic|czechia|bohemia',
  fk: 'falkland islands (malvinas)|malvinas',
  fm: 'micronesia, federated states of|federated states of micronesia',
  va: 'holy see (vatican city state)|vatican',
  gb:
    'uk|u.k.|great britain|britain|england|scotland|wales|northern ireland|' +
    'united kingdom of great britain',
  gr: 'el|hellas',
  hk: 'hong kong sar china|hong kong s.a.r.',
  ir: 'iran, islamic republic of|islamic republic of iran|persia',
  kr: '한국|republic of korea|korea, republic of|korea|south korea|korea south|s. korea|rok',
  kp: 'korea, democratic people’s republic of|democratic people’s republic of korea|north korea|dprk',
  la: 'lao people’s democratic republic|lao pdr',
  ly: 'libyan arab jamahiriya',
  md: 'republic of moldova|moldova, republic of',
  mk:
    'macedonia|the former yugoslav republic of macedonia|macedonia, the former yugoslav republic of|' +
    'republic of macedonia',
  mm: 'burma',
  mo: 'macao|macau|macao sar china|macau sar china',
  nl: 'holland|the netherlands|nederland',
  ph: 'the philippines',
  ps:
    'palestinian territory|palestinian territory, occupied|palestinian territories|' +
    'state of palestine|occupied palestinian territory',
  re: 'reunion island',
  ru: 'russian federation|russia',
  sy: 'syrian arab republic',
  sz: 'swaziland',
  st: 'sao tome',
  tl: 'east timor',
  tr: 'turkey',
  tw: 'taiwan, province of china|taiwan, province of china (roc)|roc',
  ve: 'venezuela, bolivarian republic of',
  tz: 'tanzania, united republic of|united republic of tanzania',
  vg: 'virgin islands, british|british virgin islands',
  us: 'usa|u.s.|u.s.a.|the usa|the us|america|united states of america|the united states|states|murica',
  vi: 'virgin islands, u.s.',
  vn: 'viet nam|socialist republic of vietnam',
  bs: 'the bahamas',
  gm: 'the gambia',
  xk: 'republic of kosovo',
  ie: 'republic of ireland|eire|éire',
  nz: 'aotearoa',
  dk: 'danmark',
  sh: 'saint helena',
  sk: 'slovak republic',
};

/**
 * Each language writes the names of its own and of other countries; English decides where two languages
 * collide.
 */
const LANGUAGES = (
  'en de fr es it pt nl sv nb da fi is pl cs sk hu ro hr sl lt lv et el ' +
  'tr ru uk bg sr ja ko zh zh-Hant ca eu cy ga'
).split(' ');

const englishNames = new Intl.DisplayNames('en', { type: 'region' });

/** The English display name of a lower-case code; the code itself in capitals where it is none. */
export function countryName(code: string): string {
  const known = countryCodes.includes(code);
  return SHOWN[code] ?? (known ? englishNames.of(code.toUpperCase()) : undefined) ?? code.toUpperCase();
}

/**
 * "St. Barthélemy", "Saint Barthelemy", "Bosnia & Herzegovina", "bosnia and herzegovina": one spelling for
 * each.
 */
const spelling = (text: string): string =>
  foldMarks(text)
    .replace(/[’'`.,()-]/g, ' ')
    .replace(/\bst\b/g, 'saint')
    .replace(/&/g, ' and ')
    .replace(/\s+/g, ' ')
    .trim();

let index: Map<string, string> | undefined;

/** Built at the first use, in some 20 ms: names in many languages are not needed by every process. */
function spellings(): Map<string, string> {
  if (index) return index;
  const found = new Map<string, string>();
  const add = (text: string, code: string) => {
    const key = spelling(text);
    if (key && !found.has(key)) found.set(key, code);
  };
  for (const code of countryCodes) add(code, code);
  for (const code of countryCodes) add(countryName(code), code);
  for (const [code, texts] of Object.entries(ALIASES)) for (const text of texts.split('|')) add(text, code);
  for (const language of LANGUAGES) {
    const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
    for (const code of countryCodes) add(names.of(code.toUpperCase()) ?? '', code);
  }
  index = found;
  return found;
}

/**
 * The lower-case code of whatever names a country (code, English or local name, Bandcamp's spelling), else
 * null.
 */
export const codeOf = (text: string): string | null =>
  text.length > 100 ? null : (spellings().get(text) ?? spellings().get(spelling(text)) ?? null);

/**
 * As `codeOf`, for what a person typed.
 * @throws UserError
 */
export function parseCountry(text: string): string {
  const code = codeOf(text);
  if (code) return code;
  throw new UserError(
    `"${text.slice(0, 40)}" is not a country.`,
    'Use a name or a two-letter code, such as Germany, Deutschland or de.',
  );
}

/**
 * Codes that are words of an English (or our commands') sentence: "sales in my country" names no India and no
 * Malaysia.
 */
const WORDS = new Set(
  (
    'ad ai am as at be by do et id il im in io is it la lt me mc md ms mr my no of pa ps re so ' +
    'to tv us va vs'
  ).split(' '),
);

/**
 * Whether a word of free text is meant as a country: as `codeOf`, but not for small words unless they are in
 * capitals ("US").
 */
export const looksLikeCountry = (word: string): boolean =>
  codeOf(word) !== null && (!WORDS.has(word.toLowerCase()) || /^[A-Z]{2}$/.test(word));
