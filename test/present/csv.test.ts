/** CSV by itself: kept to the byte, guarded for Excel, money of any currency, names of files. */
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { Answer, Column, Row } from '../../src/core/answer.ts';
import { renderCsv } from '../../src/present/csv.ts';
import { fileNameOf } from '../../src/present/file-name.ts';
import { formatCell } from '../../src/present/format.ts';
import { renderJson } from '../../src/present/json.ts';
import { table } from '../../src/present/text.ts';
import { exampleAnswer, tableOf } from '../support/answers.ts';
import { BROAD, NARROW } from '../support/concentration.ts';
import { shownFromCsv } from '../support/csv.ts';

const NAMES = [
  '=1+1',
  '+49',
  '-5',
  '@SUM(A1)',
  '\tTab',
  '＝1＋1',
  '"quoted"',
  'a, b; c',
  'two\nlines\r\nand three',
  '林檎の木',
  '🎧👩🏽‍🎤',
  ' spaces ',
  'فرقة النور',
  "'=1",
];
const named = tableOf(
  [{ key: 'name', label: 'Name', kind: 'text' }],
  NAMES.map(name => ({ name })),
);
const read = (csv: string): string[] => parse(csv).map(([cell = '']: string[]) => cell);

test('keeps text to the byte, without a mark at the start', () => {
  const csv = renderCsv(named);
  expect(read(csv)).toEqual(['Name', ...NAMES]);
  expect(csv).toMatch(/^Name\r\n=1\+1\r\n/);
  expect(csv).toContain('"""quoted"""\r\n"a, b; c"\r\n');
  expect(csv.replaceAll('\r\n', '').replace('two\nlines', '')).not.toMatch(/[\r\n]/);
});

