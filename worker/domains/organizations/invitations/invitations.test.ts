import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as identity from '#shared/contracts/identity.ts';
import * as contracts from '#shared/contracts/index.ts';
import { startWorker, type Member, type TestWorker } from '../../../testing/harness.ts';
import { apiWith, problemOf } from '../../../testing/person-api.ts';
import { addPerson } from '../../../testing/tenancy/add-person.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker();
});
afterAll(() => w.stop());

const address = () => `guest-${randomBytes(4).toString('hex')}@example.com`;
const PASSWORD = 'walnut tractor quiet 71';
const invite = (from: Pick<Member, 'api'>, email: string, role: 'owner' | 'admin' | 'manager' | 'analyst' = 'analyst') =>
  from.api.call(contracts.members.invite, { body: { email, role } });
const read = (token: string) => w.api.call(contracts.members.readInvitation, { body: { token } });
const join = (token: string) =>
  w.api.call(contracts.members.joinByInvitation, { body: { token, name: 'Guest', password: PASSWORD, locale: 'fr' } });
/** The answer of every link that is good no more. */
const GONE = { status: 410, code: 'expired', detail: expect.stringContaining('good no more') };

test('an invited address joins by the link of its mail: account, membership and session at once, and never twice', async () => {
  const owner = await w.signUp({ locale: 'ar', organizationName: 'Atelier' });
  const email = address();
  const sent = await invite(owner, email, 'manager');
  expect(sent).toMatchObject({ email, role: 'manager', state: 'open', invitedBy: 'Test person', client: null });
  expect(Date.parse(sent.expiresAt) - Date.parse(sent.sentAt)).toBe(7 * 86_400_000);
  const token = await w.linkFromMail(email);
  const { rows } = await w.db.query(
    'select token_hash, (select locale from mails where template = $2 and organization_id = i.organization_id) as locale from invitations i where id = $1',
    [sent.id, 'invitation'],
  );
  expect(rows[0].token_hash).not.toContain(token);
  expect(rows[0].locale).toBe('ar');
  expect(await read(token)).toEqual({
    organization: 'Atelier',
    invitedBy: 'Test person',
    email,
    role: 'manager',
    hasAccount: false,
    expiresAt: sent.expiresAt,
  });
  const tokens = await join(token);
  expect(tokens.me).toMatchObject({
    user: { email, name: 'Guest', locale: 'fr' },
    role: 'manager',
    organization: { id: owner.organizationId },
  });
  expect((await apiWith(w, tokens.accessToken).call(contracts.members.listMembers, {})).members).toHaveLength(2);
  expect(await problemOf(join(token))).toMatchObject(GONE);
  expect(await problemOf(read(token))).toMatchObject(GONE);
  expect((await owner.api.call(contracts.members.listInvitations, {})).invitations[0]?.state).toBe('accepted');
  const signIn = await w.api.call(identity.signIn, { body: { email, password: PASSWORD } });
  expect(signIn).toMatchObject({ me: { organization: { id: owner.organizationId } } });
});

