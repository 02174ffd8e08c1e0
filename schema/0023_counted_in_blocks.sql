-- Which sales count for trends of genres: of each artist the first two at a seller, then of the seller the first
-- six of these, in blocks of up to three UTC days. Blocks lie within a month, so that it can be given up, begin
-- on another day for another seller, and leave out a Bandcamp Friday, which is a block of its own.
create function counted_block(at timestamptz, shift integer) returns integer language sql immutable parallel safe
  return (
    (date_part('year', at at time zone 'UTC') * 12 + date_part('month', at at time zone 'UTC')) * 16
    + case
        when date_part('isodow', at at time zone 'UTC' - interval '7 hours') = 5
          and date_part('day', at at time zone 'UTC' - interval '7 hours') <= 7 then 15
        else floor((date_part('day', at at time zone 'UTC') - 1 + shift) / 3)
      end
  )::integer;

-- From 0 to 2, by the host alone.
alter table seller add column block_shift integer not null
  generated always as (('x' || left(md5(host), 7))::bit(28)::integer % 3) stored;

-- Whether it is among the first of its artist, at its seller, in its block.
alter table sale add column among_first boolean not null default false;
create index sale_counted_by_seller on sale (seller_id, at) where counted;

-- UTC days whose sales are to be judged anew, and their roll-ups to be made of them.
create table stale_day (day date primary key);
insert into stale_day (day)
select distinct day from seller_day
where not exists (select from retention where day < (kept_from at time zone 'UTC')::date);
