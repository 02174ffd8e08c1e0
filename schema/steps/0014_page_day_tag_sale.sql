-- What 0014_page_day_tag_sale.sql does at once, a day at a time: it takes minutes where there are millions of sales.

-- step: tables and functions; who still writes items' sums fails from here on
alter table item_day rename to item_day_before;
create table page_day (
  day date not null,
  page_id bigint not null,
  type text not null,
  sales integer not null,
  counted integer not null,
  units integer not null,
  usd_cents bigint not null,
  primary key (day, page_id, type)
);
create function country_number(code text) returns smallint language sql immutable parallel safe
return coalesce(ascii(code) * 256 + ascii(substr(code, 2)), 0)::smallint;
create function country_of_number(number integer) returns text language sql immutable parallel safe
return case when number > 0 then chr(number / 256) || chr(number % 256) end;
create table tag_sale (
  tag_id bigint not null,
  day date not null,
  part bigint generated always as identity,
  seconds integer[] not null,
  countries smallint[] not null,
  pages integer[] not null,
  types "char"[] not null,
  artists integer[] not null,
  sellers integer[] not null,
  sales smallint[] not null,
  counted smallint[] not null,
  units integer[] not null,
  usd_cents bigint[] not null,
  primary key (day, tag_id, part)
);
create table country_sale (
  country_code text not null,
  day date not null,
  part bigint generated always as identity,
  seconds integer[] not null,
  pages integer[] not null,
  types "char"[] not null,
  artists integer[] not null,
  sellers integer[] not null,
  sales smallint[] not null,
  counted smallint[] not null,
  units integer[] not null,
  usd_cents bigint[] not null,
  primary key (day, country_code, part)
);
create index page_guessed on page (id) where inferred_at is not null and state in ('new', 'unreadable');
alter table artist_day add column checkouts integer;
create table artist_standing (
  from_at timestamptz not null,
  until_at timestamptz not null,
  version bigint not null,
  units bigint[] not null,
  above bigint[] not null,
  primary key (until_at, from_at)
);

-- step: list the days that are left to do
create table migration_day (work text not null, day date not null, primary key (work, day));
insert into migration_day (work, day)
select work, day from (select distinct day from item_day_before) days
cross join unnest(array['page_day', 'tag_sale', 'country_sale']) as work;
insert into migration_day (work, day) select 'checkouts', day from artist_day group by day;

-- step, repeated: sum a day's items up by page
do $$
declare
  at_day date := (select min(day) from migration_day where work = 'page_day');
begin
  insert into page_day (day, page_id, type, sales, counted, units, usd_cents)
  select day, page_id, type, sum(item_day_before.sales), sum(counted), sum(units), sum(usd_cents)
  from item_day_before join item on item.id = item_id where day = at_day group by 1, 2, 3 order by 1, 2, 3;
end
$$;
delete from migration_day
where work = 'page_day' and day = (select min(day) from migration_day where work = 'page_day')
returning day;

-- step, repeated: put a day's sales of each genre side by side
do $$
declare
  at_day date := (select min(day) from migration_day where work = 'tag_sale');
begin
  insert into tag_sale
    (tag_id, day, seconds, countries, pages, types, artists, sellers, sales, counted, units, usd_cents)
  select page_tag.tag_id, at_day,
    array_agg(floor(date_part('epoch', at - at_day::timestamp at time zone 'UTC'))::int),
    array_agg(country_number(country_code)), array_agg(item.page_id::int), array_agg(item.type::"char"),
    array_agg(artist_id::int), array_agg(sale.seller_id::int), array_agg(1::smallint),
    array_agg(counted::int::smallint), array_agg(units), array_agg(coalesce(amount_usd_cents, 0))
  from sale join item on item.id = sale.item_id join page_tag on page_tag.page_id = item.page_id
  join tag on tag.id = page_tag.tag_id and rolled_up
  where at >= at_day::timestamp at time zone 'UTC' and at < (at_day + 1)::timestamp at time zone 'UTC'
  group by 1 order by 1;
end
$$;
delete from migration_day
where work = 'tag_sale' and day = (select min(day) from migration_day where work = 'tag_sale')
returning day;

-- step, repeated: put a day's sales of each country side by side
do $$
declare
  at_day date := (select min(day) from migration_day where work = 'country_sale');
begin
  insert into country_sale
    (country_code, day, seconds, pages, types, artists, sellers, sales, counted, units, usd_cents)
  select country_code, at_day,
    array_agg(floor(date_part('epoch', at - at_day::timestamp at time zone 'UTC'))::int),
    array_agg(item.page_id::int), array_agg(item.type::"char"), array_agg(artist_id::int),
    array_agg(sale.seller_id::int), array_agg(1::smallint), array_agg(counted::int::smallint),
    array_agg(units), array_agg(coalesce(amount_usd_cents, 0))
  from sale join item on item.id = sale.item_id
  where at >= at_day::timestamp at time zone 'UTC' and at < (at_day + 1)::timestamp at time zone 'UTC'
    and country_code is not null
  group by 1 order by 1;
end
$$;
delete from migration_day
where work = 'country_sale' and day = (select min(day) from migration_day where work = 'country_sale')
returning day;

-- step, repeated: count a day's checkouts of each artist
-- Of days whose sales are not kept any more, each sale.
do $$
declare
  at_day date := (select min(day) from migration_day where work = 'checkouts');
begin
  update artist_day set checkouts = counts.checkouts
  from (
    select artist_id, count(distinct coalesce(checkout_at, at)) as checkouts from sale
    where at >= at_day::timestamp at time zone 'UTC' and at < (at_day + 1)::timestamp at time zone 'UTC'
    group by 1
  ) counts
  where artist_day.day = at_day and artist_day.artist_id = counts.artist_id;
  update artist_day set checkouts = sales where day = at_day and checkouts is null;
end
$$;
delete from migration_day
where work = 'checkouts' and day = (select min(day) from migration_day where work = 'checkouts')
returning day;

-- step: give readers what is new, and drop what it is made of
alter table artist_day alter column checkouts set not null;
drop table migration_day, item_day_before;
do $$
begin
  if exists (select from pg_roles where rolname = 'tracker_reader') then
    grant select on page_day, tag_sale, country_sale, artist_standing to tracker_reader;
  end if;
end
$$;
