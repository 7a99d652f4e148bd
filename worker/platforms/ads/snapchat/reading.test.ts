import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addDays, dayOf } from '#shared/rules/day-of.ts';
import { createSandbox, defaultFaultPlan, noFaults, type Sandbox } from '../../../../sandbox/index.ts';
import { DEMO_IDS, SNAPCHAT_APP } from '../../../../sandbox/snapchat/index.ts';
import type { Outside } from '../../http/send.ts';
import type { AdSession, EntityKind } from '../ad-platform.ts';
import { snapchatAccounts } from './accounts.ts';
import { snapchatInsights } from './insights.ts';
import { fromMicro } from './micro.ts';
import { snapchatOAuth } from './oauth.ts';
import { snapItems } from './client.ts';
import { MEDIA } from './kinds.ts';
import { snapPages } from './read.ts';
import { all, failure, outsideOf } from '../../../testing/outside-of.ts';

const APP = { id: SNAPCHAT_APP.id, secret: SNAPCHAT_APP.secret };
let sandbox: Sandbox;
let outside: Outside;
const session = (more: Partial<AdSession> = {}): AdSession => ({
  outside,
  accessToken: sandbox.snapchat.issueToken(),
  accountExternalId: DEMO_IDS.account,
  timeoutMs: 5_000,
  ...more,
});

beforeAll(async () => {
  sandbox = await createSandbox({ seed: 11 });
  sandbox.snapchat.setLimits({ perApp: 10_000, perToken: 10_000 });
  outside = outsideOf(sandbox);
});
beforeEach(() => {
  sandbox.setFaults(noFaults());
  sandbox.snapchat.settings.rotateRefreshTokens = false;
});
afterAll(async () => {
  expect(sandbox.log.violations).toEqual([]);
  await sandbox.close();
});

const redirectUri = 'https://api.inlay.test/v1/connections/snapchat/callback';
async function login(): Promise<string> {
  const url = snapchatOAuth.authorizeUrl(APP, { redirectUri, state: 's', codeChallenge: 'c', shop: null });
  const response = await outside(`${url}&auto=1`, { redirect: 'manual' });
  const back = new URL(response.headers.get('location') as string);
  expect(back.searchParams.get('state')).toBe('s');
  return back.searchParams.get('code') as string;
}
const exchange = (code: string, app = APP) => snapchatOAuth.exchange(outside, app, { code, redirectUri, codeVerifier: '', shop: null });

test.each([false, true])('login: a code once, an hour of access, renewed again and again; rotating %s', async (rotates) => {
  sandbox.snapchat.settings.rotateRefreshTokens = rotates;
  const code = await login();
  const grant = await exchange(code);
  expect(grant).toMatchObject({ externalUserId: DEMO_IDS.user, displayName: 'Sandbox user' });
  expect(grant.scopes).toEqual(['snapchat-marketing-api', 'snapchat-profile-api']);
  expect(((grant.expiresAt as Date).getTime() - Date.now()) / 60_000).toBeCloseTo(60, 0);
  expect(await failure(exchange(code))).toBe('refused invalid_grant');
  expect(await failure(exchange(await login(), { ...APP, secret: 'other' }))).toBe('refused invalid_client');

  sandbox.snapchat.expireTokens();
  expect(await failure(snapchatAccounts.list(session({ accessToken: grant.accessToken })))).toBe('auth E3002');
  const externalId = grant.externalUserId;
  const renewed = await snapchatOAuth.renew(outside, APP, { ...grant, externalId });
  expect(renewed.accessToken).not.toBe(grant.accessToken);
  expect(renewed.refreshToken === grant.refreshToken).toBe(!rotates);
  expect((await snapchatAccounts.list(session({ accessToken: renewed.accessToken }))).length).toBe(3);
  const again = await snapchatOAuth.renew(outside, APP, { ...renewed, externalId });

  // A fault of our own app ends nobody's connection; a grant that was taken away does.
  expect(await failure(snapchatOAuth.renew(outside, { ...APP, secret: 'other' }, { ...again, externalId }))).toBe('unknown invalid_client');
  await snapchatOAuth.revoke(outside, APP, again.accessToken, externalId);
  sandbox.snapchat.revokeTokens();
  expect(await failure(snapchatOAuth.renew(outside, APP, { ...again, externalId }))).toBe('auth invalid_grant');
  expect(await failure(snapchatOAuth.renew(outside, APP, { ...again, refreshToken: null, externalId }))).toBe('auth ');
});

