/** HTML pieces that every page is made of. `hono/html` escapes each value. */
import { html } from 'hono/html';
import { type Answer, type Column, columnsFor, type Row } from '../core/answer.ts';
import type { ThemeName } from '../core/chart-spec.ts';
import { footnotes, formatCell, isNumeric } from '../present/format.ts';
import type { Parameter, Question } from '../questions/lib/definition.ts';
import { questions } from '../questions/registry.ts';
import type { Html } from './html.ts';
import { type RowBars, rowBars } from './row-bars.ts';

const askPath = (question: string, params: Record<string, string>): string =>
  `/q/${question}?${new URLSearchParams(params)}`;

export interface Shown {
  /** Whether there is a report to link to. */
  reports?: boolean;
  /** A module's address. */
  script?: string | undefined;
  /** What is said above everything else. */
  banner?: Html | undefined;
}

export function layout(title: string, content: Html, { reports = false, script, banner }: Shown = {}): Html {
  const links = questions.map(({ name, title }) => html`<a href="/q/${name}">${title}</a>`);
  const report = reports ? html`<a href="/report/latest.pdf">Report</a>` : '';
  const live = script ? html`<script type="module" src="${script}"></script>` : '';
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">${live}
</head>
<body>
<header><a class="brand" href="/">Bandcamp Tracker</a>
<nav aria-label="Questions">${links}${report}<a href="/api/questions">API</a></nav></header>
${banner ?? ''}<main>${content}</main>
<footer>Bandcamp Tracker. Not affiliated with Bandcamp.</footer>
</body>
</html>`;
}

/** CSS pixels of the chart on a wide page, and on a phone. */
const CHART_WIDTH = 800;
const PHONE_WIDTH = 400;

/** Headline, chart, table, small print and what to ask next. */
export function answerSection(answer: Answer, chartPath: (theme: ThemeName, width: number) => string): Html {
  // The headline says what is missing; where nothing was read no other country helps.
  const nothing =
    answer.coverage > 0 && answer.params.country !== undefined
      ? 'Nothing to show for this period. Try a longer one, or another country.'
      : '';
  const buttons = answer.followUps.map(
    ({ label, question, params }) => html`<a class="button" href="${askPath(question, params)}">${label}</a>`,
  );
  const bars = rowBars(answer);
  const api = `/api/ask/${answer.question}?${query(answer)}`;
  return html`<article>
<h1>${answer.title}</h1>
<p class="headline">${answer.headline}</p>${answer.about ? listen(answer.about) : ''}
${answer.chart && !bars ? picture(answer.chart.alt, chartPath) : ''}
${answer.rows.length > 0 ? table(answer, bars) : nothing && html`<p class="empty">${nothing}</p>`}
${bars?.key ? html`<p class="key">${bars.key}</p>` : ''}
<ul class="notes">${footnotes(answer).map(note => html`<li>${note}</li>`)}</ul>
${buttons.length > 0 ? html`<p class="follow-ups">${buttons}</p>` : ''}
<p class="formats"><a href="${api}">JSON</a> <a href="${api}&amp;format=csv">CSV</a>
<a href="${api}&amp;format=excel">CSV for Excel</a></p>
</article>`;
}

const listen = ({ name, url }: NonNullable<Answer['about']>): Html =>
  html`
<p class="listen">${elsewhere(url, html`Listen to <bdi>${name}</bdi> on Bandcamp`)}</p>`;

/** Light or dark, for a wide page or a phone: the first source whose condition holds is loaded. */
const picture = (alt: string, path: (theme: ThemeName, width: number) => string): Html => html`<picture>
<source media="(max-width: 35rem) and (prefers-color-scheme: dark)" srcset="${path('dark', PHONE_WIDTH)}">
<source media="(max-width: 35rem)" srcset="${path('light', PHONE_WIDTH)}">
<source media="(prefers-color-scheme: dark)" srcset="${path('dark', CHART_WIDTH)}">
<img class="chart" src="${path('light', CHART_WIDTH)}" alt="${alt}">
</picture>`;

const query = ({ params }: Answer): string => new URLSearchParams(params).toString();

const elsewhere = (url: string, text: Html): Html =>
  html`<a href="${url}" rel="noopener nofollow">${text}</a>`;

/** Where the dashboard tells of what a cell stands for; undefined where it does nowhere. */
function ownPath({ params }: Answer, { key, subject }: Column, row: Row): string | undefined {
  const kind = subject === 'row' ? row[`${key}Subject`] : subject;
  const name = row[key];
  if (typeof name !== 'string' || name === '') return undefined;
  const named = {
    artist: name,
    // Of many releases of one title, its address names this one.
    item: row[`${key}Url`] ?? name,
    genre: row[`${key}Id`] ?? name,
    country: row[`${key}Id`] ?? name,
  }[String(kind)];
  if (typeof named !== 'string') return undefined;
  const { until, zone = 'UTC' } = params;
  const when = { ...(until && { until }), ...(zone !== 'UTC' && { zone }) };
  return askPath(String(kind), { [String(kind)]: named, ...when });
}

/** With bars in its rows, behind the names, where there are some. */
function table(answer: Answer, bars?: RowBars): Html {
  const { rows } = answer;
  const columns = columnsFor('wide', answer);
  const classOf = (column: Column) => (isNumeric(column) ? 'number' : 'words');
  const cell = (column: Column, row: Row): Html => {
    const text = html`<bdi>${formatCell(column, row, answer)}</bdi>`;
    const url = row[`${column.key}Url`];
    const away = typeof url === 'string' && /^https?:/.test(url) ? url : undefined;
    const own = ownPath(answer, column, row);
    const shown = own ? html`<a href="${own}">${text}</a>` : away ? elsewhere(away, text) : text;
    const beside = own && away ? html` <small>${elsewhere(away, html`Bandcamp`)}</small>` : '';
    return html`<td class="${classOf(column)}">${shown}${beside}</td>`;
  };
  const beside = (cells: Html[], more: Html | undefined): Html[] =>
    more === undefined ? cells : [...cells.slice(0, 1), more, ...cells.slice(1)];
  const head = beside(
    columns.map(column => html`<th scope="col" class="${classOf(column)}">${column.label}</th>`),
    bars && html`<th scope="col" class="bars">${bars.head}</th>`,
  );
  const line = (row: Row, at: number): Html[] =>
    beside(
      columns.map(column => cell(column, row)),
      bars && html`<td class="bars">${bars.cells[at]}</td>`,
    );
  return html`<div class="scroll"><table>
<thead><tr>${head}</tr></thead>
<tbody>${rows.map((row, at) => html`<tr>${line(row, at)}</tr>`)}</tbody>
</table></div>`;
}

/** A form made from the question's parameters; what is given stays in it. */
export function questionForm(question: Question, given: Record<string, string>): Html {
  const fields = (Object.entries(question.parameters) as [string, Parameter<unknown>][]).map(
    ([key, parameter]) => {
      const value = given[key] ?? '';
      const selected = value || parameter.default;
      const options = parameter.choices?.map(
        choice => html`<option ${choice === selected ? 'selected' : ''}>${choice}</option>`,
      );
      const required = parameter.required ? 'required' : '';
      const hint = html`placeholder="${parameter.default ?? parameter.example}"`;
      const control = options
        ? html`<select name="${key}">${options}</select>`
        : html`<input name="${key}" value="${value}" ${hint} autocomplete="off" ${required}>`;
      return html`<label title="${parameter.describe}"><span>${key}</span>${control}</label>`;
    },
  );
  return html`<form action="/q/${question.name}" method="get">${fields}<button>Ask</button></form>`;
}

const said = (title: string, text: string, more: Html | '' = ''): Html =>
  html`<article><h1>${title}</h1><p class="headline">${text}</p>${more}</article>`;

/** Where a question cannot be asked before something is named. */
export const blankPage = (question: Question, given: Record<string, string>): Html =>
  html`${questionForm(question, given)}${said(question.title, question.summary)}`;

export const errorPage = (error: string, hint: string, reports: boolean): Html =>
  layout(error, said(error, hint, html`<p><a class="button" href="/">Back to the dashboard</a></p>`), {
    reports,
  });
