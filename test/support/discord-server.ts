/**
 * A local Discord: its REST and gateway as far as the bot uses them, refusing what Discord refuses, and
 * recording the rest.
 */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DiscordChannels } from './discord-channels.ts';
import { DiscordGateway, type GatewayOptions } from './discord-gateway.ts';
import { commandData, interactionPayload } from './discord-payload.ts';
import { commandProblems, invalidForm, messageProblems } from './discord-rules.ts';
import { readBody, type UploadedFile } from './multipart.ts';

// biome-ignore lint/suspicious/noExplicitAny: bodies as they came
type Json = any;

export interface DiscordRequest {
  method: string;
  /** Without the version: `/applications/1/commands`. */
  path: string;
  body: Json;
  files: UploadedFile[];
  status: number;
}

/** One use of a command or button, and what became of it. */
export interface DiscordInteraction {
  id: string;
  token: string;
  /** What the bot receives. */
  payload: Json;
  createdAt: number;
  /** Type of the first response. */
  response?: { type: number; data?: Json };
  /** The message as it stands: the first response's, or the last edit. */
  message?: Json;
  files: UploadedFile[];
  /** Edits of the reply. */
  edits: number;
}

const DEFERRED = 5;
const RESPONSE_DEADLINE_MS = 3_000;
const TOKEN_LIFE_MS = 15 * 60_000;
const EPHEMERAL = 64;
const DISCORD_EPOCH = 1_420_070_400_000n;

const unknownInteraction = { status: 404, body: { message: 'Unknown interaction', code: 10062 } };
const unknownWebhook = { status: 404, body: { message: 'Unknown Webhook', code: 10015 } };
const refuse = (problems: Parameters<typeof invalidForm>[0]) => ({
  status: 400,
  body: invalidForm(problems),
});

interface Answered {
  status: number;
  body?: Json;
  headers?: Record<string, string>;
}

