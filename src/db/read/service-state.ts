/** How the pages' reading goes and which versions run, by counts that indexes answer. */
import type { Instant } from '../../core/time/instant.ts';
import type { Reader } from '../connect.ts';

const COUNTED_UP_TO = 100_000;

export interface PagesState {
  /**
   * Of many as PostgreSQL last estimated it: counting millions for a status would take longer than it is
   * worth.
   */
  pages: number;
  /** Due to be asked for. */
  waiting: number;
  /** Never read, with the tags that their artist's other pages have. */
  guessed: number;
}

export async function pagesState(db: Reader, now: Instant): Promise<PagesState> {
  const [row] = await db<PagesState[]>`
    select
      case
        when estimate.pages < ${COUNTED_UP_TO} then (select count(*) from page)
        else estimate.pages
      end as pages,
      (
        select count(*) from (
          select from page where next_ask_at is not null and next_ask_at <= ${now} limit ${COUNTED_UP_TO}
        ) due
      ) as waiting,
      (select count(*) from page where state in ('new', 'unreadable') and inferred_at is not null) as guessed
    from (select reltuples::bigint as pages from pg_class where oid = 'page'::regclass) estimate`;
  return row ?? { pages: 0, waiting: 0, guessed: 0 };
}

export interface Versions {
  /** The newest migration. */
  schema: string;
  postgres: string;
}

export async function versions(db: Reader): Promise<Versions> {
  const [row] = await db<Versions[]>`
    select coalesce((select max(name) from migration), '') as schema,
      split_part(current_setting('server_version'), ' ', 1) as postgres`;
  return row ?? { schema: '', postgres: '' };
}
