/** All questions; everything that lists or offers them reads this. */
import { artist } from './artist.ts';
import { compare } from './compare.ts';
import { countries } from './countries.ts';
import { country } from './country.ts';
import { emergingArtists } from './emerging-artists.ts';
import { genre } from './genre.ts';
import { item } from './item.ts';
import { label } from './label.ts';
import type { Question } from './lib/definition.ts';
import { overview } from './overview.ts';
import { scorecard } from './scorecard.ts';
import { search } from './search.ts';
import { similar } from './similar.ts';
import { status } from './status.ts';
import { top } from './top.ts';
import { trendingArtists } from './trending-artists.ts';
import { trendingGenres } from './trending-genres.ts';
import { trendingSellers } from './trending-sellers.ts';
import { why } from './why.ts';

export const questions: readonly Question[] = [
  trendingGenres,
  emergingArtists,
  trendingArtists,
  trendingSellers,
  why,
  scorecard,
  top,
  overview,
  artist,
  genre,
  country,
  countries,
  item,
  label,
  compare,
  similar,
  search,
  status,
];
