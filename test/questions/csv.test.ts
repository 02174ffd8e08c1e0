/** Each question's table as CSV: unique names with units, and the numbers of the page. */
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Answer, Column } from '../../src/core/answer.ts';
import { renderCsv } from '../../src/present/csv.ts';
import { fileNameOf } from '../../src/present/file-name.ts';
import { formatCell, isNumeric } from '../../src/present/format.ts';
import { renderJson } from '../../src/present/json.ts';
import { defaultsOf } from '../../src/questions/lib/definition.ts';
import { questions } from '../../src/questions/registry.ts';
import { answersOf } from '../support/asked-questions.ts';
import { fieldsOf, shownFromCsv } from '../support/csv.ts';
import { testDatabase } from '../support/database.ts';
import { seedRisingWorld } from '../support/rising-world.ts';
import { seedWorld } from '../support/world.ts';

const { db: small } = await testDatabase();
const { db: rising } = await testDatabase();
beforeAll(() => seedWorld(small));
beforeAll(() => seedRisingWorld(rising));

const UNITS: Partial<Record<Column['kind'], RegExp>> = {
  money: / \([A-Z]{3}\)$/,
  ratio: / \(×\)$/,
  percent: / \(%\)$/,
  change: / \(%\)$/,
  date: / \((UTC|Asia\/Tokyo)\)$/,
  instant: / \((UTC|Asia\/Tokyo)\)$/,
};

/** Names of the columns, without those of addresses, codes and currencies beside them. */
function ownHeaders({ columns }: Answer, headers: readonly string[]): string[] {
  let at = 0;
  return columns.map(column => {
    const header = headers[at] ?? '';
    at += fieldsOf(column);
    return header;
  });
}

describe.each(questions.map(question => [question.name, question] as const))('%s', (_, question) => {
  let answers: Answer[] = [];
  beforeAll(async () => {
    answers = await answersOf({ small, rising }, question);
  });

  test('names each column once, with its unit, and gives the numbers of the page', () => {
    expect(answers.some(({ rows }) => rows.length > 0)).toBe(true);
    for (const answer of answers) {
      const [headers = [], ...rows]: string[][] = parse(renderCsv(answer));
      expect(new Set(headers.map(header => header.toLowerCase())).size).toBe(headers.length);
      expect(rows).toHaveLength(answer.rows.length);
      const own = ownHeaders(answer, headers);
      for (const [at, column] of answer.columns.entries()) {
        const header = own[at] ?? '';
        // What each part of a reason is stands in test/present/csv.test.ts.
        if (column.kind === 'reason' || column.kind === 'concentration') continue;
        expect(header).toMatch(UNITS[column.kind] ?? /^[^()]+$/);
        for (const [index, row] of rows.entries()) {
          const text = row[headers.indexOf(header)] ?? '';
          if (isNumeric(column)) expect(text).toMatch(/^(-?\d+(\.\d+)?)?$/);
          const values = answer.rows[index] ?? {};
          const currency = column.currency ?? String(values[`${column.key}Currency`] ?? 'USD');
          expect(
            shownFromCsv({ ...column, currency }, text, answer.zone, values[`${column.key}Small`] === true),
          ).toBe(formatCell(column, values, { zone: answer.zone }));
        }
      }
    }
  });

  test('has a file name and JSON that say what they are', () => {
    for (const answer of answers) {
      const name = fileNameOf(answer, defaultsOf(question), 'csv');
      expect(name).toMatch(/^[a-z0-9_-]+_[a-z0-9-]+_\d{4}-\d\d-\d\d\.csv$/);
      expect(name.length).toBeLessThanOrEqual(120);
      const { columns, figures } = JSON.parse(renderJson(answer));
      for (const { kind, currency, scale } of [...columns, ...(figures?.columns ?? [])])
        expect([currency, scale]).toEqual(kind === 'money' ? ['USD', 2] : [undefined, undefined]);
      // Fractions as they stand in the text: nothing of 0.1499999999999999.
      const fractions = renderJson(answer).match(/(?<=^ *("\w+": )?)-?\d+\.\d+(?=,?$)/gm) ?? [];
      for (const text of fractions) expect(text.replace(/\D/g, '').replace(/^0+/, '').length).toBeLessThan(7);
    }
  });
});
