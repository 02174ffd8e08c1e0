/** The text face: columns that keep to a terminal, and a last one that says its sentence to the end. */
import { expect, test } from 'vitest';
import { table } from '../../src/present/text.ts';

test('only cells with others behind them are cut', () => {
  const long = 'Check the internet connection, DNS and firewall of this machine. The next try is at 12:36.';
  const column = (key: string) => ({ key, label: key, kind: 'text' as const });
  const lines = table({ columns: [column('what'), column('state')], rows: [{ what: long, state: long }] });
  expect(lines.split('\n')[1]).toBe(`${long.slice(0, 47)}…  ${long}`);
});
