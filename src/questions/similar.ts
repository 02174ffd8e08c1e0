/** Artists who are bought in the same checkouts as another one; where none is, those of the same tags. */

import type { Column, Row } from '../core/answer.ts';
import { countOf, formatCount } from '../core/numbers.ts';
import { FEW, isNarrow, LEAST_CHECKOUTS, ofOne, told } from '../core/small-cells.ts';
import { formatDayOfYear } from '../core/time/dates.ts';
import { DAY, type Instant } from '../core/time/instant.ts';
import type { Window } from '../core/time/window.ts';
import type { Reader } from '../db/connect.ts';
import { type Companions, companionsOf } from '../db/read/co-purchases.ts';
import type { Named } from '../db/read/name-likeness.ts';
import { type NamedArtist, nameArtists } from '../db/read/named-subjects.ts';
import { artistsOfSameTags, type LikeArtist } from '../db/read/shared-tags.ts';
import { type Associated, associatedOf, type Evidence } from '../stats/association.ts';
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

/** What was looked at: the window asked for, or more where that says too little. */
interface Looked {
  window: Window;
  companions: Companions;
}

interface Loaded {
  artist: Resolved<Named>;
  looked: Looked;
  found: Associated[];
  /** Where nobody is found. */
  like: LikeArtist[];
  names: Map<number, NamedArtist>;
}

