/** One answer, many faces: the command line, the API, the page, Slack and Discord show the same numbers. */
import { beforeAll, expect, test } from 'vitest';
import { renderChart, renderConfig } from '../src/charts/drawing/render.ts';
import { readConfig } from '../src/config.ts';
import { type Answer, columnsFor } from '../src/core/answer.ts';
import { simulatedClock } from '../src/core/time/clock.ts';
import { silentLog } from '../src/log.ts';
import { formatCell } from '../src/present/format.ts';
import { createApp } from '../src/web/app.ts';
import { testDatabase } from './support/database.ts';
import { startBot } from './support/discord-bot.ts';
import { DiscordServer } from './support/discord-server.ts';
import { startNode } from './support/process.ts';
import { HTTP, startSlackApp, until } from './support/slack-app.ts';
import { seedWorld, WORLD_END } from './support/world.ts';

const { db, url } = await testDatabase();
beforeAll(() => seedWorld(db));

const app = createApp({
  config: readConfig({}),
  db,
  clock: simulatedClock(WORLD_END, 1),
  log: silentLog,
  renderChart,
  renderConfig,
});
const get = async (path: string) => (await app.request(path)).text();

/** The text of a page or message without its marks, spaces single. */
const plain = (text: string): string =>
  text
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');

test('the command line prints what the API answers, to the byte', async () => {
  const cli = startNode('src/cli.ts', ['ask', 'trending-genres', 'window=7d', '--format', 'json'], {
    DATABASE_URL: url,
    LOG_LEVEL: 'silent',
  });
  expect([await cli.exited, cli.stdout()]).toEqual([0, await get('/api/ask/trending-genres?window=7d')]);
});

test('the page, Slack and Discord show the numbers of the API', async () => {
  const answer: Answer = JSON.parse(await get('/api/ask/trending-genres?window=7d'));
  expect(answer.rows).toHaveLength(10);
  const cells = answer.rows.map(row =>
    columnsFor('wide', answer).map(column => formatCell(column, row, answer)),
  );

  const page = plain(await get('/q/trending-genres?window=7d'));
  for (const row of cells) expect(page).toContain(row.join(' '));

  const slack = await startSlackApp(HTTP, { db, renderChart });
  await slack.slack.sendCommand(slack.url, { text: 'trending genres 7d' });
  await until(() => slack.slack.messages[0]?.edits === 1);
  const table = slack.slack.messages[0]?.blocks.find(({ type }) => type === 'table') as {
    rows: { text: string }[][];
  };
  expect(table.rows.slice(1).map(row => row.map(({ text }) => text))).toEqual(cells);
  await slack.close();

  const discord = await DiscordServer.start();
  const bot = await startBot(discord, db, { gateway: false, http: true, reply: undefined });
  const interaction = discord.command('trending genres', { window: '7d' });
  await discord.post(bot.url, interaction.payload);
  await discord.answered(interaction);
  const message = JSON.stringify(interaction.message);
  for (const [row, values] of answer.rows.entries()) {
    for (const column of columnsFor('wide', answer).filter(
      ({ key }) => values[key] !== undefined && key !== 'genre',
    )) {
      expect(message).toContain(formatCell(column, values, answer));
    }
    expect(message).toContain(String(answer.rows[row]?.genre).split(' ')[0]);
  }
  await discord.stop();
});
