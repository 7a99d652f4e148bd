import { execFile } from 'node:child_process';
import { createHash, createHmac, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import * as contracts from '#shared/contracts/privacy.ts';
import { localVars } from '../../../local/local-secrets.ts';
import { connectShop, deliver } from '../../testing/connect-shop.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';
import { approve, draftLaunch, rest } from '../../testing/launch-kit.ts';
import { nodeContext } from '../../testing/node-context.ts';
import { importOrganization } from './copies/import-organization.ts';
import { EXPORTED, LEFT_OUT } from './register.ts';
import { RETENTION_DAYS } from './retention/terms.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker();
});
afterAll(() => w.stop());

const rows = async (text: string, ...values: unknown[]) => (await w.db.query(text, values)).rows;
const tenantTables = async (): Promise<string[]> =>
  (
    await rows(
      `select table_name from information_schema.columns c join pg_class k on k.relname = c.table_name and k.relkind = 'r' and k.relnamespace = 'public'::regnamespace
       where c.table_schema = 'public' and c.column_name = 'organization_id' order by 1`,
    )
  ).map((row) => row.table_name as string);
/** How many rows of an organization each table holds; tables without any are left out. */
async function held(organizationId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of await tenantTables()) {
    const [row] = await rows(`select count(*)::int as n from "${table}" where organization_id = $1`, organizationId);
    if (row.n > 0) counts[table] = row.n;
  }
  const [own] = await rows('select count(*)::int as n from organizations where id = $1', organizationId);
  if (own.n > 0) counts['organizations'] = own.n;
  return counts;
}
const pathOf = (url: string) => new URL(url).pathname + new URL(url).search;
const makeDue = (subject: string) =>
  w.db.query(`update deletion_requests set due_at = now() - interval '1 second' where subject = $1`, [subject]);
/** The five minutes in which deletions are looked for. */
const sweep = () => w.runCron(new Date(Math.ceil(Date.now() / 300_000) * 300_000));
const done = (subject: string) =>
  w.until(
    'the deletion is done',
    async () => (await rows('select report from deletion_requests where subject = $1 and done_at is not null', subject))[0],
  );

interface Copy {
  organizationId: string;
  organization: Record<string, unknown>;
  people: { email: string }[];
  tables: Record<string, Record<string, unknown>[]>;
  files: { key: string; bytes: number }[];
}
async function copyOf(member: Member): Promise<{ copy: Copy; text: string; url: string; id: string }> {
  const asked = await member.api.call(contracts.exportOrganization, {});
  expect(asked).toMatchObject({ kind: 'organization', state: 'queued', url: null });
  const ready = await w.until('the copy is ready', async () =>
    (await member.api.call(contracts.listOrganizationExports, {})).exports.find((one) => one.id === asked.id && one.state === 'ready'),
  );
  const file = await fetch(w.origin + pathOf(ready.url as string));
  expect(file.status).toBe(200);
  expect(Object.fromEntries(file.headers)).toMatchObject({
    'content-type': 'application/json',
    'x-content-type-options': 'nosniff',
    'cache-control': expect.stringContaining('no-store'),
    'content-disposition': expect.stringContaining('attachment'),
  });
  const text = await file.text();
  expect({ bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') }).toEqual({
    bytes: ready.bytes,
    sha256: ready.sha256,
  });
  return { copy: JSON.parse(text) as Copy, text, url: ready.url as string, id: asked.id };
}

