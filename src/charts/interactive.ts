/** What a page needs to draw a chart itself: the configuration, its size, and how its points are read out. */
import type { ChartFormat, ChartSize, ChartSpec } from '../core/chart-spec.ts';
import { countryName } from '../core/places/country.ts';
import { formatDate, formatMinute } from '../core/time/dates.ts';
import { DAY, type Instant } from '../core/time/instant.ts';
import { chartConfig, chartSize } from './chartjs.ts';
import type { ChartConfig } from './config.ts';
import { tidy } from './labels.ts';
import { slotsOfSeries } from './time-series.ts';

export interface InteractiveChart {
  kind: ChartSpec['kind'];
  config: ChartConfig;
  width: number;
  height: number;
  alt: string;
  /** How values are written; `x` only in scatter plots. */
  format: { y: ChartFormat; x?: ChartFormat };
  /** What each label of the configuration stands for, in full: most slots of a time axis have no text. */
  titles: string[];
}

/** @throws UserError when a point over time is at no instant. */
export const interactiveChart = (spec: ChartSpec, size: ChartSize = {}): InteractiveChart => {
  const config = chartConfig(spec, size.theme ?? 'light', size);
  return {
    kind: spec.kind,
    config,
    ...chartSize(spec, size),
    alt: spec.alt,
    format: { y: spec.format, ...(spec.kind === 'scatter' && { x: spec.xFormat }) },
    titles: titlesOf(spec, config),
  };
};

function titlesOf(spec: ChartSpec, { data }: ChartConfig): string[] {
  const labels = data.labels ?? [];
  switch (spec.kind) {
    case 'bars':
      // In full, where the label is cut; a name that only a later series has is its label.
      return labels.map((label, index) => tidy(spec.series[0]?.points[index]?.x ?? label));
    case 'lines':
    case 'areas':
    case 'sparklines':
      return slotTitles(slotsOfSeries(spec.series), spec.zone);
    case 'multiples': {
      const slots = slotTitles(slotsOfSeries([...spec.series, ...(spec.usual ?? [])]), spec.zone);
      const pad = Array<string>((labels.length - slots.length) / 2).fill('');
      return [...pad, ...slots, ...pad];
    }
    case 'map':
      return labels.map(countryName);
    default:
      return [...labels];
  }
}

/** Days where slots are days, else times. */
function slotTitles(slots: readonly Instant[], zone = 'UTC'): string[] {
  const step = slots.length > 1 ? (slots[1] as Instant) - (slots[0] as Instant) : DAY;
  return slots.map(at => (step >= DAY ? formatDate : formatMinute)(at, zone));
}
