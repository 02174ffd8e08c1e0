/** Mutated pages: no crash, no fact that the page does not state, every page that cannot be read says why. */
import { expect, test } from 'vitest';
import { tryPage } from '../support/fuzz-pages.ts';

test('400 mutated pages', () => {
  const kinds: Record<string, number> = {};
  for (let seed = 1; seed <= 400; seed += 1) {
    const { kind } = tryPage(seed).result;
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  expect(kinds.page).toBeGreaterThan(150);
  expect(kinds.unreadable).toBeGreaterThan(40);
});
