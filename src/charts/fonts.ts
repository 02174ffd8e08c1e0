/**
 * The fonts that charts and reports are drawn with: brought by npm, registered once, so that no system font
 * matters.
 */
import { findPackageJSON } from 'node:module';
import path from 'node:path';
import { GlobalFonts } from '@napi-rs/canvas';

interface Face {
  package: string;
  /**
   * Regular, then bold where there is one (Skia emboldens where there is none); below the package's folder.
   */
  files: string[];
}

const latin = (script: string, ...weights: string[]) => weights.map(weight => `fonts/${script}-${weight}`);
const expo = (name: string, ...weights: string[]) => weights.map(weight => `${weight}/${name}_${weight}.ttf`);
const openfonts = (name: string) => ['400', '700'].map(weight => `files/${name}-${weight}.woff`);
/** A variable font whose default instance is Regular. (The CJK ones default to Thin, so those are static.) */
const variable = (script: string): Face => ({
  package: `@fontsource-variable/noto-sans-${script}`,
  files: [`files/noto-sans-${script}-${script}-wght-normal.woff2`],
});

/**
 * Skia tries the families in this order for each cluster that the one before could not draw. Japanese stands
 * before Chinese, which has all unified ideographs in other shapes; text symbols (♥ ♪ →) come from fonts that
 * stand before emoji, which would colour them.
 */
const FACES: readonly Face[] = [
  // Latin, Greek, Cyrillic, Devanagari.
  { package: '@embedpdf/fonts-latin', files: latin('NotoSans', 'Regular.ttf', 'Bold.ttf') },
  { package: '@expo-google-fonts/noto-sans-arabic', files: expo('NotoSansArabic', '400Regular', '700Bold') },
  { package: '@embedpdf/fonts-hebrew', files: latin('NotoSansHebrew', 'Regular.ttf', 'Bold.ttf') },
  // Arrows and signs, which the Japanese font has as thin as hairs; after the Arabic one, whose letters it
  // does not join.
  { package: '@fontsource/noto-sans-math', files: ['files/noto-sans-math-latin-400-normal.woff2'] },
  // JIS X 0208.
  { package: '@openfonts/noto-sans-jp_japanese', files: openfonts('noto-sans-jp-japanese') },
  // KS X 1001, then every syllable there is.
  { package: '@openfonts/noto-sans-kr_korean', files: openfonts('noto-sans-kr-korean') },
  { package: '@expo-google-fonts/nanum-gothic', files: expo('NanumGothic', '400Regular', '700Bold') },
  { package: '@expo-google-fonts/noto-sans-thai', files: expo('NotoSansThai', '400Regular', '700Bold') },
  variable('armenian'),
  variable('georgian'),
  variable('bengali'),
  variable('tamil'),
  // Colour emoji (COLRv1) in the slices that Google serves; each is a family of its own, since Skia takes one
  // face of a family.
  ...Array.from({ length: 11 }, (_, slice) => ({
    package: '@infolektuell/noto-color-emoji',
    files: [`files/${slice}.woff2`],
  })),
  { package: '@embedpdf/fonts-sc', files: latin('NotoSansHans', 'Regular.otf', 'Bold.otf') },
  { package: '@expo-google-fonts/noto-sans-symbols-2', files: expo('NotoSansSymbols2', '400Regular') },
  variable('symbols'),
  { package: '@fontsource/noto-sans-runic', files: ['files/noto-sans-runic-runic-400-normal.woff2'] },
];

/** Names of our own: a system font of the same name can never take the place of one. */
const familyOf = (index: number): string => `tracker-${index}`;

/** For `context.font` and CSS: every registered family in order. */
export const FONT_FAMILY = FACES.map((_, index) => familyOf(index)).join(', ');

/** Letters, digits and signs of western Europe, which the first family has all. */
const PLAIN = /^[\x20-\x7e\xa0-\xac\xae-\u017f–—‘’“”…−]*$/;

/** What a text needs of `FONT_FAMILY`: with one family Skia takes half the time to write it. */
export const familyFor = (text: string): string => (PLAIN.test(text) ? familyOf(0) : FONT_FAMILY);

let registered = false;

/**
 * Registers the fonts with Skia, once a process (a quarter of a second the first time).
 * @throws Error that names a font that is missing or broken.
 */
export function registerFonts(): void {
  if (registered) return;
  for (const [index, face] of FACES.entries()) {
    const manifest = findPackageJSON(face.package, import.meta.url);
    if (!manifest) throw new Error(`The font package ${face.package} is not installed; run npm ci.`);
    for (const file of face.files) {
      const key = GlobalFonts.registerFromPath(path.join(path.dirname(manifest), file), familyOf(index));
      if (!key) throw new Error(`The font ${face.package}/${file} cannot be read; run npm ci.`);
    }
  }
  registered = true;
}
