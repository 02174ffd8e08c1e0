import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/core/errors.ts';
import { parseText, parseTyped } from '../../../src/questions/lib/free-text.ts';
import { wordsOf } from '../../../src/questions/lib/typed-words.ts';
import { questions } from '../../../src/questions/registry.ts';

const paramsOf = (text: string) => {
  const { question, params } = parseText(questions, text);
  return { question: question.name, ...params };
};
const errorOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return error.text;
    throw error;
  }
  throw new Error('no error');
};

describe('free text', () => {
  test.each([
    ['trending genres germany 7d', { country: 'de', window: '7d' }],
    ['  Trending   GENRES  ', { window: '7d' }],
    ['trending-genres', {}],
    [
      'trending genres 30d united kingdom styles 5',
      { country: 'gb', window: '30d', level: 'style', limit: '5' },
    ],
    ['trending genres country=us window=24h', { country: 'us', window: '24h' }],
    ['trending genres bosnia and herzegovina', { country: 'ba' }],
    [
      'trending genres 2026-10-07T12:00Z Europe/Berlin',
      { until: '2026-10-07T12:00:00Z', zone: 'Europe/Berlin' },
    ],
    ['trending genres month', { window: '30d' }],
  ])('%j', (text, wanted) => {
    expect(paramsOf(text)).toMatchObject({ question: 'trending-genres', ...wanted });
  });

  test.each([
    ['artist boards of canada', { question: 'artist', artist: 'boards of canada', window: '30d' }],
    ['artist boards of canada in canada 7d', { artist: 'boards of canada', country: 'ca', window: '7d' }],
    ['artist green day', { artist: 'green day' }],
    ['artist 100 gecs yesterday', { artist: '100 gecs', window: 'yesterday' }],
    ['artist yesterday', { artist: 'yesterday' }],
    ['artist "japan" countries', { artist: 'japan', show: 'countries' }],
    ['artist “7d” 24h', { artist: '7d', window: '24h' }],
    ['genre drum and bass in germany 30d', { genre: 'drum and bass', country: 'de', window: '30d' }],
    ['genre techno near', { genre: 'techno', show: 'near' }],
    ['compare techno, house', { names: 'techno, house' }],
    ['compare uk vs japan over 7d', { names: 'uk, japan', window: '7d' }],
    [
      'item ok computer by radiohead since friday',
      { item: 'ok computer by radiohead', window: 'since friday' },
    ],
    ['country uk genres last week', { country: 'gb', show: 'genres', window: 'last week' }],
    ['countries drum and bass by share', { genre: 'drum and bass', by: 'share' }],
    [
      'top albums by revenue in techno from japan 5',
      { kind: 'album', by: 'revenue', genre: 'techno', from: 'jp', limit: '5' },
    ],
    ['country us genres', { country: 'us', show: 'genres' }],
    ['top in us 30d', { country: 'us', window: '30d' }],
    ['artist men at work in it', { artist: 'men at work', country: 'it' }],
    ['search <!channel>', { text: '<!channel>' }],
    ['similar artist=boards', { artist: 'boards' }],
  ])('%j', (text, wanted) => {
    expect(paramsOf(text)).toMatchObject(wanted);
  });

  test('keeps a name=value with spaces that a shell gave', () => {
    expect(parseTyped(questions, wordsOf(['trending-genres', 'country=united states'])).params.country).toBe(
      'us',
    );
  });

  test.each([
    ['', /What would you like to know\? Try "trending genres"/],
    ['weather tomorrow', /I don't recognise "weather tomorrow"\. Try/],
    [
      'trending genres atlantis',
      /I don't understand "atlantis" here\. Try "trending genres", "trending genres 30d" or/,
    ],
    ['trending genres 7d 30d', /I don't understand "30d"/],
    ['trending genres window=soon', /"soon" is not a window\. Use/],
    ['trending genres window=9999d', /"9999d" is not a window/],
    ['trending genres limit=0', /"0" is not a number of rows\. Use a whole number from 1 to 100/],
    ['trending genres colour=red', /trending-genres has no parameter "colour"\. Available: window, country/],
    ['trending genres until=2026-02-31', /"2026-02-31" is not an instant/],
    ['trending genres zone=Mars/Base', /"Mars\/Base" is not a time zone/],
    [`trending genres ${'x'.repeat(5000)}`, /That is too long for a question/],
    ['trending genres __proto__=1', /I don't understand "__proto__=1"/],
    ['constructor', /I don't recognise "constructor"/],
    ['artist', /"artist" needs to know which artist\. Give one, such as "artist boards of canada"/],
    ['compare techno', /is 1 name\. Give two to 5/],
    ['compare a, b, c, d, e, f', /is 6 names/],
    [`artist ${'x'.repeat(500)}`, /is too long for a name/],
    ['artist artist=\u200b', /That name is empty/],
  ])('%j is told what would be right', (text, message) => {
    expect(errorOf(() => parseText(questions, text))).toMatch(message);
  });
});
