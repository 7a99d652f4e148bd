import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addDays, dayOf } from '#shared/rules/day-of.ts';
import { createSandbox, defaultFaultPlan, noFaults, type Sandbox } from '../../../../sandbox/index.ts';
import type { Outside } from '../../http/send.ts';
import type { AdSession, InsightDay } from '../ad-platform.ts';
import { googleAdsAccounts } from './accounts.ts';
import { googleAdsInsights } from './insights.ts';
import { googleAdsMedia } from './media.ts';
import { googleAdsOAuth } from './oauth.ts';
import { all, failure, outsideOf } from '../../../testing/outside-of.ts';

const APP = { id: 'sandbox-google.apps.googleusercontent.com', secret: 'sandbox-google-secret' };
const ACCOUNT = '4000000011';
let sandbox: Sandbox;
let outside: Outside;
const session = (more: Partial<AdSession> = {}): AdSession => ({
  outside,
  accessToken: sandbox.googleAds.issueToken(),
  accountExternalId: ACCOUNT,
  timeoutMs: 5_000,
  ...more,
});

beforeAll(async () => {
  sandbox = await createSandbox({ seed: 11 });
  outside = outsideOf(sandbox);
});
beforeEach(() => sandbox.setFaults(noFaults()));
afterAll(async () => {
  expect(sandbox.log.violations).toEqual([]);
  await sandbox.close();
});

test('login: code with PKCE to an hour and a refresh token; renewed by it; given back, and then no more', async () => {
  const redirectUri = 'https://api.inlay.test/v1/connections/google-ads/callback';
  const codeVerifier = 'v'.repeat(64);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier));
  const codeChallenge = Buffer.from(digest).toString('base64url');
  const exchange = async (verifier: string) => {
    const page = googleAdsOAuth.authorizeUrl(APP, { redirectUri, state: 's', codeChallenge, shop: null });
    const response = await outside(`${page}&email=owner%40example.com`, { redirect: 'manual' });
    const code = new URL(response.headers.get('location') as string).searchParams.get('code') as string;
    return googleAdsOAuth.exchange(outside, APP, { code, redirectUri, codeVerifier: verifier, shop: null });
  };
  expect(await failure(exchange('w'.repeat(64)))).toBe('auth invalid_grant');
  const grant = await exchange(codeVerifier);
  expect(grant).toMatchObject({ displayName: 'owner@example.com', refreshToken: expect.stringMatching(/^1\/\//) });
  expect(grant.externalUserId).toMatch(/^\d{21}$/);
  expect(grant.scopes).toContain('https://www.googleapis.com/auth/adwords');
  expect(((grant.expiresAt as Date).getTime() - Date.now()) / 60_000).toBeCloseTo(60, 0);
  expect((await googleAdsAccounts.list(session({ accessToken: grant.accessToken }))).length).toBe(2);

  sandbox.google.expireTokens();
  expect(await failure(googleAdsAccounts.list(session({ accessToken: grant.accessToken })))).toBe('auth UNAUTHENTICATED');
  const externalId = grant.externalUserId;
  const renewed = await googleAdsOAuth.renew(outside, APP, { ...grant, externalId });
  expect(renewed).toMatchObject({ refreshToken: grant.refreshToken, externalUserId: externalId });
  expect((await googleAdsAccounts.list(session({ accessToken: renewed.accessToken }))).length).toBe(2);

  await googleAdsOAuth.revoke(outside, APP, renewed.accessToken, externalId);
  expect(await failure(googleAdsOAuth.renew(outside, APP, { ...renewed, externalId }))).toBe('auth invalid_grant');
  expect(await failure(googleAdsOAuth.renew(outside, APP, { accessToken: 'x', refreshToken: null, externalId }))).toBe(
    'auth no_refresh_token',
  );
  expect(await failure(googleAdsOAuth.renew(outside, { ...APP, secret: 'wrong' }, { ...renewed, externalId }))).toBe(
    'refused invalid_client',
  );
});

test('an account under a manager is reached through that manager only', async () => {
  const accounts = await googleAdsAccounts.list(session());
  expect(accounts).toEqual([
    { externalId: '4000000011', name: 'Northwind Coffee', currency: 'EUR', timezone: 'Europe/Paris', status: 'active' },
    {
      externalId: '4000000012',
      name: 'Northwind Coffee (USD)',
      currency: 'USD',
      timezone: 'America/New_York',
      status: 'active',
      via: '4000000001',
    },
  ]);
  const below = session({ accountExternalId: '4000000012' });
  expect(await failure(all(googleAdsAccounts.entities(below, 'campaign')))).toBe('refused authorizationError.USER_PERMISSION_DENIED');
  expect(await failure(all(googleAdsAccounts.entities({ ...below, via: '4000000001' }, 'campaign')))).toBe('none');
});

test('lists are whole through pages, throttles, errors and lost answers; an ad by its id comes with what is above it', async () => {
  sandbox.googleAds.settings.pageRows = 2;
  sandbox.setFaults({ ...defaultFaultPlan(3), hangMs: 50 });
  const counts = await Promise.all(
    (['campaign', 'ad_set', 'ad'] as const).map(async (kind) => (await all(googleAdsAccounts.entities(session(), kind))).length),
  );
  expect(counts).toEqual([1, 2, 4]);
  sandbox.setFaults(noFaults());
  const ads = await all(googleAdsAccounts.entities(session(), 'ad'));
  sandbox.googleAds.settings.pageRows = 10_000;
  expect(ads.map((ad) => ad.status.unified).toSorted()).toEqual(['active', 'active', 'paused', 'paused']);
  const [ad] = ads;
  if (!ad) throw new Error('no ads');
  const { accountExternalId, entities } = await googleAdsAccounts.ad(session(), ad.externalId);
  expect(accountExternalId).toBe(ACCOUNT);
  expect(entities.find((entity) => entity.kind === 'ad')).toEqual(ad);
  expect(new Set(entities.map((entity) => entity.campaignExternalId))).toEqual(new Set([ad.campaignExternalId]));
  expect(await failure(googleAdsAccounts.ad(session(), '123'))).toBe('missing not_found');
});

test('the days of a month add up to what the platform itself says they are, under faults too', async () => {
  const until = dayOf(Date.now(), 'Europe/Paris');
  const since = addDays(until, -27);
  const asked = await outside(`https://googleads.googleapis.com/v25/customers/${ACCOUNT}/googleAds:search`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sandbox.googleAds.issueToken()}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      query: `SELECT metrics.cost_micros, metrics.impressions, metrics.clicks, metrics.conversions FROM customer WHERE segments.date BETWEEN '${since}' AND '${until}'`,
    }),
  });
  const { results } = await asked.json<{ results: { metrics: Record<string, string> }[] }>();
  const truth = results[0]?.metrics ?? {};
  sandbox.setFaults({ ...defaultFaultPlan(4), hangMs: 50 });
  const days = await all(googleAdsInsights.days(session(), { since, until, currency: 'EUR' }));
  const sum = (of: (day: InsightDay) => number) => days.reduce((total, day) => total + of(day), 0);
  expect(days.length).toBeGreaterThan(50);
  expect(new Set(days.map((day) => `${day.adExternalId} ${day.day}`)).size).toBe(days.length);
  expect(sum((day) => day.spendMinor) * 10_000).toBe(Number(truth['costMicros']));
  expect(sum((day) => day.impressions)).toBe(Number(truth['impressions']));
  expect(sum((day) => day.clicks)).toBe(Number(truth['clicks']));
  expect(sum((day) => Number(day.claimed?.['conversions'] ?? 0))).toBe(Number(truth['conversions']));
});

