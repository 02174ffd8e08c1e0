/** `cli deliver`, and what it would do. */
import { expect, test } from 'vitest';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { HOUR, parseInstant } from '../../src/core/time/instant.ts';
import { putSubscription } from '../../src/db/subscriptions.ts';
import { testDatabase } from '../support/database.ts';
import { startNode } from '../support/process.ts';
import { CHANNELS, startSlack, TOKENS } from '../support/slack-server.ts';

const HALF_PAST_NINE = '2026-10-07T09:30Z';

test('says with --dry-run what is due and changes nothing, and delivers it without', async () => {
  const { db, url } = await testDatabase();
  const at = parseInstant(HALF_PAST_NINE);
  const slack = await startSlack(simulatedClock(at, 1));
  const place = {
    platform: 'slack',
    tenant: 'T0TEST',
    target: CHANNELS.member,
    zone: 'UTC',
    digest: 'daily',
  };
  await putSubscription(db, { ...place, localTime: '09:00', owner: 'U1', since: at - HOUR });
  const run = async (...args: string[]) => {
    const cli = startNode('src/cli.ts', ['deliver', ...args], {
      DATABASE_URL: url,
      CLOCK: `${HALF_PAST_NINE}@1`,
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: TOKENS.bot,
      LOG_LEVEL: 'warn',
    });
    return [await cli.exited, cli.stdout(), cli.stderr()];
  };
  const due = 'daily of 2026-10-06 (UTC), due 2026-10-07T09:00:00Z, to slack T0TEST/C0MEMBER\n';
  try {
    expect(await run('--dry-run')).toEqual([0, due, '']);
    expect([
      await db`select id from delivery`,
      await db`select name from job where name not like 'keys-%' and name not like 'seller-places-%'`,
      slack.calls,
    ]).toEqual([[], [], []]);
    expect(await run()).toEqual([0, expect.stringMatching(/^1 newly due, 1 sent, 0 not sent/), '']);
    expect(slack.messages).toHaveLength(2);
    expect(await run()).toEqual([0, expect.stringMatching(/^0 newly due, 0 sent/), '']);
    expect(await run('--dry-run')).toEqual([0, 'Nothing is due.\n', '']);
    expect(slack.messages).toHaveLength(2);
  } finally {
    await slack.close();
  }
}, 60_000);