export const similar = defineQuestion<typeof parameters, Loaded>({
  name: 'similar',
  title: 'Bought together',
  summary: 'Artists bought in the same checkouts as an artist, more often than chance.',
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

/** The artist's newest sales, whose checkouts are looked at; where they say nothing more, of a year. */
const NEWEST_SALES = 2_000;
const MORE_SALES = 5_000;
const YEAR = 365 * DAY;
/** Tags are compared over this time: who sells now. */
const TAGS_FOR = 90 * DAY;

async function load({ db }: { db: Reader }, asked: Asked, { window }: Frame): Promise<Loaded> {
  const artist = await resolve(db, 'artist', asked.artist, window.until);
  const { id } = artist.best;
  const inWindow = (from: Instant): Window => ({ from: Math.min(from, window.from), until: window.until });
  const year = inWindow(window.until - YEAR);
  let looked: Looked = { window, companions: await companionsOf(db, id, window, NEWEST_SALES) };
  let found = associatedOf(looked.companions);
  if (found.length === 0) {
    looked = { window: year, companions: await companionsOf(db, id, year, MORE_SALES) };
    found = associatedOf(looked.companions);
  }
  found = found.slice(0, asked.limit);
  const like =
    found.length > 0 ? [] : await artistsOfSameTags(db, id, inWindow(window.until - TAGS_FOR), asked.limit);
  const ids = [id, ...found.map(one => one.id), ...like.map(one => one.id)];
  return { artist, looked, found, like, names: await nameArtists(db, ids) };
}

const NAME: Column = { key: 'name', label: 'Artist', kind: 'link', subject: 'artist' };
const EVIDENCE: Column = { key: 'evidence', label: 'Evidence', kind: 'text' };
const COLUMNS: Column[] = [
  { key: 'together', label: 'Checkouts with both', kind: 'count' },
  { key: 'checkouts', label: 'Their checkouts', kind: 'count' },
  { key: 'times', label: 'Times more than chance', kind: 'ratio' },
  { key: 'ratio', label: 'Confidence score', kind: 'count', only: 'wide' },
];
const EVIDENCE_WORDS: Record<Evidence, string> = { sure: 'strong', likely: 'likely', hint: 'weak' };

function answer(asked: Asked, loaded: Loaded, frame: Frame): AnswerBody {
  const { artist, found, names } = loaded;
  const { name } = artist.best;
  const first = names.get(found[0]?.id ?? loaded.like[0]?.id ?? -1)?.name;
  const { notes = [], ...answered } = found.length > 0 ? boughtWith(loaded, frame) : ofSameTags(loaded);
  return {
    ...answered,
    ...aboutOf(name, names.get(artist.best.id)?.url),
    notes: [...nameNotes(asked.artist, artist), ...notes],
    followUps: [
      ...didYouMean('artist', artist),
      ...(first === undefined
        ? []
        : [
            {
              label: `About ${shortName(first)}`,
              question: 'artist',
              change: { artist: first, window: undefined },
            },
            { label: `Bought with ${shortName(first)}`, change: { artist: first } },
          ]),
      { label: `About ${shortName(name)}`, question: 'artist', change: { artist: name, window: undefined } },
    ],
  };
}

type Told = Omit<AnswerBody, 'followUps'>;

/** The cells that name a row's artist. */
const namedCells = (id: number, names: Loaded['names']): Row => {
  const { name = '', url, artUrl = null } = names.get(id) ?? {};
  return { name, ...(url && { nameUrl: url }), nameId: id, artUrl };
};

function boughtWith({ artist, looked, found, names }: Loaded, { window, zone }: Frame): Told {
  const { name } = artist.best;
  const { own, since } = looked.companions;
  const narrow = isNarrow({ window: looked.window });
  const isFew = (checkouts: number): boolean => narrow && checkouts < LEAST_CHECKOUTS;
  const shown = (checkouts: number): string => (isFew(checkouts) ? FEW : formatCount(checkouts));
  const title = `Bought with ${name}`;
  const nameOf = (id: number): string => names.get(id)?.name ?? '';
  const [first] = found;
  const widened = looked.window !== window;
  return {
    title,
    headline: first
      ? `${HEADLINES[first.evidence](name, nameOf(first.id))} (${shown(first.together)} of ` +
        `${countShown(own, shown)} held both).`
      : '',
    columns: [NAME, EVIDENCE, ...ofOne(COLUMNS, narrow, ['ratio']), ART_COLUMN],
    rows: found.map(({ id, together, checkouts, times, ratio, evidence }) => ({
      ...namedCells(id, names),
      evidence: EVIDENCE_WORDS[evidence],
      ...told(isFew(together), { together }),
      ...told(isFew(checkouts), { checkouts }),
      ...told(isFew(together), { times: Number(times.toFixed(1)), ratio: Math.round(ratio) }),
    })),
    chart: {
      kind: 'bars',
      title,
      unit: 'confidence score',
      format: 'count',
      alt:
        `Bar chart of ${found.length} artists by how clearly they are bought with ${name}; ` +
        `${nameOf(first?.id ?? -1)} leads.`,
      caption: 'Log-likelihood ratio of being in the same checkout',
      series: [
        {
          label: 'together',
          points: found.map(({ id, ratio }) => ({ x: nameOf(id), y: Math.round(ratio) })),
        },
      ],
    },
    notes: [
      ...(widened || since - window.from > DAY
        ? [
            `Based on the newest ${countOf(own, 'checkout')} with ${shortName(name)}, since ` +
              `${formatDayOfYear(since, window.until, zone)}` +
              `${widened ? ', because there are too few in this period' : ''}.`,
          ]
        : []),
      'Strong: at most 1 in 100 such pairs is due to chance. Likely: at most 1 in 10. Weak: at most 1 in 2.',
      'Ranked by log-likelihood ratio, which keeps artists who sell to everybody from leading everywhere. ' +
        'Imported history has no checkouts.',
    ],
  };
}

const HEADLINES: Record<Evidence, (name: string, other: string) => string> = {
  sure: (name, other) => `People who buy ${name} also buy ${other}`,
  likely: (name, other) => `People who buy ${name} probably also buy ${other}`,
  hint: (name, other) => `People who buy ${name} may also buy ${other}`,
};

const countShown = (count: number, shown: (count: number) => string): string =>
  `${shown(count)} ${count === 1 ? 'checkout' : 'checkouts'}`;

/** Never as bought together: what else can be said. */
function ofSameTags({ artist, looked, like, names }: Loaded): Told {
  const { name } = artist.best;
  const { own } = looked.companions;
  const looking =
    own === 0
      ? `No checkouts with ${name} in the 365 days looked at.`
      : `No artist is clearly bought with ${name} yet (${countOf(own, 'checkout')}).`;
  const first = names.get(like[0]?.id ?? -1)?.name;
  return {
    title: `Similar to ${name}`,
    headline: first ? `${looking} ${first} shares the most tags with it.` : looking,
    columns: [NAME, EVIDENCE, { key: 'tags', label: 'Shared tags', kind: 'text' }, ART_COLUMN],
    rows: like.map(({ id, tags }) => ({
      ...namedCells(id, names),
      evidence: 'tags only',
      tags: tags.join(', '),
    })),
    notes:
      like.length > 0
        ? [
            'Tags only: they sell music with the same tags (rare tags count more), but are not yet ' +
              'clearly bought together.',
          ]
        : ['Imported history has no checkouts.'],
  };
}