test('of eight uses of one link at once one joins', async () => {
  const owner = await w.signUp();
  const email = address();
  await invite(owner, email);
  const token = await w.linkFromMail(email);
  const done = await Promise.allSettled(Array.from({ length: 8 }, () => join(token)));
  expect(done.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  expect((await owner.api.call(contracts.members.listMembers, {})).members).toHaveLength(2);
});

test('who has an account accepts as a person, and only with the invited address in any spelling', async () => {
  const owner = await w.signUp();
  const guest = await w.signUp();
  const other = await w.signUp();
  await invite(owner, guest.email.toUpperCase());
  const token = await w.linkFromMail(guest.email.toUpperCase());
  expect(await read(token)).toMatchObject({ hasAccount: true });
  expect(await problemOf(join(token))).toMatchObject({ code: 'conflict', detail: expect.stringContaining('Sign in') });
  expect(await problemOf(other.api.call(contracts.members.acceptInvitation, { body: { token } }))).toMatchObject({ code: 'not_allowed' });
  // Refused for the wrong person, it is still open for the right one.
  const tokens = await guest.api.call(contracts.members.acceptInvitation, { body: { token } });
  expect(tokens.me).toMatchObject({ role: 'analyst', organization: { id: owner.organizationId } });
  expect((await apiWith(w, tokens.accessToken).call(contracts.organizations.listOrganizations, {})).organizations).toHaveLength(2);
  expect(await problemOf(apiWith(w, tokens.accessToken).call(contracts.members.acceptInvitation, { body: { token } }))).toMatchObject(GONE);
});

test('unknown, revoked, replaced and expired links get one answer, for reading, joining and accepting', async () => {
  const owner = await w.signUp();
  const person = await w.signUp();
  const [revokedTo, resentTo, expiredTo] = [address(), address(), address()];
  const revoked = await invite(owner, revokedTo);
  const revokedToken = await w.linkFromMail(revokedTo);
  await owner.api.call(contracts.members.revokeInvitation, { params: { id: revoked.id } });
  const resent = await invite(owner, resentTo);
  const replacedToken = await w.linkFromMail(resentTo);
  await w.db.query(`update invitations set sent_at = sent_at - interval '2 minutes' where id = $1`, [resent.id]);
  await owner.api.call(contracts.members.resendInvitation, { params: { id: resent.id } });
  const expired = await invite(owner, expiredTo);
  const expiredToken = await w.linkFromMail(expiredTo);
  await w.db.query(`update invitations set expires_at = now() - interval '1 second' where id = $1`, [expired.id]);
  for (const token of [`iti_${'x'.repeat(43)}`, revokedToken, replacedToken, expiredToken]) {
    expect(await problemOf(read(token))).toMatchObject(GONE);
    expect(await problemOf(join(token))).toMatchObject(GONE);
    expect(await problemOf(person.api.call(contracts.members.acceptInvitation, { body: { token } }))).toMatchObject(GONE);
  }
  const states = (await owner.api.call(contracts.members.listInvitations, {})).invitations.map((one) => [one.email, one.state]);
  expect(Object.fromEntries(states)).toEqual({ [revokedTo]: 'revoked', [resentTo]: 'open', [expiredTo]: 'expired' });
  const fresh = await w.until('the second mail', async () => {
    const token = await w.linkFromMail(resentTo);
    return token === replacedToken ? null : token;
  });
  expect(await read(fresh)).toMatchObject({ email: resentTo });
  // One that ran out comes to life by a fresh mail, and makes room for a new one.
  expect(await invite(owner, expiredTo)).toMatchObject({ state: 'open' });
});

test('one open invitation per address, none for a member, one mail a minute; a foreign invitation answers like a missing one', async () => {
  const owner = await w.signUp();
  const stranger = await w.signUp();
  const email = address();
  const both = await Promise.allSettled([invite(owner, email), invite(owner, ` ${email.toUpperCase()} `)]);
  expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  expect(await problemOf(invite(owner, email))).toMatchObject({ code: 'conflict', fields: [{ path: 'email' }] });
  expect(await problemOf(invite(owner, owner.email))).toMatchObject({ code: 'conflict', fields: [{ path: 'email' }] });
  const [one] = (await owner.api.call(contracts.members.listInvitations, {})).invitations;
  const id = one?.id as string;
  expect(await problemOf(owner.api.call(contracts.members.resendInvitation, { params: { id } }))).toMatchObject({ code: 'too_many' });
  for (const contract of [contracts.members.resendInvitation, contracts.members.revokeInvitation]) {
    const [theirs, missing] = await Promise.all(
      [id, 'inv_00000000000000000000000000'].map((which) => problemOf(stranger.api.call(contract, { params: { id: which } }))),
    );
    expect(theirs).toMatchObject({ status: 404, detail: missing?.detail as string });
  }
  expect(await owner.api.call(contracts.members.revokeInvitation, { params: { id } })).toEqual({});
  expect(await owner.api.call(contracts.members.revokeInvitation, { params: { id } })).toEqual({});
  expect(await invite(owner, email)).toMatchObject({ state: 'open' });
});

test('nobody invites above themselves, and an invitation ends with the right of who sent it', async () => {
  const owner = await w.signUp();
  const admin = await addPerson(w, { organizationId: owner.organizationId, role: 'admin' });
  const manager = await addPerson(w, { organizationId: owner.organizationId, role: 'manager' });
  const [asAdmin, asManager] = [admin, manager].map(({ token }) => ({ api: apiWith(w, token) }));
  expect(await problemOf(invite(asManager as never, address()))).toMatchObject({ code: 'not_allowed' });
  expect(await problemOf(invite(asAdmin as never, address(), 'owner'))).toMatchObject({ code: 'not_allowed' });
  const [first, second] = [address(), address()];
  await invite(asAdmin as never, first, 'admin');
  const demoted = await w.linkFromMail(first);
  await owner.api.call(contracts.members.updateMember, { params: { userId: admin.userId }, body: { role: 'analyst' } });
  expect(await problemOf(join(demoted))).toMatchObject(GONE);
  await owner.api.call(contracts.members.updateMember, { params: { userId: admin.userId }, body: { role: 'admin' } });
  await invite(asAdmin as never, second, 'analyst');
  const removed = await w.linkFromMail(second);
  // However the sender's right ended, acceptance looks at it once more.
  await w.db.query('delete from memberships where user_id = $1', [admin.userId]);
  expect(await problemOf(join(removed))).toMatchObject(GONE);
  expect((await w.db.query('select 1 from users where email_key = any($1)', [[first, second]])).rowCount).toBe(0);
});

test('a weak password joins nobody, and the invitation stays open', async () => {
  const owner = await w.signUp();
  const email = address();
  await invite(owner, email);
  const token = await w.linkFromMail(email);
  const weak = w.api.call(contracts.members.joinByInvitation, { body: { token, name: 'Guest', password: 'password1', locale: 'en' } });
  expect(await problemOf(weak)).toMatchObject({ code: 'invalid_input', fields: [{ path: 'password' }] });
  expect((await join(token)).me.user.email).toBe(email);
});

test('a hundred invitations a day and no more', async () => {
  const owner = await w.signUp();
  await w.db.query(
    `insert into invitations (id, organization_id, email, email_key, role, token_hash, invited_by, sent_at, expires_at)
     select 'inv_many_' || $2 || i, $1, i || '@example.com', i || '@example.com', 'analyst', 'h' || $2 || i, $3, now(), now() + interval '7 days' from generate_series(1, 100) i`,
    [owner.organizationId, randomBytes(4).toString('hex'), owner.userId],
  );
  expect(await problemOf(invite(owner, address()))).toMatchObject({ code: 'too_many' });
});
