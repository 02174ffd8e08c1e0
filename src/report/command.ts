/** The command `report`: writes the PDF of a day, a week or a month to a file. */
import type { Ambient } from '../ambient.ts';
import { UserError } from '../core/errors.ts';
import type { HasDb } from '../db/connect.ts';
import type { HasReportRenderer } from './report.ts';
import { makeReport, type ReportWords } from './request.ts';

export interface ReportOptions extends ReportWords {
  out?: string | undefined;
}

export const reportCommand = {
  usage:
    'report [--date D] [--period day|week|month] [--genre G,…] [--country C,…] [--watch NAME,…] ' +
    '[--zone Z] [--paper a4|letter] --out FILE',
  summary:
    'Writes the PDF report of the day, week or month that a date lies in; ' +
    'without --date, of the last whole one that was read',
  examples: [
    'report --out report.pdf',
    'report --date 2026-11-21 --period week --paper letter --out week.pdf',
  ],
  options: ['date', 'period', 'genre', 'country', 'watch', 'zone', 'paper', 'out'] as const,
  async run(
    deps: HasDb & Pick<Ambient, 'clock' | 'config'> & HasReportRenderer,
    { out, ...words }: ReportOptions,
    write: (file: string, bytes: Uint8Array) => Promise<void>,
  ): Promise<string> {
    if (!out) throw new UserError('There is no file to write to.', 'Add --out report.pdf.');
    const { report, pdf } = await makeReport(deps, words);
    await write(out, pdf);
    return `${report.subtitle}: ${report.headline}\n${out}, ${Math.ceil(pdf.length / 1024)} kB\n`;
  },
};
