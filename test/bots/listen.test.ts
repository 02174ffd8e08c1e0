/** Every named artist or release leads to Bandcamp first, in chats and digests. */
import { describe, expect, test } from 'vitest';
import { renderAnswer as renderDiscord } from '../../bots/discord/render.ts';
import { listenLinks } from '../../bots/listen.ts';
import { renderAnswer as renderSlack } from '../../bots/slack/render.ts';
import type { Answer } from '../../src/core/answer.ts';
import { exampleAnswer } from '../support/answers.ts';

const page = (n: number): string => `https://a${n}.bandcamp.com/album/x`;
const artists = (count: number, changes: Partial<Answer> = {}): Answer =>
  exampleAnswer(0, {
    columns: [
      { key: 'place', label: 'Place', kind: 'count' },
      { key: 'artist', label: 'Artist', kind: 'link', subject: 'artist' },
    ],
    rows: Array.from({ length: count }, (_, n) => ({ artist: `Artist ${n}`, artistUrl: page(n), place: n })),
    ...changes,
  });

describe('links', () => {
  test('are of what the answer is about, then of the leading rows, each once', () => {
    const about = { name: 'Artist 1', url: page(1) };
    expect(listenLinks(artists(9, { about }), 3)).toEqual([
      { label: 'Listen to Artist 1', url: page(1) },
      { label: 'Listen to Artist 0', url: page(0) },
      { label: 'Listen to Artist 2', url: page(2) },
    ]);
  });

  test('are none of genres, of countries, or without an address', () => {
    expect(listenLinks(exampleAnswer(5), 3)).toEqual([]);
    expect(listenLinks(artists(1, { rows: [{ artist: 'A', artistUrl: null }] }), 3)).toEqual([]);
  });

  test('of merch do not promise sound', () => {
    const rows = [{ artist: 'Shirt', artistUrl: 'https://a.bandcamp.com/merch/shirt' }];
    expect(listenLinks(artists(1, { rows }), 3)[0]?.label).toBe('See Shirt');
  });

  test('are of rows that say themselves what they are', () => {
    const columns: Answer['columns'] = [{ key: 'name', label: 'Name', kind: 'link', subject: 'row' }];
    const rows = [
      { name: 'jungle', nameSubject: 'genre', nameUrl: page(0) },
      { name: 'First', nameSubject: 'item', nameUrl: page(1) },
    ];
    expect(listenLinks(artists(0, { columns, rows }), 3).map(({ url }) => url)).toEqual([page(1)]);
  });
});

describe('in a message', () => {
  const pageUrl = 'https://tracker.example/q/top';

  test('of Slack they are the first buttons', () => {
    const { blocks } = renderSlack(artists(9), { pageUrl });
    const [first, second] = blocks.filter(({ type }) => type === 'actions') as { elements: object[] }[];
    expect(first?.elements).toEqual(
      [0, 1, 2].map(n => ({
        type: 'button',
        action_id: `listen-${n}`,
        text: { type: 'plain_text', text: `Listen to Artist ${n}` },
        url: page(n),
      })),
    );
    expect(second?.elements.at(-1)).toMatchObject({ url: pageUrl });
  });

  test('of Discord they are the first row of buttons', () => {
    const { components } = renderDiscord(artists(9), { pageUrl });
    const rows = components.slice(1) as unknown as { components: { label: string; url?: string }[] }[];
    expect(rows.map(row => row.components.map(({ url }) => url))).toEqual([
      [page(0), page(1), page(2)],
      [undefined, undefined, pageUrl],
    ]);
  });
});
