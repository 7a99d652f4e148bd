import { afterAll, beforeAll, expect, test } from 'vitest';
import * as identity from '#shared/contracts/identity.ts';
import * as contracts from '#shared/contracts/index.ts';
import type { Role } from '#shared/rules/permissions.ts';
import { startWorker, type Member, type TestWorker } from '../../../testing/harness.ts';
import { apiWith, problemOf } from '../../../testing/person-api.ts';
import { addApiKey, addPerson } from '../../../testing/tenancy/add-person.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker();
});
afterAll(() => w.stop());

const add = async (home: Member, role: Role) => {
  const person = await addPerson(w, { organizationId: home.organizationId, role });
  return { ...person, api: apiWith(w, person.token) };
};
const rolesOf = async (organizationId: string): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await w.db.query('select user_id, role from memberships where organization_id = $1', [organizationId])).rows.map((row) => [
      row.user_id,
      row.role,
    ]),
  );

test('members are listed with their role, second factor and last sign of life; a visit of support is none', async () => {
  const owner = await w.signUp();
  const analyst = await add(owner, 'analyst');
  await w.db.query('update users set totp_enabled_at = now() where id = $1', [analyst.userId]);
  const { members } = await analyst.api.call(contracts.members.listMembers, {});
  expect(members.map((one) => [one.userId, one.role, one.hasSecondFactor])).toEqual([
    [owner.userId, 'owner', false],
    [analyst.userId, 'analyst', true],
  ]);
  expect(Math.abs(Date.now() - Date.parse(members[1]?.lastSeenAt as string))).toBeLessThan(60_000);
});

test('a changed role counts from the next call on; nobody gives or takes what they do not hold', async () => {
  const owner = await w.signUp();
  const [admin, manager] = [await add(owner, 'admin'), await add(owner, 'manager')];
  const change = (api: typeof owner.api, userId: string, role: Role) =>
    api.call(contracts.members.updateMember, { params: { userId }, body: { role } });
  expect(await problemOf(change(manager.api, admin.userId, 'analyst'))).toMatchObject({ code: 'not_allowed' });
  expect(await problemOf(change(admin.api, manager.userId, 'owner'))).toMatchObject({
    code: 'not_allowed',
    detail: expect.stringContaining('owner'),
  });
  expect(await problemOf(change(admin.api, admin.userId, 'owner'))).toMatchObject({ code: 'not_allowed' });
  expect(await problemOf(change(admin.api, owner.userId, 'analyst'))).toMatchObject({ code: 'not_allowed' });
  expect(await problemOf(admin.api.call(contracts.members.removeMember, { params: { userId: owner.userId } }))).toMatchObject({
    code: 'not_allowed',
  });
  expect((await change(admin.api, manager.userId, 'admin')).role).toBe('admin');
  expect((await manager.api.call(identity.getMe, {})).permissions).toContain('members:*');
  expect((await change(owner.api, admin.userId, 'analyst')).role).toBe('analyst');
  expect(await problemOf(change(admin.api, manager.userId, 'analyst'))).toMatchObject({ code: 'not_allowed' });
  const foreign = await w.signUp();
  const [missing, theirs] = await Promise.all(
    ['usr_00000000000000000000000000', foreign.userId].map((userId) => problemOf(change(owner.api, userId, 'analyst'))),
  );
  expect(theirs).toMatchObject({ status: 404, detail: missing?.detail as string });
});

test('the role client needs a client of this organization, and no other role has one', async () => {
  const owner = await w.signUp();
  const stranger = await w.signUp();
  const analyst = await add(owner, 'analyst');
  const foreign = await stranger.api.call(contracts.clients.createClient, { body: { name: 'Theirs' } });
  const own = await owner.api.call(contracts.clients.createClient, { body: { name: 'Ours' } });
  const change = (role: Role, clientId: string | null) =>
    owner.api.call(contracts.members.updateMember, { params: { userId: analyst.userId }, body: { role, clientId } });
  for (const [role, clientId] of [
    ['client', null],
    ['client', foreign.id],
    ['client', 'cli_00000000000000000000000000'],
    ['analyst', own.id],
  ] as const)
    expect(await problemOf(change(role, clientId))).toMatchObject({ code: 'invalid_input', fields: [{ path: 'clientId' }] });
  expect(await change('client', own.id)).toMatchObject({ role: 'client', client: { id: own.id, name: 'Ours' } });
  expect((await analyst.api.call(identity.getMe, {})).client).toMatchObject({ id: own.id, name: 'Ours' });
  expect((await change('analyst', null)).client).toBeNull();
});

