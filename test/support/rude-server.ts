/**
 * A raw TCP server that treats uploads as proxies and bad networks do: it cuts, refuses early, resets or says
 * nothing.
 */
import { type AddressInfo, createServer, type Socket } from 'node:net';

interface Upload {
  /** Bytes that came. */
  seen: number;
  /** Bytes that were announced. */
  length: number;
  /** Where in it something happens, from 0 to 1: another place for each connection. */
  place: number;
}
type Serve = (socket: Socket, upload: Upload) => boolean;

/** Its multiples, without their whole parts, lie evenly and never repeat. */
const GOLDEN = 0.618_034;

const answer = (status: string, body: string, headers: Record<string, string> = {}): string => {
  const all = { 'content-type': 'application/json', 'content-length': String(body.length), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status}\r\n${lines.join('')}connection: close\r\n\r\n${body}`;
};

const TOO_LARGE = answer('413 Payload Too Large', '{"message":"Request entity too large","code":40005}');
const LIMITED = '{"message":"You are being rate limited.","retry_after":0.05,"global":false}';

/** What becomes of a connection; true once that is done. */
export const RUDENESS = {
  'cuts at the headers': socket => end(() => socket.destroy()),
  'resets at the headers': socket => end(() => socket.resetAndDestroy()),
  'cuts anywhere': (socket, { seen, length, place }) => seen > length * place && end(() => socket.destroy()),
  'cuts anywhere, or takes all and hangs': (socket, { seen, length, place }) =>
    seen > length * place * 1.2 && end(() => socket.destroy()),
  'refuses early and closes': socket => end(() => socket.end(TOO_LARGE)),
  'refuses early and cuts': socket => end(() => socket.write(TOO_LARGE, () => socket.destroy())),
  'limits early and closes': socket =>
    end(() => socket.end(answer('429 Too Many Requests', LIMITED, { 'retry-after': '0.05' }))),
  'limits without saying for how long': socket =>
    end(() => socket.end(answer('429 Too Many Requests', LIMITED))),
  'answers half and cuts': socket =>
    end(() => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"id"')),
  'answers half and hangs': socket =>
    end(() => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"id"')),
  'takes nothing and hangs': socket => end(() => socket.pause()),
} satisfies Record<string, Serve>;

export type Rudeness = keyof typeof RUDENESS;

function end(act: () => unknown): true {
  act();
  return true;
}

export interface RudeServer {
  origin: string;
  /** Connections that were treated so. */
  rude(): number;
  close(): Promise<void>;
}

/**
 * Treats the first connections so; what comes on later ones is answered with `answers` of its path, or `{}`.
 */
export async function startRudeServer(
  rudeness: Rudeness,
  {
    times = Number.POSITIVE_INFINITY,
    only = /^/,
    answers = (_path: string, _origin: string): unknown => ({}),
  } = {},
): Promise<RudeServer> {
  let rude = 0;
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    let head = '';
    let seen = 0;
    let sealed = false;
    let bad: boolean | undefined;
    let place = 0;
    socket.on('data', chunk => {
      seen += chunk.length;
      if (sealed) return;
      if (!head.includes('\r\n\r\n')) head += chunk.toString('latin1');
      const from = head.indexOf('\r\n\r\n');
      if (from < 0) return;
      if (bad === undefined) {
        bad = only.test(head) && rude < times;
        if (bad) rude += 1;
        place = (rude * GOLDEN) % 1;
      }
      const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
      if (bad) {
        sealed = RUDENESS[rudeness](socket, { seen, length, place });
        return;
      }
      if (seen < from + 4 + length) return;
      sealed = true;
      const path = head.split(' ')[1] ?? '';
      socket.end(answer('200 OK', JSON.stringify(answers(path, origin))));
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    rude: () => rude,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
}
