-- When a page that was not read yet was last given the tags that its artist's other pages have.
alter table page add column inferred_at timestamptz;

-- Takes the months that end before the instant out of `sale`; they stay as tables of their own, to be kept elsewhere or dropped.
create function detach_sales_before(instant timestamptz) returns setof text language plpgsql as $$
declare
  month record;
begin
  for month in
    select child.relname as name from pg_inherits join pg_class child on child.oid = inhrelid
    where inhparent = 'sale'::regclass and to_date(right(child.relname, 6), 'YYYYMM') + interval '1 month' <= instant at time zone 'UTC'
    order by 1
  loop
    execute format('alter table sale detach partition %I', month.name);
    return next month.name;
  end loop;
end $$;
