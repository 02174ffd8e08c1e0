/**
 * Hands a listening socket from a process that only says "loading" to the one that serves, so that no
 * connection is refused in between.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:net';

/** An argument of the process that is to serve. */
export const HANDED_DOWN = '--socket-from-parent';
const WANTED = 'socket wanted';

/** Gives a socket to a child that was started with `HANDED_DOWN` and an IPC channel, once it asks. */
export const handOver = (server: Server, child: ChildProcess): void =>
  void child.once('message', () => child.send(WANTED, server));

/** The parent's socket; undefined where nobody hands one down. */
export async function handedDown(args: readonly string[]): Promise<Server | undefined> {
  if (!args.includes(HANDED_DOWN) || !process.send) return undefined;
  const handed = once(process, 'message') as Promise<[string, Server]>;
  process.send(WANTED);
  const [, server] = await handed;
  process.disconnect();
  return server;
}
