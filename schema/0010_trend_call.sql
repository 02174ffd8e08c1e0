-- What was called trending at the end of each UTC day, and how surely: the scorecard tells what became of it.
create table trend_call (
  day date not null,
  tag_id bigint not null references tag,
  lift float8 not null,
  low float8 not null,
  high float8 not null,
  primary key (day, tag_id)
);

do $$
begin
  if exists (select from pg_roles where rolname = 'tracker_reader') then
    grant select on trend_call to tracker_reader;
  end if;
end
$$;
