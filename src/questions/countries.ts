/** Where sales go: all of them or one genre's, by the buyers' countries. */
import type { MapSpec } from '../core/chart-spec.ts';
import { countOf, formatCount, formatPercent } from '../core/numbers.ts';
import { countryInText, countryName } from '../core/places/country.ts';
import { atStart } from '../core/text.ts';
import type { Reader } from '../db/connect.ts';
import type { Named } from '../db/read/name-likeness.ts';
import { rankingOf } from '../db/read/rankings.ts';
import { tagByCountry } from '../db/read/tag-countries.ts';
import { type Sum, totalsOf, totalsOfAll } from '../db/read/totals.ts';
import { countryMap } from './lib/breakdowns.ts';
import { type AnswerBody, defineQuestion, type Frame, type Values } from './lib/definition.ts';
import {
  choiceParameter,
  genreParameter,
  limitParameter,
  untilParameter,
  windowParameter,
  zoneParameter,
} from './lib/parameters.ts';
import { didYouMean, nameNotes, type Resolved, resolve } from './lib/resolve-name.ts';

const parameters = {
  genre: genreParameter,
  by: choiceParameter("Units, or the genre's share of what the country buys", ['count', 'share']),
  window: windowParameter('7d'),
  limit: limitParameter(20, 250),
  until: untilParameter,
  zone: zoneParameter,
};
type Asked = Values<typeof parameters>;

interface Loaded {
  genre: Resolved<Named> | null;
  /** Sales of the genre, or all, those without a known country among them. */
  sold: number;
  /** Sales of the genre, or all; and all. */
  of: (Sum & { country: string })[];
  all: Map<string, number>;
}

export const countries = defineQuestion<typeof parameters, Loaded>({
  name: 'countries',
  title: 'Countries',
  summary: 'Which countries buy most, of everything or of one genre, by count or by share.',
  parameters,
  phrases: [
    'where is <genre> bought',
    'where do people buy <genre>',
    'where does <genre> sell',
    'where is <genre> sold',
    'where is <genre> popular',
    'who buys <genre>',
    'which countries buy <genre>',
    'countries buy <genre>',
    'by country',
  ],
  load,
  answer,
});

/** More than there are. */
const ALL = 300;
/** With fewer sales in all a country's share is chance. */
const LEAST_SALES = 50;

async function load({ db }: { db: Reader }, asked: Asked, { window }: Frame): Promise<Loaded> {
  const genre = asked.genre === undefined ? null : await resolve(db, 'genre', asked.genre, window.until);
  const board = await rankingOf(db, 'country', { window }, { by: 'units', limit: ALL });
  const all = board.map(({ subject, ...sum }) => ({ country: subject, ...sum }));
  const windows = [window];
  const [total] = genre
    ? await totalsOf(db, 'tag', [genre.best.id], windows)
    : await totalsOfAll(db, windows);
  return {
    genre,
    sold: total?.sales ?? 0,
    of: genre ? await tagByCountry(db, genre.best.id, window) : all,
    all: new Map(all.map(({ country, sales }) => [country, sales])),
  };
}

function answer(asked: Asked, { genre, sold, of, all }: Loaded): AnswerBody {
  const { limit } = asked;
  const name = genre?.best.name;
  const unplaced = sold - of.reduce((sum, { sales }) => sum + sales, 0);
  // Without a genre it is the country's share of all sales. Rounded once, so that headline and table agree.
  const shareOf = ({ country, sales }: Loaded['of'][number]) =>
    Number((sales / (name ? (all.get(country) ?? sales) : sold)).toFixed(4));
  const byShare = asked.by === 'share';
  const shown = of
    .map(row => ({ ...row, share: shareOf(row) }))
    .filter(({ country }) => !byShare || !name || (all.get(country) ?? 0) >= LEAST_SALES)
    .sort((a, b) => (byShare ? b.share - a.share : 0));
  const [first] = shown;
  const title = `${name ? `${atStart(name)} by country` : 'Countries'}${byShare ? ', by share' : ''}`;
  return {
    title,
    headline: !first
      ? `No sales${name ? ` of ${name}` : ''} in this period.`
      : byShare && name
        ? `${atStart(name)} has its largest share in ${countryInText(first.country)}: ` +
          `${formatPercent(first.share)} of sales there.`
        : `${atStart(countryInText(first.country))} buys the most${name ? ` ${name}` : ''}: ` +
          `${countOf(first.units, 'unit')} (${formatPercent(name ? first.sales / sold : first.share)}).`,
    columns: [
      { key: 'country', label: 'Country', kind: 'country', subject: 'country' },
      { key: 'sales', label: 'Sales', kind: 'count' },
      { key: 'units', label: 'Units', kind: 'count' },
      { key: 'revenueUsd', label: 'Revenue', kind: 'money', currency: 'USD' },
      { key: 'share', label: name ? 'Share there' : 'Share', kind: 'percent' },
    ],
    rows: shown.slice(0, limit).map(({ country, sales, units, usdCents, share }) => ({
      country,
      sales,
      units,
      revenueUsd: usdCents,
      share,
    })),
    ...(first && {
      chart: byShare
        ? shareMap(title, shown)
        : countryMap(
            title,
            shown.map(row => ({ ...row, name: row.country })),
          ),
    }),
    notes: [
      ...(genre ? nameNotes(asked.genre ?? '', genre) : []),
      ...unplacedNote(unplaced, sold),
      ...(byShare && name ? [`Only countries with ${LEAST_SALES} sales or more.`] : []),
    ],
    followUps: [
      ...(genre ? didYouMean('genre', genre) : []),
      byShare
        ? { label: 'By count', change: { by: 'count' } }
        : { label: 'By share', change: { by: 'share' } },
      ...(name
        ? [{ label: 'Where it is strongest', question: 'genre', change: { genre: name, show: 'countries' } }]
        : []),
      ...(first
        ? [
            {
              label: `About ${countryInText(first.country)}`,
              question: 'country',
              change: { country: first.country },
            },
          ]
        : []),
    ],
  };
}

const unplacedNote = (unplaced: number, sold: number): string[] => {
  const have = unplaced === 1 ? 'has' : 'have';
  return unplaced > 0
    ? [`${formatCount(unplaced)} of ${countOf(sold, 'sale')} ${have} no known country.`]
    : [];
};

const shareMap = (title: string, shown: readonly { country: string; share: number }[]): MapSpec => ({
  kind: 'map',
  title,
  unit: 'share of sales',
  format: 'percent',
  alt: `World map of shares by country; ${countryName(shown[0]?.country ?? '')} has the largest.`,
  caption: "Share of sales, by the buyers' country",
  series: [
    {
      label: 'share',
      points: shown.map(({ country, share }) => ({ x: country, y: share })),
    },
  ],
});
