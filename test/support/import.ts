/** Files to import, made of text or bytes, and all that a database holds afterwards. */
import type { Sql } from '../../src/db/connect.ts';
import { ROLLUPS } from '../../src/db/write/rollups.ts';
import type { ImportSource } from '../../src/etl/import-source.ts';

/** In chunks of `size` bytes, so that lines and characters are cut anywhere. */
export const sourceOf = (content: string | Uint8Array, size = 1000): ImportSource => {
  const bytes = Buffer.from(content as string);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  return { name: 'a file', size: bytes.length, bytes: chunks() };
};

/** Every sale with its names, in order; neither ids nor when anything was stored. */
export const salesIn = async (db: Sql) => [
  ...(await db`
    select sale.at, page.url, seller.host, item.type, item.package_image_id, item.title, item.album_title,
      artist.name as artist, sale.country_code, units, amount_minor, currency, amount_usd_cents,
      item_price_minor, checkout_at as checkout
    from sale
    join item on item.id = item_id
    join page on page.id = page_id
    join artist on artist.id = sale.artist_id
    join seller on seller.id = sale.seller_id
    order by sale.at, page.url, item.type`),
];

/** Everything a question can read, as text: equal where nothing changed. */
export async function contentOf(db: Sql): Promise<string> {
  const tables = await Promise.all([
    db`select * from data_version`,
    db`select * from country order by 1`,
    db`select * from seller order by 1`,
    db`select * from artist order by 1`,
    db`select * from artist_spelling order by 1, 2`,
    db`select * from page order by 1`,
    db`select * from item order by 1`,
    db`select * from tag order by 1`,
    db`select * from page_tag order by 1, 2`,
    db`select * from sale order by 1, 2`,
    db`select * from window_read order by 1, 2`,
    db`select * from reject order by 1`,
    ...ROLLUPS.map(table => db`select * from ${db(table)} order by 1, 2, 3`),
  ]);
  return JSON.stringify(tables, null, 1);
}
