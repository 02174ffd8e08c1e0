/** A Slack that runs here: its Web API, uploads and response addresses, refusing what Slack refuses. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, realClock } from '../../src/core/time/clock.ts';
import { MINUTE, SECOND } from '../../src/core/time/instant.ts';
import { parseArguments, readBody, uploadedBytes } from './slack-arguments.ts';
import { blockProblems } from './slack-blocks.ts';
import {
  historyOf,
  metadataProblem,
  repliesTo,
  type SlackFile,
  type SlackMessage,
} from './slack-messages.ts';
import { type Signing, sendForm, sendPayload } from './slack-requests.ts';
import { type SlackSocket, serveSocket } from './slack-socket.ts';

type Json = Record<string, unknown>;

export const TOKENS = { bot: 'xoxb-test-bot', app: 'xapp-test-app' } as const;

/** The bot is a member of the first alone; it may not even see the last. */
export const CHANNELS = { member: 'C0MEMBER', stranger: 'C0STRANGER', hidden: 'C0HIDDEN' } as const;

interface Call {
  method: string;
  args: Json;
}

/**
 * What a post says of unfurling links and media; what it leaves out is Slack's choice, and so not `false`.
 */
export const unfurling = ({ unfurl_links, unfurl_media }: Json): string[] => [
  String(unfurl_links),
  String(unfurl_media),
];

export interface SlackServer {
  /** For `SLACK_API_URL`. */
  apiUrl: string;
  messages: SlackMessage[];
  files: Map<string, SlackFile>;
  calls: Call[];
  socket: SlackSocket;
  /** How often a new file is refused in a block before it can be shown. */
  refusalsBeforeReady: number;
  /** Files that never can be shown. */
  filesStayUnready: boolean;
  /** Called when a method has succeeded, before its caller is told. */
  onDone?: (method: string) => void;
  /**
   * Makes the next call of the method fail: a 429 with these seconds, an HTTP status or one of Slack's error
   * codes.
   */
  failNext(method: string, failure: { retryAfterSeconds?: number; status?: number; error?: string }): void;
  /** A new response address, which works five times within 30 minutes. */
  responseUrl(channel: string): string;
  /** Sends `/bandcamp <text>` to the app as Slack would; `changes` are for what Slack would not do. */
  sendCommand(appUrl: string, command: Partial<CommandFields>, changes?: Partial<Signing>): Promise<Response>;
  /** Sends any payload of an interaction. */
  sendAction(appUrl: string, payload: Json): Promise<Response>;
  /** The fields of a command, as a form or an envelope carries them. */
  commandFields(command: Partial<CommandFields>): CommandFields;
  close(): Promise<void>;
}

interface CommandFields {
  command: string;
  text: string;
  channel_id: string;
  trigger_id: string;
  response_url: string;
  [key: string]: string;
}

interface Outcome {
  status: number;
  body: Json;
  headers?: Record<string, string>;
}

