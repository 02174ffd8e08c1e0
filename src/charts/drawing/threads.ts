/**
 * A few threads that do one job at a time each: made when they are needed, ended when they are over their
 * time or memory.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { UserError } from '../../core/errors.ts';

/** Of JavaScript, in MB; a picture's pixels are not in it. */
const MEMORY = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };
/** To load the code and the fonts, which takes half a second on a quiet machine. */
const START_LIMIT_MS = 30_000;
/** The pixels of its last picture go with a thread. */
const IDLE_MS = 60_000;

/** A job was not done in its time, or not in the memory that there is for it; its thread was ended. */
export class TooMuchWork extends Error {}

/** What a thread says of a job; errors lose their class on the way. */
export type Reply =
  | { bytes: Uint8Array }
  | { refused: { message: string; hint: string } }
  | { failed: unknown };

interface Running {
  /**
   * @throws TooMuchWork; UserError and whatever else the job threw; Error where the thread ended by itself
   */
  result: Promise<Uint8Array>;
  /**
   * When the thread is free again, or has really ended: a call of native code outlasts the order to end.
   * Never rejects.
   */
  over: Promise<void>;
}

export interface Threads<Job> {
  /**
   * Does a job on a free thread, else on a new one. `limitMs`, of real time, begins when the thread has the
   * job.
   */
  run(job: Job, limitMs: number): Running;
  /** Ends all of them, and what they work at. */
  close(): Promise<void>;
}

interface Thread {
  worker: Worker;
  exited: Promise<void>;
  /** It has said that it can work. */
  started: boolean;
  /** Of one that has nothing to do. */
  retiring?: NodeJS.Timeout;
}

/** `file`: a module that calls `answerJobs`. */
export function createThreads<Job>(file: URL): Threads<Job> {
  const threads = new Set<Thread>();
  const free: Thread[] = [];

  function start(): Thread {
    // What is drawn may come from strangers: none of our settings is there.
    const worker = new Worker(file, { env: {}, resourceLimits: MEMORY });
    const exited = new Promise<void>(resolve => worker.once('exit', () => resolve()));
    const thread: Thread = { worker, exited, started: false };
    threads.add(thread);
    void exited.then(() => {
      threads.delete(thread);
      leave(thread);
    });
    // Whoever waits for its word is told; one that has nothing to do ends in silence.
    worker.on('error', () => {});
    return thread;
  }

  /** Nobody gets it any more. */
  function leave(thread: Thread): void {
    if (free.includes(thread)) free.splice(free.indexOf(thread), 1);
  }

  /** One that is ended is not given back, so what it still says is for no other job. */
  function giveBack(thread: Thread): void {
    thread.worker.unref();
    thread.retiring = setTimeout(() => {
      leave(thread);
      void thread.worker.terminate();
    }, IDLE_MS).unref();
    free.push(thread);
  }

  async function work(thread: Thread, job: Job, limitMs: number): Promise<Reply> {
    if (!thread.started) await wordOf(thread, START_LIMIT_MS);
    thread.started = true;
    thread.worker.postMessage(job);
    return wordOf(thread, limitMs);
  }

  return {
    run(job, limitMs) {
      const thread = free.pop() ?? start();
      clearTimeout(thread.retiring);
      thread.worker.ref();
      const reply = work(thread, job, limitMs);
      const over = reply.then(
        () => giveBack(thread),
        async () => void (await thread.worker.terminate()),
      );
      return { result: reply.then(bytesOf), over };
    },
    async close() {
      await Promise.all([...threads].map(({ worker }) => worker.terminate()));
    },
  };
}

/** What a thread says next. @throws TooMuchWork; what ended it */
async function wordOf({ worker, exited }: Thread, limitMs: number): Promise<Reply> {
  const limit = AbortSignal.timeout(limitMs);
  const gone = exited.then(() => Promise.reject(new Error('The thread ended.')));
  try {
    const [reply] = await Promise.race([once(worker, 'message', { signal: limit }), gone]);
    return reply;
  } catch (error) {
    if (limit.aborted) throw new TooMuchWork(`It took longer than ${limitMs / 1000} s.`);
    const outOfMemory = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
    throw outOfMemory ? new TooMuchWork('It took too much memory.', { cause: error }) : error;
  }
}

function bytesOf(reply: Reply): Uint8Array {
  if ('bytes' in reply) return reply.bytes;
  throw 'refused' in reply ? new UserError(reply.refused.message, reply.refused.hint) : reply.failed;
}
