/**
 * What was published about Bandcamp's sales, each figure with its source: what the simulation is made from
 * and checked against.
 */
import { countryCodes, countryName } from '../core/places/country.ts';

/**
 * [M] One million consecutive sales, 2020-09-09T22:00Z to 2020-10-02T14:00Z: Components, "The Chaos Bazaar",
 * and public analyses of the same rows. Counts are rows out of that million.
 */
export const MILLION = {
  rows: 1_000_000,
  from: '2020-09-09T22:00:00Z',
  until: '2020-10-02T14:00:00Z',
  meanPaidUsd: 8.93,
  album: 481_584,
  track: 271_015,
  physical: 235_817,
  discography: 11_584,
  /** Physical rows whose page is of merch, not of an album. */
  merchPage: 47_992,
  usdRows: 455_569,
  distinctArtists: 159_746,
  distinctPages: 374_473,
  distinctCountries: 186,
  distinctCurrencies: 18,
  addlRows: 21_742,
  addlUnits: 31_790,
  overpaidShown: 119_133,
  withPackageImage: 232_708,
  withAlbumTitle: 356_457,
  withTrackAlbumSlug: 2_237,
  withoutArtId: 235_480,
  emptyTitles: 23,
  emptyArtists: 10,
  /** By the artist's name. */
  variousArtists: 10_931,
  priceUsd: { mean: 7.951, std: 10.511, p25: 1.288, p50: 5.07, p75: 10, max: 1000 },
  media: { vinyl: 99_367, cd: 46_480, bundle: 42_843, other: 24_649, tape: 22_478 },
  /** Rows of discographies by their number of releases. */
  discographyOf: { 3: 1203, 4: 1094, 5: 939, 6: 768 },
} as const;

/** [M] Share of rows that paid less than the price, by a discount. */
export const DISCOUNTED = 0.07;

/** Read off a chart of [M] (±2%): rows by hour of the day (UTC), over all its days. */
const HOUR_ROWS = [
  33083, 31938, 29647, 26703, 27030, 23922, 24740, 40445, 38973, 41754, 44862, 45516, 52715, 59913, 48298,
  51733, 50915, 51079, 50424, 50752, 48298, 44535, 40772, 35210,
];

/**
 * Read off a chart of [M] (±2%): rows of its whole ordinary days, from Thursday 2020-09-10 on; Bandcamp
 * Friday is the day after.
 */
const DAY_ROWS = [
  41129, 49839, 43548, 33387, 34355, 37258, 38226, 41613, 54194, 41613, 34355, 33387, 38226, 38226, 39677,
  59032, 45968, 34839, 36290, 36290, 38226, 45000,
];

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;

/** Ordinary rows by weekday over their mean; Sunday first. 2020-09-10 was a Thursday. */
export const WEEKDAYS: readonly number[] = Array.from({ length: 7 }, (_, weekday) => {
  const rows = DAY_ROWS.filter((_, day) => (day + 4) % 7 === weekday);
  return mean(rows);
}).map((rows, _, all) => rows / mean(all));

/**
 * [M]: 107,493 rows fell on 2020-10-02 until 14:00Z; less the seven ordinary Friday hours before 07:00Z they
 * are seven times what these hours of a Friday sell. (On the first one, 2020-03-20, it was 17 times: about
 * 800,000 items against 47,000.)
 */
export const BANDCAMP_FRIDAY = 7;
export const BANDCAMP_FRIDAY_ROWS = 107_493;

/**
 * Ordinary rows by hour over their mean. The million starts at 22:00 and ends at 14:00, so hours 0–6 and
 * 22–23 were seen on 23 days, the others on 22, and hours 7–13 once more on the Bandcamp Friday.
 */
export const HOURS: readonly number[] = HOUR_ROWS.map((rows, hour) => {
  const friday = (WEEKDAYS[5] ?? 1) * BANDCAMP_FRIDAY;
  return rows / (hour < 7 || hour > 21 ? 23 : hour < 14 ? 22 + friday : 22);
}).map((rows, _, all) => rows / mean(all));

/** [Y] All sales of 2021 by artist (Components): 17.4 million checkouts, 706,000 artists. */
export const YEAR = { gini: 0.896, top2: 0.607, top5: 0.757, salesPerArtist: 17_400_000 / 706_000 };

/** Two minutes to ten of the feed, read four times on 2026-10-07: 1.185 items an event. */
export const ITEMS_PER_CHECKOUT = 1.185;

/**
 * [M] The currencies seen, as US dollars each: the first four as in [M], the others rounded from
 * mid-September 2020.
 */
export const USD_PER: Readonly<Record<string, number>> = {
  USD: 1,
  GBP: 1.2987,
  EUR: 1.18,
  AUD: 0.7271,
  JPY: 0.0094,
  SEK: 0.114,
  CAD: 0.759,
  CZK: 0.0443,
  NZD: 0.672,
  DKK: 0.159,
  CHF: 1.1,
  ILS: 0.291,
  HUF: 0.0033,
  PLN: 0.266,
  NOK: 0.111,
  MXN: 0.0473,
  HKD: 0.129,
  SGD: 0.733,
};

export interface CountryFigures {
  /** As the feed writes it. */
  code: string;
  name: string;
  /** Rows in [M]. */
  rows: number;
  /** Share of each kind in this country's rows. */
  kinds: { album: number; track: number; physical: number; discography: number };
  /** [M] US dollars paid; of the first fifteen countries. */
  revenueUsd?: number;
}

