import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiError } from '#shared/api-client/create-api-client.ts';
import * as account from '#shared/contracts/account.ts';
import * as identity from '#shared/contracts/identity.ts';
import { startWorker, type Member, type TestWorker } from '../../../testing/harness.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker();
});
afterAll(() => w.stop());

const PASSWORD = 'correct horse battery';
const NEW_PASSWORD = 'a wholly other sentence';
const problemOf = (call: Promise<unknown>) =>
  call.then(
    () => {
      throw new Error('was not refused');
    },
    (error: unknown) => (error as ApiError).problem,
  );
/** The secret of the newest mail's link that leads to `path`, other than `not`. */
const linkTo = (email: string, path: string, not?: string): Promise<string> =>
  w.until(`a link to ${path} reaches ${email}`, async () => {
    const mail = w.sandbox.mailbox.mails.findLast((one) => one.to.includes(email) && one.text?.includes(`${path}#`));
    const token = mail?.text?.split(`${path}#`)[1]?.match(/^[\w-]+/)?.[0];
    return token === not ? null : token;
  });
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(w.origin + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
/** One more session of the same person: its access token and its id. */
const secondSession = async (member: Member, headers: Record<string, string> = {}): Promise<{ token: string; refreshToken: string }> => {
  const answer = await post('/v1/auth/sign-in', { email: member.email, password: PASSWORD }, headers);
  const { accessToken } = (await answer.json()) as { accessToken: string };
  return { token: accessToken, refreshToken: answer.headers.get('set-cookie')?.split(';')[0]?.split('=')[1] ?? '' };
};
const statusOf = async (token: string) => (await fetch(`${w.origin}/v1/me`, { headers: { authorization: `Bearer ${token}` } })).status;
const audited = async (member: Member): Promise<string[]> =>
  (await w.db.query('select action from audit_log where object = $1 order by at', [member.userId])).rows.map((row) => row.action as string);
const notices = async (member: Member): Promise<number> =>
  (await w.db.query(`select count(*)::int as n from mails where user_id = $1 and template = 'security_notice'`, [member.userId])).rows[0].n;

test('a magic link signs in once; a newer one ends the older; a link of another kind is none', async () => {
  const member = await w.signUp();
  expect(await w.api.call(identity.sendMagicLink, { body: { email: member.email.toUpperCase() } })).toEqual({});
  const older = await linkTo(member.email, '/sign-in/link');
  await w.api.call(identity.sendMagicLink, { body: { email: member.email } });
  const token = await linkTo(member.email, '/sign-in/link', older);
  expect(await problemOf(w.api.call(identity.useMagicLink, { body: { token: older } }))).toMatchObject({ status: 410, code: 'expired' });
  expect(await problemOf(w.api.call(identity.resetPassword, { body: { token, password: NEW_PASSWORD } }))).toMatchObject({ status: 410 });
  const uses = await Promise.all(Array.from({ length: 8 }, () => post('/v1/auth/magic-link/use', { token })));
  expect(uses.map((one) => one.status).sort((a, b) => a - b)).toEqual([200, 410, 410, 410, 410, 410, 410, 410]);
  const [won] = uses.filter((one) => one.status === 200) as [Response];
  const { me, refreshToken } = (await won.json()) as { me: { user: { id: string } }; refreshToken?: string };
  expect(me.user.id).toBe(member.userId);
  expect(refreshToken).toBeUndefined();
  expect(won.headers.get('set-cookie')).toMatch(/^inlay_refresh=irt_.*HttpOnly; SameSite=Strict/);
  // Opening the address, as mail scanners do, uses nothing.
  expect((await fetch(`${w.origin}/v1/auth/magic-link/use`)).status).toBe(404);
});

test('links of somebody disabled since neither set a password nor an address', async () => {
  const member = await w.signUp();
  await w.api.call(identity.sendPasswordReset, { body: { email: member.email } });
  const reset = await linkTo(member.email, '/reset');
  const email = `late-${randomBytes(4).toString('hex')}@example.com`;
  await member.api.call(account.changeEmail, { body: { email } });
  const change = await linkTo(email, '/email-change');
  const standing = async () => (await w.db.query('select email, password_hash from users where id = $1', [member.userId])).rows[0];
  const before = await standing();
  await w.db.query('update users set disabled_at = now() where id = $1', [member.userId]);
  expect((await post('/v1/auth/password-reset/use', { token: reset, password: NEW_PASSWORD })).status).toBe(410);
  expect((await post('/v1/auth/email-change/use', { token: change })).status).toBe(410);
  expect(await standing()).toEqual(before);
});

test('an old magic link and one of a disabled person are good no more', async () => {
  const member = await w.signUp();
  await w.api.call(identity.sendMagicLink, { body: { email: member.email } });
  const token = await linkTo(member.email, '/sign-in/link');
  const expire = (by: string) =>
    w.db.query(`update one_time_tokens set expires_at = expires_at + $1::interval where user_id = $2`, [by, member.userId]);
  await expire('-16 minutes');
  expect(await problemOf(w.api.call(identity.useMagicLink, { body: { token } }))).toMatchObject({ status: 410 });
  await expire('16 minutes');
  await w.db.query('update users set disabled_at = now() where id = $1', [member.userId]);
  expect(await problemOf(w.api.call(identity.useMagicLink, { body: { token } }))).toMatchObject({ status: 410 });
});

test('who asks for a link learns nothing: one answer and the same rows for an address with and without an account', async () => {
  const member = await w.signUp();
  const nobody = `nobody-${randomBytes(4).toString('hex')}@example.com`;
  for (const path of ['/v1/auth/magic-link', '/v1/auth/password-reset']) {
    const answers = await Promise.all([member.email, nobody].map((email) => post(path, { email })));
    expect(await Promise.all(answers.map(async (one) => [one.status, await one.text()]))).toEqual([
      [202, '{}'],
      [202, '{}'],
    ]);
  }
  await linkTo(member.email, '/sign-in/link');
  await linkTo(member.email, '/reset');
  await w.until('every wish was judged', async () => {
    const { rows } = await w.db.query(
      'select count(*)::int as n from one_time_tokens where user_id is null and used_at is null and payload is not null and purpose <> $1',
      ['sign_up'],
    );
    return rows[0].n === 0;
  });
  expect(w.sandbox.mailbox.mails.filter((mail) => mail.to.includes(nobody))).toEqual([]);
});

test('a mailbox cannot be filled: of nine wishes in an hour five become mails', async () => {
  const member = await w.signUp();
  await Promise.all(Array.from({ length: 9 }, () => w.api.call(identity.sendMagicLink, { body: { email: member.email } })));
  await w.until('every wish was judged', async () => {
    const { rows } = await w.db.query(`select count(*)::int as n from outbox where job = 'send-link' and published_at is null`);
    const open = await w.db.query(
      `select count(*)::int as n from one_time_tokens where user_id is null and used_at is null and purpose = 'magic_link'`,
    );
    return rows[0].n === 0 && open.rows[0].n === 0;
  });
  const { rows } = await w.db.query(`select count(*)::int as n from mails where user_id = $1 and template = 'magic_link'`, [member.userId]);
  expect(rows).toEqual([{ n: 5 }]);
});

test('a reset sets the password, ends every session and open link, and tells; a password that is refused leaves the link good', async () => {
  const member = await w.signUp();
  const other = await secondSession(member);
  await w.api.call(identity.sendMagicLink, { body: { email: member.email } });
  const magic = await linkTo(member.email, '/sign-in/link');
  await w.api.call(identity.sendPasswordReset, { body: { email: member.email } });
  const token = await linkTo(member.email, '/reset');
  expect(await problemOf(w.api.call(identity.resetPassword, { body: { token, password: 'short' } }))).toMatchObject({
    status: 422,
    fields: [{ path: 'password' }],
  });
  w.sandbox.leakedPasswords.leak('a sentence that leaked');
  expect(await problemOf(w.api.call(identity.resetPassword, { body: { token, password: 'a sentence that leaked' } }))).toMatchObject({
    status: 422,
    fields: [{ path: 'password' }],
  });
  const uses = await Promise.all(Array.from({ length: 3 }, () => post('/v1/auth/password-reset/use', { token, password: NEW_PASSWORD })));
  expect(uses.map((one) => one.status).sort((a, b) => a - b)).toEqual([200, 410, 410]);
  expect(await Promise.all([statusOf(member.token), statusOf(other.token)])).toEqual([401, 401]);
  expect(
    await problemOf(w.api.call(identity.refresh, { body: { refreshToken: other.refreshToken, retryId: 'r'.repeat(16) } })),
  ).toMatchObject({ status: 401 });
  expect(await problemOf(w.api.call(identity.useMagicLink, { body: { token: magic } }))).toMatchObject({ status: 410 });
  expect(await problemOf(w.api.call(identity.signIn, { body: { email: member.email, password: PASSWORD } }))).toMatchObject({
    status: 401,
  });
  expect(await w.api.call(identity.signIn, { body: { email: member.email, password: NEW_PASSWORD } })).toMatchObject({
    me: { user: { id: member.userId } },
  });
  expect(await audited(member)).toContain('identity.password_reset');
  expect(await notices(member)).toBe(1);
});

test('changing the password keeps this session, ends the others, needs a fresh proof, and tells', async () => {
  const member = await w.signUp();
  const other = await secondSession(member);
  await w.db.query(`update sessions set proven_at = now() - interval '6 minutes' where user_id = $1`, [member.userId]);
  const change = (password = NEW_PASSWORD) => member.api.call(account.changePassword, { body: { password } });
  expect(await problemOf(change())).toMatchObject({ status: 403, code: 'proof_needed' });
  expect(await statusOf(other.token)).toBe(200);
  await w.db.query('update sessions set proven_at = now() where user_id = $1', [member.userId]);
  expect(await problemOf(change(`${member.email.split('@')[0]} 2026`))).toMatchObject({ status: 422, fields: [{ path: 'password' }] });
  await change();
  expect(await Promise.all([statusOf(member.token), statusOf(other.token)])).toEqual([200, 401]);
  expect(await w.api.call(identity.signIn, { body: { email: member.email, password: NEW_PASSWORD } })).toMatchObject({
    me: { user: { id: member.userId } },
  });
  expect(await audited(member)).toContain('identity.password_changed');
  expect(await notices(member)).toBe(1);
});

test('a new address counts once its own link was used; the old one is told, its links die, and other sessions end', async () => {
  const member = await w.signUp();
  const other = await secondSession(member);
  const email = `new-${randomBytes(4).toString('hex')}@example.com`;
  await w.api.call(identity.sendMagicLink, { body: { email: member.email } });
  const magic = await linkTo(member.email, '/sign-in/link');
  await member.api.call(account.changeEmail, { body: { email } });
  expect(await member.api.call(account.getAccount, {})).toMatchObject({ email: member.email, pendingEmail: email });
  expect(await notices(member)).toBe(1);
  const token = await linkTo(email, '/email-change');
  const uses = await Promise.all(Array.from({ length: 3 }, () => post('/v1/auth/email-change/use', { token })));
  expect(uses.map((one) => one.status).sort((a, b) => a - b)).toEqual([200, 410, 410]);
  expect(await member.api.call(account.getAccount, {})).toMatchObject({ email, pendingEmail: null });
  expect(await statusOf(other.token)).toBe(401);
  expect(await problemOf(w.api.call(identity.useMagicLink, { body: { token: magic } }))).toMatchObject({ status: 410 });
  expect(await notices(member)).toBe(2);
  await w.until(
    'the old address is told twice',
    async () =>
      w.sandbox.mailbox.mails.filter((mail) => mail.to.includes(member.email) && mail.text?.includes('/settings/security')).length === 2,
  );
});

test('a sign-in that was judged by the old password opens nothing once there is a new one', { timeout: 60_000 }, async () => {
  for (let round = 0; round < 3; round += 1) {
    const member = await w.signUp();
    // A password takes long to judge, one after the other: these were read before the change, and are judged after it.
    const change = member.api.call(account.changePassword, { body: { password: NEW_PASSWORD } });
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => post('/v1/auth/sign-in', { email: member.email, password: PASSWORD })),
    );
    await change;
    const { rows } = await w.db.query('select id from sessions where user_id = $1 and revoked_at is null', [member.userId]);
    expect(rows.length, `sessions that stand; answers ${answers.map((one) => one.status).join()}`).toBe(1);
    expect(await statusOf(member.token)).toBe(200);
  }
});

