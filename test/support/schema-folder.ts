/** Migrations of a test's own, in a folder that is removed after the file's tests. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll } from 'vitest';
import { readSchema, type SchemaFiles } from '../../src/db/migration-files.ts';

const folders: string[] = [];

/** The files of these names and texts, as `migrate` takes them. Call `removeFolders` at the top level. */
export async function schemaOf(texts: Record<string, string>): Promise<SchemaFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'bandcamp-tracker-schema-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text);
  return readSchema(pathToFileURL(`${folder}/`));
}

export const removeFolders = (): void =>
  afterAll(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });
