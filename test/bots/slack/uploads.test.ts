/**
 * Uploads that are cut, refused or swallowed on their way to Slack, by processes of their own: none of them
 * may end.
 */
import { expect, onTestFinished, test } from 'vitest';
import { startNode } from '../../support/process.ts';
import { RUDENESS, type Rudeness, startRudeServer } from '../../support/rude-server.ts';

/** What Slack says to the two methods that an upload stands between. */
const answers = (path: string, origin: string): unknown =>
  path.includes('getUploadURL')
    ? { ok: true, upload_url: `${origin}/upload/1`, file_id: 'F1' }
    : { ok: true, files: [{ id: 'F1' }] };

/** `times` an upload is treated so, then Slack is well again. */
async function upload(rudeness: Rudeness, times: number, args: string[]) {
  const server = await startRudeServer(rudeness, { times, only: /^POST \/upload\//, answers });
  onTestFinished(() => server.close());
  const child = startNode('test/support/slack-uploads.ts', [`${server.origin}/api/`, ...args]);
  const code = await child.exited;
  expect([child.stderr(), code]).toEqual(['', 0]);
  return JSON.parse(child.stdout());
}

test.each([
  'cuts at the headers',
  'cuts anywhere',
  'resets at the headers',
  'limits early and closes',
] as const)('an upload is sent again where a server %s', async rudeness => {
  expect(await upload(rudeness, 20, ['10', '5000', '20'])).toEqual({ uploaded: 10 });
});

test.each(Object.keys(RUDENESS) as Rudeness[])('no process ends where a server %s', async rudeness => {
  const outcomes = await upload(rudeness, Number.POSITIVE_INFINITY, ['20', '1000', '1']);
  const failed = Object.entries(outcomes).filter(([name]) => name.endsWith('Error'));
  expect(failed.reduce((sum, [, times]) => sum + Number(times), 0)).toBe(20);
});
