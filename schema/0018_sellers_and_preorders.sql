-- Who a seller is and where: what its pages say of their owner. Cities and regions by their keys (see
-- src/core/places/place.ts).
alter table seller add column name text;
alter table seller add column place text;
alter table seller add column city text;
alter table seller add column region text;
alter table seller add column country_code text;
create index seller_by_city on seller (city) where city is not null;
create index seller_by_region on seller (region) where region is not null;
create index seller_by_country on seller (country_code) where country_code is not null;
create index seller_by_name on seller using gin (search_grams(name) gin_trgm_ops) where name is not null;

-- Whether a page said that its release is yet to come; null where it said nothing.
alter table page add column is_preorder boolean;

-- What a seller sells.
create index page_by_seller on page (seller_id);
