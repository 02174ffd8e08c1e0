/** Who sells an artist's music, and what stands behind its sales: by facts alone. */
import { describe, expect, test } from 'vitest';
import { pageReleaseText, releaseBehind, releaseText, type SoldRelease } from '../../src/core/release.ts';
import { type SellerFacts, sellerKind, soldByText } from '../../src/core/sold-by.ts';
import { DAY, parseInstant } from '../../src/core/time/instant.ts';

const NOW = parseInstant('2026-11-28');

describe('who sells it', () => {
  const of = (more: Partial<SellerFacts>): SellerFacts => ({
    host: 'x.bandcamp.com',
    name: null,
    artists: 1,
    others: 0,
    ...more,
  });
  test.each<[string, Partial<SellerFacts>, string]>([
    ['Nyokeë', { name: 'Nyokee' }, 'self-released'],
    ['Inhuman', { name: 'INHUMAN' }, 'self-released'],
    ['The Marsh', { name: 'Marsh' }, 'self-released'],
    ['白雲凪', { name: '白雲凪' }, 'self-released'],
    ['Inhuman', { host: 'inhuman1.bandcamp.com' }, 'self-released'],
    ['Nils Frahm', { host: 'nilsfrahmmusic.bandcamp.com' }, 'self-released'],
    ['Ann', { name: 'Ann', artists: 4, others: 3 }, 'own label, 4 artists'],
    ['Gareth Wild', { name: 'FOLD RECORDS', artists: 12, others: 11 }, 'on FOLD RECORDS, 12 artists'],
    ['Forest Tomb', { name: 'Tempel Fan Wolven' }, 'on Tempel Fan Wolven'],
    ['Ann', { host: 'posh.bandcamp.com', artists: 3, others: 2 }, 'on posh, 3 artists'],
    ['Multinational', { host: 'level2three.bandcamp.com' }, 'at level2three.bandcamp.com'],
    ['Ann', { name: 'Ann', label: 'Posh' }, 'on Posh'],
    ['Ann', { name: 'Ann', label: 'ANN' }, 'self-released'],
    ['Ann', { name: 'Depot', label: 'Posh', artists: 3, others: 2 }, 'on Depot, 3 artists'],
    ['Ann', { label: 'Posh' }, 'on Posh'],
    ['!!!', { host: 'chk.bandcamp.com' }, 'at chk.bandcamp.com'],
  ])('%s at %j: %s', (artist, facts, text) => {
    expect(soldByText(artist, of(facts))).toBe(text);
  });

  test('nobody is called unsigned', () => {
    expect(sellerKind('Ann', of({ host: 'y.bandcamp.com' }))).toBe('unknown');
  });
});

describe('what stands behind it', () => {
  const release = (pageId: number, more: Partial<SoldRelease> = {}): SoldRelease => ({
    pageId,
    url: `https://x.bandcamp.com/album/${pageId}`,
    title: 'One',
    published: NOW - 8 * DAY,
    isPreorder: null,
    label: null,
    sales: 10,
    ...more,
  });
  const old = (pageId: number, sales: number) => release(pageId, { published: NOW - 400 * DAY, sales });
  const undated = (pageId: number, sales: number) => release(pageId, { published: null, sales });
  test.each<[string, SoldRelease[], string, string]>([
    ['a new EP', [release(1, { title: 'Rain EP' })], 'new', 'EP out 20 Nov'],
    ['a track', [release(1, { url: 'https://x.bandcamp.com/track/1' })], 'new', 'track out 20 Nov'],
    ['a pre-order', [release(1, { published: NOW + 14 * DAY })], 'preorder', 'pre-order, out 12 Dec'],
    [
      'a pre-order without a date',
      [release(1, { published: null, isPreorder: true })],
      'preorder',
      'pre-order',
    ],
    ['older records', [old(1, 30), release(2)], 'catalogue', 'older records; album out 20 Nov'],
    ['old ones alone', [old(1, 30)], 'none', 'no release in 90 days'],
    ['no dates', [undated(1, 9), old(2, 3)], 'unknown', 'release date unknown'],
    ['few without a date', [undated(1, 3), old(2, 9)], 'none', 'no release in 90 days'],
    ['nothing', [], 'unknown', 'release date unknown'],
  ])('%s', (_, sold, kind, text) => {
    const behind = releaseBehind(sold, NOW);
    expect(behind.kind).toBe(kind);
    expect(releaseText(behind, NOW, 'UTC')).toBe(text);
  });

  test('one page says when it is out, with the year where that is long ago', () => {
    expect(pageReleaseText(release(1), NOW, 'UTC')).toBe('out 20 Nov');
    expect(pageReleaseText(release(1, { published: parseInstant('2019-03-03') }), NOW, 'UTC')).toBe(
      'out 3 Mar 2019',
    );
    expect(pageReleaseText(release(1, { published: NOW + 14 * DAY }), NOW, 'UTC')).toBe(
      'pre-order, out 12 Dec',
    );
    expect(pageReleaseText(undated(1, 1), NOW, 'UTC')).toBe('');
  });

  test('asked of the past, what came out later is to come', () => {
    expect(releaseBehind([release(1)], NOW - 20 * DAY).kind).toBe('preorder');
  });
});
