/** Draws charts and reports off the main thread: on two threads at most, behind one bounded queue. */

import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { chartSize } from '../charts/chartjs.ts';
import { createThreads, TooMuchWork } from '../charts/drawing/threads.ts';
import type { ChartRenderers } from '../charts/renderers.ts';
import { DEFAULT_SCALE, type ImageSize, imageSize, tooHeavy } from '../charts/untrusted.ts';
import { NotNow } from '../core/errors.ts';
import { createTurns } from '../core/turns.ts';
import type { DrawingJob } from './drawing-worker.ts';
import type { HasReportRenderer } from './report.ts';

const MOST_THREADS = 2;
/**
 * Device pixels in work at a time; with what it is encoded to, a picture takes some 8 bytes for each. The
 * largest are drawn alone.
 */
const MOST_PIXELS = 20_000_000;
/**
 * Of real time on the thread. A configuration's own limit comes first and spares the thread; ours are never
 * near theirs.
 */
const LIMITS_MS = { chart: 15_000, config: 6_000, report: 20_000 };
/** Within `LIMITS_MS.config`. */
const CONFIG_LIMIT_MS = 5_000;
/** Of reports that are drawn already. */
const MOST_KEPT_BYTES = 32 * 1024 * 1024;
const RETRY_AFTER_SECONDS = 10;

/** How those wait for whom is drawn. */
export interface LaneOptions {
  /** Before all lanes that are not. */
  urgent?: boolean;
  mostWaiting: number;
  longestWaitMs: number;
}

/** For who looks at a page: told soon that it cannot be now. */
export const HASTY: LaneOptions = { mostWaiting: 24, longestWaitMs: 8_000 };
/** For a report on the web: by now it is composed, which was the expensive part. */
export const COMPOSED: LaneOptions = { mostWaiting: 8, longestWaitMs: 60_000 };
/** For chats and digests, which were promised an answer. */
export const PATIENT: LaneOptions = { urgent: true, mostWaiting: 2_000, longestWaitMs: 300_000 };

/** Threads that draw charts and reports beside the one that answers. */
export interface Drawing {
  /**
   * The renderers, whose work waits as the options say. They throw NotNow where it waits too long, or too
   * many wait.
   */
  lane(options: LaneOptions): ChartRenderers & HasReportRenderer;
  /** Ends the threads, and what is drawn. */
  close(): Promise<void>;
}

/** Starts the threads; close it to end them. */
export function createDrawing(): Drawing {
  const threads = createThreads<DrawingJob>(new URL('./drawing-worker.ts', import.meta.url));
  const turns = createTurns({ capacity: MOST_PIXELS });
  /** One of them at a time, since it takes as long as twenty charts. */
  const reportTurns = createTurns({ capacity: 1 });
  const reports = new LRUCache<string, Uint8Array>({
    maxSize: MOST_KEPT_BYTES,
    sizeCalculation: ({ byteLength }) => byteLength,
  });

  function lane({
    urgent = false,
    mostWaiting,
    longestWaitMs,
  }: LaneOptions): ChartRenderers & HasReportRenderer {
    let waiting = 0;

    async function draw(job: DrawingJob, pixels = 0): Promise<Uint8Array> {
      if (waiting >= mostWaiting) throw new NotNow('busy', RETRY_AFTER_SECONDS);
      const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
      const patience = AbortSignal.timeout(longestWaitMs);
      let isWaiting = true;
      const leave = () => {
        if (isWaiting) waiting -= 1;
        isWaiting = false;
      };
      const options = { urgent, signal: patience, weight: Math.max(pixels, MOST_PIXELS / MOST_THREADS) };
      // The picture is given at once, but the next one waits until the thread can have it, or is really gone.
      const begin = async () => {
        leave();
        const { result, over } = threads.run(job, LIMITS_MS[job.kind]);
        result.then(resolve, reject);
        await over;
      };
      waiting += 1;
      const turn =
        job.kind === 'report'
          ? reportTurns.take(() => turns.take(begin, options), { urgent, signal: patience })
          : turns.take(begin, options);
      turn.catch(error => {
        leave();
        reject(error === patience.reason ? new NotNow('busy', RETRY_AFTER_SECONDS) : error);
      });
      return promise;
    }

    /**
     * Two who ask for the same report at once get the same; only of one lane, whose errors they can bear
     * alike.
     */
    const drawn = new Map<string, Promise<Uint8Array>>();

    return {
      async renderChart(spec, size) {
        const scale = size?.scale ?? DEFAULT_SCALE;
        return draw({ kind: 'chart', spec, size }, pixelsOf({ ...chartSize(spec, size), scale }));
      },
      async renderConfig(config, size) {
        const job = { kind: 'config', config, size, limitMs: CONFIG_LIMIT_MS } as const;
        return draw(job, pixelsOf(imageSize(size ?? {}))).catch(error => {
          throw error instanceof TooMuchWork ? tooHeavy() : error;
        });
      },
      async renderReport(report, { paper = 'a4' } = {}) {
        const json = JSON.stringify(report);
        const key = createHash('sha256').update(`${paper} ${json}`).digest('hex');
        const kept = reports.get(key) ?? drawn.get(key);
        if (kept) return kept;
        const drawing = draw({ kind: 'report', report: json, paper }).finally(() => drawn.delete(key));
        drawn.set(key, drawing);
        const pdf = await drawing;
        reports.set(key, pdf);
        return pdf;
      },
    };
  }

  return { lane, close: () => threads.close() };
}

const pixelsOf = ({ width, height, scale }: ImageSize): number => width * height * scale ** 2;
