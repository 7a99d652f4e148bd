import { afterAll, beforeAll, expect, test } from 'vitest';
import * as identity from '#shared/contracts/identity.ts';
import * as contracts from '#shared/contracts/index.ts';
import { startWorker, type Member, type TestWorker } from '../../../testing/harness.ts';
import { apiWith, problemOf } from '../../../testing/person-api.ts';
import { addPerson, type Person } from '../../../testing/tenancy/add-person.ts';

let w: TestWorker;
let staff: Person;
beforeAll(async () => {
  w = await startWorker();
  staff = await addPerson(w, { organizationId: null, isStaff: true });
});
afterAll(() => w.stop());

const letIn = (owner: Member, hours = 4) =>
  owner.api.call(contracts.support.grantSupport, { body: { reason: 'The figures look odd', hours } });
const enter = (who: { token: string }, grantId: string, organizationId: string) =>
  fetch(`${w.origin}/v1/staff/support-access/${grantId}/enter`, {
    method: 'POST',
    headers: { authorization: `Bearer ${who.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ organizationId, reason: 'Ticket 4711' }),
  });
const visit = async (owner: Member) => {
  const grant = await letIn(owner);
  const answer = await enter(staff, grant.id, owner.organizationId);
  const tokens = (await answer.json()) as identity.Tokens;
  return { grant, answer, tokens, api: apiWith(w, tokens.accessToken) };
};

test('staff visit an organization that let them in: a session of its own, told in its audit log, by mail and in the list', async () => {
  const owner = await w.signUp();
  const { grant, answer, tokens, api } = await visit(owner);
  expect(answer.status).toBe(200);
  expect(tokens.me).toMatchObject({ role: 'support', organization: { id: owner.organizationId }, user: { id: staff.userId } });
  const until = Date.parse(tokens.me.supportUntil as string) - Date.now();
  expect(until).toBeGreaterThan(55 * 60_000);
  expect(until).toBeLessThanOrEqual(60 * 60_000);
  expect(answer.headers.get('set-cookie')).toContain('HttpOnly');
  const {
    rows: [session],
  } = await w.db.query(
    'select s.id, v.expires_at, r.expires_at as refresh_ends from sessions s join support_visits v on v.id = s.support_visit_id join refresh_tokens r on r.session_id = s.id where v.grant_id = $1',
    [grant.id],
  );
  expect(session.id).not.toBe(staff.sessionId);
  expect(session.refresh_ends).toEqual(session.expires_at);
  const { entries } = await owner.api.call(contracts.audit.listAudit, { query: { action: 'support' } });
  expect(entries.map((entry) => [entry.action, entry.actor])).toEqual([
    ['support.enter', staff.userId],
    ['support.grant', owner.userId],
  ]);
  expect(entries[0]?.detail).toMatchObject({ reason: 'Ticket 4711', grant: grant.id });
  const { rows: mails } = await w.db.query(`select user_id from mails where organization_id = $1 and template = 'security_notice'`, [
    owner.organizationId,
  ]);
  expect(mails).toEqual([{ user_id: owner.userId }]);
  const { grants } = await owner.api.call(contracts.support.listSupport, {});
  expect(grants).toMatchObject([
    { id: grant.id, grantedBy: 'Test person', revokedAt: null, visits: [{ reason: 'Ticket 4711', endedAt: null }] },
  ]);
  expect((await api.call(contracts.members.listMembers, {})).members.map((one) => one.userId)).toEqual([owner.userId]);
});

test('support looks and changes nothing: no leads, no orders, no money, no members, no keys', async () => {
  const owner = await w.signUp();
  const { tokens, api } = await visit(owner);
  const call = (method: string, path: string, body?: unknown) =>
    fetch(w.origin + path, {
      method,
      headers: { authorization: `Bearer ${tokens.accessToken}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  for (const [method, path, body] of [
    ['GET', '/v1/leads'],
    ['GET', '/v1/orders'],
    ['GET', '/v1/affiliate-program'],
    ['PATCH', '/v1/organization', { name: 'x' }],
    ['POST', '/v1/invitations', { email: 'a@example.com', role: 'analyst' }],
    ['POST', '/v1/support-access', { reason: 'more', hours: 72 }],
    ['POST', '/v1/clients', { name: 'x' }],
    ['DELETE', `/v1/members/${owner.userId}`],
  ] as const)
    expect((await call(method, path, body)).status, `${method} ${path}`).toBe(403);
  for (const path of ['/v1/members', '/v1/clients', '/v1/connections', '/v1/launches', '/v1/ad-accounts', '/v1/audit-log'])
    expect((await call('GET', path)).status, path).toBe(200);
  // Off the visit only by leaving it.
  expect(await problemOf(api.call(contracts.organizations.createOrganization, { body: { name: 'x' } }))).toMatchObject({
    code: 'conflict',
  });
  expect(await problemOf(api.call(contracts.organizations.switchOrganization, { params: { id: owner.organizationId } }))).toMatchObject({
    code: 'conflict',
  });
});

test('taking the grant back ends the visit at once; so does its own end, and the end of the grant', async () => {
  const owner = await w.signUp();
  const first = await visit(owner);
  await owner.api.call(contracts.support.revokeSupport, { params: { id: first.grant.id } });
  expect(await problemOf(first.api.call(contracts.members.listMembers, {}))).toMatchObject({ status: 401 });
  expect((await enter(staff, first.grant.id, owner.organizationId)).status).toBe(404);
  expect(await owner.api.call(contracts.support.revokeSupport, { params: { id: first.grant.id } })).toEqual({});
  expect((await owner.api.call(contracts.support.listSupport, {})).grants[0]).toMatchObject({ visits: [{ endedAt: expect.any(String) }] });

  const second = await visit(owner);
  await w.db.query(`update support_visits set expires_at = now() - interval '1 second' where grant_id = $1`, [second.grant.id]);
  expect(await problemOf(second.api.call(contracts.members.listMembers, {}))).toMatchObject({ code: 'not_allowed' });
  expect(await second.api.call(identity.getMe, {})).toMatchObject({ organization: null, role: null, supportUntil: null });

  const short = await letIn(owner, 1);
  await w.db.query(`update support_grants set expires_at = now() + interval '10 minutes' where id = $1`, [short.id]);
  const third = (await (await enter(staff, short.id, owner.organizationId)).json()) as identity.Tokens;
  expect(Date.parse(third.me.supportUntil as string) - Date.now()).toBeLessThanOrEqual(10 * 60_000);
  await w.db.query(`update support_grants set expires_at = now() - interval '1 second' where id = $1`, [short.id]);
  expect((await enter(staff, short.id, owner.organizationId)).status).toBe(404);
});

test('leaving goes back to the session the visit was begun from', async () => {
  const owner = await w.signUp();
  const { tokens, api } = await visit(owner);
  const left = await fetch(`${w.origin}/v1/staff/leave`, { method: 'POST', headers: { authorization: `Bearer ${tokens.accessToken}` } });
  expect(left.status).toBe(200);
  const home = (await left.json()) as identity.Tokens;
  expect(home.me).toMatchObject({ organization: null, role: null, supportUntil: null, user: { isStaff: true } });
  expect(await problemOf(api.call(contracts.members.listMembers, {}))).toMatchObject({ status: 401 });
  expect(await apiWith(w, home.accessToken).call(identity.getMe, {})).toMatchObject({ user: { id: staff.userId } });
  const refreshToken = left.headers.get('set-cookie')?.match(/=([^;]+)/)?.[1] as string;
  const renewed = await w.api.call(identity.refresh, { body: { refreshToken, retryId: 'r'.repeat(20) } });
  expect(renewed.me).toMatchObject({ user: { id: staff.userId }, organization: null });
  expect(await problemOf(apiWith(w, home.accessToken).call(contracts.support.leaveAsSupport, {}))).toMatchObject({ code: 'conflict' });
  expect((await owner.api.call(contracts.audit.listAudit, { query: { action: 'support.leave' } })).entries).toHaveLength(1);
});

test('only staff, only with a fresh proof, only where they were let in; an owner who is no staff finds no such address', async () => {
  const [owner, other] = [await w.signUp(), await w.signUp()];
  const grant = await letIn(owner);
  expect((await enter(owner, grant.id, owner.organizationId)).status).toBe(404);
  expect((await owner.fetch('/v1/staff/support-access')).status).toBe(404);
  for (const [id, organizationId] of [
    [grant.id, other.organizationId],
    ['sup_00000000000000000000000000', owner.organizationId],
  ] as const)
    expect((await enter(staff, id, organizationId)).status).toBe(404);
  const open = await apiWith(w, staff.token).call(contracts.support.listOpenSupport, {});
  expect(open.grants).toContainEqual(
    expect.objectContaining({ id: grant.id, organizationId: owner.organizationId, reason: 'The figures look odd' }),
  );
  expect(open.grants.every((one) => Date.parse(one.expiresAt) > Date.now())).toBe(true);
  const stale = await addPerson(w, { organizationId: null, isStaff: true });
  await w.db.query(`update sessions set proven_at = now() - interval '6 minutes' where user_id = $1`, [stale.userId]);
  expect((await enter(stale, grant.id, owner.organizationId)).status).toBe(403);
  const member = await addPerson(w, { organizationId: owner.organizationId, role: 'analyst', isStaff: true });
  expect((await enter(member, grant.id, owner.organizationId)).status).toBe(409);
});

test('letting support in needs the right, a proof, a reason and at most 72 hours', async () => {
  const owner = await w.signUp();
  const analyst = await addPerson(w, { organizationId: owner.organizationId, role: 'analyst' });
  const grant = (api: typeof owner.api, reason: string, hours: number) =>
    api.call(contracts.support.grantSupport, { body: { reason, hours } });
  expect(await problemOf(grant(apiWith(w, analyst.token), 'because', 1))).toMatchObject({ code: 'not_allowed' });
  expect(await problemOf(grant(owner.api, 'because', 73))).toMatchObject({ fields: [{ path: 'hours' }] });
  expect(await problemOf(grant(owner.api, '', 1))).toMatchObject({ fields: [{ path: 'reason' }] });
  await w.db.query(`update sessions set proven_at = now() - interval '6 minutes' where user_id = $1`, [owner.userId]);
  expect(await problemOf(grant(owner.api, 'because', 1))).toMatchObject({ code: 'proof_needed' });
});
