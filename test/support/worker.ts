/** The real Worker in the real runtime (workerd by `wrangler dev`), without a network beyond this machine. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './process.ts';

const START_TIMEOUT_MS = 60_000;
/** After this the whole process group is killed. */
const STOP_TIMEOUT_MS = 10_000;

export interface RunningWorker {
  origin: string;
  /** What wrangler and the Worker printed. */
  output(): string;
  /** Resolves when wrangler and workerd are gone. */
  stop(): Promise<void>;
}

/**
 * Starts the Worker of wrangler.toml on a free port, its Hyperdrive bound to this database, with these `vars`
 * changed.
 */
export async function startWorker(
  databaseUrl: string,
  vars: Record<string, string> = {},
): Promise<RunningWorker> {
  const home = await mkdtemp(join(tmpdir(), 'bandcamp-tracker-worker-'));
  const changed = Object.entries(vars).flatMap(([name, value]) => ['--var', `${name}:${value}`]);
  const flags = [
    '--ip',
    '127.0.0.1',
    '--port',
    '0',
    '--inspector-port',
    '0',
    '--persist-to',
    join(home, 'state'),
  ];
  const child = spawn(
    process.execPath,
    [join(ROOT, 'node_modules/wrangler/bin/wrangler.js'), 'dev', ...flags, ...changed],
    {
      cwd: ROOT,
      // A group of its own, so that its grandchild workerd can be killed too.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        // Where wrangler keeps its log, its device id and its registry of running Workers.
        HOME: home,
        XDG_CONFIG_HOME: home,
        CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_HYPERDRIVE: databaseUrl,
        // A developer's own .env is no part of the test.
        CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: 'false',
        CLOUDFLARE_CF_FETCH_ENABLED: 'false',
        WRANGLER_HIDE_BANNER: 'true',
        WRANGLER_SEND_METRICS: 'false',
        WRANGLER_SEND_ERROR_REPORTS: 'false',
      },
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      output += chunk;
    });
  // Closed when all who hold the streams are gone, workerd among them.
  const gone = once(child, 'close');
  const stop = async () => {
    child.kill('SIGTERM');
    const late = setTimeout(() => process.kill(-(child.pid as number), 'SIGKILL'), STOP_TIMEOUT_MS);
    await gone;
    clearTimeout(late);
    await rm(home, { recursive: true, force: true });
  };
  const deadline = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    const [, origin] = /Ready on (http:\S+)/.exec(output) ?? [];
    if (origin) return { origin, output: () => output, stop };
    if (child.exitCode !== null || performance.now() > deadline) {
      await stop();
      throw new Error(`wrangler dev did not start:\n${output}`);
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
