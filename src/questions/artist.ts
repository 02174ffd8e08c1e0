/** One artist: sales over time, rank and change, and what sold where. */

import { countOf } from '../core/numbers.ts';
import { countryInText } from '../core/places/country.ts';
import { isNarrow, ofOne } from '../core/small-cells.ts';
import { sellerName } from '../core/sold-by.ts';
import { formatDayOfYear } from '../core/time/dates.ts';
import type { Reader } from '../db/connect.ts';
import { artistFacts } from '../db/read/breakdowns.ts';
import type { Named } from '../db/read/name-likeness.ts';
import { nameArtists } from '../db/read/named-subjects.ts';
import { compareNotes } from './lib/baseline-change.ts';
import { type Behind, behindSentence, loadBehind } from './lib/behind.ts';
import {
  HISTORY_COLUMNS,
  historyRows,
  loadParts,
  type NamedPart,
  partChart,
  partColumns,
  partRows,
} from './lib/breakdowns.ts';
import { type AnswerBody, defineQuestion, type Frame, type Values } from './lib/definition.ts';
import { areStepsNarrow, historyChart } from './lib/history.ts';
import { aboutOf } from './lib/listed.ts';
import {
  choiceParameter,
  countryParameter,
  limitParameter,
  nameParameter,
  untilParameter,
  windowParameter,
  zoneParameter,
} from './lib/parameters.ts';
import { didYouMean, nameNotes, type Resolved, resolve, shortName } from './lib/resolve-name.ts';
import { loadStanding, type Standing, standingHeadline } from './lib/subject-summary.ts';

const parameters = {
  artist: nameParameter('Who', 'boards of canada'),
  show: choiceParameter('What to list', ['items', 'countries', 'genres', 'sellers', 'history']),
  window: windowParameter('30d'),
  country: countryParameter,
  limit: limitParameter(10, 100),
  until: untilParameter,
  zone: zoneParameter,
};
type Asked = Values<typeof parameters>;

interface Loaded {
  artist: Resolved<Named>;
  url: string | null | undefined;
  standing: Standing;
  facts: Awaited<ReturnType<typeof artistFacts>>;
  behind: Behind | undefined;
  parts: NamedPart[];
}

export const artist = defineQuestion<typeof parameters, Loaded>({
  name: 'artist',
  title: 'Artist',
  summary: 'How an artist sells: over time, the rank, and the best releases, countries, genres and sellers.',
  parameters,
  phrases: [
    'band',
    'who is <artist>',
    'who are <artist>',
    'how is <artist> selling',
    'tell me about <artist>',
    'is <artist> on a label',
    'is <artist> signed',
    'which label is <artist> on',
    'who sells <artist>',
  ],
  load,
  answer,
});

async function load({ db }: { db: Reader }, asked: Asked, frame: Frame): Promise<Loaded> {
  const { country, show, limit } = asked;
  const { window } = frame;
  const artist = await resolve(db, 'artist', asked.artist, window.until);
  const ids = [artist.best.id];
  return {
    artist,
    url: (await nameArtists(db, ids)).get(artist.best.id)?.url,
    standing: await loadStanding(db, 'artist', ids, frame, country),
    facts: await artistFacts(db, artist.best.id, window),
    behind: (await loadBehind(db, ids, window)).get(artist.best.id),
    parts:
      show === 'history' ? [] : await loadParts(db, { subject: 'artist', ids, window, country }, show, limit),
  };
}

function answer(asked: Asked, loaded: Loaded, frame: Frame): AnswerBody {
  const { artist, url, standing, facts, behind, parts } = loaded;
  const { show, country, limit } = asked;
  const { name } = artist.best;
  const where = country ? ` in ${countryInText(country)}` : '';
  const title = `${name}${where}`;
  const sold = standing.now.sales > 0;
  const rows = !sold
    ? []
    : show === 'history'
      ? historyRows(standing.history, frame).slice(-limit)
      : partRows(parts);
  const history = historyChart(frame, title, [{ label: 'now', history: standing.history }]);
  const chart = show === 'countries' ? partChart(show, title, parts) : history;
  const others = (['items', 'countries', 'genres', 'history'] as const).filter(word => word !== show);
  return {
    title,
    headline: standingHeadline(name, where, frame, standing),
    ...aboutOf(name, url),
    columns:
      show === 'history'
        ? ofOne(HISTORY_COLUMNS, areStepsNarrow(standing.history.steps, country))
        : ofOne(partColumns(show), show === 'countries' || isNarrow({ ...frame, country })),
    rows,
    ...(sold && chart && { chart }),
    notes: [
      ...nameNotes(asked.artist, artist),
      ...behindSentence(behind, frame),
      ...(facts.firstSeen === null
        ? []
        : [`First seen ${formatDayOfYear(facts.firstSeen, frame.window.until, frame.zone)}.`]),
      ...(sold
        ? [
            `${country ? 'Worldwide, sold' : 'Sold'} by ${countOf(facts.sellers, 'seller')} to buyers in ` +
              `${countOf(facts.countries, 'country', 'countries')} in this period.`,
          ]
        : []),
      ...compareNotes(frame, rows),
    ],
    followUps: [
      ...didYouMean('artist', artist),
      ...((behind?.seller?.kind === 'label' && !behind.seller.isOwnPage) ||
      behind?.seller?.kind === 'own-label'
        ? [
            {
              label: `About ${shortName(sellerName(behind.seller))}`,
              question: 'label',
              change: { label: behind.seller.host, artist: undefined, show: undefined, country: undefined },
            },
          ]
        : []),
      ...others.slice(0, 2).map(word => ({ label: LABELS[word], change: { artist: name, show: word } })),
      {
        label: 'Bought together',
        question: 'similar',
        change: { artist: name, country: undefined, window: undefined },
      },
      ...(country ? [{ label: 'Worldwide', change: { country: undefined } }] : []),
    ],
  };
}

const LABELS = {
  items: 'Best sellers',
  countries: 'Countries',
  genres: 'Genres',
  history: 'Day by day',
} as const;
