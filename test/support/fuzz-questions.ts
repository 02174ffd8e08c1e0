/**
 * Parameter sets that nobody means: each by its seed, of values that are right, nearly right, hostile or
 * noise.
 */
import type { Hono } from 'hono';
import type { Answer } from '../../src/core/answer.ts';
import { UserError } from '../../src/core/errors.ts';
import { renderJson } from '../../src/present/json.ts';
import { type AskDeps, ask } from '../../src/questions/lib/ask.ts';
import type { Parameter } from '../../src/questions/lib/definition.ts';
import { understand } from '../../src/questions/lib/understand.ts';
import { questions } from '../../src/questions/registry.ts';
import { answerProblems } from './answer-contract.ts';
import { seeded } from './random.ts';

/** Values that break careless code, each worth trying for every parameter. */
const HOSTILE = [
  '<!channel>',
  '<script>alert(1)</script>',
  "'; drop table sale; --",
  '%', // a wildcard to `like`
  '\\',
  '\u202egnp.exe\u202c',
  '\u0000',
  '\ud800',
  '\u200b',
  'x'.repeat(500),
  '林檎'.repeat(100),
  '👩🏽‍🎤'.repeat(30),
  'e\u0301'.repeat(200),
  '__proto__',
  'constructor',
  '-1',
  '1e9',
  'NaN',
  '10000',
  '99999999999999999999',
  '../../etc/passwd',
  '{{7*7}}',
  '{"a":1}',
  ',,,,',
  'a,b,c,d,e,f,g',
  ' ',
  '',
];
/** Values that are right, by parameter… */
const RIGHT: Record<string, readonly string[]> = {
  window: [
    '1m',
    '90m',
    '36h',
    '7d',
    '4w',
    '366d',
    'today',
    'yesterday',
    'last week',
    'since friday',
    '2026-10',
    '2026-W40',
    '2026-10-05',
    '2026-09-01..2026-10-07',
    '2026',
    'october',
  ],
  country: ['de', 'uk', 'japan', 'c2', 'Deutschland', 'us', '日本'],
  until: ['2026-10-07T12:00Z', '2026-10-07', '2026-10-06T07:13:59.123456Z', '2000-01-01'],
  zone: ['UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Apia'],
  limit: ['1', '10', '50'],
  genre: ['ambient', 'jungel', 'city pop', 'シティポップ'],
  artist: ['Ann Artist ambient 0', 'ann artist', 'молчат дома techno', '林檎の木 ambient 2'],
  item: ['jungle 3', 'jungle 3 by Ann Artist', 'https://g1.bandcamp.com/album/3'],
  label: ['none', 'any', 'g1.bandcamp.com', 'https://g2.bandcamp.com/album/3'],
  from: ['glasgow', 'japan', 'new york', 'Portland, Oregon', 'berlin'],
  names: ['techno, house', 'uk vs japan', 'jungle 3; jungle 4', 'ann artist ambient 0, ambient'],
  text: ['ann', 'jungel', 'シティ', 'a', '1'],
};
/** …and nearly right. */
const ODD = (
  '0d 367d soon 2026-W60 2019 2031 2026-10-07..2026-09-01 atlantis zz 2026-02-31 2099-12-31 1999-01-01 ' +
  'berlin Mars/Base 0 10000 ten everything a,b,c,d,e,f'
).split(' ');

/** Words that stand in a typed line and mean nothing, or something else. */
const SAID = [
  'what is',
  "what's",
  'in',
  'the',
  'of',
  'by',
  'top',
  'vs',
  'and',
  'now',
  '?',
  '!!',
  '--',
  'please',
];

interface FuzzedQuestion {
  name: string;
  raw: Record<string, string>;
  /** The same as a person may type it. */
  typed: string;
}

