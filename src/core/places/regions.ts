/** States, provinces and nations that pages name behind a city, and the country that each lies in. */
import { placeKey } from './places.ts';

export interface Region {
  /** Its name's `placeKey`. */
  key: string;
  name: string;
  /** Lower-case code of the country. */
  country: string;
}

/** `Name code, …` of each country; the codes are those of postal addresses. */
const REGIONS: Record<string, string> = {
  us: `Alabama AL, Alaska AK, Arizona AZ, Arkansas AR, California CA, Colorado CO, Connecticut CT,
    Delaware DE, Florida FL, Georgia GA, Hawaii HI, Idaho ID, Illinois IL, Indiana IN, Iowa IA, Kansas
    KS, Kentucky KY, Louisiana LA, Maine ME, Maryland MD, Massachusetts MA, Michigan MI, Minnesota MN,
    Mississippi MS, Missouri MO, Montana MT, Nebraska NE, Nevada NV, New Hampshire NH, New Jersey NJ,
    New Mexico NM, New York NY, North Carolina NC, North Dakota ND, Ohio OH, Oklahoma OK, Oregon OR,
    Pennsylvania PA, Rhode Island RI, South Carolina SC, South Dakota SD, Tennessee TN, Texas TX, Utah
    UT, Vermont VT, Virginia VA, Washington WA, West Virginia WV, Wisconsin WI, Wyoming WY, Washington
    D.C. DC`,
  ca: `Alberta AB, British Columbia BC, Manitoba MB, New Brunswick NB, Newfoundland and Labrador NL,
    Nova Scotia NS, Northwest Territories NT, Nunavut NU, Ontario ON, Prince Edward Island PE, Quebec
    QC, Saskatchewan SK, Yukon YT`,
  au: `New South Wales NSW, Queensland QLD, South Australia SA, Tasmania TAS, Victoria VIC, Western
    Australia WA, Northern Territory NT, Australian Capital Territory ACT`,
  gb: 'England ENG, Scotland SCT, Wales WLS, Northern Ireland NIR',
};

const byName = new Map<string, Region[]>();
const byCode = new Map<string, Region[]>();
for (const [country, listed] of Object.entries(REGIONS))
  for (const one of listed.split(',')) {
    const [, name = '', code = ''] = /^(.+) ([A-Z]+)$/.exec(one.replace(/\s+/g, ' ').trim()) ?? [];
    const region = { key: placeKey(name), name, country };
    byName.set(region.key, [...(byName.get(region.key) ?? []), region]);
    byCode.set(code.toLowerCase(), [...(byCode.get(code.toLowerCase()) ?? []), region]);
  }

/** The region of a name or a code ("Ontario", "ON", "D.C."), in that country where one is known. */
export function regionOf(text: string, country: string | null = null): Region | null {
  const key = placeKey(text);
  const found = [...(byName.get(key) ?? []), ...(byCode.get(key) ?? [])];
  return (country === null ? found[0] : found.find(region => region.country === country)) ?? null;
}