test('a change of role needs a fresh proof, and no key can do it', async () => {
  const owner = await w.signUp();
  const analyst = await add(owner, 'analyst');
  await w.db.query(`update sessions set proven_at = now() - interval '6 minutes' where user_id = $1`, [owner.userId]);
  const call = { params: { userId: analyst.userId }, body: { role: 'manager' as const } };
  expect(await problemOf(owner.api.call(contracts.members.updateMember, call))).toMatchObject({ code: 'proof_needed' });
  const { key } = await addApiKey(w, owner.organizationId, ['*:*']);
  expect(await problemOf(apiWith(w, key).call(contracts.members.updateMember, call))).toMatchObject({ code: 'not_allowed' });
  expect(await problemOf(apiWith(w, key).call(contracts.members.removeMember, { params: { userId: analyst.userId } }))).toMatchObject({
    code: 'not_allowed',
  });
});

test('the last owner stays: not demoted, not removed, not gone', async () => {
  const owner = await w.signUp();
  const me = { params: { userId: owner.userId } };
  expect(await problemOf(owner.api.call(contracts.members.updateMember, { ...me, body: { role: 'admin' } }))).toMatchObject({
    code: 'conflict',
  });
  expect(await problemOf(owner.api.call(contracts.members.removeMember, me))).toMatchObject({ code: 'conflict' });
  expect(await problemOf(owner.api.call(contracts.organizations.leaveOrganization, {}))).toMatchObject({ code: 'conflict' });
  expect(await rolesOf(owner.organizationId)).toEqual({ [owner.userId]: 'owner' });
});

test('two owners who demote, remove or leave at once leave one owner, every time', async () => {
  for (const undo of ['demote', 'remove', 'leave'] as const) {
    for (let round = 0; round < 4; round++) {
      const home = await w.signUp();
      const other = await add(home, 'owner');
      const act = (api: typeof home.api, userId: string) =>
        undo === 'demote'
          ? api.call(contracts.members.updateMember, { params: { userId }, body: { role: 'admin' } })
          : undo === 'remove'
            ? api.call(contracts.members.removeMember, { params: { userId } })
            : api.call(contracts.organizations.leaveOrganization, {});
      const done = await Promise.allSettled([act(home.api, other.userId), act(other.api, home.userId)]);
      expect(
        done.filter((one) => one.status === 'fulfilled'),
        `${undo} ${round}`,
      ).toHaveLength(1);
      expect(
        Object.values(await rolesOf(home.organizationId)).filter((role) => role === 'owner'),
        `${undo} ${round}`,
      ).toHaveLength(1);
    }
  }
});

test('ownership goes over in one step, with a mail to the new owner; not to a client, not to oneself, not without a proof', async () => {
  const owner = await w.signUp();
  const [admin, manager] = [await add(owner, 'admin'), await add(owner, 'manager')];
  expect(await problemOf(admin.api.call(contracts.organizations.transferOwnership, { body: { userId: manager.userId } }))).toMatchObject({
    code: 'not_allowed',
  });
  expect(await problemOf(owner.api.call(contracts.organizations.transferOwnership, { body: { userId: owner.userId } }))).toMatchObject({
    fields: [{ path: 'userId' }],
  });
  const client = await owner.api.call(contracts.clients.createClient, { body: { name: 'C' } });
  const login = await addPerson(w, { organizationId: owner.organizationId, role: 'client', clientId: client.id });
  expect(await problemOf(owner.api.call(contracts.organizations.transferOwnership, { body: { userId: login.userId } }))).toMatchObject({
    code: 'conflict',
  });
  await owner.api.call(contracts.organizations.transferOwnership, { body: { userId: manager.userId } });
  expect(await rolesOf(owner.organizationId)).toMatchObject({ [owner.userId]: 'admin', [manager.userId]: 'owner' });
  expect(await problemOf(owner.api.call(contracts.organizations.transferOwnership, { body: { userId: admin.userId } }))).toMatchObject({
    code: 'not_allowed',
  });
  const {
    rows: [mail],
  } = await w.db.query(`select template, user_id from mails where organization_id = $1 and template = 'security_notice'`, [
    owner.organizationId,
  ]);
  expect(mail).toEqual({ template: 'security_notice', user_id: manager.userId });
});

