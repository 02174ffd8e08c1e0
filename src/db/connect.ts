/**
 * A pool of connections by postgres.js, with instants as integer microseconds and bigints as safe integers.
 */
import postgres from 'postgres';
import { backOff } from '../core/back-off.ts';
import { parseInstant, toIso } from '../core/time/instant.ts';

/** The types that a query's values may have beyond postgres.js's own. */
export type Sql = postgres.Sql<Record<string, never>>;
/** Part of the dependencies of what uses the database. */
export interface HasDb {
  db: Sql;
}
/** What only reads, in or out of a transaction. */
export type Reader = postgres.ISql<Record<string, never>>;
/** A part of a query, to stand in another. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>;
/** A query that is sent when it is awaited, or goes in turn with others. */
export type Query<Row extends object> = postgres.PendingQuery<Row[]>;
export type Transaction = postgres.TransactionSql<Record<string, never>>;

/**
 * Sends statements of a transaction one behind the other without waiting for the answers between, which they
 * do not need: while the process is busy with other work each wait costs as long as that takes. The first
 * failure rejects, and fails those behind it.
 */
export const pipelined = (statements: readonly PromiseLike<unknown>[]): Promise<unknown> =>
  Promise.all(statements);

const TIMESTAMPTZ = 1184;
const DATE = 1082;
const INT8 = 20;

function parseBigint(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} is not a safe integer`);
  return value;
}

const types = {
  // Named `date` to take the place of postgres.js's own Date conversion, which drops the microseconds.
  date: {
    to: TIMESTAMPTZ,
    from: [TIMESTAMPTZ],
    serialize: (at: number | string) => (typeof at === 'number' ? toIso(at) : at),
    parse: parseInstant,
  },
  // A calendar day stays `YYYY-MM-DD`: as an instant it would need a zone.
  day: { to: DATE, from: [DATE], serialize: String, parse: String },
  bigint: { to: INT8, from: [INT8], serialize: String, parse: parseBigint },
};

export interface ConnectOptions {
  /** Connections at most. */
  max?: number;
  /** Shown in `pg_stat_activity`. */
  name?: string;
  /** Makes the sockets, in place of the driver. */
  socket?: (address: { host: string[]; port: number[]; path?: string | false }) => unknown;
  /** Closes a connection that has been idle for this long. */
  idleSeconds?: number;
  /** Server-side limit of a statement; a transaction may set its own. */
  statementMs?: number;
  /** Server-side limit of a transaction that waits for us. */
  idleInTransactionMs?: number;
}

/** In milliseconds: short, because queries wait for it. */
const RECONNECT = { first: 100, longest: 1_000, jitter: [0.5, 1], random: Math.random } as const;

/** Opens a pool on a `postgres:` address; it connects with the first query. End it with `sql.end()`. */
export function connect(
  url: string,
  {
    max = 10,
    name = 'bandcamp-tracker',
    socket,
    idleSeconds,
    statementMs,
    idleInTransactionMs,
  }: ConnectOptions = {},
): Sql {
  const options = {
    max,
    types,
    // In seconds; the driver counts from 0, a connection that closed without an error.
    backoff: (retries: number) => backOff({ ...RECONNECT, failures: retries + 1 }) / 1_000,
    onnotice: () => {},
    ...(socket && { socket }),
    ...(idleSeconds && { idle_timeout: idleSeconds }),
    connection: {
      application_name: name,
      TimeZone: 'UTC',
      DateStyle: 'ISO',
      ...(statementMs && { statement_timeout: statementMs }),
      ...(idleInTransactionMs && { idle_in_transaction_session_timeout: idleInTransactionMs }),
    },
  };
  return postgres(url, options) as unknown as Sql;
}

/**
 * A client of one connection to the same database, for what lives and dies with its session: `onClose` is
 * called when it is lost, `onNotify` at each notification. With `silenceMs` the server ends the session after
 * so long without a word: a frozen process would keep it for ever. (postgres.js reconnects silently, and the
 * connections that its `reserve` hands out break with their backend: issue 1208 there.)
 */
export function dedicated(
  db: Sql,
  { silenceMs = 0, onClose, onNotify }: { silenceMs?: number; onClose: () => void; onNotify?: () => void },
): Sql {
  const options = {
    ...db.options,
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    onclose: onClose,
    ...(onNotify && { onnotify: onNotify }),
    connection: { ...db.options.connection, idle_session_timeout: silenceMs },
  };
  return postgres(
    options as unknown as postgres.Options<Record<string, postgres.PostgresType>>,
  ) as unknown as Sql;
}