/** The question, raw parameters and typed line of a seed. */
function fuzzedQuestion(seed: number): FuzzedQuestion {
  const random = seeded(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const noise = () =>
    Array.from({ length: Math.floor(random() * 40) }, () =>
      String.fromCodePoint(Math.floor(random() * (random() < 0.7 ? 0x7f : 0xd7ff))),
    ).join('');
  const question = pick(questions);
  const raw: Record<string, string> = {};
  for (const [key, parameter] of Object.entries(question.parameters) as [string, Parameter<unknown>][]) {
    const kind = random();
    if (!parameter.required && kind < 0.5) continue;
    raw[key] =
      kind < 0.93
        ? pick(parameter.choices ?? RIGHT[key] ?? ODD)
        : kind < 0.955
          ? pick(ODD)
          : kind < 0.985
            ? pick(HOSTILE)
            : noise();
  }
  if (random() < 0.02) raw[pick(['colour', 'format', '__proto__', 'WINDOW'])] = pick(HOSTILE);
  const name = random() < 0.01 ? pick(HOSTILE) : question.name;
  const given = Object.entries(raw).map(([key, value]) => (random() < 0.2 ? `${key}=${value}` : value));
  const words = [name.replaceAll('-', ' '), ...given, ...(random() < 0.3 ? [pick(SAID)] : [])];
  // Mostly as it is said, else in any order.
  const order = random() < 0.7 ? words : words.sort(() => random() - 0.5);
  return { name, raw, typed: order.join(' ') };
}

export interface Outcome {
  /** Answers by status. */
  statuses: Map<number, number>;
  /** Typed lines that were answered, and that were refused. */
  typed: { answered: number; refused: number };
  /** What must not be: other statuses, texts that no person understands, errors that are nobody's. */
  failures: string[];
  slowest: { ms: number; seed: number };
}

const EXPECTED = new Set([200, 400, 404]);
/** Characters of an error in a chat (docs/style.md). */
const LONGEST_REFUSAL = 160;

/**
 * Asks each seed by the API, and of every `each` seeds one as a typed line and on all faces: each is answered
 * by the contract, or refused with what would be right.
 */
export async function fuzzQuestions(
  { app, deps }: { app: Hono; deps: AskDeps },
  seeds: Iterable<number>,
  { each = 1 } = {},
): Promise<Outcome> {
  const outcome: Outcome = {
    statuses: new Map(),
    typed: { answered: 0, refused: 0 },
    failures: [],
    slowest: { ms: 0, seed: -1 },
  };
  for (const seed of seeds) {
    const { name, raw, typed } = fuzzedQuestion(seed);
    const fail = (what: string) =>
      outcome.failures.push(`${seed}: ${what} ${JSON.stringify({ name, raw, typed })}`);
    const began = performance.now();
    const response = await app.request(
      `/api/ask/${encodeURIComponent(name.toWellFormed())}?${new URLSearchParams(raw)}`,
    );
    const text = await response.text();
    const ms = performance.now() - began;
    if (ms > outcome.slowest.ms) outcome.slowest = { ms, seed };
    outcome.statuses.set(response.status, (outcome.statuses.get(response.status) ?? 0) + 1);
    if (!EXPECTED.has(response.status)) fail(`${response.status} ${text.slice(0, 300)}`);
    else if (
      /too long to count|\[object|undefined|NaN/.test(withoutEcho(text, [name, ...Object.values(raw)]))
    )
      fail(`says ${text.slice(0, 300)}`);
    else for (const problem of problemsOf(response.status, text, seed % each === 0)) fail(problem);
    if (seed % each !== 0) continue;
    try {
      const answer = await ask(deps, await understand(deps, questions, typed));
      outcome.typed.answered += 1;
      for (const problem of answerProblems(asJson(answer), { typed })) fail(`typed: ${problem}`);
    } catch (error) {
      outcome.typed.refused += 1;
      if (!(error instanceof UserError)) fail(`typed: ${String(error)}`);
      else for (const problem of refusalProblems(error.message, error.hint)) fail(`typed: ${problem}`);
    }
  }
  return outcome;
}

const asJson = (answer: Answer): Answer => JSON.parse(renderJson(answer));

const problemsOf = (status: number, text: string, faces: boolean): string[] => {
  const body = JSON.parse(text);
  return status === 200 ? answerProblems(body, { faces }) : refusalProblems(body.error, body.hint);
};

/** A refusal says what is wrong and what would be right, in as many characters as a chat's error has. */
function refusalProblems(error: unknown, hint: unknown): string[] {
  if (typeof error !== 'string' || error.trim() === '') return ['a refusal that says nothing'];
  if (typeof hint !== 'string' || hint.trim() === '') return [`a refusal without a suggestion: ${error}`];
  const length = `${error} ${hint}`.length;
  return length > LONGEST_REFUSAL ? [`a refusal of ${length} characters: ${error} ${hint}`] : [];
}

/** What was asked may say anything. */
function withoutEcho(text: string, asked: readonly string[]): string {
  return asked.reduce((rest, value) => (value ? rest.replaceAll(value, '') : rest), text);
}
