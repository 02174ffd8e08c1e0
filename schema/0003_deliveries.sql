-- Who works on a delivery, until when it is theirs, and when it is to be tried again.

-- The instant of the last change of hour or zone: nothing that was due before is owed.
alter table subscription add column since timestamptz;
update subscription set since = created_at;
alter table subscription alter column since set not null;

alter table delivery
  -- name of the advisory lock that its worker holds as long as it lives
  add column worker text,
  -- after this another may take it, even if the worker lives
  add column lease_until timestamptz,
  -- not to be tried before
  add column try_at timestamptz;
update delivery set try_at = due_at;
alter table delivery alter column try_at set not null;
alter table delivery add check ((state = 'sending') = (worker is not null)),
  add check ((state = 'sending') = (lease_until is not null));
create index delivery_open on delivery (try_at) where state in ('due', 'sending');
