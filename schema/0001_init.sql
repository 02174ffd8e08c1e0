-- The vocabulary of DESIGN, as tables. Instants are timestamptz (microseconds), money is integer minor units.

-- Which data an answer was computed from: raised by every transaction that changes what a question may read.
create table data_version (
  one boolean primary key default true check (one),
  version bigint not null default 0
);
insert into data_version default values;

-- Countries as the feed spells them, by lower-case ISO 3166-1 code.
create table country (
  code text primary key check (code ~ '^[a-z]{2}$'),
  name text not null
);

-- The host that sold it, often a label.
create table seller (
  id bigint generated always as identity primary key,
  host text not null unique
);

-- Who the feed names; `name` is the commonest of the spellings.
create table artist (
  id bigint generated always as identity primary key,
  key text not null unique,
  name text not null,
  -- "Various Artists" and its like: kept, but no artist in any ranking.
  various boolean not null default false
);

create table artist_spelling (
  artist_id bigint not null references artist,
  name text not null,
  sales bigint not null
);
-- By digest, since a name can be longer than an index row.
create unique index artist_spelling_once on artist_spelling (artist_id, md5(name));

create table page (
  id bigint generated always as identity primary key,
  url text not null unique,
  seller_id bigint not null references seller,
  title text,
  artist_name text,
  place text,
  published timestamptz,
  art_url text,
  main_genre text,
  -- new: never read; read: facts are in; gone: 404; unreadable: left alone for a month
  state text not null default 'new' check (state in ('new', 'read', 'gone', 'unreadable')),
  reason text,
  attempts integer not null default 0,
  first_seen timestamptz not null,
  read_at timestamptz,
  next_ask_at timestamptz
);
create index page_due on page (next_ask_at) where next_ask_at is not null;

create table item (
  id bigint generated always as identity primary key,
  page_id bigint not null references page,
  type text not null check (type in ('a', 't', 'p', 'b')),
  package_image_id bigint,
  title text not null,
  album_title text,
  art_url text,
  -- when the feed last named it, so that the newest title is the one shown
  seen_at timestamptz not null,
  unique nulls not distinct (page_id, type, package_image_id)
);

create table tag (
  id bigint generated always as identity primary key,
  -- normalised, aliases resolved
  key text not null unique,
  name text not null,
  kind text not null check (kind in ('genre', 'style', 'place', 'other'))
);

-- Keys that are to count as another tag, entered by hand; the well-known ones (`dnb`) are resolved before.
create table tag_alias (
  alias text primary key,
  tag_id bigint not null references tag
);

-- Bandcamp's taxonomy: a subgenre can stand under several genres.
create table genre_parent (
  tag_id bigint not null references tag,
  parent_id bigint not null references tag,
  primary key (tag_id, parent_id)
);

create table page_tag (
  page_id bigint not null references page on delete cascade,
  tag_id bigint not null references tag,
  position integer not null,
  -- whether it reads as a place on this page; what the tag is, the majority of its pages decides
  is_place boolean not null,
  primary key (page_id, tag_id)
);
create index page_tag_by_tag on page_tag (tag_id, page_id);

-- The feed's event. It has no id: two checkouts of one microsecond in one country would be one.
create table checkout (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  country_code text references country,
  unique nulls not distinct (at, country_code)
);

create table sale (
  at timestamptz not null,
  item_id bigint not null references item,
  artist_id bigint not null references artist,
  seller_id bigint not null references seller,
  -- null for imported history until the feed supplies it
  checkout_id bigint references checkout,
  country_code text references country,
  units integer not null check (units >= 1),
  amount_minor bigint not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount_usd_cents bigint,
  item_price_minor bigint,
  primary key (at, item_id)
) partition by range (at);
create index sale_by_artist on sale (artist_id, at);
create index sale_by_item on sale (item_id, at);

-- Makes the partition of the UTC month that holds the instant; several replicas may ask at once.
create function ensure_sale_partition(instant timestamptz) returns void language plpgsql as $$
declare
  month timestamptz := date_trunc('month', instant, 'UTC');
  name text := 'sale_' || to_char(month at time zone 'UTC', 'YYYYMM');
begin
  if to_regclass(name) is not null then
    return;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('ensure_sale_partition', 0));
  execute format('create table if not exists %I partition of sale for values from (%L) to (%L)',
    name, month, date_trunc('month', month + interval '32 days', 'UTC'));
end $$;

-- What came from outside and was refused, raw, once each.
create table reject (
  id bigint generated always as identity primary key,
  recorded_at timestamptz not null,
  source text not null,
  reason text not null,
  raw text not null,
  digest text generated always as (md5(raw)) stored,
  unique (source, reason, digest)
);

-- The stretches of time for which the feed was really read; coverage is their union.
create table window_read (
  from_at timestamptz not null,
  until_at timestamptz not null check (until_at > from_at),
  source text not null check (source in ('feed', 'import')),
  read_at timestamptz not null,
  primary key (until_at, from_at)
);

-- Jobs that any replica may run: who claimed which, and when last.
create table job (
  name text primary key,
  ran_at timestamptz not null
);

create table subscription (
  id bigint generated always as identity primary key,
  platform text not null,
  -- workspace or guild, and the channel in it
  tenant text not null,
  target text not null,
  zone text not null,
  local_time time not null,
  digest text not null,
  owner text not null,
  created_at timestamptz not null,
  unique (platform, tenant, target, digest)
);

-- One subscription × one period: the ledger that decides what is sent.
create table delivery (
  id uuid primary key default gen_random_uuid(),
  subscription_id bigint not null references subscription on delete cascade,
  -- the local day it is for
  period date not null,
  due_at timestamptz not null,
  state text not null default 'due' check (state in ('due', 'sending', 'sent', 'failed')),
  attempts integer not null default 0,
  reason text,
  sent_at timestamptz,
  unique (subscription_id, period)
);

create table delivery_part (
  delivery_id uuid not null references delivery on delete cascade,
  part text not null check (part in ('message', 'attachment')),
  platform_id text not null,
  sent_at timestamptz not null,
  primary key (delivery_id, part)
);