test('an address asked for in a session that was thrown out is void; one asked for here stays', async () => {
  const ask = async (token: string) => {
    const email = `asked-${randomBytes(4).toString('hex')}@example.com`;
    expect((await post('/v1/account/email', { email }, { authorization: `Bearer ${token}` })).status).toBe(202);
    return { email, link: await linkTo(email, '/email-change') };
  };
  const take = async (link: string) => (await post('/v1/auth/email-change/use', { token: link })).status;
  const member = await w.signUp();

  const stranger = await secondSession(member);
  const everywhere = await ask(stranger.token);
  await member.api.call(account.endOtherSessions, {});
  expect(await take(everywhere.link)).toBe(410);

  const another = await secondSession(member);
  const alone = await ask(another.token);
  const [theirs] = (await member.api.call(account.listSessions, {})).sessions.filter((one) => !one.isThisOne);
  await member.api.call(account.endSession, { params: { id: theirs?.id ?? '' } });
  expect(await take(alone.link)).toBe(410);

  const gone = await secondSession(member);
  const left = await ask(gone.token);
  await w.api.call(identity.signOut, { body: { refreshToken: gone.refreshToken } });
  await member.api.call(account.endOtherSessions, {});
  expect(await take(left.link), 'asked for by somebody who signed out before').toBe(410);
  expect(await member.api.call(account.getAccount, {})).toMatchObject({ email: member.email, pendingEmail: null });

  const own = await ask(member.token);
  await member.api.call(account.endOtherSessions, {});
  expect(await member.api.call(account.getAccount, {})).toMatchObject({ pendingEmail: own.email });
  expect(await take(own.link)).toBe(200);
});

