/**
 * Reports made by hand: a rich day, a poor one, an empty one, one in every script, and one that tries to
 * break the layout.
 */
import type { Answer, Row } from '../../src/core/answer.ts';
import type { Board, Report, ReportAnswer } from '../../src/report/report.ts';
import { NAMES } from './answers.ts';
import { bars, COUNTRIES, lines, MIXED_NAMES, SCRIPTS, worldMap } from './charts.ts';
import { BROAD, NARROW } from './concentration.ts';

const GENRES =
  'city pop,dungeon synth,jungle,ambient,hyperpop,black metal,dub techno,shoegaze,footwork,vaporwave,' +
  'drum & bass,psytrance';
const ARTISTS =
  'Hollow Coves Orchestra,Mira Calder,The Paper Lanterns,Ostgut Kinder,Juno Vale,Sable & Finch,' +
  'Northern Office,Tidewater Choir,Low Sun,Anika Roszak,Fjällräven Drift,Ten Thousand Ferns';

interface Table {
  title: string;
  headline: string;
  names: readonly string[];
  noun?: string;
}

const window = { from: '2026-10-06T22:00:00Z', until: '2026-10-07T22:00:00Z' };

/** A ranking of names: sales, revenue and change, with a link where `linked`. */
export function ranking(
  { title, headline, names, noun = 'Artist' }: Table,
  changes: Partial<Answer> = {},
): Answer {
  return {
    question: 'top',
    params: { window: '1d', by: 'units', zone: 'Europe/Berlin' },
    title,
    headline,
    asOf: window.until,
    dataVersion: 7,
    window,
    zone: 'Europe/Berlin',
    coverage: 0.982,
    columns: [
      { key: 'name', label: noun, kind: 'link' },
      { key: 'sales', label: 'Sales', kind: 'count' },
      { key: 'revenueUsd', label: 'Paid', kind: 'money', currency: 'USD' },
      { key: 'change', label: 'Against four weeks', kind: 'change' },
    ],
    rows: names.map(
      (name, index): Row => ({
        name,
        nameUrl: `https://artist-${index}.bandcamp.example/album/one?a=(1)&b=ü`,
        sales: Math.round(1840 / (index + 1.4)),
        revenueUsd: Math.round(1_640_000 / (index + 1.7)),
        change: index % 4 === 3 ? -0.08 * (index % 12) : 0.6 / (index + 1),
      }),
    ),
    notes: ['98.2% of the feed was read. Amounts are Bandcamp’s own conversion to US dollars.'],
    followUps: [],
    ...changes,
  };
}

/** As `trending-genres` answers: with intervals and a chart. */
export function trending(names: readonly string[]): Answer {
  const chart = bars(names);
  return ranking(
    {
      title: 'Trending genres',
      headline: `${names[0]} rises most: at least 3.1× the expected sales, 412 sales in all.`,
      names: [],
    },
    {
      question: 'trending-genres',
      columns: [
        { key: 'genre', label: 'Genre', kind: 'genre' },
        { key: 'sales', label: 'Sales', kind: 'count' },
        { key: 'artists', label: 'Artists', kind: 'count' },
        { key: 'expected', label: 'Expected', kind: 'count' },
        { key: 'lift', label: 'Lift', kind: 'ratio' },
        { key: 'liftLow', label: 'At least', kind: 'ratio' },
      ],
      rows: (chart.series[0]?.points ?? []).map(({ x, y, low }, index) => ({
        genre: x,
        sales: Math.round(412 / (index + 1)) + 20,
        artists: 90 - index * 4,
        expected: Math.round(1000 / (index + 3)) / 10,
        lift: y,
        liftLow: low ?? null,
      })),
      chart: { ...chart, title: 'Trending genres' },
      notes: [
        'Expected: the genre’s share of the four windows before, times what sells now. ' +
          'An artist counts for at most ten sales a day in each genre.',
        '98.2% of the feed was read; 212 sales not counted for any genre yet: ' +
          'their pages are still to be read.',
      ],
    },
  );
}