test('every table with an organization is in the copy or says why not, can be erased, and no rule is about a table that is gone', async () => {
  const tables = await tenantTables();
  expect(tables.filter((table) => EXPORTED.every((entry) => entry.table !== table) && !(table in LEFT_OUT))).toEqual([]);
  expect([...EXPORTED.map((entry) => entry.table), ...Object.keys(LEFT_OUT)].filter((table) => !tables.includes(table))).toEqual([]);
  const unreachable = [];
  for (const table of tables) {
    const [row] = await rows(
      `select has_table_privilege('inlay_eraser', $1, 'delete') as may, exists (select from pg_policies where tablename = $1 and policyname = 'eraser') as passes`,
      table,
    );
    if (!row.may || !row.passes) unreachable.push(table);
  }
  expect(unreachable).toEqual([]);
  for (const { table, key, omit = [], opened = [] } of EXPORTED) {
    const columns = (await rows(`select column_name from information_schema.columns where table_name = $1`, table)).map(
      (row) => row.column_name,
    );
    for (const name of [...key, ...omit, ...opened]) expect(columns, `${table}.${name}`).toContain(name);
    // A column that sounds like a secret is left out by name.
    const secrets = columns.filter((name: string) => /secret|token|password|hash$|sealed|wrapped/.test(name) && !omit.includes(name));
    expect(secrets.map((name: string) => `${table}.${name}`).filter((name) => !HARMLESS.includes(name))).toEqual([]);
  }
});
/** They sound like secrets and are none: content hashes, and marks inside names that platforms show. */
const HARMLESS = [
  'launches.plan_hash',
  'launches.approved_plan_hash',
  'launch_approvals.plan_hash',
  'launch_items.spec_hash',
  'launch_items.client_token',
  'launch_attempts.request_hash',
  'stray_objects.client_token',
];

