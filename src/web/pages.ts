/** HTML pieces that every page is made of. `hono/html` escapes each value. */
import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Answer, Column, Row } from '../core/answer.ts';
import type { ThemeName } from '../core/chart-spec.ts';
import { footnotes, formatCell, isNumeric } from '../present/format.ts';
import type { Parameter, Question } from '../questions/lib/definition.ts';
import { questions } from '../questions/registry.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const askPath = (question: string, params: Record<string, string>): string =>
  `/q/${question}?${new URLSearchParams(params)}`;

/** A page; `reports`: whether there is a report to link to; `script`: a module's address. */
export function layout(
  title: string,
  content: Html,
  { reports = false, script }: { reports?: boolean; script?: string | undefined } = {},
): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">${script ? html`<script type="module" src="${script}"></script>` : ''}
</head>
<body>
<header><a class="brand" href="/">Bandcamp Tracker</a>
<nav aria-label="Questions">${questions.map(({ name, title }) => html`<a href="/q/${name}">${title}</a>`)}${reports ? html`<a href="/report/latest.pdf">Report</a>` : ''}<a href="/api/questions">API</a></nav></header>
<main>${content}</main>
<footer>Bandcamp Tracker. Not affiliated with Bandcamp.</footer>
</body>
</html>`;
}

/** CSS pixels of the chart on a wide page, and on a phone. */
const CHART_WIDTH = 800;
const PHONE_WIDTH = 400;

/** Headline, chart, table, small print and what to ask next. */
export function answerSection(answer: Answer, chartPath: (theme: ThemeName, width: number) => string): Html {
  return html`<article>
<h1>${answer.title}</h1>
<p class="headline" dir="auto">${answer.headline}</p>
${answer.chart ? picture(answer.chart.alt, chartPath) : ''}
${answer.rows.length > 0 ? table(answer) : html`<p class="empty">Nothing to show for this window. A longer window, or another country, may have more.</p>`}
<ul class="notes">${footnotes(answer).map(note => html`<li>${note}</li>`)}</ul>
${answer.followUps.length > 0 ? html`<p class="follow-ups">${answer.followUps.map(({ label, question, params }) => html`<a class="button" href="${askPath(question, params)}">${label}</a>`)}</p>` : ''}
<p class="formats"><a href="/api/ask/${answer.question}?${query(answer)}">JSON</a> <a href="/api/ask/${answer.question}?${query(answer)}&amp;format=csv">CSV</a></p>
</article>`;
}

/** Light or dark, for a wide page or a phone: the first source whose condition holds is loaded. */
const picture = (alt: string, path: (theme: ThemeName, width: number) => string): Html => html`<picture>
<source media="(max-width: 35rem) and (prefers-color-scheme: dark)" srcset="${path('dark', PHONE_WIDTH)}">
<source media="(max-width: 35rem)" srcset="${path('light', PHONE_WIDTH)}">
<source media="(prefers-color-scheme: dark)" srcset="${path('dark', CHART_WIDTH)}">
<img class="chart" src="${path('light', CHART_WIDTH)}" alt="${alt}">
</picture>`;

const query = ({ params }: Answer): string => new URLSearchParams(params).toString();

function table(answer: Answer): Html {
  const { columns, rows } = answer;
  const cell = (column: Column, row: Row): Html => {
    const text = html`<bdi>${formatCell(column, row[column.key], answer)}</bdi>`;
    const url = row[`${column.key}Url`];
    return html`<td class="${isNumeric(column) ? 'number' : 'words'}">${typeof url === 'string' && /^https?:/.test(url) ? html`<a href="${url}" rel="noopener nofollow">${text}</a>` : text}</td>`;
  };
  return html`<div class="scroll"><table>
<thead><tr>${columns.map(column => html`<th scope="col" class="${isNumeric(column) ? 'number' : 'words'}">${column.label}</th>`)}</tr></thead>
<tbody>${rows.map(row => html`<tr>${columns.map(column => cell(column, row))}</tr>`)}</tbody>
</table></div>`;
}

/** A form made from the question's parameters; what is given stays in it. */
export function questionForm(question: Question, given: Record<string, string>): Html {
  const fields = (Object.entries(question.parameters) as [string, Parameter<unknown>][]).map(
    ([key, parameter]) => {
      const value = given[key] ?? '';
      const control = parameter.choices
        ? html`<select name="${key}">${parameter.choices.map(choice => html`<option ${choice === (value || parameter.default) ? 'selected' : ''}>${choice}</option>`)}</select>`
        : html`<input name="${key}" value="${value}" placeholder="${parameter.default ?? parameter.example}" autocomplete="off" ${parameter.required ? 'required' : ''}>`;
      return html`<label title="${parameter.describe}"><span>${key}</span>${control}</label>`;
    },
  );
  return html`<form action="/q/${question.name}" method="get">${fields}<button>Ask</button></form>`;
}

/** Where a question cannot be asked before something is named. */
export const blankPage = (question: Question, given: Record<string, string>): Html =>
  html`${questionForm(question, given)}<article><h1>${question.title}</h1><p class="headline">${question.summary}</p></article>`;

export const errorPage = (error: string, hint: string, reports: boolean): Html =>
  layout(
    error,
    html`<article><h1>${error}</h1><p class="headline">${hint}</p><p><a class="button" href="/">To the dashboard</a></p></article>`,
    { reports },
  );
