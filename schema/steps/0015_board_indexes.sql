-- What 0015_board_indexes.sql does at once, an index at a time: loads wait for each alone.

-- step: index artist_day_by_units
create index artist_day_by_units on artist_day (day, units desc)
  include (artist_id) where units >= 8;

-- step: index artist_day_by_usd
create index artist_day_by_usd on artist_day (day, usd_cents desc)
  include (artist_id) where usd_cents >= 8000;

-- step: index seller_day_by_units
create index seller_day_by_units on seller_day (day, units desc)
  include (seller_id) where units >= 8;

-- step: index seller_day_by_usd
create index seller_day_by_usd on seller_day (day, usd_cents desc)
  include (seller_id) where usd_cents >= 8000;

-- step: index page_day_by_units
create index page_day_by_units on page_day (day, units desc)
  include (page_id, type) where units >= 4;

-- step: index page_day_by_usd
create index page_day_by_usd on page_day (day, usd_cents desc)
  include (page_id, type) where usd_cents >= 4000;