test('an organization is copied, erased to the last row and file, and brought back as it was', { timeout: 90_000 }, async () => {
  const SHOP = 'privacy-copy.myshopify.com';
  const { member, launch } = await draftLaunch(w, { adSets: 1, concepts: 1 });
  await approve(member, launch);
  await rest(w, member, launch, ['verified'], 40_000);
  await connectShop(w, member, SHOP);
  const [ad] = await rows(`select external_id from launch_items where organization_id = $1 and kind = 'ad'`, member.organizationId);
  w.sandbox.meta.addLead({
    formId: '108000000000001',
    adId: ad.external_id,
    fields: { email: 'lead-77@example.com', full_name: 'Lead Seventyseven' },
  });
  await deliver(w, SHOP, 'orders/create', {
    id: 770_001,
    name: '#770001',
    currency: 'EUR',
    created_at: '2026-11-20T10:00:00Z',
    updated_at: '2026-11-20T10:00:00Z',
    financial_status: 'paid',
    test: false,
    taxes_included: false,
    email: 'lead-77@example.com',
    customer: { id: 770_002, email: 'lead-77@example.com' },
    line_items: [{ id: 1, title: 'Lamp', price: '100.00', quantity: 1, discount_allocations: [], tax_lines: [] }],
    refunds: [],
  });
  await w.until(
    'lead and order',
    async () => {
      const counts = await held(member.organizationId);
      return counts['leads'] && counts['orders'] && counts['credits'];
    },
    20_000,
  );
  await w.until('work is done', async () => (await rows('select 1 from outbox where published_at is null')).length === 0);

  const before = await copyOf(member);
  expect(before.copy.tables['leads']?.[0]).toMatchObject({ contact: { email: 'lead-77@example.com' } });
  expect(before.copy.people).toMatchObject([{ email: member.email }]);
  expect(before.copy.files.length).toBeGreaterThan(0);
  expect(before.text).not.toMatch(/"v[12]\.\d/);
  for (const table of ['launches', 'launch_items', 'orders', 'credits', 'people', 'audit_log', 'connections'])
    expect(before.copy.tables[table]?.length, table).toBeGreaterThan(0);
  await w.until('a mail tells', async () =>
    w.sandbox.mailbox.mails.some((mail) => mail.to.includes(member.email) && mail.text?.includes('/settings/data')),
  );
  expect(w.sandbox.mailbox.mails.some((mail) => mail.text?.includes('/file?'))).toBe(false);

  // The address is good for its file, its time and nothing else.
  const link = new URL(before.url);
  for (const spoil of [
    (url: URL) => url.searchParams.set('until', String(Date.now() + 10 * 86_400_000)),
    (url: URL) => url.searchParams.set('mac', 'x'.repeat(43)),
    (url: URL) => (url.pathname = url.pathname.replace(before.id, 'exp_00000000000000000000000000')),
  ]) {
    const other = new URL(link);
    spoil(other);
    expect((await fetch(w.origin + pathOf(other.href))).status).toBe(404);
  }

  await expect(member.api.call(contracts.deleteOrganization, { body: { name: 'another name' } })).rejects.toMatchObject({
    problem: { code: 'invalid_input' },
  });
  const { kept } = await member.api.call(contracts.deleteOrganization, { body: { name: 'Test organization' } });
  expect(kept).toMatchObject([{ kind: 'deletion_record' }]);
  await expect(member.api.call(contracts.deleteOrganization, { body: { name: 'Test organization' } })).rejects.toMatchObject({
    problem: { code: 'conflict' },
  });
  await sweep();
  expect((await held(member.organizationId))['orders'], 'nothing goes before its time').toBe(1);
  // What the audit log was last seen as lies outside of the database, and goes, too.
  await (await w.mf.getR2Bucket('RAW')).put(`audit-heads/${member.organizationId}`, JSON.stringify({ n: 1, hash: 'h' }));
  await makeDue(member.organizationId);
  await sweep();
  const { report } = await done(member.organizationId);
  expect(report.erased).toMatchObject({ orders: 1, credits: 1, leads: 1, organizations: 1, files: before.copy.files.length, copies: 1 });
  expect(report.kept).toHaveLength(1);
  expect(await held(member.organizationId)).toEqual({ deletion_requests: 1 });
  for (const bucket of ['MEDIA', 'RAW'] as const) {
    const { objects } = await (await w.mf.getR2Bucket(bucket)).list();
    expect(objects.filter(({ key }) => key.includes(member.organizationId) || key.includes(SHOP)).map(({ key }) => key)).toEqual(
      bucket === 'RAW' ? [`tombstones/organization/${member.organizationId}.json`] : [],
    );
  }
  expect((await fetch(w.origin + pathOf(before.url))).status).toBe(410);
  expect((await member.fetch('/v1/orders')).status).not.toBe(200);
  expect((await member.fetch('/v1/me')).status, 'the person stays').not.toBe(500);

  const ctx = await nodeContext(w, member.organizationId);
  try {
    // By the command that people have.
    expect(await importByCommand(before.text)).toMatchObject({ ok: true, organizationId: member.organizationId, missingPeople: [] });
    await expect(importOrganization(ctx, before.copy)).rejects.toMatchObject({ code: 'conflict' });
  } finally {
    await ctx.close();
  }
  await w.db.query('update sessions set organization_id = $1 where user_id = $2', [member.organizationId, member.userId]);
  const { copy: after } = await copyOf(member);
  for (const { table, onImport } of EXPORTED) {
    if (onImport === false) continue;
    const was = (before.copy.tables[table] ?? []).map((row) => ({ ...row, ...pick(onImport, row) }));
    const is = (after.tables[table] ?? []).filter((row) => table !== 'audit_log' || was.some((one) => one['id' as never] === row['id']));
    expect(is, table).toEqual(was);
  }
  expect(after.organization).toEqual(before.copy.organization);
  const [sealed] = await rows('select contact from leads where organization_id = $1', member.organizationId);
  expect(sealed.contact).toMatch(/^v2\./);
});
async function importByCommand(text: string): Promise<unknown> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'inlay-copy-'));
  try {
    const file = path.join(folder, 'copy.json');
    fs.writeFileSync(file, text);
    const [{ name }] = await rows('select current_database() as name');
    const databaseUrl = `postgres://inlay_api:inlay_api@127.0.0.1:${inject('postgresPort')}/${name}`;
    const vars = localVars({
      databaseUrl,
      neonProxyPort: inject('neonProxyPort'),
      outsideOrigin: w.sandbox.url,
      workerOrigin: w.origin,
      extensionIds: '',
    });
    const { stdout } = await promisify(execFile)('node', ['--import', 'tsx', 'worker/commands/import-organization.ts', file], {
      env: { ...process.env, ...vars },
    });
    return JSON.parse(stdout);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
/** Of what the import writes over a row: the columns that the copy holds. */
const pick = (over: object | undefined, row: object) => Object.fromEntries(Object.entries(over ?? {}).filter(([name]) => name in row));

test('a deletion that was taken back deletes nothing; without its time nothing erases', async () => {
  const member = await w.signUp();
  await member.api.call(contracts.deleteOrganization, { body: { name: 'Test organization' } });
  await w.until('every owner is told', async () =>
    w.sandbox.mailbox.mails.some((mail) => mail.to.includes(member.email) && mail.subject === 'Your organization will be deleted'),
  );
  await member.api.call(contracts.keepOrganization, {});
  await expect(member.api.call(contracts.keepOrganization, {})).rejects.toMatchObject({ problem: { code: 'conflict' } });
  await makeDue(member.organizationId);
  await sweep();
  expect((await held(member.organizationId))['organizations']).toBe(1);
  const [{ id }] = await rows('select id from deletion_requests where subject = $1', member.organizationId);
  await expect(w.db.query('select erase_organization($1, now())', [id])).rejects.toThrow('no deletion is due');
});

test('a person: refused while they alone own something, then nobody can name them; where they worked only their number stays', async () => {
  const member = await w.signUp();
  await expect(member.api.call(contracts.deleteAccount, {})).rejects.toMatchObject({
    problem: { code: 'conflict', detail: expect.stringContaining('Test organization') },
  });
  const other = await w.signUp();
  await w.db.query(`insert into memberships (organization_id, user_id, role) values ($1, $2, 'owner')`, [
    member.organizationId,
    other.userId,
  ]);
  await member.api.call(contracts.exportAccount, {});
  const own = await w.until('the copy', async () =>
    (await member.api.call(contracts.listAccountExports, {})).exports.find((one) => one.state === 'ready'),
  );
  // The mail leads to where the copy is.
  await w.until('the mail says so', async () =>
    w.sandbox.mailbox.mails.some(
      (mail) => mail.to.includes(member.email) && mail.subject.includes('copy of the data') && mail.text?.includes('/settings/account'),
    ),
  );
  const copy = (await (await fetch(w.origin + pathOf(own.url as string))).json()) as Record<string, object[]>;
  expect(copy).toMatchObject({
    format: 'inlay.person.1',
    account: [{ email: member.email }],
    memberships: [{ role: 'owner', organization: 'Test organization' }],
  });
  expect(JSON.stringify(copy)).not.toMatch(/argon2|password_hash|"v[12]\./);
  expect((await other.api.call(contracts.listAccountExports, {})).exports).toEqual([]);

  // Wrong passwords and wrong codes are counted under the address and under the person.
  const guessed = [member.email, `${member.userId}|codes`];
  for (const key of guessed) await w.db.query('insert into sign_in_failures (email_key, failures) values ($1, 3)', [key]);
  await member.api.call(contracts.deleteAccount, {});
  await member.api.call(contracts.keepAccount, {});
  await member.api.call(contracts.deleteAccount, {});
  await w.db.query(`update deletion_requests set due_at = now() - interval '1 second' where subject = $1 and cancelled_at is null`, [
    member.userId,
  ]);
  await sweep();
  const { report } = await done(member.userId);
  expect(report.erased).toMatchObject({ users: 1, memberships: 1, copies: 1 });
  const [user] = await rows('select * from users where id = $1', member.userId);
  expect(user).toMatchObject({ email: '', email_key: `gone:${member.userId}`, name: 'Deleted person', password_hash: null });
  expect((await member.fetch('/v1/me')).status).toBe(401);
  for (const table of ['sessions', 'memberships', 'consents', 'one_time_tokens', 'mails'])
    expect(await rows(`select 1 from ${table} where user_id = $1`, member.userId), table).toEqual([]);
  expect(await rows('select email_key from sign_in_failures where email_key = any($1)', guessed)).toEqual([]);
  expect(
    (await rows('select actor from audit_log where organization_id = $1 and actor = $2', member.organizationId, member.userId)).length,
  ).toBeGreaterThan(0);
  // A backup from before is restored: the mark outside of the database deletes them again.
  await w.db.query(`update users set email = $2, email_key = $2, name = 'Back', disabled_at = null where id = $1`, [
    member.userId,
    member.email,
  ]);
  await w.db.query(`delete from deletion_requests where subject = $1`, [member.userId]);
  await w.runCron(new Date(Math.ceil(Date.now() / 86_400_000) * 86_400_000));
  await w.until(
    'it is due again',
    async () => (await rows('select 1 from deletion_requests where subject = $1', member.userId)).length === 1,
  );
  await sweep();
  await done(member.userId);
  expect((await rows('select name from users where id = $1', member.userId))[0].name).toBe('Deleted person');
});

test('what is over goes, what is not stays: every table of the list', async () => {
  const { organizationId, userId } = await w.signUp();
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000);
  const add = async (age: number) => {
    const id = `x_${randomBytes(6).toString('hex')}`;
    await w.db.query(
      `insert into outbox (id, organization_id, job, input, not_before, published_at) values ($1, $2, 'attribute-all', '{}', $3, $3)`,
      [id, organizationId, ago(7 + age)],
    );
    await w.db.query(`insert into inbox (organization_id, source, event_id, at) values ($1, 's', $2, $3)`, [
      organizationId,
      id,
      ago(90 + age),
    ]);
    await w.db.query(`insert into one_time_tokens (hash, purpose, expires_at) values ($1, 'sign_up', $2)`, [id, ago(7 + age)]);
    await w.db.query(`insert into sessions (id, user_id, client, revoked_at) values ($1, $2, 'web', $3)`, [id, userId, ago(90 + age)]);
    await w.db.query(`insert into refresh_tokens (hash, session_id, expires_at) values ($1, $1, $2)`, [id, ago(89 + age)]);
    await w.db.query(
      `insert into mails (id, organization_id, template, locale, state, created_at) values ($1, $2, 'welcome', 'en', 'sent', $3)`,
      [id, organizationId, ago(90 + age)],
    );
    await w.db.query(`insert into idempotency_keys (organization_id, key, request_hash, at) values ($1, $2, 'x', $3)`, [
      organizationId,
      id,
      ago(1 + age),
    ]);
    return id;
  };
  const [old, young] = [await add(0.1), await add(-0.1)];
  await w.runCron(new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000));
  const KEYS = {
    outbox: 'id',
    inbox: 'event_id',
    one_time_tokens: 'hash',
    sessions: 'id',
    refresh_tokens: 'hash',
    mails: 'id',
    idempotency_keys: 'key',
  };
  for (const [table, key] of Object.entries(KEYS)) {
    await w.until(`${table} of old is gone`, async () => (await rows(`select 1 from ${table} where ${key} = $1`, old)).length === 0);
    expect(await rows(`select 1 from ${table} where ${key} = $1`, young), table).toHaveLength(1);
  }
  // Each line is a table the function knows.
  for (const table of Object.keys(RETENTION_DAYS)) await w.db.query(`select purge_expired($1, '2000-01-01', 10)`, [table]);
  await expect(w.db.query(`select purge_expired('users', now(), 10)`)).rejects.toThrow('nothing is said');
});

