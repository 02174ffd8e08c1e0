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
  ag: 'antigua',
  ar: 'argentine republic',
  au: '호주|豪州|澳洲',
  ba: 'bosnia|bosnia & herz.|bosnia-herzegovina',
  bn: 'brunei darussalam',
  bq: 'bonaire, sint eustatius and saba|caribbean netherlands',
  bo: 'bolivia, plurinational state of',
  by: 'belorussia',
  ch: 'swiss confederation',
  cd:
    'congo, the democratic republic of the|democratic republic of the congo|' +
    'democratic republic of congo|drc|congo-kinshasa|zaire',
  cg: 'republic of the congo|congo-brazzaville',
  ci: 'ivory coast|cote divoire',
  cn: 'c2|prc|mainland china|people’s republic of china|中華人民共和国|中华人民共和国|中華人民共和國|КНР',
  cv: 'cape verde',
  cz: 'czech republic|czechia|bohemia',
  fk: 'falkland islands (malvinas)|malvinas|falklands',
  fo: 'faeroe islands',
  fr: 'french republic',
  er: 'state of eritrea',
  fm: 'micronesia, federated states of|federated states of micronesia',
  va: 'holy see (vatican city state)|vatican|holy see',
  vc: 'saint vincent|saint vincent and the grenadines',
  gb:
    'uk|u.k.|great britain|britain|england|scotland|wales|northern ireland|' +
    'united kingdom of great britain|united kingdom of great britain and northern ireland|Англия',
  ga: 'gabonese republic',
  gr: 'el|hellas|hellenic republic',
  gs: 'south georgia and the south sandwich islands',
  hk:
    'hong kong sar china|hong kong s.a.r.|hong kong sar|hong kong, china|香港|' +
    'hong kong special administrative region of china',
  hm: 'heard island and mcdonald islands',
  il: 'state of israel',
  it: 'italian republic',
  jo: 'hashemite kingdom of jordan',
  jp: '日本国',
  kg: 'kyrgyz republic',
  kw: 'state of kuwait',
  lb: 'lebanese republic',
  lu: 'grand duchy of luxembourg',
  ir: 'iran, islamic republic of|islamic republic of iran|persia',
  kr: '한국|韓國|大韓民國|republic of korea|korea, republic of|korea|south korea|korea south|s. korea|rok',
  kp:
    'korea, democratic people’s republic of|democratic people’s republic of korea|north korea|' +
    'korea, north|dprk|조선',
  la: 'lao people’s democratic republic|lao pdr',
  ly: 'libyan arab jamahiriya',
  md: 'republic of moldova|moldova, republic of',
  mk:
    'macedonia|the former yugoslav republic of macedonia|macedonia, the former yugoslav republic of|' +
    'republic of macedonia|fyrom|macedonia (fyrom)',
  mm: 'burma',
  mo:
    'macao|macau|macao sar china|macau sar china|macao sar|macau sar|macau, china|macao, china|澳門|澳门|' +
    'macao special administrative region of china',
  mx: 'united mexican states',
  nl: 'holland|the netherlands|nederland',
  ph: 'the philippines',
  ps:
    'palestinian territory|palestinian territory, occupied|palestinian territories|' +
    'state of palestine|occupied palestinian territory',
  pt: 'portuguese republic',
  qa: 'state of qatar',
  re: 'reunion island',
  rw: 'rwandese republic',
  ru: 'russian federation|russia|РФ',
  sa: 'السعودية|ksa',
  sx: 'sint maarten (dutch part)',
  sy: 'syrian arab republic',
  sz: 'swaziland',
  st: 'sao tome',
  tl: 'east timor',
  tc: 'turks & caicos',
  tg: 'togolese republic',
  tf: 'french southern and antarctic lands',
  tr: 'turkey|türkiye (turkey)',
  tt: 'trinidad',
  tw:
    'taiwan, province of china|taiwan, province of china (roc)|taiwan, republic of china|taiwan, china|' +
    'republic of china|chinese taipei|roc|中華民國|中华民国|臺灣',
  ve: 'venezuela, bolivarian republic of',
  tz: 'tanzania, united republic of|united republic of tanzania',
  vg: 'virgin islands, british|british virgin islands',
  us:
    'usa|u.s.|u.s.a.|the usa|the us|america|united states of america|the united states|states|murica|' +
    'США|ΗΠΑ|米国|アメリカ|Америка',
  um: 'united states minor outlying islands|us minor outlying islands|u.s. minor outlying islands',
  uy: 'eastern republic of uruguay',
  vi: 'virgin islands, u.s.|virgin islands of the united states',
  vn: 'viet nam|socialist republic of vietnam',
  bs: 'the bahamas',
  gm: 'the gambia',
  xk: 'republic of kosovo',
  ie: 'republic of ireland|eire|éire',
  nz: 'aotearoa',
  dk: 'danmark',
  mf: 'saint martin (french part)',
  ws: 'western samoa',
  sh: 'saint helena|saint helena, ascension and tristan da cunha',
  sk: 'slovak republic',
};