const countries = (codes: readonly string[]): Answer =>
  ranking(
    { title: 'Countries', headline: 'Buyers in the United States paid for 38% of all sales.', names: codes },
    {
      question: 'countries',
      columns: [
        { key: 'name', label: 'Country', kind: 'country' },
        { key: 'sales', label: 'Sales', kind: 'count' },
        { key: 'revenueUsd', label: 'Paid', kind: 'money', currency: 'USD' },
      ],
      chart: { ...worldMap(COUNTRIES), title: 'Countries' },
    },
  );

const METHOD = [
  {
    title: 'What this covers',
    text:
      'Bandcamp publishes what is sold, minute by minute, on its front page. ' +
      'This report counts one day of that feed: each sold item of each checkout once, ' +
      'for the day in the zone that the cover names.',
  },
  {
    title: 'Trending',
    text:
      'A genre or a style is called trending when it sells more than its share of the same weekday ' +
      'in the four weeks before predicts. “Lift” is how many times the expected sales were seen; ' +
      '“at least” is the lower end of its 90% interval, and rankings go by it, so that a few lucky sales ' +
      'do not lead a list.',
  },
  {
    title: 'What is not known',
    text:
      'The feed names no buyers and this report knows none. It does not know free downloads, streams or ' +
      'subscriptions; what was not read is missing, and the coverage below each table says how much that is.',
  },
];

/** The first names of a ranking as a list of a board, albums with whose they are. */
export const listOf = (
  label: string,
  names: readonly string[],
  makers?: readonly string[],
): Board['lists'][number] => ({
  label,
  answer: ranking(
    { title: label, headline: `${names[0]} leads.`, names },
    {
      columns: [
        { key: 'name', label, kind: 'link' },
        ...(makers ? [{ key: 'artist', label: 'Artist', kind: 'text' as const }] : []),
        { key: 'units', label: 'Units', kind: 'count' },
      ],
      rows: names.map((name, index) => ({
        name,
        nameUrl: `https://artist-${index}.bandcamp.example`,
        ...(makers && { artist: makers[index % makers.length] ?? null }),
        units: 120 - index * 13,
      })),
    },
  ),
});

const report = (changes: Partial<Report>): Report => ({
  title: 'The day on Bandcamp',
  subtitle: 'Wednesday, 7 October 2026',
  date: '2026-10-07',
  period: '2026-10-07',
  window,
  zone: 'Europe/Berlin',
  language: 'en',
  headline: 'City pop rises most: at least three times the expected sales.',
  keyNumbers: [
    { label: 'Sales', value: '41,203', change: '+12% on the Wednesdays before' },
    { label: 'Paid', value: '$402,118', change: '+9% on the Wednesdays before' },
    { label: 'Artists', value: '18,442', change: '−2% on the Wednesdays before' },
    { label: 'Countries', value: '121' },
    { label: 'Digital albums', value: '19,840', change: '+15% on the Wednesdays before' },
    { label: 'Feed read', value: '98.2%' },
  ],
  sections: [],
  method: METHOD,
  dashboardUrl: 'https://tracker.example',
  ...changes,
});

const split = (names: string): string[] => names.split(',');

const ALBUMS =
  'Salt Office,Harbour Lights Vol. 2,Ten Thousand Ferns,Nachtstrom,Fjell,City of Glass,Untitled (Live)'.split(
    ',',
  );
const artistsFrom = (first: number): string[] => [
  ...split(ARTISTS).slice(first),
  ...split(ARTISTS).slice(0, first),
];
const albumRanking = (title: string, count: number): ReportAnswer => ({
  ...ranking({
    title,
    headline: 'Tidewater Choir’s “Salt Office” leads by copies.',
    names: Array.from({ length: count }, (_, index) => `Album ${index + 1} by ${split(ARTISTS)[index % 12]}`),
    noun: 'Album',
  }),
  bars: 'sales',
});

