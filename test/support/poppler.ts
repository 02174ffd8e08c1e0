/**
 * What another implementation makes of our PDFs: poppler's tools, a Debian package that not every machine
 * has.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const TOOLS = ['pdfinfo', 'pdftotext', 'pdffonts', 'pdftoppm'];

export const hasPoppler: boolean = TOOLS.every(tool => spawnSync(tool, ['-v']).error === undefined);

function inFolder<T>(pdf: Uint8Array, use: (file: string, folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'report-'));
  try {
    const file = path.join(folder, 'report.pdf');
    writeFileSync(file, pdf);
    return use(file, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** All text, white space single, without the marks of direction that poppler adds. */
export const textOfPdf = (pdf: Uint8Array): string =>
  inFolder(pdf, file => execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }))
    .replace(/[\u200e\u200f\u202a-\u202e]/g, '')
    .replace(/\s+/g, ' ');

/** One row a font: whether it is embedded, a subset, has a map to Unicode. */
export const fontsOfPdf = (pdf: Uint8Array): { embedded: string; subset: string; unicode: string }[] =>
  inFolder(pdf, file => execFileSync('pdffonts', [file], { encoding: 'utf8' }))
    .trimEnd()
    .split('\n')
    .slice(2)
    .map(line => {
      const [unicode = '', subset = '', embedded = ''] = line.trim().split(/\s+/).slice(-5, -2).toReversed();
      return { embedded, subset, unicode };
    });

/** PNG of each page. */
export const picturesOfPdf = (pdf: Uint8Array, dotsPerInch: number): Buffer[] =>
  inFolder(pdf, (file, folder) => {
    execFileSync('pdftoppm', ['-r', `${dotsPerInch}`, '-png', file, path.join(folder, 'page')]);
    return readdirSync(folder)
      .filter(name => name.endsWith('.png'))
      .sort()
      .map(name => readFileSync(path.join(folder, name)));
  });

/** The tree of tags: an element a line, below it its content in quotes. */
export const structureOfPdf = (pdf: Uint8Array): string =>
  inFolder(pdf, file => execFileSync('pdfinfo', ['-struct-text', file], { encoding: 'utf8' }));

export const hasQpdf: boolean = spawnSync('qpdf', ['--version']).error === undefined;

/** What `qpdf --check` (a Debian package as well) says; it ends with an error code for a broken file. */
export const checkPdf = (pdf: Uint8Array): string =>
  inFolder(pdf, file => execFileSync('qpdf', ['--check', file], { encoding: 'utf8' }));
