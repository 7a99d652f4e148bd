import { afterAll, beforeAll, expect, test } from 'vitest';
import * as identity from '#shared/contracts/identity.ts';
import type { ApiError } from '#shared/api-client/create-api-client.ts';
import { SignJWT } from 'jose';
import { createHash, randomBytes } from 'node:crypto';
import { localVars } from '../../../local/local-secrets.ts';
import { startWorker, type TestWorker } from '../../testing/harness.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker();
});
afterAll(() => w.stop());

const problemOf = (call: Promise<unknown>) =>
  call.then(
    () => {
      throw new Error('was not refused');
    },
    (error: unknown) => (error as ApiError).problem,
  );
const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0]?.split('=')[1] ?? '';

test('sign-up gives a session that knows its organization; the password is not in the database', async () => {
  const member = await w.signUp({ password: 'correct horse battery', currency: 'MAD', timezone: 'Africa/Casablanca' });
  const me = await member.api.call(identity.getMe, {});
  expect(me).toMatchObject({
    user: { email: member.email },
    organization: { id: member.organizationId, currency: 'MAD', timezone: 'Africa/Casablanca' },
    role: 'owner',
  });
  const { rows } = await w.db.query('select password_hash from users where id = $1', [member.userId]);
  expect(rows[0].password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test('one mailbox, one account: another spelling of the address gets the same answer, and a mail that says so', async () => {
  const member = await w.signUp();
  const body = { email: member.email.toUpperCase(), password: 'another good password', name: 'B', organizationName: 'B' };
  expect(await w.api.call(identity.signUp, { body })).toEqual({});
  const told = await w.until('the mail that says so', async () => {
    const { rows } = await w.db.query(`select template from mails where user_id = $1 and template = 'already_have_account'`, [
      member.userId,
    ]);
    return rows[0];
  });
  expect(told).toEqual({ template: 'already_have_account' });
  const { rows } = await w.db.query('select count(*)::int as n from users where email_key = $1', [member.email]);
  expect(rows).toEqual([{ n: 1 }]);
});

test('whoever asks for an account under an address that has one fills no mailbox: five mails an hour say so, and the answer stays the same', async () => {
  const member = await w.signUp();
  const body = { email: member.email, password: 'another good password', name: 'B', organizationName: 'B' };
  for (let n = 0; n < 7; n++) expect(await w.api.call(identity.signUp, { body })).toEqual({});
  const told = async () =>
    (
      await w.db.query(
        `select state, last_error from mails where user_id = $1 and template = 'already_have_account' order by created_at, id`,
        [member.userId],
      )
    ).rows;
  await w.until('all are sent or given up', async () => (await told()).every((one) => one.state !== 'queued'));
  const sent = { state: 'sent', last_error: null };
  const refused = { state: 'failed', last_error: 'too_many' };
  expect(await told()).toEqual([sent, sent, sent, sent, sent, refused, refused]);
  // An hour later there is room again.
  await w.db.query(`update mails set created_at = created_at - interval '1 hour' where user_id = $1`, [member.userId]);
  await w.api.call(identity.signUp, { body });
  await w.until('one more', async () => (await told()).filter((one) => one.state === 'sent').length === 6);
});

test('nobody fills the mailbox of somebody who has no account: five links an hour reach it, in whatever spelling, and the answer stays the same', async () => {
  const name = `stranger-${randomBytes(4).toString('hex')}`;
  const spellings = [`${name}@example.com`, `${name.toUpperCase()}@example.com`, `${name}+1@example.com`, `${name}+2@Example.com`];
  for (let n = 0; n < 8; n++) {
    const email = spellings[n % spellings.length] as string;
    expect(
      await w.api.call(identity.signUp, { body: { email, password: 'another good password', name: 'B', organizationName: 'B' } }),
    ).toEqual({});
  }
  const asked = async () =>
    (await w.db.query(`select state, last_error from mails where template = 'confirm_sign_up' order by created_at desc, id desc limit 8`))
      .rows;
  await w.until('all are sent or given up', async () => (await asked()).every((one) => one.state !== 'queued'));
  expect((await asked()).filter((one) => one.state === 'sent')).toHaveLength(5);
  expect((await asked()).filter((one) => one.last_error === 'too_many')).toHaveLength(3);
  const reached = w.sandbox.mailbox.mails.filter((mail) => mail.to.some((to) => to.toLowerCase().startsWith(name)));
  expect(reached).toHaveLength(5);
});

test('a link of sign-up opens one account, once', async () => {
  const email = `once-${randomBytes(4).toString('hex')}@example.com`;
  const browser = w.browser();
  await browser.call(identity.signUp, { body: { email, password: 'correct horse battery', name: 'A', organizationName: 'Ä & B' } });
  const token = await w.linkFromMail(email);
  const results = await Promise.allSettled(Array.from({ length: 5 }, () => browser.call(identity.confirmSignUp, { body: { token } })));
  expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  expect(await problemOf(browser.call(identity.confirmSignUp, { body: { token } }))).toMatchObject({ status: 410, code: 'expired' });
  const { rows } = await w.db.query(
    'select count(*)::int as n from memberships m join users u on u.id = m.user_id where u.email_key = $1',
    [email],
  );
  expect(rows).toEqual([{ n: 1 }]);
});

test('an account opens with no password that somebody else chose: in another browser its owner gives one, and the link waits for it', async () => {
  const email = `owner-${randomBytes(4).toString('hex')}@example.com`;
  const [stranger, owner] = [w.browser(), w.browser()];
  await stranger.call(identity.signUp, { body: { email, password: 'a password of a stranger', name: 'A', organizationName: 'A' } });
  const token = await w.linkFromMail(email);
  // The owner's browser has a cookie too, of a sign-up of its own.
  const another = `owner-${randomBytes(4).toString('hex')}@example.com`;
  await owner.call(identity.signUp, { body: { email: another, password: 'correct horse battery', name: 'B', organizationName: 'B' } });
  for (const browser of [owner, w.browser()])
    expect(await problemOf(browser.call(identity.confirmSignUp, { body: { token } }))).toMatchObject({
      status: 422,
      code: 'invalid_input',
      fields: [{ path: 'password', message: 'Choose a password: this link was asked for in another browser.' }],
    });
  expect(await problemOf(owner.call(identity.confirmSignUp, { body: { token, password: 'password1' } }))).toMatchObject({
    code: 'invalid_input',
    fields: [{ path: 'password' }],
  });
  expect((await w.db.query('select 1 from users where email_key = $1', [email])).rowCount).toBe(0);
  await owner.call(identity.confirmSignUp, { body: { token, password: 'chosen by the owner' } });
  expect((await problemOf(w.api.call(identity.signIn, { body: { email, password: 'a password of a stranger' } }))).code).toBe(
    'not_signed_in',
  );
  expect(await w.api.call(identity.signIn, { body: { email, password: 'chosen by the owner' } })).toMatchObject({
    me: { user: { email } },
  });
});

test('a page of another origin does not open an account under the cookie', async () => {
  const email = `origin-${randomBytes(4).toString('hex')}@example.com`;
  const asked = await fetch(`${w.origin}/v1/auth/sign-up`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'correct horse battery', name: 'A', organizationName: 'A' }),
  });
  const cookie = asked.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/^inlay_sign_up=[\w-]{43}; Path=\/v1\/auth; HttpOnly; SameSite=Lax; Max-Age=86400/);
  const body = JSON.stringify({ token: await w.linkFromMail(email) });
  const from = (origin: string) =>
    fetch(`${w.origin}/v1/auth/sign-up/confirm`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: cookie.split(';')[0] ?? '', origin },
      body,
    });
  expect((await from('https://evil.example.com')).status).toBe(422);
  expect((await from(w.origin)).status).toBe(200);
});

