/** Rows of the public CSV become items of the feed. */
import { expect, test } from 'vitest';
import { readHeader } from '../../src/bandcamp/million-sales.ts';

const header = [
  '',
  'url',
  'currency',
  'utc_date',
  'amount_paid',
  'item_type',
  'releases',
  'artist_name',
  '_id',
];

test('cells are found by the header, empty ones are null, numbers are numbers', () => {
  const cells = ['7', '//x.bandcamp.com/album/y', 'USD', '1599688803.5175', '9.99', 'a', '', '', 'x'];
  expect(readHeader(header)?.(cells)).toEqual({
    url: '//x.bandcamp.com/album/y',
    currency: 'USD',
    utc_date: 1599688803.5175,
    amount_paid: 9.99,
    item_type: 'a',
    releases: null,
    artist_name: null,
  });
});

test('floats of pandas are whole numbers again, and what is no number stays for the reject to show', () => {
  const read = readHeader(header);
  expect(read?.(['', 'u', 'USD', '1', '1', 'b', '12.0', '1999'])).toMatchObject({
    releases: 12,
    artist_name: '1999',
  });
  expect(read?.(['', 'u', 'USD', 'today', '1', 'b', ' '])).toMatchObject({
    utc_date: 'today',
    releases: ' ',
  });
});

test('a header without what makes a sale is another file', () => {
  expect(readHeader(['a', 'b'])).toBeNull();
  expect(readHeader(header.filter(name => name !== 'url'))).toBeNull();
  expect(readHeader(header.map(name => ` ${name} `))).not.toBeNull();
});
