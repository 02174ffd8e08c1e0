-- Names are found by their trigrams, whatever their case and accents: both extensions are trusted, so the database's owner may make them.
create extension if not exists pg_trgm;
create extension if not exists unaccent;

-- The form in which names are compared. Immutable, as the dictionary is named; a changed dictionary needs a reindex. Not strict, so that the planner
-- puts its body in the place of the call, which takes a tenth of the time.
create function search_text(name text) returns text language sql immutable parallel safe
  return lower(public.unaccent('public.unaccent'::regdictionary, normalize(name, NFKC)));

-- Letters of other scripts as a letter or digit each: where the database's ctype is C, they would have no trigrams.
create function search_letters(name text) returns text language sql immutable strict parallel safe
  return case when name ~ '^[ -~]*$' then name else (
    select string_agg(case when ascii(letter) < 128 then letter else substr('abcdefghijklmnopqrstuvwxyz0123456789', ascii(letter) % 36 + 1, 1) end, '' order by n)
    from regexp_split_to_table(name, '') with ordinality as split (letter, n)
  ) end;

-- What a name's trigrams are taken of.
create function search_grams(name text) returns text language sql immutable parallel safe
  return case when name ~ '^[ -~]*$' then lower(name) else search_letters(search_text(name)) end;

create index artist_by_name on artist using gin (search_grams(key) gin_trgm_ops) where not various;
create index item_by_title on item using gin (search_grams(title) gin_trgm_ops);
-- A title that is a common word is found among the thousands that contain it.
create index item_by_exact_title on item using hash (search_text(title));
create index tag_by_name on tag using gin (search_grams(name) gin_trgm_ops) where rolled_up;

-- The few that no ranking shows.
create index artist_various on artist (id) where various;

-- Sums by hour and item type, for windows that hold too many sales to be read one by one.
create table format_hour (
  hour timestamptz not null,
  -- '' where the buyer's country is unknown
  country_code text not null,
  type text not null,
  sales integer not null,
  units integer not null,
  usd_cents bigint not null,
  -- sales for which more than the price was paid
  overpaid integer not null,
  primary key (hour, country_code, type)
);
insert into format_hour
select date_trunc('hour', at, 'UTC'), coalesce(country_code, ''), type, count(*), sum(units), coalesce(sum(amount_usd_cents), 0),
  count(*) filter (where amount_minor > item_price_minor)
from sale join item on item.id = item_id group by 1, 2, 3;

do $$
begin
  if exists (select from pg_roles where rolname = 'tracker_reader') then
    -- What the status tells, too; of rejects only why they were refused.
    grant select on format_hour, feed_reading, feed_gap, migration to tracker_reader;
    grant select (source, reason, recorded_at) on reject to tracker_reader;
  end if;
end
$$;
