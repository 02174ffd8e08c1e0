/** What sold most: artists, albums, tracks, merch, genres, countries or sellers, by units or by revenue. */
import type { Row } from '../core/answer.ts';
import type { BarsSpec } from '../core/chart-spec.ts';
import { countryName } from '../core/country.ts';
import { countOf, formatMoney } from '../core/numbers.ts';
import type { Reader } from '../db/connect.ts';
import { type AnswerBody, defineQuestion, type Frame, type Values } from './definition.ts';
import {
  choiceParameter,
  countryParameter,
  limitParameter,
  untilParameter,
  windowParameter,
  zoneParameter,
} from './parameters.ts';

const parameters = {
  kind: choiceParameter('What to rank', ['artist', 'album', 'track', 'merch', 'genre', 'country', 'seller']),
  by: choiceParameter('What counts', ['units', 'revenue']),
  window: windowParameter('7d'),
  country: countryParameter,
  limit: limitParameter(10, 100),
  until: untilParameter,
  zone: zoneParameter,
};
type Asked = Values<typeof parameters>;

interface Sold {
  name: string;
  nameUrl: string | null;
  /** Whose it is, for what an artist made. */
  artist: string | null;
  sales: number;
  units: number;
  /** US cents. */
  revenueUsd: number;
}

export const top = defineQuestion<typeof parameters, Sold[]>({
  name: 'top',
  title: 'Top sellers',
  summary: 'Which artists, albums, tracks, merch, genres, countries or sellers sold most, by units or revenue.',
  parameters,
  load,
  answer,
});

async function load({ db }: { db: Reader }, { kind, by, country, limit }: Asked, { window }: Frame): Promise<Sold[]> {
  const inWindow = db`sale.at >= ${window.from} and sale.at < ${window.until} ${country ? db`and sale.country_code = ${country}` : db``}`;
  const sums = db`count(*) as sales, sum(sale.units)::bigint as units, coalesce(sum(sale.amount_usd_cents), 0)::bigint as "revenueUsd"`;
  const order = db`order by ${by === 'units' ? db`units desc, "revenueUsd" desc` : db`"revenueUsd" desc, units desc`}, name limit ${limit}`;
  switch (kind) {
    case 'artist':
      return db<Sold[]>`
        select artist.name, 'https://' || mode() within group (order by seller.host) as "nameUrl", null as artist, ${sums}
        from sale join artist on artist.id = sale.artist_id join seller on seller.id = sale.seller_id
        where ${inWindow} and not artist.various group by artist.id ${order}`;
    case 'seller':
      return db<Sold[]>`
        select seller.host as name, 'https://' || seller.host as "nameUrl", null as artist, ${sums}
        from sale join seller on seller.id = sale.seller_id where ${inWindow} group by seller.id ${order}`;
    case 'country':
      return db<Sold[]>`
        select sale.country_code as name, null as "nameUrl", null as artist, ${sums}
        from sale where ${inWindow} and sale.country_code is not null group by 1 ${order}`;
    case 'genre':
      return db<Sold[]>`
        select tag.name, null as "nameUrl", null as artist, ${sums}
        from sale join item on item.id = sale.item_id join page_tag on page_tag.page_id = item.page_id join tag on tag.id = page_tag.tag_id
        where ${inWindow} and tag.kind in ('genre', 'style') group by tag.id ${order}`;
    default: {
      // An album's vinyl counts as the album: they share the page, which tells what it is of.
      const ofKind = {
        album: db`page.url like '%/album/%'`,
        track: db`page.url like '%/track/%'`,
        merch: db`item.type = 'p'`,
      }[kind];
      return db<Sold[]>`
        with sold as (
          select item.page_id, min(artist.name) as artist, max(item.title) filter (where item.type in ('a', 't')) as title,
            max(coalesce(item.album_title, item.title)) as album_title, ${sums}
          from sale join item on item.id = sale.item_id join page on page.id = item.page_id join artist on artist.id = sale.artist_id
          where ${inWindow} and ${ofKind} group by item.page_id
        )
        select coalesce(page.title, sold.title, sold.album_title) as name, page.url as "nameUrl", sold.artist, sales, units, "revenueUsd"
        from sold join page on page.id = sold.page_id ${order}`;
    }
  }
}

const PLURALS: Record<Asked['kind'], string> = {
  artist: 'artists',
  album: 'albums',
  track: 'tracks',
  merch: 'merch',
  genre: 'genres',
  country: 'countries',
  seller: 'sellers',
};

function answer({ kind, by, country, window }: Asked, sold: Sold[]): AnswerBody {
  const where = country ? ` in ${countryName(country)}` : '';
  const title = `Top ${PLURALS[kind]} by ${by}${where}`;
  const shown = (name: unknown): string => (kind === 'country' ? countryName(String(name)) : String(name));
  const made = ['album', 'track', 'merch'].includes(kind);
  const rows: Row[] = sold.map(({ artist, nameUrl, ...row }) => ({
    ...row,
    ...(nameUrl && { nameUrl }),
    ...(made && { artist }),
  }));
  const [first] = sold;
  const amount = (row: Sold): string =>
    by === 'units' ? countOf(row.units, 'unit') : formatMoney(row.revenueUsd, 'USD');
  const chart: BarsSpec | undefined = first && {
    kind: 'bars',
    title,
    unit: by === 'units' ? 'units sold' : 'revenue in US dollars',
    format: by === 'units' ? 'count' : 'usd',
    alt: `Bar chart of ${sold.length} ${PLURALS[kind]} by ${by} over ${window.text}; ${shown(first.name)} leads with ${amount(first)}.`,
    caption: by === 'units' ? 'Units sold' : 'Revenue in US dollars as Bandcamp converts it',
    series: [
      { label: by, points: sold.map(row => ({ x: shown(row.name), y: by === 'units' ? row.units : row.revenueUsd })) },
    ],
  };
  return {
    title,
    headline: first
      ? `${shown(first.name)}${made && first.artist ? ` by ${first.artist}` : ''} leads${where}: ${amount(first)}.`
      : `No sales${where} in this window.`,
    columns: [
      {
        key: 'name',
        label: kind === 'merch' ? 'Item' : `${kind[0]?.toUpperCase()}${kind.slice(1)}`,
        kind: kind === 'country' ? 'country' : kind === 'genre' ? 'genre' : 'link',
      },
      ...(made ? [{ key: 'artist', label: 'Artist', kind: 'text' as const }] : []),
      { key: 'sales', label: 'Sales', kind: 'count' },
      { key: 'units', label: 'Units', kind: 'count' },
      { key: 'revenueUsd', label: 'Revenue', kind: 'money', currency: 'USD' },
    ],
    rows,
    ...(chart && { chart }),
    followUps: [
      by === 'units'
        ? { label: 'By revenue', change: { by: 'revenue' } }
        : { label: 'By units', change: { by: 'units' } },
      ...(kind === 'artist'
        ? [{ label: 'Albums', change: { kind: 'album' } }]
        : [{ label: 'Artists', change: { kind: undefined } }]),
      ...(country ? [{ label: 'Worldwide', change: { country: undefined } }] : []),
    ],
  };
}
