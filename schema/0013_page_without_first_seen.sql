-- No question asked for it, and each first sale of a page known before cost a write.
alter table page drop column first_seen;
