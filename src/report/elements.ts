/**
 * The document's structure as whoever reads by tags meets it: elements that boxes belong to (ISO 32000-1,
 * 14.8.4).
 */

export type ElementType =
  | 'Sect'
  | 'H1'
  | 'H2'
  | 'P'
  | 'TOC'
  | 'TOCI'
  | 'Link'
  | 'Figure'
  | 'Table'
  | 'TR'
  | 'TH'
  | 'TD';

/**
 * One object is one element, however many boxes on however many pages belong to it. Without a parent it
 * stands in the document itself.
 */
export interface Element {
  type: ElementType;
  parent?: Element | undefined;
}

/** A new element of the document's structure. */
export const element = (type: ElementType, parent?: Element): Element => ({ type, parent });
