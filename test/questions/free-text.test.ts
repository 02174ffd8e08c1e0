import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { parseText, parseWords } from '../../src/questions/free-text.ts';
import { questions } from '../../src/questions/registry.ts';

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
    ['trending genres 30d united kingdom styles 5', { country: 'gb', window: '30d', level: 'style', limit: '5' }],
    ['trending genres country=us window=24h', { country: 'us', window: '24h' }],
    ['trending genres bosnia and herzegovina', { country: 'ba' }],
    ['trending genres 2026-10-07T12:00Z Europe/Berlin', { until: '2026-10-07T12:00:00Z', zone: 'Europe/Berlin' }],
    ['trending genres month', { window: '30d' }],
  ])('%j', (text, wanted) => {
    expect(paramsOf(text)).toMatchObject({ question: 'trending-genres', ...wanted });
  });

  test('keeps a name=value with spaces that a shell gave', () => {
    expect(parseWords(questions, ['trending-genres', 'country=united states']).params.country).toBe('us');
  });

  test.each([
    ['', /What would you like to know\? Try "trending genres"/],
    ['weather tomorrow', /I don't know "weather tomorrow"\. Try/],
    ['trending genres atlantis', /I don't understand "atlantis"\. After "trending genres" you can give window/],
    ['trending genres 7d 30d', /I don't understand "30d"/],
    ['trending genres window=soon', /"soon" is not a window\. Use/],
    ['trending genres window=9999d', /"9999d" is not a window/],
    ['trending genres limit=0', /"0" is not a number of rows\. Use a whole number from 1 to 100/],
    ['trending genres colour=red', /trending-genres has no parameter "colour"\. There is window, country/],
    ['trending genres until=2026-02-31', /"2026-02-31" is not an instant/],
    ['trending genres zone=Mars/Base', /"Mars\/Base" is not a time zone/],
    [`trending genres ${'x'.repeat(5000)}`, /I don't understand "x{60}"/],
    ['trending genres __proto__=1', /I don't understand "__proto__=1"/],
    ['constructor', /I don't know "constructor"/],
  ])('%j is told what would be right', (text, message) => {
    expect(errorOf(() => parseText(questions, text))).toMatch(message);
  });
});