test('what is over is found by an index in every table that grows with use', async () => {
  for (const [table, column] of [
    ['outbox', 'published_at'],
    ['inbox', 'at'],
    ['one_time_tokens', 'expires_at'],
    ['refresh_tokens', 'expires_at'],
    ['sessions', 'revoked_at'],
    ['sign_in_failures', 'updated_at'],
    ['idempotency_keys', 'at'],
    ['webhook_deliveries', 'created_at'],
    // Asked for each event that goes: is anything of it left?
    ['webhook_deliveries', 'event_id'],
    ['webhook_events', 'at'],
    ['mails', 'created_at'],
  ] as const) {
    const led = await rows(
      `select 1 from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
       where i.indrelid = $1::regclass and a.attname = $2`,
      table,
      column,
    );
    expect(led.length, `${table}.${column}`).toBeGreaterThan(0);
  }
});

test("a copy's file goes with its 24 hours", async () => {
  const member = await w.signUp();
  const { id } = await copyOf(member);
  await w.db.query(`update data_exports set expires_at = now() - interval '1 second' where id = $1`, [id]);
  await w.runCron(new Date(Math.ceil(Date.now() / 900_000) * 900_000));
  await w.until('it is over', async () => (await rows('select state from data_exports where id = $1', id))[0].state === 'expired');
  const { objects } = await (await w.mf.getR2Bucket('MEDIA')).list({ prefix: `exports/${member.organizationId}` });
  expect(objects).toEqual([]);
});

