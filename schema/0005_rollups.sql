-- A checkout is known by its instant and country: a table of them took a third of a load's time and said nothing else.
alter table sale
  add column checkout_at timestamptz,
  -- Whether it counts for trends: among the first of its artist on its UTC day, and no quick repeat (src/db/counted.ts).
  add column counted boolean not null default false;
update sale set checkout_at = checkout.at from checkout where checkout.id = checkout_id;
alter table sale drop column checkout_id;
drop table checkout;

-- The newest title is found by the item's sales.
alter table item drop column seen_at;

-- Spellings are counted only where they differ from the first one, whose count is what is left of the artist's sales.
alter table artist add column first_spelling text;
update artist set first_spelling = name;
alter table artist alter column first_spelling set not null;
delete from artist_spelling using artist where artist.id = artist_id and artist_spelling.name = first_spelling;

-- Genres and styles are rolled up; a tag that was once a style stays so, or its history would have a hole.
alter table tag add column rolled_up boolean not null default false;
-- Tags that an artist's other pages have, until the page itself has been read.
alter table page_tag add column inferred boolean not null default false;

-- Sums that are kept in the transaction of the sales they count. Days and hours are UTC; `counted` sums sale.counted; no distinct
-- count can be had by adding them up, but for checkouts, which do not straddle hours.
create table country_hour (
  hour timestamptz not null,
  -- '' where the buyer's country is unknown
  country_code text not null,
  sales integer not null,
  counted integer not null,
  units integer not null,
  usd_cents bigint not null,
  checkouts integer not null,
  primary key (hour, country_code)
);
create table artist_day (
  day date not null,
  artist_id bigint not null,
  sales integer not null,
  counted integer not null,
  units integer not null,
  usd_cents bigint not null,
  primary key (day, artist_id)
);
create table seller_day (
  day date not null,
  seller_id bigint not null,
  sales integer not null,
  counted integer not null,
  units integer not null,
  usd_cents bigint not null,
  primary key (day, seller_id)
);
create table item_day (
  day date not null,
  item_id bigint not null,
  sales integer not null,
  counted integer not null,
  units integer not null,
  usd_cents bigint not null,
  primary key (day, item_id)
);
create table tag_hour (
  hour timestamptz not null,
  tag_id bigint not null,
  sales integer not null,
  counted integer not null,
  units integer not null,
  usd_cents bigint not null,
  primary key (hour, tag_id)
);
create table tag_day (
  day date not null,
  -- '' for the sum over all countries, the unknown one among them
  country_code text not null,
  tag_id bigint not null,
  sales integer not null,
  counted integer not null,
  units integer not null,
  usd_cents bigint not null,
  primary key (day, country_code, tag_id)
);

-- From when on sales are kept: older ones are in the roll-ups alone, and are refused when they come again.
create table retention (
  one boolean primary key default true check (one),
  kept_from timestamptz not null
);

do $$
begin
  if exists (select from pg_roles where rolname = 'tracker_reader') then
    grant select on country_hour, artist_day, seller_day, item_day, tag_hour, tag_day, retention to tracker_reader;
  end if;
end
$$;