test('a renewal is one call: a refresh token that was exchanged is not lost to a second one that fails', async () => {
  const grant = await exchange(await login());
  let calls = 0;
  const counting: Outside = (url, init) => ((calls += 1), outside(url, init));
  await snapchatOAuth.renew(counting, APP, { ...grant, externalId: grant.externalUserId });
  expect(calls).toBe(1);
});

test('the code survives a platform that stumbles behind it', async () => {
  sandbox.setFaults({ ...noFaults(2), error500: { p: 0.5, appliedShare: 0 } });
  expect((await exchange(await login())).externalUserId).toBe(DEMO_IDS.user);
});

test('accounts of every organization with what is counted in, and the profiles that ads may speak for', async () => {
  expect(await snapchatAccounts.list(session())).toEqual([
    { externalId: DEMO_IDS.account, name: 'Northwind Coffee', currency: 'EUR', timezone: 'Europe/Paris', status: 'active' },
    { externalId: DEMO_IDS.secondAccount, name: 'Northwind Coffee US', currency: 'USD', timezone: 'America/New_York', status: 'active' },
    { externalId: DEMO_IDS.disabledAccount, name: 'Northwind Coffee UK', currency: 'GBP', timezone: 'Europe/London', status: 'pending' },
  ]);
  expect((await snapchatAccounts.pages(session())).map(({ externalId, name }) => `${externalId} ${name}`).toSorted()).toEqual([
    `${DEMO_IDS.profile} Northwind Coffee`,
    `${DEMO_IDS.secondProfile} Northwind Tea`,
  ]);
  const withoutProfiles = sandbox.snapchat.issueToken(['snapchat-marketing-api']);
  expect(await failure(snapchatAccounts.pages(session({ accessToken: withoutProfiles })))).toBe('refused E3002');
});

test('lists are whole through throttles and errors, each ad with its ad squad and campaign', async () => {
  sandbox.setFaults({ ...defaultFaultPlan(3), hangMs: 50 });
  const counts = [];
  for (const kind of ['campaign', 'ad_set', 'ad'] as EntityKind[]) {
    const found = await all(snapchatAccounts.entities(session(), kind));
    counts.push(new Set(found.map((entity) => entity.externalId)).size);
    expect(found.every((entity) => entity.campaignExternalId === DEMO_IDS.campaign && entity.status.raw !== '')).toBe(true);
  }
  expect(counts).toEqual([1, 2, 4]);
  const [ad] = await all(snapchatAccounts.entities(session(), 'ad'));
  if (!ad) throw new Error('no ads');
  const { accountExternalId, entities } = await snapchatAccounts.ad(session(), ad.externalId);
  expect(accountExternalId).toBe(DEMO_IDS.account);
  expect(entities.find((entity) => entity.kind === 'ad')).toEqual(ad);
  expect(entities.map((entity) => entity.campaignExternalId)).toEqual(Array.from({ length: 3 }, () => DEMO_IDS.campaign));
});

