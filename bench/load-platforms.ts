/** Slack, Discord and Bandcamp as one process of their own, which sends the commands, too. */
import { parseClock } from '../src/core/time/clock.ts';
import { SECOND } from '../src/core/time/instant.ts';
import { startDemoServer } from '../src/simulation/server.ts';
import { DiscordServer } from '../test/support/discord-server.ts';
import { SIGNING_SECRET, sendJson } from '../test/support/slack-requests.ts';
import { startSlack, TOKENS } from '../test/support/slack-server.ts';
import { type DemoWorld, worldOf } from './load-data.ts';

export interface PlatformSettings {
  /** As the service has it. */
  clock: string;
  world: DemoWorld;
}

export type Platform = 'slack' | 'discord';

/** What became of the commands to a platform since they were last forgotten. */
export interface Chats {
  answers: number;
  pictures: number;
  tooLong: number;
  busy: number;
  /** Any other words instead of an answer, some of them. */
  otherwise: number;
  examples: string[];
}

export type Order =
  | { id: number; do: 'meet'; origin: string }
  | { id: number; do: 'send'; platform: Platform; text: string; origin: string }
  | { id: number; do: 'chats' }
  | { id: number; do: 'forget' };

/** What came of a command at first: when it was acknowledged, or why it was not. */
export interface Acknowledged {
  ms: number;
  problem?: string;
}

export type Report =
  | { id: 0; env: Record<string, string> }
  | { id: number; meet: Record<Platform, 'real' | 'simulated'> }
  | { id: number; acknowledged: Acknowledged }
  | { id: number; chats: Record<Platform, Chats> }
  | { id: number; lagMs: number };

/** Past it nobody waits: Slack and Discord gave up long before. */
const ACKNOWLEDGED_WITHIN_MS = 60_000;