test('a removed member is out at once, signed out here and nowhere else; keys they made stay and are listed', async () => {
  const owner = await w.signUp();
  const admin = await add(owner, 'admin');
  const elsewhere = await w.signUp();
  await w.db.query(`insert into memberships (organization_id, user_id, role) values ($1, $2, 'analyst')`, [
    elsewhere.organizationId,
    admin.userId,
  ]);
  await w.db.query(`insert into sessions (id, user_id, organization_id, client) values ($1, $2, $3, 'web')`, [
    `ses_${admin.userId}`,
    admin.userId,
    elsewhere.organizationId,
  ]);
  const { id, key } = await addApiKey(w, owner.organizationId, ['insights:read']);
  await w.db.query('update api_keys set created_by = $1 where id = $2', [admin.userId, id]);
  await owner.api.call(contracts.members.removeMember, { params: { userId: admin.userId } });
  expect(await problemOf(admin.api.call(contracts.members.listMembers, {}))).toMatchObject({ status: 401 });
  const { rows } = await w.db.query(
    'select organization_id, revoked_reason from sessions where user_id = $1 order by revoked_reason nulls last',
    [admin.userId],
  );
  expect(rows).toEqual([
    { organization_id: owner.organizationId, revoked_reason: 'member_removed' },
    { organization_id: elsewhere.organizationId, revoked_reason: null },
  ]);
  expect((await fetch(`${w.origin}/v1/ad-accounts`, { headers: { authorization: `Bearer ${key}` } })).status).toBe(200);
  expect(await problemOf(owner.api.call(contracts.members.removeMember, { params: { userId: admin.userId } }))).toMatchObject({
    status: 404,
  });
});

test('who may do less now, and holds a key that does more: the key goes on, and the audit log names it', async () => {
  const owner = await w.signUp();
  const admin = await add(owner, 'admin');
  const [wide, narrow] = [
    await addApiKey(w, owner.organizationId, ['leads:write', 'insights:read', 'webhooks:read']),
    await addApiKey(w, owner.organizationId, ['insights:read']),
  ];
  await w.db.query('update api_keys set created_by = $1 where id = any($2)', [admin.userId, [wide.id, narrow.id]]);
  await owner.api.call(contracts.members.updateMember, { params: { userId: admin.userId }, body: { role: 'analyst' } });
  const { rows } = await w.db.query(`select object, detail from audit_log where organization_id = $1 and action = 'key.beyond_maker'`, [
    owner.organizationId,
  ]);
  expect(rows).toEqual([
    { object: wide.id, detail: { name: expect.any(String), createdBy: admin.userId, scopes: ['leads:write', 'webhooks:read'] } },
  ]);
  const { status } = await fetch(`${w.origin}/v1/webhook-endpoints`, { headers: { authorization: `Bearer ${wide.key}` } });
  expect(status).toBe(200);
});

test('who leaves stays signed in and works nowhere', async () => {
  const owner = await w.signUp();
  const manager = await add(owner, 'manager');
  await manager.api.call(contracts.organizations.leaveOrganization, {});
  const { rows } = await w.db.query('select organization_id, revoked_at from sessions where user_id = $1', [manager.userId]);
  expect(rows).toEqual([{ organization_id: null, revoked_at: null }]);
  // The token of before names an organization the session left.
  expect(await problemOf(manager.api.call(identity.getMe, {}))).toMatchObject({ status: 401 });
  expect(await rolesOf(owner.organizationId)).toEqual({ [owner.userId]: 'owner' });
});