test('a change of address fills nobody a mailbox: five links an hour, also when all are asked for at once', async () => {
  const member = await w.signUp();
  const email = `filled-${randomBytes(4).toString('hex')}@example.com`;
  const answers = await Promise.all(
    Array.from({ length: 9 }, () => post('/v1/account/email', { email }, { authorization: `Bearer ${member.token}` })),
  );
  expect(answers.map((one) => one.status).sort((a, b) => a - b)).toEqual([202, 202, 202, 202, 202, 429, 429, 429, 429]);
  expect(answers.find((one) => one.status === 429)?.headers.get('retry-after')).toBe('3600');
  const { rows } = await w.db.query(
    `select count(*) filter (where template = 'change_email')::int as links, count(*) filter (where template = 'security_notice')::int as notices from mails where user_id = $1`,
    [member.userId],
  );
  expect(rows).toEqual([{ links: 5, notices: 5 }]);
});

test('wrong passwords that locked an address are forgotten by a link of the mail', async () => {
  const member = await w.signUp();
  await w.db.query(`insert into sign_in_failures (email_key, failures, blocked_until) values ($1, 100, now() + interval '1 hour')`, [
    member.email,
  ]);
  const signIn = () => w.api.call(identity.signIn, { body: { email: member.email, password: PASSWORD } });
  expect(await problemOf(signIn())).toMatchObject({ status: 429 });
  await w.api.call(identity.sendMagicLink, { body: { email: member.email } });
  await w.api.call(identity.useMagicLink, { body: { token: await linkTo(member.email, '/sign-in/link') } });
  expect(await signIn()).toMatchObject({ me: { user: { id: member.userId } } });
});

