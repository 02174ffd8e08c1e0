/**
 * Discord's gateway (version 10, JSON) as far as a bot without intents meets it: sessions, heartbeats,
 * resumes, refusals.
 */
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

interface Session {
  id: string;
  sequence: number;
  /** Everything dispatched, for a resume. */
  events: { s: number; t: string; d: unknown }[];
  socket: WebSocket | undefined;
}

export interface GatewayOptions {
  token: string;
  applicationId: string;
  /** Intents that the application may ask for. */
  allowedIntents: number;
  heartbeatMs: number;
}

/** Opcodes: https://discord.com/developers/docs/topics/opcodes-and-status-codes */
const OP = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  resume: 6,
  reconnect: 7,
  invalidSession: 9,
  hello: 10,
  ack: 11,
};

export class DiscordGateway {
  /** What bots did, in order: `identify`, `resume`, `heartbeat`. */
  readonly log: string[] = [];
  readonly #options: GatewayOptions;
  readonly #server: WebSocketServer;
  readonly #sessions = new Map<string, Session>();
  readonly #address: () => AddressInfo;
  readonly #waiting = new Set<() => void>();

  constructor(http: Server, options: GatewayOptions) {
    this.#options = options;
    this.#address = () => http.address() as AddressInfo;
    this.#server = new WebSocketServer({ server: http, path: '/gateway' });
    this.#server.on('connection', (socket, request) => {
      const query = new URL(request.url ?? '', 'http://gateway').searchParams;
      if (query.get('v') !== '10') return socket.close(4012, 'Invalid API version');
      if (query.get('encoding') !== 'json') return socket.close(4002, 'Decode error');
      this.#serve(socket);
    });
  }

  get url(): string {
    return `ws://127.0.0.1:${this.#address().port}/gateway`;
  }

  /** Sessions with a connection. */
  get connected(): number {
    return [...this.#sessions.values()].filter(({ socket }) => socket !== undefined).length;
  }

  /** Open sockets, identified or not. */
  get sockets(): number {
    return this.#server.clients.size;
  }

  /** Resolves when so many sessions are connected, or when `log` satisfies the condition. */
  async until(condition: (gateway: DiscordGateway) => boolean): Promise<void> {
    while (!condition(this)) await new Promise<void>(resolve => this.#waiting.add(resolve));
  }

  /** Sends an event to every session; one that is not connected gets it when it resumes. */
  dispatch(t: string, d: unknown): void {
    for (const session of this.#sessions.values()) {
      session.sequence += 1;
      const event = { s: session.sequence, t, d };
      session.events.push(event);
      session.socket?.send(JSON.stringify({ op: OP.dispatch, ...event }));
    }
  }

  /** Asks every connection to reconnect and resume, as Discord does when it deploys. */
  askToReconnect(): void {
    for (const { socket } of this.#sessions.values())
      socket?.send(JSON.stringify({ op: OP.reconnect, d: null }));
  }

  /** Declares all sessions lost. */
  invalidate(): void {
    for (const { socket } of this.#sessions.values())
      socket?.send(JSON.stringify({ op: OP.invalidSession, d: false }));
    this.#sessions.clear();
  }

  /** Cuts all connections without a close frame, as a broken network does. */
  cut(): void {
    for (const socket of this.#server.clients) socket.terminate();
  }

  /** Closes all connections with one of Discord's codes. */
  closeAll(code: number): void {
    for (const socket of this.#server.clients) socket.close(code);
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #note(entry?: string): void {
    if (entry) this.log.push(entry);
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  #serve(socket: WebSocket): void {
    const send = (payload: unknown) => socket.send(JSON.stringify(payload));
    let session: Session | undefined;
    socket.on('close', () => {
      if (session?.socket === socket) session.socket = undefined;
      this.#note();
    });
    socket.on('message', data => {
      const { op, d } = JSON.parse(String(data));
      if (op === OP.heartbeat) {
        this.#note('heartbeat');
        return send({ op: OP.ack });
      }
      if (op !== OP.identify && op !== OP.resume) return socket.close(session ? 4001 : 4003);
      if (session) return socket.close(4005, 'Already authenticated');
      if (d.token !== this.#options.token) return socket.close(4004, 'Authentication failed');
      if (op === OP.resume) {
        session = this.#sessions.get(d.session_id);
        this.#note('resume');
        if (!session) return send({ op: OP.invalidSession, d: false });
        session.socket = socket;
        for (const event of session.events) if (event.s > d.seq) send({ op: OP.dispatch, ...event });
        session.sequence += 1;
        send({ op: OP.dispatch, s: session.sequence, t: 'RESUMED', d: {} });
        return this.#note();
      }
      if (typeof d.intents !== 'number') return socket.close(4013, 'Invalid intents');
      if ((d.intents & ~this.#options.allowedIntents) !== 0) return socket.close(4014, 'Disallowed intents');
      if (!d.properties?.os) return socket.close(4002, 'Decode error');
      session = { id: randomUUID(), sequence: 1, events: [], socket };
      this.#sessions.set(session.id, session);
      const { applicationId } = this.#options;
      const user = { id: applicationId, username: 'Tracker', discriminator: '0', avatar: null, bot: true };
      const ready = {
        v: 10,
        user,
        guilds: [{ id: '1100000000000000001', unavailable: true }],
        session_id: session.id,
        resume_gateway_url: this.url,
        shard: d.shard,
        application: { id: applicationId, flags: 0 },
      };
      send({ op: OP.dispatch, s: 1, t: 'READY', d: ready });
      this.#note('identify');
    });
    send({ op: OP.hello, d: { heartbeat_interval: this.#options.heartbeatMs } });
  }
}
