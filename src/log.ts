/** Structured log: one JSON object a line on stderr, so that stdout stays the answer's. */

export const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type Level = (typeof LEVELS)[number];

/** `event` is a stable kebab-case name; `fields` are the facts. */
export type Log = Record<Level, (event: string, fields?: Record<string, unknown>) => void>;

const plain = (_key: string, value: unknown): unknown =>
  value instanceof Error
    ? { ...value, name: value.name, message: value.message, stack: value.stack }
    : typeof value === 'bigint'
      ? String(value)
      : value;

export function createLog(
  level: Level | 'silent',
  write: (line: string) => void = line => process.stderr.write(line),
): Log {
  const least = level === 'silent' ? LEVELS.length : LEVELS.indexOf(level);
  const at =
    (name: Level) =>
    (event: string, fields: Record<string, unknown> = {}) => {
      if (LEVELS.indexOf(name) < least) return;
      write(`${JSON.stringify({ at: new Date().toISOString(), level: name, event, ...fields }, plain)}\n`);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

export const silentLog: Log = createLog('silent');