test('an address that has an account is not taken over, and asking for it tells nothing', async () => {
  const [member, taken] = [await w.signUp(), await w.signUp()];
  expect(await member.api.call(account.changeEmail, { body: { email: taken.email } })).toEqual({});
  await w.until('its owner is told', async () => {
    const { rows } = await w.db.query(`select 1 from mails where user_id = $1 and template = 'already_have_account'`, [taken.userId]);
    return rows.length === 1;
  });
  expect(w.sandbox.mailbox.mails.some((mail) => mail.to.includes(taken.email) && mail.text?.includes('/email-change#'))).toBe(false);
  // Two people ask for one free address, and both use their links at once.
  const email = `free-${randomBytes(4).toString('hex')}@example.com`;
  await member.api.call(account.changeEmail, { body: { email } });
  const first = await linkTo(email, '/email-change');
  await taken.api.call(account.changeEmail, { body: { email } });
  const second = await linkTo(email, '/email-change', first);
  const uses = await Promise.all([first, second].map((token) => post('/v1/auth/email-change/use', { token })));
  expect(uses.map((one) => one.status).sort((a, b) => a - b)).toEqual([200, 409]);
});

test('name and language change; what is not given stays', async () => {
  const member = await w.signUp();
  expect(await member.api.call(account.updateAccount, { body: { locale: 'fr' } })).toMatchObject({ name: 'Test person', locale: 'fr' });
  expect(await member.api.call(account.updateAccount, { body: { name: 'New name' } })).toMatchObject({ name: 'New name', locale: 'fr' });
  expect(await problemOf(member.api.call(account.updateAccount, { body: { name: '  ' } }))).toMatchObject({ status: 422 });
});

