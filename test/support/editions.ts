/**
 * Editions made by hand, by the size of their day: what a cover and its pages are laid out of, in many
 * scripts, with lists of the day before.
 */

import { loadConfig } from '../../src/config.ts';
import type { Answer, Row } from '../../src/core/answer.ts';
import { DAY, parseInstant, toIso } from '../../src/core/time/instant.ts';
import { addDays, dayWindow } from '../../src/core/time/zone.ts';
import { editionOf } from '../../src/report/edition.ts';
import { COURSE_DAYS, type Material } from '../../src/report/edition-material.ts';
import { periodOf } from '../../src/report/period.ts';
import type { Report } from '../../src/report/report.ts';
import { bars, COUNTRIES, SCRIPTS, worldMap } from './charts.ts';
import { BROAD, NARROW } from './concentration.ts';
import { seeded } from './random.ts';
import { richDay } from './reports.ts';

const LATIN =
  'Tamsin Orrery,Bright Ferrous,Kofi Sun Archive,Ines Calloway & Marcus Bell,Orla Fennimore,Vela Morrow,' +
  'Solveig Aaltonen-Quispe & the Lowercase Orchestra of Tromsø,Corduroy Saints,' +
  'Hollow Cartographer,Wintering';
const GENRES =
  'uk garage,city pop,dungeon synth,amapiano,slowcore,field recordings,gqom,post-punk,jungle,highlife,' +
  'ambient,shoegaze,dub techno,bluegrass';
const ZONE = 'Europe/Berlin';

/** How much there is of everything. */
export interface Size {
  emerging: number;
  artists: number;
  /** Genres, and how many of them are called. */
  genres: number;
  called: number;
  countries: number;
  best: number;
  sales: number;
  coverage?: number;
  /** Whether there is a list of the day before. */
  before?: boolean;
  names?: readonly string[];
  day?: string;
}

const window = { from: '2026-11-26T23:00:00Z', until: '2026-11-27T23:00:00Z' };

const answerOf = (question: string, rows: Row[], changes: Partial<Answer> = {}): Answer => ({
  question,
  params: { window: '7d', zone: ZONE },
  title: question,
  headline: 'Too little was sold to tell.',
  asOf: window.until,
  dataVersion: 7,
  window,
  zone: ZONE,
  coverage: 1,
  columns: [
    { key: 'sales', label: 'Sales', kind: 'count' },
    { key: 'units', label: 'Units', kind: 'count' },
    { key: 'revenueUsd', label: 'Revenue', kind: 'money', currency: 'USD', ofOne: true },
    { key: 'verdict', label: 'Call', kind: 'verdict' },
  ],
  rows,
  notes: [],
  followUps: [],
  ...changes,
});

const withLifts = (answer: Answer, lifts: readonly number[]): Answer => {
  const chart = bars(lifts.map((_, at) => `${at}`));
  return {
    ...answer,
    chart: {
      ...chart,
      series: [
        {
          label: 'Lift',
          points: lifts.map((y, at) => ({ x: `${at}`, y, low: y / (1.2 + at / 40), high: y * 1.35 })),
        },
      ],
    },
    rows: answer.rows.map((row, at) => ({
      ...row,
      lift: lifts[at] ?? null,
      liftLow: Number(((lifts[at] ?? 0) / (1.2 + at / 40)).toFixed(2)),
    })),
  };
};

/** A steady course with Fridays, and a rise at its end to the last value. */
function course(seed: number, usual: number, last: number, fridays: readonly number[]): number[] {
  const random = seeded(seed);
  return Array.from({ length: COURSE_DAYS }, (_, at) => {
    const rise = Math.max(0, (at - (COURSE_DAYS - 8)) / 7);
    const level = usual + (last - usual) * Math.min(1, rise ** 0.7);
    return Math.round(level * (0.75 + 0.5 * random()) * (fridays.includes(at) ? 2.4 : 1));
  });
}

