/**
 * What a question is: its name, its typed parameters, the SQL that loads its rows and the pure function that
 * answers.
 */
import type { Answer } from '../../core/answer.ts';
import { editDistance } from '../../core/edit-distance.ts';
import { UserError } from '../../core/errors.ts';
import type { Instant } from '../../core/time/instant.ts';
import { LEAST_BASELINE_COVERAGE, type Window } from '../../core/time/window.ts';
import type { Reader } from '../../db/connect.ts';

/**
 * One parameter of type `T`: every face derives its own form of it (option, form field, help line) from here.
 */
export interface Parameter<T> {
  describe: string;
  example: string;
  /** The raw default; absent for a parameter that is off unless given. */
  default?: string;
  /** The few values there are, where they are few. */
  choices?: readonly string[];
  /** The question cannot be asked without it. */
  required?: true;
  /** A name that can be any words: free text gives it those that nothing else recognises. */
  isName?: true;
  /** @throws UserError */
  parse(raw: string): T;
  /** The raw text that `parse` reads back as this value. */
  format(value: T): string;
  /**
   * Whether a word of free text ("germany", "7d") is meant for this parameter; `besideName`: where it could
   * be a part of a name as well.
   */
  recognises(word: string, besideName?: boolean): boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: a parameter's type is known only to its own question
type Parameters = Record<string, Parameter<any>>;
/**
 * The parsed values of a question's parameters: those without a default that are not required may be
 * undefined.
 */
export type Values<P extends Parameters> = {
  [Key in keyof P]: P[Key] extends Parameter<infer T>
    ? P[Key] extends { default: string } | { required: true }
      ? T
      : T | undefined
    : never;
};

/** An earlier window, and the share of it for which the feed was read. */
export interface Stretch extends Window {
  coverage: number;
}

/** What every question is asked within; found once before its own SQL runs. */
export interface Frame {
  window: Window;
  /**
   * The windows whose shares of all sales trends are expected to keep: see `baselineOf`, and of a young
   * history `splitHistory`.
   */
  baseline: Stretch[];
  /** Where reading began; where it began before the baseline, the baseline's start. */
  since: Instant;
  /** Of a young history: the window as it was asked for, where `window` is what can be compared of it. */
  young?: Window;
  /** What the window's sums are compared with, the newest first: see `comparableWith`. */
  comparable: Stretch[];
  /** Stretches of the window, and of the baseline before it, that were not read. */
  unread: Window[];
  /** Bandcamp Fridays of the window, and of the time before it in which comparable stretches lie. */
  fridays: Window[];
  asOf: Instant;
  /** IANA zone for the dates that are shown. */
  zone: string;
  /** When it is asked, which only the state of the service depends on. */
  now: Instant;
  /** Share of the window, and of all the baseline together, for which the feed was read. */
  coverage: number;
  baselineCoverage: number;
  dataVersion: number;
  /** Whether the data come from a simulation. */
  simulated: boolean;
}

/** A stretch of which less was read says little of what is typical: weekdays and hours are missing. */
const LEAST_READ = 0.9;

/** Whether a stretch was read completely enough (90%) to say what is typical. */
export const isRead = (stretch: Stretch | undefined): stretch is Stretch =>
  stretch !== undefined && stretch.coverage >= LEAST_READ;

/** Whether the baseline was read enough to say what is usual. */
export const isComparable = (frame: Frame): boolean => frame.baselineCoverage >= LEAST_BASELINE_COVERAGE;

/** The part of an Answer that a question itself decides; `ask` adds the rest. */
export type AnswerBody = Pick<
  Answer,
  'title' | 'headline' | 'about' | 'columns' | 'rows' | 'figures' | 'chart'
> & {
  notes?: string[];
  /** What to ask next: another question, or this one with some raw parameters changed or left out. */
  followUps: { label: string; question?: string; change: Record<string, string | undefined> }[];
};

/**
 * What people say: words in this order; `<genre>` stands for any words, which are that parameter. Beside it
 * the parameters that the words imply.
 */
export type Phrase = string | readonly [words: string, implied: Readonly<Record<string, string>>];

// biome-ignore lint/suspicious/noExplicitAny: the registry holds questions of different parameters and rows
export interface Question<P extends Parameters = any, R = any> {
  /** Kebab-case: the address, the CLI's word, the bots' words with a space for the hyphen. */
  name: string;
  title: string;
  /** One sentence: what it answers. */
  summary: string;
  parameters: P;
  /** What people say for it in free text, beside its name. */
  phrases?: readonly Phrase[];
  /** Raw parameters of those answers that are precomputed beside the plain one. */
  precomputed?: readonly Record<string, string>[];
  /** It tells how things are when it is asked, so that no earlier answer will do. */
  ofNow?: true;
  /** It compares with the baseline: of a young history it looks at so much that something is left for it. */
  needsBaseline?: true;
  load(deps: { db: Reader }, values: Values<P>, frame: Frame): Promise<R>;
  answer(values: Values<P>, rows: R, frame: Frame): AnswerBody;
}

/** Returns the question as it is; infers the types of its parameters and of what it loads. */
export const defineQuestion = <P extends Parameters, R>(question: Question<P, R>): Question<P, R> => question;

/** The raw default of each parameter that has one. */
export const defaultsOf = ({ parameters }: Question): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(parameters as Parameters).map(([key, parameter]) => [key, parameter.default]),
  );

