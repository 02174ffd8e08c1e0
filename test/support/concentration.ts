/** How narrow made-up sales are: not at all, or all of one hour and country. */
import type { Concentration } from '../../src/core/answer.ts';

export const BROAD: Concentration = {
  counted: 30,
  seen: 40,
  busiestHour: null,
  firstCountry: { code: 'us', sales: 12, share: 0.3 },
  concentrated: false,
  concentratedBy: [],
};

export const NARROW: Concentration = {
  counted: 12,
  seen: 40,
  busiestHour: { at: '2026-11-12T14:00:00Z', sales: 31, share: 0.775 },
  firstCountry: { code: 'pl', sales: 36, share: 0.9 },
  concentrated: true,
  concentratedBy: ['country', 'hour'],
};
