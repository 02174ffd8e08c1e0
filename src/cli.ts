/** One-shot commands: stdout carries the answer and nothing else; one line on stderr says what is wrong. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Command, commands, FLAGS, type Options, renderers } from './commands.ts';
import { type Config, loadConfig } from './config.ts';
import { wantsHelp } from './core/arguments.ts';
import { messageOf, UsageError, UserError } from './core/errors.ts';
import { isInitialised } from './db/embedded-place.ts';
import { openDeps } from './deps.ts';
import { questions } from './questions/registry.ts';

const help = (): string =>
  `Usage: npm run -s cli -- <command>\n\n${Object.values(commands)
    .map(command => `  ${command.usage}\n      ${command.summary}\n`)
    .join('')}`;

/** A question's name is a slip for `ask` with it. */
const whatFits = (name: string): string =>
  questions.some(question => question.name === name)
    ? `It is a question: npm run -s cli -- ask ${name}`
    : `Use one of ${Object.keys(commands).join(', ')}.`;

function readArguments(argv: string[]): { command: Command; words: string[]; options: Options } {
  const [name = 'help', ...rest] = argv;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new UsageError(`Unknown command "${name}". ${whatFits(name)}`);
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      allowPositionals: true,
      options: Object.fromEntries(
        command.options.map(option => [option, { type: FLAGS.includes(option) ? 'boolean' : 'string' }]),
      ),
    });
    if (positionals.length > 0 && !command.takesWords)
      throw new Error(`Unexpected argument "${positionals[0]}"`);
    return { command, words: positionals, options: values };
  } catch (error) {
    throw new UsageError(`${messageOf(error).split('.')[0]}. Usage: ${command.usage}`);
  }
}

/** Of the command that is named, else of all; null where none is asked for. */
function helpFor(argv: string[]): string | null {
  const [first = '', second = ''] = argv;
  if (first !== 'help' && !wantsHelp(argv)) return null;
  const name = first === 'help' ? second : first;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) return help();
  const examples = (command.examples ?? []).map(line => `\n  npm run -s cli -- ${line}`).join('');
  return (
    `Usage: npm run -s cli -- ${command.usage}\n\n  ${command.summary}\n` +
    `${examples && `\nExamples:${examples}\n`}`
  );
}

/** A server made only to be read from would be empty. @throws UserError */
async function demandDatabase({ databaseUrl, dataDir }: Config): Promise<void> {
  if (databaseUrl || (await isInitialised(join(dataDir, 'postgres')))) return;
  throw new UserError(
    `There is no database in ${dataDir}.`,
    'Start the service first (npm start), or set DATA_DIR=data/demo to ask the demo.',
  );
}

async function main(argv: string[]): Promise<number> {
  const text = argv.length === 0 ? help() : helpFor(argv);
  if (text !== null) {
    process.stdout.write(text);
    return argv.length === 0 ? 2 : 0;
  }
  try {
    const { command, words, options } = readArguments(argv);
    const use = typeof command.use === 'function' ? command.use(options) : command.use;
    const config = loadConfig();
    if (use === 'read') await demandDatabase(config);
    const { deps, dispose } = await openDeps(config, renderers, { use });
    try {
      process.stdout.write(await command.run(deps, words, options));
    } finally {
      await dispose();
    }
    return 0;
  } catch (error) {
    const text = error instanceof UserError ? error.text : messageOf(error);
    process.stderr.write(`${text.replaceAll('\n', ' ')}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
