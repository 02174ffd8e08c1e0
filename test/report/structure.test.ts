/** The tags: what a screen reader meets, in our own tree and as poppler reads it from the file. */
import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFNumber } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import type { Page } from '../../src/report/boxes.ts';
import { element } from '../../src/report/elements.ts';
import { renderReport } from '../../src/report/render.ts';
import { structureOf } from '../../src/report/structure.ts';
import { hasPoppler, structureOfPdf } from '../support/poppler.ts';
import { hostileDay, richDay, scriptsDay } from '../support/reports.ts';

const text = (words: string, of?: ReturnType<typeof element>): Page['boxes'][number] => ({
  kind: 'text',
  x: 0,
  y: 0,
  width: 10,
  text: words,
  font: { size: 9 },
  color: '#000000',
  element: of,
});
const pageOf = (...boxes: Page['boxes']): Page => ({ width: 100, height: 100, boxes });

describe('structureOf', () => {
  test('numbers the content of each page, and takes what belongs to no element for an artifact', () => {
    const [one, two] = [element('P'), element('P')];
    const rule = { kind: 'fill', x: 0, y: 0, width: 9, height: 1, color: '#000000' } as const;
    const { tags } = structureOf([
      pageOf(text('a', one), rule, text('b', two)),
      pageOf(text('running head'), text('c', two), { kind: 'heading', y: 0, level: 1, id: 'x', title: 'x' }),
    ]);
    expect(tags).toEqual([
      ['/P <</MCID 0>> BDC', '/Artifact BMC', '/P <</MCID 1>> BDC'],
      ['/Artifact BMC', '/P <</MCID 0>> BDC', undefined],
    ]);
  });

  test('joins what one element holds on two pages, under its parents', () => {
    const sect = element('Sect');
    const paragraph = element('P', sect);
    const { root } = structureOf([pageOf(text('a', paragraph)), pageOf(text('b', paragraph))]);
    expect(root.kids).toEqual([
      {
        element: sect,
        page: 0,
        kids: [
          {
            element: paragraph,
            page: 0,
            kids: [
              { page: 0, mcid: 0 },
              { page: 1, mcid: 0 },
            ],
          },
        ],
      },
    ]);
  });

  test('tells a table’s head once, however often it is repeated', () => {
    const head = text('Artist', element('TH', element('TR', element('Table'))));
    const { tags } = structureOf([pageOf(head), pageOf(head)]);
    expect(tags).toEqual([['/TH <</MCID 0>> BDC'], ['/Artifact BMC']]);
  });
});

test.each(Object.entries({ richDay, scriptsDay, hostileDay }))(
  'in %s every piece of content has its element, and every link too',
  async (_, report) => {
    const document = await PDFDocument.load(await renderReport(report));
    const { catalog } = document;
    expect(catalog.lookup(PDFName.of('MarkInfo'), PDFDict).toString()).toContain('/Marked true');
    const numbers = catalog
      .lookup(PDFName.of('StructTreeRoot'), PDFDict)
      .lookup(PDFName.of('ParentTree'), PDFDict)
      .lookup(PDFName.of('Nums'), PDFArray);
    const owned = new Map(
      Array.from({ length: numbers.size() / 2 }, (_, at) => [
        numbers.lookup(2 * at, PDFNumber).asNumber(),
        numbers.lookup(2 * at + 1),
      ]),
    );
    for (const page of document.getPages()) {
      const owners = owned.get(
        page.node.lookup(PDFName.of('StructParents'), PDFNumber).asNumber(),
      ) as PDFArray;
      for (let mcid = 0; mcid < owners.size(); mcid++) expect(owners.lookup(mcid)).toBeInstanceOf(PDFDict);
      const annotations = page.node.Annots();
      for (let at = 0; at < (annotations?.size() ?? 0); at++) {
        const key = annotations?.lookup(at, PDFDict).lookup(PDFName.of('StructParent'), PDFNumber).asNumber();
        expect((owned.get(key as number) as PDFDict).get(PDFName.of('S'))).toBe(PDFName.of('Link'));
      }
    }
    const figures = document.context
      .enumerateIndirectObjects()
      .flatMap(([, object]) =>
        object instanceof PDFDict && object.get(PDFName.of('S')) === PDFName.of('Figure') ? [object] : [],
      );
    expect(figures.length).toBeGreaterThan(0);
    for (const figure of figures)
      expect(figure.lookup(PDFName.of('Alt'), PDFHexString).decodeText()).toMatch(/\w{3}/);
  },
);

describe.skipIf(!hasPoppler)('read by poppler (Debian package poppler-utils)', () => {
  test('the tree has sections, headings, tables with heads, and what stands in them', async () => {
    const tree = structureOfPdf(await renderReport(richDay)).replace(/\n\s+/g, ' ');
    expect(tree).toMatch(/^Document Sect P \(block\) "The day on Bandcamp" "Wednesday, 7 October 2026"/);
    expect(tree).toContain('TOC TOCI Link (inline) "Key metrics" "2"');
    expect(tree).toContain('Sect H1 (block) "Genres" P (block) "What sells more than its share');
    expect(tree).toMatch(/Table \(block\) TR TH: \/Scope \/Column "Genre" TH: \/Scope \/Column "Sales"/);
    expect(tree).toMatch(/TR TD Link \(inline\) "Hollow Coves Orchestra" Object \d+ 0 TD "1,314"/);
    expect(tree).toMatch(/Figure: \/Placement \/Block \/BBox/);
    expect(tree).toContain('H2 (block) "What is not known"');
    // Of fifty rows over two pages the head is told once.
    expect(tree.match(/TH: \/Scope \/Column "Album" /g)).toHaveLength(2);
    expect(tree).not.toContain('Not affiliated with Bandcamp');
  });
});
