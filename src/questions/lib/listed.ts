/** What rows of artists and of releases say beside their names: a genre, a price, a picture. */
import type { Column, Row } from '../../core/answer.ts';
import type { Price } from '../../db/read/releases.ts';
import type { AnswerBody } from './definition.ts';

/** An artist's. */
export const GENRE_COLUMN: Column = { key: 'genre', label: 'Genre', kind: 'genre', subject: 'genre' };
/** A release's, in its own currency. */
export const PRICE_COLUMN: Column = { key: 'price', label: 'Price', kind: 'price', only: 'wide' };
/** Of rows with `artUrl`: Bandcamp's address of the picture. */
export const ART_COLUMN: Column = { key: 'artUrl', label: 'Art address', kind: 'text', only: 'data' };

/** The cell of `PRICE_COLUMN`, in minor units of its own currency; null where no price is known. */
export const priceCells = (price: Price | undefined): Row =>
  price ? { price: price.minor, priceCurrency: price.currency } : { price: null };

/** What an answer is about, where it can be heard. */
export const aboutOf = (name: string, url: string | null | undefined): Pick<AnswerBody, 'about'> =>
  url ? { about: { name, url } } : {};
