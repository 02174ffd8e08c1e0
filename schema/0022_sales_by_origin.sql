-- Sales by where the music comes from: the country of the seller, as its pages say; '' where they do not.
create table origin_sale (
  origin_code text not null,
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
  primary key (day, origin_code, part)
);
-- Of known countries alone.
create table tag_origin_day (
  day date not null,
  origin_code text not null,
  tag_id bigint not null,
  sales integer not null,
  counted integer not null,
  units integer not null,
  usd_cents bigint not null,
  primary key (day, origin_code, tag_id)
);
do $$
declare
  at_day date;
begin
  for at_day in select distinct day from page_day order by 1 loop
    insert into origin_sale
      (origin_code, day, seconds, countries, pages, types, artists, sellers, sales, counted, units, usd_cents)
    select coalesce(seller.country_code, ''), at_day,
      array_agg(floor(date_part('epoch', at - at_day::timestamp at time zone 'UTC'))::int),
      array_agg(country_number(sale.country_code)), array_agg(item.page_id::int),
      array_agg(item.type::"char"), array_agg(artist_id::int), array_agg(sale.seller_id::int),
      array_agg(1::smallint), array_agg(counted::int::smallint), array_agg(units),
      array_agg(coalesce(amount_usd_cents, 0))
    from sale join item on item.id = sale.item_id join seller on seller.id = sale.seller_id
    where at >= at_day::timestamp at time zone 'UTC' and at < (at_day + 1)::timestamp at time zone 'UTC'
    group by 1 order by 1;
    insert into tag_origin_day (day, origin_code, tag_id, sales, counted, units, usd_cents)
    select at_day, seller.country_code, page_tag.tag_id, count(*), count(*) filter (where counted),
      sum(units), sum(coalesce(amount_usd_cents, 0))
    from sale join item on item.id = sale.item_id join seller on seller.id = sale.seller_id
    join page_tag on page_tag.page_id = item.page_id
    join tag on tag.id = page_tag.tag_id and rolled_up
    where at >= at_day::timestamp at time zone 'UTC' and at < (at_day + 1)::timestamp at time zone 'UTC'
      and seller.country_code is not null
    group by 2, 3 order by 2, 3;
  end loop;
end
$$;
do $$
begin
  if exists (select from pg_roles where rolname = 'tracker_reader') then
    grant select on origin_sale, tag_origin_day to tracker_reader;
  end if;
end
$$;
