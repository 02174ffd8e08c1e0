/** Tagged PDF (ISO 32000-1, 14.7): the tree of elements, and which content of which page belongs to each. */
import {
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  type PDFPage,
  type PDFRef,
} from 'pdf-lib';
import type { Box, LinkBox, Page } from './boxes.ts';
import type { Element } from './elements.ts';

/** What an element holds, in reading order: elements, numbered content of pages, annotations. */
interface Node {
  element?: Element;
  kids: (Node | Content | { page: number; link: LinkBox })[];
  /** Where it begins. */
  page: number;
  /** Of a chart or a drawing. */
  figure?: Figure;
}

/** Where a figure stands on its page, and what it shows in words. */
interface Figure {
  x: number;
  y: number;
  width: number;
  height: number;
  alt: string;
}
interface Content {
  page: number;
  /** Marked-content identifier: the n-th piece of a page's content. */
  mcid: number;
}

export interface Structure {
  root: Node;
  /**
   * For each page, by the place of a box in its list: the operator that begins its content; undefined for
   * boxes that nothing is drawn of.
   */
  tags: (string | undefined)[][];
  pages: readonly Page[];
}

const ARTIFACT = '/Artifact BMC';

function figureOf(box: Box): Figure | undefined {
  if (box.kind === 'chart') return { ...box, alt: box.spec.alt };
  return box.kind === 'vector' && box.alt !== undefined ? { ...box, alt: box.alt } : undefined;
}

/**
 * Pure: pages → the tree in reading order. What belongs to no element is an artifact, and so is a table's
 * head on each page after its first.
 */
export function structureOf(pages: readonly Page[]): Structure {
  const root: Node = { kids: [], page: 0 };
  const nodes = new Map<Element, Node>();
  const nodeOf = (element: Element, page: number): Node => {
    const known = nodes.get(element);
    if (known) return known;
    const node: Node = { element, kids: [], page };
    nodes.set(element, node);
    (element.parent ? nodeOf(element.parent, page) : root).kids.push(node);
    return node;
  };
  const tags = pages.map(({ boxes }, page) => {
    let count = 0;
    return boxes.map((box): string | undefined => {
      if (box.kind === 'heading') return undefined;
      if (box.kind === 'link') {
        if (box.element) nodeOf(box.element, page).kids.push({ page, link: box });
        return undefined;
      }
      if (box.kind === 'fill' || !box.element) return ARTIFACT;
      const node = nodeOf(box.element, page);
      if (box.element.type === 'TH' && node.page < page) return ARTIFACT;
      const figure = figureOf(box);
      if (figure) node.figure = figure;
      node.kids.push({ page, mcid: count });
      return `/${box.element.type} <</MCID ${count++}>> BDC`;
    });
  });
  return { root, tags, pages };
}

/** Writes the tree; `links` are the annotations of those boxes that lead somewhere. */
export function addStructure(
  document: PDFDocument,
  structure: Structure,
  links: ReadonlyMap<LinkBox, PDFRef>,
): void {
  const { context, catalog } = document;
  const leaves = document.getPages();
  const root = context.nextRef();
  /** By page, then by number: who owns each piece of content. */
  const owners: PDFRef[][] = leaves.map(() => []);
  const annotated: [PDFRef, PDFRef][] = [];

  const kidOf = (kid: Node['kids'][number], owner: Node, ref: PDFRef): PDFObject | undefined => {
    if ('kids' in kid) return write(kid, ref);
    const page = (leaves[kid.page] as PDFPage).ref;
    if ('mcid' in kid) {
      (owners[kid.page] as PDFRef[])[kid.mcid] = ref;
      return kid.page === owner.page
        ? context.obj(kid.mcid)
        : context.obj({ Type: 'MCR', Pg: page, MCID: kid.mcid });
    }
    const annotation = links.get(kid.link);
    if (!annotation) return undefined;
    annotated.push([annotation, ref]);
    return context.obj({ Type: 'OBJR', Obj: annotation, Pg: page });
  };
  const write = (node: Node, parent: PDFRef): PDFRef => {
    const { element, page, figure, kids } = node;
    const ref = context.nextRef();
    const attributes = attributesOf(node, structure.pages);
    context.assign(
      ref,
      context.obj({
        Type: 'StructElem',
        S: element?.type ?? 'Document',
        P: parent,
        Pg: (leaves[page] as PDFPage).ref,
        K: kids.flatMap(kid => kidOf(kid, node, ref) ?? []),
        ...(figure && { Alt: PDFHexString.fromText(figure.alt) }),
        ...(attributes && { A: attributes }),
      }),
    );
    return ref;
  };

  const top = write(structure.root, root);
  leaves.forEach((leaf, index) => {
    leaf.node.set(PDFName.of('StructParents'), context.obj(index));
    leaf.node.set(PDFName.of('Tabs'), PDFName.of('S'));
  });
  annotated.forEach(([annotation], index) => {
    context.lookup(annotation, PDFDict).set(PDFName.of('StructParent'), context.obj(leaves.length + index));
  });
  const numbers = [
    ...owners.flatMap((refs, index) => [index, context.register(context.obj(refs))]),
    ...annotated.flatMap(([, ref], index) => [leaves.length + index, ref]),
  ];
  context.assign(
    root,
    context.obj({
      Type: 'StructTreeRoot',
      K: top,
      ParentTree: context.register(context.obj({ Nums: numbers })),
      ParentTreeNextKey: leaves.length + annotated.length,
    }),
  );
  catalog.set(PDFName.of('StructTreeRoot'), root);
  catalog.set(PDFName.of('MarkInfo'), context.obj({ Marked: true }));
}

/** A head says that it is its column's; a figure says where it stands. */
function attributesOf({ element, figure, page }: Node, pages: readonly Page[]) {
  if (element?.type === 'TH') return { O: 'Table', Scope: 'Column' };
  if (!figure) return undefined;
  const bottom = (pages[page]?.height ?? 0) - figure.y - figure.height;
  return {
    O: 'Layout',
    Placement: 'Block',
    BBox: [figure.x, bottom, figure.x + figure.width, bottom + figure.height],
  };
}