export function materialOf(size: Size): Material {
  const { emerging, artists, genres, called, countries, best, sales, coverage = 1, before = true } = size;
  const names = size.names ?? [
    ...LATIN.split(',').slice(0, 2),
    ...Object.values(SCRIPTS),
    ...LATIN.split(',').slice(2),
  ];
  const nameOf = (at: number): string => names[at % names.length] as string;
  const period = periodOf(size.day ?? '2026-11-27', 'day', ZONE);
  const days = Array.from({ length: COURSE_DAYS }, (_, at) =>
    dayWindow(addDays(period.last, at - COURSE_DAYS + 1), ZONE),
  );
  const fridays = [13, 48];
  const genreNames = GENRES.split(',');
  const genreOf = (at: number): string => genreNames[at % genreNames.length] as string;
  const codes = COUNTRIES.slice(0, countries).map(code => code.toLowerCase());
  const emergingRow = (at: number): Row => ({
    artist: nameOf(at),
    artistUrl: `https://artist-${at}.bandcamp.example`,
    artistId: at + 1,
    genre: genreOf(at + 1),
    soldBy: at % 3 === 0 ? 'self-released' : `Label No. ${at}`,
    sales: 300 - 17 * at,
    countries: 38 - 2 * at,
    reason: {
      since: toIso(parseInstant(window.until) - ((at % 4) + 5) * DAY),
      from: (at + 1) / 5,
      to: 61 / (at + 1) + 2,
      countries: Math.max(38 - 2 * at, 3),
      ...(at === 3 ? NARROW : BROAD),
    },
    verdict: 'emerging',
  });
  const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
  const lifts = (count: number, first: number): number[] => range(count).map(at => first / (1 + at * 0.35));
  const verdicts = ['one-artist', 'one-day', 'uncertain', 'uncertain'];
  const genreRow = (at: number): Row => ({
    genre: genreOf(at),
    sales: 412 - 23 * at,
    artists: 96 - 5 * at,
    expected: 172.4 - 9 * at,
    verdict: at < called ? 'trending' : (verdicts[(at - called) % verdicts.length] as string),
    reason: null,
  });
  const artistRow = (at: number): Row => ({
    ...emergingRow(at + emerging),
    verdict: at < artists / 2 ? 'trending' : (verdicts[at % verdicts.length] as string),
    reason: null,
  });
  const lists = (shift: number): Material['now'] => ({
    emerging: withLifts(
      answerOf(
        'emerging-artists',
        range(emerging).map(at => emergingRow(at < shift ? at + emerging : at)),
      ),
      lifts(emerging, 52),
    ),
    artists: withLifts(answerOf('trending-artists', range(artists).map(artistRow)), lifts(artists, 4)),
    genres: withLifts(
      answerOf(
        'trending-genres',
        range(genres).map(at => genreRow((at + shift) % Math.max(genres, 1))),
      ),
      lifts(genres, 2.6).map(lift => Math.max(lift, 0.9)),
    ),
  });
  const ranking = (kind: string, many: number, shift = 0): Answer =>
    answerOf(
      'top',
      range(many).map(at => ({
        name: kind === 'artist' ? nameOf(at + shift) : `${nameOf(at + shift + 3)}: Volume ${at + 1}`,
        nameUrl: `https://artist-${at}.bandcamp.example/album/${at}`,
        artist: nameOf(at + shift),
        genre: genreOf(at),
        sales: 120 - 7 * at,
        units: 140 - 8 * at,
        revenueUsd: 130_000 - 9_000 * at,
      })),
      { params: { kind, by: 'units' } },
    );
  const overview = answerOf(
    'overview',
    sales === 0
      ? []
      : [
          {
            format: 'All',
            sales,
            salesChange: 0.06,
            revenueUsd: sales * 881,
            revenueChange: -0.04,
            averageUsd: 881,
            overpaid: 0.156,
            checkouts: Math.round(sales * 0.8),
            countries,
          },
        ],
    {
      coverage,
      columns: [
        { key: 'format', label: 'Format', kind: 'text' },
        { key: 'sales', label: 'Sales', kind: 'count' },
        { key: 'salesChange', label: 'Change', kind: 'change' },
        { key: 'revenueUsd', label: 'Revenue', kind: 'money', currency: 'USD' },
        { key: 'revenueChange', label: 'Change', kind: 'change' },
        { key: 'averageUsd', label: 'Average paid', kind: 'money', currency: 'USD' },
        { key: 'overpaid', label: 'Above asking price', kind: 'percent' },
        { key: 'checkouts', label: 'Checkouts', kind: 'count' },
        { key: 'countries', label: 'Countries', kind: 'count' },
      ],
    },
  );
  const now = { ...lists(0), overview };
  const map = { ...worldMap(COUNTRIES.slice(0, countries)), title: 'Countries' };
  return {
    period,
    trendDays: 7,
    now,
    before: before ? lists(2) : null,
    countries: answerOf(
      'countries',
      codes.map(country => ({ country, units: 100 })),
      {
        headline: sales === 0 ? 'No sales in this period.' : 'The United States buys most.',
        ...(countries > 0 && { chart: map }),
      },
    ),
    inCountries: codes.map((code, at) => ({
      code,
      overview: answerOf('overview', [
        { sales: Math.round((sales * 0.4) / (at + 1)), salesChange: ((at * 7) % 11) / 25 - 0.05 },
      ]),
      oversold: answerOf(
        'country',
        genreNames.map((name, n) => {
          const lift = 0.3 + ((at * 5 + n * 3) % 17) / 5;
          return { name, sales: 40, expected: 20, lift, liftLow: lift * 0.8 };
        }),
      ),
      best: ranking('artist', 1, at),
    })),
    leaders: genreNames
      .slice(0, Math.min(called, 4))
      .map((genre, at) => ({ genre, answer: ranking('artist', 3, 2 * at) })),
    buyers: range(Math.min(emerging, 4)).map(at => ({
      artist: nameOf(at),
      answer: answerOf(
        'artist',
        ['jp', 'us', 'kr', 'br'].map((name, n) => ({ name, sales: 84 - 20 * n, units: 90 - 20 * n })),
      ),
    })),
    // All that they buy beyond their share is new.
    tastesBefore: new Map(codes.map(code => [code, answerOf('country', [])])),
    best: (['artist', 'album', 'track'] as const).map(kind => ({
      kind,
      period: ranking(kind, best),
      trend: ranking(kind, best, 1),
    })),
    courses: {
      days,
      fridays,
      artists: new Map(
        range(emerging + artists).map(at => [at + 1, course(at + 1, 1, 61 / (at / 3 + 1), fridays)]),
      ),
      genres: new Map(
        genreNames.map((name, at) => [name, course(at + 50, 30, at < called ? 60 : 34, fridays)]),
      ),
      countries: new Map(codes.map((code, at) => [code, course(at + 90, 50, 55, fridays)])),
      sales: sales === 0 ? days.map(() => 0) : course(7, sales, sales, fridays),
      revenue: sales === 0 ? days.map(() => 0) : course(8, sales * 9, sales * 9, fridays),
    },
    failures: [],
  };
}