export class DiscordServer {
  readonly token = 'MTIwMDAwMDAw.made-up.for-tests';
  readonly applicationId = '1200000000000000001';
  readonly requests: DiscordRequest[] = [];
  readonly interactions: DiscordInteraction[] = [];
  commands: Json[] = [];
  readonly channels = new DiscordChannels(this.applicationId);
  /** Milliseconds by which this server's clock is ahead. */
  aheadMs = 0;
  readonly gateway: DiscordGateway;
  readonly #keys = generateKeyPairSync('ed25519');
  /** Which uploads are cut in the middle. */
  cutUpload: (() => boolean) | undefined;
  readonly #http = createServer((request, response) => {
    this.#handle(request, response).catch(error => {
      // Whoever goes away in mid-upload has asked nothing.
      if (error.code !== 'ECONNRESET') response.writeHead(500).end(String(error));
    });
  });
  readonly #faults: { route: RegExp; answers: Answered[] | 'cut after' | 'cut before' }[] = [];
  readonly #waiting = new Set<() => void>();
  #count = 0n;

  private constructor(options: Partial<GatewayOptions>) {
    const { token, applicationId } = this;
    this.gateway = new DiscordGateway(this.#http, {
      token,
      applicationId,
      allowedIntents: 0,
      heartbeatMs: 41_250,
      ...options,
    });
  }

  static async start(options: Partial<GatewayOptions> = {}): Promise<DiscordServer> {
    const server = new DiscordServer(options);
    await new Promise<void>(resolve => server.#http.listen(0, '127.0.0.1', resolve));
    return server;
  }

  async stop(): Promise<void> {
    await this.gateway.stop();
    this.#http.closeAllConnections();
    await new Promise(resolve => this.#http.close(resolve));
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}/api`;
  }

  /** 64 hexadecimal digits, as the application's page shows them. */
  get publicKey(): string {
    const { x = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    return Buffer.from(x, 'base64url').toString('hex');
  }

  /**
   * Answers the next requests to a route with these instead, or cuts the connection before or after the
   * request counts.
   */
  failNext(route: RegExp, ...answers: Answered[] | ['cut after'] | ['cut before']): void {
    const [first] = answers;
    this.#faults.push({ route, answers: typeof first === 'string' ? first : (answers as Answered[]) });
  }

  /** Limits the next request to a route. */
  limitNext(route: RegExp, seconds: number): void {
    this.failNext(route, {
      status: 429,
      body: { message: 'You are being rate limited.', retry_after: seconds, global: false },
      headers: { 'retry-after': String(seconds), 'x-ratelimit-scope': 'user' },
    });
  }

  /** A slash command as somebody uses it: `command('trending genres', { window: '7d' })`. */
  command(words: string, options: Record<string, string> = {}): DiscordInteraction {
    return this.#create(2, commandData(words, options, this.#snowflake()));
  }

  /** The choices for what is being typed into one of a command's options. */
  typing(words: string, option: string, typed: string): DiscordInteraction {
    const interaction = this.command(words, { [option]: typed });
    interaction.payload.type = 4;
    const { options } = interaction.payload.data;
    (options[0]?.options ?? options)[0].focused = true;
    return interaction;
  }

  /** A click on a button of a message. */
  click(customId: string): DiscordInteraction {
    return this.#create(3, { custom_id: customId, component_type: 2, id: 1 });
  }

  /** Sends it to every bot on the gateway. */
  dispatch(interaction: DiscordInteraction): DiscordInteraction {
    this.gateway.dispatch('INTERACTION_CREATE', interaction.payload);
    return interaction;
  }

  /** Sends a body to an interactions endpoint, signed as Discord does. `seconds` is the instant it claims. */
  async post(
    url: string,
    payload: Json,
    { seconds = this.#now() / 1000, tamper = (body: string) => body, signature = '' } = {},
  ): Promise<Response> {
    const body = JSON.stringify(payload);
    const timestamp = String(Math.floor(seconds));
    return fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-signature-timestamp': timestamp,
        'x-signature-ed25519':
          signature || sign(null, Buffer.from(timestamp + body), this.#keys.privateKey).toString('hex'),
      },
      body: tamper(body),
    });
  }

  /** Resolves with the reply once it is more than "thinking…". */
  async answered(interaction: DiscordInteraction): Promise<DiscordInteraction> {
    await this.until(() => interaction.message !== undefined);
    return interaction;
  }

  /** Resolves once the condition holds after a request. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>(resolve => this.#waiting.add(resolve));
  }

  #now(): number {
    return Date.now() + this.aheadMs;
  }

  #snowflake(): string {
    this.#count += 1n;
    return String(((BigInt(Date.now()) - DISCORD_EPOCH) << 22n) | (this.#count & 0xfffn));
  }

  #create(type: number, data: Json): DiscordInteraction {
    const id = this.#snowflake();
    const token = randomBytes(60).toString('base64url');
    const payload = interactionPayload({ id, token, type, data, application_id: this.applicationId });
    const interaction = { id, token, payload, createdAt: this.#now(), files: [], edits: 0 };
    this.interactions.push(interaction);
    return interaction;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    const path = new URL(url, 'http://discord').pathname;
    const isUpload = request.headers['content-type']?.startsWith('multipart/');
    if (isUpload && this.cutUpload?.()) request.once('data', () => request.socket.destroy());
    const { body, files } = await readBody(request);
    const at = this.#faults.findIndex(({ route }) => route.test(`${method} ${path}`));
    const fault = this.#faults[at]?.answers;
    if (fault === 'cut before' || fault === 'cut after') {
      this.#faults.splice(at, 1);
      if (fault === 'cut after') this.#answer(request, path, body, files);
      return void request.socket.destroy();
    }
    const answered = fault?.shift() ?? this.#answer(request, path, body, files);
    if (fault?.length === 0) this.#faults.splice(at, 1);
    this.requests.push({
      method,
      path: path.replace(/^\/api\/v10/, ''),
      body,
      files,
      status: answered.status,
    });
    response.writeHead(answered.status, {
      ...(answered.body !== undefined && { 'content-type': 'application/json' }),
      'x-ratelimit-limit': '50',
      'x-ratelimit-remaining': '49',
      'x-ratelimit-reset-after': '1',
      ...answered.headers,
    });
    response.end(answered.body === undefined ? undefined : JSON.stringify(answered.body));
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  #answer(request: IncomingMessage, path: string, body: Json, files: UploadedFile[]): Answered {
    const { method, headers } = request;
    if (!path.startsWith('/api/v10/'))
      return { status: 400, body: { message: 'Invalid API version', code: 50041 } };
    if (!/^DiscordBot \(.+\)/.test(headers['user-agent'] ?? ''))
      return { status: 403, body: { message: 'Forbidden', code: 0 } };
    const [, , , first, second, third, ...rest] = path.split('/');
    if (method === 'POST' && first === 'interactions' && rest[0] === 'callback')
      return this.#callback(second, third, body, files);
    if (method === 'PATCH' && first === 'webhooks' && rest.join('/') === 'messages/@original')
      return this.#edit(second, third, body, files);
    if (headers.authorization !== `Bot ${this.token}`)
      return { status: 401, body: { message: '401: Unauthorized', code: 0 } };
    if (method === 'GET' && first === 'gateway' && second === 'bot') {
      const limit = { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 1 };
      return { status: 200, body: { url: this.gateway.url, shards: 1, session_start_limit: limit } };
    }
    if (first === 'channels' && third === 'messages' && rest.length === 0) {
      if (method === 'POST') return this.channels.post(second ?? '', body, files);
      return this.channels.read(second ?? '', new URL(request.url ?? '', 'http://discord').searchParams);
    }
    if (method === 'GET' && first === 'users' && second === '@me')
      return { status: 200, body: { id: this.applicationId, username: 'Tracker', bot: true } };
    if (method === 'PUT' && first === 'applications' && third === 'commands') {
      if (second !== this.applicationId)
        return {
          status: 403,
          body: { message: 'You are not authorized to perform this action', code: 20012 },
        };
      const problems = commandProblems(body);
      if (problems.length > 0) return refuse(problems);
      this.commands = body.map((command: Json) => ({ ...command, id: this.#snowflake() }));
      return { status: 200, body: this.commands };
    }
    return { status: 404, body: { message: '404: Not Found', code: 0 } };
  }

  #callback(id = '', token = '', { type, data }: Json, files: UploadedFile[]): Answered {
    const interaction = this.interactions.find(candidate => candidate.id === id && candidate.token === token);
    if (!interaction) return unknownInteraction;
    if (interaction.response)
      return { status: 400, body: { message: 'Interaction has already been acknowledged.', code: 40060 } };
    if (this.#now() - interaction.createdAt > RESPONSE_DEADLINE_MS) return unknownInteraction;
    const autocomplete = interaction.payload.type === 4;
    if (autocomplete !== (type === 8) || ![4, 5, 6, 7, 8].includes(type))
      return refuse([[['type'], 'INTERACTION_APPLICATION_COMMAND_INVALID_TYPE', 'Wrong type of response']]);
    if (type === DEFERRED && ((data?.flags ?? 0) & ~EPHEMERAL) !== 0)
      return refuse([[['data', 'flags'], 'FLAGS_INVALID', 'Only EPHEMERAL']]);
    if (type === 4) {
      const problems = messageProblems(
        data ?? {},
        files.map(({ name }) => name),
      );
      if (problems.length > 0) return refuse(problems.map(([path, ...why]) => [['data', ...path], ...why]));
      Object.assign(interaction, { message: data, files });
    }
    if (autocomplete && !(Array.isArray(data?.choices) && data.choices.length <= 25))
      return refuse([[['data', 'choices'], 'BASE_TYPE_MAX_LENGTH', 'Must be 25 or fewer in length.']]);
    interaction.response = { type, data };
    return { status: 204 };
  }

  #edit(application = '', token = '', body: Json, files: UploadedFile[]): Answered {
    const interaction = this.interactions.find(candidate => candidate.token === token);
    if (application !== this.applicationId || !interaction?.response) return unknownWebhook;
    if (this.#now() - interaction.createdAt > TOKEN_LIFE_MS)
      return { status: 401, body: { message: 'Invalid Webhook Token', code: 50027 } };
    const problems = messageProblems(
      body,
      files.map(({ name }) => name),
    );
    if (problems.length > 0) return refuse(problems);
    Object.assign(interaction, { message: body, files, edits: interaction.edits + 1 });
    return { status: 200, body: { id: interaction.id, ...body } };
  }
}
