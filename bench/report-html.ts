/**
 * A report's content as one plain HTML page with its charts as SVG: what a browser is given to print, to
 * compare with.
 */
import { renderChart } from '../src/charts/drawing/render.ts';
import type { Answer } from '../src/core/answer.ts';
import { formatCell } from '../src/present/format.ts';
import type { Report } from '../src/report/report.ts';

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);

const STYLE =
  '@page{size:A4;margin:20mm}body{font:9pt sans-serif}table{width:100%;border-collapse:collapse}' +
  'td{border-bottom:1px solid #ddd}tr{break-inside:avoid}.board{display:flex;gap:16px}' +
  'h2{break-before:page}h2,h3{break-after:avoid}svg{max-width:100%}';

/** Headings, key numbers, charts, tables, boards and method, in the report's order. */
export async function reportHtml({
  title,
  subtitle,
  headline,
  keyNumbers,
  sections,
  method,
}: Report): Promise<string> {
  const parts: string[] = [];
  for (const section of sections) {
    parts.push(`<h2>${escaped(section.title)}</h2>`);
    for (const answer of section.answers) {
      parts.push(`<h3>${escaped(answer.title)}</h3><p>${escaped(answer.headline)}</p>`);
      if (answer.chart)
        parts.push(new TextDecoder().decode(await renderChart(answer.chart, { format: 'svg' })));
      parts.push(table(answer), ...answer.notes.map(note => `<p><small>${escaped(note)}</small></p>`));
    }
    for (const board of section.boards ?? []) {
      const tables = board.lists.map(({ answer }) => table(answer)).join('');
      parts.push(`<h3>${escaped(board.title)}</h3><div class="board">${tables}</div>`);
    }
  }
  const numbers = keyNumbers.map(
    ({ label, value, change = '' }) => `<p>${escaped(`${label}: ${value} ${change}`)}</p>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(title)}</title>
<style>${STYLE}</style>
<h1>${escaped(headline)}</h1><p>${escaped(subtitle)}</p>
${numbers.join('')}
${parts.join('\n')}
${method.map(part => `<h3>${escaped(part.title)}</h3><p>${escaped(part.text)}</p>`).join('')}`;
}

const table = (answer: Answer): string => {
  const heads = answer.columns.map(({ label }) => `<th>${escaped(label)}`).join('');
  const rows = answer.rows.map(
    row => `<tr>${answer.columns.map(column => `<td>${cell(answer, column, row)}`).join('')}`,
  );
  return `<table><thead><tr>${heads}</thead>${rows.join('')}</table>`;
};

function cell(answer: Answer, column: Answer['columns'][number], row: Answer['rows'][number]): string {
  const text = escaped(formatCell(column, row, answer));
  const url = row[`${column.key}Url`];
  return typeof url === 'string' ? `<a href="${escaped(url)}">${text}</a>` : text;
}
