/**
 * What a database lacks of the schema that this version knows, and what it has beyond: decided by what its
 * migrations held.
 */
import { UserError } from '../core/errors.ts';
import type { Amendment, Migration, SchemaFiles } from './migration-files.ts';

/** A row of the table `migration`. */
export interface Applied {
  name: string;
  /** Of the text that was applied; while its steps run, `marked`. */
  sha256: string;
}

/** What is to be run, after so many of its steps that were run before. */
export interface Todo {
  migration: Migration;
  /** The file whose row tells of it. */
  name: string;
  stepsDone: number;
}

export interface Plan {
  /** Rows whose file is called otherwise now. */
  renamed: { from: string; to: string }[];
  todo: Todo[];
  /** Names of rows that this version has no file for: a newer one made them. */
  unknown: string[];
}

const isAmendment = (migration: Migration): migration is Amendment => 'from' in migration;

/**
 * What a row's `sha256` holds while a migration runs and so many of its steps are done. Versions that know no
 * steps take it for a changed text, and do not start.
 */
export const marked = (migration: Migration, stepsDone: number): string =>
  `${isAmendment(migration) ? `${migration.from} ` : ''}${migration.sha256} after step ${stepsDone}`;

/**
 * Compares the rows with the files.
 * @throws UserError when the text of a file that was applied has changed since
 */
export function planOf({ migrations, amendments }: SchemaFiles, rows: readonly Applied[]): Plan {
  const plan: Plan = { renamed: [], todo: [], unknown: [] };
  const left = new Set(rows);
  for (const migration of migrations) {
    const found = search(migration, amendments, rows);
    if (!found) {
      if (rows.some(({ name }) => name === migration.name)) throw changed(migration.name);
      plan.todo.push({ migration, name: migration.name, stepsDone: 0 });
      continue;
    }
    left.delete(found.row);
    if (found.row.name !== migration.name) plan.renamed.push({ from: found.row.name, to: migration.name });
    plan.todo.push(...found.todo.map(todo => ({ ...todo, name: migration.name })));
  }
  plan.unknown = Array.from(left, ({ name }) => name).sort();
  return plan;
}

type Found = { row: Applied; todo: Omit<Todo, 'name'>[] };

/** The row that tells of the migration, or of an older text of it, and what leads from there to its own. */
function search(
  migration: Migration,
  amendments: readonly Amendment[],
  rows: readonly Applied[],
): Found | null {
  const whole = rows.find(({ sha256 }) => sha256 === migration.sha256);
  if (whole) return { row: whole, todo: [] };
  const last = amendments.filter(({ sha256 }) => sha256 === migration.sha256);
  for (const running of [migration, ...last]) {
    for (let stepsDone = 0; stepsDone < running.steps.length; stepsDone++) {
      const row = rows.find(({ sha256 }) => sha256 === marked(running, stepsDone));
      if (row) return { row, todo: [{ migration: running, stepsDone }] };
    }
  }
  for (const amendment of last) {
    const older = search({ ...migration, sha256: amendment.from, steps: [] }, amendments, rows);
    if (older) return { row: older.row, todo: [...older.todo, { migration: amendment, stepsDone: 0 }] };
  }
  return null;
}

const changed = (name: string): UserError =>
  new UserError(
    `The applied migration ${name} has changed.`,
    'Put its text back, and write the change as a new migration.',
  );
