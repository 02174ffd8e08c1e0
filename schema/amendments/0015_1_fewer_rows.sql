-- As 0015 was landed at first (ec6d0d6), four indexes held twice as many rows.
-- from 1c7ef127bbcddc03954b3c338f0ced1942fc806b03c9cef8feb2de4accb91f8b
-- to 38575ffb9cf1f1b8c752bef6876f2912a4079022d66f43a1c5041fcc61f5cab0

-- step: index artist_day_by_units
drop index artist_day_by_units;
create index artist_day_by_units on artist_day (day, units desc)
  include (artist_id) where units >= 8;

-- step: index artist_day_by_usd
drop index artist_day_by_usd;
create index artist_day_by_usd on artist_day (day, usd_cents desc)
  include (artist_id) where usd_cents >= 8000;

-- step: index seller_day_by_units
drop index seller_day_by_units;
create index seller_day_by_units on seller_day (day, units desc)
  include (seller_id) where units >= 8;

-- step: index seller_day_by_usd
drop index seller_day_by_usd;
create index seller_day_by_usd on seller_day (day, usd_cents desc)
  include (seller_id) where usd_cents >= 8000;
