/**
 * The PDF report, at `/report/2026-10-07.pdf`, or `/report/latest.pdf` of the last whole period that was
 * read.
 */

import { Hono } from 'hono';
import { etag } from 'hono/etag';
import type { Ambient } from '../ambient.ts';
import type { HasDb } from '../db/connect.ts';
import type { HasReportRenderer } from '../report/report.ts';
import { createKeptReports } from '../report/report-cache.ts';
import { filenameOf, parseWords } from '../report/request.ts';
import { admitted, type Limits } from './admission.ts';

type ReportDeps = HasDb & Pick<Ambient, 'clock' | 'config'> & HasReportRenderer & { limits?: Limits };

/**
 * `period`: `day`, `week` or `month` that the date lies in; `zone`: whose, UTC unless given; `genre`,
 * `country`, `watch`: names with commas; `paper`: `a4` or `letter`. HEAD makes nothing: it tells the ETag
 * only of a report that is kept.
 */
export function reportRoutes(deps: ReportDeps): Hono {
  const reports = createKeptReports(deps);
  return new Hono().get('/report/:file{.+\\.pdf}', etag(), async c => {
    const { period, zone, paper, genre, country, watch } = c.req.query();
    const file = c.req.param('file').replace(/\.pdf$/, '');
    const date = file === 'latest' ? undefined : file;
    const asked = await parseWords(deps, { date, period, zone, paper, genre, country, watch });
    c.header('Content-Type', 'application/pdf');
    c.header('Content-Disposition', `inline; filename="${filenameOf(asked)}"`);
    c.header('Cache-Control', 'no-cache');
    const found =
      c.req.method === 'HEAD'
        ? await reports.recall(asked)
        : await reports.make(asked, make => admitted(deps.limits, 'reports', c, make));
    if (!found) return c.body(null);
    c.header('ETag', found.etag);
    return c.body(found.pdf as Uint8Array<ArrayBuffer>);
  });
}
