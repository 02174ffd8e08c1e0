import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { beforeAll, describe, expect, test } from 'vitest';
import { FONT_FAMILY, registerFonts } from '../../src/charts/fonts.ts';
import { MIXED_NAMES, SCRIPTS } from '../support/charts.ts';

/** A noncharacter: no font has it, so it shows what a missing glyph looks like. */
const NOTHING = '\u{1ffff}';

const picture = (text: string, weight = '') => {
  const context = createCanvas(80, 80).getContext('2d');
  context.font = `${weight} 32px ${FONT_FAMILY}`;
  context.fillText(text, 16, 52);
  return context.canvas.data().toString('base64');
};
const isMissing = (character: string, weight = '') => picture(character, weight) === picture(NOTHING, weight);
/** Marks and joiners show nothing by themselves. */
const visible = (text: string) => [...text].filter(character => !/[\p{M}\p{Cf}\s]/u.test(character));

beforeAll(registerFonts);

describe('every name has its glyphs', () => {
  test.each([...Object.values(SCRIPTS), ...MIXED_NAMES])('%s', name => {
    expect(visible(name).filter(character => isMissing(character))).toEqual([]);
    expect(visible(name).filter(character => isMissing(character, 'bold'))).toEqual([]);
  });

  test('and a script that no font has is noticed', () => expect(isMissing('ᠮ')).toBe(true));
});

test('a joined emoji is one picture, not its parts', () => {
  const width = (text: string) => {
    const context = createCanvas(1, 1).getContext('2d');
    context.font = `32px ${FONT_FAMILY}`;
    return context.measureText(text).width;
  };
  for (const emoji of ['👩🏽‍🎤', '🏳️‍🌈', '🇯🇵', '1️⃣']) expect(width(emoji)).toBeCloseTo(width('🎧'), 0);
});

test('emoji are in colour', () => {
  const context = createCanvas(80, 80).getContext('2d');
  context.font = `32px ${FONT_FAMILY}`;
  context.fillText('❤️', 16, 52);
  const pixels = context.canvas.data();
  const red = Array.from({ length: pixels.length / 4 }, (_, at) => at * 4).filter(
    at => (pixels[at] as number) > 150 && (pixels[at + 1] as number) < 100,
  );
  expect(red.length).toBeGreaterThan(100);
});

test('bold is bold', () => expect(picture('東', 'bold')).not.toBe(picture('東')));

test('no family has a name that a system font could have', () => {
  const own = FONT_FAMILY.split(', ');
  expect(own.every(name => name.startsWith('tracker-') && GlobalFonts.has(name))).toBe(true);
});
