-- Whether these data come from a simulation: every answer then says so.
alter table data_version add column simulated boolean not null default false;
