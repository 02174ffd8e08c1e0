/** Chart specs for tests and the gallery: made by rule, so that they never change by themselves. */
import type {
  AreasSpec,
  BarsSpec,
  LinesSpec,
  MapSpec,
  MultiplesSpec,
  ScatterSpec,
  SlopeSpec,
  SparklinesSpec,
} from '../../src/core/chart-spec.ts';
import { DAY, HOUR, parseInstant, toIso } from '../../src/core/time/instant.ts';

/** Names as they occur, one a script. */
export const SCRIPTS = {
  latin: 'Sigur Rós & Þórður Ægir',
  vietnamese: 'Nguyễn Đặng Quỳnh',
  greek: 'Χάρις Αλεξίου',
  cyrillic: 'Молчат Дома',
  japanese: '東京スカパラダイスオーケストラ',
  korean: '잠비나이 뷁',
  chineseSimplified: '万能青年旅店 乐团',
  chineseTraditional: '落日飛車 樂團',
  arabic: 'مريم صالح (حيّ)',
  hebrew: 'שירן כהן – חי',
  thai: 'น้ำตาล กี่ป่า',
  devanagari: 'संगीत क्षत्रिय',
  bengali: 'বাংলা গান',
  tamil: 'தமிழ் இசை',
  armenian: 'Հայկական',
  georgian: 'ქართული',
} as const;

/** Several scripts, emoji and decoration within one name. */
export const MIXED_NAMES = [
  '東京 Tokyo العربية 🎧',
  '🎧👩🏽‍🎤🏳️‍🌈🇯🇵❤️ emoji pop',
  '♥ ★ ☆ ♪ → ᛟ ☽ 𝔊𝔬𝔱𝔥',
  'Z̸̡̛͔̺͎̈́̀a̶̛̲l̴̢g̵̨o̷ and 𝓯𝓪𝓷𝓬𝔂',
  'ｆｕｌｌｗｉｄｔｈ ﾊﾝｶｸ',
] as const;

const UNTIL = parseInstant('2026-10-07T12:00Z');
const CAPTION =
  '30 Sep, 12:00 – 7 Oct 2026, 12:00 UTC · 98.2% of the feed read · ' +
  'solid: at least, pale: likely range, mark: best estimate';

export const GENRES: readonly string[] = [
  'ambient',
  'drum & bass',
  'city pop',
  'psytrance',
  'dungeon synth',
  'hyperpop',
  'jungle',
  'black metal',
  'dub techno',
  'shoegaze',
  'footwork',
  'vaporwave',
];

/** So many names, the twelve genres first. */
export const manyNames = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => {
    const name = GENRES[index % GENRES.length] as string;
    return index < GENRES.length ? name : `${name} ${Math.floor(index / GENRES.length) + 1}`;
  });

const LONG = 'The Very Long and Winding Name of an Orchestra That Never Could Decide, Live at the Harbour';
export const LONG_NAMES: readonly string[] = [
  LONG,
  'short',
  LONG.toUpperCase(),
  '東京スカパラダイスオーケストラと仲間たちの長い長い名前の楽団',
  'x',
];

/** As many buyers' countries as there may be, by their codes. */
export const COUNTRIES: readonly string[] = (
  'us gb de jp fr ca au nl it es se pl br mx kr be ch at dk no ie fi nz cz pt ' +
  'ar cl gr hu sg hk il tw ru ua ro tr za in id th ph my co pe ee lt lv is lu'
).split(' ');

interface BarsOptions {
  /** So many are called. */
  called?: number;
  format?: 'ratio' | 'usd';
  seriesCount?: number;
}

/** Ranked bars of these names, with intervals and a reference line where the format is `ratio`. */
export function bars(
  names: readonly string[],
  { format = 'ratio', seriesCount = 1, called = Math.ceil(names.length / 2) }: BarsOptions = {},
): BarsSpec {
  const value = (index: number, series: number) =>
    format === 'ratio'
      ? Math.round(100 * (1.2 + 5 / (index + 1.5) - series * 0.3)) / 100
      : Math.round(1_234_567 / (index + 1));
  return {
    kind: 'bars',
    title: format === 'ratio' ? 'Trending genres in Germany' : 'Best-selling genres in Germany',
    unit: format === 'ratio' ? 'times the expected sales' : 'US dollars',
    format,
    alt: 'Bar chart.',
    caption: CAPTION,
    series: Array.from({ length: seriesCount }, (_, series) => ({
      label: ['This week', 'The week before'][series] ?? `Series ${series}`,
      points: names.map((x, index) => {
        const y = value(index, series);
        if (format !== 'ratio') return { x, y };
        const spread = 1 + 0.15 * (1 + (index % 4));
        const twoDigits = (ratio: number) => Math.round(100 * ratio) / 100;
        const [low, high] = [twoDigits(y / 1.15), twoDigits((y / 1.15) * spread ** 2)];
        return {
          x,
          y: twoDigits((y / 1.15) * spread),
          low,
          high,
          ...(index < called && { called: true as const }),
        };
      }),
    })),
    ...(format === 'ratio' && { reference: { value: 1, label: 'as expected' } }),
  };
}

interface LinesOptions {
  points?: number;
  hours?: boolean;
  interval?: boolean;
  bands?: boolean;
}

