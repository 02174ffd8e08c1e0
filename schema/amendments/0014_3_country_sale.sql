-- As 7abbdff had 0014, countries had no lists of their sales.
-- from b1c4da525121d81ce58e74062f7b8e6828c0e7c17badd2ec411942540fd5dbb0
-- to ab7a6b77620de7caa985f78973d0459dcee8c712cab0d6fcd258c2ea146f4aa0
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
  end loop;
end
$$;
do $$
begin
  if exists (select from pg_roles where rolname = 'tracker_reader') then
    grant select on country_sale to tracker_reader;
  end if;
end
$$;
