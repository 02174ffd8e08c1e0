/** Places as pages write them and as people ask for them. */
import { expect, test } from 'vitest';
import { askedPlace, parsePlace, placeName, placeOf } from '../../../src/core/places/place.ts';
import { hasRecordings, readRecording } from '../../support/recordings.ts';

test.each([
  ['Glasgow, UK', 'glasgow', 'scotland', 'gb'],
  ['Brooklyn, New York', 'brooklyn', 'new york', 'us'],
  ['New York, New York', 'new york', 'new york', 'us'],
  ['New York', null, 'new york', 'us'],
  ['Austin, TX, USA', 'austin', 'texas', 'us'],
  ['New Orleans, LA, USA', 'new orleans', 'louisiana', 'us'],
  ['Washington DC', 'washington', 'washington dc', 'us'],
  ['Victoria, BC', 'victoria', 'british columbia', 'ca'],
  ['Melbourne, Victoria', 'melbourne', 'victoria', 'au'],
  ['Washington, D.C.', 'washington', 'washington dc', 'us'],
  ['Adelaide SA, Australia', 'adelaide', 'south australia', 'au'],
  ['Montréal, Québec', 'montreal', 'quebec', 'ca'],
  ['Atlanta, Georgia', 'atlanta', 'georgia', 'us'],
  ['Tbilisi, Georgia', 'tbilisi', null, 'ge'],
  ['Georgia', null, null, 'ge'],
  ['Köln, Germany', 'cologne', null, 'de'],
  ['İstanbul, Turkey', 'istanbul', null, 'tr'],
  ['St. Louis, Missouri', 'saint louis', 'missouri', 'us'],
  ['東京都', 'tokyo', null, null],
  ['大阪市, 日本', 'osaka', null, 'jp'],
  ['東京, 日本', 'tokyo', null, 'jp'],
  ['Scotland', null, 'scotland', 'gb'],
  ['UK', null, null, 'gb'],
  ['Costa Rica', null, null, 'cr'],
  ['PV, Spain', null, null, 'es'],
  ['LA, USA', 'los angeles', null, 'us'],
  ['Pv, Spain', 'pv', null, 'es'],
  ['the moon', 'moon', null, null],
  [' , ', null, null, null],
])('%s', (text, city, region, country) => {
  expect(placeOf(text)).toEqual({ city, region, country });
});

test.each([
  ['the UK', 'gb', 'the United Kingdom'],
  ['Nigeria', 'ng', 'Nigeria'],
  ['LA', 'los angeles', 'Los Angeles'],
  ['nyc', 'new york', 'New York'],
  ['Scotland', 'scotland', 'Scotland'],
  ['portland, oregon', 'portland, oregon', 'Portland, Oregon'],
  ['newcastle upon tyne', 'newcastle upon tyne', 'Newcastle Upon Tyne'],
])('%s is asked for as %s', (text, value, name) => {
  expect(parsePlace(text)).toBe(value);
  expect(parsePlace(value)).toBe(value);
  expect(placeName(value)).toBe(name);
});

test('what names nothing is refused', () => {
  expect(() => parsePlace(' , ')).toThrow('is not a place');
  expect(() => parsePlace('x'.repeat(81))).toThrow('is not a place');
});

test.skipIf(!hasRecordings)('each city of the map is asked for as it is written', () => {
  const cities = JSON.parse(readRecording('cities-and-tags.json')) as { city: string }[];
  expect(cities.length).toBe(175);
  for (const { city } of cities) {
    const place = placeOf(city);
    expect(place.country, city).not.toBeNull();
    expect(askedPlace(parsePlace(city)), city).toMatchObject({ country: place.country });
    const [name = city] = city.replace(/ [A-Z]{2,3}(?=,)/, '').split(',');
    const asked = askedPlace(parsePlace(name));
    expect([place.city, place.region, place.country], city).toContain(
      asked.city ?? asked.region ?? asked.country,
    );
    if (asked.country) expect(asked.country, city).toBe(place.country);
  }
});
