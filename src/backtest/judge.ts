/**
 * Judges methods on rolling origins: what they rank and call each day, against what was then truly rising.
 */
import type { DayCounts } from './day-counts.ts';
import type { Method, Verdict } from './methods/method.ts';

/**
 * `other` is neither a hit nor a false call: it sells more, but is not what is looked for (just begun,
 * fading, carried along by another).
 */
export type Label = 'rising' | 'other' | 'not';

/** Something that lasts, in days of the counts; `until` is its peak. */
interface Episode {
  subject: number;
  from: number;
  until: number;
}

/** What somebody paid for, in US dollars. */
interface Attack extends Episode {
  budget: number;
}

export interface Truth {
  label(subject: number, origin: number): Label;
  /** What rises and should be found. */
  episodes: readonly Episode[];
  /** What only looks like it and should not be called. */
  decoys: readonly Episode[];
  attacks: readonly Attack[];
  /** Days with a Bandcamp Friday. */
  fridays: ReadonlySet<number>;
}

export const TOP = 10;
/** Days that a decoy stays in the window after its end. */
export const LINGERING = 7;
/** First days of the steps of the curve by days since onset. */
const ONSET_STEPS = [1, 3, 5, 7, 10, 14, 21, 28];

/** So many of so many. */
interface Share {
  of: number;
  all: number;
}

/** What an attack brought, by its budget in US dollars. */
export type AttackTally = Record<string, { attacks: number; listed: number; called: number }>;

interface Precision {
  origins: number;
  /** Of hits ÷ min(10, truly rising), over the origins at which anything rises. */
  sum: number;
}

/** Results of one method; they add up over worlds. */
export interface Tally {
  ordinary: Precision;
  friday: Precision;
  /** Rows among the first ten, and of these what was no rise, and what was a decoy or an attack. */
  rows: number;
  wrong: number;
  decoyRows: number;
  /** Calls on a day, by what they are called for. */
  calls: Record<Label, number>;
  /** Rising subjects on a day, called or not. */
  rising: number;
  episodes: number;
  /**
   * Episodes that stood in the top ten while they rose, and how many days before their peak for the first
   * time, in sum.
   */
  found: number;
  lead: number;
  /** By the first day of a step since the onset: of what grows, what stood in the top ten. */
  onset: Record<string, Share>;
  decoys: number;
  decoysCalled: number;
  decoysInTop: number;
  attacks: AttackTally;
}

export const emptyAttacks = (attacks: readonly { budget: number }[]): AttackTally => {
  const tally: AttackTally = {};
  for (const { budget } of attacks) {
    tally[budget] ??= { attacks: 0, listed: 0, called: 0 };
    tally[budget].attacks += 1;
  }
  return tally;
};

const emptyTally = (): Tally => ({
  ordinary: { origins: 0, sum: 0 },
  friday: { origins: 0, sum: 0 },
  rows: 0,
  wrong: 0,
  decoyRows: 0,
  calls: { rising: 0, other: 0, not: 0 },
  rising: 0,
  episodes: 0,
  found: 0,
  lead: 0,
  onset: Object.fromEntries(ONSET_STEPS.map(step => [step, { of: 0, all: 0 }])),
  decoys: 0,
  decoysCalled: 0,
  decoysInTop: 0,
  attacks: {},
});

