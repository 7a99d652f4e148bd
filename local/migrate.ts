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
      await client.query('begin');
      try {
        await client.query(fs.readFileSync(path.join(FOLDER, name), 'utf8'));
        await client.query('insert into applied_migrations (name) values ($1)', [name]);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error });
      }
      applied.push(name);
    }
    await client.query(`alter role inlay_api password ${pg.escapeLiteral(apiPassword)}`);
  } finally {
    await client.end();
  }
  return applied;
}
