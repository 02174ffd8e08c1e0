/** The commands of the command line: what each takes and does. */
import { writeFile } from 'node:fs/promises';
import { createChannels, platforms } from '../bots/platforms.ts';
import type { Answer } from './core/answer.ts';
import { messageOf, UsageError, UserError } from './core/errors.ts';
import { countOf, formatCount } from './core/numbers.ts';
import { toIso } from './core/time/instant.ts';
import { judgeTagKinds } from './db/write/tag-kinds.ts';
import type { DatabaseUse, Deps, Renderers } from './deps.ts';
import { deliverDue } from './digests/deliver.ts';
import { previewDue, recordDue } from './digests/record-due.ts';
import { enrich } from './etl/enrich.ts';
import { type Imported, importSources } from './etl/import.ts';
import { type ImportSource, openSource } from './etl/import-source.ts';
import { ingest } from './etl/ingest.ts';
import { refuseToMix } from './etl/one-world.ts';
import { type RetriedRejects, retryRejects } from './etl/rejects.ts';
import { hideCommands } from './jobs/hide.ts';
import { rebuild } from './jobs/rebuild.ts';
import { verify } from './jobs/verify.ts';
import { renderCsv } from './present/csv.ts';
import { renderJson } from './present/json.ts';
import { progressBar, withProgress } from './present/progress.ts';
import { renderText } from './present/text.ts';
import { ask } from './questions/lib/ask.ts';
import { noChart, usage } from './questions/lib/refusals.ts';
import { understand } from './questions/lib/understand.ts';
import { questions } from './questions/registry.ts';
import { type ReportOptions, reportCommand } from './report/command.ts';

/** Loaded by those commands that draw or chat: half of the others' time and memory would go into them. */
export const renderers: Renderers = {
  renderChart: async (...args) => (await import('./charts/drawing/render.ts')).renderChart(...args),
  renderConfig: async (...args) => (await import('./charts/drawing/render.ts')).renderConfig(...args),
  renderReport: async (...args) => (await import('./report/render.ts')).renderReport(...args),
};

const indented = (payload: unknown): string => `${JSON.stringify(payload, null, 2)}\n`;

const FORMATS: Record<string, (answer: Answer) => string | Promise<string>> = {
  text: answer => `${renderText(answer)}\n`,
  json: renderJson,
  csv: answer => renderCsv(answer),
  excel: answer => renderCsv(answer, { excel: true }),
  ...Object.fromEntries(
    platforms.map(({ name, payload }) => [name, async (answer: Answer) => indented(await payload(answer))]),
  ),
};

export interface Options extends ReportOptions {
  'dry-run'?: boolean;
  plain?: boolean;
  database?: boolean;
  'sales-a-day'?: string;
  seeds?: string;
  rejects?: boolean;
  format?: string;
  png?: string;
  limit?: string;
  reason?: string;
}

/** Options without a value. */
export const FLAGS: readonly (keyof Options)[] = ['dry-run', 'rejects', 'plain', 'database'];

export interface Command {
  usage: string;
  summary: string;
  /** What follows `npm run -s cli -- `. */
  examples?: readonly string[];
  options: readonly (keyof Options)[];
  /** Whether words follow. */
  takesWords?: true;
  /** What it does with the database: write unless it is said. */
  use?: DatabaseUse | ((options: Options) => DatabaseUse);
  run(deps: Deps, words: string[], options: Options): Promise<string>;
}

