import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as identity from '#shared/contracts/identity.ts';
import * as contracts from '#shared/contracts/index.ts';
import { localVars } from '../../../local/local-secrets.ts';
import type { Member, TestWorker } from '../../testing/harness.ts';
import { startWorker } from '../../testing/harness.ts';
import { nodeContext } from '../../testing/node-context.ts';
import { apiWith, problemOf } from '../../testing/person-api.ts';
import { addPerson } from '../../testing/tenancy/add-person.ts';
import { moveSession } from './move-session.ts';

let w: TestWorker;
let me: Member;
beforeAll(async () => {
  w = await startWorker();
  me = await w.signUp();
});
afterAll(() => w.stop());

const auditOf = async (organizationId: string): Promise<string[]> =>
  (await w.db.query('select action from audit_log where organization_id = $1 order by at, id', [organizationId])).rows.map(
    (row) => row.action,
  );

test('a person founds a second organization, works there at once, and goes back; the token of before is good no more; both logs tell it', async () => {
  const owner = await w.signUp();
  const founded = await owner.api.call(contracts.organizations.createOrganization, {
    body: { name: 'Second house', currency: 'USD', timezone: 'Europe/Paris', locale: 'fr' },
  });
  expect(founded.me).toMatchObject({ role: 'owner', organization: { name: 'Second house', currency: 'USD', locale: 'fr' } });
  const second = founded.me.organization?.id as string;
  expect((await owner.fetch('/v1/members')).status).toBe(401);
  const there = apiWith(w, founded.accessToken);
  const { organizations } = await there.call(contracts.organizations.listOrganizations, {});
  expect(organizations.map((one) => one.id).sort()).toEqual([owner.organizationId, second].sort());
  const back = await there.call(contracts.organizations.switchOrganization, { params: { id: owner.organizationId } });
  expect(back.me.organization?.id).toBe(owner.organizationId);
  expect((await apiWith(w, back.accessToken).call(contracts.members.listMembers, {})).members.map((one) => one.userId)).toEqual([
    owner.userId,
  ]);
  expect((await auditOf(second)).sort()).toEqual(['organization.create', 'organization.enter', 'organization.exit']);
  expect(await auditOf(owner.organizationId)).toEqual(expect.arrayContaining(['organization.exit', 'organization.enter']));
  const { rows } = await w.db.query('select wrapped_data_key from organizations where id = any($1)', [[owner.organizationId, second]]);
  expect(new Set(rows.map((row) => row.wrapped_data_key)).size).toBe(2);
});

test('going from one organization to the next gives no more time: a token ends when the one it takes the place of does', async () => {
  const owner = await w.signUp();
  const endOf = (token: string) => (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { exp: number }).exp;
  const ours = localVars({ databaseUrl: '', neonProxyPort: 0, outsideOrigin: '', workerOrigin: '', extensionIds: '' })['SESSION_KEY'] ?? '';
  const claims = JSON.parse(Buffer.from(owner.token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
  const exp = Math.floor(Date.now() / 1000) + 60;
  const nearlyOver = await new SignJWT({ ...claims, exp })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: '1' })
    .sign(Buffer.from(ours, 'base64'));
  const again = await apiWith(w, nearlyOver).call(contracts.organizations.switchOrganization, { params: { id: owner.organizationId } });
  expect(endOf(again.accessToken)).toBe(exp);
  expect(again.expiresIn).toBeGreaterThan(50);
  expect(again.expiresIn).toBeLessThanOrEqual(60);
  const founded = await apiWith(w, again.accessToken).call(contracts.organizations.createOrganization, {
    body: { name: 'Second house', currency: 'EUR', timezone: 'UTC', locale: 'en' },
  });
  expect(endOf(founded.accessToken)).toBe(exp);
});

test("another's organization answers like one that does not exist, and the session stays where it is", async () => {
  const stranger = await w.signUp();
  const asked = await Promise.all(
    [me.organizationId, 'org_00000000000000000000000000'].map((id) =>
      problemOf(stranger.api.call(contracts.organizations.switchOrganization, { params: { id } })),
    ),
  );
  for (const problem of asked) expect(problem).toMatchObject({ status: 404, detail: asked[0]?.detail as string });
  expect((await stranger.api.call(identity.getMe, {})).organization?.id).toBe(stranger.organizationId);
});

