-- Two more kinds of tags: descriptors, which say nothing of the music ("dark", "vinyl", "2020"), and names of sellers and artists.
alter table tag drop constraint tag_kind_check;
alter table tag add constraint tag_kind_check
  check (kind in ('genre', 'style', 'descriptor', 'place', 'name', 'other'));

-- All tags are judged anew at the next tick or import; a database without any has nothing to judge.
insert into job (name, ran_at) select 'tags-unjudged', 'epoch' where exists (select from tag) on conflict do nothing;
delete from job where name = 'tag-kinds';
