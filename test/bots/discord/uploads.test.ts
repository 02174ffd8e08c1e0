/**
 * Uploads that are cut, refused or swallowed on their way to Discord, by processes of their own: none of them
 * may end.
 */
import { expect, onTestFinished, test } from 'vitest';
import { startNode } from '../../support/process.ts';
import { type Rudeness, startRudeServer } from '../../support/rude-server.ts';

/** The orders in which the three undicis can be loaded; the first is the service's. */
const ORDERS = [
  'node undici discord.js',
  'undici discord.js node',
  'discord.js undici node',
  'discord.js node',
];
const [SERVICE = ''] = ORDERS;

/** Uploads that many pictures at once. `times` a connection is treated so, then Discord is well again. */
async function upload(
  rudeness: Rudeness,
  count: number,
  { times = count, timeoutMs = 0, order = SERVICE } = {},
) {
  const server = await startRudeServer(rudeness, { times });
  onTestFinished(() => server.close());
  const args = [server.origin, String(count), String(timeoutMs), ...order.split(' ')];
  const child = startNode('test/support/discord-uploads.ts', args);
  const code = await child.exited;
  expect([child.stderr(), code]).toEqual(['', 0]);
  return JSON.parse(child.stdout());
}

test.each(ORDERS)('a cut upload is sent again where the order is %s', async order => {
  expect(await upload('cuts at the headers', 20, { order })).toEqual({ answered: 20 });
});

test.each(ORDERS.slice(0, 2))(
  'no process ends when uploads are cut and given up where the order is %s',
  async order => {
    const always = { order, times: Number.POSITIVE_INFINITY, timeoutMs: 1_000 };
    const lost = await upload('cuts anywhere, or takes all and hangs', 60, always);
    expect((lost.AbortError ?? 0) + (lost.TypeError ?? 0)).toBe(60);
  },
);

test.each([
  'resets at the headers',
  'cuts anywhere',
  'limits early and closes',
  'answers half and cuts',
] as const)('an upload is sent again where a server %s', async rudeness => {
  expect(await upload(rudeness, 20, { times: 40 })).toEqual({ answered: 20 });
});

test.each(['refuses early and closes', 'refuses early and cuts'] as const)(
  'where a server %s, that is the answer, or it is sent again',
  async rudeness => {
    const { answered = 0, 'DiscordAPIError[40005]': refused = 0 } = await upload(rudeness, 20);
    expect(answered + refused).toBe(20);
  },
);

test('an upload is given up and sent again where a server hangs', { timeout: 60_000 }, async () => {
  const hangs = ['answers half and hangs', 'takes nothing and hangs'] as const;
  expect(await Promise.all(hangs.map(rudeness => upload(rudeness, 2)))).toEqual([
    { answered: 2 },
    { answered: 2 },
  ]);
});

test('a limit without a length is waited out a second at a time', async () => {
  const began = performance.now();
  expect(await upload('limits without saying for how long', 1, { times: 2 })).toEqual({ answered: 1 });
  expect(performance.now() - began).toBeGreaterThan(2_000);
});
