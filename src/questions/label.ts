/** One label, or whoever's page it is: what it sells, whose, and how that goes. */
import type { Column, Row } from '../core/answer.ts';
import { countOf } from '../core/numbers.ts';
import { isNarrow, ofOne, told } from '../core/small-cells.ts';
import { sellerName } from '../core/sold-by.ts';
import type { Reader } from '../db/connect.ts';
import type { NamedSeller } from '../db/read/name-search.ts';
import { nameArtists, namePages } from '../db/read/named-subjects.ts';
import { pageRanking, rankingOf } from '../db/read/rankings.ts';
import type { Sum } from '../db/read/totals.ts';
import { artistsOfSeller } from '../db/read/who-sells.ts';
import { compareNotes } from './lib/baseline-change.ts';
import { type Behind, behindCells, loadBehindPages } from './lib/behind.ts';
import type { Meant } from './lib/behind-parameters.ts';
import { HISTORY_COLUMNS, historyRows } from './lib/breakdowns.ts';
import { type AnswerBody, defineQuestion, type Frame, type Values } from './lib/definition.ts';
import { areStepsNarrow, historyChart } from './lib/history.ts';
import {
  choiceParameter,
  limitParameter,
  nameParameter,
  untilParameter,
  windowParameter,
  zoneParameter,
} from './lib/parameters.ts';
import { nameNotes, type Resolved, resolve, shortName } from './lib/resolve-name.ts';
import { loadStanding, type Standing, standingFigures, standingHeadline } from './lib/subject-summary.ts';

const parameters = {
  label: nameParameter('Which label or page: its name or any of its addresses', 'ghost box'),
  show: choiceParameter('What to list', ['releases', 'artists', 'history'], {
    album: 'releases',
    item: 'releases',
    roster: 'artists',
  }),
  window: windowParameter('30d'),
  limit: limitParameter(10, 100),
  until: untilParameter,
  zone: zoneParameter,
};
type Asked = Values<typeof parameters>;

interface Part extends Sum {
  id: number;
  name: string;
  url: string | null;
  artist: string | null;
  artistId: number | null;
  behind?: Behind | undefined;
}

interface Loaded {
  label: Resolved<NamedSeller>;
  standing: Standing;
  /** Whom it sold in 90 days. */
  artists: number;
  parts: Part[];
}

export const label = defineQuestion<typeof parameters, Loaded>({
  name: 'label',
  title: 'Label',
  summary: 'What a label sells: its releases and artists ranked, over time.',
  parameters,
  phrases: [
    'record label',
    'how is the label <label> doing',
    'how is label <label> doing',
    'what does the label <label> sell',
    'how is my label doing',
  ],
  load,
  answer,
});

async function load(
  { db }: { db: Reader },
  { label: asked, show, limit }: Asked,
  frame: Frame,
): Promise<Loaded> {
  const { window } = frame;
  const label = await resolve(db, 'label', asked, window.until);
  const sellers = { ids: db`select id from seller where id = ${label.best.id}` };
  const load = { releases: loadReleases, artists: loadArtists, history: async () => [] }[show];
  return {
    label,
    standing: await loadStanding(db, 'seller', [label.best.id], frame),
    artists: await artistsOfSeller(db, label.best.id, window.until),
    parts: await load(db, { window, sellers }, limit),
  };
}

async function loadReleases(
  db: Reader,
  within: Parameters<typeof pageRanking>[2],
  limit: number,
): Promise<Part[]> {
  const sold = await pageRanking(db, 'any', within, { by: 'units', limit });
  const pages = await namePages(
    db,
    sold.map(({ subject }) => subject),
  );
  const behind = await loadBehindPages(
    db,
    sold.map(({ subject }) => subject),
    within.window,
  );
  return sold.map(({ subject, ...sum }) => {
    const { name = '', url = null, artist = null, artistId = null } = pages.get(subject) ?? {};
    return { id: subject, name, url, artist, artistId, behind: behind.get(subject), ...sum };
  });
}

