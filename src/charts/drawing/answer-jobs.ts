/**
 * A thread's side of `threads.ts`: says that it can work, then answers each job with bytes or with what went
 * wrong.
 */
import { parentPort } from 'node:worker_threads';
import { UserError } from '../../core/errors.ts';
import type { Reply } from './threads.ts';

/** To be called once all is loaded that the jobs need. */
export function answerJobs<Job>(work: (job: Job) => Promise<Uint8Array>): void {
  const port = parentPort;
  if (!port) throw new Error('This module runs on a thread.');
  port.on('message', async (job: Job) => {
    const reply = await replyTo(work, job);
    // Moved, not copied.
    port.postMessage(reply, 'bytes' in reply ? [reply.bytes.buffer as ArrayBuffer] : []);
  });
  port.postMessage('started');
}

async function replyTo<Job>(work: (job: Job) => Promise<Uint8Array>, job: Job): Promise<Reply> {
  try {
    return { bytes: movable(await work(job)) };
  } catch (error) {
    return error instanceof UserError
      ? { refused: { message: error.message, hint: error.hint } }
      : { failed: error instanceof Error ? error : new Error(String(error)) };
  }
}

/**
 * In a buffer of its own: Node shares one among small ones, and one that Skia made may not outlive the
 * thread.
 */
const movable = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes);
