/** All questions; everything that lists or offers them reads this. */
import type { Question } from './definition.ts';
import { trendingGenres } from './trending-genres.ts';

export const questions: readonly Question[] = [trendingGenres];
