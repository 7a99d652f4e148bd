import { readFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectMeta } from '../../../testing/connect-meta.ts';
import { startWorker, type Member, type TestWorker } from '../../../testing/harness.ts';
import { nodeContext } from '../../../testing/node-context.ts';
import { addPerson } from '../../../testing/tenancy/add-person.ts';
import { createContext } from '../../../kernel/context.ts';
import { createKeyRing } from '../../../kernel/secret-box.ts';
import { NOBODYS, rewrapValues } from './rewrap-values.ts';
import { SEALED_COLUMNS } from './sealed-columns.ts';

const keyOf = (n: number) => Buffer.alloc(32, n).toString('base64');
const FIRST = { 1: keyOf(1) };
const BOTH = { 1: keyOf(1), 2: keyOf(2) };

let w: TestWorker;
let member: Member;
beforeAll(async () => {
  w = await startWorker({ demo: true, vars: { KEY_ENCRYPTION_KEYS: JSON.stringify(FIRST) } });
  member = await w.signUp();
  await connectMeta(w, member);
});
afterAll(() => w.stop());

/** A context that wraps with the second key; values from before it wrapped with the first. */
async function rotating(organizationId: string) {
  const node = await nodeContext(w, organizationId);
  const settings = { ...node.ports.settings, KEY_ENCRYPTION_KEYS: BOTH, KEY_ENCRYPTION_VERSION: 2 };
  const ports = { ...node.ports, settings, keyRing: createKeyRing(BOTH, 2) };
  return { ctx: createContext(ports, organizationId, { kind: 'job', job: 'test' }), close: () => node.close() };
}
const versions = async () =>
  (await w.db.query('select table_name, column_name, version, sum(n)::int as n from sealed_versions() group by 1, 2, 3 order by 1, 2, 3'))
    .rows as { table_name: string; column_name: string; version: number; n: number }[];

/** One value in each register's column that the product itself has not filled yet. */
async function fillColumns(organizationId: string): Promise<void> {
  const ring = createKeyRing(FIRST);
  const seal = (table: string, column: string, row: string) => ring.seal({ organizationId, table, column, row }, `secret of ${table}`);
  await w.db.query(
    `insert into webhook_endpoints (id, organization_id, url, events, secret, previous_secret) values ('whe_k', $1, 'https://r.example.com', '[]', $2, $3)`,
    [organizationId, await seal('webhook_endpoints', 'secret', 'whe_k'), await seal('webhook_endpoints', 'previous_secret', 'whe_k')],
  );
  await w.db.query(`insert into idempotency_keys (organization_id, key, request_hash, status, answer) values ($1, 'k', 'h', 200, $2)`, [
    organizationId,
    await seal('idempotency_keys', 'answer', 'k'),
  ]);
  await w.db.query(
    `insert into mails (id, organization_id, template, locale, state, sealed) values ('eml_k', $1, 'welcome', 'en', 'failed', $2), ('eml_n', 'none', 'welcome', 'en', 'failed', $2)`,
    [organizationId, await seal('mails', 'sealed', 'eml_k')],
  );
  await w.db.query(
    `insert into dead_letters (id, organization_id, job, input, cause, fingerprint, attempts) values ('dlt_k', 'system', 'x', $1, 'c', 'f', 1)`,
    [JSON.stringify({ sealed: await ring.seal({ organizationId: 'system', table: 'dead_letters', column: 'input', row: 'dlt_k' }, '{}') })],
  );
  await w.db.query(`update users set totp_secret = $2 where id = $1`, [member.userId, await seal('users', 'totp_secret', member.userId)]);
  await w.db.query(
    `insert into sign_in_states (state_hash, provider, nonce_hash, code_verifier, return_to, expires_at) values ('s', 'google', 'n', $1, '/', now())`,
    [await seal('sign_in_states', 'code_verifier', 's')],
  );
  await w.db.query(`update connections set refresh_token = $2 where organization_id = $1`, [
    organizationId,
    await seal('connections', 'refresh_token', 'x'),
  ]);
  await w.db.query(
    `insert into leads (id, organization_id, source, source_lead_id, contact, submitted_at, is_test) values ('led_k', $1, 'meta', 'k', $2, now(), true)`,
    [organizationId, await seal('leads', 'contact', 'led_k')],
  );
}

