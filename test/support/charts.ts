/** Chart specs for tests and the gallery: made by rule, so that they never change by themselves. */
import type { BarsSpec, LinesSpec } from '../../src/core/chart-spec.ts';
import { DAY, HOUR, parseInstant, toIso } from '../../src/core/instant.ts';

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
  '30 Sep 2026, 12:00 – 7 Oct 2026, 12:00 UTC · 98.2% of the feed read · bars: best estimate, lines: 90% interval';

interface BarsOptions {
  format?: 'ratio' | 'usd';
  seriesCount?: number;
}

/** Ranked bars of these names, with intervals and a reference line where the format is `ratio`. */
export function bars(names: readonly string[], { format = 'ratio', seriesCount = 1 }: BarsOptions = {}): BarsSpec {
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
        return { x, y, low: Math.round((100 * y) / spread) / 100, high: Math.round(100 * y * spread) / 100 };
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
        const y = Math.round(400 + 260 / (series + 1) + 180 * Math.sin(index / 3 + series) + index * (6 - series));
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
        { from: '2026-09-04T07:00Z', until: '2026-09-10T07:00Z', label: 'no data' },
      ],
    }),
  };
}
