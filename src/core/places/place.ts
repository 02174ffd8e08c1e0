/** Where music comes from: a page's place as city, region and country, and what a person asks for. */
import { UserError } from '../errors.ts';
import { codeOf, countryInText, countryName } from './country.ts';
import { placeKey } from './places.ts';
import { regionOf } from './regions.ts';

/** Keys of city and region (see `placeKey`), a lower-case country code; null where it says nothing of it. */
export interface Place {
  city: string | null;
  region: string | null;
  country: string | null;
}

/** One city under several names, first the one that stands for all. */
const SAME_CITY = `
cologne köln, munich münchen, vienna wien, prague praha, warsaw warszawa, milan milano, rome roma, turin
torino, naples napoli, florence firenze, genoa genova, venice venezia, padua padova, lisbon lisboa,
seville sevilla, hague den-haag 's-gravenhage, brussels bruxelles brussel brüssel, antwerp antwerpen
anvers, ghent gent gand, bruges brugge, liege luik lüttich, geneva genève genf, zurich zürich, basel
bâle, lucerne luzern, gothenburg göteborg, copenhagen københavn kopenhagen, aarhus århus, helsinki
helsingfors, turku åbo, moscow moskva москва, saint-petersburg санкт-петербург st-petersburg, kyiv kiev
киев київ, lviv львів lvov, kharkiv харків kharkov, odesa odessa одеса, minsk минск мінск, belgrade
beograd београд, sofia софия, bucharest bucurești, krakow cracow kraków, wroclaw breslau, gdansk danzig,
athens αθήνα, thessaloniki θεσσαλονίκη, nuremberg nürnberg, hanover hannover, frankfurt
frankfurt-am-main, dusseldorf düsseldorf duesseldorf, newcastle newcastle-upon-tyne, new-york
new-york-city nyc, los-angeles l.a. la, san-francisco sf, philadelphia philly, new-orleans nola,
mexico-city cdmx ciudad-de-méxico méxico-df, sao-paulo são-paulo, rio-de-janeiro rio, santiago
santiago-de-chile, tel-aviv tel-aviv-yafo תל-אביב, jerusalem ירושלים, istanbul i̇stanbul, cairo القاهرة,
beirut بيروت, tokyo tokio 東京, osaka 大阪, kyoto 京都, sapporo 札幌, fukuoka 福岡, nagoya 名古屋, yokohama 横浜, kobe
神戸, sendai 仙台, hiroshima 広島, beijing peking 北京, shanghai 上海, guangzhou canton 広州, chengdu 成都, taipei 台北,
kaohsiung 高雄, seoul 서울, busan 부산, incheon 인천, daegu 대구, mumbai bombay, kolkata calcutta, bengaluru
bangalore, chennai madras, ho-chi-minh-city saigon, bangkok กรุงเทพ, novosibirsk новосибирск,
yekaterinburg екатеринбург, kazan казань, montreal montréal, quebec-city ville-de-québec, cluj-napoca
cluj, bilbao bilbo, san-sebastian donostia`;

const sameCity = new Map<string, string>();
for (const names of SAME_CITY.split(',')) {
  const [first = '', ...others] = names
    .trim()
    .split(/\s+/)
    .map(name => placeKey(name));
  for (const other of others) sameCity.set(other, first);
}

/** Georgia is a country where the city is one of these, else a state: pages write both behind a comma. */
const GEORGIAN_CITIES = new Set(['tbilisi', 'batumi', 'kutaisi', 'rustavi', 'gori', 'poti', 'zugdidi']);

/** "Newcastle upon Tyne", "St. Louis", "St Louis": one spelling. */
function cityKey(text: string): string {
  const key = placeKey(text).replace(/^st /, 'saint ');
  // "東京都", "横浜市".
  return sameCity.get(key) ?? sameCity.get(key.replace(/[都府県市]$/, '')) ?? key;
}

/** Pages of the United Kingdom name it behind the city, and seldom the nation, which people ask for. */
const NATIONS = Object.entries({
  scotland: `glasgow edinburgh aberdeen dundee inverness stirling paisley falkirk kilmarnock dunfermline
    saint-andrews galashiels oban shetland orkney isle-of-skye`,
  wales: 'cardiff swansea newport wrexham aberystwyth caernarfon llandudno carmarthen merthyr-tydfil barry',
  'northern ireland': 'belfast derry londonderry lisburn newry armagh omagh ballymena',
  england: `london manchester bristol leeds brighton birmingham liverpool sheffield nottingham newcastle
    norwich oxford cambridge leicester southampton portsmouth bournemouth plymouth exeter york hull
    bradford coventry reading bath derby stoke-on-trent wolverhampton sunderland salford lancaster
    preston blackpool huddersfield hebden-bridge todmorden margate canterbury hastings falmouth truro
    ipswich colchester lincoln northampton milton-keynes cheltenham gloucester worcester durham
    middlesbrough stockport`,
}).flatMap(([nation, cities]) => cities.split(/\s+/).map(city => [placeKey(city), nation] as const));
const nationOf = new Map(NATIONS);

const isNation = (text: string): boolean => regionOf(text, 'gb') !== null && placeKey(text).length > 3;

