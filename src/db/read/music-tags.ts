/** Tags that name music: what boards rank and lists show. Others that are summed up answer when asked for. */
import type { Fragment, Reader } from '../connect.ts';

/** A condition on the row `tag`. */
export const isMusic = (db: Reader): Fragment => db`tag.kind in ('genre', 'style')`;