test('a wrong password and an unknown address get the same answer, and guessing is slowed', async () => {
  const member = await w.signUp();
  const wrong = await problemOf(w.api.call(identity.signIn, { body: { email: member.email, password: 'wrong' } }));
  const unknown = await problemOf(w.api.call(identity.signIn, { body: { email: 'nobody-here@example.com', password: 'wrong' } }));
  expect({ ...wrong, requestId: '' }).toEqual({ ...unknown, requestId: '' });
  for (let i = 0; i < 4; i++) await problemOf(w.api.call(identity.signIn, { body: { email: member.email, password: 'wrong' } }));
  expect(await problemOf(w.api.call(identity.signIn, { body: { email: member.email, password: 'correct horse battery' } }))).toMatchObject({
    status: 429,
    code: 'too_many',
  });
});

test('a page of another origin neither renews nor ends the session under the cookie', async () => {
  const member = await w.signUp();
  const signedIn = await fetch(`${w.origin}/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: member.email, password: 'correct horse battery' }),
  });
  const cookie = `inlay_refresh=${cookieOf(signedIn)}`;
  const from = async (path: string, origin: string) =>
    (
      await fetch(w.origin + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie, origin },
        body: JSON.stringify({ retryId: randomBytes(16).toString('hex') }),
      })
    ).status;
  for (const origin of ['https://evil.example.com', 'null']) {
    expect(await from('/v1/auth/refresh', origin)).toBe(401);
    expect(await from('/v1/auth/sign-out', origin)).toBe(200);
  }
  expect(await from('/v1/auth/refresh', w.origin)).toBe(200);
});

test('a refresh token works once; a repeat with the same retry id gets the same answer; theft ends the session', async () => {
  const member = await w.signUp();
  const signIn = await fetch(`${w.origin}/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: member.email, password: 'correct horse battery' }),
  });
  expect(((await signIn.json()) as { refreshToken?: string }).refreshToken).toBeUndefined();
  const first = cookieOf(signIn);
  const retryId = randomBytes(16).toString('hex');
  const a = await w.api.call(identity.refresh, { body: { refreshToken: first, retryId } });
  const again = await w.api.call(identity.refresh, { body: { refreshToken: first, retryId } });
  expect(again.refreshToken).toBe(a.refreshToken);
  expect(
    (await problemOf(w.api.call(identity.refresh, { body: { refreshToken: first, retryId: randomBytes(16).toString('hex') } }))).status,
  ).toBe(401);
  // Another tab lost the race: the winner goes on.
  const b = await w.api.call(identity.refresh, {
    body: { refreshToken: a.refreshToken as string, retryId: randomBytes(16).toString('hex') },
  });
  // Half a minute later the same token is a stolen one: the family dies.
  await w.db.query(`update refresh_tokens set used_at = used_at - interval '1 minute' where used_at is not null`);
  expect((await problemOf(w.api.call(identity.refresh, { body: { refreshToken: a.refreshToken as string, retryId } }))).status).toBe(401);
  expect((await problemOf(w.api.call(identity.refresh, { body: { refreshToken: b.refreshToken as string, retryId } }))).status).toBe(401);
  // Its person is told, once, and so is the audit log of the organization.
  await problemOf(w.api.call(identity.refresh, { body: { refreshToken: a.refreshToken as string, retryId } }));
  const told = await w.db.query(`select template from mails where user_id = $1 and template = 'security_notice'`, [member.userId]);
  expect(told.rows).toHaveLength(1);
  const noted = await w.db.query(`select action from audit_log where organization_id = $1 and action = 'identity.session_reused'`, [
    member.organizationId,
  ]);
  expect(noted.rows).toHaveLength(1);
});

