/** What a thread does in tests of threads: as it is told. */
import { answerJobs } from '../../src/charts/drawing/answer-jobs.ts';
import { UserError } from '../../src/core/errors.ts';

export type ThreadJob =
  | 'answer'
  | 'refuse'
  | 'fail'
  | 'spin'
  | 'fill the memory'
  | 'exit'
  | 'tell the environment';

const held: string[][] = [];

answerJobs(async (job: ThreadJob) => {
  switch (job) {
    case 'answer':
      return new TextEncoder().encode('done');
    case 'tell the environment':
      return new TextEncoder().encode(JSON.stringify(process.env));
    case 'refuse':
      throw new UserError('That is wrong.', 'This is right.');
    case 'fail':
      throw new RangeError('broken');
    case 'exit':
      return process.exit(3);
    case 'spin':
      for (;;);
    case 'fill the memory':
      for (;;) held.push(Array(1_000_000).fill(`${held.length}`));
  }
});
