/** What a chat platform is to the service: its bot, its channel for digests, its form of an answer. */
import type { Hono } from 'hono';
import type { Ambient } from '../src/ambient.ts';
import type { Answer } from '../src/core/answer.ts';
import type { Channel } from '../src/digests/channel.ts';
import type { ReplyDeps } from './replies.ts';

/** What a bot is built from. */
type BotDeps = ReplyDeps & Pick<Ambient, 'clock'>;

/** The bot as a part of the service. */
export interface Bot {
  /** On or off and why, for the start. */
  describe: string;
  /** To be mounted at the root, where the platform sends requests. */
  routes?: Hono;
  /** Returns at once; connecting goes on, and is repeated, in the background. */
  start(): Promise<void>;
  /** Takes nothing new, and resolves when what runs has ended. */
  stop(): Promise<void>;
}

/**
 * One chat platform. It reads its own settings (`config.settings`), and loads its libraries only where they
 * are used.
 */
export interface Platform {
  /** As subscriptions and the CLI name it. */
  name: string;
  /** As people name it. */
  label: string;
  /** @throws UserError where a setting of the platform is wrong */
  bot(deps: BotDeps): Promise<Bot>;
  /** The setting without which it has no channel. */
  channelSetting: string;
  /** What digests are sent by; undefined where it is not configured. */
  channel(deps: Pick<Ambient, 'config' | 'clock' | 'log'>): Promise<Channel | undefined>;
  /** The answer as the platform is sent it, for `--format`. */
  payload(answer: Answer): Promise<unknown>;
  /** Registers the questions as commands where the platform has to be told; returns what to say of it. */
  register?(deps: Pick<Ambient, 'config'>): Promise<string>;
}