export const commands: Record<string, Command> = {
  ask: {
    usage: `ask <question> [key=value …] [--format ${Object.keys(FORMATS).join('|')}] [--png FILE]`,
    summary: 'Answers a question in words or by parameters; "questions" lists all that can be asked',
    examples: [
      'ask trending genres germany 7d',
      'ask what is hot in japan',
      'ask top kind=album country=us window=30d --format csv',
      'ask ambient vs drone --png chart.png',
    ],
    options: ['format', 'png'],
    takesWords: true,
    use: 'read',
    async run(deps, words, { format = 'text', png }) {
      const render = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
      if (!render)
        throw new UserError(`Unknown format "${format}".`, `Use ${Object.keys(FORMATS).join(', ')}.`);
      const answer = await ask(deps, await understand(deps, questions, words));
      if (png) {
        if (!answer.chart) throw noChart(answer);
        await write(png, await deps.renderChart(answer.chart));
      }
      return render(answer);
    },
  },
  questions: {
    usage: 'questions',
    summary: 'Lists the questions and their parameters',
    options: [],
    use: 'none',
    run: async () =>
      questions.map(question => `${question.name}\n  ${question.summary}\n  ${usage(question)}\n`).join('\n'),
  },
  ingest: {
    usage: 'ingest [--rejects]',
    summary: 'Reads the sales feed up to now; with --rejects, tries the rejected records again',
    options: ['rejects'],
    async run(deps, _words, { rejects }) {
      if (rejects) return rejectsText(await retryRejects(deps));
      await refuseToMix(deps);
      const { windows, stored, repeated, rejected, until } = await ingest(deps);
      return (
        `${windows} windows read, ${stored} sales stored, ${repeated} repeated, ${rejected} rejected; ` +
        `read until ${until === null ? 'nothing' : toIso(until)}.\n`
      );
    },
  },
  enrich: {
    usage: 'enrich [--limit N]',
    summary: 'Reads the pages of sold items that are due',
    options: ['limit'],
    async run(deps, _words, { limit }) {
      const most = limit === undefined ? Infinity : Number(limit);
      if (!(most === Infinity || (Number.isInteger(most) && most > 0)))
        throw new UserError(`--limit is "${limit}".`, 'Use a number of pages.');
      await refuseToMix(deps);
      const { read, gone, postponed, unreadable } = await enrich(deps, { limit: most });
      await judgeTagKinds(deps);
      return (
        `${countOf(read, 'page')} read, ${gone} gone, ${postponed} to be tried again, ` +
        `${unreadable} unreadable.\n`
      );
    },
  },
  import: {
    usage: 'import FILE…',
    examples: ['import bandcamp-sales.csv', 'import feed-*.json.gz pages.ndjson'],
    summary: 'Loads sales history and page facts from files, gzipped or not; - is standard input',
    options: [],
    takesWords: true,
    async run(deps, words) {
      if (words.length === 0) throw new UsageError('Name at least one file to import. Usage: import FILE…');
      const { draw, clear } = progressBar(process.stderr);
      try {
        return importText(
          await importSources(
            deps,
            openSources(words),
            ({ source, read, stored, repeated, pages, pagesRepeated }) =>
              draw({ ...source, read, sales: stored + repeated, pages: pages + pagesRepeated }),
          ),
        );
      } finally {
        clear();
      }
    },
  },
  verify: {
    usage: 'verify',
    summary: 'Recounts the roll-ups from the sales and lists those that differ; changes nothing',
    options: [],
    use: 'read',
    async run(deps) {
      const { days, differences } = await withProgress(process.stderr, 'Recounting', ({ at }) =>
        verify(deps, (day, done) => at(done, day)),
      );
      if (differences.length === 0)
        return `${countOf(days, 'day')} recounted: every number agrees with the sales.\n`;
      const lines = differences.map(
        ({ day, table, rows, stored, recounted }) =>
          `${day} ${table}: ${countOf(rows, 'row')}, such as ${JSON.stringify(stored)}, which should be ` +
          `${JSON.stringify(recounted)}`,
      );
      process.stdout.write(`${lines.join('\n')}\n`);
      throw new UserError(
        `${countOf(lines.length, 'roll-up')} of a day differ from the sales.`,
        'Run rebuild, and report what led to it.',
      );
    },
  },
  rebuild: {
    usage: 'rebuild',
    summary: 'Rebuilds the roll-ups from the sales',
    options: [],
    async run(deps) {
      const days = await withProgress(process.stderr, 'Rebuilding', ({ at }) =>
        rebuild(deps, (day, done) => at(done, day)),
      );
      return `Rebuilt the roll-ups of ${countOf(days, 'day')}.\n`;
    },
  },
  ...hideCommands,
  backtest: {
    usage:
      'backtest [--sales-a-day N] [--seeds A-B] [--plain] [--png FILE] | backtest --database [--png FILE]',
    summary:
      'Checks trend calls against the known truth of simulated worlds or, with --database, against what ' +
      'happened next in this database. --plain leaves out what makes simulated trends hard to tell',
    options: ['sales-a-day', 'seeds', 'plain', 'database', 'png'],
    use: ({ database }) => (database ? 'read' : 'none'),
    async run(deps, _words, options) {
      const { 'sales-a-day': salesADay = '8000', seeds = '101-102', plain, database, png } = options;
      const { backtestDatabase, backtestSeeds } = await import('./backtest/command.ts');
      const { text, chart } = await withProgress(process.stderr, 'Backtest', ({ at }) =>
        database
          ? backtestDatabase(deps, at)
          : backtestSeeds(salesADay, seeds, { onShare: at, hardships: !plain }),
      );
      if (png) await write(png, await deps.renderChart(chart));
      return text;
    },
  },
  report: {
    ...reportCommand,
    use: 'read',
    run: (deps, _words, options) => reportCommand.run(deps, options, write),
  },
  deliver: {
    usage: 'deliver [--dry-run]',
    summary: 'Sends the digests that are due; with --dry-run, lists them and changes nothing',
    options: ['dry-run'],
    use: ({ 'dry-run': dryRun }) => (dryRun ? 'read' : 'write'),
    async run(deps, _words, { 'dry-run': dryRun }) {
      const now = deps.clock.now();
      if (dryRun) {
        const due = await previewDue(deps, now);
        const lines = due.map(
          ({ subscription: { digest, platform, tenant, target, zone }, period, dueAt }) =>
            `${digest} of ${period} (${zone}), due ${toIso(dueAt)}, to ${platform} ${tenant}/${target}\n`,
        );
        return lines.join('') || 'Nothing is due.\n';
      }
      const recorded = await recordDue(deps, now);
      const { sent, failed } = await deliverDue(
        deps,
        await createChannels(deps),
        new AbortController().signal,
      );
      return (
        `${recorded} newly due, ${sent} sent, ${failed} not sent` +
        `${failed > 0 ? '; the log and the table "delivery" say why' : ''}.\n`
      );
    },
  },
  migrate: {
    usage: 'migrate',
    summary: 'Upgrades the database to the newest schema (the service also does so when it starts)',
    options: [],
    run: async () => 'The schema is up to date.\n',
  },
  register: {
    usage: 'register',
    summary: 'Registers the slash commands with Discord',
    options: [],
    use: 'none',
    async run(deps) {
      const told = await Promise.allSettled(platforms.map(platform => platform.register?.(deps)));
      const said = told.flatMap(one => (one.status === 'fulfilled' ? (one.value ?? []) : []));
      const failed = told.find(one => one.status === 'rejected');
      if (said.length === 0 && failed) throw failed.reason;
      return said.join('');
    },
  },
};

