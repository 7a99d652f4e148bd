import { afterAll, beforeAll, expect, test } from 'vitest';
import { LINKEDIN_APP } from './index.ts';
import { openLinkedin, type RestClient } from './testing/rest-client.ts';

const REDIRECT = 'http://127.0.0.1:8787/v1/connections/linkedin/callback';
const DAY_MS = 86_400_000;
let now = Date.parse('2026-11-20T10:00:00Z');
let rest: RestClient;
beforeAll(() => {
  rest = openLinkedin({ now: () => now });
});
afterAll(() => rest.sandbox.close());

async function handle(request: Request): Promise<Response> {
  const answer = await rest.sandbox.handle(request);
  if (answer === null) throw new Error('cut');
  return answer;
}
function open(query: Record<string, string>): Promise<Response> {
  const url = new URL('https://www.linkedin.com/oauth/v2/authorization');
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: LINKEDIN_APP.id,
    redirect_uri: REDIRECT,
    state: 's t',
    scope: 'r_ads rw_ads',
    ...query,
  }).toString();
  return handle(new Request(url));
}
async function oauth(path: string, form: Record<string, string>): Promise<{ status: number; body: Record<string, unknown> }> {
  const body = new URLSearchParams({ client_id: LINKEDIN_APP.id, client_secret: LINKEDIN_APP.secret, ...form });
  const answer = await handle(new Request(`https://www.linkedin.com/oauth/v2/${path}`, { method: 'POST', body }));
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
}
const queryOf = (answer: Response): Record<string, string> =>
  Object.fromEntries(new URL(answer.headers.get('location') ?? '').searchParams);
async function login(scope = 'r_ads rw_ads'): Promise<Record<string, unknown>> {
  const { code = '' } = queryOf(await open({ auto: '1', scope }));
  return (await oauth('accessToken', { grant_type: 'authorization_code', code, redirect_uri: REDIRECT })).body;
}
const works = async (token: unknown): Promise<number> =>
  (await rest.get('adAccounts?q=search', { authorization: `Bearer ${String(token)}` })).status;

test('the page shows the wishes; Allow and Cancel go back with the state; a strange address never gets a browser', async () => {
  const page = await open({});
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Manage your ad accounts')]);
  expect(queryOf(await open({ decision: 'cancel' }))).toMatchObject({ error: 'user_cancelled_authorize', state: 's t' });
  expect(queryOf(await open({ decision: 'allow' }))).toMatchObject({ code: expect.stringMatching(/^AQ/), state: 's t' });
  expect(queryOf(await open({ scope: 'everything' }))['error']).toBe('unauthorized_scope_error');
  expect((await open({ client_id: 'x' })).status).toBe(400);
  expect((await open({ redirect_uri: 'https://evil.example/callback' })).status).toBe(400);
});

test('a code works once, for its own address and secret, for half an hour', async () => {
  const { code = '' } = queryOf(await open({ auto: '1' }));
  const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT };
  expect((await oauth('accessToken', { ...form, redirect_uri: `${REDIRECT}/other` })).status).toBe(400);
  expect((await oauth('accessToken', { ...form, client_secret: 'wrong' })).status).toBe(401);
  const { status, body } = await oauth('accessToken', form);
  expect([status, body]).toEqual([
    200,
    expect.objectContaining({ expires_in: 5_184_000, refresh_token_expires_in: 31_536_000, scope: 'r_ads,rw_ads' }),
  ]);
  expect((await oauth('accessToken', form)).body['error']).toBe('invalid_request');
  expect(await works(body['access_token'])).toBe(200);
  const late = queryOf(await open({ auto: '1' }));
  now += 31 * 60_000;
  expect((await oauth('accessToken', { ...form, code: late['code'] ?? '' })).status).toBe(400);
});

test('refreshing gives new access and never moves the end of the year: then a person signs in again', async () => {
  const first = await login();
  const refresh_token = String(first['refresh_token']);
  const refresh = () => oauth('accessToken', { grant_type: 'refresh_token', refresh_token });
  now += 61 * DAY_MS;
  expect(await works(first['access_token'])).toBe(401);
  const second = await refresh();
  expect(second.body).toMatchObject({ refresh_token, expires_in: 5_184_000, refresh_token_expires_in: 304 * 86_400 });
  expect(await works(second.body['access_token'])).toBe(200);
  now += 300 * DAY_MS;
  expect((await refresh()).body['refresh_token_expires_in']).toBe(4 * 86_400);
  now += 4 * DAY_MS;
  expect([(await refresh()).status, (await refresh()).body['error']]).toEqual([400, 'invalid_grant']);
  now = Date.parse('2026-11-20T10:00:00Z');
});

test('an app that is not approved gets no refresh token', async () => {
  await rest.sandbox.linkedin.control('PUT', 'refresh-tokens', { approved: false });
  expect(await login()).not.toHaveProperty('refresh_token');
  await rest.sandbox.linkedin.control('PUT', 'refresh-tokens', { approved: true });
});

test('other scopes end the older tokens; a token given back ends its whole login; introspection says so', async () => {
  const older = await login();
  const newer = await login('r_ads rw_ads r_ads_reporting');
  expect([await works(older['access_token']), await works(newer['access_token'])]).toEqual([401, 200]);
  const token = String(newer['access_token']);
  expect((await oauth('introspectToken', { token })).body).toMatchObject({
    active: true,
    status: 'active',
    scope: 'r_ads,rw_ads,r_ads_reporting',
  });
  expect((await oauth('revoke', { token })).status).toBe(200);
  expect((await oauth('introspectToken', { token })).body).toMatchObject({ active: false, status: 'revoked' });
  expect((await oauth('accessToken', { grant_type: 'refresh_token', refresh_token: String(newer['refresh_token']) })).status).toBe(400);
  expect((await oauth('introspectToken', { token: 'x' })).body).toEqual({ active: false });
});
