import { neon, neonConfig } from '@neondatabase/serverless';
import Argon2 from '@phi-ag/argon2';
import wasm from '@phi-ag/argon2/argon2.wasm';
import { Hono } from 'hono';

interface Env {
  DATABASE_URL: string;
  NEON_LOCAL_PROXY: string;
  ORGANIZATION: string;
}

/** What a request costs that does nothing but ask the database once, and what a password costs without anything around it. */
const app = new Hono<{ Bindings: Env }>();

app.get('/read', async (c) => {
  neonConfig.fetchEndpoint = () => `http://${c.env.NEON_LOCAL_PROXY}/sql`;
  const sql = neon(c.env.DATABASE_URL);
  const [, rows] = await sql.transaction([
    sql`select set_config('app.organization_id', ${c.env.ORGANIZATION}, true)`,
    sql`select * from connections where organization_id = ${c.env.ORGANIZATION} order by created_at`,
  ]);
  return c.json({ connections: rows });
});

// The cost the product's passwords have.
const PASSWORD = 'a password of the bench';
let made: Promise<{ argon2: Argon2; encoded: string }> | undefined;
app.get('/password', async (c) => {
  made ??= WebAssembly.instantiate(wasm).then((instance) => {
    const argon2 = new Argon2(instance);
    return { argon2, encoded: argon2.hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 }).encoded };
  });
  const { argon2, encoded } = await made;
  return c.json({ right: argon2.tryVerify(encoded, PASSWORD).success });
});

export default app;
