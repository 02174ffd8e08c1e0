-- What the migrations make: a listing, not to be run. `npm run golden` writes it anew.
table artist: id bigint not null identity
table artist: key text not null
table artist: name text not null
table artist: various boolean not null default false
table artist: first_spelling text not null
constraint artist: UNIQUE (key)
constraint artist: PRIMARY KEY (id)
index CREATE INDEX artist_by_name ON public.artist USING gin (search_grams(key) gin_trgm_ops) WHERE (NOT various)
index CREATE UNIQUE INDEX artist_key_key ON public.artist USING btree (key)
index CREATE UNIQUE INDEX artist_pkey ON public.artist USING btree (id)
index CREATE INDEX artist_various ON public.artist USING btree (id) WHERE various
table artist_day: day date not null
table artist_day: artist_id bigint not null
table artist_day: sales integer not null
table artist_day: counted integer not null
table artist_day: units integer not null
table artist_day: usd_cents bigint not null
table artist_day: checkouts integer not null
constraint artist_day: PRIMARY KEY (day, artist_id)
index CREATE INDEX artist_day_by_units ON public.artist_day USING btree (day, units DESC) INCLUDE (artist_id) WHERE (units >= 8)
index CREATE INDEX artist_day_by_usd ON public.artist_day USING btree (day, usd_cents DESC) INCLUDE (artist_id) WHERE (usd_cents >= 8000)
index CREATE UNIQUE INDEX artist_day_pkey ON public.artist_day USING btree (day, artist_id)
table artist_spelling: artist_id bigint not null
table artist_spelling: name text not null
table artist_spelling: sales bigint not null
constraint artist_spelling: FOREIGN KEY (artist_id) REFERENCES artist(id)
index CREATE UNIQUE INDEX artist_spelling_once ON public.artist_spelling USING btree (artist_id, md5(name))
table artist_standing: from_at timestamp with time zone not null
table artist_standing: until_at timestamp with time zone not null
table artist_standing: version bigint not null
table artist_standing: units bigint[] not null
table artist_standing: above bigint[] not null
table artist_standing: made_by text not null default ''::text
constraint artist_standing: PRIMARY KEY (until_at, from_at)
index CREATE UNIQUE INDEX artist_standing_pkey ON public.artist_standing USING btree (until_at, from_at)
table country: code text not null
table country: name text not null
constraint country: CHECK ((code ~ '^[a-z]{2}$'::text))
constraint country: PRIMARY KEY (code)
index CREATE UNIQUE INDEX country_pkey ON public.country USING btree (code)
table country_hour: hour timestamp with time zone not null
table country_hour: country_code text not null
table country_hour: sales integer not null
table country_hour: counted integer not null
table country_hour: units integer not null
table country_hour: usd_cents bigint not null
table country_hour: checkouts integer not null
constraint country_hour: PRIMARY KEY (hour, country_code)
index CREATE UNIQUE INDEX country_hour_pkey ON public.country_hour USING btree (hour, country_code)
table country_sale: country_code text not null
table country_sale: day date not null
table country_sale: part bigint not null identity
table country_sale: seconds integer[] not null
table country_sale: pages integer[] not null
table country_sale: types "char"[] not null
table country_sale: artists integer[] not null
table country_sale: sellers integer[] not null
table country_sale: sales smallint[] not null
table country_sale: counted smallint[] not null
table country_sale: units integer[] not null
table country_sale: usd_cents bigint[] not null
constraint country_sale: PRIMARY KEY (day, country_code, part)
index CREATE UNIQUE INDEX country_sale_pkey ON public.country_sale USING btree (day, country_code, part)
table data_version: one boolean not null default true
table data_version: version bigint not null default 0
table data_version: simulated boolean not null default false
table data_version: least bigint not null default 0
constraint data_version: CHECK (one)
constraint data_version: PRIMARY KEY (one)
index CREATE UNIQUE INDEX data_version_pkey ON public.data_version USING btree (one)
table delivery: id uuid not null default gen_random_uuid()
table delivery: subscription_id bigint not null
table delivery: period date not null
table delivery: due_at timestamp with time zone not null
table delivery: state text not null default 'due'::text
table delivery: attempts integer not null default 0
table delivery: reason text
table delivery: sent_at timestamp with time zone
table delivery: worker text
table delivery: lease_until timestamp with time zone
table delivery: try_at timestamp with time zone not null
constraint delivery: CHECK (((state = 'sending'::text) = (worker IS NOT NULL)))
constraint delivery: CHECK (((state = 'sending'::text) = (lease_until IS NOT NULL)))
constraint delivery: PRIMARY KEY (id)
constraint delivery: CHECK ((state = ANY (ARRAY['due'::text, 'sending'::text, 'sent'::text, 'failed'::text])))
constraint delivery: FOREIGN KEY (subscription_id) REFERENCES subscription(id) ON DELETE CASCADE
constraint delivery: UNIQUE (subscription_id, period)
index CREATE INDEX delivery_open ON public.delivery USING btree (try_at) WHERE (state = ANY (ARRAY['due'::text, 'sending'::text]))
index CREATE UNIQUE INDEX delivery_pkey ON public.delivery USING btree (id)
index CREATE UNIQUE INDEX delivery_subscription_id_period_key ON public.delivery USING btree (subscription_id, period)
table delivery_part: delivery_id uuid not null
table delivery_part: part text not null
table delivery_part: platform_id text not null
table delivery_part: sent_at timestamp with time zone not null
constraint delivery_part: FOREIGN KEY (delivery_id) REFERENCES delivery(id) ON DELETE CASCADE
constraint delivery_part: CHECK ((part = ANY (ARRAY['message'::text, 'attachment'::text])))
constraint delivery_part: PRIMARY KEY (delivery_id, part)
index CREATE UNIQUE INDEX delivery_part_pkey ON public.delivery_part USING btree (delivery_id, part)
table feed_gap: from_at timestamp with time zone not null
table feed_gap: until_at timestamp with time zone not null
table feed_gap: reason text not null
table feed_gap: recorded_at timestamp with time zone not null
constraint feed_gap: CHECK ((until_at > from_at))
constraint feed_gap: PRIMARY KEY (until_at, from_at)
constraint feed_gap: CHECK ((reason = ANY (ARRAY['look-back'::text, 'too-large'::text])))
index CREATE UNIQUE INDEX feed_gap_pkey ON public.feed_gap USING btree (until_at, from_at)
table feed_reading: one boolean not null default true
table feed_reading: since timestamp with time zone not null
table feed_reading: failures integer not null default 0
table feed_reading: last_error text
table feed_reading: next_at timestamp with time zone
table feed_reading: stalled_at timestamp with time zone
table feed_reading: missed_failures integer not null default 0
table feed_reading: missed_next_at timestamp with time zone
table feed_reading: whole_until timestamp with time zone
constraint feed_reading: CHECK (one)
constraint feed_reading: PRIMARY KEY (one)
index CREATE UNIQUE INDEX feed_reading_pkey ON public.feed_reading USING btree (one)
table format_hour: hour timestamp with time zone not null
table format_hour: country_code text not null
table format_hour: type text not null
table format_hour: sales integer not null
table format_hour: units integer not null
table format_hour: usd_cents bigint not null
table format_hour: overpaid integer not null
constraint format_hour: PRIMARY KEY (hour, country_code, type)
index CREATE UNIQUE INDEX format_hour_pkey ON public.format_hour USING btree (hour, country_code, type)
table genre_parent: tag_id bigint not null
table genre_parent: parent_id bigint not null
constraint genre_parent: FOREIGN KEY (parent_id) REFERENCES tag(id)
constraint genre_parent: PRIMARY KEY (tag_id, parent_id)
constraint genre_parent: FOREIGN KEY (tag_id) REFERENCES tag(id)
index CREATE UNIQUE INDEX genre_parent_pkey ON public.genre_parent USING btree (tag_id, parent_id)
table hidden_subject: kind text not null
table hidden_subject: id bigint not null
table hidden_subject: reason text not null
table hidden_subject: hidden_at timestamp with time zone not null
constraint hidden_subject: CHECK ((kind = ANY (ARRAY['artist'::text, 'seller'::text, 'page'::text])))
constraint hidden_subject: PRIMARY KEY (kind, id)
index CREATE UNIQUE INDEX hidden_subject_pkey ON public.hidden_subject USING btree (kind, id)
table item: id bigint not null identity
table item: page_id bigint not null
table item: type text not null
table item: package_image_id bigint
table item: title text not null
table item: album_title text
table item: art_url text
constraint item: FOREIGN KEY (page_id) REFERENCES page(id)
constraint item: UNIQUE NULLS NOT DISTINCT (page_id, type, package_image_id)
constraint item: PRIMARY KEY (id)
constraint item: CHECK ((type = ANY (ARRAY['a'::text, 't'::text, 'p'::text, 'b'::text])))
index CREATE INDEX item_by_art ON public.item USING btree (art_of(art_url)) WHERE (art_of(art_url) IS NOT NULL)
index CREATE INDEX item_by_exact_title ON public.item USING hash (search_text(title))
index CREATE INDEX item_by_title ON public.item USING gin (search_grams(title) gin_trgm_ops)
index CREATE UNIQUE INDEX item_page_id_type_package_image_id_key ON public.item USING btree (page_id, type, package_image_id) NULLS NOT DISTINCT
index CREATE UNIQUE INDEX item_pkey ON public.item USING btree (id)
table job: name text not null
table job: ran_at timestamp with time zone not null
constraint job: PRIMARY KEY (name)
index CREATE UNIQUE INDEX job_pkey ON public.job USING btree (name)
table kept_answer: key text not null
table kept_answer: version bigint not null
table kept_answer: made_at timestamp with time zone not null
table kept_answer: answer jsonb not null
table kept_answer: made_by text not null default ''::text
constraint kept_answer: PRIMARY KEY (key)
index CREATE UNIQUE INDEX kept_answer_pkey ON public.kept_answer USING btree (key)
table migration: name text not null
table migration: sha256 text not null
table migration: applied_at timestamp with time zone not null default now()
constraint migration: PRIMARY KEY (name)
index CREATE UNIQUE INDEX migration_pkey ON public.migration USING btree (name)
table origin_sale: origin_code text not null
table origin_sale: day date not null
table origin_sale: part bigint not null identity
table origin_sale: seconds integer[] not null
table origin_sale: countries smallint[] not null
table origin_sale: pages integer[] not null
table origin_sale: types "char"[] not null
table origin_sale: artists integer[] not null
table origin_sale: sellers integer[] not null
table origin_sale: sales smallint[] not null
table origin_sale: counted smallint[] not null
table origin_sale: units integer[] not null
table origin_sale: usd_cents bigint[] not null
constraint origin_sale: PRIMARY KEY (day, origin_code, part)
index CREATE UNIQUE INDEX origin_sale_pkey ON public.origin_sale USING btree (day, origin_code, part)
table page: id bigint not null identity
table page: url text not null
table page: seller_id bigint not null
table page: title text
table page: artist_name text
table page: place text
table page: published timestamp with time zone
table page: art_url text
table page: main_genre text
table page: state text not null default 'new'::text
table page: reason text
table page: attempts integer not null default 0
table page: read_at timestamp with time zone
table page: next_ask_at timestamp with time zone
table page: etag text
table page: modified text
table page: inferred_at timestamp with time zone
table page: is_preorder boolean
table page: label text
constraint page: PRIMARY KEY (id)
constraint page: FOREIGN KEY (seller_id) REFERENCES seller(id)
constraint page: CHECK ((state = ANY (ARRAY['new'::text, 'read'::text, 'gone'::text, 'unreadable'::text])))
constraint page: UNIQUE (url)
index CREATE INDEX page_by_art ON public.page USING btree (art_of(art_url)) WHERE (art_of(art_url) IS NOT NULL)
index CREATE INDEX page_by_seller ON public.page USING btree (seller_id)
index CREATE INDEX page_due ON public.page USING btree (next_ask_at) WHERE (next_ask_at IS NOT NULL)
index CREATE INDEX page_guessed ON public.page USING btree (id) WHERE ((inferred_at IS NOT NULL) AND (state = ANY (ARRAY['new'::text, 'unreadable'::text])))
index CREATE UNIQUE INDEX page_pkey ON public.page USING btree (id)
index CREATE UNIQUE INDEX page_url_key ON public.page USING btree (url)
table page_day: day date not null
table page_day: page_id bigint not null
table page_day: type text not null
table page_day: sales integer not null
table page_day: counted integer not null
table page_day: units integer not null
table page_day: usd_cents bigint not null
constraint page_day: PRIMARY KEY (day, page_id, type)
index CREATE INDEX page_day_by_units ON public.page_day USING btree (day, units DESC) INCLUDE (page_id, type) WHERE (units >= 4)
index CREATE INDEX page_day_by_usd ON public.page_day USING btree (day, usd_cents DESC) INCLUDE (page_id, type) WHERE (usd_cents >= 4000)
index CREATE UNIQUE INDEX page_day_pkey ON public.page_day USING btree (day, page_id, type)
table page_tag: page_id bigint not null
table page_tag: tag_id bigint not null
table page_tag: position integer not null
table page_tag: is_place boolean not null
table page_tag: inferred boolean not null default false
constraint page_tag: FOREIGN KEY (page_id) REFERENCES page(id) ON DELETE CASCADE
constraint page_tag: PRIMARY KEY (page_id, tag_id)
constraint page_tag: FOREIGN KEY (tag_id) REFERENCES tag(id)
index CREATE INDEX page_tag_by_tag ON public.page_tag USING btree (tag_id, page_id)
index CREATE UNIQUE INDEX page_tag_pkey ON public.page_tag USING btree (page_id, tag_id)
table read_day: day date not null
table read_day: spans tstzmultirange not null
constraint read_day: PRIMARY KEY (day)
index CREATE UNIQUE INDEX read_day_pkey ON public.read_day USING btree (day)
table reject: id bigint not null identity
table reject: recorded_at timestamp with time zone not null
table reject: source text not null
table reject: reason text not null
table reject: raw text not null
table reject: digest text generated md5(raw)
constraint reject: PRIMARY KEY (id)
constraint reject: UNIQUE (source, reason, digest)
index CREATE UNIQUE INDEX reject_pkey ON public.reject USING btree (id)
index CREATE UNIQUE INDEX reject_source_reason_digest_key ON public.reject USING btree (source, reason, digest)
table retention: one boolean not null default true
table retention: kept_from timestamp with time zone not null
constraint retention: CHECK (one)
constraint retention: PRIMARY KEY (one)
index CREATE UNIQUE INDEX retention_pkey ON public.retention USING btree (one)
table sale: at timestamp with time zone not null
table sale: item_id bigint not null
table sale: artist_id bigint not null
table sale: seller_id bigint not null
table sale: country_code text
table sale: units integer not null
table sale: amount_minor bigint not null
table sale: currency text not null
table sale: amount_usd_cents bigint
table sale: item_price_minor bigint
table sale: checkout_at timestamp with time zone
table sale: counted boolean not null default false
table sale: among_first boolean not null default false
constraint sale: FOREIGN KEY (artist_id) REFERENCES artist(id)
constraint sale: FOREIGN KEY (country_code) REFERENCES country(code)
constraint sale: CHECK ((currency ~ '^[A-Z]{3}$'::text))
constraint sale: FOREIGN KEY (item_id) REFERENCES item(id)
constraint sale: PRIMARY KEY (at, item_id)
constraint sale: FOREIGN KEY (seller_id) REFERENCES seller(id)
constraint sale: CHECK ((units >= 1))
index CREATE INDEX sale_by_artist ON ONLY public.sale USING btree (artist_id, at)
index CREATE INDEX sale_by_item ON ONLY public.sale USING btree (item_id, at)
index CREATE INDEX sale_counted_by_seller ON ONLY public.sale USING btree (seller_id, at) WHERE counted
index CREATE UNIQUE INDEX sale_pkey ON ONLY public.sale USING btree (at, item_id)
partitioned sale: RANGE (at)
table seller: id bigint not null identity
table seller: host text not null
table seller: name text
table seller: place text
table seller: city text
table seller: region text
table seller: country_code text
table seller: block_shift integer not null generated (((('x'::text || "left"(md5(host), 7)))::bit(28))::integer % 3)
constraint seller: UNIQUE (host)
constraint seller: PRIMARY KEY (id)
index CREATE INDEX seller_by_city ON public.seller USING btree (city) WHERE (city IS NOT NULL)
index CREATE INDEX seller_by_country ON public.seller USING btree (country_code) WHERE (country_code IS NOT NULL)
index CREATE INDEX seller_by_name ON public.seller USING gin (search_grams(name) gin_trgm_ops) WHERE (name IS NOT NULL)
index CREATE INDEX seller_by_region ON public.seller USING btree (region) WHERE (region IS NOT NULL)
index CREATE UNIQUE INDEX seller_host_key ON public.seller USING btree (host)
index CREATE UNIQUE INDEX seller_pkey ON public.seller USING btree (id)
table seller_day: day date not null
table seller_day: seller_id bigint not null
table seller_day: sales integer not null
table seller_day: counted integer not null
table seller_day: units integer not null
table seller_day: usd_cents bigint not null
constraint seller_day: PRIMARY KEY (day, seller_id)
index CREATE INDEX seller_day_by_units ON public.seller_day USING btree (day, units DESC) INCLUDE (seller_id) WHERE (units >= 8)
index CREATE INDEX seller_day_by_usd ON public.seller_day USING btree (day, usd_cents DESC) INCLUDE (seller_id) WHERE (usd_cents >= 8000)
index CREATE UNIQUE INDEX seller_day_pkey ON public.seller_day USING btree (day, seller_id)
table stale_day: day date not null
constraint stale_day: PRIMARY KEY (day)
index CREATE UNIQUE INDEX stale_day_pkey ON public.stale_day USING btree (day)
table subscription: id bigint not null identity
table subscription: platform text not null
table subscription: tenant text not null
table subscription: target text not null
table subscription: zone text not null
table subscription: local_time time without time zone not null
table subscription: digest text not null
table subscription: owner text not null
table subscription: created_at timestamp with time zone not null
table subscription: since timestamp with time zone not null
constraint subscription: PRIMARY KEY (id)
constraint subscription: UNIQUE (platform, tenant, target, digest)
index CREATE UNIQUE INDEX subscription_pkey ON public.subscription USING btree (id)
index CREATE UNIQUE INDEX subscription_platform_tenant_target_digest_key ON public.subscription USING btree (platform, tenant, target, digest)
table tag: id bigint not null identity
table tag: key text not null
table tag: name text not null
table tag: kind text not null
table tag: rolled_up boolean not null default false
constraint tag: UNIQUE (key)
constraint tag: CHECK ((kind = ANY (ARRAY['genre'::text, 'style'::text, 'descriptor'::text, 'place'::text, 'name'::text, 'other'::text])))
constraint tag: PRIMARY KEY (id)
index CREATE INDEX tag_by_name ON public.tag USING gin (search_grams(name) gin_trgm_ops) WHERE rolled_up
index CREATE UNIQUE INDEX tag_key_key ON public.tag USING btree (key)
index CREATE UNIQUE INDEX tag_pkey ON public.tag USING btree (id)
table tag_alias: alias text not null
table tag_alias: tag_id bigint not null
constraint tag_alias: PRIMARY KEY (alias)
constraint tag_alias: FOREIGN KEY (tag_id) REFERENCES tag(id)
index CREATE UNIQUE INDEX tag_alias_pkey ON public.tag_alias USING btree (alias)
table tag_day: day date not null
table tag_day: country_code text not null
table tag_day: tag_id bigint not null
table tag_day: sales integer not null
table tag_day: counted integer not null
table tag_day: units integer not null
table tag_day: usd_cents bigint not null
constraint tag_day: PRIMARY KEY (day, country_code, tag_id)
index CREATE UNIQUE INDEX tag_day_pkey ON public.tag_day USING btree (day, country_code, tag_id)
table tag_hour: hour timestamp with time zone not null
table tag_hour: tag_id bigint not null
table tag_hour: sales integer not null
table tag_hour: counted integer not null
table tag_hour: units integer not null
table tag_hour: usd_cents bigint not null
constraint tag_hour: PRIMARY KEY (hour, tag_id)
index CREATE UNIQUE INDEX tag_hour_pkey ON public.tag_hour USING btree (hour, tag_id)
table tag_origin_day: day date not null
table tag_origin_day: origin_code text not null
table tag_origin_day: tag_id bigint not null
table tag_origin_day: sales integer not null
table tag_origin_day: counted integer not null
table tag_origin_day: units integer not null
table tag_origin_day: usd_cents bigint not null
constraint tag_origin_day: PRIMARY KEY (day, origin_code, tag_id)
index CREATE UNIQUE INDEX tag_origin_day_pkey ON public.tag_origin_day USING btree (day, origin_code, tag_id)
table tag_sale: tag_id bigint not null
table tag_sale: day date not null
table tag_sale: part bigint not null identity
table tag_sale: seconds integer[] not null
table tag_sale: countries smallint[] not null
table tag_sale: pages integer[] not null
table tag_sale: types "char"[] not null
table tag_sale: artists integer[] not null
table tag_sale: sellers integer[] not null
table tag_sale: sales smallint[] not null
table tag_sale: counted smallint[] not null
table tag_sale: units integer[] not null
table tag_sale: usd_cents bigint[] not null
constraint tag_sale: PRIMARY KEY (day, tag_id, part)
index CREATE UNIQUE INDEX tag_sale_pkey ON public.tag_sale USING btree (day, tag_id, part)
table trend_call: day date not null
table trend_call: tag_id bigint not null
table trend_call: lift double precision not null
table trend_call: low double precision not null
table trend_call: high double precision not null
constraint trend_call: PRIMARY KEY (day, tag_id)
constraint trend_call: FOREIGN KEY (tag_id) REFERENCES tag(id)
index CREATE UNIQUE INDEX trend_call_pkey ON public.trend_call USING btree (day, tag_id)
table window_read: from_at timestamp with time zone not null
table window_read: until_at timestamp with time zone not null
table window_read: source text not null
table window_read: read_at timestamp with time zone not null
constraint window_read: CHECK ((until_at > from_at))
constraint window_read: PRIMARY KEY (until_at, from_at)
constraint window_read: CHECK ((source = ANY (ARRAY['feed'::text, 'import'::text])))
index CREATE UNIQUE INDEX window_read_pkey ON public.window_read USING btree (until_at, from_at)
extension pg_trgm
extension unaccent
CREATE OR REPLACE FUNCTION public.art_of(url text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN NULLIF("left"(split_part(split_part(url, '/img/'::text, 2), '_'::text, 1), 16), ''::text)

CREATE OR REPLACE FUNCTION public.counted_block(at timestamp with time zone, shift integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (((((date_part('year'::text, (at AT TIME ZONE 'UTC'::text)) * (12)::double precision) + date_part('month'::text, (at AT TIME ZONE 'UTC'::text))) * (16)::double precision) + CASE WHEN ((date_part('isodow'::text, ((at AT TIME ZONE 'UTC'::text) - '07:00:00'::interval)) = (5)::double precision) AND (date_part('day'::text, ((at AT TIME ZONE 'UTC'::text) - '07:00:00'::interval)) <= (7)::double precision)) THEN (15)::double precision ELSE floor((((date_part('day'::text, (at AT TIME ZONE 'UTC'::text)) - (1)::double precision) + (shift)::double precision) / (3)::double precision)) END))::integer

CREATE OR REPLACE FUNCTION public.country_number(code text)
 RETURNS smallint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (COALESCE(((ascii(code) * 256) + ascii(substr(code, 2))), 0))::smallint

CREATE OR REPLACE FUNCTION public.country_of_number(number integer)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN (number > 0) THEN (chr((number / 256)) || chr((number % 256))) ELSE NULL::text END

CREATE OR REPLACE FUNCTION public.day_parts(from_at timestamp with time zone, until_at timestamp with time zone)
 RETURNS TABLE(day date, span tstzrange)
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select d::date, tstzrange(from_at, until_at) * tstzrange(d at time zone 'UTC', (d + interval '1 day') at time zone 'UTC')
  from generate_series(date_trunc('day', from_at at time zone 'UTC'), until_at at time zone 'UTC' - interval '1 microsecond', interval '1 day') as d
$function$

CREATE OR REPLACE FUNCTION public.detach_sales_before(instant timestamp with time zone)
 RETURNS SETOF text
 LANGUAGE plpgsql
AS $function$
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
end $function$

CREATE OR REPLACE FUNCTION public.ensure_sale_partition(instant timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
end $function$

CREATE OR REPLACE FUNCTION public.note_read_days()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'TRUNCATE' then
    truncate read_day;
  elsif tg_op = 'INSERT' then
    insert into read_day (day, spans)
    select day, range_agg(span) from changed, day_parts(from_at, until_at) group by day order by day
    on conflict (day) do update set spans = read_day.spans + excluded.spans;
  else
    delete from read_day where day in (select day from changed, day_parts(from_at, until_at));
    insert into read_day (day, spans)
    select touched.day, range_agg(part.span)
    from (select distinct day from changed, day_parts(from_at, until_at)) touched
    join window_read on from_at < (touched.day + 1)::timestamp at time zone 'UTC' and until_at > touched.day::timestamp at time zone 'UTC'
    cross join lateral day_parts(from_at, until_at) part
    where part.day = touched.day group by touched.day;
  end if;
  return null;
end $function$

CREATE OR REPLACE FUNCTION public.search_grams(name text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN (name ~ '^[ -~]*$'::text) THEN lower(name) ELSE search_letters(search_text(name)) END

CREATE OR REPLACE FUNCTION public.search_letters(name text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN CASE WHEN (name ~ '^[ -~]*$'::text) THEN name ELSE (SELECT string_agg(CASE WHEN (ascii(split.letter) < 128) THEN split.letter ELSE substr('abcdefghijklmnopqrstuvwxyz0123456789'::text, ((ascii(split.letter) % 36) + 1), 1) END, ''::text ORDER BY split.n) AS string_agg FROM regexp_split_to_table(search_letters.name, ''::text) WITH ORDINALITY split(letter, n)) END

CREATE OR REPLACE FUNCTION public.search_text(name text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN lower(unaccent('unaccent'::regdictionary, NORMALIZE(name, NFKC)))

