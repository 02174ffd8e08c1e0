/** A report as a PDF file: laid out, drawn, assembled. */
import { assemble } from './assemble.ts';
import { createMeasure, drawPages } from './draw.ts';
import { layoutReport } from './layout.ts';
import type { Paper, Report } from './report.ts';

/** The file's bytes; equal reports give equal bytes, whenever they are made. */
export async function renderReport(
  report: Report,
  { paper = 'a4' }: { paper?: Paper } = {},
): Promise<Uint8Array> {
  const pages = layoutReport(report, paper, createMeasure());
  return assemble(drawPages(pages), pages, report);
}
