/**
 * How much of each hardship a season holds. "Own estimate": nobody has published how often it happens; the
 * number is what lets each be judged on a few dozen cases.
 */

/** Genres that truly rise, beside those of every world. */
export const RISES = {
  /**
   * × 1.5 a week for five weeks: diffusion is exponential at first (Bass 1969, "A New Product Growth for
   * Model Consumer Durables", Management Science 15). How fast is our own estimate.
   */
  slow: 3,
  /** Half as much again to two and a half times as much, within two or three weeks. Own estimate. */
  steady: 14,
  /** A third more each day, and gone within days, as what one video or game makes known. Own estimate. */
  fading: 5,
  /** In one country: a scene of that language, a radio station, a festival. Own estimate. */
  national: 5,
  /** Genres fall as well. Own estimate. */
  shrinking: 3,
};

/** Genres that only look like it. */
export const DECOYS = {
  /**
   * One to three known artists whose release is a small genre's whole week. The 27 best-selling albums were
   * by one band (reported in 2025), and the sales of 2021 by artist have a Gini coefficient of 0.896.
   */
  releaseWeeks: 8,
  /** A label's sale: 8 to 25 of its artists within 3 to 8 days. A label has 15 artists here on average. */
  campaigns: 4,
  /** One artist goes viral for a day, and a few of the same scene are bought beside. */
  viral: 5,
};

/** A week's worth of newcomers, in a season. */
export const NEWCOMERS = {
  /** Who emerge, beside the five of every world. */
  emerging: 13,
  /** Who stay small, as most do. */
  small: 58,
  /** Small newcomers who are called like an artist of another scene; names are not unique on Bandcamp. */
  namesakes: 4,
  /** Known small artists whom everybody buys for a day, beside the two of every world. */
  spikes: 3,
  /** Collectors who buy many things at once, beside the two of every world. */
  bulkBuyers: 3,
};

/**
 * Buyers of their own records, by what they spend (US dollars): four of each a season who want their artist
 * listed, and one each of the larger ones who want a small genre to rise, with several artists of one page.
 * They buy the cheapest there is, about $1. Bandcamp pays out about 82%.
 */
export const ATTACKS = {
  budgets: [20, 50, 200],
  artists: 4,
  genres: 1,
  /** Least budget with which a genre is tried. */
  genreBudget: 50,
  paidOut: 0.82,
  /** US dollars of a cheapest track, with its currency and tax. */
  price: 1.05,
};

/** Stretches that nobody reads, in a season: hours of the short ones, and one of a day or more each other. */
export const OUTAGES = { short: 2, shortHours: 14, longHours: 40 };