/**
 * Each language writes the names of its own and of other countries; English decides where two languages
 * collide.
 */
const LANGUAGES = (
  'en de fr es it pt nl sv nb da fi is pl cs sk hu ro hr sl lt lv et el ' +
  'tr ru uk bg sr ja ko zh zh-Hant ca eu cy ga ' +
  // Languages of other scripts, whose names cannot be words of English.
  'he ar fa ur hi bn ta th ka hy kk mk be mn ne zh-Hant-HK'
).split(' ');

const englishNames = new Intl.DisplayNames('en', { type: 'region' });

/** The English display name of a lower-case code; the code itself in capitals where it is none. */
export function countryName(code: string): string {
  const known = countryCodes.includes(code);
  return SHOWN[code] ?? (known ? englishNames.of(code.toUpperCase()) : undefined) ?? code.toUpperCase();
}

/** Whose names take an article in a sentence. */
const WITH_ARTICLE = new Set(
  'ae bs cc cd cf ck do fk fo gb gm hm im io km ky mh mp mv nl pf ph pn sb sc tc tf um us va vg vi'.split(
    ' ',
  ),
);

/** As it stands in a sentence: `the United States`, `Japan`. */
export const countryInText = (code: string): string =>
  `${WITH_ARTICLE.has(code) ? 'the ' : ''}${countryName(code)}`;

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

/** "Republic of", "Kingdom of the", "Socialist Federal Republic of" and the like before a country's name. */
const STYLED = new RegExp(
  '^(?:the )?(?:(?:federal|federative|democratic|socialist|islamic|arab|bolivarian|plurinational|united|' +
    'people s|co operative|independent|oriental) )*' +
    '(?:republic|kingdom|commonwealth|principality|sultanate|bailiwick|federation|state|union) of (?:the )?' +
    '(?:union of )?',
);
/** Georgia's is a state of the USA, and so are more: those that are countries have their own lines above. */
const isStateOf = (key: string): boolean => key.startsWith('state of ');

/** "Palestine, State of" → "state of palestine"; "Moldova (the Republic of)" → "the republic of moldova". */
function turned(text: string): string {
  const [, name = '', style = ''] = /^(.+?)\s*[,(]\s*([^,()]+?)\s*\)?$/.exec(text) ?? [];
  return spelling(`${style} ${name}`);
}

/** A name as constitutions and lists of standards write it. */
function officialCode(text: string): string | null {
  const names = spellings();
  for (const key of [spelling(text), turned(text)]) {
    const plain = key.replace(/^the | the$/g, '');
    const styled = isStateOf(plain) ? plain : plain.replace(STYLED, '');
    const code = names.get(key) ?? names.get(plain) ?? (styled.length > 3 ? names.get(styled) : undefined);
    if (code) return code;
  }
  return null;
}

/**
 * The lower-case code of whatever names a country (code, English or local name, official name, Bandcamp's
 * spelling), else null.
 */
export const codeOf = (text: string): string | null =>
  text.length > 100 ? null : (spellings().get(text) ?? spellings().get(spelling(text)) ?? officialCode(text));

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