test('for Excel begins with a byte order mark and guards formulas, not numbers', () => {
  const csv = renderCsv(named, { excel: true });
  expect(Buffer.from(csv).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  const guarded = NAMES.map((name, at) => (at < 6 ? `'${name}` : name));
  expect(read(csv.slice(1))).toEqual(['Name', ...guarded]);
  const change: Column = { key: 'change', label: 'Change', kind: 'change' };
  expect(renderCsv(tableOf([change], [{ change: -0.25 }]), { excel: true })).toBe(
    '\ufeffChange (%)\r\n-25\r\n',
  );
});

test('money is in major units, with the decimals of its currency', () => {
  const columns = ['USD', 'JPY', 'KWD'].map(
    currency => ({ key: currency, label: 'Paid', kind: 'money', currency }) as const,
  );
  expect(
    renderCsv(
      tableOf(columns, [
        { USD: 1205, JPY: 1205, KWD: 1205 },
        { USD: -5, JPY: 0 },
      ]),
    ),
  ).toBe('Paid (USD),Paid (JPY),Paid (KWD)\r\n12.05,1205,1.205\r\n-0.05,0,\r\n');
  const mixed: Column = { key: 'paid', label: 'Paid', kind: 'money' };
  const rows = [
    { paid: 1205, paidCurrency: 'EUR' },
    { paid: 1205, paidCurrency: 'JPY' },
  ];
  expect(renderCsv(tableOf([mixed], rows))).toBe('Paid,Paid currency\r\n12.05,EUR\r\n1205,JPY\r\n');
});

test('two columns of one name are named by their keys', () => {
  const columns: Column[] = [
    { key: 'salesChange', label: 'Change', kind: 'change' },
    { key: 'revenueChange', label: 'Change', kind: 'change' },
  ];
  expect(renderCsv(tableOf(columns, []))).toBe('Sales change (%),Revenue change (%)\r\n');
});

test('countries have their code beside the name, links their address', () => {
  const columns: Column[] = [
    { key: 'country', label: 'Country', kind: 'country', subject: 'country' },
    { key: 'name', label: 'Artist', kind: 'link', subject: 'artist' },
    { key: 'other', label: 'Against', kind: 'text', subject: 'country' },
  ];
  const rows = [{ country: 'na', name: 'A', nameUrl: 'https://a.example', other: 'Japan', otherId: 'jp' }];
  expect(renderCsv(tableOf(columns, rows))).toBe(
    'Country,Country code,Artist,Artist address,Against,Against code\r\n' +
      'Namibia,na,A,https://a.example,Japan,jp\r\n',
  );
});

test('a price stands beside its currency, and what a reason is made of in columns of its own', () => {
  const columns: Column[] = [
    { key: 'price', label: 'Price', kind: 'price', only: 'wide' },
    { key: 'why', label: 'Why', kind: 'reason' },
    { key: 'artUrl', label: 'Art address', kind: 'text', only: 'data' },
  ];
  const rows: Row[] = [
    {
      price: 1200,
      priceCurrency: 'JPY',
      why: { since: '2026-10-01T20:00:00Z', from: 0.25, to: 61, countries: 9, ...NARROW },
      artUrl: 'https://art.example/1',
    },
    {
      price: 0,
      priceCurrency: 'EUR',
      why: { since: null, from: null, to: null, countries: 3, ...BROAD },
      artUrl: null,
    },
  ];
  const answer = tableOf(columns, rows, { zone: 'Asia/Tokyo' });
  expect(renderCsv(answer)).toBe(
    'Price,Price currency,Why since (Asia/Tokyo),Why from (sales a day),Why to (sales a day),' +
      'Why countries,Why counted,Why seen,Why busiest hour (Asia/Tokyo),Why busiest hour sales,' +
      'Why busiest hour share (%),Why first country code,Why first country sales,' +
      'Why first country share (%),Why concentrated by,Art address\r\n' +
      '1200,JPY,2026-10-02,0.25,61,9,12,40,2026-11-12T23:00:00+09:00,31,77.5,pl,36,90,country hour,' +
      'https://art.example/1\r\n0.00,EUR,,,,3,30,40,,,,us,12,30,,\r\n',
  );
  expect(JSON.parse(renderJson(answer)).rows.map((row: Row) => [row.priceScale, row.why])).toEqual([
    [0, rows[0]?.why],
    [2, rows[1]?.why],
  ]);
  // People read the currency's own form, and that the buyer names the price; a narrow table has neither.
  const [price] = columns as [Column];
  expect(rows.map(row => formatCell(price, row, answer))).toEqual(['¥1,200', 'name your price']);
  expect(
    table(answer)
      .split('\n')
      .map(line => line.trim()),
  ).toEqual([
    'Why',
    'from 0.3 to 61 sales a day since 2 Oct, in 9 countries; ' +
      'concentrated: 36 of 40 from Poland, 31 in one hour',
    'in 3 countries',
  ]);
});

test('dates are ISO in the zone that the header names', () => {
  const columns: Column[] = [
    { key: 'day', label: 'First seen', kind: 'date' },
    { key: 'at', label: 'Last sold', kind: 'instant' },
  ];
  const rows = [{ day: '2026-10-01T20:19:52.180122Z', at: '2026-10-05T07:49:05.454590Z' }];
  expect(renderCsv(tableOf(columns, rows))).toBe(
    'First seen (UTC),Last sold (UTC)\r\n2026-10-01,2026-10-05T07:49:00Z\r\n',
  );
  expect(renderCsv(tableOf(columns, rows, { zone: 'Asia/Tokyo' }))).toBe(
    'First seen (Asia/Tokyo),Last sold (Asia/Tokyo)\r\n2026-10-02,2026-10-05T16:49:00+09:00\r\n',
  );
});

// What is shown and what is given away are rounded from one number, not one from the other.
test.each([2.4499999, 0.0249999999, 0.12345678, 1 / 3, 99.9499999, 1234.5678, 123456.78, 0.15 - 1e-16, -0.2])(
  '%d is shown and exported alike',
  value => {
    for (const kind of ['count', 'ratio', 'percent', 'change'] as const) {
      const column: Column = { key: 'x', label: 'X', kind };
      const answer = tableOf([column], [{ x: value }]);
      const shown = formatCell(column, { x: value }, answer);
      expect(shownFromCsv(column, read(renderCsv(answer))[1] ?? '', 'UTC')).toBe(shown);
      expect(formatCell(column, JSON.parse(renderJson(answer)).rows[0], answer)).toBe(shown);
    }
  },
);

test('JSON says the scale of money and keeps whole numbers whole', () => {
  const columns: Column[] = [{ key: 'paid', label: 'Paid', kind: 'money', currency: 'JPY' }];
  const answer = { ...tableOf(columns, [{ paid: 123_456_789 }]), figures: { columns, row: { paid: 1 } } };
  expect(JSON.parse(renderJson(answer))).toMatchObject({
    columns: [{ currency: 'JPY', scale: 0 }],
    rows: [{ paid: 123_456_789 }],
    figures: { columns: [{ currency: 'JPY', scale: 0 }] },
  });
});

describe('the name of a file', () => {
  const defaults = { window: '7d', level: 'all', limit: '10', zone: 'UTC' };
  const nameOf = (params: Record<string, string>, changes: Partial<Answer> = {}) =>
    fileNameOf({ ...exampleAnswer(0), params: { ...defaults, ...params }, ...changes }, defaults, 'csv');

  test('says what was asked and of which day', () => {
    expect(nameOf({ country: 'de', window: '30d' })).toBe('trending-genres_country-de_30d_2026-10-07.csv');
    const window = { from: '2026-10-01T00:00:00Z', until: '2026-10-02T00:00:00Z' };
    expect(nameOf({ window: 'yesterday' }, { window })).toBe('trending-genres_yesterday_2026-10-01.csv');
    expect(nameOf({ zone: 'Asia/Tokyo' }, { window, zone: 'Asia/Tokyo' })).toBe(
      'trending-genres_zone-asia-tokyo_7d_2026-10-02.csv',
    );
  });

  test.each([
    ['Sigur Rós', 'sigur-ros'],
    ['"; rm -rf /\r\nX: y', 'rm-rf-x-y'],
    ['../../etc', 'etc'],
    ['シティ', 'u30b7-u30c6-u30a3'],
    ['!!!', 'u21-u21-u21'],
  ])('%j is %s', (genre, text) => {
    expect(nameOf({ genre })).toBe(`trending-genres_genre-${text}_7d_2026-10-07.csv`);
  });

  test('is cut before its window', () => {
    const long = nameOf(Object.fromEntries(['a', 'b', 'c', 'd'].map(key => [key, 'x'.repeat(300)])));
    expect(long).toMatch(/x_7d_2026-10-07\.csv$/);
    expect(long.length).toBeGreaterThan(110);
    expect(long.length).toBeLessThanOrEqual(120);
  });
});
