/** What the golden world is told uses none of the words that docs/style.md rules out. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { questions } from '../../src/questions/registry.ts';

const GOLDEN = join(import.meta.dirname, '../golden');
const TEXTS = readdirSync(GOLDEN, { recursive: true, encoding: 'utf8' }).filter(path =>
  /^(?:questions|slack|discord|demo|report)\/.*\.(?:txt|json|html|md)$/.test(path),
);

const RULED_OUT = [
  /\bsurely\b/i,
  /\blikeliest\b/i,
  /\bby chance\b/i,
  /\boversold\b|\bover-sells?\b/i,
  /\bon the weeks before\b/i,
  /\banew\b|\bat the most\b|\bof whom\b/i,
  /\bnot called trending\b/i,
  /\bthan by chance\b|\bhow surely\b/i,
  /\bfake\b|\bmanipulat/i,
  /\bis no (?!longer|trend\b|real)[a-z]+\./i,
  /\b[Rr]ank \d+, \d+ before\b/,
  /\bpaid more than the price\b/i,
  /[a-z] emerges?\b(?! here)/,
  /\bin this window\b/i,
];

test.each(RULED_OUT.map(words => [words]))('%s is in no golden text', words => {
  expect(TEXTS.length).toBeGreaterThan(100);
  const found = TEXTS.flatMap(path => {
    const [hit] = words.exec(readFileSync(join(GOLDEN, path), 'utf8')) ?? [];
    return hit === undefined ? [] : [`${path}: ${hit}`];
  });
  expect(found).toEqual([]);
});

test('nor in a title, a summary or a parameter of a question', () => {
  const texts = questions.flatMap(({ title, summary, parameters }) => [
    title,
    summary,
    ...Object.values(parameters as Record<string, { describe: string }>).map(({ describe }) => describe),
  ]);
  for (const text of texts) for (const words of RULED_OUT) expect(text).not.toMatch(words);
});