const emerging: ReportAnswer = {
  ...ranking(
    {
      title: 'Emerging artists',
      headline: 'Anika Roszak is emerging: from 0.1 to 7.5 sales a day since 1 Oct 2026, in 15 countries.',
      names: [],
    },
    {
      window: { from: '2026-09-30T22:00:00Z', until: '2026-10-07T22:00:00Z' },
      columns: [
        { key: 'artist', label: 'Artist', kind: 'link' },
        { key: 'sales', label: 'Sales', kind: 'count' },
        { key: 'firstSeen', label: 'First seen', kind: 'date' },
        { key: 'lift', label: 'Lift', kind: 'ratio' },
        { key: 'liftLow', label: 'At least', kind: 'ratio' },
        { key: 'reason', label: 'Why', kind: 'reason' },
      ],
      rows: ['Anika Roszak', '林檎の木', 'فرقة النور'].map((artist, index) => ({
        artist,
        artistUrl: `https://new-${index}.bandcamp.example`,
        sales: 56 - 9 * index,
        firstSeen: '2026-08-12T00:00:00Z',
        lift: 13.2 - 3 * index,
        liftLow: 10.2 - 3 * index,
        reason: {
          since: `2026-10-0${index + 1}T00:00:00Z`,
          from: (index + 1) / 10,
          to: 7.5 - index,
          countries: 15 - index,
          ...(index === 1 ? NARROW : BROAD),
        },
      })),
      chart: { ...bars(['Anika Roszak', '林檎の木', 'فرقة النور']), title: 'Emerging artists' },
    },
  ),
  detail: 'reason',
};

const byHour = lines(['now', 'usual'], { hours: true });
const hoursOfDay: Answer['chart'] = {
  ...byHour,
  title: 'Sales',
  series: byHour.series.map((each, at) => (at === 1 ? { ...each, muted: true as const } : each)),
};

export const richDay = report({
  sections: [
    {
      title: 'Key metrics',
      answers: [
        ranking(
          {
            title: 'Overview',
            headline: '41,203 sales for $402,118.00, +12% on the weeks before.',
            names: ['All', 'Digital album', 'Track'],
            noun: 'Format',
          },
          { question: 'overview', chart: hoursOfDay },
        ),
      ],
    },
    {
      title: 'Top performers',
      answers: [
        {
          ...ranking({
            title: 'Top artists by units',
            headline: 'Hollow Coves Orchestra sold most.',
            names: split(ARTISTS),
          }),
          bars: 'sales',
        },
        {
          ...ranking({
            title: 'Top artists by revenue',
            headline: 'Ten Thousand Ferns was paid most.',
            names: split(ARTISTS).toReversed(),
          }),
          bars: 'revenueUsd',
        },
      ],
    },
    {
      title: 'Albums and tracks',
      answers: [albumRanking('Top albums by units', 12), albumRanking('All albums', 50)],
    },
    {
      title: 'Genres',
      intro: 'What sells more than its share of the weeks before predicts.',
      answers: [trending(split(GENRES))],
      boards: split(GENRES)
        .slice(0, 3)
        .map((title, index) => ({
          title,
          lead: `${1329 - 300 * index} units for $10,248.19`,
          lists: [
            listOf('Artists', artistsFrom(index).slice(0, 5)),
            listOf('Albums', ALBUMS.slice(index, index + 5), artistsFrom(index)),
            listOf('Tracks', index === 2 ? [] : ['Static (feat. Mogripel)', 'Noon'], artistsFrom(index + 3)),
          ],
        })),
    },
    { title: 'Emerging artists', answers: [emerging] },
    {
      title: 'Regions',
      answers: [countries(split('us,gb,de,jp,fr,au,ca,kr,it,es,nl,br'))],
      boards: ['United States', 'Germany'].map((title, index) => ({
        title,
        lead: `${2264 - 1400 * index} units for $21,613.07`,
        lists: [
          listOf('Artists', artistsFrom(4 + index).slice(0, 5)),
          listOf('Genres', split(GENRES).slice(index, index + 5)),
        ],
      })),
    },
    { title: 'Watched', intro: 'What this channel asked to be told about.', answers: [] },
  ],
});

