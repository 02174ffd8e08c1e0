/** The process of the platforms as the bench sees it: commands out, acknowledgements and answers back. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Acknowledged, Chats, Order, Platform, PlatformSettings, Report } from './load-platforms.ts';

type Told<Key extends string> = Extract<Report, Record<Key, unknown>>;
type Unnumbered = Order extends infer One ? (One extends { id: number } ? Omit<One, 'id'> : never) : never;

export interface Platforms {
  /** What the service is to be started with. */
  env: Record<string, string>;
  /** Finds out by which clock the service at this address judges signatures. */
  meet(origin: string): Promise<Record<Platform, 'real' | 'simulated'>>;
  /** Sends a command; resolves with its acknowledgement, never rejects. */
  send(platform: Platform, text: string, origin: string): Promise<Acknowledged>;
  chats(): Promise<Record<Platform, Chats>>;
  /** Forgets all commands; the longest lag of the platforms' own event loop since the last time, ms. */
  forget(): Promise<number>;
  close(): void;
}

export async function startPlatforms(settings: PlatformSettings): Promise<Platforms> {
  const child: ChildProcess = fork(
    fileURLToPath(new URL('load-platforms.ts', import.meta.url)),
    [JSON.stringify(settings)],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  const waiting = new Map<number, { resolve(report: Report): void; reject(error: Error): void }>();
  let numbered = 0;
  child.on('message', message => {
    const report = message as Report;
    waiting.get(report.id)?.resolve(report);
    waiting.delete(report.id);
  });
  child.once('exit', code => {
    for (const { reject } of waiting.values()) reject(new Error(`the platforms ended with ${code}`));
  });
  const reported = (id: number): Promise<Report> => {
    const { promise, resolve, reject } = Promise.withResolvers<Report>();
    waiting.set(id, { resolve, reject });
    return promise;
  };
  const ask = async <Key extends string>(order: Unnumbered): Promise<Told<Key>> => {
    numbered += 1;
    const report = reported(numbered);
    child.send({ ...order, id: numbered });
    return (await report) as Told<Key>;
  };
  const { env } = (await reported(0)) as Told<'env'>;
  return {
    env,
    meet: async origin => (await ask<'meet'>({ do: 'meet', origin })).meet,
    send: async (platform, text, origin) =>
      (await ask<'acknowledged'>({ do: 'send', platform, text, origin })).acknowledged,
    chats: async () => (await ask<'chats'>({ do: 'chats' })).chats,
    forget: async () => (await ask<'lagMs'>({ do: 'forget' })).lagMs,
    close: () => void child.kill(),
  };
}
