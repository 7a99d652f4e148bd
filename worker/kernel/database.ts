import { neon, NeonDbError, neonConfig, Pool } from '@neondatabase/serverless';
import { sql, type SQL } from 'drizzle-orm';
import { drizzle as overHttp } from 'drizzle-orm/neon-http';
import { drizzle as overSocket } from 'drizzle-orm/neon-serverless';
import * as schema from '#schema/index.ts';
import { measure, type Trace } from '../observability/trace.ts';
import { AppError } from './errors.ts';

const options = { schema, casing: 'snake_case' } as const;
const httpDb = (url: string) => overHttp(neon(url), options);
const socketDb = (pool: Pool) => overSocket(pool, options);

/** A drizzle query builder over HTTP: build one statement and hand it over without awaiting it. */
export type Reader = ReturnType<typeof httpDb>;
export type SqlTransaction = Parameters<Parameters<ReturnType<typeof socketDb>['transaction']>[0]>[0];

/** Postgres as one organization (or one person) sees it. Every statement runs inside the walls of row level security. */
export interface WalledDatabase {
  /** One statement, one round trip. */
  read<T>(build: (q: Reader) => PromiseLike<T>): Promise<T>;
  /** An interactive transaction on its own connection; commits when `work` returns, rolls back when it throws. */
  transaction<T>(work: (tx: SqlTransaction) => Promise<T>): Promise<T>;
}
/** Who looks: an organization, a person, and inside the organization the one client whose ad accounts may be seen. */
export interface Scope {
  organizationId?: string;
  userId?: string;
  clientId?: string;
}
export interface Database {
  within(scope: Scope): WalledDatabase;
  /** The same connections, with what is waited for noted in a trace. */
  traced(trace: Trace): Database;
  /** Ends the connections of this request or batch; never throws. */
  close(): Promise<void>;
}

/** Settings of row level security, local to the transaction: a session SET would leak to the pooler's next client. */
const walls = (scope: Scope): SQL =>
  sql`select set_config('app.organization_id', ${scope.organizationId ?? ''}, true), set_config('app.user_id', ${scope.userId ?? ''}, true), set_config('app.client_id', ${scope.clientId ?? ''}, true)`;

/**
 * The only place that knows how Postgres is reached: Neon's HTTP door for single statements, one WebSocket pool per request for
 * transactions (a pool may not outlive its request in workerd). Locally both doors are a proxy in front of embedded Postgres.
 */
export function openDatabase(env: { DATABASE_URL: string; NEON_LOCAL_PROXY?: string | undefined }): Database {
  if (env.NEON_LOCAL_PROXY) {
    const proxy = env.NEON_LOCAL_PROXY;
    neonConfig.wsProxy = () => `${proxy}/v2`;
    neonConfig.useSecureWebSocket = false;
    neonConfig.fetchEndpoint = () => `http://${proxy}/sql`;
  }
  const http = httpDb(env.DATABASE_URL);
  let pool: Pool | undefined;
  const connect = (): Pool => {
    if (!pool) {
      // Cloudflare lets six connections wait at a time; two stay free for fetches.
      pool = new Pool({ connectionString: env.DATABASE_URL, max: 4 });
      // A socket that drops while idle must not become an uncaught exception; the next query fails by itself.
      pool.on('error', () => undefined);
    }
    return pool;
  };
  const opened = (noted: Noted): Database => ({
    within: (scope) => ({
      async read(build) {
        const query = build(http);
        const [, result] = await noted('read', () => http.batch([http.execute(walls(scope)), query as never])).catch((error: unknown) => {
          throw isAnswer(error) ? error : outOfReach(error);
        });
        return result as Awaited<typeof query>;
      },
      async transaction(work) {
        let hasBegun = false;
        try {
          return await noted('transaction', () =>
            socketDb(connect()).transaction(async (tx) => {
              await tx.execute(walls(scope));
              hasBegun = true;
              return work(tx);
            }),
          );
        } catch (error) {
          // Once work has begun a broken connection may have committed: that is no plain "not now".
          throw hasBegun || isAnswer(error) ? error : outOfReach(error);
        }
      },
    }),
    traced: (trace) => opened((name, work) => measure(trace, 'db', name, work)),
    async close() {
      await pool?.end().catch(() => undefined);
    },
  });
  return opened((_name, work) => work());
}

type Noted = <T>(name: 'read' | 'transaction', work: () => Promise<T>) => Promise<T>;

/** Postgres itself spoke: its errors carry a SQLSTATE of five signs, a door that nobody opens has none. */
function isAnswer(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code: unknown = 'code' in at ? at.code : undefined;
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return !/^(57P0[1-5]|53300|08\d{3})$/.test(code);
    if (at instanceof NeonDbError) return false;
  }
  return false;
}

const outOfReach = (cause: unknown): DatabaseAway => new DatabaseAway(cause);

/** Postgres could not be asked: nothing of the work at hand is to blame. */
export class DatabaseAway extends AppError {
  constructor(cause: unknown) {
    super('unavailable', 'Our database cannot be reached right now. Try again in a moment; nothing you have stored is lost.', {
      cause,
      retryAfterSeconds: 5,
    });
  }
}
