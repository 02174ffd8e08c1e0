-- Stretches of the feed that were missed and cannot be had any more. An import may still fill them: what was read never counts as a gap.
create table feed_gap (
  from_at timestamptz not null,
  until_at timestamptz not null check (until_at > from_at),
  -- look-back: the feed does not reach so far; too-large: its answer would be past what is taken, and only grows
  reason text not null check (reason in ('look-back', 'too-large')),
  recorded_at timestamptz not null,
  primary key (until_at, from_at)
);

-- How the reading of the feed goes, whichever replica does it.
create table feed_reading (
  one boolean primary key default true check (one),
  since timestamptz not null,
  -- in a row; none after a success
  failures integer not null default 0,
  last_error text,
  -- not to be asked before
  next_at timestamptz,
  -- set as long as the alarm is on
  stalled_at timestamptz,
  -- the same for what was missed, which is asked for apart
  missed_failures integer not null default 0,
  missed_next_at timestamptz,
  -- all before it was read or given up
  whole_until timestamptz
);

-- Validators of the page as it was read: asked with them again, it answers 304 where nothing has changed.
alter table page
  add column etag text,
  add column modified text;

do $$
begin
  if exists (select from pg_roles where rolname = 'tracker_reader') then
    grant select on feed_gap, feed_reading to tracker_reader;
  end if;
end
$$;
