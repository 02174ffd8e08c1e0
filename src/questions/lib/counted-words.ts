/** What counts for trends, in words: see `src/stats/counted-blocks.ts`. */
import { BLOCK_DAYS, COUNTED_OF_ARTIST, COUNTED_OF_SELLER } from '../../stats/counted-blocks.ts';

/** Of genres: `at most 2 per artist and 6 per seller in 3 days`. */
export const COUNTED_OF_GENRES =
  `at most ${COUNTED_OF_ARTIST} per artist and ${COUNTED_OF_SELLER} per seller ` + `in ${BLOCK_DAYS} days`;
/** Of sellers. */
export const COUNTED_OF_SELLERS = `at most ${COUNTED_OF_ARTIST} per artist in ${BLOCK_DAYS} days`;
