/** The marks in a page's content: found, taken out, and spelt out where the glyphs say something else. */
import { describe, expect, test } from 'vitest';
import { type GlyphReader, unicodeMap } from '../../src/report/glyphs.ts';
import { spellOut } from '../../src/report/marks.ts';

/** As Skia writes them: opened by 1/2048, closed by 3/4096, the number in 1/1024. */
const open = (number: number) => `10 20 .00048828125 ${number / 1024} re\nf\n`;
const close = (number: number) => `10 20 .00073242188 ${number / 1024} re\nf\n`;
const openBox = (number: number) => `0 0 .0012207031 ${number / 1024} re\nf\n`;
const closeBox = (number: number) => `0 0 .0017089844 ${number / 1024} re\nf\n`;
const show = (text: string) => `BT\n(${text}) Tj\nET\n`;

const reader = (fonts = 1): GlyphReader => ({
  read: operators => ({ text: [...operators.matchAll(/\((.*?)\)/g)].map(match => match[1]).join(''), fonts }),
});

describe('spellOut', () => {
  test('leaves what reads right as it is, without the marks', () => {
    const content = `q\n${open(1)}${show('jungle')}${close(1)}0 0 5 5 re\nf\nQ\n`;
    expect(spellOut(content, { texts: ['jungle'], tags: [] }, reader())).toBe(
      `q\n${show('jungle')}0 0 5 5 re\nf\nQ\n`,
    );
  });

  test('spells out what reads wrong, as UTF-16, without isolates', () => {
    const content = `${open(1)}${show('oﬃce 🎧')}${close(1)}`;
    expect(spellOut(content, { texts: ['\u2068office 🎧\u2069'], tags: [] }, reader())).toBe(
      `/Span <</ActualText <FEFF006f006600660069006300650020d83cdfa7>>> BDC\n${show('oﬃce 🎧')}EMC\n`,
    );
  });

  test('spells out what several fonts show, since readers put spaces between', () => {
    expect(spellOut(`${open(1)}${show('ab')}${close(1)}`, { texts: ['ab'], tags: [] }, reader(2))).toMatch(
      /^\/Span .*BDC\n/,
    );
  });

  test('passes over a text that Skia did not draw because nothing of it is to be seen', () => {
    const content = `${open(2)}${show('b')}${close(2)}`;
    expect(spellOut(content, { texts: ['a', 'b'], tags: ['/P BMC'] }, reader())).toBe(show('b'));
  });

  test('tags each box, around the texts in it', () => {
    const content =
      `${openBox(2)}${open(1)}${show('jungle')}${close(1)}${closeBox(2)}` +
      `${openBox(3)}0 0 5 5 re\nf\n${closeBox(3)}`;
    expect(
      spellOut(
        content,
        { texts: ['jungle'], tags: [undefined, '/P <</MCID 0>> BDC', '/Artifact BMC'] },
        reader(),
      ),
    ).toBe(`/P <</MCID 0>> BDC\n${show('jungle')}EMC\n/Artifact BMC\n0 0 5 5 re\nf\nEMC\n`);
  });

  test.each([
    ['a box without a tag', openBox(2) + closeBox(2)],
    ['a box that does not end', openBox(1)],
    ['a box that ends within a text', openBox(1) + open(1) + closeBox(1)],
    ['an end without a beginning', close(1)],
    ['a beginning without an end', open(1)],
    ['another number at the end', open(1) + close(2)],
    ['a number that was never drawn', open(3) + close(3)],
  ])('refuses %s', (_, content) => {
    expect(() => spellOut(content, { texts: ['a', 'b'], tags: ['/P BMC'] }, reader())).toThrow(
      /does not hold/,
    );
  });
});

test('unicodeMap reads both forms of a CMap', () => {
  const map = unicodeMap(
    '2 beginbfchar\n<0003> <0020>\n<01F4> <D83CDFA7>\nendbfchar\n' +
      '1 beginbfrange\n<0024> <0026> <0041>\nendbfrange',
  );
  expect([...map]).toEqual([
    [3, ' '],
    [500, '🎧'],
    [0x24, 'A'],
    [0x25, 'B'],
    [0x26, 'C'],
  ]);
});
