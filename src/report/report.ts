/** A report before it has a form: what one day (or week, or month) is told with. */
import type { Answer } from '../core/answer.ts';
import type { Front, Panel } from './panels.ts';

export interface KeyNumber {
  label: string;
  /** As people read it: `41,203`. */
  value: string;
  /** Against the time before: `+12% on the Wednesdays before`. Coloured by its sign. */
  change?: string;
}

export interface ReportAnswer extends Answer {
  /** Key of the column whose numbers are drawn along the table's rows, where that does for a chart. */
  bars?: string;
  /** Key of a column of reasons or sentences: each stands below its row, across the table. */
  detail?: string;
}

/** Short rankings side by side, about one genre or country. */
export interface Board {
  title: string;
  /** One line below the title. */
  lead?: string;
  /**
   * Three at most. Of each answer the first rows are shown: the first column, whose it is (`artist`), and the
   * units.
   */
  lists: { label: string; answer: Answer }[];
}

export interface ReportSection {
  title: string;
  intro?: string;
  /** Neither answers nor boards: the section says that there is nothing to report. */
  answers: ReportAnswer[];
  boards?: Board[];
  /** Something of it could not be counted in time: what, in a sentence. */
  failure?: string;
  /** Made for one page: rows that it has no room for are left out. */
  panels?: Panel[];
}

export interface Report {
  title: string;
  /** The day, week or month, spelt out: `Wednesday, 7 October 2026`. */
  subtitle: string;
  /** ISO date of the last day; also the file's creation date, so that equal data give equal bytes. */
  date: string;
  /** In the file's name: `2026-10-07`, `2026-W41`, `2026-10`. */
  period: string;
  /** IANA zone that days are counted in. */
  zone: string;
  language: 'en';
  /** The day in one sentence, set large on the cover. */
  headline: string;
  keyNumbers: KeyNumber[];
  /** What the cover tells beside the headline; without it stand the key numbers, and the contents. */
  front?: Front;
  /** The data come from a simulation, which is said once, at the top of the cover. */
  simulated?: true;
  /** What the trends are over, and whose days: `Trends over 21–27 November, days in Europe/Berlin.` */
  about?: string;
  sections: ReportSection[];
  /** What most answers are about: they do not say it again. */
  window?: Answer['window'];
  /** Paragraphs of "How to read this": method, coverage, what is not known. */
  method: { title: string; text: string }[];
  /** The dashboard's origin (`PUBLIC_URL`); without it nothing links there. */
  dashboardUrl?: string;
}

export type Paper = 'a4' | 'letter';

export interface HasReportRenderer {
  /** Makes the PDF of a report. */
  renderReport: (report: Report, options?: { paper?: Paper }) => Promise<Uint8Array>;
}