test("a shop's customer asks for their data: it is laid ready for the owners, and holds nobody else's", async () => {
  const SHOP = 'privacy-customer.myshopify.com';
  const owner = await w.signUp();
  await connectShop(w, owner, SHOP);
  const order = (id: number, email: string) =>
    deliver(w, SHOP, 'orders/create', {
      id,
      name: `#${id}`,
      currency: 'EUR',
      created_at: '2026-11-20T10:00:00Z',
      updated_at: '2026-11-20T10:00:00Z',
      financial_status: 'paid',
      test: false,
      taxes_included: false,
      email,
      customer: { id: id + 10, email },
      line_items: [{ id: 1, title: 'Lamp', price: '100.00', quantity: 1, discount_allocations: [], tax_lines: [] }],
      refunds: [],
    });
  await order(880_001, 'buyer@example.com');
  await order(880_002, 'else@example.com');
  await w.until('the orders', async () => (await rows('select 1 from orders where shop = $1', SHOP)).length === 2);
  await deliver(w, SHOP, 'customers/data_request', {
    shop_domain: SHOP,
    customer: { id: 880_011, email: 'buyer@example.com' },
    orders_requested: [880_001],
  });
  const ready = await w.until('the copy', async () =>
    (await owner.api.call(contracts.listOrganizationExports, {})).exports.find((one) => one.kind === 'customer' && one.state === 'ready'),
  );
  const copy = (await (await fetch(w.origin + pathOf(ready.url as string))).json()) as Record<string, { name: string }[]>;
  expect(copy['orders']?.map((one) => one.name)).toEqual(['#880001']);
  await w.until('the owner is told', async () =>
    w.sandbox.mailbox.mails.some((mail) => mail.to.includes(owner.email) && mail.subject.includes('asked for their data')),
  );
});

