/**
 * What a reader of a PDF page makes of its glyphs: text operators → Unicode, by each font's ToUnicode map.
 */
import { PDFDict, PDFName, type PDFPage, PDFRawStream } from 'pdf-lib';

export interface GlyphReader {
  /**
   * The Unicode of a stretch of content, in drawing order, and how many fonts show it. A font holds on in the
   * next stretch.
   */
  read(operators: string): { text: string; fonts: number };
}

interface FontMap {
  /** Hexadecimal digits of one code. */
  digits: 2 | 4;
  text: Map<number, string>;
}

const OPERATOR = /\/(\S+) \S+ Tf|<([0-9A-Fa-f]+)> Tj/g;

/**
 * Reads the page's fonts. Skia, told not to pack, writes all text as hexadecimal strings of Type 0 (two bytes
 * a glyph) and Type 3 fonts (one byte).
 */
export function glyphReader(page: PDFPage): GlyphReader {
  const fonts = new Map<string, FontMap>();
  const resources = page.node.Resources()?.lookup(PDFName.of('Font'));
  if (resources instanceof PDFDict) {
    for (const [name] of resources.entries())
      fonts.set(name.decodeText(), fontMap(resources.lookup(name, PDFDict)));
  }
  let font: FontMap | undefined;
  return {
    read(operators) {
      let text = '';
      const used = new Set<FontMap>();
      for (const [, name, codes] of operators.matchAll(OPERATOR)) {
        if (name) font = fonts.get(name);
        else if (codes && font) {
          text += decode(codes, font);
          used.add(font);
        }
      }
      return { text, fonts: used.size };
    },
  };
}

const decode = (codes: string, { digits, text }: FontMap): string =>
  (codes.match(digits === 4 ? /.{4}/g : /../g) ?? [])
    .map(code => text.get(Number.parseInt(code, 16)) ?? '')
    .join('');

function fontMap(font: PDFDict): FontMap {
  const stream = font.lookup(PDFName.of('ToUnicode'));
  return {
    digits: font.lookup(PDFName.of('Subtype')) === PDFName.of('Type3') ? 2 : 4,
    text: stream instanceof PDFRawStream ? unicodeMap(latin1(stream.contents)) : new Map(),
  };
}

/** The `bfchar` and `bfrange` sections of a CMap; Skia's ranges count up from one text. */
export function unicodeMap(cmap: string): Map<number, string> {
  const map = new Map<number, string>();
  for (const [, body = ''] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, code = '', text = ''] of body.matchAll(/<(\w+)>\s*<(\w+)>/g))
      map.set(Number.parseInt(code, 16), utf16(text));
  }
  for (const [, body = ''] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from = '', to = '', text = ''] of body.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g)) {
      const [first, last] = [Number.parseInt(from, 16), Number.parseInt(to, 16)];
      const base = utf16(text);
      for (let code = first; code <= last; code++) {
        map.set(
          code,
          base.slice(0, -1) + String.fromCharCode(base.charCodeAt(base.length - 1) + code - first),
        );
      }
    }
  }
  return map;
}

const utf16 = (digits: string): string =>
  (digits.match(/.{4}/g) ?? []).map(unit => String.fromCharCode(Number.parseInt(unit, 16))).join('');

/** Bytes of PDF syntax as text, one character each. */
export const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
