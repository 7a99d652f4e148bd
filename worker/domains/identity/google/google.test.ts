import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ApiError } from '#shared/api-client/create-api-client.ts';
import * as account from '#shared/contracts/account.ts';
import * as identity from '#shared/contracts/identity.ts';
import { LEGAL_VERSIONS } from '#shared/rules/legal-documents.ts';
import { discovery } from '../../../../sandbox/google/sign-in.ts';
import { SPOILS } from '../../../../sandbox/google/store.ts';
import { noFaults } from '../../../../sandbox/index.ts';
import { startWorker, type Member, type TestWorker } from '../../../testing/harness.ts';
import { GOOGLE } from './google-api.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker();
});
afterAll(() => w.stop());
beforeEach(() => {
  w.sandbox.google.store.spoil = null;
  w.sandbox.setFaults(noFaults());
});

const newAddress = () => `google-${randomBytes(4).toString('hex')}@example.com`;
const problemOf = (call: Promise<unknown>) =>
  call.then(
    () => {
      throw new Error('was not refused');
    },
    (error: unknown) => (error as ApiError).problem,
  );
interface Begun {
  url: URL;
  cookie: string;
}
/** A browser that begins: what the app is told to open, and the cookie it was given. */
const begin = async ({ member, ...body }: { returnTo?: string; member?: Member; beginning?: object } = {}): Promise<Begun> => {
  const path = member ? '/v1/account/google/start' : '/v1/auth/google/start';
  const answer = await fetch(w.origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(member ? { authorization: `Bearer ${member.token}` } : {}) },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
  const cookie = answer.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/^inlay_sign_in=[\w-]{43}; Path=\/v1\/auth\/google; HttpOnly; SameSite=Lax; Max-Age=600/);
  return { url: new URL(((await answer.json()) as { url: string }).url), cookie: cookie.split(';')[0] ?? '' };
};
/** Chooses an account on Google's page: the address Google sends the browser to. */
const choose = async ({ url }: Begun, chosen: Record<string, string>): Promise<string> => {
  const page = new URL(url);
  for (const [name, value] of Object.entries(chosen)) page.searchParams.set(name, value);
  const answer = await fetch(page, { redirect: 'manual' });
  expect(answer.status).toBe(302);
  return answer.headers.get('location') ?? '';
};
/** The browser comes back: where it is sent, and the refresh token it was given. */
const comeBack = async (location: string, cookie: string | null) => {
  // The Worker of a test is told an origin without its port.
  const { pathname, search } = new URL(location);
  const answer = await fetch(w.origin + pathname + search, { redirect: 'manual', headers: cookie === null ? {} : { cookie } });
  expect(answer.status).toBe(302);
  return {
    to: (answer.headers.get('location') ?? '').replace(/^https?:\/\/[^/]+/, ''),
    refreshToken: /^inlay_refresh=(irt_[\w-]+); Path=\/v1\/auth; HttpOnly; SameSite=Strict/.exec(
      answer.headers.get('set-cookie') ?? '',
    )?.[1],
  };
};
const signInAs = async (email: string, name = 'Google person', returnTo?: string) => {
  const begun = await begin(returnTo === undefined ? {} : { returnTo });
  return comeBack(await choose(begun, { email, name }), begun.cookie);
};
const meOf = async (refreshToken: string | undefined) =>
  (await w.api.call(identity.refresh, { body: { refreshToken: refreshToken ?? '', retryId: randomBytes(16).toString('hex') } })).me;
const linked = async (userId: string): Promise<number> =>
  (await w.db.query('select count(*)::int as n from external_identities where user_id = $1', [userId])).rows[0].n;

test('where Google is asked is what Google publishes', () => {
  const { issuer, authorization_endpoint, token_endpoint, jwks_uri } = discovery;
  expect(GOOGLE).toEqual({ issuer, authorization_endpoint, token_endpoint, jwks_uri });
});

test('an unknown person with a verified address gets an account and an organization; the next time they are known, whatever their address', async () => {
  const email = newAddress();
  const first = await signInAs(email, 'Google person', '/launches');
  expect(first.to).toBe('/launches');
  const me = await meOf(first.refreshToken);
  expect(me).toMatchObject({ user: { email, name: 'Google person' }, organization: { name: 'Google person' }, role: 'owner' });
  const { rows } = await w.db.query('select password_hash from users where id = $1', [me.user.id]);
  expect(rows).toEqual([{ password_hash: null }]);
  w.sandbox.google.store.account(email).email = `moved-${email}`;
  expect((await meOf((await signInAs(`moved-${email}`)).refreshToken)).user.id).toBe(me.user.id);
  expect((await w.db.query(`select method from sessions where user_id = $1`, [me.user.id])).rows).toEqual([
    { method: 'google' },
    { method: 'google' },
  ]);
});

