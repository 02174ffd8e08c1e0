/** A report before it has a form: what one day (or week, or month) is told with. */
import type { Answer } from '../core/answer.ts';

export interface KeyNumber {
  label: string;
  /** As people read it: `41,203`. */
  value: string;
  /** Against the time before: `+12% on the Wednesdays before`. Coloured by its sign. */
  change?: string;
}

export interface ReportSection {
  title: string;
  intro?: string;
  /** None: the section says that there is nothing to report. */
  answers: Answer[];
}

export interface Report {
  title: string;
  /** The day, spelt out: `Wednesday, 7 October 2026`. */
  subtitle: string;
  /** ISO date of the day; also the file's creation date, so that equal data give equal bytes. */
  date: string;
  /** IANA zone that days are counted in. */
  zone: string;
  language: 'en';
  /** The day in one sentence, set large on the cover. */
  headline: string;
  keyNumbers: KeyNumber[];
  sections: ReportSection[];
  /** Paragraphs of "How to read this": method, coverage, what is not known. */
  method: string[];
  /** The dashboard's origin (`PUBLIC_URL`); without it nothing links there. */
  dashboardUrl?: string;
}

export type Paper = 'a4' | 'letter';
