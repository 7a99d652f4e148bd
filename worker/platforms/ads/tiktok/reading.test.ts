import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addDays, dayOf } from '#shared/rules/day-of.ts';
import { createSandbox, defaultFaultPlan, noFaults, type Sandbox } from '../../../../sandbox/index.ts';
import { DEMO_ADVERTISERS, DEMO_ASSETS, TIKTOK_APP } from '../../../../sandbox/tiktok/index.ts';
import type { AdSession, EntityKind, InsightDay } from '../ad-platform.ts';
import { tiktokAccounts } from './accounts.ts';
import { ask } from './client.ts';
import { tiktokInsights } from './insights.ts';
import { tiktokOAuth } from './oauth.ts';
import { ADVERTISER } from '../../../testing/tiktok-plan.ts';
import { all, failure, outsideOf } from '../../../testing/outside-of.ts';

const APP = { id: TIKTOK_APP.id, secret: TIKTOK_APP.secret };
let sandbox: Sandbox;
const session = (): AdSession => ({
  outside: outsideOf(sandbox),
  accessToken: sandbox.tiktok.issueToken(),
  accountExternalId: ADVERTISER,
  timeoutMs: 5_000,
  appId: APP.id,
  appSecret: APP.secret,
});

beforeAll(async () => {
  sandbox = await createSandbox({ seed: 11 });
  sandbox.tiktok.setTier('unlimited');
  sandbox.tiktok.settings.taskMs = 50;
});
beforeEach(() => {
  sandbox.setFaults(noFaults());
  sandbox.tiktok.settings.tokenShape = 'long-lived';
});
afterAll(async () => {
  // Every request and answer of this file was held against the platform's published spec, where that is at hand.
  expect(sandbox.log.violations).toEqual([]);
  await sandbox.close();
});

const redirectUri = 'https://api.inlay.test/v1/connections/tiktok/callback';
async function login(): Promise<string> {
  const url = tiktokOAuth.authorizeUrl(APP, { redirectUri, state: 's', codeChallenge: 'c', shop: null });
  const response = await outsideOf(sandbox)(`${url}&auto=1`, { redirect: 'manual' });
  return new URL(response.headers.get('location') as string).searchParams.get('code') as string;
}
const exchange = (code: string) => tiktokOAuth.exchange(outsideOf(sandbox), APP, { code, redirectUri, codeVerifier: 'v', shop: null });

test('sign-in: a code once, to a token that does not end; given back it works no more', async () => {
  const code = await login();
  const grant = await exchange(code);
  expect(grant).toMatchObject({
    refreshToken: null,
    expiresAt: null,
    externalUserId: DEMO_ADVERTISERS.euros,
    displayName: 'Northwind Coffee +2',
  });
  expect(grant.scopes).toContain('21');
  expect(await failure(exchange(code))).toBe('auth 40110');
  const renewal = tiktokOAuth.renew(outsideOf(sandbox), APP, { ...grant, externalId: grant.externalUserId });
  expect(await failure(renewal)).toBe('refused no_refresh_token');
  await tiktokOAuth.revoke(outsideOf(sandbox), APP, grant.accessToken, grant.externalUserId);
  expect(await failure(tiktokAccounts.list({ ...session(), accessToken: grant.accessToken }))).toBe('auth 40105');
  expect(
    await failure(
      tiktokOAuth.exchange(
        outsideOf(sandbox),
        { ...APP, secret: 'wrong' },
        { code: await login(), redirectUri, codeVerifier: 'v', shop: null },
      ),
    ),
  ).toBe('refused 40101');
});

test('the other shape: a token of a day with a refresh token, renewed and given back', async () => {
  sandbox.tiktok.settings.tokenShape = 'creator';
  const grant = await exchange(await login());
  expect(((grant.expiresAt as Date).getTime() - Date.now()) / 3_600_000).toBeCloseTo(24, 1);
  const externalId = grant.externalUserId;
  const renewed = await tiktokOAuth.renew(outsideOf(sandbox), APP, { ...grant, externalId });
  expect(renewed).toMatchObject({ externalUserId: externalId, refreshToken: expect.any(String) });
  expect(renewed.accessToken).not.toBe(grant.accessToken);
  await tiktokOAuth.revoke(outsideOf(sandbox), APP, renewed.accessToken, externalId);
  expect(await failure(tiktokOAuth.renew(outsideOf(sandbox), APP, { ...renewed, externalId }))).toBe('auth 40107');
});

