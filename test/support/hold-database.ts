/** Joins or starts the embedded server of a folder, says so, and leaves at SIGTERM or SIGINT. */
import { openEmbedded } from '../../src/db/embedded.ts';
import { createLog } from '../../src/log.ts';

const server = await openEmbedded(process.argv[2] ?? '', createLog('silent'));
process.stdout.write(`${JSON.stringify({ url: server.url, started: server.started })}\n`);
const alive = setInterval(() => {}, 1000);
const leave = async () => {
  await server.leave();
  clearInterval(alive);
};
process.once('SIGTERM', leave);
process.once('SIGINT', leave);
