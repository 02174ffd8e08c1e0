/**
 * The look of every chart, in pictures, PDFs and browsers: the tokens of the design language, and its type
 * scales. `test/charts/colors.test.ts` measures their contrasts, and that colour-blind people tell the lines
 * apart.
 */
import type { ThemeName } from '../core/chart-spec.ts';

/** CSS pixels of each kind of text. */
export interface TypeScale {
  title: number;
  label: number;
  value: number;
  unit: number;
  tick: number;
  caption: number;
}

/** Sizes of letters in a picture for a page, in CSS pixels. */
export const TYPE: TypeScale = { title: 20, label: 14, value: 13, unit: 13, tick: 12, caption: 12 };
/**
 * Of a picture in a chat, 420 wide: phones show it 290 pixels wide, and then these are 11. One size for all.
 */
export const CHAT_TYPE: TypeScale = { title: 16, label: 16, value: 16, unit: 16, tick: 16, caption: 16 };
/** A map's key, in CSS pixels. */
export const KEY = { swatch: 14, gap: 6, between: 14 } as const;
/** Height of a row of a map's key, in CSS pixels. */
export const keyRow = ({ tick }: TypeScale): number => tick + 8;
/** Chart.js' own. */
export const LINE_HEIGHT = 1.2;

export interface Theme {
  /** What charts stand on. */
  paper: string;
  /** Titles, names, values, and the mark of an estimate. */
  ink: string;
  /** Units, ticks and captions. */
  soft: string;
  /** The grid. */
  line: string;
  /** The zero line. */
  edge: string;
  /** What is called or new, and its likely range. */
  signal: string;
  signalpale: string;
  /** Quantities and what is not called; its likely range, and what is typical. */
  mid: string;
  midpale: string;
  /** A Bandcamp Friday. */
  band: string;
  /** The same over colours. */
  bandOver: string;
  /**
   * `c1` to `c5` of several lines and their names, in order of use: `c2`, which is `signal`, comes last, so
   * that nothing looks called that is not.
   */
  lines: readonly string[];
  /** Of several series of bars: slate, since a quantity is no verdict. */
  bars: readonly string[];
  /** Countries without a value. */
  land: string;
  /** `m1` to `m4`: as expected, then above. */
  above: readonly [string, string, string, string];
  /** `q1` to `q5`: counts on a map, the least first. */
  counts: readonly string[];
}

const LIGHT_COUNTS = ['#ccd5dd', '#a9b6c1', '#82919f', '#566675', '#26313b'] as const;
const DARK_COUNTS = ['#3a4651', '#52616d', '#71838f', '#93a4b3', '#d3dde5'] as const;

/** Colours of the light and the dark theme. */
export const THEMES: Record<ThemeName, Theme> = {
  light: {
    paper: '#ffffff',
    ink: '#15191e',
    soft: '#56606b',
    line: '#e0ded8',
    edge: '#7b838c',
    signal: '#b83a08',
    signalpale: '#f4c1a8',
    mid: '#566675',
    midpale: '#cfd7de',
    band: '#f1e7cb',
    bandOver: '#15191e1f',
    lines: ['#014b9a', '#036b3e', '#8f498b', '#6a656d', '#b83a08'],
    bars: barsOf(LIGHT_COUNTS),
    land: '#e6e6e2',
    above: ['#f8dccd', '#e0825a', '#b83a08', '#7f2704'],
    counts: LIGHT_COUNTS,
  },
  dark: {
    paper: '#171b20',
    ink: '#eef0f2',
    soft: '#a5afb9',
    line: '#2c333a',
    edge: '#727d88',
    signal: '#ff9166',
    signalpale: '#7b3f28',
    mid: '#93a4b3',
    midpale: '#3d4955',
    band: '#322c1b',
    bandOver: '#eef0f22b',
    lines: ['#5caee6', '#26f3a3', '#f2ceee', '#989898', '#ff9166'],
    bars: barsOf(DARK_COUNTS),
    land: '#2a3037',
    above: ['#4a2a1d', '#a5522f', '#ff9166', '#ffd2bd'],
    counts: DARK_COUNTS,
  },
};

/** `mid` first, then shades that differ most from the one before. */
function barsOf([q1, q2, q3, q4, q5]: readonly [string, string, string, string, string]): string[] {
  return [q4, q2, q5, q3, q1];
}

/** The colour at `index` of a palette, which starts again at its end. */
export const pick = (palette: readonly string[], index: number): string =>
  palette[index % palette.length] as string;
