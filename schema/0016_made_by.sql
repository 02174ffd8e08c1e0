-- Which version of the code made what is kept, and when: what another one made is neither given nor verified (src/db/code-version.ts).
alter table kept_answer add column made_by text not null default '';
alter table artist_standing add column made_by text not null default '';