const META_SECRET = 'sandbox-meta-secret';
const signedRequest = (payload: object, secret = META_SECRET) => {
  const body = Buffer.from(JSON.stringify(payload)).toString('base64url');
  return `${createHmac('sha256', secret).update(body).digest('base64url')}.${body}`;
};
const callback = (signed: string) =>
  fetch(`${w.origin}/webhooks/meta/data-deletion`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ signed_request: signed }),
  });

test("Meta's wish: proven by its signature, carried out in every organization, and followed by its code", async () => {
  const { member } = await draftLaunch(w, { adSets: 1, concepts: 1 });
  const [{ external_id: metaUser }] = await rows(
    `select external_id from connections where organization_id = $1 and provider = 'meta'`,
    member.organizationId,
  );
  const good = { algorithm: 'HMAC-SHA256', user_id: metaUser, issued_at: 1 };
  for (const bad of [
    signedRequest(good, 'forged'),
    signedRequest({ ...good, algorithm: 'none' }),
    '',
    'x.y',
    'a.b.c',
    signedRequest(good).slice(0, -2),
    `${signedRequest(good)}x`,
  ])
    expect((await callback(bad)).status, bad).toBe(401);
  const answer = await callback(signedRequest(good));
  expect(answer.status).toBe(200);
  const { url, confirmation_code: code } = (await answer.json()) as { url: string; confirmation_code: string };
  expect(url).toContain(code);
  await w.until('it is done', async () => (await w.api.call(contracts.readPlatformDeletion, { params: { code } })).state === 'done');
  const [row] = await rows(`select * from connections where organization_id = $1 and provider = 'meta'`, member.organizationId);
  expect(row).toMatchObject({ status: 'revoked', access_token: null, display_name: '', external_id: `gone:${row.id}` });
  expect((await rows('select 1 from ad_accounts where organization_id = $1', member.organizationId)).length).toBeGreaterThan(0);
  await expect(w.api.call(contracts.readPlatformDeletion, { params: { code: 'x'.repeat(24) } })).rejects.toMatchObject({
    problem: { code: 'not_found' },
  });
});