test('an account begins with what the page said: currency, timezone, language, and what its button agreed to; one that is there keeps its own', async () => {
  const email = newAddress();
  const beginning = { currency: 'MAD', timezone: 'Africa/Casablanca', locale: 'fr', agreed: LEGAL_VERSIONS };
  const through = async (given?: object) => {
    const begun = await begin(given === undefined ? {} : { beginning: given });
    return meOf((await comeBack(await choose(begun, { email, name: 'Google person' }), begun.cookie)).refreshToken);
  };
  const me = await through(beginning);
  expect(me).toMatchObject({
    user: { locale: 'fr' },
    organization: { currency: 'MAD', timezone: 'Africa/Casablanca', locale: 'fr' },
  });
  const agreed = async (userId: string) =>
    (await w.db.query('select document, version from consents where user_id = $1 order by document', [userId])).rows;
  const both = [
    { document: 'privacy', version: LEGAL_VERSIONS.privacy },
    { document: 'terms', version: LEGAL_VERSIONS.terms },
  ];
  expect(await agreed(me.user.id)).toEqual(both);
  expect(await through({ ...beginning, currency: 'USD', timezone: 'UTC', locale: 'ar' })).toEqual(me);

  // A page that says nothing, or shows an older text, puts nothing on record: the account asks.
  const old = newAddress();
  const begun = await begin({ beginning: { agreed: { terms: 'template-0', privacy: LEGAL_VERSIONS.privacy } } });
  const late = await meOf((await comeBack(await choose(begun, { email: old, name: 'G' }), begun.cookie)).refreshToken);
  expect(await agreed(late.user.id)).toEqual([both[0]]);
  for (const bad of [{ currency: 'XXQ' }, { timezone: 'Mars/Olympus' }, { locale: 'de' }])
    expect(await problemOf(w.api.call(identity.startGoogle, { body: { beginning: bad as never } }))).toMatchObject({
      code: 'invalid_input',
    });
});

test('two tabs of one new person open one account', async () => {
  const email = newAddress();
  const results = await Promise.all([signInAs(email), signInAs(email), signInAs(email)]);
  const people = await Promise.all(results.map(async (one) => (await meOf(one.refreshToken)).user.id));
  expect(new Set(people).size).toBe(1);
});

test('an address that has an account is not let in by Google; its owner links it, and then is; unlinked it is not', async () => {
  const member = await w.signUp();
  expect(await signInAs(member.email)).toEqual({ to: '/sign-in?problem=google_not_linked', refreshToken: undefined });
  expect(await linked(member.userId)).toBe(0);
  const begun = await begin({ member, returnTo: '/settings/account' });
  const back = await comeBack(await choose(begun, { email: member.email }), begun.cookie);
  expect(back).toEqual({ to: '/settings/account?linked=google', refreshToken: undefined });
  expect(await member.api.call(account.getAccount, {})).toMatchObject({ googleEmail: member.email });
  expect((await meOf((await signInAs(member.email)).refreshToken)).user.id).toBe(member.userId);
  // Another account of Google does not come on top, and this one belongs to nobody else.
  const more = await begin({ member });
  expect((await comeBack(await choose(more, { email: newAddress() }), more.cookie)).to).toBe('/settings/account?problem=google_already');
  const stranger = await w.signUp();
  const theirs = await begin({ member: stranger });
  expect((await comeBack(await choose(theirs, { email: member.email }), theirs.cookie)).to).toBe('/settings/account?problem=google_taken');
  await member.api.call(account.unlinkGoogle, {});
  expect(await linked(member.userId)).toBe(0);
  expect((await signInAs(member.email)).to).toBe('/sign-in?problem=google_not_linked');
  const { rows } = await w.db.query(`select action from audit_log where object = $1 and action like 'identity.google%' order by at`, [
    member.userId,
  ]);
  expect(rows.map((row) => row.action)).toEqual(['identity.google_linked', 'identity.google_unlinked']);
});

test('linking and unlinking need a fresh proof, and a link belongs to the session that asked', async () => {
  const member = await w.signUp();
  const begun = await begin({ member });
  const location = await choose(begun, { email: newAddress() });
  await w.db.query(`update sessions set proven_at = now() - interval '6 minutes' where user_id = $1`, [member.userId]);
  expect(await problemOf(member.api.call(account.linkGoogle, { body: {} }))).toMatchObject({ code: 'proof_needed' });
  expect(await problemOf(member.api.call(account.unlinkGoogle, {}))).toMatchObject({ code: 'proof_needed' });
  await w.db.query('update sessions set revoked_at = now() where user_id = $1', [member.userId]);
  expect((await comeBack(location, begun.cookie)).to).toBe('/settings/account?problem=session_ended');
  expect(await linked(member.userId)).toBe(0);
});

