/** Files to import, as streams of bytes and of lines: unpacked, with back-pressure, in bounded memory. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type Duplex, pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { messageOf, UserError } from '../core/errors.ts';

export type Bytes = AsyncIterable<Uint8Array>;

export interface ImportSource {
  /** For people. */
  name: string;
  /** Bytes in all; null where nobody knows. */
  size: number | null;
  bytes: Bytes;
}

/**
 * A file, or standard input (`stdin`) where the name is `-`.
 * @throws UserError when there is no such file, or it is a folder
 */
export async function openSource(name: string, stdin: Bytes): Promise<ImportSource> {
  if (name === '-') return { name: 'standard input', size: null, bytes: stdin };
  const found = await stat(name).catch((error: unknown) => unreadable(name, messageOf(error)));
  if (found.isDirectory()) unreadable(name, 'it is a folder');
  return { name, size: found.isFile() ? found.size : null, bytes: createReadStream(name) };
}

/** @throws UserError always */
export function unreadable(name: string, reason: string): never {
  throw new UserError(
    `${name} cannot be read: ${reason}.`,
    'Check that the file exists, is complete and is readable; - is standard input.',
  );
}

/**
 * The bytes, unpacked if they are gzip by their first two. `onRead` hears how many packed bytes came so far.
 * @throws UserError when the file cannot be read, or is cut
 */
export async function* unpacked({ name, bytes }: ImportSource, onRead: (bytes: number) => void): Bytes {
  let read = 0;
  const counted = (async function* () {
    for await (const chunk of bytes) {
      read += chunk.length;
      onRead(read);
      yield chunk;
    }
  })();
  try {
    const { head, all } = await startOf(counted, 2);
    yield* head[0] === 0x1f && head[1] === 0x8b ? through(all, createGunzip()) : all;
  } catch (error) {
    unreadable(name, messageOf(error));
  }
}

/**
 * The bytes, as long as they are UTF-8: what spreadsheets save in another encoding would give artists other
 * names.
 * @throws UserError
 */
export async function* inUtf8(name: string, bytes: Bytes): Bytes {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const check = (chunk?: Uint8Array): void => {
    try {
      decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw new UserError(`${name} is not UTF-8 text.`, 'Save it as UTF-8 and import it again.');
    }
  };
  for await (const chunk of bytes) {
    check(chunk);
    yield chunk;
  }
  check();
}

/** What a transform makes of the bytes; an error of either is thrown where it is read. */
export function through<T extends Duplex>(bytes: Bytes, transform: T): T {
  pipeline(Readable.from(bytes), transform, () => {});
  return transform;
}

/** The first bytes, at least `atLeast` where there are so many, and all of them again, from the first on. */
export async function startOf(bytes: Bytes, atLeast: number): Promise<{ head: Uint8Array; all: Bytes }> {
  const rest = bytes[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < atLeast) {
    const next = await rest.next();
    if (next.done) break;
    chunks.push(next.value);
    length += next.value.length;
  }
  const all = (async function* () {
    try {
      yield* chunks;
      for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
    } finally {
      await rest.return?.();
    }
  })();
  return { head: Buffer.concat(chunks), all };
}

/** Characters; an answer of the feed for a day of 60,000 sales has 42 million. */
export const LONGEST_LINE = 64 * 1024 * 1024;

/**
 * Lines of UTF-8 text without their ends.
 * @throws RangeError at a line of more than `LONGEST_LINE` characters
 */
export async function* readLines(bytes: Bytes): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let parts: string[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    const [first = '', ...others] = decoder.decode(chunk, { stream: true }).split('\n');
    parts.push(first);
    length += first.length;
    if (length > LONGEST_LINE) throw new RangeError(`a line has more than ${LONGEST_LINE} characters`);
    if (others.length === 0) continue;
    yield parts.join('');
    const last = others.pop() ?? '';
    yield* others;
    parts = [last];
    length = last.length;
  }
  yield parts.join('') + decoder.decode();
}
