/** All questions; everything that lists or offers them reads this. */
import type { Question } from './definition.ts';
import { overview } from './overview.ts';
import { top } from './top.ts';
import { trendingGenres } from './trending-genres.ts';

export const questions: readonly Question[] = [trendingGenres, top, overview];
