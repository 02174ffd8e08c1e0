-- Artists, sellers and pages that no face shows, as the operator decided; their sales stay in all sums.
create table hidden_subject (
  kind text not null check (kind in ('artist', 'seller', 'page')),
  id bigint not null,
  reason text not null,
  hidden_at timestamptz not null,
  primary key (kind, id)
);

-- What was made of data older than this can name what was hidden since, so that it is not given any more.
alter table data_version add column least bigint not null default 0;

-- Who only reads has to know whom to leave out, and not why.
do $$
begin
  if exists (select from pg_roles where rolname = 'tracker_reader') then
    grant select (kind, id) on hidden_subject to tracker_reader;
  end if;
end
$$;
