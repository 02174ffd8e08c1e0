/** Tells what a migration that takes long is doing, or what it waits for, by asking on another connection. */
import type { Ambient } from '../ambient.ts';
import type { HasDb, Reader } from './connect.ts';

/** How often it is looked at; what holds a migration up is known by then. */
const LOOK_EVERY_MS = 500;

export interface Watch {
  /** What held it up when it was looked at last, for people; none before. */
  blockers(): string[];
  stop(): void;
}

interface State {
  /** Sessions that hold what it waits for; of another user's only that they are. */
  blockers: string[];
  waitsFor: string | null;
  /** Of an index that is being built. */
  building: { phase: string; percent: number | null } | null;
}

/** Watches the session `pid`, which applies `name`, and logs a line each `tellEveryMs`. */
export function watchMigration(
  { db, log }: HasDb & Pick<Ambient, 'log'>,
  { pid, name, tellEveryMs }: { pid: number; name: string; tellEveryMs: number },
): Watch {
  const began = performance.now();
  let [told, looking] = [began, false];
  let blockers: string[] = [];
  const look = async () => {
    const state = await stateOf(db, pid);
    if (!state) return;
    if (state.blockers.length > 0) blockers = state.blockers;
    const now = performance.now();
    if (now - told < tellEveryMs) return;
    told = now;
    const { waitsFor, building } = state;
    const seconds = Math.round((now - began) / 1000);
    log.info('migration-goes-on', { name, seconds, waitsFor, blockers: state.blockers, building });
  };
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    look()
      .catch(error => log.debug('migration-not-seen', { name, error }))
      .finally(() => {
        looking = false;
      });
  }, LOOK_EVERY_MS);
  return { blockers: () => blockers, stop: () => clearInterval(timer) };
}

/** A session as people know it: what program, what it does, since when. */
const SESSION = `format('%s (pid %s, %s since %s)', coalesce(nullif(application_name, ''), 'a session'), pid,
  coalesce(state, 'at work'),
  coalesce(to_char(state_change at time zone 'UTC', 'HH24:MI:SS "UTC"'), 'some time'))`;

async function stateOf(db: Reader, pid: number): Promise<State | undefined> {
  const [row] = await db<State[]>`
    select wait_event_type || ': ' || wait_event as "waitsFor",
      array(
        select ${db.unsafe(SESSION)} from pg_stat_activity where pid = any(pg_blocking_pids(${pid}))
      ) as blockers,
      (
        select jsonb_build_object('phase', phase, 'percent', round(100.0 * coalesce(
          nullif(blocks_done, 0)::numeric / nullif(blocks_total, 0),
          tuples_done::numeric / nullif(tuples_total, 0)
        )))
        from pg_stat_progress_create_index where pid = ${pid}
      ) as building
    from pg_stat_activity where pid = ${pid}`;
  return row;
}

/** Who holds the advisory lock of this name, for people. */
export async function holderOf(db: Reader, lock: string): Promise<string | null> {
  const [row] = await db<{ holder: string }[]>`
    select ${db.unsafe(SESSION)} as holder from pg_stat_activity where pid = (
      select pid from pg_locks where locktype = 'advisory' and granted and objsubid = 1
        and database = (select oid from pg_database where datname = current_database())
        and (classid::bigint << 32) | objid::bigint = hashtextextended(${lock}, 0) limit 1)`;
  return row?.holder ?? null;
}
