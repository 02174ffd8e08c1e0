/**
 * Live charts for pages: a chart's configuration at `/q/:question/chart.json`, and the scripts that draw it,
 * below `/assets`.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { transformSync } from 'amaro';
import { type Context, Hono } from 'hono';
import { interactiveChart } from '../charts/interactive.ts';
import { worldShapes } from '../charts/world.ts';
import { UserError } from '../core/errors.ts';
import { type AskDeps, ask } from '../questions/lib/ask.ts';
import { parseQuestion } from '../questions/lib/definition.ts';
import { noChart } from '../questions/lib/refusals.ts';
import { questions } from '../questions/registry.ts';
import { admitting, type Limits } from './admission.ts';

const SOURCES = path.resolve(import.meta.dirname, '..');
/** Where a page finds its script; what that imports stands beside it, as in `src`. */
export const CHART_CLIENT = '/assets/src/web/chart-client.ts';
/** The builds for browsers that the packages bring. */
const VENDORS: Record<string, string> = {
  'chart.js': 'chart.js/dist/chart.umd.min.js',
  'chart-geo.js': 'chartjs-chart-geo/build/index.umd.min.js',
};
const SCRIPT_CACHE = 'public, max-age=3600';
const CHART_CACHE = 'public, max-age=30';

export function liveChartRoutes(deps: AskDeps & { limits?: Limits }): Hono {
  const modules = clientModules();
  const vendors = new Map<string, string>();
  let world: string | undefined;
  return new Hono()
    .get('/q/:question/chart.json', async c => {
      const { theme = 'light', title, width = '800', ...raw } = c.req.query();
      const answer = await ask(admitting(deps, c), parseQuestion(questions, c.req.param('question'), raw));
      const { chart } = answer;
      if (!chart) throw noChart(answer);
      const pixels = Number(width);
      if (!(pixels >= 300 && pixels <= 1600))
        throw new UserError(`"${width.slice(0, 20)}" is not a width.`, 'Use pixels from 300 to 1600.');
      const spec = title === 'none' ? { ...chart, title: '' } : chart;
      c.header('Cache-Control', CHART_CACHE);
      return c.json(interactiveChart(spec, { theme: theme === 'dark' ? 'dark' : 'light', width: pixels }));
    })
    .get('/assets/src/:path{.+}', c => {
      const code = modules.get(c.req.param('path'));
      return code === undefined ? c.notFound() : script(c, code);
    })
    .get('/assets/world.json', c => {
      world ??= JSON.stringify(worldShapes());
      return c.body(world, 200, { 'Content-Type': 'application/json', 'Cache-Control': SCRIPT_CACHE });
    })
    .get('/assets/:name', c => {
      const name = c.req.param('name');
      const file = Object.hasOwn(VENDORS, name) ? VENDORS[name] : undefined;
      if (file === undefined) return c.notFound();
      const code =
        vendors.get(name) ??
        readFileSync(resolvePackageFile(file), 'utf8').replace(/\n\/\/# sourceMappingURL.*/, '');
      vendors.set(name, code);
      return script(c, code);
    });
}

const script = (c: Context, code: string) =>
  c.body(code, 200, {
    'Content-Type': 'text/javascript; charset=utf-8',
    'Cache-Control': SCRIPT_CACHE,
    'X-Content-Type-Options': 'nosniff',
  });

/** A package may not export the file, but its folder is where its entry is found. */
function resolvePackageFile(file: string): string {
  const [name = '', ...rest] = file.split('/');
  const entry = createRequire(import.meta.url).resolve(name);
  return path.join(entry.slice(0, entry.lastIndexOf(`${path.sep}${name}${path.sep}`)), name, ...rest);
}

/**
 * The client's module and all that it imports, by path below `src`, as JavaScript: the very files that draw
 * the pictures.
 */
function clientModules(): Map<string, string> {
  const modules = new Map<string, string>();
  const add = (file: string): void => {
    const key = path.relative(SOURCES, file).replaceAll(path.sep, '/');
    if (modules.has(key)) return;
    // As Node itself does when it runs these files.
    const { code } = transformSync(readFileSync(file, 'utf8'), { mode: 'strip-only' });
    modules.set(key, code);
    for (const [, found = ''] of code.matchAll(/from\s*'(\.[^']+)'/g))
      add(path.resolve(path.dirname(file), found));
  };
  add(path.join(SOURCES, 'web/chart-client.ts'));
  return modules;
}