test('of two switches of one session at once the loser is told so, and the session is in exactly one place', async () => {
  const owner = await w.signUp();
  const homes = await Promise.all([w.signUp(), w.signUp()]);
  for (const home of homes)
    await w.db.query(`insert into memberships (organization_id, user_id, role) values ($1, $2, 'analyst')`, [
      home.organizationId,
      owner.userId,
    ]);
  const switches = await Promise.allSettled(
    homes.flatMap((home) =>
      [1, 2].map(() => owner.api.call(contracts.organizations.switchOrganization, { params: { id: home.organizationId } })),
    ),
  );
  const won = switches.filter((one) => one.status === 'fulfilled');
  const { rows } = await w.db.query('select organization_id from sessions where user_id = $1', [owner.userId]);
  // Whoever came later than the winner finds a token that no longer fits, or a session that moved.
  for (const lost of switches.filter((one) => one.status === 'rejected'))
    expect([401, 409]).toContain((lost.reason as { problem: { status: number } }).problem.status);
  expect(won.map((one) => one.value.me.organization?.id)).toContain(rows[0].organization_id);
});

test('a session that moved since it was looked at is not moved again', async () => {
  const owner = await w.signUp();
  const home = await w.signUp();
  const actor = {
    kind: 'user' as const,
    userId: owner.userId,
    sessionId: '',
    role: null,
    permissions: [],
    clientId: null,
    provenAt: new Date(),
  };
  const { rows } = await w.db.query('select id from sessions where user_id = $1', [owner.userId]);
  const there = await nodeContext(w, home.organizationId, { ...actor, sessionId: rows[0].id });
  try {
    await expect(there.transaction((tx) => moveSession(there, tx, 'org_where_it_was'))).rejects.toMatchObject({ code: 'conflict' });
    expect((await owner.api.call(identity.getMe, {})).organization?.id).toBe(owner.organizationId);
  } finally {
    await there.close();
  }
});

test('settings: a slug that is taken, a name template with unknown words and a floor above the target are named; a currency changes', async () => {
  const owner = await w.signUp();
  const slug = `agency-${Date.now().toString(36)}`;
  expect((await owner.api.call(contracts.organizations.updateOrganization, { body: { slug, currency: 'MAD' } })).currency).toBe('MAD');
  expect(await problemOf(me.api.call(contracts.organizations.updateOrganization, { body: { slug } }))).toMatchObject({
    code: 'conflict',
    fields: [{ path: 'slug' }],
  });
  expect(await problemOf(owner.api.call(contracts.organizations.updateOrganization, { body: { slug: 'No Spaces' } }))).toMatchObject({
    fields: [{ path: 'slug' }],
  });
  const templates = { campaign: '{campaign} | {date:YYYY-MM-DD}', adSet: '{adset}', ad: '{concept} {nonsense}' };
  expect(await problemOf(owner.api.call(contracts.organizations.updateOrganization, { body: { namingPolicy: templates } }))).toMatchObject({
    code: 'invalid_input',
    fields: [{ path: 'namingPolicy.ad' }],
  });
  const namingPolicy = { ...templates, ad: '{concept}' };
  expect((await owner.api.call(contracts.organizations.updateOrganization, { body: { namingPolicy } })).namingPolicy).toEqual(namingPolicy);
  expect((await owner.api.call(contracts.organizations.updateOrganization, { body: { namingPolicy: null } })).namingPolicy).toBeNull();
});

test('only an owner or admin changes settings', async () => {
  for (const [role, status] of [
    ['admin', 200],
    ['manager', 403],
    ['analyst', 403],
  ] as const) {
    const { token } = await addPerson(w, { organizationId: me.organizationId, role });
    const answer = await fetch(`${w.origin}/v1/organization`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Renamed' }),
    });
    expect(answer.status, role).toBe(status);
  }
});

test('who belongs to no organization is somebody, may found one, and is told the next step everywhere else', async () => {
  const nobody = await addPerson(w, { organizationId: null });
  const api = apiWith(w, nobody.token);
  expect(await api.call(identity.getMe, {})).toMatchObject({
    user: { id: nobody.userId },
    organization: null,
    role: null,
    permissions: [],
  });
  expect(await api.call(contracts.organizations.listOrganizations, {})).toEqual({ organizations: [] });
  for (const path of ['/v1/members', '/v1/ad-accounts', '/v1/launches', '/v1/clients', '/v1/organization/logo'])
    expect(await (await fetch(w.origin + path, { headers: { authorization: `Bearer ${nobody.token}` } })).json(), path).toMatchObject({
      code: 'not_allowed',
      detail: expect.stringMatching(/found one|invitation/),
    });
  const founded = await api.call(contracts.organizations.createOrganization, { body: { name: 'First house' } });
  expect(founded.me.role).toBe('owner');
});

/** The smallest picture of a size: a PNG's header and nothing else, which is where its size stands. */
function png(width: number, height: number, bytes = 200): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(bytes);
  file.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  new DataView(file.buffer).setUint32(16, width);
  new DataView(file.buffer).setUint32(20, height);
  return file;
}
const logos = async (organizationId: string) => {
  const bucket = await w.mf.getR2Bucket('MEDIA');
  return (await bucket.list({ prefix: `org/${organizationId}/` })).objects.map((object) => object.key);
};

