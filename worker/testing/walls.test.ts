import { afterAll, beforeAll, expect, test } from 'vitest';
import pg from 'pg';
import { startWorker, type TestWorker } from './harness.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker();
});
afterAll(() => w.stop());

/** Rows that are not an organization's: looked up by a secret's hash before anybody is known. */
const PERSONAL = ['sessions', 'authorization_codes'];

test('every table with an organization has row level security, forced, with USING and WITH CHECK on the tenant setting', async () => {
  const { rows } = await w.db.query(`
    select c.table_name, t.relrowsecurity as enabled, t.relforcerowsecurity as forced, p.qual, p.with_check
    from information_schema.columns c join pg_class t on t.relname = c.table_name and t.relnamespace = 'public'::regnamespace
    left join pg_policies p on p.tablename = c.table_name and p.policyname in ('tenant', 'person')
    where c.table_schema = 'public' and c.column_name = 'organization_id'`);
  expect(rows.length).toBeGreaterThan(25);
  for (const row of rows) {
    expect(row, row.table_name).toMatchObject({ enabled: true, forced: true });
    if (PERSONAL.includes(row.table_name)) continue;
    expect(row.qual, row.table_name).toContain(`current_setting('app.organization_id'`);
    expect(row.with_check, row.table_name).toContain(`current_setting('app.organization_id'`);
  }
});

/** Tables of people and of nobody: read by a secret's hash, a mailbox or a number before an organization is known, or counting strangers. */
const NO_TENANT = [
  'consents',
  'external_identities',
  'one_time_tokens',
  'platform_deletions',
  'recovery_codes',
  'refresh_tokens',
  'sign_in_challenges',
  'sign_in_failures',
  'sign_in_states',
  'totp_uses',
  'users',
  'webhook_refusals',
];
/** Tables without a wall inside the organization, and what a client's login does there. */
const OPEN_TO_CLIENTS: Readonly<Record<string, string>> = {
  authorization_codes: 'signs in to the extension',
  connections: 'is told whether its own accounts are connected',
  digests: 'gets the week of its own accounts',
  idempotency_keys: 'keeps its own answers, sealed',
  inbox: 'ids of deliveries',
  outbox: 'asks for work as everybody does',
  sessions: 'its own',
  webhook_endpoints: 'who leaves is told to whoever asked to be told',
  webhook_events: 'who leaves is told to whoever asked to be told',
  webhook_deliveries: 'who leaves is told to whoever asked to be told',
  webhook_attempts: 'times and statuses of calls',
};

test('every table there is stands behind the wall of an organization, or on the list of those that are nobody’s', async () => {
  const { rows } = await w.db.query(`
    select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as walled,
      exists (select from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname and p.policyname = 'client' and p.permissive = 'RESTRICTIVE') as closed,
      c.relname = 'organizations' or exists (select from information_schema.columns i where i.table_schema = 'public' and i.table_name = c.relname and i.column_name = 'organization_id') as tenant
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relname <> 'applied_migrations' order by 1`);
  expect(rows.filter((row) => !row.tenant).map((row) => row.name)).toEqual(NO_TENANT);
  const tenant = rows.filter((row) => row.tenant);
  expect(tenant.filter((row) => !row.walled).map((row) => row.name)).toEqual([]);
  expect(tenant.filter((row) => !row.closed && row.name !== 'organizations').map((row) => row.name)).toEqual(
    Object.keys(OPEN_TO_CLIENTS).toSorted(),
  );
});

test("as the Worker's role without a setting every organization's table is empty, and nothing can be written into it", async () => {
  const member = await w.signUp();
  await w.until('the outbox has rows', async () => (await w.db.query('select 1 from outbox')).rowCount);
  const {
    rows: [{ database, port }],
  } = await w.db.query(`select current_database() as database, inet_server_port() as port`);
  const api = new pg.Client({ connectionString: `postgres://inlay_api:inlay_api@127.0.0.1:${port}/${database}` });
  await api.connect();
  const { rows: tables } = await w.db.query(
    `select distinct c.table_name as name from information_schema.columns c join pg_class k on k.relname = c.table_name and k.relkind = 'r' and k.relnamespace = 'public'::regnamespace
     where c.table_schema = 'public' and c.column_name = 'organization_id' order by 1`,
  );
  for (const { name } of tables) {
    if (PERSONAL.includes(name)) continue;
    expect((await api.query(`select 1 from "${name}" limit 1`)).rowCount, name).toBe(0);
    // Settings of a client or person alone open nothing either. Memberships are a person's own.
    await api.query('begin');
    await api.query(`select set_config('app.client_id', 'cli_x', true), set_config('app.user_id', $1, true)`, [member.userId]);
    expect((await api.query(`select 1 from "${name}" limit 1`)).rowCount, name).toBe(name === 'memberships' ? 1 : 0);
    const changed = await api.query(`update "${name}" set organization_id = organization_id`).then(
      (done) => done.rowCount,
      (error: pg.DatabaseError) => error.code,
    );
    expect([0, '42501'], name).toContain(changed);
    await api.query('rollback');
  }
  await api.end();
});

