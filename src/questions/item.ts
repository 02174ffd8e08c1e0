/** One release: copies, revenue, formats with the latest and the highest price paid, countries, over time. */
import type { Column } from '../core/answer.ts';
import { formatRoundMoney } from '../core/numbers.ts';
import { countryInText } from '../core/places/country.ts';
import { isNarrow, ofOne, told } from '../core/small-cells.ts';
import { toIso } from '../core/time/instant.ts';
import type { Reader } from '../db/connect.ts';
import type { NamedRelease } from '../db/read/name-search.ts';
import { type Format, formatsOf, itemsOf } from '../db/read/releases.ts';
import { compareNotes } from './lib/baseline-change.ts';
import {
  FORMATS,
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
import { nameNotes, type Resolved, resolve, shortName } from './lib/resolve-name.ts';
import { loadStanding, type Standing, standingHeadline } from './lib/subject-summary.ts';

const parameters = {
  item: nameParameter(
    'Which release: its title, "title by artist" or its address',
    'music has the right to children',
  ),
  show: choiceParameter('What to list', ['formats', 'countries', 'history']),
  window: windowParameter('30d'),
  country: countryParameter,
  limit: limitParameter(10, 100),
  until: untilParameter,
  zone: zoneParameter,
};
type Asked = Values<typeof parameters>;

interface Loaded {
  release: Resolved<NamedRelease>;
  standing: Standing;
  formats: Format[];
  countries: NamedPart[];
}

export const item = defineQuestion<typeof parameters, Loaded>({
  name: 'item',
  title: 'Release',
  summary: 'How a release sells: copies, revenue, prices paid, formats, countries, over time.',
  parameters,
  phrases: ['album', 'release', 'record', 'track', 'song', 'how is the album <item> selling'],
  load,
  answer,
});

async function load({ db }: { db: Reader }, asked: Asked, frame: Frame): Promise<Loaded> {
  const { country, show, limit } = asked;
  const { window } = frame;
  const release = await resolve(db, 'item', asked.item, window.until);
  const ids = await itemsOf(db, release.best.id);
  return {
    release,
    standing: await loadStanding(db, 'page', [release.best.id], frame, country),
    formats: await formatsOf(db, ids, window, country, limit),
    countries:
      show === 'countries' ? await loadParts(db, { subject: 'item', ids, window, country }, show, limit) : [],
  };
}

const FORMAT_COLUMNS: Column[] = [
  { key: 'format', label: 'Format', kind: 'text' },
  { key: 'title', label: 'Title', kind: 'link' },
  { key: 'sales', label: 'Sales', kind: 'count' },
  { key: 'units', label: 'Copies', kind: 'count' },
  { key: 'revenueUsd', label: 'Revenue', kind: 'money', currency: 'USD' },
  { key: 'latestUsd', label: 'Latest paid', kind: 'money', currency: 'USD' },
  { key: 'highestUsd', label: 'Highest paid', kind: 'money', currency: 'USD' },
  { key: 'lastSold', label: 'Last sold', kind: 'instant' },
];

/** When something was sold last is withheld with what was sold. */
const formatColumns = (narrow: boolean): Column[] =>
  ofOne(FORMAT_COLUMNS, narrow).map(column =>
    narrow && column.key === 'lastSold' ? { ...column, small: '' } : column,
  );

function answer(asked: Asked, { release, standing, formats, countries }: Loaded, frame: Frame): AnswerBody {
  const { show, country, limit } = asked;
  const { name, artist, url } = release.best;
  const where = country ? ` in ${countryInText(country)}` : '';
  const called = artist ? `${name} by ${artist}` : name;
  const title = `${called}${where}`;
  const sold = standing.now.sales > 0;
  const formatRows = formats.map(format => ({
    format: FORMATS[format.type] ?? format.type,
    title: format.title || name,
    titleUrl: url,
    ...told(format.few, {
      sales: format.sales,
      units: format.units,
      revenueUsd: format.usdCents,
      latestUsd: format.latest,
      highestUsd: format.highest,
      lastSold: toIso(format.lastSold),
    }),
  }));
  const narrow = isNarrow({ ...frame, country });
  const table = {
    formats: { columns: formatColumns(narrow), rows: formatRows },
    countries: { columns: ofOne(partColumns('countries'), true), rows: partRows(countries) },
    history: {
      columns: ofOne(HISTORY_COLUMNS, areStepsNarrow(standing.history.steps, country)),
      rows: historyRows(standing.history, frame).slice(-limit),
    },
  }[show];
  const rows = sold ? table.rows : [];
  const chart =
    show === 'countries'
      ? partChart('countries', title, countries)
      : historyChart(frame, title, [{ label: 'now', history: standing.history }]);
  const highest = Math.max(0, ...formats.map(({ few, highest }) => (few ? 0 : (highest ?? 0))));
  const paid = highest > 0 ? ` Highest price paid: about ${formatRoundMoney(highest, 'USD')}.` : '';
  return {
    title,
    headline: `${standingHeadline(called, where, frame, standing)}${paid}`,
    ...aboutOf(called, url),
    columns: table.columns,
    rows,
    ...(sold && chart && { chart }),
    notes: [...nameNotes(asked.item, release), ...compareNotes(frame, rows)],
    followUps: [
      ...release.others.map(other => ({
        label: `Did you mean ${shortName(other.artist ? `${other.name} by ${other.artist}` : other.name)}?`,
        change: { item: other.url },
      })),
      ...(artist ? [{ label: `About ${shortName(artist)}`, question: 'artist', change: { artist } }] : []),
      ...(['countries', 'history', 'formats'] as const)
        .filter(word => word !== show)
        .map(word => ({ label: LABELS[word], change: { item: url, show: word } })),
      ...(country ? [{ label: 'Worldwide', change: { country: undefined } }] : []),
    ],
  };
}

const LABELS = { formats: 'Formats', countries: 'Countries', history: 'Day by day' } as const;
