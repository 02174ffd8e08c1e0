/** The JSON API: which questions there are, and their answers. */
import { Hono } from 'hono';
import { UserError } from '../core/errors.ts';
import { CSV_TYPE, renderCsv } from '../present/csv.ts';
import { fileNameOf } from '../present/file-name.ts';
import { renderJson } from '../present/json.ts';
import { type AskDeps, ask } from '../questions/lib/ask.ts';
import { defaultsOf, type Parameter, parseQuestion, type Question } from '../questions/lib/definition.ts';
import { questions } from '../questions/registry.ts';
import { admitting, type Limits } from './admission.ts';

const FORMATS = ['json', 'csv', 'excel'];

export function apiRoutes(deps: AskDeps & { limits?: Limits }): Hono {
  return new Hono()
    .get('/api/questions', c => c.json({ questions: questions.map(describe) }))
    .get('/api/ask/:question', async c => {
      const { format = 'json', ...raw } = c.req.query();
      if (!FORMATS.includes(format))
        throw new UserError(`Unknown format "${format.slice(0, 20)}".`, 'Use json, csv or excel.');
      const parsed = parseQuestion(questions, c.req.param('question'), raw);
      const answer = await ask(admitting(deps, c), parsed);
      c.header('Cache-Control', 'no-cache');
      if (format === 'json')
        return c.body(renderJson(answer), 200, { 'Content-Type': 'application/json; charset=utf-8' });
      const name = fileNameOf(answer, defaultsOf(parsed.question), 'csv');
      return c.body(renderCsv(answer, { excel: format === 'excel' }), 200, {
        'Content-Type': CSV_TYPE,
        'Content-Disposition': `attachment; filename="${name}"`,
      });
    });
}

const describe = ({ name, title, summary, parameters }: Question) => ({
  name,
  title,
  summary,
  parameters: (Object.entries(parameters) as [string, Parameter<unknown>][]).map(([key, parameter]) => ({
    name: key,
    describe: parameter.describe,
    example: parameter.example,
    default: parameter.default ?? null,
    required: parameter.required ?? false,
    choices: parameter.choices ?? null,
  })),
});
