/** The phases of the load: everything at once from one address, from one each, and 200 commands at once. */
import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { chartPaths, nth, pathOf, questionsOf, reportPaths, textOf } from './load-asked.ts';
import type { Platforms } from './load-chats.ts';
import { type Answered, ask, crowd, eachMs } from './load-crowd.ts';
import type { History } from './load-data.ts';
import type { Acknowledged, Chats, Platform } from './load-platforms.ts';
import { type Memory, monotonic, type Service, type Stretch, type Turn } from './load-service.ts';

const HEALTH_EVERY_MS = 50;
const COMMANDS_EVERY_MS = 200;
/** Of each pair of commands the second asks something light. */
const LIGHT = ['help', 'top countries limit=5'];
const PLATFORMS: readonly Platform[] = ['slack', 'discord'];
/** When nothing comes of any command any more, and how long is waited at all. */
const CHATS_STILL_MS = 60_000;
const CHATS_DONE_MS = 8_000;
const CHATS_LONGEST_MS = 300_000;
const CHATS_LOOK_MS = 100;

export interface Measured {
  /** The time in which everything was asked and answered. */
  stretch: Stretch;
  seconds: number;
  memory: Memory;
  turns: Turn[];
  acknowledged: Record<Platform, Acknowledged[]>;
  /** The service's last line where it ended by itself. */
  ended?: string | undefined;
  complaints: Record<string, number>;
}

export interface CrowdMeasured extends Measured {
  health: Answered[];
  answered: Record<'charts' | 'reports' | 'questions', Answered[]>;
}

export interface ChatsMeasured extends Measured {
  sent: number;
  chats: Chats;
  /** Neither answered nor refused in words. */
  lost: number;
}

/** How many of each; `proxied`: each from an address of its own. */
export interface Crowd {
  charts: number;
  reports: number;
  proxied: boolean;
}

interface Stage {
  service: Service;
  platforms: Platforms;
  history: History;
}

/** Charts, reports and 200 questions at once, and meanwhile health and commands. */
export async function crowdPhase(
  stage: Stage,
  { charts: most, reports: some, proxied }: Crowd,
): Promise<CrowdMeasured> {
  const { service, platforms, history } = stage;
  const { origin } = service;
  const paths = {
    charts: chartPaths(most),
    reports: reportPaths(history).slice(0, some),
    questions: questionsOf(history.names).map(pathOf),
  };
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  const address = (kind: number) => (n: number) => `198.18.${kind}.${n + 1}`;
  return measure(service, async () => {
    let over = false;
    const stopped = () => over || !service.runs();
    const health = eachMs(HEALTH_EVERY_MS, stopped, () => ask(origin, '/healthz', { agent }));
    const commands = PLATFORMS.map(platform =>
      eachMs(COMMANDS_EVERY_MS, stopped, n => platforms.send(platform, nth(LIGHT, n), origin)),
    );
    const [charts = [], reports = [], questions = []] = await Promise.all(
      [paths.charts, paths.reports, paths.questions].map((list, kind) =>
        crowd(origin, list, proxied ? address(kind) : undefined),
      ),
    );
    over = true;
    const [slack = [], discord = []] = await Promise.all(commands);
    const healthy = await health;
    agent.destroy();
    return { health: healthy, answered: { charts, reports, questions }, acknowledged: { slack, discord } };
  });
}

/** 200 commands at once, half of them by each platform, until each has its answer, or no more come. */
export async function chatsPhase({ service, platforms, history }: Stage): Promise<ChatsMeasured> {
  const texts = questionsOf(history.names).map(textOf);
  const { lastMs, chats, ...measured } = await measure(service, async () => {
    const began = performance.now();
    const sent = texts.map((text, n) => platforms.send(n % 2 ? 'discord' : 'slack', text, service.origin));
    const { lastAt, chats } = await settled(platforms, texts.length, service);
    const all = await Promise.all(sent);
    const of = (odd: number) => all.filter((_, n) => n % 2 === odd);
    return { lastMs: lastAt - began, chats, acknowledged: { slack: of(0), discord: of(1) } };
  });
  const told = chats.answers + chats.tooLong + chats.busy + chats.otherwise;
  return { ...measured, seconds: lastMs / 1000, sent: texts.length, chats, lost: texts.length - told };
}

/** Looks until all are answered and no picture came for a while. */
async function settled(
  platforms: Platforms,
  count: number,
  service: Service,
): Promise<{ lastAt: number; chats: Chats }> {
  const began = performance.now();
  let lastAt = began;
  let last = '';
  for (;;) {
    const { slack, discord } = await platforms.chats();
    const now = performance.now();
    const key = JSON.stringify([slack, discord]);
    if (key !== last) [last, lastAt] = [key, now];
    const chats = sumOf(slack, discord);
    const told = chats.answers + chats.tooLong + chats.busy + chats.otherwise;
    const still = now - lastAt;
    const done = told >= count ? still > CHATS_DONE_MS : still > CHATS_STILL_MS || !service.runs();
    if (done || now - began > CHATS_LONGEST_MS) return { lastAt, chats };
    await delay(CHATS_LOOK_MS);
  }
}

const sumOf = (a: Chats, b: Chats): Chats => ({
  answers: a.answers + b.answers,
  pictures: a.pictures + b.pictures,
  tooLong: a.tooLong + b.tooLong,
  busy: a.busy + b.busy,
  otherwise: a.otherwise + b.otherwise,
  examples: [...a.examples, ...b.examples],
});

async function measure<Found>(
  service: Service,
  work: () => Promise<Found>,
): Promise<Omit<Measured, 'acknowledged'> & Found> {
  service.complaints();
  const memory = service.watchMemory();
  const from = monotonic();
  const found = await work();
  const stretch = { from, until: monotonic() };
  const took = memory();
  const ended = service.runs() ? undefined : service.lastWords();
  // The last turns are written within half a second.
  await delay(1_000);
  return {
    ...found,
    stretch,
    seconds: (stretch.until - from) / 1e6,
    memory: took,
    turns: await service.turns(stretch),
    ended,
    complaints: service.complaints(),
  };
}
