-- Who may only read: the Worker's login is a member (`create user edge login password '…' in role tracker_reader`).
-- Roles belong to the whole server: another database's migration may have made it, or be making it now; and the migrating user may not
-- be allowed to. Then the service runs all the same, and only the Worker has to wait until an administrator has made it.
do $$
begin
  begin
    create role tracker_reader nologin;
  exception
    when duplicate_object or unique_violation then null;
    when insufficient_privilege then
      if not exists (select from pg_roles where rolname = 'tracker_reader') then
        raise warning 'The role tracker_reader was not made: this user may not create roles.';
        return;
      end if;
  end;
  grant usage on schema public to tracker_reader;
  -- What answers are made of, and nothing of who subscribed; a migration that makes such a table grants it.
  grant select on data_version, country, seller, artist, artist_spelling, page, item, tag, tag_alias, genre_parent, page_tag, checkout, sale,
    window_read to tracker_reader;
end
$$;
