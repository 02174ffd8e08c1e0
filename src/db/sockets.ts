/** Database sockets with a deadline: TCP alone takes a quarter of an hour to give up a host that vanished. */
import { connect, type Socket } from 'node:net';
import { DatabaseSilent } from './lost.ts';

export interface SocketLimits {
  /** How long the server may leave a request unanswered: more than its longest statement. */
  silenceMs: number;
  /** Connect time-out. */
  connectMs?: number;
}

/** Where postgres.js wants to connect to; the parts of its options that are used. */
interface Address {
  host: string[];
  port: number[];
  path?: string | false;
}

export interface WatchedSockets {
  /** postgres.js's `socket` option. Never throws: the driver would leak the connection (3.4.9). */
  open(address: Address): Socket;
  /** How many there are, and how many of them have waited for an answer since the last check. */
  use(): { connections: number; waiting: number };
  /** Destroys all of them, which rejects what waits for them; the pool reconnects. */
  drop(reason: Error): void;
}

const CONNECT_MS = 5_000;
const CHECKS_A_LIMIT = 8;

interface Watched {
  written: number;
  read: number;
  /** `performance.now()` since which a request, or the connect itself, is unanswered. */
  waitingSince: number | undefined;
}

export function watchSockets({ silenceMs, connectMs = CONNECT_MS }: SocketLimits): WatchedSockets {
  const sockets = new Map<Socket, Watched>();
  const interval = Math.min(1_000, silenceMs / CHECKS_A_LIMIT);
  let timer: NodeJS.Timeout | undefined;
  let checkedAt = 0;
  let refused = 0;

  function giveUp(socket: Socket, reason: Error): void {
    sockets.delete(socket);
    if (socket.connecting) refused += 1;
    // TLS takes every listener off the socket below it, and an error that nobody hears ends the process.
    socket.once('error', () => {});
    socket.destroy(reason);
  }

  /** Goes by byte counters, which work below TLS, too. */
  function check(): void {
    const now = performance.now();
    // After a blocked event loop, data may have arrived that is not read yet.
    const late = now - checkedAt > 2 * interval;
    checkedAt = now;
    for (const [socket, watched] of sockets) {
      const { bytesRead, bytesWritten } = socket;
      if (bytesRead !== watched.read) watched.waitingSince = undefined;
      else if (bytesWritten !== watched.written && !socket.connecting) watched.waitingSince = now;
      Object.assign(watched, { read: bytesRead, written: bytesWritten });
      const { waitingSince } = watched;
      if (socket.destroyed) sockets.delete(socket);
      if (waitingSince === undefined || late || socket.destroyed) continue;
      const limit = socket.connecting ? connectMs : silenceMs;
      if (now - waitingSince >= limit)
        giveUp(
          socket,
          new DatabaseSilent(`the database has not answered for ${Math.round(limit / 100) / 10} s`),
        );
    }
    if (sockets.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  return {
    open({ host, port, path }) {
      // Of several hosts the next one, after one that did not take the connection.
      const at = refused % host.length;
      const place = path ? { path } : { host: host[at] ?? 'localhost', port: port[at] ?? 5432 };
      const socket = connect({ ...place, noDelay: true });
      // By which the driver asks for the host's certificate.
      Object.assign(socket, { host: host[at] });
      const now = performance.now();
      sockets.set(socket, { written: 0, read: 0, waitingSince: now });
      socket.once('error', () => {
        if (socket.connecting) refused += 1;
      });
      if (!timer) {
        checkedAt = now;
        timer = setInterval(check, interval).unref();
      }
      return socket;
    },
    use() {
      const open = [...sockets].filter(([socket]) => !socket.destroyed);
      const waiting = open.filter(
        ([{ bytesRead }, { waitingSince, read }]) => waitingSince !== undefined && bytesRead === read,
      );
      return { connections: open.length, waiting: waiting.length };
    },
    drop(reason) {
      for (const socket of [...sockets.keys()]) giveUp(socket, reason);
    },
  };
}
