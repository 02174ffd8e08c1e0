/** The PDF report of a day, at `/report/2026-10-07.pdf`, or `/report/latest.pdf` of the last whole one. */
import { Hono } from 'hono';
import { daily } from '../core/digest.ts';
import { UserError } from '../core/errors.ts';
import type { Deps } from '../deps.ts';
import { composeDigest, latestDay } from '../digests/compose.ts';

/** `zone`: whose day it is, UTC unless given; `paper`: `a4` or `letter`. */
export function reportRoutes(deps: Pick<Deps, 'db' | 'clock' | 'config' | 'renderReport'>): Hono {
  return new Hono().get('/report/:file{.+\\.pdf}', async c => {
    const { zone = 'UTC', paper = 'a4' } = c.req.query();
    if (paper !== 'a4' && paper !== 'letter')
      throw new UserError(`There is no paper "${paper.slice(0, 20)}".`, 'Use a4 or letter.');
    const asked = c.req.param('file').replace(/\.pdf$/, '');
    const day = asked === 'latest' ? await latestDay(deps, zone) : asked;
    const { report } = await composeDigest(deps, daily, day, zone);
    const pdf = await deps.renderReport(report, { paper });
    return c.body(pdf as Uint8Array<ArrayBuffer>, 200, {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `inline; filename="bandcamp-${report.date}.pdf"`,
      'Cache-Control': 'no-cache',
    });
  });
}