test("the Worker's role owns nothing, cannot bypass the walls and cannot rewrite what is append only", async () => {
  const {
    rows: [role],
  } = await w.db.query(`select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = 'inlay_api'`);
  expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false });
  const { rows: owned } = await w.db.query(
    `select relname from pg_class where relowner = (select oid from pg_roles where rolname = 'inlay_api')`,
  );
  expect(owned).toEqual([]);
  const { rows: rewritable } = await w.db.query(
    `select table_name, privilege_type from information_schema.role_table_grants where grantee = 'inlay_api' and table_name in ('audit_log', 'credits', 'commission_postings', 'affiliate_program_rules', 'launch_events') and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')`,
  );
  expect(rewritable).toEqual([]);
});

/** As the Worker's role, what got through the walls between two organizations; nothing when they stand. */
async function crossings(world: TestWorker): Promise<string[]> {
  const [a, b] = [await world.signUp(), await world.signUp()];
  const {
    rows: [{ database, port }],
  } = await world.db.query(`select current_database() as database, inet_server_port() as port`);
  const api = new pg.Client({ connectionString: `postgres://inlay_api:inlay_api@127.0.0.1:${port}/${database}` });
  await api.connect();
  const crossed: string[] = [];
  const seen = async () => (await api.query<{ id: string }>('select id from organizations')).rows.map((row) => row.id);
  const asA = async () => {
    await api.query('begin');
    await api.query(`select set_config('app.organization_id', $1, true)`, [a.organizationId]);
  };
  if ((await seen()).length > 0) crossed.push('no setting sees somebody');
  await asA();
  const own = await seen();
  await api.query('commit');
  expect(own).toContain(a.organizationId);
  if (own.length > 1) crossed.push('one organization sees another');
  // A pooled session that was used before: the setting is gone with the transaction.
  if ((await seen()).length > 0) crossed.push('a used session sees somebody');
  await asA();
  const written = await api
    .query(`insert into outbox (id, organization_id, job, input, not_before) values ('obx_x', $1, 'x', '{}', now())`, [b.organizationId])
    .then(
      () => true,
      (error: pg.DatabaseError) => {
        expect(error.code).toBe('42501');
        return false;
      },
    );
  if (written) crossed.push("another's row is written");
  await api.query('rollback');
  await api.end();
  return crossed;
}

test('what answers across organizations belongs to the router, has a fixed search path, and is callable by the Worker alone', async () => {
  const { rows } = await w.db.query(`
    select p.proname as name, r.rolname as owner, p.proconfig as config, has_function_privilege('public', p.oid, 'execute') as anybody,
      has_function_privilege('inlay_api', p.oid, 'execute') as worker
    from pg_proc p join pg_roles r on r.oid = p.proowner where p.prosecdef and p.pronamespace = 'public'::regnamespace`);
  expect(rows.map((row) => row.name)).toEqual(expect.arrayContaining(['route_connection', 'due_launches', 'due_sweeps', 'due_listings']));
  const ERASERS = ['erase_organization', 'erase_person', 'purge_expired'];
  for (const row of rows)
    expect(row, row.name).toMatchObject({
      owner: ERASERS.includes(row.name) ? 'inlay_eraser' : 'inlay_router',
      config: ['search_path=public'],
      anybody: false,
      worker: true,
    });
  const { rows: rights } = await w.db.query(
    `select has_schema_privilege(rolname, 'public', 'create') as creates, rolcanlogin as logs_in from pg_roles where rolname in ('inlay_router', 'inlay_eraser')`,
  );
  expect(rights).toEqual([
    { creates: false, logs_in: false },
    { creates: false, logs_in: false },
  ]);
});

test("as the Worker's role: no setting sees nothing, one organization sees its own, writing another's row fails", async () => {
  expect(await crossings(w), 'through the walls').toEqual([]);
});

test('with row level security gone the same look finds every crossing: mutant no-rls', async () => {
  const mutant = await startWorker({ vars: { INLAY_MUTANT: 'no-rls' } });
  try {
    expect(await crossings(mutant)).toEqual([
      'no setting sees somebody',
      'one organization sees another',
      'a used session sees somebody',
      "another's row is written",
    ]);
  } finally {
    await mutant.stop();
  }
});

test("credits that do not add up to an order's net are refused at commit", async () => {
  const { organizationId } = await w.signUp();
  const order = (id: string, net: number) =>
    w.db.query(
      `insert into orders (id, organization_id, source, shop, source_order_id, name, source_updated_at, currency, gross_minor, net_minor, lines, discount_codes, attributes, is_test, financial_status, placed_at)
    values ($1, $2, 'shopify', 's', $1, $1, now(), 'EUR', $3, $3, '[]', '[]', '{}', false, 'paid', now())`,
      [id, organizationId, net],
    );
  const credit = (id: string, orderId: string, amount: number) =>
    w.db.query(
      `insert into credits (id, organization_id, order_id, model, share, amount_minor, currency, cash_day) values ($1, $2, $3, 'last', 'unmatched', $4, 'EUR', '2026-01-01')`,
      [id, organizationId, orderId, amount],
    );
  const commit = async (work: () => Promise<unknown>) => {
    await w.db.query('begin');
    await work();
    return w.db.query('commit').then(
      () => 'committed',
      (error: pg.DatabaseError) => error.code,
    );
  };
  expect(
    await commit(async () => {
      await order('o1', 1000);
      await credit('c1', 'o1', 999);
    }),
  ).toBe('23514');
  expect(await commit(() => order('o2', 1000))).toBe('23514');
  expect(
    await commit(async () => {
      await order('o3', 1000);
      await credit('c3', 'o3', 1000);
    }),
  ).toBe('committed');
  expect(await commit(() => w.db.query(`update orders set net_minor = 900 where id = 'o3'`))).toBe('23514');
});
