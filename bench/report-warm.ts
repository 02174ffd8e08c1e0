/**
 * A process that makes reports, for `bench report`: the first ones warm it, then the median; prints what it
 * took as JSON.
 */
import { renderReport } from '../src/report/render.ts';
import type { Report } from '../src/report/report.ts';
import { richDay } from '../test/support/reports.ts';
import type { Took } from './report.ts';

/** Some twenty pages of tables, boards, charts and a map, as a busy day with much to watch. */
export const BENCHED: Report = {
  ...richDay,
  sections: [...richDay.sections, ...richDay.sections.filter(({ title }) => title !== 'Regions')],
};
const WARM_UP = 3;

async function measure(runs: number): Promise<Took> {
  const times: number[] = [];
  let bytes = 0;
  let before = process.cpuUsage();
  for (let run = -WARM_UP; run < runs; run++) {
    if (run === 0) before = process.cpuUsage();
    const began = performance.now();
    bytes = (await renderReport(BENCHED)).length;
    if (run >= 0) times.push(performance.now() - began);
  }
  const ms = times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
  const { user, system } = process.cpuUsage(before);
  return { ms, cpuMs: (user + system) / 1000 / runs, peakMb: process.resourceUsage().maxRSS / 1024, bytes };
}

if (import.meta.main) process.stdout.write(JSON.stringify(await measure(Number(process.argv[2] ?? 5))));
