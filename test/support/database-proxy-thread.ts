/** The thread of `database-proxy.ts`: passes bytes between clients and the database until told not to. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import type { ProxyCommand, ProxyData } from './database-proxy.ts';

interface Line {
  ends: [Socket, Socket];
  /** What comes is read and thrown away, and no end hears of the other's. */
  dead: boolean;
}

const { host, target } = workerData as ProxyData;
const lines = new Set<Line>();
let bornDead = false;
let delayMs = 0;

const server = createServer({ noDelay: true }, client => {
  const database = connect({ ...target, noDelay: true });
  const line: Line = { ends: [client, database], dead: bornDead };
  lines.add(line);
  join(line, client, database);
  join(line, database, client);
});

function join(line: Line, from: Socket, to: Socket): void {
  const later = (work: () => void) => {
    const unlessDead = () => void (line.dead || work());
    if (delayMs > 0) setTimeout(unlessDead, delayMs);
    else unlessDead();
  };
  from.on('data', chunk => later(() => to.write(chunk)));
  from.on('close', () => later(() => to.destroy()));
  from.on('error', () => {});
}

function obey({ kind, millis = 0 }: ProxyCommand): void {
  if (kind === 'delay') delayMs = millis;
  if (kind === 'vanish' || kind === 'vanish-wholly') for (const line of lines) line.dead = true;
  bornDead = kind === 'vanish-wholly';
  if (kind !== 'reset') return;
  for (const { ends } of lines) for (const end of ends) end.resetAndDestroy();
  lines.clear();
}

parentPort?.on('message', (command: ProxyCommand) => {
  obey(command);
  Atomics.store(command.done, 0, 1);
  Atomics.notify(command.done, 0);
});
server.listen(0, host, () => parentPort?.postMessage((server.address() as AddressInfo).port));
