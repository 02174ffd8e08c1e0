/** Draws charts and reports on a thread of its own; `drawing.ts` gives it the jobs. */
import { setPriority } from 'node:os';
import { answerJobs } from '../charts/drawing/answer-jobs.ts';
import { renderChart, renderConfig } from '../charts/drawing/render.ts';
import { registerFonts } from '../charts/fonts.ts';
import type { ChartSize, ChartSpec, ConfigImage } from '../core/chart-spec.ts';
import { renderReport } from './render.ts';
import type { Paper } from './report.ts';

const DRAWING_NICENESS = 10;

/** `report`: as JSON. */
export type DrawingJob =
  | { kind: 'chart'; spec: ChartSpec; size: ChartSize | undefined }
  | { kind: 'config'; config: unknown; size: ConfigImage | undefined; limitMs: number }
  | { kind: 'report'; report: string; paper: Paper };

async function draw(job: DrawingJob): Promise<Uint8Array> {
  switch (job.kind) {
    case 'chart':
      return renderChart(job.spec, job.size);
    case 'config':
      return renderConfig(job.config, job.size, job.limitMs);
    case 'report':
      return renderReport(JSON.parse(job.report), { paper: job.paper });
  }
}

// On Linux a thread has a priority of its own (man 2 setpriority): drawing gives way to the thread that
// answers.
if (process.platform === 'linux') setPriority(DRAWING_NICENESS);
registerFonts();
answerJobs(draw);