test('sessions are listed with device and way in, and end one by one or all others at once', async () => {
  const [member, stranger] = [await w.signUp(), await w.signUp()];
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  const other = await secondSession(member, { 'user-agent': firefox });
  const third = await secondSession(member, { 'user-agent': firefox });
  const { sessions } = await member.api.call(account.listSessions, {});
  expect(sessions.map(({ device, method, isThisOne }) => ({ device, method, isThisOne }))).toEqual(
    expect.arrayContaining([
      { device: 'Firefox on Linux', method: 'password', isThisOne: false },
      { device: null, method: 'password', isThisOne: true },
    ]),
  );
  // The second device was new, the third session's was known.
  expect(await notices(member)).toBe(1);
  const [foreign] = (await stranger.api.call(account.listSessions, {})).sessions;
  const end = (id: string) => member.api.call(account.endSession, { params: { id } });
  expect({ ...(await problemOf(end(foreign?.id ?? ''))), requestId: '' }).toEqual({
    ...(await problemOf(end('ses_missing'))),
    requestId: '',
  });
  expect(await statusOf(stranger.token)).toBe(200);
  const newest = sessions.find((one) => !one.isThisOne);
  await end(newest?.id ?? '');
  expect(await problemOf(end(newest?.id ?? ''))).toMatchObject({ status: 404 });
  expect(await member.api.call(account.endOtherSessions, {})).toEqual({ ended: 1 });
  expect(await Promise.all([statusOf(member.token), statusOf(other.token), statusOf(third.token)])).toEqual([200, 401, 401]);
  expect((await member.api.call(account.listSessions, {})).sessions).toHaveLength(1);
});

test('the last sign of life is written at most every five minutes', async () => {
  const member = await w.signUp();
  const seen = async (): Promise<number> =>
    (await w.db.query('select last_seen_at from sessions where user_id = $1', [member.userId])).rows[0].last_seen_at.getTime();
  const began = await seen();
  await member.api.call(identity.getMe, {});
  expect(await seen()).toBe(began);
  await w.db.query(`update sessions set last_seen_at = now() - interval '6 minutes' where user_id = $1`, [member.userId]);
  const old = await seen();
  await member.api.call(identity.getMe, {});
  await w.until('the session was seen', async () => (await seen()) > old);
});

test('sign-out ends this session and no other', async () => {
  const member = await w.signUp();
  const other = await secondSession(member);
  await w.api.call(identity.signOut, { body: { refreshToken: other.refreshToken } });
  expect(await Promise.all([statusOf(member.token), statusOf(other.token)])).toEqual([200, 401]);
});

test('a sign-in leads to the organization the person worked in last', async () => {
  const [member, host] = [await w.signUp(), await w.signUp()];
  await w.db.query(`insert into memberships (organization_id, user_id, role) values ($1, $2, 'analyst')`, [
    host.organizationId,
    member.userId,
  ]);
  await w.db.query('update sessions set organization_id = $1, last_seen_at = now() where user_id = $2', [
    host.organizationId,
    member.userId,
  ]);
  const again = await w.api.call(identity.signIn, { body: { email: member.email, password: PASSWORD } });
  expect(again).toMatchObject({ me: { organization: { id: host.organizationId }, role: 'analyst' } });
  await w.db.query('delete from memberships where organization_id = $1 and user_id = $2', [host.organizationId, member.userId]);
  const after = await w.api.call(identity.signIn, { body: { email: member.email, password: PASSWORD } });
  expect(after).toMatchObject({ me: { organization: { id: member.organizationId }, role: 'owner' } });
});
