/**
 * The public history "1,000,000 Bandcamp sales" (components.one/datasets/bandcamp-sales, mirrored on Kaggle):
 * the rows of its CSV made into items of the feed, which they were before.
 */

/** Without these a row is no sale. */
const REQUIRED = ['utc_date', 'url', 'item_type', 'currency', 'amount_paid'];
const TEXTS = [
  'artist_name',
  'item_type',
  'item_description',
  'album_title',
  'slug_type',
  'currency',
  'country',
  'country_code',
  'url',
  'art_url',
];
const NUMBERS = [
  'utc_date',
  'amount_paid',
  'item_price',
  'amount_paid_usd',
  'art_id',
  'package_image_id',
  'releases',
  'addl_count',
];

/** What is no number stays text, which is refused with its reason where the item is read. */
const numeric = (text: string): number | string =>
  text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);

/**
 * Reads the header, whatever its order: a function from the cells of a row to the raw item, in which an empty
 * cell is null; null where this is not the header of that file.
 */
export function readHeader(
  header: readonly string[],
): ((cells: readonly string[]) => Record<string, unknown>) | null {
  const names = header.map(name => name.trim());
  if (!REQUIRED.every(name => names.includes(name))) return null;
  const columns = [...TEXTS, ...NUMBERS]
    .map(name => ({ name, index: names.indexOf(name), isNumber: NUMBERS.includes(name) }))
    .filter(({ index }) => index >= 0);
  return cells => {
    const item: Record<string, unknown> = {};
    for (const { name, index, isNumber } of columns) {
      const text = cells[index] ?? '';
      item[name] = text === '' ? null : isNumber ? numeric(text) : text;
    }
    return item;
  };
}
