/** The port that each chat platform implements to be delivered to. */
import type { ThemeName } from '../core/chart-spec.ts';
import type { Instant } from '../core/time/instant.ts';
import type { Delivery, Part, SentParts } from '../db/deliveries.ts';
import type { ComposedDigest } from './compose.ts';

/** What a delivery says, ready to be rendered. */
export interface Content {
  digest: ComposedDigest;
  /** PNG of the first answer's chart, where it has one. */
  chart?: { png: Uint8Array; filename: string; alt: string };
  pdf: { bytes: Uint8Array; filename: string };
  /** The dashboard, where `PUBLIC_URL` is set. */
  pageUrl?: string;
}

/** One delivery as a platform sees it. */
export interface Outgoing {
  /** UUID; what is sent carries it, so that `find` knows it again. */
  id: string;
  tenant: string;
  target: string;
  dueAt: Instant;
  /** File name of the PDF; holds the id. */
  filename: string;
  /** What the platform has already. */
  parts: SentParts;
}

export interface Channel {
  /** As subscriptions name it. */
  platform: string;
  /** The ground of the pictures it is sent. */
  chartTheme: ThemeName;
  /**
   * The platform's id of a part that an earlier attempt may have sent; undefined when the platform does not
   * have it.
   * @throws ChannelError, also when it cannot be found out
   */
  find(part: Part, outgoing: Outgoing): Promise<string | undefined>;
  /**
   * Sends a part, the message first; returns the platform's id. Calls `assertLease` right before the one
   * request that shows it to people, and lets through what it throws.
   * @throws ChannelError
   */
  send(part: Part, outgoing: Outgoing, content: Content, assertLease: () => Promise<void>): Promise<string>;
}

/** Why a platform did not take something. Any other error counts as one that passes. */
export class ChannelError extends Error {
  /** Trying again is of no use: the channel is gone, the bot is not in it. */
  readonly permanent: boolean;
  /** The platform wants to be left alone for so many real seconds. */
  readonly retryAfterSeconds: number | undefined;
  constructor(
    message: string,
    about: { permanent?: boolean; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: about.cause });
    this.name = 'ChannelError';
    this.permanent = about.permanent ?? false;
    this.retryAfterSeconds = about.retryAfterSeconds;
  }
}

/**
 * `bandcamp-daily-2026-10-24-23456789abcd.pdf`: by the id's last 48 bits, no two files in a channel have one
 * name.
 */
export const pdfName = ({ id, period, subscription }: Delivery): string =>
  `bandcamp-${subscription.digest}-${period}-${id.slice(-12)}.pdf`;
