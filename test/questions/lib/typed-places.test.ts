/** Where music comes from, as people type it into a line. */
import { describe, expect, test } from 'vitest';
import { askedPlace, placeOf } from '../../../src/core/places/place.ts';
import { parseText } from '../../../src/questions/lib/free-text.ts';
import { questions } from '../../../src/questions/registry.ts';
import { hasRecordings, readRecording } from '../../support/recordings.ts';

/** What the line asks for beside what a question of trending genres has anyway. */
function given(text: string): Record<string, string> {
  const usual = parseText(questions, 'trending genres').params;
  const { question, params } = parseText(questions, text);
  expect(question.name).toBe('trending-genres');
  return Object.fromEntries(Object.entries(params).filter(([key, value]) => usual[key] !== value));
}

test.each([
  ['from Austin, TX, USA', { from: 'austin, tx, usa' }],
  ['from berlin, germany 30d', { from: 'berlin, germany', window: '30d' }],
  [
    '30d from Adelaide SA, Australia in japan',
    { from: 'adelaide sa, australia', window: '30d', country: 'jp' },
  ],
  ['from Truth or Consequences, NM', { from: 'truth or consequences, nm' }],
  ['from berlin, in germany', { from: 'berlin', country: 'de' }],
  ['from berlin, 30d', { from: 'berlin', window: '30d' }],
  ['from germany', { from: 'de' }],
])('trending genres %s', (text, wanted) => {
  expect(given(`trending genres ${text}`)).toEqual(wanted);
});

test('a place is asked for by a city that another country has a state of', () => {
  expect(askedPlace('victoria')).toEqual({ city: 'victoria', region: null, country: null });
  expect(askedPlace('victoria, australia')).toMatchObject({ region: 'victoria', country: 'au' });
});

describe.skipIf(!hasRecordings)('of the map’s cities, where they are beside the project', () => {
  const cities = hasRecordings
    ? (JSON.parse(readRecording('cities-and-tags.json')) as { city: string }[]).map(({ city }) => city)
    : ['none'];

  test('there are as many as the map has', () => expect(cities.length).toBe(175));

  test.each(cities)('%s is asked for in full and by its name', city => {
    const place = placeOf(city);
    const name = city.replace(/ [A-Z]{2,3}(?=,)/, '').split(',', 1)[0] ?? '';
    const inFull = given(`trending genres from ${city}`);
    expect(Object.keys(inFull)).toEqual(['from']);
    expect(askedPlace(inFull.from as string)).toEqual(place);
    for (const text of [name, name.toLowerCase()]) {
      const asked = given(`trending genres from ${text}`);
      expect(Object.keys(asked)).toEqual(['from']);
      const { city: town, region, country } = askedPlace(asked.from as string);
      // A state that is called as its city is found by either: the query asks both (`sellersFrom`).
      expect([place.city, country]).toEqual([town ?? region ?? place.city, country && place.country]);
    }
  });
});
