/**
 * Performs a Dockerfile's steps in folders, since no Docker is at hand: each stage's `/app` is a folder of
 * ours.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** The working directory of every stage, in the Dockerfile. */
const APP = '/app';

interface Stage {
  name: string;
  steps: { word: string; rest: string }[];
}

export interface Image {
  env: Record<string, string>;
  user: string | undefined;
  healthcheck: string[];
  command: string[];
}

/** What stands before the first stage is left out: where Node comes from. */
export function readStages(dockerfile: string): Stage[] {
  const stages: Stage[] = [];
  for (const line of dockerfile.split('\n').filter(line => line && !line.startsWith('#'))) {
    const [, word = '', rest = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (word === 'FROM') stages.push({ name: / AS (\S+)/.exec(rest)?.[1] ?? '', steps: [] });
    else stages.at(-1)?.steps.push({ word, rest });
  }
  return stages;
}

/** What a stage copies from the build context. */
export const copiedByContext = (stages: Stage[]): string[] =>
  stages.flatMap(({ steps }) =>
    steps
      .filter(({ word, rest }) => word === 'COPY' && !rest.startsWith('--'))
      .flatMap(({ rest }) => rest.split(' ').slice(0, -1)),
  );

/**
 * Copies and runs as the stages say, each in `<folder>/<its place>`; resolves to the last one's folder.
 * @throws Error for a command that fails, with what it printed, and for a step whose meaning is not known
 * here.
 */
export async function performStages(
  stages: Stage[],
  context: string,
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const place = (index: number) => join(folder, `stage-${index}`);
  for (const [index, { steps }] of stages.entries()) {
    await mkdir(place(index));
    for (const { word, rest } of steps) {
      if (word === 'COPY') await copy(rest, place(index));
      else if (word === 'RUN') await run(rest, place(index), env);
      else if (word === 'WORKDIR' && rest === APP) continue;
      else if (!['ENV', 'USER', 'EXPOSE', 'STOPSIGNAL', 'HEALTHCHECK', 'CMD'].includes(word))
        throw new Error(`${word} ${rest} is not performed here`);
    }
  }
  return place(stages.length - 1);

  async function copy(rest: string, to: string): Promise<void> {
    const [, from, paths = ''] = /^(?:--from=(\S+) )?(.*)$/.exec(rest) ?? [];
    const source = from ? place(stages.findIndex(({ name }) => name === from)) : context;
    const given = paths.split(' ');
    const target = join(to, given.pop() ?? '');
    for (const path of given) {
      const file = join(source, from ? path.replace(`${APP}/`, '') : path);
      // A folder's content is copied, a file keeps its name where the target is a folder.
      const into = (await stat(file)).isDirectory() ? target : join(target, basename(file));
      await cp(file, into, { recursive: true, verbatimSymlinks: true });
    }
  }
}

async function run(command: string, cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn('sh', ['-c', command], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      output += chunk;
    });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} ended with ${code}:\n${output}`);
}

/** How the last stage is run. @throws SyntaxError where a command is not in the form of a JSON list. */
export function readImage(stages: Stage[]): Image {
  const steps = stages.at(-1)?.steps ?? [];
  const last = (word: string) => steps.findLast(step => step.word === word)?.rest;
  return {
    env: Object.fromEntries(steps.filter(({ word }) => word === 'ENV').map(({ rest }) => rest.split('='))),
    user: last('USER'),
    healthcheck: JSON.parse(last('HEALTHCHECK')?.replace(/^.*? CMD /, '') ?? ''),
    command: JSON.parse(last('CMD') ?? ''),
  };
}
