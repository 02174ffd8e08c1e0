/** A heartbeat to the database every two seconds, which also reads its clock. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Instant } from '../core/time/instant.ts';
import type { Log } from '../log.ts';
import { connect, type Sql } from './connect.ts';
import { watchSockets } from './sockets.ts';

const EVERY_MS = 2_000;
/** Without an answer for this long, the database counts as down. */
const SILENCE_MS = 5_000;

export interface Beat {
  /** The database's clock. */
  at: Instant;
  /** When it was asked and heard, by `performance.now()`. */
  askedMs: number;
  heardMs: number;
}

interface PulseOptions {
  log: Log;
  onBeat(beat: Beat): void;
  /** No answer: every connection that waits may be dead. */
  onSilence(): void;
}

export interface Pulse {
  /** Resolves at the first beat. @throws what connecting throws, when it is the first that fails */
  first: Promise<void>;
  stop(): Promise<void>;
}

async function askTime(db: Sql): Promise<Beat> {
  const askedMs = performance.now();
  const [row] = await db<{ at: Instant }[]>`select clock_timestamp() as at`;
  return { at: row?.at ?? 0, askedMs, heardMs: performance.now() };
}

export function startPulse(url: string, { log, onBeat, onSilence }: PulseOptions): Pulse {
  const sockets = watchSockets({ silenceMs: SILENCE_MS });
  const db = connect(url, { max: 1, name: 'bandcamp-tracker pulse', socket: sockets.open });
  const stopping = new AbortController();
  let heardAt = performance.now();
  let silent = false;
  const beat = async () => {
    try {
      const found = await askTime(db);
      heardAt = found.heardMs;
      onBeat(found);
      if (silent) log.info('database-answers');
      silent = false;
    } catch (error) {
      if (stopping.signal.aborted) return;
      if (performance.now() - heardAt > SILENCE_MS) onSilence();
      if (!silent) log.warn('database-silent', { error });
      silent = true;
      throw error;
    }
  };
  const first = beat();
  const beating = first
    .catch(() => {})
    .then(async () => {
      while (!stopping.signal.aborted) {
        await delay(EVERY_MS, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
        if (!stopping.signal.aborted) await beat().catch(() => {});
      }
    });
  return {
    first,
    async stop() {
      stopping.abort();
      const ended = db.end({ timeout: 0 });
      sockets.drop(new Error('the service is stopping'));
      await Promise.all([ended, beating]);
    },
  };
}