test('accounts with their currency, timezone and state; identities with their kind', async () => {
  expect(await tiktokAccounts.list(session())).toEqual([
    { externalId: DEMO_ADVERTISERS.euros, name: 'Northwind Coffee', currency: 'EUR', timezone: 'Europe/Paris', status: 'active' },
    { externalId: DEMO_ADVERTISERS.dollars, name: 'Northwind Coffee US', currency: 'USD', timezone: 'America/New_York', status: 'active' },
    { externalId: DEMO_ADVERTISERS.disabled, name: 'Northwind Outlet', currency: 'GBP', timezone: 'Europe/London', status: 'disabled' },
  ]);
  expect((await tiktokAccounts.pages(session())).map((page) => page.externalId)).toEqual([
    DEMO_ASSETS.customIdentity,
    `TT_USER:${DEMO_ASSETS.tiktokIdentity}`,
    `BC_AUTH_TT:${DEMO_ASSETS.businessIdentity}@${DEMO_ASSETS.business}`,
    DEMO_ASSETS.dollarsIdentity,
  ]);
});

test('lists hold both families, whole through throttles, errors and lost answers; an ad is found with what is above it', async () => {
  sandbox.setFaults({ ...defaultFaultPlan(3), throttle: 0.03, hangMs: 50 });
  const counts = await Promise.all(
    (['campaign', 'ad_set', 'ad'] as EntityKind[]).map(async (kind) => {
      const found = await all(tiktokAccounts.entities(session(), kind));
      expect(new Set(found.map((entity) => entity.externalId)).size).toBe(found.length);
      return found.length;
    }),
  );
  expect(counts).toEqual([2, 3, 7]);
  sandbox.setFaults(noFaults());
  for (const ad of await all(tiktokAccounts.entities(session(), 'ad'))) {
    const { accountExternalId, entities } = await tiktokAccounts.ad(session(), ad.externalId);
    expect(accountExternalId).toBe(ADVERTISER);
    expect(entities.find((entity) => entity.kind === 'ad')).toEqual(ad);
    expect(new Set(entities.map((entity) => entity.campaignExternalId))).toEqual(new Set([ad.campaignExternalId]));
  }
  expect(await failure(tiktokAccounts.ad(session(), '1'))).toBe('missing not_listed');
});

test('days by task equal the same days by plain reads, and both the account’s own sums', async () => {
  const until = dayOf(Date.now(), 'Europe/Paris');
  const since = addDays(until, -34);
  const [ad] = await all(tiktokAccounts.entities(session(), 'ad'));
  sandbox.tiktok.setInsights(ad?.externalId ?? '', until, { spendMinor: 1_234, impressions: 99, clicks: 7 });
  const read = (from: string, to: string) => all(tiktokInsights.days(session(), { since: from, until: to, currency: 'EUR' }));
  const key = (day: InsightDay) =>
    `${day.adExternalId} ${day.adSetExternalId} ${day.campaignExternalId} ${day.day} ${day.spendMinor} ${day.impressions} ${day.clicks}`;
  const month = await read(since, until);
  const weeks: InsightDay[] = [];
  for (let week = 0; week < 5; week += 1) weeks.push(...(await read(addDays(since, week * 7), addDays(since, week * 7 + 6))));
  expect(month.map(key).toSorted()).toEqual(weeks.map(key).toSorted());
  expect(new Set(month.map((day) => day.adExternalId)).size).toBe(7);
  expect(month.find((day) => day.adExternalId === ad?.externalId && day.day === until)).toMatchObject({
    spendMinor: 1_234,
    impressions: 99,
    clicks: 7,
  });

  const sum = (pick: (day: InsightDay) => number) => month.reduce((total, day) => total + pick(day), 0);
  const { list } = (await ask(session(), 'GET', 'report/integrated/get/', {
    advertiser_id: ADVERTISER,
    report_type: 'BASIC',
    service_type: 'AUCTION',
    data_level: 'AUCTION_ADVERTISER',
    dimensions: ['advertiser_id'],
    metrics: ['spend', 'impressions', 'clicks'],
    start_date: since,
    end_date: until,
  })) as { list: { metrics: Record<string, string> }[] };
  expect(list[0]?.metrics).toEqual({
    spend: (sum((day) => day.spendMinor) / 100).toFixed(2),
    impressions: String(sum((day) => day.impressions)),
    clicks: String(sum((day) => day.clicks)),
  });
});

test('a task that fails is no report: the caller comes again', async () => {
  sandbox.tiktok.settings.nextTaskEnds = ['FAILED'];
  const until = dayOf(Date.now(), 'Europe/Paris');
  const days = () => all(tiktokInsights.days(session(), { since: addDays(until, -13), until, currency: 'EUR' }));
  expect(await failure(days())).toBe('unknown ');
  expect((await days()).length).toBeGreaterThan(50);
});
