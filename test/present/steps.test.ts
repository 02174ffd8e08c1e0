/** What is told of a start never goes back, and its time left comes from its own pace. */
import { expect, test } from 'vitest';
import { createSteps } from '../../src/present/steps.ts';

const plan = [
  { what: 'Starting', usualMs: 2_000 },
  { what: 'Loading', usualMs: 10_000 },
  { what: 'Ending', usualMs: 4_000 },
];

test('the share rises through the steps and is never all', () => {
  let ms = 0;
  const steps = createSteps(plan, () => ms);
  const shares: number[] = [];
  const look = () => shares.push(steps.now().share);
  const wait = (times: number) => {
    for (let at = 0; at < times; at += 1) {
      ms += 500;
      look();
    }
  };
  wait(10);
  steps.next();
  steps.at(0);
  look();
  for (let at = 1; at <= 20; at += 1) {
    steps.at(at / 20);
    wait(1);
  }
  steps.at(0.3);
  look();
  steps.next();
  wait(100);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBe(0.99);
  expect(steps.now()).toMatchObject({ what: 'Ending', leftMs: 1_000 });
});

test('a step that is slower than usual says so', () => {
  let ms = 0;
  const steps = createSteps(plan, () => ms);
  steps.next();
  steps.at(0);
  expect(steps.now()).toEqual({ what: 'Loading', share: 2 / 16, leftMs: 14_000 });
  ms = 30_000;
  steps.at(0.5);
  expect(steps.now()).toEqual({ what: 'Loading', share: 7 / 16, leftMs: 34_000 });
});
