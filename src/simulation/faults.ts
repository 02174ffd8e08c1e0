/**
 * What goes wrong between a client and Bandcamp, on demand: by seed and rate, so that a run can be repeated.
 */
import { z } from 'zod';
import { mix, named, unit } from './random.ts';

export const FAULT_KINDS = [
  // Refusals, as recorded.
  'forbidden',
  'too-many-requests',
  'challenge',
  'server-error',
  // Answers that never end, or end early.
  'time-out',
  'slow',
  'cut',
  'cut-json',
  // Answers that are whole and wrong.
  'wrong-types',
  'bad-items',
  'huge',
  'gzip-bomb',
  'private-redirect',
] as const;
/** These need an answer of the feed to be made in. */
const OF_THE_FEED: readonly string[] = ['wrong-types', 'bad-items'];
export type FaultKind = (typeof FAULT_KINDS)[number];

/** A plan as `POST /__demo/faults` takes it. */
export const faultPlan = z.strictObject({
  seed: z.int().default(1),
  /** Share of the requests, 0 to 1. */
  rate: z.number().min(0).max(1).default(1),
  kinds: z.array(z.enum(FAULT_KINDS)).min(1),
  /** Requests it happens to at all. */
  on: z.enum(['all', 'feed', 'pages']).default('all'),
  /** After this many it stops by itself. */
  times: z.int().min(0).optional(),
  /** Of a 429. */
  retryAfterSeconds: z.int().min(0).default(3),
  /** How long a slow answer takes, in real seconds. */
  slowSeconds: z.number().min(0).max(60).default(5),
});
export type FaultPlan = z.input<typeof faultPlan>;
export type Fault = { kind: FaultKind } & Pick<
  z.output<typeof faultPlan>,
  'retryAfterSeconds' | 'slowSeconds'
>;

export interface Faults {
  /** What happens to the next request, if anything; each request is asked for once. */
  next(on: 'feed' | 'pages'): Fault | null;
  /** How often each has happened. */
  readonly happened: Readonly<Partial<Record<FaultKind, number>>>;
}

/** @throws z.ZodError for a plan that is none */
export function planFaults(plans: readonly FaultPlan[]): Faults {
  const active = plans.map(plan => ({ ...faultPlan.parse(plan), requests: 0, done: 0 }));
  const happened: Partial<Record<FaultKind, number>> = {};
  return {
    happened,
    next(on) {
      for (const plan of active) {
        if (plan.on !== 'all' && plan.on !== on) continue;
        const kinds = on === 'feed' ? plan.kinds : plan.kinds.filter(kind => !OF_THE_FEED.includes(kind));
        if (kinds.length === 0 || plan.done >= (plan.times ?? Infinity)) continue;
        plan.requests += 1;
        const hash = mix(mix(plan.seed, named('faults')), plan.requests);
        if (unit(hash) >= plan.rate) continue;
        plan.done += 1;
        const kind = kinds[mix(hash, 1) % kinds.length] ?? 'server-error';
        happened[kind] = (happened[kind] ?? 0) + 1;
        return { kind, retryAfterSeconds: plan.retryAfterSeconds, slowSeconds: plan.slowSeconds };
      }
      return null;
    },
  };
}

/** Where a redirect must never be followed to: metadata services, this machine, the network it is in. */
export const PRIVATE_ADDRESSES = [
  'http://169.254.169.254/latest/meta-data/',
  'http://127.0.0.1:5432/',
  'http://[::1]/',
  'http://10.0.0.1/admin',
  'http://localhost/',
] as const;

/** The page that Fastly shows since February 2026, with status 200. */
export const CHALLENGE =
  `<!DOCTYPE html>
<html lang="en"><head><link href="/_fs-ch-0Demo0/assets/styles.css" rel="stylesheet" />` +
  `<title>Client Challenge</title></head>
<body><noscript>JavaScript is disabled in your browser. Please enable JavaScript to proceed.</noscript>
<div id="loading-error" role="alert">A required part of this site couldn’t load.</div>` +
  `<script src="/_fs-ch-0Demo0/script.js"></script></body></html>
`;

/** The page of Fastly's Varnish since July 2024, with status 403. */
export const FORBIDDEN = `<?xml version="1.0" encoding="utf-8"?>
<html><head><title>403 Forbidden</title></head><body><h1>Error 403 Forbidden</h1><p>Forbidden</p>
<h3>Error 54113</h3><p>Details: cache-demo-1</p><hr><p>Varnish cache server</p></body></html>
`;

/** Items that no reader of the feed can make a sale of, to stand among true ones. */
export const BAD_EVENTS = [
  { event_type: 'refund', utc_date: 1, items: [{}] },
  { event_type: 'sale', utc_date: null, items: 'none' },
  {
    event_type: 'sale',
    utc_date: 1_600_000_000,
    items: [{ utc_date: 'soon', item_type: 'x', amount_paid: '7', url: 3 }],
  },
  null,
];
