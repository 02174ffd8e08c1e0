/** Takes artists, sellers and pages off every face, shows them again, and lists them: the operator's word. */
import type { Ambient } from '../ambient.ts';
import { UsageError, UserError } from '../core/errors.ts';
import { formatMinute } from '../core/time/dates.ts';
import type { HasDb } from '../db/connect.ts';
import {
  findHideable,
  HIDDEN_KINDS,
  type HiddenKind,
  type Hideable,
  hiddenSubjects,
  hideSubject,
  unhideSubject,
} from '../db/hidden-subjects.ts';
import { findArtists } from '../db/read/name-search.ts';

/** What is no longer shown of each kind, and what is. */
const EFFECT: Record<HiddenKind, string> = {
  artist: 'The artist and the releases that were last sold under that name are left out',
  seller: 'The seller and its pages are left out, but its artists are not: hide those who want it too',
  page: 'The release is left out',
};

type HideDeps = HasDb & Pick<Ambient, 'clock'>;

export const hideCommands = {
  hide: {
    usage: 'hide artist|seller|page NAME --reason TEXT',
    summary: 'Hides it everywhere within a minute, by its full name, host, address or id; totals stay',
    options: ['reason'] as const,
    takesWords: true as const,
    async run(deps: HideDeps, words: string[], { reason }: { reason?: string }): Promise<string> {
      const { kind, id, name } = await subjectIn(deps, words, this.usage);
      if (!reason?.trim()) throw new UsageError(`A reason is missing. Usage: ${this.usage}`);
      await hideSubject(deps.db, { kind, id, reason: reason.trim(), hiddenAt: deps.clock.now() });
      return (
        `Hidden: ${kind} ${id}, ${name}. ${EFFECT[kind]}, everywhere within a minute. ` +
        'Totals still count what was sold.\n'
      );
    },
  },
  unhide: {
    usage: 'unhide artist|seller|page NAME',
    summary: 'Shows again what was hidden',
    options: [],
    takesWords: true as const,
    async run(deps: HideDeps, words: string[]): Promise<string> {
      const { kind, id, name } = await subjectIn(deps, words, this.usage);
      if (!(await unhideSubject(deps.db, kind, id)))
        throw new UserError(`The ${kind} ${name} is not hidden.`, 'The command "hidden" lists what is.');
      return `Shown again: ${kind} ${id}, ${name}.\n`;
    },
  },
  hidden: {
    usage: 'hidden',
    summary: 'Lists what is hidden, since when and why',
    options: [],
    use: 'read' as const,
    async run({ db }: HasDb): Promise<string> {
      const all = await hiddenSubjects(db);
      const lines = all.map(
        ({ kind, id, name, reason, hiddenAt }) =>
          `${kind} ${id} ${name}, since ${formatMinute(hiddenAt, 'UTC')} UTC: ${reason}\n`,
      );
      return lines.join('') || 'Nothing is hidden.\n';
    },
  },
};

/** @throws UsageError, and UserError for what is not in the data */
async function subjectIn(
  { db, clock }: HideDeps,
  [word, ...words]: readonly string[],
  usage: string,
): Promise<Hideable & { kind: HiddenKind }> {
  const kind = HIDDEN_KINDS.find(each => each === word);
  const asked = words.join(' ').trim();
  if (!kind || !asked) throw new UsageError(`Say which kind, and which. Usage: ${usage}`);
  const one = await findHideable(db, kind, asked);
  if (one) return { kind, ...one };
  const near = kind === 'artist' ? (await findArtists(db, asked, clock.now())).slice(0, 3) : [];
  throw new UserError(
    `There is no ${kind} "${asked.slice(0, 100)}".`,
    near.length > 0
      ? `Did you mean ${near.map(({ name }) => `"${name}"`).join(' or ')}?`
      : 'Give the whole name, host or address, or the id that JSON has for it.',
  );
}
