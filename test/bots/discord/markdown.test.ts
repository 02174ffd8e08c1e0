import { expect, test } from 'vitest';
import { clip, escapeLines, escapeText, maskedLink, safeAddress } from '../../../bots/discord/markdown.ts';
import { NAMES } from '../../support/answers.ts';

test.each([
  ['ambient', 'ambient'],
  [
    '*bold* _it_ ~~no~~ ||spoiler|| `code`',
    '\\*bold\\* \\_it\\_ \\~\\~no\\~\\~ \\|\\|spoiler\\|\\| \\`code\\`',
  ],
  ['[free](https://evil.example)', '\\[free\\](https\\://evil.example)'],
  ['@everyone <@1> <t:1:R> </ban:1>', '\\@everyone \\<\\@1\\> \\<t:1:R\\> \\</ban:1\\>'],
  ['C:\\ drive', 'C:\\\\ drive'],
  ['- one', '\\- one'],
  ['1. one', '1\\. one'],
  ['-# small', '-\\# small'],
  ['> quoted', '\\> quoted'],
  ['Re:Stacks (2020) 1.5', 'Re:Stacks (2020) 1.5'],
  ['new\nline\r\n\ttab\u0000end\u2028more', 'new line tab end more'],
  ['\u202egnp.exe\u202c\u2066 hidden\u2069', 'gnp.exe hidden'],
  ['مقام', '\u2068مقام\u2069'],
  ['Zalgo\u0301\u0302\u0303\u0304\u0305\u0306\u0307', 'Zalgo\u0301\u0302\u0303\u0304'],
  ['half a pair \ud83c', 'half a pair \ufffd'],
])('%j is shown as it is', (text, escaped) => {
  expect(escapeText(text, 100)).toBe(escaped);
});

test('names come out as one line whose specials are all escaped', () => {
  for (const name of NAMES) {
    const escaped = escapeText(name, 200);
    expect(escaped).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066\u2067]/u);
    expect(escaped.replace(/\\[^0-9A-Za-z\s]/g, '')).not.toMatch(/[*_~`|<>[\]#@\\]|:\/\//);
  }
});

test('clips without splitting a character', () => {
  expect(clip('ambient', 7)).toBe('ambient');
  expect(clip('ambient music', 9)).toBe('ambient…');
  expect(clip('ab🎧cd', 4)).toBe('ab…');
});

test('lines stay lines, each made harmless', () => {
  expect(escapeLines('*a*\n@b')).toBe('\\*a\\*\n\\@b');
});

test('only web addresses become links, and none can end its link early', () => {
  expect(maskedLink('a', 'https://a.example/x y)(z?q=<1>|*_`')).toBe(
    '[a](https://a.example/x%20y%29%28z?q=%3C1%3E%7C%2A%5F%60)',
  );
  expect(maskedLink('a', 'javascript:alert(1)')).toBe('a');
  expect(safeAddress('https://user:pass@a.example')).toBeUndefined();
  expect(safeAddress(`https://a.example/${'x'.repeat(500)}`)).toBeUndefined();
  expect(safeAddress(undefined)).toBeUndefined();
});
