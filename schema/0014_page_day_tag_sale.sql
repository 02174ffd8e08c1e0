-- Items are summed up by their page and type: what is asked about is a page, and each item had to be looked up for it.
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
insert into page_day (day, page_id, type, sales, counted, units, usd_cents)
select day, page_id, type, sum(item_day.sales), sum(counted), sum(units), sum(usd_cents)
from item_day join item on item.id = item_id group by 1, 2, 3 order by 1, 2, 3;
drop table item_day;

-- A country's code as a number, which fits an array of two bytes each; 0 where it is unknown.
create function country_number(code text) returns smallint language sql immutable parallel safe
return coalesce(ascii(code) * 256 + ascii(substr(code, 2)), 0)::smallint;
create function country_of_number(number integer) returns text language sql immutable parallel safe
return case when number > 0 then chr(number / 256) || chr(number % 256) end;

-- The sales of each genre and style on each UTC day, side by side in arrays: who is asked about a genre reads that genre's sales alone,
-- instead of looking up the tags of everything that was sold. Each load adds a part, closed days are put together; parts add up, and what a
-- page's new tags or an earlier sale change is a part of negative numbers.
create table tag_sale (
  tag_id bigint not null,
  day date not null,
  part bigint generated always as identity,
  -- of the day
  seconds integer[] not null,
  countries smallint[] not null,
  -- Ids: the sequences are far from what four bytes hold.
  pages integer[] not null,
  -- of the items: a, t, p, b
  types "char"[] not null,
  artists integer[] not null,
  sellers integer[] not null,
  sales smallint[] not null,
  counted smallint[] not null,
  units integer[] not null,
  usd_cents bigint[] not null,
  primary key (day, tag_id, part)
);
do $$
declare
  at_day date;
begin
  for at_day in select distinct day from page_day order by 1 loop
    insert into tag_sale (tag_id, day, seconds, countries, pages, types, artists, sellers, sales, counted, units, usd_cents)
    select page_tag.tag_id, at_day, array_agg(floor(date_part('epoch', at - at_day::timestamp at time zone 'UTC'))::int), array_agg(country_number(country_code)),
      array_agg(item.page_id::int), array_agg(item.type::"char"), array_agg(artist_id::int), array_agg(sale.seller_id::int), array_agg(1::smallint), array_agg(counted::int::smallint),
      array_agg(units), array_agg(coalesce(amount_usd_cents, 0))
    from sale join item on item.id = sale.item_id join page_tag on page_tag.page_id = item.page_id join tag on tag.id = page_tag.tag_id and rolled_up
    where at >= at_day::timestamp at time zone 'UTC' and at < (at_day + 1)::timestamp at time zone 'UTC'
    group by 1 order by 1;
  end loop;
end
$$;

-- The same of each buyers' country.
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
do $$
declare
  at_day date;
begin
  for at_day in select distinct day from page_day order by 1 loop
    insert into country_sale (country_code, day, seconds, pages, types, artists, sellers, sales, counted, units, usd_cents)
    select country_code, at_day, array_agg(floor(date_part('epoch', at - at_day::timestamp at time zone 'UTC'))::int), array_agg(item.page_id::int),
      array_agg(item.type::"char"), array_agg(artist_id::int), array_agg(sale.seller_id::int), array_agg(1::smallint), array_agg(counted::int::smallint),
      array_agg(units), array_agg(coalesce(amount_usd_cents, 0))
    from sale join item on item.id = sale.item_id
    where at >= at_day::timestamp at time zone 'UTC' and at < (at_day + 1)::timestamp at time zone 'UTC' and country_code is not null
    group by 1 order by 1;
  end loop;
end
$$;

-- Pages whose tags are guessed are few among all, and are counted for the status.
create index page_guessed on page (id) where inferred_at is not null and state in ('new', 'unreadable');

-- Distinct checkouts, of a sale without one itself: with them it can be told who emerges without reading all sales of five weeks.
alter table artist_day add column checkouts integer;
update artist_day set checkouts = counts.checkouts
from (
  select (at at time zone 'UTC')::date as day, artist_id, count(distinct coalesce(checkout_at, at)) as checkouts from sale group by 1, 2
) counts
where artist_day.day = counts.day and artist_day.artist_id = counts.artist_id;
-- Days whose sales are not kept any more.
update artist_day set checkouts = sales where checkouts is null;
alter table artist_day alter column checkouts set not null;

-- How many artists sold how much in a window: who knows that knows any artist's rank, without the sums of all of them.
create table artist_standing (
  from_at timestamptz not null,
  until_at timestamptz not null,
  -- of the data that it was made of
  version bigint not null,
  -- each number of units that some artist sold, and how many artists sold more
  units bigint[] not null,
  above bigint[] not null,
  primary key (until_at, from_at)
);

do $$
begin
  if exists (select from pg_roles where rolname = 'tracker_reader') then
    grant select on page_day, tag_sale, country_sale, artist_standing to tracker_reader;
  end if;
end
$$;