test('who has no password keeps Google', async () => {
  const me = await meOf((await signInAs(newAddress())).refreshToken);
  const { accessToken } = await w.api.call(identity.refresh, {
    body: { refreshToken: (await signInAs(me.user.email)).refreshToken ?? '', retryId: 'r'.repeat(20) },
  });
  const answer = await fetch(`${w.origin}/v1/account/google`, { method: 'DELETE', headers: { authorization: `Bearer ${accessToken}` } });
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([409, 'conflict']);
  expect(await linked(me.user.id)).toBe(1);
});

test('a state works once, in the browser that began, for ten minutes', async () => {
  const email = newAddress();
  const begun = await begin();
  const location = await choose(begun, { email });
  const other = await begin();
  const nowhere = { to: '/sign-in?problem=state', refreshToken: undefined };
  expect(await comeBack(location, null)).toEqual(nowhere);
  expect(await comeBack(location, other.cookie)).toEqual(nowhere);
  const foreign = new URL(location);
  foreign.searchParams.set('state', randomBytes(32).toString('base64url'));
  expect(await comeBack(foreign.href, begun.cookie)).toEqual(nowhere);
  const both = await Promise.all([comeBack(location, begun.cookie), comeBack(location, begun.cookie)]);
  expect(both.map((one) => one.to).sort()).toEqual(['/', '/sign-in?problem=state']);
  const late = await choose(other, { email });
  await w.db.query(`update sign_in_states set expires_at = expires_at - interval '11 minutes'`);
  expect(await comeBack(late, other.cookie)).toEqual(nowhere);
});

test('a code of one sign-in put into another does not sign in: verifier and nonce are the browser’s own', async () => {
  const [victim, attacker] = [await begin(), await begin()];
  const stolen = new URL(await choose(victim, { email: newAddress() })).searchParams.get('code') ?? '';
  const own = new URL(await choose(attacker, { email: newAddress() }));
  own.searchParams.set('code', stolen);
  expect(await comeBack(own.href, attacker.cookie)).toEqual({ to: '/sign-in?problem=refused', refreshToken: undefined });
});

test.each(SPOILS)('a token that is wrong by %s signs nobody in', async (spoil) => {
  w.sandbox.google.store.spoil = spoil;
  const email = newAddress();
  expect(await signInAs(email)).toEqual({ to: '/sign-in?problem=forged', refreshToken: undefined });
  expect((await w.db.query('select 1 from users where email = $1', [email])).rows).toEqual([]);
});

test('an address that Google has not verified opens nothing', async () => {
  const email = newAddress();
  w.sandbox.google.store.account(email, 'Unverified', false);
  expect(await signInAs(email, 'Unverified')).toEqual({ to: '/sign-in?problem=refused', refreshToken: undefined });
  expect((await w.db.query('select 1 from users where email = $1', [email])).rows).toEqual([]);
});

test('keys rotate and nobody notices; Google away is told, and the next try signs in', async () => {
  const email = newAddress();
  await signInAs(email);
  w.sandbox.google.store.keys.rotate();
  expect((await signInAs(email)).to).toBe('/');
  w.sandbox.setFaults({ ...noFaults(), only: ['google'], error500: { p: 1, appliedShare: 0 } });
  expect((await signInAs(email)).to).toBe('/sign-in?problem=silent');
  w.sandbox.setFaults(noFaults());
  expect((await signInAs(email)).to).toBe('/');
});

test('who says no at Google, and who is disabled here, come back without a session', async () => {
  const email = newAddress();
  const me = await meOf((await signInAs(email)).refreshToken);
  const begun = await begin();
  expect(await comeBack(await choose(begun, { deny: '1' }), begun.cookie)).toEqual({
    to: '/sign-in?problem=denied',
    refreshToken: undefined,
  });
  await w.db.query('update users set disabled_at = now() where id = $1', [me.user.id]);
  expect(await signInAs(email)).toEqual({ to: '/sign-in?problem=disabled', refreshToken: undefined });
});

test('with a second factor Google alone signs nobody in: the challenge comes back behind the hash', async () => {
  const email = newAddress();
  const me = await meOf((await signInAs(email)).refreshToken);
  await w.db.query(`update users set totp_secret = 'x', totp_enabled_at = now() where id = $1`, [me.user.id]);
  const { to, refreshToken } = await signInAs(email, 'Google person', '/leads');
  expect(refreshToken).toBeUndefined();
  const [path, hash] = to.split('#');
  expect(path).toBe('/sign-in');
  const asked = new URLSearchParams(hash);
  expect(asked.get('returnTo')).toBe('/leads');
  expect(asked.get('challenge')).toMatch(/^itc_/);
});

test.each(['//evil.example.com', 'https://evil.example.com/', '/\\evil.example.com', 'launches', '/\t/evil.example.com'])(
  'the way back is a page of ours, not %j',
  async (returnTo) => {
    expect(await problemOf(w.api.call(identity.startGoogle, { body: { returnTo } }))).toMatchObject({
      status: 422,
      fields: [{ path: 'returnTo' }],
    });
  },
);
