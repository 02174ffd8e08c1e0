/**
 * The Socket Mode side of the local Slack: tickets, hello, envelopes and their acknowledgements, refresh and
 * loss.
 */
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';

type Json = Record<string, unknown>;

export interface SlackSocket {
  /** A new address, which opens one connection; as `apps.connections.open` gives. */
  ticket(): string;
  /** Waits until so many connections were opened in all, and the last one stands. */
  opened(count: number): Promise<void>;
  /** Connections opened so far. */
  readonly count: number;
  /** Sends an envelope to the newest connection; resolves to the payload it is acknowledged with. */
  deliver(type: string, payload: Json, retryAttempt?: number): Promise<Json | undefined>;
  /** Asks the app to connect anew, as Slack does every few hours. */
  refresh(): void;
  /** Breaks the connection without a word. */
  cut(): void;
  close(): void;
}

export function serveSocket(server: Server, origin: string): SlackSocket {
  const tickets = new Set<string>();
  const acknowledged = new Map<string, (payload: Json | undefined) => void>();
  const waiting: { count: number; done: () => void }[] = [];
  const sockets = new WebSocketServer({ noServer: true });
  let current: WebSocket | undefined;
  let opened = 0;
  let issued = 0;
  let envelopes = 0;

  server.on('upgrade', (request, stream, head) => {
    const ticket = request.url ?? '';
    if (!tickets.delete(ticket)) return void stream.end('HTTP/1.1 404 Not Found\r\n\r\n');
    sockets.handleUpgrade(request, stream, head, socket => {
      current = socket;
      opened += 1;
      socket.on('message', data => {
        const { envelope_id, payload } = JSON.parse(String(data)) as { envelope_id: string; payload?: Json };
        acknowledged.get(envelope_id)?.(payload);
        acknowledged.delete(envelope_id);
      });
      socket.send(
        JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A0TEST' } }),
      );
      for (const wait of waiting.filter(({ count }) => count <= opened)) wait.done();
    });
  });

  return {
    ticket: () => {
      issued += 1;
      const path = `/link?ticket=${issued}`;
      tickets.add(path);
      return `${origin}${path}`;
    },
    get count() {
      return opened;
    },
    opened: count =>
      new Promise(done => {
        if (opened >= count) done();
        else waiting.push({ count, done });
      }),
    deliver: (type, payload, retryAttempt = 0) => {
      envelopes += 1;
      const envelope_id = `envelope-${envelopes}`;
      const answer = new Promise<Json | undefined>(resolve => acknowledged.set(envelope_id, resolve));
      current?.send(
        JSON.stringify({
          type,
          envelope_id,
          payload,
          accepts_response_payload: true,
          retry_attempt: retryAttempt,
        }),
      );
      return answer;
    },
    refresh: () => current?.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' })),
    cut: () => current?.terminate(),
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}
