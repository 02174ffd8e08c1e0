-- The picture of what is sold, by its number: `a0123456789` of a release, `0012345678` of a package. Pages of
-- two hosts that show the same one can sell one release (src/db/read/release-pages.ts). No pattern, which would
-- take thirty times as long; cut, since anything can stand in an address.
create function art_of(url text) returns text language sql immutable parallel safe
  return nullif(left(split_part(split_part(url, '/img/', 2), '_', 1), 16), '');

create index item_by_art on item (art_of(art_url)) where art_of(art_url) is not null;
create index page_by_art on page (art_of(art_url)) where art_of(art_url) is not null;