test('a logo is a picture by its own bytes, small, and served as nothing else; a new one takes the old one away', async () => {
  const owner = await w.signUp();
  const put = (body: Uint8Array<ArrayBuffer> | string, type = 'image/png') =>
    owner.fetch('/v1/organization/logo', { method: 'PUT', headers: { 'content-type': type }, body });
  expect((await owner.fetch('/v1/organization/logo')).status).toBe(404);
  for (const [what, body, status] of [
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 415],
    ['HTML behind a PNG type', '<!doctype html><script>1</script>', 415],
    ['GIF', 'GIF89a..............', 415],
    ['nothing', '', 422],
    ['a broken PNG', png(10, 10).slice(0, 12), 422],
    ['50,000 pixels', png(50_000, 50_000), 422],
    ['one pixel too many', png(2001, 10), 422],
    ['600 kB', png(10, 10, 600 * 1024), 413],
  ] as const) {
    const answer = await put(body);
    expect(answer.status, `${what}: ${await answer.clone().text()}`).toBe(status);
  }
  expect(await logos(owner.organizationId)).toEqual([]);

  const first = png(64, 32);
  const stored = (await (await put(first)).json()) as { logo: string };
  expect(stored.logo).toMatch(/^\/v1\/organization\/logo\?v=/);
  const served = await owner.fetch(stored.logo);
  expect(new Uint8Array(await served.arrayBuffer())).toEqual(first);
  expect(Object.fromEntries(served.headers)).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'content-disposition': 'inline',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
  });
  const before = await logos(owner.organizationId);
  expect(((await (await put(png(65, 32))).json()) as { logo: string }).logo).not.toBe(stored.logo);
  await w.until('the old picture is gone', async () => {
    const now = await logos(owner.organizationId);
    return now.length === 1 && now[0] !== before[0];
  });
  expect((await fetch(w.origin + stored.logo)).status).toBe(401);
  expect((await owner.api.call(contracts.organizations.removeOrganizationLogo, {})).logo).toBeNull();
  await w.until('no picture is left', async () => (await logos(owner.organizationId)).length === 0);
  expect((await owner.fetch('/v1/organization/logo')).status).toBe(404);
});

test('the audit log pages through everything once, newest first, names who did it, filters, and says how far it is sealed', async () => {
  const owner = await w.signUp();
  for (let i = 0; i < 7; i++) await owner.api.call(contracts.organizations.updateOrganization, { body: { name: `Name ${i}` } });
  // Entries of one instant: the cursor still neither skips nor repeats one.
  await w.db.query(`update audit_log set at = date_trunc('milliseconds', at) where organization_id = $1`, [owner.organizationId]);
  await w.db.query(
    `insert into audit_log (id, organization_id, actor, action, at) select 'aud_same_' || i, $1, 'job:sweep-launch', 'test.same', '2026-01-01T00:00:00.0004Z' from generate_series(1, 5) i`,
    [owner.organizationId],
  );
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await owner.api.call(contracts.audit.listAudit, { query: { limit: 3, ...(cursor ? { cursor } : {}) } });
    seen.push(...page.entries.map((entry) => entry.id));
    expect(page).toMatchObject({ sealedUntil: null, isIntact: true });
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  const { rows } = await w.db.query('select id from audit_log where organization_id = $1', [owner.organizationId]);
  expect([...seen].sort()).toEqual(rows.map((row) => row.id as string).sort());
  expect(new Set(seen).size).toBe(seen.length);
  const updates = await owner.api.call(contracts.audit.listAudit, { query: { action: 'organization.update' } });
  expect(updates.entries).toHaveLength(7);
  expect(updates.entries[0]).toMatchObject({ actor: owner.userId, actorName: 'Test person', detail: { fields: ['name'] } });
  // What it happened to is named too, where it has a name.
  const { entries } = await owner.api.call(contracts.audit.listAudit, { query: { action: 'identity' } });
  expect(entries.find((entry) => entry.object === owner.userId)).toMatchObject({ objectName: 'Test person' });
  expect((await owner.api.call(contracts.audit.listAudit, { query: { action: 'organization' } })).entries.length).toBeGreaterThanOrEqual(7);
  expect((await owner.api.call(contracts.audit.listAudit, { query: { action: 'organ' } })).entries).toHaveLength(0);
  const jobs = await owner.api.call(contracts.audit.listAudit, { query: { actor: 'job:sweep-launch' } });
  expect(jobs.entries.map((entry) => entry.actorName)).toEqual(Array(5).fill('sweep-launch'));
  expect(await problemOf(owner.api.call(contracts.audit.listAudit, { query: { cursor: 'bm90IG91cnM' } }))).toMatchObject({
    code: 'invalid_input',
    fields: [{ path: 'cursor' }],
  });
});
