-- Answers to what most ask, made anew after each load, so that nobody waits for them; also not where the caches are cold.
create table kept_answer (
  -- the question and its parameters, as src/questions/answers.ts writes them
  key text primary key,
  -- of the data that it was made of
  version bigint not null,
  made_at timestamptz not null,
  answer jsonb not null
);

do $$
begin
  if exists (select from pg_roles where rolname = 'tracker_reader') then
    grant select on kept_answer to tracker_reader;
  end if;
end
$$;
