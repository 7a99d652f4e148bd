import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import * as schema from '#schema/index.ts';
import type { Database, Reader, Scope, SqlTransaction } from '../../kernel/database.ts';

const options = { schema, casing: 'snake_case' } as const;
/** More than any simulated Worker has at once; Postgres shares them fairly. */
const CONNECTIONS = 24;

/**
 * Postgres itself, without Neon's doors in front of it: in one process with the simulation they would take most of its time. The walls are
 * the same, set inside of each transaction.
 */
export function openSimDatabase(url: string): Database {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS });
  pool.on('error', () => undefined);
  const inTransaction = async <T>(scope: Scope, work: (db: ReturnType<typeof onClient>) => PromiseLike<T>): Promise<T> => {
    const client = await pool.connect();
    try {
      await client.query(begin(scope));
      const result = await work(onClient(client));
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  };
  const database: Database = {
    within: (scope) => ({
      read: (build) => inTransaction(scope, (db) => build(db as unknown as Reader)),
      transaction: (work) => inTransaction(scope, (db) => work(db as unknown as SqlTransaction)),
    }),
    traced: () => database,
    close: () => pool.end(),
  };
  return database;
}

/** Making one costs more than most statements, and a pool has few clients. */
const known = new WeakMap<pg.PoolClient, ReturnType<typeof fresh>>();
const fresh = (client: pg.PoolClient) => drizzle(client, options);
function onClient(client: pg.PoolClient): ReturnType<typeof fresh> {
  const db = known.get(client) ?? fresh(client);
  known.set(client, db);
  return db;
}

const begin = ({ organizationId = '', userId = '', clientId = '' }: Scope): string =>
  `begin; select set_config('app.organization_id', ${pg.escapeLiteral(organizationId)}, true), set_config('app.user_id', ${pg.escapeLiteral(userId)}, true), set_config('app.client_id', ${pg.escapeLiteral(clientId)}, true)`;
