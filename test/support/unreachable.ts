/** Hosts that are of no use, on this machine: one that refuses each connection, one that never answers. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** Its port was free a moment ago, and nobody listens there. */
export async function refusingOrigin(): Promise<string> {
  const { origin, close } = await silentOrigin();
  await close();
  return origin;
}

/** Takes connections and says nothing. */
export async function silentOrigin(): Promise<{ origin: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => {}).resume();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
