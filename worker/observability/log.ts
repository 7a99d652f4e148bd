/**
 * Every field a log line may carry: ids of things, codes, counts and durations. Never bodies, tokens, names, addresses, or who a person
 * is; who did what stands in the audit log. A field that is not here does not compile, and is dropped where types cannot see it.
 */
const FIELDS = [
  // where it happened
  'req',
  'org',
  'actor',
  'queue',
  'cron',
  'job',
  'attempt',
  'method',
  'route',
  'door',
  'source',
  'platform',
  'provider',
  'template',
  'by',
  // what came of it
  'outcome',
  'status',
  'code',
  'reason',
  'failure',
  'error',
  'message',
  'at',
  'kind',
  'isWhole',
  // how long and how much
  'ms',
  'dbMs',
  'dbCount',
  'callMs',
  'callCount',
  'longestMs',
  'bytes',
  'count',
  'n',
  'hours',
  'gap',
  'found',
  'table',
  'orders',
  'bodies',
  'queued',
  'searched',
  'neutralised',
  'missing',
  'drifted',
  'strays',
  'late',
  // which thing, by our own or a platform's id
  'account',
  'connectionId',
  'endpoint',
  'item',
  'launch',
  'link',
  'object',
  'session',
] as const;
type Field = (typeof FIELDS)[number];
export type LogFields = { [F in Field]?: string | number | boolean | null | undefined };
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, error: unknown, fields?: LogFields): void;
  with(fields: LogFields): Log;
}

const known: ReadonlySet<string> = new Set(FIELDS);
const allowed = (fields: LogFields): LogFields => Object.fromEntries(Object.entries(fields).filter(([name]) => known.has(name)));

/** One JSON line per event on the console, which is where Workers collect logs from. */
export function createLog(base: LogFields = {}): Log {
  const write = (level: 'info' | 'warn' | 'error', event: string, fields: LogFields) => {
    console[level](JSON.stringify({ ts: new Date().toISOString(), level, event, ...allowed(base), ...allowed(fields) }));
  };
  return {
    info: (event, fields = {}) => write('info', event, fields),
    warn: (event, fields = {}) => write('warn', event, fields),
    error: (event, error, fields = {}) => write('error', event, { ...describeError(error), ...fields }),
    with: (fields) => createLog({ ...base, ...fields }),
  };
}
/** Class, message and place of an error; a database error's message may quote values, so only its code is kept. */
export function describeError(error: unknown): {
  error: string;
  code?: string | undefined;
  message?: string | undefined;
  at?: string | undefined;
} {
  if (!(error instanceof Error)) return { error: typeof error };
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
  return {
    error: error.name,
    code,
    message: code ? undefined : error.message.slice(0, 300),
    // A message of several lines fills the stack's first ones, values and all.
    at: error.stack
      ?.slice(error.stack.indexOf(error.message) + error.message.length)
      .split('\n')
      .find((line) => /^\s+at /.test(line))
      ?.trim()
      .slice(0, 160),
  };
}
