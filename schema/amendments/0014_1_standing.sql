-- As 0014 was landed at first (8f65ee1) it had no standings.
-- from d58f993feba7682f3144c5d132aa8e280fd6bcf7fc02419c1283fc572849dab9
-- to e03db03f209c6ef8f0c41f003f607d8c1bffa3543badb51f1860d47ae1f0662a
create table artist_standing (
  from_at timestamptz not null,
  until_at timestamptz not null,
  version bigint not null,
  units bigint[] not null,
  above bigint[] not null,
  primary key (until_at, from_at)
);
do $$
begin
  if exists (select from pg_roles where rolname = 'tracker_reader') then
    grant select on artist_standing to tracker_reader;
  end if;
end
$$;
