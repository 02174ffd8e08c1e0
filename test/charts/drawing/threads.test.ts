/**
 * Threads that work, refuse, hang, crash and eat memory: each job has its own end, and the next one is done.
 */
import { afterAll, expect, test } from 'vitest';
import { createThreads, TooMuchWork } from '../../../src/charts/drawing/threads.ts';
import { UserError } from '../../../src/core/errors.ts';
import type { ThreadJob } from '../../support/thread.ts';

const threads = createThreads<ThreadJob>(new URL('../../support/thread.ts', import.meta.url));
afterAll(() => threads.close());

const LONG_MS = 20_000;
const SHORT_MS = 200;

async function endOf(job: ThreadJob, limitMs = LONG_MS): Promise<unknown> {
  const { result, over } = threads.run(job, limitMs);
  const end = await result.then(
    bytes => new TextDecoder().decode(bytes),
    (error: unknown) => error,
  );
  await over;
  return end;
}

test('a job is answered, refused or failed as the thread says', async () => {
  expect(await endOf('answer')).toBe('done');
  const refused = await endOf('refuse');
  expect([refused, (refused as UserError).text]).toEqual([
    expect.any(UserError),
    'That is wrong. This is right.',
  ]);
  expect(await endOf('fail')).toMatchObject({ name: 'RangeError', message: 'broken' });
  expect(await endOf('answer')).toBe('done');
});

test.each<[ThreadJob, number, unknown]>([
  ['spin', SHORT_MS, expect.any(TooMuchWork)],
  ['fill the memory', LONG_MS, expect.any(TooMuchWork)],
  ['exit', LONG_MS, expect.objectContaining({ message: 'The thread ended.' })],
])('a thread at "%s" is ended, and harms no other', async (job, limitMs, error) => {
  const [bad, ...others] = await Promise.all([endOf(job, limitMs), endOf('answer'), endOf('answer')]);
  expect(bad).toEqual(error);
  expect(others).toEqual(['done', 'done']);
  expect(await endOf('answer')).toBe('done');
});

test('what is told of a job comes at once, also where its thread takes long to end', async () => {
  const { result, over } = threads.run('spin', SHORT_MS);
  const order: string[] = [];
  await Promise.all([result.catch(() => order.push('told')), over.then(() => order.push('over'))]);
  expect(order).toEqual(['told', 'over']);
});

test('a thread has none of our settings', async () => {
  expect(await endOf('tell the environment')).toBe('{}');
});
