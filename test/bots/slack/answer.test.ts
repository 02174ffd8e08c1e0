/**
 * From the stored sales to the message in Slack, with nothing in between that is not the real thing but Slack
 * itself.
 */
import { afterEach, expect, test } from 'vitest';
import { renderChart } from '../../../src/charts/drawing/render.ts';
import { columnsFor } from '../../../src/core/answer.ts';
import { DAY, HOUR, MINUTE } from '../../../src/core/time/instant.ts';
import { storeBatch } from '../../../src/db/write/feed.ts';
import { storePage } from '../../../src/db/write/page-queue.ts';
import { formatCell } from '../../../src/present/format.ts';
import { ask } from '../../../src/questions/lib/ask.ts';
import { parseText } from '../../../src/questions/lib/free-text.ts';
import { questions } from '../../../src/questions/registry.ts';
import { testDatabase } from '../../support/database.ts';
import { aSale, NOON } from '../../support/sales.ts';
import { HTTP, type SlackApp, startSlackApp, until } from '../../support/slack-app.ts';

const { db } = await testDatabase();

let running: SlackApp | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

const GENRES = ['ambient', 'techno', 'jazz'] as const;

/** Five weeks of sales, of which the last has three times as much ambient. */
async function fill(): Promise<void> {
  const sales = GENRES.flatMap((genre, kind) =>
    Array.from({ length: 35 }, (_, day) => day).flatMap(day =>
      Array.from({ length: genre === 'ambient' && day < 7 ? 12 : 4 }, (_, n) =>
        aSale({
          at: NOON - day * DAY - n * HOUR - kind * MINUTE,
          page: `https://${genre}-${n}.bandcamp.com/album/one`,
          artist: `${genre} ${n}`,
        }),
      ),
    ),
  );
  const window = { from: NOON - 36 * DAY, until: NOON + MINUTE };
  await storeBatch(
    db,
    { kind: 'sales', ...window, serverTime: window.until, sales, rejects: [] },
    window.until,
  );
  const read = { title: 'One', artist: null, place: null, published: null, artUrl: null, mainGenre: null };
  for (const { id, url } of await db<{ id: number; url: string }[]>`select id, url from page`) {
    const key = GENRES.find(genre => url.includes(genre)) as string;
    await db.begin(sql =>
      storePage(sql, id, { ...read, tags: [{ key, name: key, kind: 'genre' }] }, NOON, NOON + DAY),
    );
  }
}

test('the numbers in the message are those of the answer, and its chart is a picture', async () => {
  await fill();
  running = await startSlackApp(HTTP, { db, renderChart });
  const { clock, slack, url } = running;
  const answer = await ask({ db, clock }, parseText(questions, 'trending genres 7d'));
  expect(answer.rows[0]).toMatchObject({ genre: 'ambient', sales: 18 });

  await slack.sendCommand(url, { text: 'trending genres 7d' });
  await until(() => slack.messages[0]?.edits === 1);
  const message = slack.messages[0];
  const table = message?.blocks.find(({ type }) => type === 'table') as { rows: { text: string }[][] };
  const cells = answer.rows.map(row =>
    columnsFor('wide', answer).map(column => formatCell(column, row, { zone: answer.zone })),
  );
  expect(table.rows.slice(1).map(row => row.map(({ text }) => text))).toEqual(cells);
  expect(message?.text).toBe(answer.headline);
  const [file] = slack.files.values();
  expect(
    Buffer.from(file?.bytes ?? [])
      .subarray(0, 8)
      .toString('latin1'),
  ).toBe('\x89PNG\r\n\x1a\n');

  const [followUp] = answer.followUps;
  await slack.sendAction(url, {
    type: 'block_actions',
    team: { id: 'T0TEST' },
    user: { id: 'U0PERSON', team_id: 'T0TEST' },
    channel: { id: message?.channel },
    container: { type: 'message', channel_id: message?.channel, message_ts: message?.ts },
    message: { ts: message?.ts },
    trigger_id: 'press',
    response_url: slack.responseUrl(String(message?.channel)),
    actions: [
      {
        type: 'button',
        action_id: 'ask-0',
        block_id: 'b',
        value: JSON.stringify([followUp?.question, followUp?.params]),
      },
    ],
  });
  await until(() => slack.messages.length === 2);
  expect(slack.messages[1]).toMatchObject({ threadTs: message?.ts });
});

test('an unknown question is told what there is', async () => {
  running = await startSlackApp(HTTP, { db, renderChart });
  const { slack, url } = running;
  await slack.sendCommand(url, { text: 'who am i' });
  await until(() => slack.messages.length === 1);
  expect(slack.messages[0]).toMatchObject({ by: 'ephemeral' });
  expect(slack.messages[0]?.text).toContain('"trending genres"');
  await slack.sendCommand(url, { text: 'trending genres window=forever' });
  await until(() => slack.messages.length === 2);
  expect(slack.messages[1]?.text).toContain('is not a window');
});