/** Codes of two letters are states behind a city; "UK" and "USA" are countries. */
function countryOf(text: string): string | null {
  const key = placeKey(text);
  if (isNation(text)) return null;
  if (key === 'uk') return 'gb';
  if (key === 'us') return 'us';
  return key.length > 2 || !/^[a-z]*$/.test(key) ? codeOf(text) : null;
}

/**
 * `Brooklyn, New York` → city brooklyn, region new york, country us; `Glasgow, UK`, `Austin, TX, USA`,
 * `Adelaide SA, Australia`, `Scotland`, `日本`. A text that names nothing known is a city.
 */
export function placeOf(text: string): Place {
  const parts = text
    .split(/[,/]/)
    .map(part => part.trim())
    .filter(part => placeKey(part) !== '');
  const [first] = parts;
  if (first === undefined) return { city: null, region: null, country: null };
  const last = parts.at(-1) as string;
  const isState = placeKey(last) === 'georgia' && parts.length > 1 && !GEORGIAN_CITIES.has(placeKey(first));
  let country = isState ? null : countryOf(last);
  if (country) parts.pop();
  const behind = parts.at(-1);
  const region =
    behind !== undefined && (parts.length > 1 || !isCityAlone(behind, country))
      ? regionOf(behind, country)
      : null;
  if (region) {
    parts.pop();
    country = region.country;
  }
  // The district is its city.
  if (parts.length === 0 && region?.key === DISTRICT)
    return { city: 'washington', region: DISTRICT, country };
  if (parts.length === 0) return { city: null, region: region?.key ?? null, country };
  if (parts.length === 1 && country && isCodeAlone(parts[0] as string))
    return { city: null, region: region?.key ?? null, country };
  const inCity = region ? null : stateBehind(parts[0] as string, country);
  if (inCity) return { city: cityKey(inCity.city), region: inCity.region, country };
  const city = cityKey(parts[0] as string);
  const other = parts.length > 1 ? placeKey(parts.at(-1) as string) : null;
  const nation = country === 'gb' ? (nationOf.get(city) ?? null) : null;
  return { city, region: region?.key ?? nation ?? other, country };
}

/** Washington's, which is no state. */
const DISTRICT = 'washington dc';

/** Beside its country a code is no state ("LA" is a city), and names that are cities first are cities. */
const isCityAlone = (text: string, country: string | null): boolean =>
  placeKey(text).length < 4 || (country !== null && ['new york', 'washington'].includes(placeKey(text)));

/** "PV, Spain": two capitals are the code of a region, unless a city is known by them. */
const isCodeAlone = (text: string): boolean => /^[A-Z]{2}$/.test(text) && !sameCity.has(placeKey(text));

/** "Adelaide SA" in Australia. */
function stateBehind(text: string, country: string | null): { city: string; region: string } | null {
  const [, city, code] = /^(.+) ([a-z]{2,3})$/i.exec(text) ?? [];
  const region = city && code && country ? regionOf(code, country) : null;
  return city && region ? { city, region: region.key } : null;
}

/**
 * What somebody asks for as a place music comes from, in the form that asks the same again: a country's code,
 * else the words in lower case.
 * @throws UserError
 */
export function parsePlace(raw: string): string {
  const text = raw.replace(/\s+/g, ' ').trim();
  // "LA" is hardly ever Laos.
  const short = placeKey(text).length < 4 ? sameCity.get(placeKey(text)) : undefined;
  const code = short || isNation(text) ? null : codeOf(text);
  if (code) return code;
  if (placeKey(text) === '' || text.length > 80)
    throw new UserError(
      `"${text.slice(0, 40)}" is not a place.`,
      'Use a city, a state or a country, such as Glasgow, Oregon or Japan.',
    );
  return short ?? text.toLowerCase().replaceAll('i\u0307', 'i');
}

/** Names of regions that are cities in other countries: Victoria in British Columbia. */
const CITY_ELSEWHERE = new Set(['victoria']);

/** The place that a parameter's value (see `parsePlace`) means. */
export function askedPlace(value: string): Place {
  if (/^[a-z]{2}$/.test(value) && codeOf(value) === value)
    return { city: null, region: null, country: value };
  const key = placeKey(value);
  // A state of one country, and a city of another: either is looked for.
  if (CITY_ELSEWHERE.has(key)) return { city: key, region: null, country: null };
  return placeOf(value);
}

/** `Glasgow`, `Portland, Oregon`, `the United Kingdom`: a parameter's value as a sentence has it. */
export function placeName(value: string): string {
  const place = askedPlace(value);
  if (place.country && !place.city && !place.region) return countryInText(place.country);
  return value
    .split(',')
    .map(part => {
      const text = part.trim();
      const country = countryOf(text);
      if (country) return countryName(country);
      if (text.length < 3) return text.toUpperCase();
      const capital = text.replace(/(?<![\p{L}\p{M}'’])\p{L}/gu, letter => letter.toUpperCase());
      return capital.replace(/ (?:nsw|qld|vic|tas|sa|wa|act)$/i, code => code.toUpperCase());
    })
    .join(', ');
}