export const poorDay = report({
  headline: 'A quiet day: 61 sales were read, too few to call anything trending.',
  keyNumbers: [
    { label: 'Sales', value: '61' },
    { label: 'Paid', value: '$812' },
    { label: 'Feed read', value: '4%' },
  ],
  sections: [
    { title: 'Trending genres', answers: [trending(['ambient', 'jungle'])] },
    {
      title: 'Artists',
      answers: [ranking({ title: 'Top artists', headline: 'Low Sun sold most.', names: ['Low Sun'] })],
    },
    {
      title: 'Albums and tracks',
      answers: [ranking({ title: 'Top albums', headline: 'No album was sold.', names: [] })],
    },
  ],
});

export const emptyDay = report({
  headline: 'Nothing was read from the feed on this day.',
  keyNumbers: [],
  sections: [
    { title: 'Trending genres', answers: [] },
    {
      title: 'Artists',
      answers: [ranking({ title: 'Top artists', headline: 'Nobody sold anything.', names: [] })],
    },
  ],
});

/** Every name of `scriptsDay`, as it stands in its tables. */
export const SCRIPT_NAMES: readonly string[] = [...Object.values(SCRIPTS), ...MIXED_NAMES];

export const scriptsDay = report({
  headline: 'مريم صالح, 坂本龍一 and Молчат Дома lead a day in sixteen scripts.',
  sections: [
    { title: 'Trending genres', answers: [trending([...Object.values(SCRIPTS)].slice(0, 12))] },
    {
      title: 'Artists · アーティスト · فنانون',
      answers: [
        ranking({ title: 'Top artists', headline: 'Names as their owners spell them.', names: SCRIPT_NAMES }),
      ],
      boards: [
        {
          title: '東京の夜 · ليل',
          lists: [
            listOf('Artists', SCRIPT_NAMES.slice(0, 8)),
            listOf('Albums', SCRIPT_NAMES.slice(8, 16), SCRIPT_NAMES),
            listOf('Tracks', SCRIPT_NAMES.slice(4, 12), SCRIPT_NAMES.toReversed()),
          ],
        },
      ],
    },
  ],
});

const LONG = 'The Very Long and Winding Name of an Orchestra That Never Could Decide, Live at the Harbour ';

export const hostileDay = report({
  title: LONG.repeat(3),
  subtitle: LONG.repeat(2),
  headline: LONG.repeat(12),
  keyNumbers: [
    { label: LONG, value: '1,234,567,890,123,456', change: `+${LONG}` },
    { label: 'x', value: LONG, change: '' },
  ],
  sections: [
    {
      title: LONG.repeat(4),
      intro: LONG.repeat(30),
      answers: [
        trending([
          LONG,
          'Donaudampfschifffahrtsgesellschaft'.repeat(5),
          '東京'.repeat(80),
          'ก'.repeat(300),
          ...NAMES,
        ]),
        ranking({
          title: LONG.repeat(3),
          headline: LONG.repeat(20),
          names: [LONG.repeat(3), 'W'.repeat(5000), 'مريم'.repeat(60), '👩🏽‍🎤'.repeat(90), ' ', ...NAMES],
        }),
        { ...emerging, rows: emerging.rows.map(row => ({ ...row, why: LONG.repeat(9) })) },
      ],
      boards: [
        {
          title: LONG.repeat(3),
          lead: LONG.repeat(3),
          lists: [
            listOf(LONG, NAMES, [LONG.repeat(2), '東京'.repeat(80)]),
            listOf('x', ['W'.repeat(5000), 'مريم'.repeat(60), '👩🏽‍🎤'.repeat(90), ' ', ...NAMES], [' ']),
            listOf('None', []),
            listOf('A fourth', ['a']),
          ],
        },
        { title: ' ', lists: [] },
      ],
    },
  ],
});