/** Whether a parameter is left out without which it cannot be asked. */
export const missingName = ({ parameters }: Question, raw: Record<string, string | undefined>): boolean =>
  Object.entries(parameters as Parameters).some(([key, { required }]) => required && !raw[key]?.trim());

/** A name with its validated values, and the raw form of both. */
export interface ParsedQuestion {
  question: Question;
  values: Record<string, unknown>;
  params: Record<string, string>;
}

/** Characters of what there is instead, in a chat's error. */
const LONGEST_LIST = 80;
/** Letters that a word is mistyped by. */
const MOST_TYPOS = 3;

/** What there is, as much as fits: what is spelt nearly as was asked for comes first. */
function thereIs(names: readonly string[], asked: string): string {
  const isNear = (name: string): boolean => editDistance(name, asked.slice(0, 40)) <= MOST_TYPOS;
  const [first = '', ...others] = [...names.filter(isNear), ...names.filter(name => !isNear(name))];
  let list = first;
  for (const name of others) if (list.length + name.length < LONGEST_LIST) list += `, ${name}`;
  return `Available: ${list}.`;
}

/**
 * Validates a question's name and raw parameters; empty values count as absent.
 * @throws UserError that lists what there is.
 */
export function parseQuestion(
  registry: readonly Question[],
  name: string,
  raw: Record<string, string | undefined>,
): ParsedQuestion {
  const question = registry.find(candidate => candidate.name === name);
  if (!question) {
    throw new UserError(
      `Unknown question "${name.slice(0, 40).toWellFormed()}".`,
      thereIs(
        registry.map(candidate => candidate.name),
        name,
      ),
      { status: 404 },
    );
  }
  const unknown = Object.keys(raw).find(key => raw[key] && !Object.hasOwn(question.parameters, key));
  if (unknown !== undefined) {
    throw new UserError(
      `${question.name} has no parameter "${unknown.slice(0, 40).toWellFormed()}".`,
      thereIs(Object.keys(question.parameters), unknown),
    );
  }
  const values: Record<string, unknown> = {};
  const params: Record<string, string> = {};
  for (const [key, parameter] of Object.entries(question.parameters as Parameters)) {
    const text = raw[key]?.trim() || parameter.default;
    if (text === undefined) {
      if (parameter.required)
        throw new UserError(
          `"${name}" needs to know which ${key}.`,
          `Give one, such as "${name} ${parameter.example}".`,
        );
      continue;
    }
    values[key] = parameter.parse(text);
    params[key] = parameter.format(values[key]);
  }
  return { question, values, params };
}
