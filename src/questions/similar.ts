/** Artists who are bought in the same checkouts as another one, more often than by chance. */

import type { Column } from '../core/answer.ts';
import { formatCount } from '../core/numbers.ts';
import { FEW, isNarrow, LEAST_CHECKOUTS, ofOne, told } from '../core/small-cells.ts';
import { formatDate } from '../core/time/dates.ts';
import { DAY } from '../core/time/instant.ts';
import type { Reader } from '../db/connect.ts';
import { type Companions, companionsOf } from '../db/read/co-purchases.ts';
import type { Named } from '../db/read/name-likeness.ts';
import { type NamedArtist, nameArtists } from '../db/read/named-subjects.ts';
import { LEAST_ASSOCIATION, logLikelihoodRatio } from '../stats/association.ts';
import { type AnswerBody, defineQuestion, type Frame, type Values } from './lib/definition.ts';
import { ART_COLUMN, aboutOf } from './lib/listed.ts';
import {
  limitParameter,
  nameParameter,
  untilParameter,
  windowParameter,
  zoneParameter,
} from './lib/parameters.ts';
import { didYouMean, nameNotes, type Resolved, resolve, shortName } from './lib/resolve-name.ts';

const parameters = {
  artist: nameParameter('Like whom', 'boards of canada'),
  window: windowParameter('90d'),
  limit: limitParameter(10, 50),
  until: untilParameter,
  zone: zoneParameter,
};
type Asked = Values<typeof parameters>;

interface Loaded {
  artist: Resolved<Named>;
  companions: Companions;
  names: Map<number, NamedArtist>;
}

export const similar = defineQuestion<typeof parameters, Loaded>({
  name: 'similar',
  title: 'Bought together',
  summary: 'Which artists are bought in the same checkouts as an artist, more often than by chance.',
  parameters,
  phrases: [
    'similar to',
    'artists similar to',
    'who else do fans of <artist> buy',
    'what else do fans of <artist> buy',
    'fans of <artist> also buy',
    'bought with',
    'bought together with',
    'who is like <artist>',
    'artists like <artist>',
    'sounds like',
  ],
  load,
  answer,
});

/** Once together can be anything. */
const LEAST_TOGETHER = 2;

async function load({ db }: { db: Reader }, asked: Asked, { window }: Frame): Promise<Loaded> {
  const artist = await resolve(db, 'artist', asked.artist, window.until);
  const companions = await companionsOf(db, artist.best.id, window);
  return {
    artist,
    companions,
    names: await nameArtists(db, [artist.best.id, ...companions.artists.map(({ id }) => id)]),
  };
}

const COLUMNS: Column[] = [
  { key: 'name', label: 'Artist', kind: 'link', subject: 'artist' },
  { key: 'together', label: 'Together', kind: 'count' },
  { key: 'checkouts', label: 'All checkouts', kind: 'count' },
  { key: 'times', label: 'Than by chance', kind: 'ratio' },
  { key: 'ratio', label: 'How surely', kind: 'count' },
];

function answer(asked: Asked, { artist, companions, names }: Loaded, { window, zone }: Frame): AnswerBody {
  const { own, all, artists, since } = companions;
  const { name } = artist.best;
  const found = artists
    .filter(({ together }) => together >= LEAST_TOGETHER)
    .map(({ id, together, checkouts }) => ({
      id,
      name: names.get(id)?.name ?? '',
      url: names.get(id)?.url,
      together,
      checkouts,
      times: together / Math.max((own * checkouts) / Math.max(all, 1), Number.EPSILON),
      ratio: logLikelihoodRatio(
        together,
        own - together,
        checkouts - together,
        Math.max(0, all - own - checkouts + together),
      ),
    }))
    .filter(({ ratio }) => ratio >= LEAST_ASSOCIATION)
    .sort((a, b) => b.ratio - a.ratio || b.together - a.together || a.name.localeCompare(b.name, 'en'))
    .slice(0, asked.limit);
  const [first] = found;
  const narrow = isNarrow({ window });
  const isFew = (checkouts: number): boolean => narrow && checkouts < LEAST_CHECKOUTS;
  const shown = (checkouts: number): string => (isFew(checkouts) ? FEW : formatCount(checkouts));
  const title = `Bought with ${name}`;
  return {
    title,
    headline: first
      ? `Who buys ${name} buys ${first.name}: ${shown(first.together)} of ${shown(own)} ` +
        'checkouts held both.'
      : own === 0
        ? `No checkouts with ${name} in this window.`
        : `Nobody is clearly bought together with ${name}: ${shown(own)} ` +
          `${own === 1 ? 'checkout tells' : 'checkouts tell'} too little.`,
    ...aboutOf(name, names.get(artist.best.id)?.url),
    columns: [...ofOne(COLUMNS, narrow, ['ratio']), ART_COLUMN],
    rows: found.map(({ id, name, url, together, checkouts, times, ratio }) => ({
      name,
      ...(url && { nameUrl: url }),
      nameId: id,
      ...told(isFew(together), { together }),
      ...told(isFew(checkouts), { checkouts }),
      ...told(isFew(together), { times: Number(times.toFixed(1)), ratio: Math.round(ratio) }),
      artUrl: names.get(id)?.artUrl ?? null,
    })),
    ...(first && {
      chart: {
        kind: 'bars' as const,
        title,
        unit: 'how surely they belong together',
        format: 'count' as const,
        alt:
          `Bar chart of ${found.length} artists by how surely they are bought with ${name}; ` +
          `${first.name} leads.`,
        caption: 'Log-likelihood ratio of being in one checkout',
        series: [
          { label: 'together', points: found.map(({ name, ratio }) => ({ x: name, y: Math.round(ratio) })) },
        ],
      },
    }),
    notes: [
      ...nameNotes(asked.artist, artist),
      ...(since - window.from > DAY && own > 0
        ? [
            `Looked at: the newest ${formatCount(own)} checkouts with ${shortName(name)}, since ` +
              `${formatDate(since, zone)}.`,
          ]
        : []),
      'Ranked by how surely it is no chance (log-likelihood ratio), so that those who sell to everybody do ' +
        'not lead everywhere. Imported history does not tell checkouts.',
    ],
    followUps: [
      ...didYouMean('artist', artist),
      ...(first
        ? [
            {
              label: `About ${shortName(first.name)}`,
              question: 'artist',
              change: { artist: first.name, window: undefined },
            },
            { label: `Bought with ${shortName(first.name)}`, change: { artist: first.name } },
          ]
        : []),
      { label: `About ${shortName(name)}`, question: 'artist', change: { artist: name, window: undefined } },
    ],
  };
}
