/**
 * The service in simulated time against a local Slack and Discord: real processes of one time that outlives
 * each of them.
 */
import { simulatedClock } from '../../src/core/time/clock.ts';
import { type Instant, toIso } from '../../src/core/time/instant.ts';
import { DiscordServer } from './discord-server.ts';
import { type RunningProcess, startNode } from './process.ts';
import { SIGNING_SECRET } from './slack-requests.ts';
import { type SlackServer, startSlack, TOKENS } from './slack-server.ts';

export interface Simulation {
  now(): Instant;
  slack: SlackServer;
  discord: DiscordServer;
  /** Starts one more process of the service, at the present simulated moment. */
  start(): RunningProcess;
  /** Resolves when the simulated time has come. */
  until(at: Instant): Promise<void>;
  close(): Promise<void>;
}

/** @param speed simulated seconds in a real one */
export async function simulate(url: string, from: Instant, speed: number): Promise<Simulation> {
  const began = toIso(Date.now() * 1000);
  const clock = simulatedClock(from, speed);
  const slack = await startSlack(clock);
  const discord = await DiscordServer.start();
  discord.channels.clock = clock;
  const processes: RunningProcess[] = [];
  return {
    now: clock.now,
    slack,
    discord,
    start() {
      const process = startNode('src/main.ts', [], {
        DATABASE_URL: url,
        CLOCK: `${toIso(from)}@${speed}@${began}`,
        ROLES: 'deliver,bots',
        PORT: '0',
        LOG_LEVEL: 'info',
        SLACK_API_URL: slack.apiUrl,
        SLACK_BOT_TOKEN: TOKENS.bot,
        SLACK_SIGNING_SECRET: SIGNING_SECRET,
        DISCORD_API_URL: discord.apiUrl,
        DISCORD_TOKEN: discord.token,
      });
      processes.push(process);
      return process;
    },
    until: at => clock.sleep(at - clock.now()),
    async close() {
      await Promise.all(processes.map(process => process.stop('SIGKILL')));
      await slack.close();
      await discord.stop();
    },
  };
}
