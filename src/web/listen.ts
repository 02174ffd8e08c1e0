/** Serves an app on a port and shuts down gracefully. */
import type { Server } from 'node:http';
import type { AddressInfo, Server as Socket } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { UserError } from '../core/errors.ts';
import { spread } from './spread.ts';

/** More than a load balancer's idle time-out (60 s): it must not reuse a connection that we are closing. */
const KEEP_ALIVE_MS = 75_000;

export interface Listening {
  port: number;
  /** For `handOver`. */
  socket: Socket;
  /** Finishes running requests and closes every other connection, also one that never sent anything. */
  close(): Promise<void>;
}

/**
 * @param at a port, or the listening socket that another process handed down
 * @throws UserError when the port is taken
 */
export function listen(app: Hono, at: number | Socket): Promise<Listening> {
  let answering = 0;
  let closing = false;
  return new Promise((done, fail) => {
    const server = createAdaptorServer({ fetch: spread(app.fetch) }) as Server;
    server.once('listening', () => {
      done({ port: (server.address() as AddressInfo).port, socket: server, close });
    });
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    const closeWhenQuiet = () => {
      if (closing && answering === 0) server.closeAllConnections();
    };
    const close = () =>
      new Promise<void>(closed => {
        closing = true;
        server.close(() => closed());
        closeWhenQuiet();
      });
    server.on('request', (_request, response) => {
      answering += 1;
      response.once('close', () => {
        answering -= 1;
        closeWhenQuiet();
      });
    });
    server.once('error', error => {
      const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      fail(
        taken ? new UserError(`Port ${at} is taken.`, 'Set PORT to a free one, such as PORT=8081.') : error,
      );
    });
    if (typeof at === 'number') server.listen(at, '0.0.0.0');
    else server.listen(at);
  });
}
