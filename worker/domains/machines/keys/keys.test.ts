import { afterAll, beforeAll, expect, test } from 'vitest';
import * as machines from '#shared/contracts/machines.ts';
import { PERMISSIONS, type Permission } from '#shared/rules/permissions.ts';
import { sha256Hex } from '../../../kernel/bytes.ts';
import { nodeContext } from '../../../testing/node-context.ts';
import { startWorker, type Member, type TestWorker } from '../../../testing/harness.ts';
import { noteMakerLeft } from './note-maker-left.ts';

let w: TestWorker;
let me: Member;
beforeAll(async () => {
  w = await startWorker();
  me = await w.signUp();
});
afterAll(() => w.stop());

const make = (scopes: Permission[], expiresInDays: number | null = 30) =>
  me.api.call(machines.createApiKey, { body: { name: 'Warehouse', scopes, expiresInDays } });
const withKey = (key: string, path: string, init: RequestInit = {}) =>
  fetch(w.origin + path, { ...init, headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...init.headers } });
const listed = async (id: string) => (await me.api.call(machines.listApiKeys, {})).keys.find((one) => one.id === id);

test('a key is told once and kept as a hash; it does what its scopes say and nothing else', async () => {
  const { key, apiKey } = await make(['webhooks:read']);
  expect(key).toMatch(/^ink_live_[\w-]{43}$/);
  expect(apiKey).toMatchObject({
    prefix: key.slice(0, 13),
    scopes: ['webhooks:read'],
    createdBy: me.userId,
    state: 'active',
    lastUsedAt: null,
  });
  const { rows } = await w.db.query<{ hash: string }>(`select * from api_keys where id = $1`, [apiKey.id]);
  expect(rows[0]?.hash).toBe(await sha256Hex(key));
  expect(JSON.stringify(rows)).not.toContain(key.slice(14));
  expect((await withKey(key, '/v1/webhook-endpoints')).status).toBe(200);
  const beyond = await withKey(key, '/v1/webhook-endpoints', {
    method: 'POST',
    body: JSON.stringify({ url: 'https://receiver.inlay.test/' }),
  });
  expect([beyond.status, await beyond.text()]).toEqual([403, expect.stringContaining('lacks the scope webhooks:write')]);
  // A person's own calls and a person's decisions are no key's.
  expect((await withKey(key, '/v1/me')).status).toBe(401);
  expect((await withKey(key, '/v1/api-keys')).status).toBe(403);
});

test('the first use is in the audit log, once, however many calls come first; the newest is noted', async () => {
  const { key, apiKey } = await make(['webhooks:read']);
  await Promise.all(Array.from({ length: 6 }, () => withKey(key, '/v1/webhook-endpoints')));
  await withKey(key, '/v1/webhook-endpoints');
  const { rows } = await w.db.query(`select actor, object from audit_log where action = 'key.first_used' and object = $1`, [apiKey.id]);
  expect(rows).toEqual([{ actor: apiKey.id, object: apiKey.id }]);
  expect((await listed(apiKey.id))?.lastUsedAt).not.toBeNull();
});

test('a revoked and an expired key open nothing, at once', async () => {
  const [revoked, expired] = [await make(['webhooks:read']), await make(['webhooks:read'])];
  await me.api.call(machines.revokeApiKey, { params: { id: revoked.apiKey.id } });
  await me.api.call(machines.revokeApiKey, { params: { id: revoked.apiKey.id } });
  await w.db.query(`update api_keys set expires_at = now() where id = $1`, [expired.apiKey.id]);
  for (const { key } of [revoked, expired, { key: `ink_live_${'a'.repeat(43)}` }, { key: 'ink_' }])
    expect((await withKey(key, '/v1/webhook-endpoints')).status).toBe(401);
  expect([(await listed(revoked.apiKey.id))?.state, (await listed(expired.apiKey.id))?.state]).toEqual(['revoked', 'expired']);
  const { rows } = await w.db.query(`select count(*)::int as n from audit_log where action = 'key.revoke' and object = $1`, [
    revoked.apiKey.id,
  ]);
  expect(rows).toEqual([{ n: 1 }]);
  const stranger = await w.signUp();
  await expect(stranger.api.call(machines.revokeApiKey, { params: { id: expired.apiKey.id } })).rejects.toMatchObject({
    problem: { code: 'not_found' },
  });
});

test('no key may give away, delete, make keys, take data along, let staff in, approve or undo; nor do what its maker may not', async () => {
  const never: Permission[] = [
    'organization:delete',
    'organization:transfer',
    'launches:approve',
    'launches:undo',
    'keys:read',
    'keys:write',
    'privacy:export',
    'support:write',
  ];
  expect(PERMISSIONS.filter((one) => !machines.KEY_SCOPES.includes(one))).toEqual(never);
  for (const scope of never) await expect(make([scope]), scope).rejects.toMatchObject({ problem: { code: 'invalid_input' } });
  const ctx = await nodeContext(w, me.organizationId, {
    kind: 'user',
    userId: me.userId,
    sessionId: '',
    role: 'analyst',
    permissions: ['leads:read', 'keys:write'],
    clientId: null,
    provenAt: new Date(),
  });
  const { createApiKey } = await import('./create-key.ts');
  await expect(createApiKey(ctx, { name: 'K', scopes: ['leads:read', 'leads:write'], expiresInDays: null })).rejects.toMatchObject({
    code: 'invalid_input',
    fields: [{ path: 'scopes.1' }],
  });
  await ctx.close();
});

test('making one needs proof of the last five minutes', async () => {
  await w.db.query(`update sessions set proven_at = now() - interval '6 minutes' where user_id = $1`, [me.userId]);
  await expect(make(['leads:read'])).rejects.toMatchObject({ problem: { code: 'proof_needed' } });
  await w.db.query(`update sessions set proven_at = now() where user_id = $1`, [me.userId]);
  expect((await make(['leads:read'])).apiKey.state).toBe('active');
});

test('a key outlives its maker, and the audit log says whose it was', async () => {
  const { key, apiKey } = await make(['webhooks:read']);
  const ctx = await nodeContext(w, me.organizationId);
  await ctx.transaction((tx) => noteMakerLeft(ctx, tx, me.userId));
  await ctx.close();
  await w.db.query(`update users set name = 'Gone' where id = $1`, [me.userId]);
  expect((await withKey(key, '/v1/webhook-endpoints')).status).toBe(200);
  const { rows } = await w.db.query(`select detail from audit_log where action = 'key.maker_left' and object = $1`, [apiKey.id]);
  expect(rows).toEqual([{ detail: { name: 'Warehouse', createdBy: me.userId } }]);
});
