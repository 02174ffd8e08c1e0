/** One country: what its buyers buy, and what they buy beyond its share. */

import { countOf, formatMoney, formatRatio } from '../core/numbers.ts';
import { codeOf, countryInText } from '../core/places/country.ts';
import { ofOne } from '../core/small-cells.ts';
import { atStart } from '../core/text.ts';
import type { Reader } from '../db/connect.ts';
import { nameArtists, nameTags } from '../db/read/named-subjects.ts';
import { rankingOf, rankOf } from '../db/read/rankings.ts';
import { type Sum, totalsOfAll } from '../db/read/totals.ts';
import { changeOf, changeWords, compareNotes } from './lib/baseline-change.ts';
import { HISTORY_COLUMNS, historyRows, type NamedPart, partColumns, partRows } from './lib/breakdowns.ts';
import { type AnswerBody, defineQuestion, type Frame, type Values } from './lib/definition.ts';
import { type History, historyChart, stepsOf, windowsOf } from './lib/history.ts';
import { ART_COLUMN } from './lib/listed.ts';
import { liftBars, OVER_INDEX_COLUMNS, overIndexRows, strongest } from './lib/over-index.ts';
import {
  choiceParameter,
  countryParameter,
  limitParameter,
  untilParameter,
  windowParameter,
  zoneParameter,
} from './lib/parameters.ts';

const parameters = {
  country: {
    ...countryParameter,
    required: true as const,
    recognises: (word: string) => codeOf(word) !== null,
  },
  show: choiceParameter('What to list', ['artists', 'genres', 'strongest', 'history'], {
    oversold: 'strongest',
    overindexing: 'strongest',
  }),
  window: windowParameter('7d'),
  limit: limitParameter(10, 100),
  until: untilParameter,
  zone: zoneParameter,
};
type Asked = Values<typeof parameters>;

interface Loaded {
  now: Sum;
  /** In each comparable stretch. */
  before: Sum[];
  history: History;
  rank: number | null;
  /** Artists or genres. */
  parts: NamedPart[];
  /** What each genre was expected to sell. */
  expected: Map<string, number>;
}

export const country = defineQuestion<typeof parameters, Loaded>({
  name: 'country',
  title: 'Country',
  summary:
    "What a country's buyers buy: top artists and genres, and genres more popular there than worldwide.",
  parameters,
  phrases: [
    'what does <country> buy',
    'what do people in <country> buy',
    'what is bought in <country>',
    'what sells in <country>',
    'what sells best in <country>',
  ],
  load,
  answer,
});

/** All genres and styles there are, to find the one that sells beyond its share. */
const ALL_TAGS = 10_000;

async function load({ db }: { db: Reader }, { country, show, limit }: Asked, frame: Frame): Promise<Loaded> {
  const { window } = frame;
  const steps = stepsOf(frame);
  const { comparable } = frame;
  const sums = await totalsOfAll(db, [window, ...comparable, ...windowsOf(steps)], country);
  const loaded = {
    now: sums[0] as Sum,
    before: sums.slice(1, 1 + comparable.length),
    history: { steps, sums: sums.slice(1 + comparable.length) },
    rank: await rankOf(db, 'country', country, { window }),
    parts: [],
    expected: new Map(),
  };
  if (show === 'history') return loaded;
  if (show === 'artists') {
    const rows = await rankingOf(db, 'artist', { window, country }, { by: 'units', limit });
    const names = await nameArtists(
      db,
      rows.map(({ subject }) => subject),
    );
    return {
      ...loaded,
      parts: rows.map(({ subject, ...sum }) => ({ id: subject, name: '', ...names.get(subject), ...sum })),
    };
  }
  const most = { by: 'units' as const, limit: show === 'genres' ? limit : ALL_TAGS };
  const rows = await rankingOf(db, 'tag', { window, country }, most);
  const names = await nameTags(
    db,
    rows.map(({ subject }) => subject),
  );
  const parts = rows.map(({ subject, ...sum }) => ({ name: names.get(subject) ?? '', ...sum }));
  if (show === 'genres') return { ...loaded, parts };
  const [world] = await totalsOfAll(db, [window]);
  const everywhere = await rankingOf(db, 'tag', { window }, { by: 'units', limit: ALL_TAGS });
  const share = (loaded.now.sales || 0) / Math.max(1, world?.sales ?? 0);
  return {
    ...loaded,
    parts,
    expected: new Map(everywhere.map(({ subject, sales }) => [names.get(subject) ?? '', sales * share])),
  };
}

function answer(asked: Asked, loaded: Loaded, frame: Frame): AnswerBody {
  const { country, show, limit } = asked;
  const { now, before, history, rank, parts } = loaded;
  const titles = {
    artists: 'Top artists in',
    genres: 'Top genres in',
    strongest: 'Over-indexing genres in',
    history: 'Sales in',
  };
  const title = `${titles[show]} ${countryInText(country)}`;
  const measured = strongest(parts.map(part => ({ ...part, expected: loaded.expected.get(part.name) ?? 0 })));
  const most = measured.slice(0, limit);
  const rows =
    now.sales === 0
      ? []
      : show === 'history'
        ? historyRows(history, frame).slice(-limit)
        : show === 'strongest'
          ? overIndexRows(most)
          : partRows(parts);
  const change = changeOf(
    frame,
    now.sales,
    before.map(({ sales }) => sales),
  );
  const chart =
    show === 'strongest'
      ? most[0] && liftBars(title, most)
      : historyChart(frame, `Sales in ${countryInText(country)}`, [{ label: 'now', history }]);
  const [first] = most;
  const isOverIndex = show === 'strongest' && first !== undefined && first.low > 1;
  const money = formatMoney(now.usdCents, 'USD');
  const place = rank === null ? '' : ` Ranked #${rank} among countries.`;
  return {
    title,
    headline:
      now.sales === 0
        ? `No sales in ${countryInText(country)} in this period.`
        : isOverIndex
          ? `${atStart(first.name)} is at least ${formatRatio(first.low)} as popular in ` +
            `${countryInText(country)} as worldwide.`
          : `${atStart(countryInText(country))}: ${countOf(now.units, 'unit')} sold for ` +
            `${money}${changeWords(frame, change)}.${place}`,
    columns:
      show === 'history'
        ? HISTORY_COLUMNS
        : show === 'strongest'
          ? [{ key: 'name', label: 'Genre', kind: 'genre', subject: 'genre' }, ...OVER_INDEX_COLUMNS]
          : show === 'genres'
            ? partColumns('genres')
            : [
                { key: 'name', label: 'Artist', kind: 'link', subject: 'artist' },
                ...ofOne(partColumns('countries').slice(1), true),
                ART_COLUMN,
              ],
    rows,
    ...(rows.length > 0 && chart && { chart }),
    notes: [
      ...(show === 'strongest' && rows.length > 0
        ? ["Expected: the genre's worldwide sales times the country's share of all sales."]
        : []),
      ...(isOverIndex ? [] : compareNotes(frame, rows)),
    ],
    followUps: [
      ...(['strongest', 'genres', 'artists'] as const)
        .filter(word => word !== show)
        .map(word => ({ label: LABELS[word], change: { show: word } })),
      { label: 'Trending there', question: 'trending-genres', change: {} },
      { label: 'All countries', question: 'countries', change: { country: undefined } },
    ],
  };
}

const LABELS = { artists: 'Artists', genres: 'Genres', strongest: 'Over-indexing genres' } as const;