test("Meta's wish sent again, in another spelling too, is the same wish: what was connected since stays; a flood of bytes is cut off", async () => {
  const { member } = await draftLaunch(w, { adSets: 1, concepts: 1 });
  const metaOf = async () =>
    (await rows(`select * from connections where organization_id = $1 and provider = 'meta'`, member.organizationId))[0];
  const { external_id: metaUser } = await metaOf();
  const signed = signedRequest({ algorithm: 'HMAC-SHA256', user_id: metaUser, issued_at: 2 });
  const { confirmation_code: code } = (await (await callback(signed)).json()) as { confirmation_code: string };
  const isDone = async () => (await w.api.call(contracts.readPlatformDeletion, { params: { code } })).state === 'done';
  await w.until('it is done', isDone);
  await w.db.query(`update connections set external_id = $2, status = 'active' where organization_id = $1 and provider = 'meta'`, [
    member.organizationId,
    metaUser,
  ]);
  for (const again of [signed, signed.replace('.', '=.')]) {
    const answer = await callback(again);
    expect([answer.status, ((await answer.json()) as { confirmation_code: string }).confirmation_code]).toEqual([200, code]);
  }
  await w.until('work is done', async () => (await rows('select 1 from outbox where published_at is null')).length === 0);
  expect(await rows(`select 1 from outbox where job = 'erase-platform-user' and input->>'code' = $1`, code)).toHaveLength(1);
  expect(await metaOf()).toMatchObject({ status: 'active', external_id: metaUser });

  // Without a length, as a stream that has no end.
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      sent += 65_536;
      controller.enqueue(new Uint8Array(65_536).fill(97));
      if (sent > 60_000_000) controller.close();
    },
  });
  const flood = await fetch(`${w.origin}/webhooks/meta/data-deletion`, {
    method: 'POST',
    body: endless,
    duplex: 'half',
  } as RequestInit).then(
    (answer) => answer.status,
    () => 'cut off',
  );
  expect([413, 'cut off']).toContain(flood);
  expect(sent).toBeLessThan(20_000_000);
});

test('consent: the version that is shown, once, on record', async () => {
  const member = await w.signUp();
  const body = { document: 'terms' as const, version: 'template-1' };
  await member.api.call(contracts.giveConsent, { body });
  await member.api.call(contracts.giveConsent, { body });
  expect(await rows('select document, version from consents where user_id = $1', member.userId)).toEqual([body]);
  await expect(member.api.call(contracts.giveConsent, { body: { ...body, version: 'of my own' } })).rejects.toMatchObject({
    problem: { code: 'invalid_input' },
  });
});

test('no page and no answer sets a cookie, but the session after signing in, the browser that connects and the one that asks for an account', async () => {
  const paths = [
    '/',
    '/sign-in',
    '/legal/privacy',
    '/legal/terms',
    '/v1/me',
    '/health',
    '/widget/loader.js',
    '/r/none',
    '/v1/openapi.json',
    '/v1/deletions/aaaaaaaaaaaaaaaa',
    '/v1/digest/off',
  ];
  for (const one of paths) expect((await fetch(w.origin + one, { redirect: 'manual' })).headers.get('set-cookie'), one).toBeNull();
  const signUp = await fetch(`${w.origin}/v1/auth/sign-up`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      email: `c-${randomBytes(4).toString('hex')}@example.com`,
      password: 'correct horse battery',
      name: 'C',
      organizationName: 'C',
    }),
  });
  expect(signUp.status).toBe(202);
  expect(signUp.headers.get('set-cookie')).toMatch(/^inlay_sign_up=[^,]+$/);
});