export async function startSlack(clock: Clock = realClock): Promise<SlackServer> {
  const messages: SlackMessage[] = [];
  const files = new Map<string, SlackFile>();
  const refusals = new Map<string, number>();
  const calls: Call[] = [];
  const failures = new Map<string, { retryAfterSeconds?: number; status?: number; error?: string }[]>();
  const responses = new Map<string, { channel: string; since: number; uses: number }>();
  let counter = 0;
  const next = () => {
    counter += 1;
    return counter;
  };
  let newest = 0;
  /** A message's name and time in one: no two in a channel have the same. */
  const nextTs = () => {
    newest = Math.max(newest + 1, Math.floor(clock.now()));
    return `${Math.floor(newest / SECOND)}.${String(newest % SECOND).padStart(6, '0')}`;
  };

  const rules = {
    fileProblem: (id: string) => {
      const file = files.get(id);
      const refused = refusals.get(id) ?? 0;
      if (!file?.completed || slack.filesStayUnready || refused < slack.refusalsBeforeReady) {
        refusals.set(id, refused + 1);
        return 'invalid slack file';
      }
      return undefined;
    },
    imageReachable: (url: string) => new URL(url).hostname.endsWith('.example'),
  };
  const invalidBlocks = (errors: string[]): Json => ({
    ok: false,
    error: 'invalid_blocks',
    errors,
    response_metadata: { messages: errors.map(error => `[ERROR] ${error}`) },
  });
  const refuse = (error: string): Json => ({ ok: false, error });

  function contentProblem({ text, blocks }: Json): Json | undefined {
    if (!text && !(Array.isArray(blocks) && blocks.length > 0)) return refuse('no_text');
    if (String(text ?? '').length > 40_000) return refuse('msg_too_long');
    const problems = blocks === undefined ? [] : blockProblems(blocks, rules);
    return problems.length > 0 ? invalidBlocks(problems) : undefined;
  }
  function channelProblem(channel: unknown): Json | undefined {
    if (channel === CHANNELS.member) return undefined;
    return refuse(channel === CHANNELS.stranger ? 'not_in_channel' : 'channel_not_found');
  }
  function post(channel: string, args: Json, by: SlackMessage['by'], shared: string[] = []): SlackMessage {
    const message: SlackMessage = {
      channel,
      ts: nextTs(),
      ...(args.thread_ts !== undefined && { threadTs: String(args.thread_ts) }),
      text: String(args.text ?? ''),
      blocks: (args.blocks as Json[] | undefined) ?? [],
      ...(args.metadata !== undefined && { metadata: args.metadata as Json }),
      files: shared,
      edits: 0,
      by,
    };
    messages.push(message);
    return message;
  }

  const methods: Record<string, (args: Json) => Json> = {
    'auth.test': () => ({
      ok: true,
      team: 'Test',
      user: 'bandcamp_tracker',
      user_id: 'U0BOT',
      bot_id: 'B0BOT',
    }),
    'apps.connections.open': () => ({ ok: true, url: slack.socket.ticket() }),
    'chat.postMessage': args => {
      const problem = channelProblem(args.channel) ?? contentProblem(args) ?? metadataProblem(args.metadata);
      if (problem) return problem;
      const message = post(String(args.channel), args, 'api');
      return { ok: true, channel: message.channel, ts: message.ts };
    },
    'chat.update': args => {
      const message = messages.find(({ ts, channel }) => ts === args.ts && channel === args.channel);
      if (!message) return refuse('message_not_found');
      const problem = contentProblem(args);
      if (problem) return problem;
      Object.assign(message, {
        text: String(args.text ?? ''),
        blocks: args.blocks ?? [],
        edits: message.edits + 1,
      });
      return { ok: true, channel: message.channel, ts: message.ts };
    },
    'conversations.history': args => channelProblem(args.channel) ?? historyOf(messages, files, args),
    'conversations.replies': args => channelProblem(args.channel) ?? repliesTo(messages, files, args),
    'files.getUploadURLExternal': args => {
      const length = Number(args.length);
      if (!args.filename || !(length > 0)) return refuse('invalid_arguments');
      const id = `F${String(next()).padStart(8, '0')}`;
      const filename = String(args.filename);
      files.set(id, { id, filename, length, altText: String(args.alt_text ?? ''), completed: false });
      return { ok: true, upload_url: `${origin}/upload/${id}`, file_id: id };
    },
    'files.completeUploadExternal': args => {
      const list = args.files as { id: string; title?: string }[] | undefined;
      if (!list?.length) return refuse('invalid_arguments');
      for (const { id } of list) {
        const file = files.get(id);
        if (!file?.bytes || file.completed) return refuse('file_not_found');
      }
      const problem = args.channel_id === undefined ? undefined : channelProblem(args.channel_id);
      if (problem) return problem;
      for (const { id } of list) (files.get(id) as SlackFile).completed = true;
      if (args.channel_id !== undefined) {
        const text = args.initial_comment ?? '';
        post(
          String(args.channel_id),
          { ...args, text },
          'api',
          list.map(({ id }) => id),
        );
      }
      return { ok: true, files: list.map(({ id, title }) => ({ id, title, mimetype: '' })) };
    },
    'files.info': args => {
      const file = files.get(String(args.file));
      return file
        ? { ok: true, file: { id: file.id, name: file.filename, size: file.length } }
        : refuse('file_not_found');
    },
  };

  const ok = (body: Json): Outcome => ({ status: 200, body });

  function callMethod(name: string, args: Json, authorization: string | undefined): Outcome {
    calls.push({ method: name, args });
    const failure = failures.get(name)?.shift();
    if (failure?.retryAfterSeconds !== undefined) {
      return {
        status: 429,
        body: refuse('ratelimited'),
        headers: { 'retry-after': String(failure.retryAfterSeconds) },
      };
    }
    if (failure?.status !== undefined) return { status: failure.status, body: {} };
    if (failure?.error !== undefined) return ok(refuse(failure.error));
    const token = authorization?.replace(/^Bearer /, '') ?? args.token;
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (!method) return ok(refuse('unknown_method'));
    if (!token) return ok(refuse('not_authed'));
    if (token !== (name === 'apps.connections.open' ? TOKENS.app : TOKENS.bot))
      return ok(refuse('invalid_auth'));
    const body = method(args);
    if (body.ok) slack.onDone?.(name);
    return ok(body);
  }

  async function upload(id: string, body: Uint8Array<ArrayBuffer>, type: string): Promise<Outcome> {
    const file = files.get(id);
    const bytes = await uploadedBytes(body, type);
    if (!file || bytes.length !== file.length) return { status: 400, body: refuse('length_mismatch') };
    file.bytes = bytes;
    return ok({ bytes: bytes.length });
  }

  function answerByAddress(url: string, args: Json): Outcome {
    calls.push({ method: 'response_url', args });
    const known = responses.get(url);
    if (!known || clock.now() - known.since > 30 * MINUTE)
      return { status: 404, body: refuse('expired_url') };
    if (known.uses >= 5) return { status: 404, body: refuse('used_url') };
    const problem = contentProblem(args);
    if (problem) return { status: 404, body: problem };
    known.uses += 1;
    post(known.channel, args, args.response_type === 'in_channel' ? 'in_channel' : 'ephemeral');
    return ok({ ok: true });
  }

  async function answer(request: IncomingMessage): Promise<Outcome> {
    const body = await readBody(request);
    const type = request.headers['content-type'] ?? '';
    const [, kind, name = ''] = (request.url ?? '').split('/');
    if (kind === 'upload') return upload(name, body, type);
    if (kind === 'api') return callMethod(name, parseArguments(body, type), request.headers.authorization);
    if (kind === 'commands') return answerByAddress(`${origin}${request.url}`, parseArguments(body, type));
    return { status: 404, body: {} };
  }

  const server = createServer((request, response) => {
    answer(request)
      .catch((error): Outcome => ({ status: 500, body: { error: String(error) } }))
      .then(({ status, body, headers }) => {
        response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
        response.end(JSON.stringify(body));
      });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const slack: SlackServer = {
    apiUrl: `${origin}/api`,
    messages,
    files,
    calls,
    socket: serveSocket(server, origin.replace('http', 'ws')),
    refusalsBeforeReady: 0,
    filesStayUnready: false,
    failNext: (method, failure) => void failures.set(method, [...(failures.get(method) ?? []), failure]),
    responseUrl: channel => {
      const url = `${origin}/commands/T0TEST/${next()}/secret`;
      responses.set(url, { channel, since: clock.now(), uses: 0 });
      return url;
    },
    commandFields: command => {
      const channel_id = command.channel_id ?? CHANNELS.member;
      return {
        team_id: 'T0TEST',
        team_domain: 'test',
        user_id: 'U0PERSON',
        user_name: 'person',
        command: '/bandcamp',
        text: '',
        trigger_id: `${next()}.trigger`,
        ...command,
        channel_id,
        response_url: command.response_url ?? slack.responseUrl(channel_id),
      };
    },
    sendCommand: (appUrl, command, changes) => sendForm(clock, appUrl, slack.commandFields(command), changes),
    sendAction: (appUrl, payload) => sendPayload(clock, appUrl, payload),
    close: async () => {
      slack.socket.close();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
  return slack;
}