/**
 * [M] Rows by country and kind (album/track/physical/discography) as published for the 846,104 rows before
 * Bandcamp Friday, then `=` the country's rows in the whole million and `$` its revenue, where they were
 * published. `c2` is PayPal's China.
 */
const COUNTRY_ROWS = `
us 177545/75999/86484/4707=398999$3947552 United States,
gb 51987/36273/28957/1138=149124$1294008 United Kingdom, de 32270/27139/14406/845=86589$698963 Germany,
au 22061/14421/9129/495=55761$486608 Australia, ca 20870/9095/6735/472=42451$359409 Canada,
fr 13615/11448/8180/316=39250$358442 France, jp 14021/10468/3161/258=32544$214187 Japan,
nl 5856/5256/3034/157=17106$143220 Netherlands, ch 6254/5659/2056/160=16214$133333 Switzerland,
es 3780/3175/2966/112=11784$107107 Spain, it 4107/3118/2709/89=11780$109131 Italy,
be 3760/2574/2550/79=10842$106769 Belgium, ru 3628/3982/604/119=9325 Russian Federation,
se 3299/2028/2245/95=8953$93261 Sweden, ie 3151/2109/1737/58=9021$86140 Ireland,
nz 3234/2391/902/47 New Zealand, pl 2803/2206/986/74 Poland, no 2609/1269/1254/44 Norway,
fi 2550/1746/1131/88 Finland, at 2318/1459/1049/68 Austria, dk 1852/1008/1136/44 Denmark,
gr 1720/1077/1669/32$59426 Greece, il 1409/1147/355/37 Israel, cz 1389/1037/447/37 Czech Republic,
mx 1480/1241/391/55 Mexico, kr 1068/1347/113/12 Republic of Korea, pt 944/773/599/29 Portugal,
br 938/947/163/32 Brazil, ro 822/1248/114/24 Romania, za 854/962/42/16 South Africa,
hu 761/678/214/16 Hungary, c2 733/510/199/57 C2, sg 638/300/167/18 Singapore, ua 621/1004/75/18 Ukraine,
cl 598/556/176/19 Chile, hk 496/486/132/20 Hong Kong, si 488/363/125/16 Slovenia,
sk 461/211/192/14 Slovakia, lt 451/704/220/16 Lithuania, ee 443/516/140/0 Estonia, tw 432/594/83/0 Taiwan,
hr 388/390/138/0 Croatia, cn 343/383/15/17 China, th 334/403/121/7 Thailand, in 326/248/16/0 India,
bg 315/277/53/10 Bulgaria, ph 306/162/45/0 Philippines, ar 302/369/20/0 Argentina,
ae 292/342/33/0 United Arab Emirates, lu 289/187/141/5 Luxembourg, co 281/455/50/12 Colombia,
lv 224/198/74/12 Latvia, is 189/125/60/0 Iceland, rs 180/282/66/0 Serbia, my 165/150/88/7 Malaysia,
vn 162/95/0/0 Viet Nam, id 159/199/36/0 Indonesia, by 148/113/24/0 Belarus, pe 147/185/37/0 Peru,
cr 137/0/46/0 Costa Rica, ge 122/336/28/0 Georgia, ec 112/106/29/0 Ecuador, tr 105/188/11/0 Turkey,
cy 105/78/25/0 Cyprus, uy 92/85/0/0 Uruguay, mt 58/94/45/0 Malta, qa 52/235/15/0 Qatar`;

/**
 * Rows of the whole million for each row before Bandcamp Friday, in the countries of which both are known.
 */
const WHOLE = 1.165;
/**
 * The kinds' rows in COUNTRY_ROWS together, by which its shares are brought to those of the whole million.
 */
const KIND_ROWS = [403_649, 244_209, 188_243, 10_003];

function readCountries(): CountryFigures[] {
  const listed = COUNTRY_ROWS.trim()
    .split(/,\s+/)
    .map((entry): CountryFigures => {
      const [, code = '', rows = '', whole, revenue, name = ''] =
        /^(\S\S) ([\d/]+)(?:=(\d+))?(?:\$(\d+))? (.+)$/.exec(entry) ?? [];
      const kinds = rows.split('/').map(Number);
      const million = [MILLION.album, MILLION.track, MILLION.physical, MILLION.discography];
      const scaled = kinds.map(
        (count, kind) => ((count + 0.1) * (million[kind] ?? 0)) / (KIND_ROWS[kind] ?? 1),
      );
      const [album = 0, track = 0, physical = 0, discography = 0] = scaled.map(count => count / sum(scaled));
      return {
        code,
        name,
        rows: whole ? Number(whole) : sum(kinds) * WHOLE,
        kinds: { album, track, physical, discography },
        ...(revenue && { revenueUsd: Number(revenue) }),
      };
    });
  // The rest of the 186 is known by its number and its sum alone.
  const known = new Set(listed.map(({ code }) => code));
  const others = countryCodes
    .filter(code => !known.has(code) && !['aq', 'bv', 'hm', 'tf', 'um', 'gs', 'kp', 'io'].includes(code))
    .slice(0, MILLION.distinctCountries - listed.length);
  const left = MILLION.rows - sum(listed.map(({ rows }) => rows));
  const kinds = { album: 0.5, track: 0.4, physical: 0.1, discography: 0 };
  return [
    ...listed,
    ...others.map(code => ({ code, name: countryName(code), rows: left / others.length, kinds })),
  ];
}

/** Buyers' countries, the largest first where published; 186 of them. */
export const COUNTRIES: readonly CountryFigures[] = readCountries();
