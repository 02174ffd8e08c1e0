/** The JSON API: which questions there are, and their answers. */
import { Hono } from 'hono';
import { UserError } from '../core/errors.ts';
import { renderCsv } from '../present/csv.ts';
import { renderJson } from '../present/json.ts';
import { type AskDeps, ask } from '../questions/lib/ask.ts';
import { type Parameter, parseQuestion, type Question } from '../questions/lib/definition.ts';
import { questions } from '../questions/registry.ts';
import { admitting, type Limits } from './admission.ts';

export function apiRoutes(deps: AskDeps & { limits?: Limits }): Hono {
  return new Hono()
    .get('/api/questions', c => c.json({ questions: questions.map(describe) }))
    .get('/api/ask/:question', async c => {
      const { format = 'json', ...raw } = c.req.query();
      if (format !== 'json' && format !== 'csv')
        throw new UserError(`There is no format "${format.slice(0, 20)}".`, 'Use json or csv.');
      const answer = await ask(admitting(deps, c), parseQuestion(questions, c.req.param('question'), raw));
      c.header('Cache-Control', 'no-cache');
      return format === 'csv'
        ? c.body(renderCsv(answer), 200, {
            'Content-Type': 'text/csv; charset=utf-8',
            'Content-Disposition': `attachment; filename="${answer.question}.csv"`,
          })
        : c.body(renderJson(answer), 200, { 'Content-Type': 'application/json; charset=utf-8' });
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