test.each(['newest first', 'oldest first'] as const)('every page is read, %s; our token follows no link to another host', async (order) => {
  sandbox.snapchat.settings.listOrder = order;
  const hosts = new Set<string>();
  const watched: Outside = async (url, init) => {
    hosts.add(new URL(url).host);
    const answer = await outside(url.replace('limit=1000', 'limit=50'), init);
    return new Response((await answer.text()).replaceAll('https://adsapi.snapchat.com/', 'https://elsewhere.example/'), answer);
  };
  for (let n = 0; n < 6; n += 1) {
    const media = Array.from({ length: 10 }, (_, i) => ({ name: `${order} ${n} ${i}`, type: 'IMAGE' }));
    await snapItems(session(), { method: 'POST', path: `adaccounts/${DEMO_IDS.account}/media`, json: { media } }, MEDIA);
  }
  const rows = await all(snapPages(session({ outside: watched }), { path: `adaccounts/${DEMO_IDS.account}/media` }, MEDIA));
  expect(rows.filter((row) => String(row['name']).startsWith(order)).length).toBe(60);
  expect([...hosts]).toEqual(['adsapi.snapchat.com']);
});

test('figures equal the book, day by day of the account, over spans that are cut, under faults, of deleted ads too', async () => {
  const yesterday = addDays(dayOf(Date.now(), 'Europe/Paris'), -1);
  const ads = [1, 2, 3, 4].map((n) => `${DEMO_IDS.ad.slice(0, -1)}${n}`);
  const days = Array.from({ length: 40 }, (_, i) => addDays(yesterday, -i));
  const wanted = new Map<string, string>();
  days.forEach((day, i) =>
    ads.forEach((ad, n) => {
      const isIdle = (i + n) % 7 === 0;
      const figures = isIdle
        ? { spendMicro: 0, impressions: 0, swipes: 0 }
        : { spendMicro: 1_234_567 + i * 10_000 + n, impressions: 1_000 + i, swipes: 10 + n };
      sandbox.snapchat.setStats(ad, day, figures);
      if (!isIdle) wanted.set(`${ad} ${day}`, `${fromMicro(figures.spendMicro, 'EUR')} ${figures.impressions} ${figures.swipes}`);
    }),
  );
  sandbox.snapchat.remove(ads[3] as string);
  sandbox.setFaults({ ...defaultFaultPlan(4), hangMs: 50 });
  const read = await all(snapchatInsights.days(session(), { since: addDays(yesterday, -39), until: yesterday, currency: 'EUR' }));
  const told = new Map(read.map((day) => [`${day.adExternalId} ${day.day}`, `${day.spendMinor} ${day.impressions} ${day.clicks}`]));
  expect(told.size).toBe(read.length);
  expect(told).toEqual(wanted);
  for (const day of read) {
    expect(day.campaignExternalId).toBe(DEMO_IDS.campaign);
    expect([DEMO_IDS.adsquad, DEMO_IDS.adsquad.replace(/1$/, '2')]).toContain(day.adSetExternalId);
  }
});

test('what the platform claims for itself comes in its own words, and nothing where there is nothing', async () => {
  const today = dayOf(Date.now(), 'Europe/Paris');
  sandbox.snapchat.settings.statsDelayMs = 0;
  sandbox.snapchat.addLead({ formId: DEMO_IDS.form, adId: DEMO_IDS.ad, fields: { email: 'a@example.com' } });
  const read = await all(snapchatInsights.days(session(), { since: today, until: today, currency: 'EUR' }));
  expect(read.find((day) => day.adExternalId === DEMO_IDS.ad)?.claimed).toEqual({ native_leads: '1' });
  expect(read.find((day) => day.adExternalId !== DEMO_IDS.ad)?.claimed ?? null).toBeNull();
});

test('figures that are no numbers are not understood, not zero', async () => {
  const strange: Outside = async (url, init) => {
    const answer = await outside(url, init);
    return new Response((await answer.text()).replaceAll(/"spend":\d+/g, '"spend":"many"'), answer);
  };
  const today = dayOf(Date.now(), 'Europe/Paris');
  const range = { since: addDays(today, -3), until: today, currency: 'EUR' };
  expect(await failure(all(snapchatInsights.days(session({ outside: strange }), range)))).toBe('unknown ');
});
