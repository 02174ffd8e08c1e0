/** Makes a document of Skia's pages: text that copies right, links, outline, page labels, language, metadata. */
import {
  decodePDFRawStream,
  PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  type PDFPage,
  PDFRawStream,
  PDFRef,
  PDFString,
} from 'pdf-lib';
import { tidy } from '../charts/labels.ts';
import type { HeadingBox, LinkBox, Page } from './boxes.ts';
import type { Drawn } from './draw.ts';
import { glyphReader, latin1 } from './glyphs.ts';
import { spellOut } from './marks.ts';
import type { Report } from './report.ts';

/** A place to go to: page, then the point that comes to the window's upper edge. */
type Destination = [PDFRef, PDFName, null, number, null];
type Heading = HeadingBox & { destination: Destination };

/** The finished file; equal input gives equal bytes. */
export async function assemble(drawn: Drawn, pages: readonly Page[], report: Report): Promise<Uint8Array> {
  const document = await PDFDocument.load(drawn.pdf, { updateMetadata: false });
  const leaves = document.getPages();
  for (const [index, leaf] of leaves.entries()) spellOutPage(document, leaf, drawn.texts[index] ?? []);

  const headings = pages.flatMap(({ height, boxes }, index) =>
    boxes
      .filter(box => box.kind === 'heading')
      .map((box): Heading => ({ ...box, destination: destination(leaves[index] as PDFPage, height - box.y + 12) })),
  );
  pages.forEach(({ height, boxes }, index) => {
    const leaf = leaves[index] as PDFPage;
    for (const box of boxes) if (box.kind === 'link') addLink(document, leaf, box, height, headings);
  });
  addOutline(document, headings);
  describe(document, report);
  return document.save();
}

function spellOutPage(document: PDFDocument, leaf: PDFPage, texts: readonly string[]): void {
  const contents = leaf.node.get(PDFName.of('Contents'));
  const stream = document.context.lookup(contents);
  if (!(contents instanceof PDFRef) || !(stream instanceof PDFRawStream)) throw new Error('A page has no one content.');
  const content = spellOut(latin1(decodePDFRawStream(stream).decode()), texts, glyphReader(leaf));
  document.context.assign(contents, document.context.flateStream(content));
}

const destination = (leaf: PDFPage, top: number): Destination => [leaf.ref, PDFName.of('XYZ'), null, top, null];

function addLink(
  { context }: PDFDocument,
  leaf: PDFPage,
  { x, y, width, height, target }: LinkBox,
  pageHeight: number,
  headings: readonly Heading[],
): void {
  const heading = 'heading' in target ? headings.find(({ id }) => id === target.heading) : undefined;
  const leads =
    'url' in target
      ? { A: { S: 'URI', URI: PDFString.of(escaped(target.url)) } }
      : heading && { Dest: heading.destination, Contents: PDFHexString.fromText(heading.title) };
  if (!leads) return;
  const annotation = context.obj({
    Type: 'Annot',
    Subtype: 'Link',
    Rect: [x, pageHeight - y - height, x + width, pageHeight - y],
    Border: [0, 0, 0],
    // Printed as well (bit 3), as PDF/A asks of every annotation.
    F: 4,
    ...leads,
  });
  leaf.node.addAnnot(context.register(annotation));
}

/** In a literal string these three have a meaning (ISO 32000-1, 7.3.4.2); pdf-lib writes it as it is given. */
const escaped = (url: string): string => url.replace(/[\\()]/g, character => `\\${character}`);

interface Entry {
  heading: Heading;
  children: Entry[];
}

/** Sections with their answers; closed, so that the outline shows the sections first. */
function addOutline({ context, catalog }: PDFDocument, headings: readonly Heading[]): void {
  const entries: Entry[] = [];
  for (const heading of headings) {
    (heading.level === 1 ? entries : (entries.at(-1)?.children ?? entries)).push({ heading, children: [] });
  }
  if (entries.length === 0) return;
  const root = context.nextRef();
  context.assign(root, context.obj({ Type: 'Outlines', ...link(entries, root), Count: entries.length }));
  catalog.set(PDFName.of('Outlines'), root);
  catalog.set(PDFName.of('PageMode'), PDFName.of('UseOutlines'));

  function link(siblings: readonly Entry[], parent: PDFRef): Record<'First' | 'Last', PDFRef> {
    const refs = siblings.map(() => context.nextRef());
    siblings.forEach(({ heading, children }, index) => {
      const ref = refs[index] as PDFRef;
      const item: Record<string, PDFObject | Destination | number> = {
        Title: PDFHexString.fromText(heading.title),
        Parent: parent,
        Dest: heading.destination,
        ...(index > 0 && { Prev: refs[index - 1] as PDFRef }),
        ...(index < refs.length - 1 && { Next: refs[index + 1] as PDFRef }),
        ...(children.length > 0 && { ...link(children, ref), Count: -children.length }),
      };
      context.assign(ref, context.obj(item as Parameters<typeof context.obj>[0] & object));
    });
    return { First: refs[0] as PDFRef, Last: refs.at(-1) as PDFRef };
  }
}

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
