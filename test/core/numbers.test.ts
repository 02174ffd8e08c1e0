/** How numbers are written. */
import { expect, test } from 'vitest';
import { formatRatio } from '../../src/core/numbers.ts';

test.each([
  [0.94, '0.9×'],
  [1, '1.0×'],
  [9.94, '9.9×'],
  [9.96, '10×'],
  [41.04, '41×'],
  [1234.5, '1,235×'],
])('a ratio of %d is %s', (value, text) => expect(formatRatio(value)).toBe(text));
