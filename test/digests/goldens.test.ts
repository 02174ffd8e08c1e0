/** The daily digest of a day on which things rose, from the stored sales to each platform's message. */
import { beforeAll, expect, test } from 'vitest';
import { renderDigest as renderDiscord } from '../../bots/discord/render.ts';
import { renderDigest as renderSlack } from '../../bots/slack/render.ts';
import { readConfig } from '../../src/config.ts';
import { daily } from '../../src/core/digest.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { DAY, HOUR, toIso } from '../../src/core/time/instant.ts';
import type { Content } from '../../src/digests/channel.ts';
import { composeDigest } from '../../src/digests/compose.ts';
import { testDatabase } from '../support/database.ts';
import { messageProblems } from '../support/discord-rules.ts';
import { expectGolden, goldenJson } from '../support/golden.ts';
import { RISING_END, seedRisingWorld } from '../support/rising-world.ts';
import { blockProblems } from '../support/slack-blocks.ts';

const { db } = await testDatabase();
beforeAll(() => seedRisingWorld(db));

test('tells what is trending, in Slack and in Discord', async () => {
  const clock = simulatedClock(RISING_END + 9 * HOUR, 1);
  const config = readConfig({ PUBLIC_URL: 'https://tracker.example' });
  const day = toIso(RISING_END - DAY).slice(0, 10);
  const digest = await composeDigest({ db, clock, config }, daily, day, 'UTC');
  expect(digest.headline).toContain('drum & bass is still trending');
  const chart = digest.answers[0]?.chart;
  const content: Content = {
    digest,
    ...(chart && { chart: { png: new Uint8Array(), filename: `daily-${day}.png`, alt: chart.alt } }),
    pdf: { bytes: new Uint8Array(), filename: `bandcamp-daily-${day}-23456789abcd.pdf` },
    pageUrl: 'https://tracker.example/',
  };
  const slack = renderSlack(content, 'F00000001');
  expect(blockProblems(slack.blocks, { fileProblem: () => undefined, imageReachable: () => true })).toEqual(
    [],
  );
  expectGolden('slack/digest-rising.json', goldenJson(slack));
  const discord = renderDiscord(content);
  const files = [content.chart?.filename, content.pdf.filename].filter(name => name !== undefined);
  expect(messageProblems(discord, files)).toEqual([]);
  expectGolden('discord/digest-rising.json', goldenJson(discord));
});