test('the same retry is an honest one for half a minute; later it is a stolen token, as is one of a family that is over', async () => {
  const fresh = async () => {
    const member = await w.signUp();
    const answer = await fetch(`${w.origin}/v1/auth/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: member.email, password: 'correct horse battery' }),
    });
    return { userId: member.userId, body: { refreshToken: cookieOf(answer), retryId: randomBytes(16).toString('hex') } };
  };
  const { body } = await fresh();
  const next = await w.api.call(identity.refresh, { body });
  await w.db.query(`update refresh_tokens set used_at = used_at - interval '31 seconds' where used_at is not null`);
  expect((await problemOf(w.api.call(identity.refresh, { body }))).status).toBe(401);
  const after = { refreshToken: next.refreshToken as string, retryId: randomBytes(16).toString('hex') };
  expect((await problemOf(w.api.call(identity.refresh, { body: after }))).status, 'the family').toBe(401);

  const old = await fresh();
  await w.db.query(
    `update refresh_tokens t set expires_at = now() - interval '1 second' from sessions s where s.id = t.session_id and s.user_id = $1`,
    [old.userId],
  );
  expect((await problemOf(w.api.call(identity.refresh, { body: old.body }))).status).toBe(401);

  // However often it is renewed, a session is over thirty days after it began.
  const long = await fresh();
  await w.db.query(
    `update refresh_tokens t set expires_at = now() + interval '1 hour' from sessions s where s.id = t.session_id and s.user_id = $1`,
    [long.userId],
  );
  await w.api.call(identity.refresh, { body: long.body });
  const later = await w.db.query(
    `select 1 from refresh_tokens t join sessions s on s.id = t.session_id where s.user_id = $1 and t.expires_at > now() + interval '61 minutes'`,
    [long.userId],
  );
  expect(later.rowCount, 'tokens that outlive their family').toBe(0);
});

test('a session given by a code has proven no more than the one that asked for it', async () => {
  const member = await w.signUp();
  await w.db.query(`update sessions set proven_at = now() - interval '2 hours' where user_id = $1`, [member.userId]);
  const verifier = randomBytes(48).toString('base64url');
  const ask = {
    clientId: 'inlay-extension',
    state: 'state-1234',
    codeChallenge: createHash('sha256').update(verifier).digest('base64url'),
    codeChallengeMethod: 'S256',
    redirectUri: `https://${'a'.repeat(32)}.chromiumapp.org/signed-in`,
  } as const;
  const { redirectTo } = await member.api.call(identity.authorize, { body: ask });
  const code = new URL(redirectTo).searchParams.get('code') as string;
  const body = { clientId: ask.clientId, code, redirectUri: ask.redirectUri, codeVerifier: verifier };
  const { accessToken } = await w.api.call(identity.exchangeCode, { body });
  const change = await fetch(`${w.origin}/v1/account/password`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
    body: JSON.stringify({ password: 'a wholly other sentence' }),
  });
  expect([change.status, ((await change.json()) as { code: string }).code]).toEqual([403, 'proof_needed']);
});