/** Keeps the score of one method over the subjects of one kind. */
function createKeeper(
  counts: DayCounts,
  truth: Truth,
  window: number,
  isOfKind: (subject: number) => boolean,
) {
  const tally = emptyTally();
  const subjects = counts.keys.flatMap((_, subject) => (isOfKind(subject) ? [subject] : []));
  const ofKind = <E extends Episode>(list: readonly E[]) => list.filter(({ subject }) => isOfKind(subject));
  const episodes = ofKind(truth.episodes);
  const decoys = ofKind(truth.decoys);
  const attacks = ofKind(truth.attacks);
  const firstFound = new Map<Episode, number>();
  const seen = { called: new Set<Episode>(), inTop: new Set<Episode>() };

  /** At an origin at which it is in the window, and nothing else lifts its subject. */
  const isActive = ({ subject, from, until }: Episode, origin: number): boolean =>
    origin > from && origin <= until + LINGERING && truth.label(subject, origin) === 'not';

  return {
    add(origin: number, { score, called }: Verdict): void {
      const top = subjects
        .filter(subject => (score[subject] ?? 0) > 0)
        .sort((a, b) => (score[b] ?? 0) - (score[a] ?? 0))
        .slice(0, TOP);
      const inTop = new Set(top);
      const rising = subjects.filter(subject => truth.label(subject, origin) === 'rising').length;
      if (rising > 0) {
        const hits = top.filter(subject => truth.label(subject, origin) === 'rising').length;
        const friday = Array.from({ length: window }, (_, at) => origin - 1 - at).some(day =>
          truth.fridays.has(day),
        );
        const week = friday ? tally.friday : tally.ordinary;
        week.origins += 1;
        week.sum += hits / Math.min(TOP, rising);
      }
      tally.rising += rising;
      tally.rows += top.length;
      tally.wrong += top.filter(subject => truth.label(subject, origin) === 'not').length;
      for (const subject of called) if (isOfKind(subject)) tally.calls[truth.label(subject, origin)] += 1;
      for (const episode of episodes) {
        if (origin <= episode.from || origin > episode.until) continue;
        const step = ONSET_STEPS.findLast(first => first <= origin - episode.from);
        const share = tally.onset[step ?? ''];
        if (share) {
          share.all += 1;
          if (inTop.has(episode.subject)) share.of += 1;
        }
        if (inTop.has(episode.subject) && !firstFound.has(episode))
          firstFound.set(episode, episode.until - origin);
      }
      const lifted = new Set<number>();
      for (const decoy of [...decoys, ...attacks]) {
        if (!isActive(decoy, origin)) continue;
        lifted.add(decoy.subject);
        if (called.has(decoy.subject)) seen.called.add(decoy);
        if (inTop.has(decoy.subject)) seen.inTop.add(decoy);
      }
      tally.decoyRows += top.filter(subject => lifted.has(subject)).length;
    },
    done(): Tally {
      const paid = emptyAttacks(attacks);
      for (const attack of attacks) {
        const of = paid[attack.budget];
        if (!of) continue;
        if (seen.inTop.has(attack)) of.listed += 1;
        if (seen.called.has(attack)) of.called += 1;
      }
      return {
        ...tally,
        episodes: episodes.length,
        found: firstFound.size,
        lead: [...firstFound.values()].reduce((sum, days) => sum + days, 0),
        decoys: decoys.length,
        decoysCalled: decoys.filter(decoy => seen.called.has(decoy)).length,
        decoysInTop: decoys.filter(decoy => seen.inTop.has(decoy)).length,
        attacks: paid,
      };
    },
  };
}

export interface Judging {
  counts: DayCounts;
  truth: Truth;
  /** Days; each sees what is before it. */
  origins: Iterable<number>;
  /** Days that a method looks at: an origin is of a Bandcamp Friday week if one is among them. */
  window: number;
  /** Days that were read, if not all. */
  history?: number;
}

/**
 * One method over all origins, judged for each kind of subjects by itself: it ranks all of them together, and
 * of a kind the first ten are looked at.
 */
export function judgeKinds<Kind extends string>(
  method: Method,
  { counts, truth, origins, window, history }: Judging,
  kinds: Record<Kind, (subject: number) => boolean>,
): Record<Kind, Tally> {
  const keepers = Object.entries<(subject: number) => boolean>(kinds).map(
    ([kind, isOfKind]) => [kind, createKeeper(counts, truth, window, isOfKind)] as const,
  );
  for (const origin of origins) {
    const verdict = method.judge(counts, origin, history);
    for (const [, keeper] of keepers) keeper.add(origin, verdict);
  }
  return Object.fromEntries(keepers.map(([kind, keeper]) => [kind, keeper.done()])) as Record<Kind, Tally>;
}

/** One method over all origins and subjects. */
export const judgeMethod = (method: Method, judging: Judging): Tally =>
  judgeKinds(method, judging, { all: () => true }).all;
