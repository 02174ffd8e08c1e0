/**
 * The look of every chart: one type scale, and colours that colour-blind people tell apart (after Okabe and
 * Ito).
 */
import type { ThemeName } from '../core/chart-spec.ts';

/** CSS pixels. */
export const TYPE = { title: 20, label: 14, value: 13, unit: 13, tick: 12, caption: 11 } as const;
/** A map's key, in CSS pixels. */
export const KEY = { swatch: 14, gap: 6, between: 16, row: 20 } as const;
/** Chart.js' own. */
export const LINE_HEIGHT = 1.2;

export interface Theme {
  background: string;
  /** Titles, names and values. */
  ink: string;
  /** Units, ticks and captions: contrast 4.5:1 or more. */
  muted: string;
  grid: string;
  /** The zero line. */
  axis: string;
  whisker: string;
  reference: string;
  band: string;
  /** The same over colours. */
  bandOver: string;
  /** Of lines and their names, in order of use. */
  lines: readonly string[];
  /** Of bars: the same hues, so pale (or, on dark, so deep) that whiskers stand out. */
  bars: readonly string[];
  /** Lines and layers that nobody asks for by name. */
  quiet: string;
  /** Countries without a value. */
  land: string;
  /** Five shades of a map, the least first. */
  sequential: readonly string[];
  /** Five shades around what is expected. */
  diverging: readonly string[];
}

export const THEMES: Record<ThemeName, Theme> = {
  light: {
    background: '#ffffff',
    ink: '#1c2128',
    muted: '#646b75',
    grid: '#e8eaed',
    axis: '#9aa1ab',
    whisker: '#12405f',
    reference: '#c2410c',
    band: '#e69f0026',
    bandOver: '#1c21281f',
    lines: ['#0072b2', '#d55e00', '#00805e', '#b0568f', '#a66f00', '#4d4d4d'],
    bars: ['#5fa8d3', '#f0a873', '#62b89c', '#d6a3c4', '#e0bb62', '#b3b3b3'],
    quiet: '#d3d7dc',
    land: '#e9ebee',
    sequential: ['#c9dfef', '#94c4e1', '#56a1cf', '#1f74ae', '#0b456e'],
    diverging: ['#c2570c', '#eeb183', '#dcd3ae', '#86bcdd', '#1f74ae'],
  },
  dark: {
    background: '#1a1d21',
    ink: '#eceef1',
    muted: '#9ea5b0',
    grid: '#2d3238',
    axis: '#636b76',
    whisker: '#d5ecfa',
    reference: '#ff9a5c',
    band: '#f0c24b26',
    bandOver: '#eceef12b',
    lines: ['#56b4e9', '#ff8a4c', '#2ec4a0', '#e69ac8', '#f0c24b', '#c9cdd2'],
    bars: ['#3f87b5', '#b8622f', '#24826a', '#96598a', '#8f7222', '#70757d'],
    quiet: '#434a53',
    land: '#2b3037',
    sequential: ['#1d4258', '#27627f', '#3f8fb9', '#79bce2', '#cbe6f8'],
    diverging: ['#f0873f', '#96552c', '#77715a', '#39759b', '#7cc3ec'],
  },
};

/** The colour at `index` of a palette, which starts again at its end. */
export const pick = (palette: readonly string[], index: number): string =>
  palette[index % palette.length] as string;
