/**
 * The version of the code that makes answers, which nobody has to raise: a digest of its sources and of the
 * schema they ask.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

/** All that a question's answer is made by: src/questions and the layers below it. */
const MAKES_ANSWERS = ['src/questions', 'src/db', 'src/stats', 'src/core'];
const ROOT = new URL('../../', import.meta.url);

/**
 * 16 hexadecimal digits, other ones where any of the files is another one. Names and numbers are spelt by
 * Node's ICU, too.
 */
export function codeVersion(root = ROOT): string {
  const hash = createHash('sha256').update(process.versions.icu ?? '');
  const files = MAKES_ANSWERS.flatMap(folder =>
    readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts'))
      .map(name => `${folder}/${name}`),
  );
  for (const file of [...files.sort(), 'schema/current.sql'])
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(new URL(file, root)))
      .update('\0');
  return hash.digest('hex').slice(0, 16);
}

/** Of the code that this process runs, whatever becomes of its files. */
export const CODE_VERSION = codeVersion();
