-- As e9b45c7 had 0014, nobody counted an artist's checkouts.
-- from e03db03f209c6ef8f0c41f003f607d8c1bffa3543badb51f1860d47ae1f0662a
-- to b1c4da525121d81ce58e74062f7b8e6828c0e7c17badd2ec411942540fd5dbb0
alter table artist_day add column checkouts integer;
update artist_day set checkouts = counts.checkouts
from (
  select (at at time zone 'UTC')::date as day, artist_id,
    count(distinct coalesce(checkout_at, at)) as checkouts
  from sale group by 1, 2
) counts
where artist_day.day = counts.day and artist_day.artist_id = counts.artist_id;
update artist_day set checkouts = sales where checkouts is null;
alter table artist_day alter column checkouts set not null;
