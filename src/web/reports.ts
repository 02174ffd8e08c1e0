/** The PDF report, at `/report/2026-10-07.pdf`, or `/report/latest.pdf` of the last whole period that was read. */
import { Hono } from 'hono';
import type { Deps } from '../deps.ts';
import { makeReport } from '../report/request.ts';

/** `period`: `day`, `week` or `month` that the date lies in; `zone`: whose, UTC unless given; `genre`, `country`, `watch`: names with commas; `paper`: `a4` or `letter`. */
export function reportRoutes(deps: Pick<Deps, 'db' | 'clock' | 'config' | 'renderReport'>): Hono {
  return new Hono().get('/report/:file{.+\\.pdf}', async c => {
    const { period, zone, paper, genre, country, watch } = c.req.query();
    const asked = c.req.param('file').replace(/\.pdf$/, '');
    const date = asked === 'latest' ? undefined : asked;
    const { pdf, filename } = await makeReport(deps, { date, period, zone, paper, genre, country, watch });
    return c.body(pdf as Uint8Array<ArrayBuffer>, 200, {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `inline; filename="${filename}"`,
      'Cache-Control': 'no-cache',
    });
  });
}
