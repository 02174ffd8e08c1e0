/** The document's outline: its sections, closed over their answers. */
import { type PDFDocument, PDFHexString, PDFName, type PDFObject, type PDFRef } from 'pdf-lib';
import type { HeadingBox } from './boxes.ts';

/** A place to go to: page, then the point that comes to the window's upper edge. */
export type Destination = [PDFRef, PDFName, null, number, null];
export type Heading = HeadingBox & { destination: Destination };

interface Entry {
  heading: Heading;
  children: Entry[];
}

/** Sections with their answers; closed, so that the outline shows the sections first. */
export function addOutline({ context, catalog }: PDFDocument, headings: readonly Heading[]): void {
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