async function main({ clock: clockText, world }: PlatformSettings): Promise<void> {
  const clock = parseClock(clockText);
  const slack = await startSlack(clock);
  const discord = await DiscordServer.start();
  const bandcamp = await startDemoServer({ world: worldOf(world), clock });
  const report = (told: Report) => void process.send?.(told);

  /** When a response to an interaction came, whatever Discord said to it. */
  const responses = new Map<string, { at: number; status: number }>();
  let looked = 0;
  const look = () => {
    const at = performance.now();
    for (const { path, status } of discord.requests.slice(looked)) {
      const [, first, id = '', , last] = path.split('/');
      if (first !== 'interactions' || last !== 'callback' || responses.has(id)) continue;
      responses.set(id, { at, status });
    }
    looked = discord.requests.length;
  };
  void (async () => {
    for (;;) {
      await discord.until(() => discord.requests.length > looked);
      look();
    }
  })();

  /** By which clock the service judges signatures: an older one by its simulated. */
  const signing: Record<Platform, 'real' | 'simulated'> = { slack: 'real', discord: 'real' };
  const seconds = (platform: Platform) =>
    signing[platform] === 'real' ? Math.floor(Date.now() / 1000) : Math.floor(clock.now() / SECOND);

  async function meet(origin: string): Promise<void> {
    Object.assign(signing, { slack: 'real', discord: 'real' });
    const challenge = { type: 'url_verification', challenge: 'load' };
    const toSlack = () => sendJson(clock, origin, challenge, { timestamp: seconds('slack') });
    const toDiscord = () =>
      discord.post(`${origin}/discord/interactions`, { type: 1 }, { seconds: seconds('discord') });
    if (!(await toSlack()).ok) signing.slack = 'simulated';
    if (!(await toDiscord()).ok) signing.discord = 'simulated';
    if ((await toSlack()).ok && (await toDiscord()).ok) return;
    throw new Error('signed by either clock, nothing is taken');
  }

  async function toSlack(origin: string, text: string): Promise<Acknowledged> {
    const began = performance.now();
    const response = await slack.sendCommand(origin, { text }, { timestamp: seconds('slack') });
    await response.arrayBuffer();
    const ms = performance.now() - began;
    return response.ok ? { ms } : { ms, problem: `HTTP ${response.status}` };
  }

  async function toDiscord(origin: string, text: string): Promise<Acknowledged> {
    const began = performance.now();
    const { id, payload } = text === 'help' ? discord.command('help') : discord.command('bandcamp', { text });
    const url = `${origin}/discord/interactions`;
    const posted = discord.post(url, payload, { seconds: seconds('discord') }).then(
      response => (response.ok ? undefined : `HTTP ${response.status}`),
      error => String(error.cause ?? error),
    );
    const late = new Promise<string>(resolve => setTimeout(resolve, ACKNOWLEDGED_WITHIN_MS, 'never').unref());
    const responded = discord.until(() => responses.has(id)).then(() => undefined);
    // Only a request that failed ends the waiting: one that succeeded says nothing of when Discord was told.
    const failed = posted.then(problem => problem ?? new Promise<string>(() => {}));
    const problem = await Promise.race([responded, failed, late]);
    const response = responses.get(id);
    if (!response) return { ms: performance.now() - began, problem: problem ?? 'never' };
    const ms = response.at - began;
    return response.status < 300 ? { ms } : { ms, problem: `Discord said ${response.status}` };
  }

  const empty = (): Chats => ({ answers: 0, pictures: 0, tooLong: 0, busy: 0, otherwise: 0, examples: [] });
  function count(chats: Chats, isAnswer: boolean, hasPicture: boolean, words: string): void {
    if (isAnswer) chats.answers += 1;
    else if (/too long/i.test(words)) chats.tooLong += 1;
    else if (/busy/i.test(words)) chats.busy += 1;
    else {
      chats.otherwise += 1;
      if (chats.examples.length < 5) chats.examples.push(words.slice(0, 200));
    }
    if (hasPicture) chats.pictures += 1;
  }

  function chats(): Record<Platform, Chats> {
    const all = { slack: empty(), discord: empty() };
    // An answer has blocks; words of error have none.
    for (const { text, blocks } of slack.messages)
      count(
        all.slack,
        blocks.length > 0,
        blocks.some(({ type }) => type === 'image'),
        text,
      );
    for (const { message, files } of discord.interactions) {
      if (!message) continue;
      const { components = [], content = '' } = message;
      count(all.discord, components.length > 0, files.length > 0, content);
    }
    return all;
  }

  function forget(): void {
    for (const list of [slack.messages, slack.calls, discord.interactions, discord.requests]) list.length = 0;
    slack.files.clear();
    responses.clear();
    looked = 0;
  }

  const lag = watchLag();
  const answer = async (order: Order): Promise<void> => {
    const { id } = order;
    if (order.do === 'meet') {
      await meet(order.origin);
      report({ id, meet: signing });
    } else if (order.do === 'send') {
      const send = order.platform === 'slack' ? toSlack : toDiscord;
      const began = performance.now();
      const acknowledged = await send(order.origin, order.text).catch(error => ({
        ms: performance.now() - began,
        problem: String(error.cause ?? error),
      }));
      report({ id, acknowledged });
    } else if (order.do === 'chats') report({ id, chats: chats() });
    else {
      forget();
      report({ id, lagMs: lag() });
    }
  };
  process.on('message', order => {
    answer(order as Order).catch(error => {
      process.stderr.write(`${error}\n`);
      process.exit(1);
    });
  });
  process.on('disconnect', () => process.exit(0));
  // A request that the service cuts, as it does when it waits too long, must not end the platforms.
  process.on('unhandledRejection', error => {
    if (!/aborted/.test(String(error))) process.stderr.write(`Slack or Discord: ${error}\n`);
  });
  report({
    id: 0,
    env: {
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: TOKENS.bot,
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      DISCORD_API_URL: discord.apiUrl,
      DISCORD_TOKEN: discord.token,
      DISCORD_APPLICATION_ID: discord.applicationId,
      DISCORD_PUBLIC_KEY: discord.publicKey,
      UPSTREAM_ORIGIN: bandcamp.origin,
      CLOCK: clockText,
    },
  });
}

/** By how many ms a timer was late at the most since last asked: what is measured may be too long by it. */
function watchLag(): () => number {
  let longest = 0;
  let due = performance.now() + 20;
  setInterval(() => {
    longest = Math.max(longest, performance.now() - due);
    due = performance.now() + 20;
  }, 20);
  return () => {
    const was = longest;
    longest = 0;
    return was;
  };
}

const [settings] = process.argv.slice(2);
if (process.send && settings) await main(JSON.parse(settings));
