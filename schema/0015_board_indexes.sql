-- Who sold much on a day, the most first: who leads over many days did on one of them, so that a board looks at these alone. Rows of little are
-- most of all, and no board of many sales needs them (see src/db/leaders.ts).
create index artist_day_by_units on artist_day (day, units desc) include (artist_id) where units >= 8;
create index artist_day_by_usd on artist_day (day, usd_cents desc) include (artist_id) where usd_cents >= 8000;
create index seller_day_by_units on seller_day (day, units desc) include (seller_id) where units >= 8;
create index seller_day_by_usd on seller_day (day, usd_cents desc) include (seller_id) where usd_cents >= 8000;
create index page_day_by_units on page_day (day, units desc) include (page_id, type) where units >= 4;
create index page_day_by_usd on page_day (day, usd_cents desc) include (page_id, type) where usd_cents >= 4000;
