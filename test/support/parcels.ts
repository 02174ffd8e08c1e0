/** Deliveries made by hand, as a channel gets them. */
import { randomUUID } from 'node:crypto';
import type { Instant } from '../../src/core/time/instant.ts';
import type { Content, Outgoing } from '../../src/digests/channel.ts';
import { exampleAnswer } from './answers.ts';
import { richDay } from './reports.ts';
import { PNG } from './slack-app.ts';

export function aParcel(dueAt: Instant, of: Partial<Outgoing> = {}): Outgoing {
  const id = of.id ?? randomUUID();
  return {
    id,
    tenant: 'T0TEST',
    target: 'C0MEMBER',
    dueAt,
    filename: `bandcamp-daily-2026-10-06-${id.slice(-12)}.pdf`,
    parts: {},
    ...of,
  };
}

/** What a delivery says: hostile names in many scripts, `rows` of them in each of `answers` answers. */
export function aContent({ filename }: Outgoing, rows = 10, answers = 9): Content {
  const all = Array.from({ length: answers }, () => exampleAnswer(rows));
  return {
    digest: {
      title: 'Bandcamp daily',
      day: '2026-10-06',
      zone: 'Europe/Berlin',
      headline: all[0]?.headline ?? 'Nothing was sold.',
      answers: all,
      report: richDay,
    },
    ...(rows > 0 && { chart: { png: PNG, filename: 'daily-2026-10-06.png', alt: 'Bars of ten genres.' } }),
    pdf: { bytes: new TextEncoder().encode('%PDF-1.7 made up'), filename },
    pageUrl: 'https://tracker.example/',
  };
}

export const noFence = async (): Promise<void> => {};