/** Sales over 30 days (or 48 hours): waves of different height and phase. */
export function lines(
  names: readonly string[],
  { points, hours = false, interval = false, bands = false }: LinesOptions = {},
): LinesSpec {
  const step = hours ? HOUR : DAY;
  const count = points ?? (hours ? 48 : 30);
  const from = Math.floor(UNTIL / step) * step - (count - 1) * step;
  return {
    kind: 'lines',
    title: 'Sales of five genres, day by day',
    unit: hours ? 'sales an hour' : 'sales a day',
    format: 'count',
    alt: 'Line chart.',
    caption: CAPTION,
    series: names.map((label, series) => ({
      label,
      points: Array.from({ length: count }, (_, index) => {
        const y = Math.round(
          400 + 260 / (series + 1) + 180 * Math.sin(index / 3 + series) + index * Math.max(6 - series, -6),
        );
        return {
          x: toIso(from + index * step),
          y,
          ...(interval && { low: Math.round(y * 0.85), high: Math.round(y * 1.2) }),
        };
      }),
    })),
    ...(bands && {
      bands: [
        { from: '2026-10-02T07:00Z', until: '2026-10-03T07:00Z', label: 'Bandcamp Friday' },
        { from: '2026-09-04T07:00Z', until: '2026-09-10T07:00Z', label: 'no data', unread: true },
      ],
    }),
  };
}

/** Stacked parts of a whole, each smaller than the one before. */
export const areas = (names: readonly string[], options: LinesOptions = {}): AreasSpec => {
  const { series, ...rest } = lines(names, options);
  return {
    ...rest,
    kind: 'areas',
    title: 'Sales by genre',
    series: series.map(({ label, points }, index) => ({
      label,
      points: points.map(({ x, y }) => ({ x, y: Math.round((y * 4) / (index + 2)) })),
    })),
  };
};

/** A small plot each, with its usual course. */
export const multiples = (
  names: readonly string[],
  options: LinesOptions & { ownScale?: true } = {},
): MultiplesSpec => {
  const { series, ...rest } = lines(names, options);
  const scaled = series.map(({ label, points }, index) => ({
    label,
    points: points.map(({ x, y }) => ({ x, y: Math.round(y / Math.sqrt(index + 1)) })),
  }));
  return {
    ...rest,
    kind: 'multiples',
    title: 'The week’s rising genres, day by day',
    series: scaled,
    usual: scaled.map(({ label, points }) => ({
      label,
      points: points.map(({ x, y }, at) => ({ x, y: Math.round(y * (0.9 - at / 100)) })),
    })),
    ...(options.ownScale && { ownScale: true }),
  };
};

export const sparklines = (names: readonly string[], options: LinesOptions = {}): SparklinesSpec => ({
  ...lines(names, options),
  kind: 'sparklines',
  title: 'Watched genres',
});

/**
 * Ranks at two or more times: names change places two by two and three by three; the third is new, and one
 * has gone.
 */
export function slope(names: readonly string[], times = ['30 Sep', '7 Oct']): SlopeSpec {
  const order = (at: number) =>
    names
      .map((name, index) => ({ name, at: index + (times.length - 1 - at) * 1.7 * Math.sin(index * 2.3) }))
      .sort((a, b) => a.at - b.at)
      .map(({ name }) => name);
  const ranks = times.map((_, at) => order(at));
  return {
    kind: 'slope',
    title: 'Genres by sales, this week and before',
    unit: 'rank by sales',
    format: 'count',
    alt: 'Ranks.',
    caption: CAPTION,
    series: names.map((label, index) => ({
      label,
      points: times.flatMap((x, at) => {
        const last = at === times.length - 1;
        if (names.length > 4 && index === (last ? names.length - 1 : 2)) return [];
        return [{ x, y: (ranks[at] as string[]).indexOf(label) + 1 }];
      }),
    })),
  };
}

/** Size against lift: the larger, the nearer to what is expected. */
export const scatter = (names: readonly string[], seriesCount = 1): ScatterSpec => ({
  kind: 'scatter',
  title: 'Which genres are large, and which are rising',
  unit: 'sales relative to expected',
  xUnit: 'sales in seven days',
  format: 'ratio',
  xFormat: 'count',
  alt: 'Scatter plot.',
  caption: CAPTION,
  series: Array.from({ length: seriesCount }, (_, series) => ({
    label: ['Genres', 'Styles'][series] ?? `Series ${series}`,
    points: names
      .map((name, index) => {
        const size = 12 * 1.13 ** ((index * 17 + series * 5) % 53);
        const y = 1 + 3.5 * Math.exp(-size / 900) * (0.5 + Math.sin(index * 2.4 + series) / 2);
        const spread = 1 + 2.2 / Math.sqrt(size);
        return { name, x: Math.round(size), y, low: y / spread, high: y * spread };
      })
      .sort((a, b) => b.low - a.low),
  })),
  reference: { value: 1, label: 'as expected' },
});

/** Sales by buyer's country, or with `lift` what sells there against what is expected. */
export const worldMap = (codes: readonly string[], { lift = false } = {}): MapSpec => ({
  kind: 'map',
  title: lift ? 'Where city pop sells more than expected' : 'Where it is bought',
  unit: lift ? 'times the expected sales' : 'sales by the buyer’s country',
  format: lift ? 'ratio' : 'count',
  alt: 'World map.',
  caption: CAPTION,
  series: [
    {
      label: lift ? 'Lift' : 'Sales',
      points: codes.map((x, index) => ({
        x,
        y: lift
          ? Math.round(100 * 2.6 ** Math.sin(index * 1.7)) / 100
          : Math.max(1, Math.round(14_800 / (index + 1) ** 1.6)),
      })),
    },
  ],
  ...(lift && { reference: { value: 1, label: 'as expected' } }),
});
