-- What was read of each UTC day: a year of windows of a minute each would have to be put together for every answer's coverage.
create table read_day (
  day date primary key,
  spans tstzmultirange not null
);

-- The parts of stretches of time by the UTC days they lie in.
create function day_parts(from_at timestamptz, until_at timestamptz) returns table (day date, span tstzrange) language sql immutable as $$
  select d::date, tstzrange(from_at, until_at) * tstzrange(d at time zone 'UTC', (d + interval '1 day') at time zone 'UTC')
  from generate_series(date_trunc('day', from_at at time zone 'UTC'), until_at at time zone 'UTC' - interval '1 microsecond', interval '1 day') as d
$$;

insert into read_day (day, spans)
select day, range_agg(span) from window_read, day_parts(from_at, until_at) group by day;

-- Kept by the table itself, so that nobody can store a window without it.
create function note_read_days() returns trigger language plpgsql as $$
begin
  if tg_op = 'TRUNCATE' then
    truncate read_day;
  elsif tg_op = 'INSERT' then
    insert into read_day (day, spans)
    select day, range_agg(span) from changed, day_parts(from_at, until_at) group by day order by day
    on conflict (day) do update set spans = read_day.spans + excluded.spans;
  else
    delete from read_day where day in (select day from changed, day_parts(from_at, until_at));
    insert into read_day (day, spans)
    select touched.day, range_agg(part.span)
    from (select distinct day from changed, day_parts(from_at, until_at)) touched
    join window_read on from_at < (touched.day + 1)::timestamp at time zone 'UTC' and until_at > touched.day::timestamp at time zone 'UTC'
    cross join lateral day_parts(from_at, until_at) part
    where part.day = touched.day group by touched.day;
  end if;
  return null;
end $$;

create trigger window_read_noted after insert on window_read referencing new table as changed for each statement execute function note_read_days();
create trigger window_read_forgotten after delete on window_read referencing old table as changed for each statement execute function note_read_days();
create trigger window_read_emptied after truncate on window_read for each statement execute function note_read_days();

-- An import leaves out the checks of references, which are triggers, too.
alter table window_read enable always trigger window_read_noted;
alter table window_read enable always trigger window_read_forgotten;
alter table window_read enable always trigger window_read_emptied;

do $$
begin
  if exists (select from pg_roles where rolname = 'tracker_reader') then
    grant select on read_day to tracker_reader;
  end if;
end
$$;
