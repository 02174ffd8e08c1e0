/** What our rules say of recorded pages, beside what a person said who read them first. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { classifyPage, type PageFacts } from '../../src/bandcamp/item-page.ts';
import { placeOf } from '../../src/core/places/place.ts';
import { ageOf } from '../../src/core/release.ts';
import { type SellerFacts, sellerKind, soldByText } from '../../src/core/sold-by.ts';
import { parseInstant, utcDay } from '../../src/core/time/instant.ts';
import { hasRecordings, type RecordedPage, recordings } from '../support/recordings.ts';

const JUDGED = readFileSync(new URL('../fixtures/judged-recordings.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter(line => line && !line.startsWith('#'))
  .map(line => {
    const [file = '', soldBy = '', label = '', release = '', out = '', city = '', country = ''] =
      line.split('\t');
    return { file, soldBy, label, release, out, city, country };
  });

/** Of each fact, so much has to be right. */
const LEAST_RIGHT = 0.95;

test('each judged page is judged once, in words that are known', () => {
  expect(new Set(JUDGED.map(({ file }) => file)).size).toBe(JUDGED.length);
  for (const { file, soldBy, label, release } of JUDGED) {
    expect(['self', 'label', '-'], file).toContain(soldBy);
    expect(label !== '', file).toBe(soldBy === 'label');
    expect(['new', 'preorder', 'old', '-'], file).toContain(release);
  }
});

const beside = recordings.find(({ name }) => name.includes('beside'));

function factsOf(page: RecordedPage): PageFacts {
  const { status, url } = page;
  const read = classifyPage({ status, url, body: beside?.htmlOf(page) ?? '', headers: {} });
  if (read.kind !== 'page') throw new Error(`${page.file}: ${JSON.stringify(read)}`);
  return read.facts;
}

/** The judged words for what our rules make of a page. */
function saidOf(page: RecordedPage): Record<Fact, string> {
  const facts = factsOf(page);
  const isBand = facts.kind === 'band';
  const seller: SellerFacts = {
    host: new URL(page.url).host,
    name: facts.owner,
    label: facts.label,
    artists: 1,
    others: 0,
  };
  const kind = isBand ? '-' : sellerKind(facts.artist ?? '', seller);
  const said = kind === 'label' ? soldByText(facts.artist ?? '', seller).replace('on ', '') : '';
  const age = ageOf(facts, parseInstant(page.captured));
  const { city, country } = placeOf(facts.place ?? '');
  return {
    soldBy: kind === 'own-label' ? 'self' : kind,
    label: said,
    release: isBand ? '-' : age === 'none' ? 'old' : age,
    out: facts.published === null ? '' : utcDay(facts.published),
    place: `${city ?? ''} ${country ?? ''}`,
  };
}

type Fact = 'soldBy' | 'label' | 'release' | 'out' | 'place';

test.skipIf(!hasRecordings).each<Fact>(['soldBy', 'label', 'release', 'out', 'place'])(
  '%s is as it was judged, where the recordings are beside the project',
  fact => {
    const pages = new Map(beside?.pages.map(page => [page.file, page]));
    const readable = beside?.pages.filter(({ status }) => status === 200).map(({ file }) => file);
    expect(JUDGED.map(({ file }) => file).toSorted()).toEqual(readable?.toSorted());
    const wrong = JUDGED.flatMap(({ city, country, ...judged }) => {
      const said = saidOf(pages.get(judged.file) as RecordedPage)[fact];
      const wanted = { ...judged, place: `${city} ${country}` }[fact];
      return said === wanted ? [] : [`${judged.file}: ${said}, judged ${wanted}`];
    });
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(JUDGED.length * (1 - LEAST_RIGHT));
  },
);