test('of 20 concurrent refreshes with one token exactly one wins, and one token follows it', async () => {
  const member = await w.signUp();
  const signIn = await fetch(`${w.origin}/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: member.email, password: 'correct horse battery' }),
  });
  const refreshToken = cookieOf(signIn);
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, () => w.api.call(identity.refresh, { body: { refreshToken, retryId: randomBytes(16).toString('hex') } })),
  );
  expect(results.filter((r) => r.status === 'fulfilled').length, 'renewals by one token').toBe(1);
  const { rows } = await w.db.query(
    `select count(*)::int as n from refresh_tokens where used_at is null and session_id in (select session_id from refresh_tokens where hash = $1)`,
    [createHash('sha256').update(refreshToken).digest('hex')],
  );
  expect(rows, 'tokens that follow one').toEqual([{ n: 1 }]);
});

test('the extension signs in by PKCE; a replayed code ends what it gave; a foreign redirect is refused', async () => {
  const member = await w.signUp();
  const verifier = randomBytes(48).toString('base64url');
  const codeChallenge = createHash('sha256').update(verifier).digest('base64url');
  const redirectUri = `https://${'a'.repeat(32)}.chromiumapp.org/signed-in`;
  const ask = { clientId: 'inlay-extension', state: 'state-1234', codeChallenge, codeChallengeMethod: 'S256' } as const;
  expect(
    await problemOf(
      member.api.call(identity.authorize, { body: { ...ask, redirectUri: `https://${'b'.repeat(32)}.chromiumapp.org/signed-in` } }),
    ),
  ).toMatchObject({ status: 422 });
  const { redirectTo } = await member.api.call(identity.authorize, { body: { ...ask, redirectUri } });
  const code = new URL(redirectTo).searchParams.get('code') as string;
  const give = { clientId: 'inlay-extension', code, redirectUri } as const;
  expect(await problemOf(w.api.call(identity.exchangeCode, { body: { ...give, codeVerifier: 'x'.repeat(64) } }))).toMatchObject({
    status: 422,
  });
  const elsewhere = { ...give, redirectUri: `https://${'b'.repeat(32)}.chromiumapp.org/signed-in`, codeVerifier: verifier };
  expect(await problemOf(w.api.call(identity.exchangeCode, { body: elsewhere }))).toMatchObject({ status: 422 });
  const age = (by: string) => w.db.query('update authorization_codes set expires_at = expires_at + $1::interval', [by]);
  await age('-121 seconds');
  expect(await problemOf(w.api.call(identity.exchangeCode, { body: { ...give, codeVerifier: verifier } }))).toMatchObject({ status: 422 });
  await age('121 seconds');
  const tokens = await w.api.call(identity.exchangeCode, { body: { ...give, codeVerifier: verifier } });
  expect(tokens.me.user.id).toBe(member.userId);
  await problemOf(w.api.call(identity.exchangeCode, { body: { ...give, codeVerifier: verifier } }));
  expect(
    (await problemOf(w.api.call(identity.refresh, { body: { refreshToken: tokens.refreshToken as string, retryId: 'r'.repeat(16) } })))
      .status,
  ).toBe(401);
});

test('a session given to a device or a place never seen before is told, also when a code gave it', async () => {
  const member = await w.signUp();
  const verifier = randomBytes(48).toString('base64url');
  const ask = {
    clientId: 'inlay-extension',
    state: 'state-1234',
    codeChallenge: createHash('sha256').update(verifier).digest('base64url'),
    codeChallengeMethod: 'S256',
    redirectUri: `https://${'a'.repeat(32)}.chromiumapp.org/signed-in`,
  } as const;
  const told = async () =>
    (await w.db.query(`select count(*)::int as n from mails where user_id = $1 and template = 'security_notice'`, [member.userId])).rows[0]
      .n as number;
  const exchange = async (headers: Record<string, string>) => {
    const { redirectTo } = await member.api.call(identity.authorize, { body: ask });
    const code = new URL(redirectTo).searchParams.get('code') as string;
    const answer = await fetch(`${w.origin}/v1/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ clientId: ask.clientId, code, redirectUri: ask.redirectUri, codeVerifier: verifier }),
    });
    expect(answer.status).toBe(200);
  };
  await exchange({});
  expect(await told()).toBe(0);
  await exchange({ 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' });
  expect(await told()).toBe(1);
  const { rows } = await w.db.query(`select detail->>'method' as method from audit_log where object = $1 and action = 'identity.sign_in'`, [
    member.userId,
  ]);
  expect(rows).toEqual([{ method: 'extension' }, { method: 'extension' }]);
});

test('a person disabled after the code was given gets no session for it', async () => {
  const member = await w.signUp();
  const verifier = randomBytes(48).toString('base64url');
  const codeChallenge = createHash('sha256').update(verifier).digest('base64url');
  const redirectUri = `https://${'a'.repeat(32)}.chromiumapp.org/signed-in`;
  const ask = { clientId: 'inlay-extension', state: 'state-1234', codeChallenge, codeChallengeMethod: 'S256', redirectUri } as const;
  const { redirectTo } = await member.api.call(identity.authorize, { body: ask });
  const code = new URL(redirectTo).searchParams.get('code') as string;
  await w.db.query('update users set disabled_at = now() where id = $1', [member.userId]);
  const body = { clientId: 'inlay-extension', code, redirectUri, codeVerifier: verifier } as const;
  expect((await problemOf(w.api.call(identity.exchangeCode, { body }))).status).toBe(422);
  const { rows } = await w.db.query(`select 1 from sessions where user_id = $1 and client = 'extension'`, [member.userId]);
  expect(rows).toHaveLength(0);
});

test('a renewal whose answer could not be put together signs nobody out: the same retry brings it', async () => {
  const member = await w.signUp();
  const signIn = await fetch(`${w.origin}/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: member.email, password: 'correct horse battery' }),
  });
  const body = { refreshToken: cookieOf(signIn), retryId: randomBytes(16).toString('hex') };
  await w.db.query('alter table memberships rename to memberships_away');
  try {
    expect((await problemOf(w.api.call(identity.refresh, { body }))).status).toBeGreaterThanOrEqual(500);
  } finally {
    await w.db.query('alter table memberships_away rename to memberships');
  }
  expect((await w.api.call(identity.refresh, { body })).me.user.id).toBe(member.userId);
});

test('tampered, expired and foreign tokens are nobody', async () => {
  const member = await w.signUp();
  const [head = '', body = '', signature = ''] = member.token.split('.');
  const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url');
  for (const token of [
    `${none}.${body}.`,
    `${head}.${body}.${signature.slice(0, -4)}AAAA`,
    `${head}.${Buffer.from(body, 'base64url').toString().replace(member.organizationId, 'org_other')}.${signature}`,
    '',
    'x',
  ]) {
    expect((await fetch(`${w.origin}/v1/me`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
  }
  // Of our own making, with one thing wrong each; the one with nothing wrong shows that it is this thing.
  const ours = localVars({ databaseUrl: '', neonProxyPort: 0, outsideOrigin: '', workerOrigin: '', extensionIds: '' })['SESSION_KEY'] ?? '';
  const [, payload] = member.token.split('.').map((part) => Buffer.from(part, 'base64url').toString());
  const claims = JSON.parse(payload ?? '') as { exp: number; iat: number };
  const statusWith = async (change: object, header: object = {}, key = ours) => {
    const token = await new SignJWT({ ...claims, ...change })
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: '1', ...header })
      .sign(Buffer.from(key, 'base64'));
    return (await fetch(`${w.origin}/v1/me`, { headers: { authorization: `Bearer ${token}` } })).status;
  };
  expect(await statusWith({})).toBe(200);
  expect(
    await Promise.all([
      statusWith({ aud: 'another-api' }),
      statusWith({ exp: claims.iat - 1 }),
      statusWith({ exp: undefined }),
      statusWith({ sub: 'usr_somebody_else' }),
      statusWith({}, { typ: 'JWT' }),
      statusWith({}, { kid: '999' }),
      statusWith({}, {}, randomBytes(32).toString('base64')),
    ]),
  ).toEqual([401, 401, 401, 401, 401, 401, 401]);
  await w.db.query('update users set disabled_at = now() where id = $1', [member.userId]);
  expect((await member.fetch('/v1/me')).status).toBe(401);
});

test('bad bodies are named by field and never a 5xx', async () => {
  const post = (body: string, type = 'application/json') =>
    fetch(`${w.origin}/v1/auth/sign-up`, { method: 'POST', headers: { 'content-type': type }, body });
  expect((await post('{')).status).toBe(400);
  expect((await post('{}', 'text/plain')).status).toBe(415);
  expect((await post(JSON.stringify({ email: 'x', password: 'p'.repeat(3_000_000) }))).status).toBe(413);
  const answer = await post(
    JSON.stringify({ email: 'not-an-address', password: 'short', name: '', organizationName: 'x', timezone: 'Mars/Base' }),
  );
  expect(answer.status).toBe(422);
  const { fields } = (await answer.json()) as { fields: { path: string }[] };
  expect(fields.map((f) => f.path).sort()).toEqual(['email', 'name', 'password', 'timezone']);
});
