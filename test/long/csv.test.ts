/** Each question's CSV as other programs read it: the numbers of the page, as numbers. */
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../src/core/answer.ts';
import { renderCsv } from '../../src/present/csv.ts';
import { formatCell, isNumeric } from '../../src/present/format.ts';
import { questions } from '../../src/questions/registry.ts';
import { answersOf } from '../support/asked-questions.ts';
import { fieldsOf, shownFromCsv } from '../support/csv.ts';
import { hasLibreOffice, hasPandas, readByPandas, rewriteByLibreOffice } from '../support/csv-readers.ts';
import { testDatabase } from '../support/database.ts';
import { seedRisingWorld } from '../support/rising-world.ts';
import { seedWorld } from '../support/world.ts';

const { db: small } = await testDatabase();
const { db: rising } = await testDatabase();

/** By the names of their files. */
const answers: Record<string, Answer> = {};

beforeAll(async () => {
  await seedWorld(small);
  await seedRisingWorld(rising);
  for (const question of questions)
    for (const [at, answer] of (await answersOf({ small, rising }, question)).entries())
      answers[`${question.name}-${at}.csv`] = answer;
}, 300_000);

const files = (excel: boolean): Record<string, string> =>
  Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, renderCsv(answer, { excel })]));

/** Columns of the CSV by the answer's own, each with the place of its cell in a row. */
function placesOf({ columns }: Answer): number[] {
  let at = 0;
  return columns.map(column => {
    const place = at;
    at += fieldsOf(column);
    return place;
  });
}

/** Numeric columns of an answer as they were read, beside what the page shows. */
function expectPagesNumbers(answer: Answer, rows: readonly (readonly (string | number | null)[])[]): void {
  expect(rows).toHaveLength(answer.rows.length);
  const places = placesOf(answer);
  for (const [at, column] of answer.columns.entries()) {
    if (!isNumeric(column)) continue;
    const read = rows.map((row, index) => {
      const own = answer.rows[index]?.[`${column.key}Currency`];
      const currency = column.currency ?? String(own ?? 'USD');
      const few = answer.rows[index]?.[`${column.key}Small`] === true;
      return shownFromCsv({ ...column, currency }, String(row[places[at] ?? 0] ?? ''), answer.zone, few);
    });
    expect(read).toEqual(answer.rows.map(row => formatCell(column, row, answer)));
  }
}

describe.skipIf(!hasPandas)('read by pandas (Debian package python3-pandas)', () => {
  test.each([false, true])('as numbers and names; for Excel: %s', excel => {
    const frames = readByPandas(files(excel));
    expect(frames.length).toBeGreaterThan(questions.length);
    for (const [index, answer] of Object.values(answers).entries()) {
      const { columns, types, rows } = frames[index] ?? { columns: [], types: [], rows: [] };
      // A name that comes twice would be "Change.1", and the byte order mark a part of the first name.
      expect(columns).toEqual(parse(renderCsv(answer))[0]);
      expectPagesNumbers(answer, rows);
      for (const [at, column] of answer.columns.entries()) {
        const place = placesOf(answer)[at] ?? 0;
        const shown = answer.rows.map(row => formatCell(column, row, answer));
        const isRead = answer.rows.some(row => typeof row[column.key] === 'number');
        if (isNumeric(column) && isRead) expect(types[place]).toMatch(/^(int|float)64$/);
        if (column.kind === 'country') expect(rows.map(row => row[place])).toEqual(shown);
      }
    }
  });
});

describe.skipIf(!hasLibreOffice)('read by LibreOffice (Debian package libreoffice-calc)', () => {
  test.each([false, true])('as numbers; for Excel: %s', excel => {
    const tables = rewriteByLibreOffice(files(excel)).map(csv => parse(csv, { bom: true }) as string[][]);
    for (const [index, answer] of Object.values(answers).entries()) {
      const [headers, ...rows] = tables[index] ?? [];
      expect(headers).toEqual(parse(renderCsv(answer))[0]);
      expectPagesNumbers(answer, rows);
    }
  });
});
