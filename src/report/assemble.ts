/**
 * Makes a document of Skia's pages: text that copies right, tags, links, outline, page labels, language,
 * metadata.
 */
import { deflateSync } from 'node:zlib';
import {
  ParseSpeeds,
  PDFDocument,
  PDFHexString,
  PDFName,
  type PDFPage,
  PDFRawStream,
  PDFRef,
  PDFStreamWriter,
  PDFString,
} from 'pdf-lib';
import { tidy } from '../charts/labels.ts';
import type { LinkBox, Page } from './boxes.ts';
import type { Drawn } from './draw.ts';
import { glyphReader, latin1 } from './glyphs.ts';
import { spellOut } from './marks.ts';
import { addOutline, type Destination, type Heading } from './outline.ts';
import type { Report } from './report.ts';
import { addStructure, structureOf } from './structure.ts';

/**
 * Objects that are packed together: ten times what pdf-lib takes, so that there is less to set up and less to
 * write.
 */
const PACKED_TOGETHER = 500;

/** The finished file; equal input gives equal bytes. */
export async function assemble(drawn: Drawn, pages: readonly Page[], report: Report): Promise<Uint8Array> {
  const document = await PDFDocument.load(drawn.pdf, {
    updateMetadata: false,
    parseSpeed: ParseSpeeds.Fastest,
  });
  const leaves = document.getPages();
  const structure = structureOf(pages);
  for (const [index, leaf] of leaves.entries()) {
    spellOutPage(document, leaf, { texts: drawn.texts[index] ?? [], tags: structure.tags[index] ?? [] });
  }
  packStreams(document);
  const headings = pages.flatMap(({ height, boxes }, index) =>
    boxes
      .filter(box => box.kind === 'heading')
      .map(
        (box): Heading => ({
          ...box,
          destination: destination(leaves[index] as PDFPage, height - box.y + 12),
        }),
      ),
  );
  const links = new Map<LinkBox, PDFRef>();
  pages.forEach(({ height, boxes }, index) => {
    for (const box of boxes) {
      const link = box.kind === 'link' && addLink(document, leaves[index] as PDFPage, box, height, headings);
      if (link) links.set(box, link);
    }
  });
  addStructure(document, structure, links);
  addOutline(document, headings);
  describe(document, report);
  // As `document.save()` ends, but without a pause after each fifty objects.
  return PDFStreamWriter.forContext(
    document.context,
    Number.POSITIVE_INFINITY,
    true,
    PACKED_TOGETHER,
  ).serializeToBuffer();
}

function spellOutPage({ context }: PDFDocument, leaf: PDFPage, marked: Parameters<typeof spellOut>[1]): void {
  const contents = leaf.node.get(PDFName.of('Contents'));
  const stream = context.lookup(contents);
  if (!(contents instanceof PDFRef) || !(stream instanceof PDFRawStream))
    throw new Error('A page has no one content.');
  const content = spellOut(latin1(stream.contents), marked, glyphReader(leaf));
  context.assign(contents, PDFRawStream.of(stream.dict, Buffer.from(content, 'latin1')));
}

/** All that Skia left as it is, since pages are changed before they are packed. */
function packStreams({ context }: PDFDocument): void {
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFRawStream) || object.dict.has(PDFName.of('Filter'))) continue;
    object.dict.set(PDFName.of('Filter'), PDFName.of('FlateDecode'));
    context.assign(ref, PDFRawStream.of(object.dict, deflateSync(object.contents)));
  }
}

const destination = (leaf: PDFPage, top: number): Destination => [
  leaf.ref,
  PDFName.of('XYZ'),
  null,
  top,
  null,
];

function addLink(
  { context }: PDFDocument,
  leaf: PDFPage,
  { x, y, width, height, target }: LinkBox,
  pageHeight: number,
  headings: readonly Heading[],
): PDFRef | undefined {
  const heading = 'heading' in target ? headings.find(({ id }) => id === target.heading) : undefined;
  const leads =
    'url' in target
      ? { A: { S: 'URI', URI: PDFString.of(escaped(target.url)) } }
      : heading && { Dest: heading.destination, Contents: PDFHexString.fromText(heading.title) };
  if (!leads) return undefined;
  const annotation = context.obj({
    Type: 'Annot',
    Subtype: 'Link',
    Rect: [x, pageHeight - y - height, x + width, pageHeight - y],
    Border: [0, 0, 0],
    // Printed as well (bit 3), as PDF/A asks of every annotation.
    F: 4,
    ...leads,
  });
  const ref = context.register(annotation);
  leaf.node.addAnnot(ref);
  return ref;
}

/**
 * In a literal string these three have a meaning (ISO 32000-1, 7.3.4.2); pdf-lib writes it as it is given.
 */
const escaped = (url: string): string => url.replace(/[\\()]/g, character => `\\${character}`);

function describe(document: PDFDocument, { title, subtitle, headline, date, language }: Report): void {
  const { catalog, context } = document;
  document.setTitle(tidy(`${title}, ${subtitle}`), { showInWindowTitleBar: true });
  document.setAuthor('Bandcamp Tracker');
  document.setSubject(tidy(headline));
  document.setCreator('Bandcamp Tracker');
  document.setProducer('Skia and pdf-lib');
  // The report's own day: the present would make two files of the same data differ.
  document.setCreationDate(new Date(date));
  document.setModificationDate(new Date(date));
  document.setLanguage(language);
  catalog.set(PDFName.of('PageLabels'), context.obj({ Nums: [0, { S: 'D' }] }));
}
