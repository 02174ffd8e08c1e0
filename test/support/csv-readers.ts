/**
 * What other programs make of our CSV: pandas and LibreOffice, Debian packages that not every machine has.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const runs = (program: string, args: readonly string[]): boolean =>
  spawnSync(program, args, { stdio: 'ignore' }).status === 0;

/** Debian's own comes last, since its packages are in none that stands before it in the path. */
const PYTHON = ['python3', '/usr/bin/python3'].find(python => runs(python, ['-c', 'import pandas']));

export const hasPandas: boolean = PYTHON !== undefined;
export const hasLibreOffice: boolean = runs('soffice', ['--version']);

/** Of each file the names of its columns, their types, and its rows; empty cells are null. */
export interface Frame {
  columns: string[];
  types: string[];
  rows: (string | number | null)[][];
}

function inFolder<T>(files: Readonly<Record<string, string>>, use: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'csv-readers-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// As anybody reads a CSV, with no options: only the order of the files is given.
const PANDAS = `
import json, sys, pandas
frames = []
for name in sys.argv[1:]:
    frame = pandas.read_csv(name)
    types = [str(kind) for kind in frame.dtypes]
    rows = frame.astype(object).where(frame.notna(), None).values.tolist()
    frames.append({'columns': list(frame.columns), 'types': types, 'rows': rows})
json.dump(frames, sys.stdout)
`;

/** Reads all files in one process: loading pandas takes longer than the reading. */
export const readByPandas = (files: Readonly<Record<string, string>>): Frame[] =>
  inFolder(files, folder =>
    JSON.parse(
      execFileSync(PYTHON ?? 'python3', ['-c', PANDAS, ...Object.keys(files)], {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      }),
    ),
  );

/**
 * Filter options of LibreOffice: comma, double quote, UTF-8, from line 1, English (US); then on writing cells
 * as stored, not as shown. What it takes for a number or a formula is written as that.
 */
const IN = 'CSV:44,34,76,1,,1033,false,true,false';
const OUT = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,false';

/** Each file as LibreOffice writes what it read, as CSV again. */
export const rewriteByLibreOffice = (files: Readonly<Record<string, string>>): string[] =>
  inFolder(files, folder => {
    execFileSync(
      'soffice',
      [
        // A profile of its own, so that one that is open somewhere is no hindrance.
        `-env:UserInstallation=file://${folder}/profile`,
        '--headless',
        `--infilter=${IN}`,
        '--convert-to',
        OUT,
        '--outdir',
        'out',
        ...Object.keys(files),
      ],
      { cwd: folder, stdio: 'ignore' },
    );
    return Object.keys(files).map(name => readFileSync(path.join(folder, 'out', name), 'utf8'));
  });
