import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEMO_ADVERTISERS, TIKTOK_APP } from './index.ts';
import { CAMPAIGN, openTiktok, type ApiClient } from './testing/api-client.ts';

const REDIRECT = 'https://api.inlay.test/v1/connections/tiktok/callback';
const APP = { app_id: TIKTOK_APP.id, secret: TIKTOK_APP.secret };
let now: number;
let api: ApiClient;
beforeEach(() => {
  now = Date.parse('2026-11-20T10:00:00Z');
  api = openTiktok({ now: () => now });
});
afterEach(() => api.sandbox.close());

async function page(query: Record<string, string>, more = ''): Promise<Response> {
  const asked = new URLSearchParams({ app_id: TIKTOK_APP.id, redirect_uri: REDIRECT, state: 'a state', ...query });
  const answer = await api.sandbox.handle(new Request(`https://business-api.tiktok.com/portal/auth?${asked.toString()}${more}`));
  if (answer === null) throw new Error('cut');
  return answer;
}
async function codeFrom(answer: Response): Promise<string> {
  const url = new URL(answer.headers.get('location') ?? '');
  expect(url.searchParams.get('state')).toBe('a state');
  expect(url.searchParams.get('code')).toBe(url.searchParams.get('auth_code'));
  return String(url.searchParams.get('auth_code'));
}
const exchange = (auth_code: string, more: object = {}) => api.post('oauth2/access_token/', { ...APP, auth_code, ...more });

test('the page names the accounts, and goes back only to a registered address', async () => {
  const shown = await page({});
  const html = await shown.text();
  for (const word of ['Northwind Coffee', 'Northwind Outlet', 'Confirm', 'Cancel']) expect(html).toContain(word);
  expect((await page({ redirect_uri: 'https://evil.example/callback' })).status).toBe(400);
  expect((await page({ app_id: '1' })).status).toBe(400);
  const refused = await page({ decision: 'cancel' });
  expect(refused.headers.get('location')).toBe(`${REDIRECT}?error=access_denied&state=a+state`);
});

test('a code works once, for an hour, with the app’s secret; the token is for the chosen accounts', async () => {
  const code = await codeFrom(await page({ decision: 'confirm' }, `&advertiser=${DEMO_ADVERTISERS.dollars}`));
  expect((await exchange(code, { secret: 'no' })).code).toBe(40101);
  expect((await exchange(code, { app_id: '1' })).code).toBe(40113);
  const answer = await exchange(code);
  expect(answer.data).toEqual({ access_token: expect.any(String), advertiser_ids: [DEMO_ADVERTISERS.dollars], scope: expect.any(Array) });
  expect((answer.data['scope'] as unknown[]).every((one) => typeof one === 'number')).toBe(true);
  expect((await exchange(code)).code).toBe(40110);
  const access_token = String(answer.data['access_token']);
  expect((await api.get('campaign/get/', { as: access_token })).code).toBe(40001); // the other account
  expect((await api.get('campaign/get/', { as: access_token, advertiser_id: DEMO_ADVERTISERS.dollars })).code).toBe(0);
  const late = await codeFrom(await page({ auto: '1' }));
  now += 3_600_001;
  expect((await exchange(late)).code).toBe(40110);
});

test('a long-lived token does not expire by itself; a short one does, and is refreshed for a year', async () => {
  now += 400 * 86_400_000;
  expect((await api.get('campaign/get/')).code).toBe(0);
  api.sandbox.tiktok.settings.tokenShape = 'creator';
  const { data } = await exchange(await codeFrom(await page({ auto: '1' })));
  expect(data).toMatchObject({ token_type: 'Bearer', expires_in: 86_400, refresh_token_expires_in: 31_536_000 });
  const access_token = String(data['access_token']);
  expect((await api.get('campaign/get/', { as: access_token })).code).toBe(0);
  now += 86_400_001;
  expect((await api.get('campaign/get/', { as: access_token })).code).toBe(40102);
  const refresh = (refresh_token: unknown) =>
    api.post('tt_user/oauth2/refresh_token/', {
      client_id: APP.app_id,
      client_secret: APP.secret,
      grant_type: 'refresh_token',
      refresh_token,
    });
  const fresh = await refresh(data['refresh_token']);
  expect((await api.get('campaign/get/', { as: fresh.data['access_token'] })).code).toBe(0);
  expect((await refresh('nonsense')).code).toBe(40107);
  now += 366 * 86_400_000;
  expect((await refresh(data['refresh_token'])).code).toBe(40103);
});

test('a revoked token is wrong from then on, a missing one is missing', async () => {
  const { data } = await exchange(await codeFrom(await page({ auto: '1' })));
  const access_token = String(data['access_token']);
  expect((await api.post('oauth2/revoke_token/', { ...APP, access_token })).data).toMatchObject({ app_id: TIKTOK_APP.id });
  expect((await api.get('campaign/get/', { as: access_token })).code).toBe(40105);
  expect((await api.get('campaign/get/', { as: '' })).code).toBe(40104);
});

test('permissions: without the right to ads nothing is created, without Smart+ nothing of it is read', async () => {
  const access_token = api.sandbox.tiktok.issueToken({ scopes: ['accounts', 'reports'] });
  expect((await api.post('campaign/create/', { ...CAMPAIGN, as: access_token })).code).toBe(40001);
  expect((await api.get('smart_plus/campaign/get/', { as: access_token })).code).toBe(40001);
  expect((await api.get('bc/get/', { as: access_token })).code).toBe(0);
});