async function* openSources(names: readonly string[]): AsyncGenerator<ImportSource> {
  for (const name of names) yield await openSource(name, process.stdin);
}

function rejectsText({ tried, mended, stored, repeated, pages, left }: RetriedRejects): string {
  const reasons = left.map(({ code, count }) => `${code} ${formatCount(count)}`).join(', ');
  const still = left.reduce((sum, { count }) => sum + count, 0);
  return (
    `${countOf(tried, 'reject')} read again, ${formatCount(mended)} mended: ${countOf(stored, 'sale')} ` +
    `stored, ${formatCount(repeated)} repeated, ${countOf(pages, 'page')}; ${formatCount(still)} ` +
    `left${reasons && ` (${reasons})`}.\n`
  );
}

function importText({ stored, repeated, rejected, pages, pagesRepeated }: Imported): string {
  const reasons = [...rejected].map(([code, count]) => `${code} ${formatCount(count)}`).join(', ');
  const refused = [...rejected.values()].reduce((sum, count) => sum + count, 0);
  const parts = [
    `${countOf(stored, 'sale')} stored, ${formatCount(repeated)} repeated`,
    `${formatCount(refused)} rejected${reasons && ` (${reasons})`}`,
    `${countOf(pages, 'page')} stored, ${formatCount(pagesRepeated)} repeated`,
  ];
  return `${parts.join('; ')}.\n`;
}

async function write(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(file, bytes);
  } catch (error) {
    throw new UserError(
      `${file} cannot be written: ${messageOf(error)}.`,
      'Check that the folder exists and is writable.',
    );
  }
}
