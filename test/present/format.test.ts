/** Cells as people read them. */
import { expect, test } from 'vitest';
import type { Column } from '../../src/core/answer.ts';
import { formatCell } from '../../src/present/format.ts';

const SHARE: Column = { key: 'share', label: 'Share', kind: 'percent' };

test('shares of a column have as many decimals', () => {
  const cells = (...shares: (number | null)[]) => {
    const rows = shares.map(share => ({ share }));
    return rows.map(row => formatCell(SHARE, row, { zone: 'UTC', rows }));
  };
  expect(cells(0.02, 0.016, null)).toEqual(['2.0%', '1.6%', '–']);
  expect(cells(0.02, 0.4, 0)).toEqual(['2%', '40%', '0%']);
  // What is written as a whole number is one.
  expect(cells(0.02, 0.40001)).toEqual(['2%', '40%']);
  expect(formatCell(SHARE, { share: 0.02 }, { zone: 'UTC' })).toBe('2%');
});