async function loadArtists(
  db: Reader,
  within: Parameters<typeof rankingOf>[2],
  limit: number,
): Promise<Part[]> {
  const sold = await rankingOf(db, 'artist', within, { by: 'units', limit });
  const names = await nameArtists(
    db,
    sold.map(({ subject }) => subject),
  );
  return sold.map(({ subject, ...sum }) => {
    const { name = '', url = null } = names.get(subject) ?? {};
    return { id: subject, name, url, artist: null, artistId: null, ...sum };
  });
}

const SUMS: Column[] = [
  { key: 'sales', label: 'Sales', kind: 'count' },
  { key: 'units', label: 'Units', kind: 'count' },
  { key: 'revenueUsd', label: 'Revenue', kind: 'money', currency: 'USD' },
];
const COLUMNS: Record<Asked['show'], Column[]> = {
  releases: [
    { key: 'name', label: 'Release', kind: 'link', subject: 'item' },
    { key: 'artist', label: 'Artist', kind: 'text', subject: 'artist' },
    { key: 'release', label: 'Release date', kind: 'text' },
    ...SUMS,
  ],
  artists: [{ key: 'name', label: 'Artist', kind: 'link', subject: 'artist' }, ...SUMS],
  history: HISTORY_COLUMNS,
};
const LABELS: Record<Asked['show'], string> = {
  releases: 'Releases',
  artists: 'Artists',
  history: 'Day by day',
};
const NOWHERE: Meant = { place: null, label: null, placed: null };

function rowOf({ id, name, url, artist, artistId, behind, ...sum }: Part, show: string, frame: Frame): Row {
  return {
    name,
    nameUrl: url,
    nameId: id,
    ...(show === 'releases' && {
      artist,
      artistId,
      release: behindCells(behind, NOWHERE, frame).release ?? null,
    }),
    ...told(sum.few, { sales: sum.sales, units: sum.units, revenueUsd: sum.usdCents }),
  };
}

function answer(
  { label: asked, show, limit }: Asked,
  { label, standing, artists, parts }: Loaded,
  frame: Frame,
): AnswerBody {
  const { best, others } = label;
  const name = sellerName({ host: best.host, name: best.name === best.host ? null : best.name });
  const sold = standing.now.sales > 0;
  const rows = show === 'history' ? historyRows(standing.history, frame).slice(-limit) : parts;
  const chart = historyChart(frame, name, [{ label: 'now', history: standing.history }]);
  const figures = standingFigures(frame, standing);
  const [first] = parts;
  const leads = first
    ? ` Best seller: ${first.artist ? `${first.name} by ${first.artist}` : first.name}.`
    : '';
  return {
    title: name,
    headline:
      `${standingHeadline(name, '', frame, standing)}${leads}` +
      `${sold ? ` It sold music by ${countOf(artists, 'artist')} in the last 90 days.` : ''}`,
    columns: ofOne(
      COLUMNS[show],
      show === 'history' ? areStepsNarrow(standing.history.steps) : isNarrow(frame),
    ),
    rows: sold ? rows.map(row => ('id' in row ? rowOf(row as Part, show, frame) : (row as Row))) : [],
    ...(!standing.now.few && { figures: { ...figures, columns: ofOne(figures.columns, false) } }),
    ...(sold && chart && { chart }),
    notes: [
      ...nameNotes(asked, label),
      `Page: ${best.host}.`,
      ...compareNotes(frame, sold ? parts.map(part => rowOf(part, show, frame)) : []),
    ],
    followUps: [
      ...others.map(other => ({
        label: `Did you mean ${shortName(other.name)}?`,
        change: { label: other.host },
      })),
      ...(['releases', 'artists', 'history'] as const)
        .filter(word => word !== show)
        .map(word => ({ label: LABELS[word], change: { label: best.host, show: word } })),
      {
        label: 'Emerging artists here',
        question: 'emerging-artists',
        change: { label: best.host, show: undefined, window: undefined },
      },
      {
        label: 'Trending labels',
        question: 'trending-sellers',
        change: { label: undefined, show: undefined },
      },
    ],
  };
}