const RICH: Size = {
  emerging: 14,
  artists: 10,
  genres: 14,
  called: 5,
  countries: 12,
  best: 12,
  sales: 5904,
};

export const SIZES = {
  rich: RICH,
  poor: { ...RICH, emerging: 1, artists: 2, genres: 3, called: 0, countries: 3, best: 4, sales: 61 },
  empty: {
    ...RICH,
    emerging: 0,
    artists: 0,
    genres: 0,
    called: 0,
    countries: 0,
    best: 0,
    sales: 0,
    coverage: 0,
    before: false,
  },
  half: { ...RICH, emerging: 6, artists: 5, called: 2, coverage: 0.61, sales: 2914, before: false },
} satisfies Record<string, Size>;

const { dashboardUrl } = { ...loadConfig(), dashboardUrl: 'https://tracker.example' };

/** The report of such a day, with the method of the rich one. */
export function editionReport(size: Size, changes: Partial<Report> = {}): Report {
  const material = materialOf(size);
  const { period } = material;
  return {
    ...richDay,
    title: 'Bandcamp daily',
    subtitle: period.title,
    date: period.last,
    period: period.text,
    zone: period.zone,
    keyNumbers: [],
    simulated: true,
    ...editionOf(material, dashboardUrl),
    dashboardUrl,
    ...changes,
  };
}

/** Names in every script that we have a font for. */
export const scriptsEdition = (): Report => editionReport({ ...RICH, names: Object.values(SCRIPTS) });
