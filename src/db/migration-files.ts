/** The files of `schema/`: what each is called, what it holds, and the steps in which it is applied. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

const FOLDER = new URL('../../schema/', import.meta.url);

/** What is applied in one transaction, and stays applied whatever happens to the next one. */
export interface Step {
  /** For the log. */
  what: string;
  text: string;
  /**
   * Run again and again, each time in a transaction of its own, until its last statement returns no row; that
   * one says `returning`, since the driver tells no counts of statements that are sent together.
   */
  repeated: boolean;
}

/** What brings a database from one state to the next. */
export interface Migration {
  name: string;
  /** Of the file's bytes, in hexadecimal: it tells the file whatever its name. */
  sha256: string;
  steps: readonly Step[];
}

/** What a database lacks where an older text of a migration was applied. */
export interface Amendment extends Migration {
  /** The older text's SHA-256; afterwards the database is as if the text of `sha256` had been applied. */
  from: string;
}

export interface SchemaFiles {
  migrations: readonly Migration[];
  amendments: readonly Amendment[];
}

const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Reads `NNNN_name.sql`, in the order of their numbers, and what stands beside them:
 * `steps/NNNN_name.sql` does in steps what the file of that name does at once, and runs in its place;
 * `amendments/*.sql` begin with two lines, `-- from <sha256>` and `-- to <sha256>`.
 */
export async function readSchema(folder = FOLDER): Promise<SchemaFiles> {
  const inSteps = new Map((await read(new URL('steps/', folder))).map(({ name, text }) => [name, text]));
  const files = (await read(folder)).filter(({ name }) => /^\d{4}_/.test(name));
  const migrations = files.map(({ name, text }) => ({
    name,
    sha256: sha256Of(text),
    steps: stepsOf(name, inSteps.get(name) ?? text),
  }));
  const amendments = (await read(new URL('amendments/', folder))).map(({ name, text }) => {
    const of = (word: string) => new RegExp(`^-- ${word} ([0-9a-f]{64})$`, 'm').exec(text)?.[1];
    const [from, to] = [of('from'), of('to')];
    if (!from || !to) throw new Error(`schema/amendments/${name} does not say from what to what`);
    return { name, from, sha256: to, steps: stepsOf(name, text) };
  });
  return { migrations, amendments };
}

async function read(folder: URL): Promise<{ name: string; text: string }[]> {
  const names = await readdir(folder).catch(error => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const files = names.filter(name => name.endsWith('.sql') && name !== 'current.sql').sort();
  const textOf = (name: string) => readFile(new URL(name, folder), 'utf8');
  return Promise.all(files.map(async name => ({ name, text: await textOf(name) })));
}

/**
 * A step begins with `-- step: what it does` or `-- step, repeated: what it does`; a file without such a line
 * is one step.
 */
function stepsOf(name: string, text: string): Step[] {
  const [head = '', ...rest] = text.split(/^-- step(, repeated)?: (.+)$/m);
  if (rest.length === 0) return [{ what: name, text, repeated: false }];
  if (/^(?!--)./m.test(head)) throw new Error(`${name} has statements before its first step`);
  return Array.from({ length: rest.length / 3 }, (_, at) => {
    const [repeated, what = '', text = ''] = rest.slice(at * 3, at * 3 + 3);
    if (repeated && !/\breturning\b[^;]*;\s*$/.test(text))
      throw new Error(`${name}: the last statement of "${what}" does not say what it returns`);
    return { what, text, repeated: repeated !== undefined };
  });
}
