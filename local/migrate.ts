import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';

const FOLDER = path.resolve(import.meta.dirname, '../drizzle/migrations');

/** Applies what is not applied yet, each file in one transaction; returns the names applied. `apiPassword` is given to the Worker's login. */
export async function migrate(url: string, apiPassword: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const applied: string[] = [];
  try {
    await client.query('create table if not exists applied_migrations (name text primary key, at timestamptz not null default now())');
    for (const name of fs
      .readdirSync(FOLDER)
      .filter((file) => file.endsWith('.sql'))
      .sort()) {
      if ((await client.query('select from applied_migrations where name = $1', [name])).rowCount) continue;
      await applyMigration(client, name);
      applied.push(name);
    }
    await client.query(`alter role inlay_api password ${pg.escapeLiteral(apiPassword)}`);
  } finally {
    await client.end();
  }
  return applied;
}

/** A migration waits no longer than this for a lock: whoever works meanwhile must not be the one that a deadlock throws out, after a second. */
const LOCK_TIMEOUT = '250ms';
const TRIES = 60;
const NOT_NOW = new Set(['55P03', '40P01']);

/** One file in one transaction, beside the version before at work; what finds a lock taken lets go of its own and tries again. @throws naming the file */
export async function applyMigration(client: pg.Client, name: string): Promise<void> {
  for (let n = 1; ; n += 1) {
    await client.query('begin');
    try {
      await client.query(`set local lock_timeout = '${LOCK_TIMEOUT}'`);
      await client.query(fs.readFileSync(path.join(FOLDER, name), 'utf8'));
      await client.query('insert into applied_migrations (name) values ($1)', [name]);
      await client.query('commit');
      return;
    } catch (error) {
      await client.query('rollback');
      if (n === TRIES || !NOT_NOW.has((error as { code?: string }).code ?? ''))
        throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 200));
    }
  }
}