test('parts of a cent are rounded, yen have none', async () => {
  const day = dayOf(Date.now(), 'Europe/Paris');
  const name = `customers/${ACCOUNT}/adGroupAds/160000000000901~720000000000901`;
  sandbox.googleAds.setInsights(name, day, { costMicros: 1_235_000, impressions: 10, clicks: 1, conversions: 0, conversionsValue: 0 });
  const own = async (currency: string) =>
    (await all(googleAdsInsights.days(session(), { since: day, until: day, currency }))).find(
      (one) => one.adExternalId === '720000000000901',
    );
  expect(await own('EUR')).toMatchObject({ spendMinor: 124, impressions: 10, clicks: 1, claimed: null });
  expect(await own('JPY')).toMatchObject({ spendMinor: 1 });
  expect(await own('KWD')).toMatchObject({ spendMinor: 1235 });
});

test('equal pictures are one, whatever they are called; what is no picture is refused', async () => {
  const bytes = (await import('../../../testing/test-plan.ts')).picture('c', '1x1', 5).bytes.buffer;
  const once = await googleAdsMedia.image(session(), { name: 'inlay-0123456789ABC.png', bytes });
  expect(await googleAdsMedia.image(session(), { name: 'inlay-0123456789ABD.png', bytes })).toEqual(once);
  expect(await googleAdsMedia.find(session(), 'image', 'inlay-0123456789ABC.png')).toEqual([{ ...once, createdAt: null }]);
  expect(await failure(googleAdsMedia.image(session(), { name: 'x.png', bytes: new ArrayBuffer(20) }))).toMatch(/^refused imageError\./);
  expect(googleAdsMedia.video).toBeUndefined();
});
