import { afterEach, beforeEach, expect, test } from 'vitest';
import { noFaults } from '../core/faults.ts';
import { SNAPCHAT_APP } from './index.ts';
import { ACCOUNT, openSnap, type SnapClient } from './testing/snap-client.ts';

let snap: SnapClient;
beforeEach(() => {
  snap = openSnap();
});
afterEach(() => snap.sandbox.close());

const HERE = 'http://127.0.0.1:8787/v1/connections/snapchat/callback';
const SCOPE = 'snapchat-marketing-api snapchat-profile-api';

async function visit(query: Record<string, string>): Promise<Response> {
  const asked = new URLSearchParams({ client_id: SNAPCHAT_APP.id, redirect_uri: HERE, response_type: 'code', scope: SCOPE, ...query });
  const answer = await snap.sandbox.handle(new Request(`https://accounts.snapchat.com/login/oauth2/authorize?${asked}`));
  if (answer === null) throw new Error('cut');
  return answer;
}
async function exchange(form: Record<string, string>): Promise<{ status: number; body: Record<string, unknown> }> {
  const body = new URLSearchParams({ client_id: SNAPCHAT_APP.id, client_secret: SNAPCHAT_APP.secret, ...form });
  const answer = await snap.sandbox.handle(
    new Request('https://accounts.snapchat.com/login/oauth2/access_token', { method: 'POST', body }),
  );
  if (answer === null) throw new Error('cut');
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
async function codeOf(): Promise<string> {
  const back = new URL((await visit({ decision: 'continue', state: 's1' })).headers.get('location') ?? '');
  expect(back.searchParams.get('state')).toBe('s1');
  return back.searchParams.get('code') ?? '';
}
const as = (token: unknown) => snap.call('GET', 'me', undefined, { authorization: `Bearer ${String(token)}` });

test('consent, code, token of an hour, refresh: and the code works once', async () => {
  const code = await codeOf();
  const grant = { grant_type: 'authorization_code', code, redirect_uri: HERE };
  expect((await exchange({ ...grant, redirect_uri: `${HERE}2` })).body['error']).toBe('invalid_grant');
  const { body } = await exchange(grant);
  expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: SCOPE });
  expect((await exchange(grant)).body['error']).toBe('invalid_grant');
  expect((await as(body['access_token'])).status).toBe(200);
  snap.pass(3_600_000);
  const expired = await as(body['access_token']);
  expect(expired.status).toBe(401);
  expect(expired.headers.get('www-authenticate')).toBe('Bearer error="invalid_token", error_description="The access token expired"');
  const refreshed = await exchange({ grant_type: 'refresh_token', refresh_token: String(body['refresh_token']) });
  expect(refreshed.body['refresh_token']).toBe(body['refresh_token']);
  expect((await as(refreshed.body['access_token'])).status).toBe(200);
});

test('the consent page asks, refuses strangers and wrong wishes, and a person may say no', async () => {
  const shown = await visit({});
  expect(shown.status).toBe(200);
  expect(await shown.text()).toContain('Manage ads and read reports');
  const no = new URL((await visit({ decision: 'cancel' })).headers.get('location') ?? '');
  expect(no.searchParams.get('error')).toBe('access_denied');
  for (const wrong of [
    { client_id: 'x' },
    { redirect_uri: 'https://api.example.com/v1/connections/snapchat/callback' },
    { redirect_uri: `${HERE}?next=1` },
    { response_type: 'token' },
    { scope: 'everything' },
    { scope: '' },
  ]) {
    expect((await visit({ decision: 'continue', ...(wrong as Record<string, string>) })).status).toBe(400);
  }
});

test('the token call refuses a wrong secret, a wrong grant and what was revoked', async () => {
  expect((await exchange({ client_secret: 'x' })).body['error']).toBe('invalid_client');
  expect((await exchange({ grant_type: 'password' })).body['error']).toBe('unsupported_grant_type');
  const { body } = await exchange({ grant_type: 'authorization_code', code: await codeOf(), redirect_uri: HERE });
  snap.sandbox.snapchat.expireTokens();
  expect((await as(body['access_token'])).status).toBe(401);
  const refresh = { grant_type: 'refresh_token', refresh_token: String(body['refresh_token']) };
  expect((await exchange(refresh)).status).toBe(200);
  snap.sandbox.snapchat.revokeTokens();
  expect((await exchange(refresh)).body['error']).toBe('invalid_grant');
});

test('a refresh token may be exchanged for a new one, when the platform is set to do so', async () => {
  snap.sandbox.snapchat.settings.rotateRefreshTokens = true;
  const { body } = await exchange({ grant_type: 'authorization_code', code: await codeOf(), redirect_uri: HERE });
  const refresh = { grant_type: 'refresh_token', refresh_token: String(body['refresh_token']) };
  expect((await exchange(refresh)).body['refresh_token']).not.toBe(body['refresh_token']);
  expect((await exchange(refresh)).status).toBe(400);
});

test('no token, a strange token and a missing scope are refused in the platform’s words', async () => {
  expect((await snap.call('GET', 'me', undefined, { authorization: 'Basic x' })).status).toBe(401);
  expect((await as('nonsense')).headers.get('www-authenticate')).toContain('invalid_token');
  const narrow = snap.sandbox.snapchat.issueToken(['snapchat-profile-api']);
  const refused = await as(narrow);
  expect([refused.status, refused.body.error_code]).toEqual([403, 'E3002']);
});

test('a token may stop working in the middle', async () => {
  snap.sandbox.setFaults({ ...noFaults(1), expireTokenAfterCalls: 2 });
  const seen: number[] = [];
  for (let n = 0; n < 3; n += 1) seen.push((await snap.get(`${ACCOUNT}/campaigns`)).status);
  expect(seen).toEqual([200, 200, 401]);
});

test('ten calls of a second pass, the eleventh gets a bare 429, and a tenth of a second later one more passes', async () => {
  const quick = openSnap({ betweenCallsMs: 0 });
  const statuses: number[] = [];
  for (let n = 0; n < 11; n += 1) statuses.push((await quick.get('me')).status);
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
  const refused = await quick.get('me');
  expect(refused.body).toEqual({ text: '' });
  expect([...refused.headers.keys()]).toEqual([]);
  quick.pass(100);
  expect((await quick.get('me')).status).toBe(200);
  expect((await quick.get('me')).status).toBe(429);
  quick.sandbox.close();
});

test('all tokens of the app share twenty a second', async () => {
  const quick = openSnap({ betweenCallsMs: 0 });
  let passed = 0;
  for (let person = 0; person < 3; person += 1) {
    const token = quick.sandbox.snapchat.issueToken();
    for (let n = 0; n < 10; n += 1) {
      if ((await quick.call('GET', 'me', undefined, { authorization: `Bearer ${token}` })).status === 200) passed += 1;
    }
  }
  expect(passed).toBe(20);
  quick.sandbox.snapchat.setLimits({ perApp: 1000, perToken: 1000 });
  quick.pass(1000);
  expect((await quick.get('me')).status).toBe(200);
  quick.sandbox.close();
});
