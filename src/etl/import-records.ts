/** Tells by its content what a file holds, and reads it record by record. */
import { CsvError, parse } from 'csv-parse';
import { parse as parseAtOnce } from 'csv-parse/sync';
import { parseItem, readFeed } from '../bandcamp/feed.ts';
import { readHeader } from '../bandcamp/million-sales.ts';
import { isPageFacts, type PageRecord, parsePageFacts } from '../bandcamp/page-facts.ts';
import { messageOf, UserError } from '../core/errors.ts';
import type { FeedBatch, FeedReject, FeedSale } from '../core/sale.ts';
import { storable } from '../core/text.ts';
import { type Instant, MINUTE, toIso } from '../core/time/instant.ts';
import {
  type Bytes,
  inUtf8,
  LONGEST_LINE,
  readLines,
  startOf,
  through,
  unreadable,
} from './import-source.ts';

export type ImportRecord =
  | { kind: 'answer'; answer: Extract<FeedBatch, { kind: 'sales' }> }
  | { kind: 'sale'; sale: FeedSale }
  | { kind: 'page'; page: PageRecord }
  | { kind: 'reject'; reject: FeedReject }
  /** An answer of the feed before there was anything to tell. */
  | { kind: 'nothing' };

/** A history says when it was: since 2008, the year Bandcamp opened, and not after the present. */
const OPENED = 1_199_145_600_000_000 as Instant;
/** What the clocks of the feed and of this machine may differ by. */
const SLACK = 5 * MINUTE;
const RAW_LIMIT = 20_000;
/** Bytes that hold the CSV's header, which has 300. */
const HEADER = 4096;
/** How far into a file of lines the first one that can be read may be. */
const LOOK_FOR = 1024 * 1024;
/** Characters of a row of the CSV; real ones stay below 2,000. An unclosed quote would swallow the file. */
const LONGEST_ROW = 1_000_000;

/**
 * The records of a file of any of the kinds that `import` takes; sales after `now` are rejects.
 * @throws UserError when it is none of them, not UTF-8, or damaged from somewhere on
 */
export async function* readRecords(name: string, bytes: Bytes, now: Instant): AsyncGenerator<ImportRecord> {
  const { head, all } = await startOf(inUtf8(name, bytes), HEADER);
  const [firstLine = ''] = new TextDecoder().decode(head).split(/\r?\n/, 1);
  const toItem = readHeader(headerOf(firstLine));
  try {
    if (toItem) yield* readRows(all, toItem, now);
    else yield* readJson(name, readLines(all), now);
  } catch (error) {
    if (error instanceof CsvError || error instanceof RangeError) unreadable(name, messageOf(error));
    throw error;
  }
}

const unknownKind = (name: string): UserError =>
  new UserError(
    `${name} is not in a format that can be imported.`,
    'Give responses of the sales feed, its items or facts of pages as JSON lines, ' +
      'or the CSV of a million sales; unpack a .zip first.',
  );

function headerOf(line: string): string[] {
  try {
    return (parseAtOnce(line, { relax_quotes: true }) as string[][])[0] ?? [];
  } catch {
    return [];
  }
}

async function* readRows(
  bytes: Bytes,
  toItem: (cells: readonly string[]) => Record<string, unknown>,
  now: Instant,
): AsyncGenerator<ImportRecord> {
  // Relaxed, so that a damaged row costs itself and what its quotes swallow, not the rest of the file.
  const rows = through(
    bytes,
    parse({
      bom: true,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_ROW,
    }),
  );
  let columns: number | undefined;
  for await (const cells of rows as AsyncIterable<string[]>) {
    if (columns === undefined) columns = cells.length;
    else if (cells.length === columns) yield saleOf(toItem(cells), now);
    else yield rejectOf(`bad-row: ${cells.length} cells below ${columns} columns`, JSON.stringify(cells));
  }
}

/** JSON lines; or one document over several lines, which shows by where its first line ends. */
async function* readJson(
  name: string,
  lines: AsyncIterable<string>,
  now: Instant,
): AsyncGenerator<ImportRecord> {
  const unread: string[] = [];
  let length = 0;
  let isDocument = false;
  let known = false;
  for await (const line of lines) {
    if (line.trim() === '') continue;
    if (!known) {
      if (unread.length === 0) isDocument = /^\s*\{(.*[[{,:])?\s*$/s.test(line);
      if (isDocument || recordOf(line, now) === undefined) {
        unread.push(line);
        length += line.length;
        if (length > (isDocument ? LONGEST_LINE : LOOK_FOR)) throw unknownKind(name);
        continue;
      }
      known = true;
      for (const bad of unread) yield unreadableLine(bad);
    }
    yield recordOf(line, now) ?? unreadableLine(line);
  }
  if (known) return;
  const record = isDocument ? recordOf(unread.join('\n'), now) : undefined;
  if (!record) throw unknownKind(name);
  yield record;
}

/** What a JSON text is by the names in it; undefined where it is no JSON, or none of ours. */
export function recordOf(text: string, now: Instant): ImportRecord | undefined {
  try {
    return recordOfJson(JSON.parse(text), now, text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What a JSON value is by the names in it; `text` is what a reject keeps of it. */
export function recordOfJson(json: unknown, now: Instant, text?: string): ImportRecord | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  if ('feed_data' in json || 'end_date' in json || 'server_time' in json) return answerOf(json, now, text);
  if ('utc_date' in json && 'item_type' in json) return saleOf(json, now);
  if (isPageFacts(json)) {
    const page = parsePageFacts(json);
    return 'reason' in page ? { kind: 'reject', reject: page } : { kind: 'page', page };
  }
  return undefined;
}

function answerOf(json: object, now: Instant, text?: string): ImportRecord {
  try {
    const answer = readFeed(json, now + SLACK);
    if (answer.kind === 'nothing-yet') return { kind: 'nothing' };
    // Read as recorded until then, it would be the present of every answer.
    if (answer.until > now + SLACK) throw new RangeError(`absurd-date: ${toIso(answer.until)} is to come`);
    return { kind: 'answer', answer };
  } catch (error) {
    return rejectOf(`bad-answer: ${messageOf(error)}`, text ?? JSON.stringify(json));
  }
}

function saleOf(item: object, now: Instant): ImportRecord {
  const sale = parseItem(item, null, { from: OPENED, until: now + SLACK });
  return 'reason' in sale ? { kind: 'reject', reject: sale } : { kind: 'sale', sale };
}

const unreadableLine = (line: string): ImportRecord =>
  rejectOf('bad-line: neither an answer of the feed, nor an item, nor a page', line);

const rejectOf = (reason: string, raw: string): ImportRecord => ({
  kind: 'reject',
  reject: { reason: storable(reason).slice(0, 500).toWellFormed(), raw: storable(raw.slice(0, RAW_LIMIT)) },
});
