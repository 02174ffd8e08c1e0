import QuickChartModule from 'quickchart-js';
import { describe, expect, test } from 'vitest';
import { parseLiteral } from '../../src/charts/literal.ts';
import { UserError } from '../../src/core/errors.ts';
import { MIXED_NAMES, SCRIPTS } from '../support/charts.ts';

type Client = typeof QuickChartModule.default.prototype;
const QuickChart = QuickChartModule as unknown as new () => Client;
const stringify = (value: unknown): string =>
  new URL(new QuickChart().setConfig(value as never).getUrl()).searchParams.get('c') ?? '';

const parse = (text: string) => parseLiteral(text, 'The chart');

test.each<unknown>([
  {
    type: 'bar',
    data: { labels: ['a', "it's", 'say "x"'], datasets: [{ data: [1, -2.5, 1e21, null, true] }] },
  },
  { 'two words': 1, _a$1: { 0: 'zero' }, été: [[], {}, [[]]] },
  [...Object.values(SCRIPTS), ...MIXED_NAMES, 'a\nb\tc\\d\u2028\u0000'],
])('reads what quickchart-js makes of %o', value => {
  expect(parse(stringify(value))).toEqual(value);
  expect(parse(JSON.stringify(value))).toEqual(value);
});

test.each<[string, unknown]>([
  ['{a:1,}', { a: 1 }],
  ['[1,2,]', [1, 2]],
  ['/* x */ {a: .5, // y\n b: 0x1F, c: +3}', { a: 0.5, b: 31, c: 3 }],
  ['{a:undefined, b:[undefined]}', { a: undefined, b: [null] }],
  [
    String.raw`'\x41\u00e9\u{1f3a7}\
z\q'`,
    'Aé🎧zq',
  ],
])('%s', (text, wanted) => expect(parse(text)).toEqual(wanted));

describe('refuses what would have to be evaluated', () => {
  test.each([
    '{a:function(v){return v}}',
    '{a:(v)=>v}',
    '{a(v){return v}}',
    '{a:new Date(0)}',
    '{a:process.env}',
    '{a:`x`}',
    '{a:1+1}',
    '{a:NaN}',
    '{[a]:1}',
    '{...a}',
    'a=1',
    '{a:1};b',
  ])('%s', text => {
    expect(() => parse(text)).toThrow(UserError);
    expect(() => parse(text)).toThrow(/The chart is not valid JSON: it cannot be read from "/);
  });
  test.each(['', '{', '[1', '{a:', '"abc', "'abc\n'"])('and what ends too early: %j', text =>
    expect(() => parse(text)).toThrow(UserError),
  );
  test('and what is too deep', () => expect(() => parse('['.repeat(1e5))).toThrow(/nested too deeply/));
});

test('a key of the prototype stays a key', () => {
  const read = parse('{__proto__:{polluted:1}}') as object;
  expect(Object.keys(read)).toEqual(['__proto__']);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});