test('the register, the function that counts and the schema name the same columns', async () => {
  const { rows } = await w.db.query(`select pg_get_functiondef('sealed_versions()'::regprocedure) as text`);
  const counted = [...(rows[0].text as string).matchAll(/'(\w+)'(?: AS t)?, '(\w+)'(?: AS c)?,/g)].map(
    ([, table, column]) => `${table}.${column}`,
  );
  const known = SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`);
  expect(counted.toSorted()).toEqual([...known, 'organizations.wrapped_data_key'].toSorted());
});

test('every place that something is sealed to in the code stands in the register', async () => {
  const folder = path.resolve(import.meta.dirname, '../../..');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  );
  const tables = new Set<string>();
  for (const file of files)
    for (const [, table] of (await readFile(path.join(folder, file), 'utf8')).matchAll(/table: '(\w+)',\s*column\b/g))
      tables.add(table as string);
  expect(tables.size).toBeGreaterThan(5);
  expect([...tables].filter((table) => !SEALED_COLUMNS.some((one) => one.table === table))).toEqual([]);
});

test('after a rotation every value opens under the new key alone and none under the old', async () => {
  await fillColumns(member.organizationId);
  const filled = new Set((await versions()).map((row) => `${row.table_name}.${row.column_name}`));
  expect(SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`).filter((name) => !filled.has(name))).toEqual([]);
  expect((await versions()).every((row) => row.version === 1)).toBe(true);
  // No column outside the register holds what looks sealed.
  const { rows: columns } = await w.db.query(
    `select table_name, column_name from information_schema.columns where table_schema = 'public' and data_type in ('text', 'jsonb', 'json')`,
  );
  for (const { table_name: table, column_name: column } of columns) {
    const { rows } = await w.db.query(
      `select 1 from "${table}" where "${column}"::text ~ '(^|")v[12]\\.[0-9A-Za-z+/=]+\\.[^ ]+\\.' limit 1`,
    );
    if (rows.length > 0) expect(SEALED_COLUMNS.map((one) => `${one.table}.${one.column}`)).toContain(`${table}.${column}`);
  }

  const { rows: all } = await w.db.query(`select id from organizations`);
  let rewrapped = 0;
  for (const organizationId of [...all.map((row) => row.id as string), ...NOBODYS]) {
    const { ctx, close } = await rotating(organizationId);
    rewrapped += await rewrapValues(ctx);
    expect(await rewrapValues(ctx)).toBe(0);
    await close();
  }
  const after = await versions();
  expect(after.every((row) => row.version === 2)).toBe(true);
  expect(rewrapped).toBe(after.reduce((sum, row) => sum + row.n, 0));

  const { rows } = await w.db.query(`select id, access_token from connections where organization_id = $1`, [member.organizationId]);
  const place = { organizationId: member.organizationId, table: 'connections', column: 'access_token', row: rows[0].id as string };
  expect(await createKeyRing({ 2: keyOf(2) }).unseal(place, rows[0].access_token)).toMatch(/./);
  await expect(createKeyRing(FIRST).unseal(place, rows[0].access_token)).rejects.toThrow('not configured');
  await expect(createKeyRing({ 2: keyOf(1) }).unseal(place, rows[0].access_token)).rejects.toThrow();
});

test('a value that somebody replaces between look and write is theirs', async () => {
  const ring = createKeyRing(FIRST);
  const sealed = (plain: string) =>
    ring.seal({ organizationId: member.organizationId, table: 'webhook_endpoints', column: 'secret', row: 'whe_k' }, plain);
  await w.db.query(`update webhook_endpoints set secret = $1 where id = 'whe_k'`, [await sealed('old')]);
  const meanwhile = await sealed('new');
  const { ctx, close } = await rotating(member.organizationId);
  const { rewrap } = ctx.ports.keyRing;
  ctx.ports.keyRing.rewrap = async (value) => {
    await w.db.query(`update webhook_endpoints set secret = $1 where id = 'whe_k'`, [meanwhile]);
    return rewrap(value);
  };
  await rewrapValues(ctx);
  expect((await w.db.query(`select secret from webhook_endpoints where id = 'whe_k'`)).rows[0].secret).toBe(meanwhile);
  ctx.ports.keyRing.rewrap = rewrap;
  expect(await rewrapValues(ctx)).toBe(1);
  await close();
});

test('a value of before, under its organization’s own key, gets a key of its own', async () => {
  const { ctx, close } = await rotating(member.organizationId);
  const [{ wrapped_data_key: wrappedDataKey, key_version: keyVersion }] = (
    await w.db.query('select wrapped_data_key, key_version from organizations where id = $1', [member.organizationId])
  ).rows as [{ wrapped_data_key: string; key_version: number }];
  const place = { organizationId: member.organizationId, table: 'leads', column: 'contact', row: 'led_k' };
  const raw = await crypto.subtle.importKey('raw', Buffer.from(keyOf(2), 'base64'), 'AES-KW', false, ['unwrapKey']);
  const key = await crypto.subtle.unwrapKey('raw', Buffer.from(wrappedDataKey, 'base64'), raw, 'AES-KW', 'AES-GCM', true, ['encrypt']);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = Buffer.from(`${place.organizationId}|leads|contact|led_k`);
  const body = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, Buffer.from('of before'));
  expect(keyVersion).toBe(2);
  await w.db.query(`update leads set contact = $1 where id = 'led_k'`, [
    `v1.${Buffer.from(iv).toString('base64')}.${Buffer.from(body).toString('base64')}`,
  ]);
  expect((await versions()).filter((row) => row.version === 0)).toEqual([
    { table_name: 'leads', column_name: 'contact', version: 0, n: 1 },
  ]);
  expect(await rewrapValues(ctx)).toBe(1);
  const { rows } = await w.db.query(`select contact from leads where id = 'led_k'`);
  expect(await createKeyRing({ 2: keyOf(2) }).unseal(place, rows[0].contact)).toBe('of before');
  await close();
});

test('staff see what is left under which key and ask for the work; nobody else does', async () => {
  const staff = await addPerson(w, { organizationId: null, isStaff: true });
  const as = (token: string, method: string, address: string) =>
    fetch(w.origin + address, { method, headers: { authorization: `Bearer ${token}` } });
  // The Worker's newest key is still the first: what the tests above moved on counts as left.
  const seen = (await (await as(staff.token, 'GET', '/v1/staff/keys')).json()) as { newest: number; left: number; columns: unknown[] };
  expect(seen.newest).toBe(1);
  expect(seen.left).toBeGreaterThan(5);
  expect((await as(staff.token, 'POST', '/v1/staff/keys/rewrap')).status).toBe(202);
  expect((await as(member.token, 'GET', '/v1/staff/keys')).status).toBe(404);
  expect((await as(member.token, 'POST', '/v1/staff/keys/rewrap')).status).toBe(404);
});
