-- The label that a release's page is linked to, on whose behalf an artist's page sells.
alter table page add column label text;
