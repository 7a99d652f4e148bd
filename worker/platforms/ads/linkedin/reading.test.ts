import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addDays, dayOf } from '#shared/rules/day-of.ts';
import { createSandbox, defaultFaultPlan, noFaults, type Sandbox } from '../../../../sandbox/index.ts';
import { DEMO_IDS, LINKEDIN_APP } from '../../../../sandbox/linkedin/index.ts';
import { linkedinPlan } from '../../../testing/linkedin-plan.ts';
import { picture } from '../../../testing/test-plan.ts';
import { PlatformError } from '../../platform-error.ts';
import type { AdSession, Created, CreateRequest, EntityKind, InsightDay, Usage } from '../ad-platform.ts';
import { planTree } from '../../../testing/conformance/build-tree.ts';
import { linkedinAccounts } from './accounts.ts';
import { linkedinInsights, toMinor } from './insights.ts';
import { linkedinMedia } from './media.ts';
import { linkedinOAuth } from './oauth.ts';
import { linkedinObjects } from './objects.ts';
import { all, outsideOf } from '../../../testing/outside-of.ts';

let sandbox: Sandbox;
const session = (more: Partial<AdSession> = {}): AdSession => ({
  outside: outsideOf(sandbox),
  accessToken: sandbox.linkedin.issueToken(),
  accountExternalId: DEMO_IDS.account,
  timeoutMs: 5_000,
  ...more,
});
const failure = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof PlatformError ? error.failure : String(error)),
  );

beforeAll(async () => {
  sandbox = await createSandbox({ seed: 11 });
  Object.assign(sandbox.linkedin.settings, { imageProcessingMs: 20 });
});
beforeEach(() => sandbox.setFaults(noFaults()));
afterAll(async () => {
  // Every request and answer of this file was held against the written-down facts, where they are at hand.
  expect(sandbox.log.violations).toEqual([]);
  await sandbox.close();
});

const REDIRECT = 'https://api.inlay.test/v1/connections/linkedin/callback';
const login = async (): Promise<string> => {
  const url = linkedinOAuth.authorizeUrl(LINKEDIN_APP, { redirectUri: REDIRECT, state: 's', codeChallenge: 'c', shop: null });
  const response = await outsideOf(sandbox)(`${url}&auto=1`, { redirect: 'manual' });
  const back = new URL(response.headers.get('location') as string);
  expect(back.searchParams.get('state')).toBe('s');
  return back.searchParams.get('code') as string;
};

test('login: code to a token of sixty days with its scopes; renewed by the refresh token, whose year goes on; given back', async () => {
  const outside = outsideOf(sandbox);
  const exchange = async (redirectUri = REDIRECT) =>
    linkedinOAuth.exchange(outside, LINKEDIN_APP, { code: await login(), redirectUri, codeVerifier: '', shop: null });
  expect(await failure(exchange(`${REDIRECT}/other`))).toBe('refused');
  const grant = await exchange();
  expect(grant).toMatchObject({ externalUserId: DEMO_IDS.member, displayName: 'Sandbox Member', refreshToken: expect.any(String) });
  expect(grant.scopes).toEqual(expect.arrayContaining(['rw_ads', 'r_ads_reporting', 'w_organization_social']));
  expect(((grant.expiresAt as Date).getTime() - Date.now()) / 86_400_000).toBeCloseTo(60, 1);
  const renewed = await linkedinOAuth.renew(outside, LINKEDIN_APP, { ...grant, externalId: grant.externalUserId });
  expect([renewed.accessToken === grant.accessToken, renewed.refreshToken]).toEqual([false, grant.refreshToken]);
  // Everything the product asks of the API is in the scopes it asks for.
  const own = session({ accessToken: renewed.accessToken });
  expect(await linkedinAccounts.pages(own)).toHaveLength(2);
  expect(await failure(all(linkedinInsights.days(own, { since: '2026-11-01', until: '2026-11-02', currency: 'EUR' })))).toBe('none');
  await linkedinOAuth.revoke(outside, LINKEDIN_APP, renewed.accessToken, grant.externalUserId);
  expect(await failure(linkedinAccounts.list(own))).toBe('auth');
  expect(await failure(linkedinOAuth.renew(outside, LINKEDIN_APP, { ...renewed, externalId: grant.externalUserId }))).toBe('auth');
  expect(await failure(linkedinOAuth.renew(outside, LINKEDIN_APP, { ...renewed, refreshToken: null, externalId: 'x' }))).toBe('auth');
  const wrong = { ...LINKEDIN_APP, secret: 'other' };
  expect(await failure(linkedinOAuth.renew(outside, wrong, { ...renewed, externalId: 'x' }))).toBe('refused');
});

test('accounts with their states, and the pages a person may post for', async () => {
  expect(
    (await linkedinAccounts.list(session())).map(({ externalId, currency, timezone, status }) => [externalId, currency, timezone, status]),
  ).toEqual([
    [DEMO_IDS.account, 'EUR', 'UTC', 'active'],
    [DEMO_IDS.secondAccount, 'USD', 'UTC', 'active'],
    [DEMO_IDS.disabledAccount, 'GBP', 'UTC', 'closed'],
  ]);
  expect((await linkedinAccounts.pages(session())).map(({ externalId, name }) => [externalId, name])).toEqual([
    [DEMO_IDS.organization, 'Northwind Coffee'],
    [DEMO_IDS.secondOrganization, 'Northwind Coffee Academy'],
  ]);
});

test('lists are whole through throttles, errors and lost answers; an ad nobody has listed is found with what is above it', async () => {
  sandbox.setFaults({ ...defaultFaultPlan(3), hangMs: 50 });
  const counts = await Promise.all(
    (['campaign', 'ad_set', 'ad'] as EntityKind[]).map(async (kind) => (await all(linkedinAccounts.entities(session(), kind))).length),
  );
  expect(counts).toEqual([1, 2, 8]);
  sandbox.setFaults(noFaults());
  const [ad] = await all(linkedinAccounts.entities(session(), 'ad'));
  if (!ad) throw new Error('no ads');
  const { accountExternalId, entities } = await linkedinAccounts.ad(session(), ad.externalId);
  expect([accountExternalId, entities.map((one) => one.kind), entities.at(-1)]).toEqual([
    DEMO_IDS.account,
    ['campaign', 'ad_set', 'ad'],
    ad,
  ]);
  expect(await failure(linkedinAccounts.ad(session(), '1'))).toBe('missing');
});

test('days by creative are the imitation’s own, with their campaign and group, however the range had to be cut', async () => {
  const until = dayOf(Date.now(), 'UTC');
  const since = addDays(until, -13);
  sandbox.linkedin.setInsights(DEMO_IDS.creative, until, { spendMinor: 12_345, impressions: 1_000, clicks: 10 });
  const days = (): Promise<InsightDay[]> => all(linkedinInsights.days(session(), { since, until, currency: 'EUR' }));
  const whole = await days();
  expect(whole.find((one) => one.adExternalId === DEMO_IDS.creative && one.day === until)).toMatchObject({
    adSetExternalId: DEMO_IDS.campaign,
    campaignExternalId: DEMO_IDS.group,
    spendMinor: 12_345,
    impressions: 1_000,
    clicks: 10,
    claimed: { oneClickLeads: expect.any(String) },
  });
  expect(new Set(whole.map((one) => one.day)).size).toBe(14);
  const rows = (found: InsightDay[]) =>
    found.map((one) => `${one.adExternalId} ${one.day} ${one.spendMinor} ${one.impressions} ${one.clicks}`).toSorted();
  try {
    sandbox.linkedin.settings.reportRows = 20; // two days of this account
    expect(rows(await days())).toEqual(rows(whole));
    sandbox.linkedin.settings.reportRows = 1;
    expect(await failure(days())).toBe('refused');
  } finally {
    sandbox.linkedin.settings.reportRows = 15_000;
  }
});

test('spend is text with any number of decimals, rounded once', () => {
  const amounts = ['12.34', '12', '0.4700000000000000177', '0.005', '0.015', '12.3'].map((text) => toMinor(text, 'EUR'));
  expect(amounts).toEqual([1_234, 1_200, 47, 0, 2, 1_230]);
  expect([toMinor('1200.4', 'JPY'), toMinor('1.2345', 'KWD')]).toEqual([1_200, 1_234]);
  for (const text of ['', '-1', '1e3', '1,2', 'NaN']) expect(() => toMinor(text, 'EUR')).toThrow(PlatformError);
});

test('no figures because nothing ran is an empty answer; no figures because nobody may look is a refusal', async () => {
  const range = { since: '2025-01-01', until: '2025-01-02', currency: 'USD' };
  expect(await all(linkedinInsights.days(session({ accountExternalId: DEMO_IDS.secondAccount }), range))).toEqual([]);
  const role = (word: string | null) =>
    fetch(`${sandbox.url}/_sandbox/linkedin/role`, {
      method: 'PUT',
      body: JSON.stringify({ account: DEMO_IDS.secondAccount, role: word }),
    });
  await role(null);
  expect(await failure(all(linkedinInsights.days(session({ accountExternalId: DEMO_IDS.secondAccount }), range)))).toBe('refused');
  await role('ACCOUNT_MANAGER');
});

test('a throttle is bare: the pacer hears of it, and not for how long; of a batch’s parts each is told alone', async () => {
  const heard: Usage[] = [];
  const own = session({ onUsage: (usage) => void heard.push(usage) });
  sandbox.setFaults({ ...noFaults(2), throttle: 1 });
  expect(await failure(linkedinObjects.read(own, 'campaign', DEMO_IDS.group))).toBe('throttled');
  expect(heard).toEqual([{ percent: 100, regainSeconds: null, tier: null }]);
  sandbox.setFaults(noFaults());
  const parts = [
    { status: 201, id: '77' },
    { status: 429, error: { message: 'x', status: 429 } },
    { status: 400, error: { message: 'x', status: 400 } },
    { status: 500, error: { message: 'x', status: 500 } },
    { status: 504 },
    { status: 201 },
    { status: 201, id: 'no id' },
    null,
  ];
  const answering = (body: unknown): AdSession => ({ ...own, outside: () => Promise.resolve(Response.json(body)) });
  const [request] = groups(1);
  if (!request) throw new Error('no plan');
  const many = parts.map(() => request);
  const told = await linkedinObjects.create(answering({ elements: parts }), many);
  expect(told.map((one) => (one instanceof PlatformError ? one.failure : one.externalId))).toEqual([
    '77',
    'throttled',
    'refused',
    'unknown',
    'unknown',
    'unknown',
    'unknown',
    'unknown',
  ]);
  expect(heard).toHaveLength(2);
  // An answer that does not tell of all of them tells of none.
  expect(await failure(linkedinObjects.create(answering({ elements: parts.slice(1) }), many))).toBe('unknown');
});

const { plan } = linkedinPlan({ adSets: 1, concepts: 1, ratios: ['1x1'] });
/** Creates of groups, each a thing of its own. */
const groups = (n: number): CreateRequest[] =>
  Array.from({ length: n }, () => {
    const tree = planTree({ plan });
    const [row] = tree.rows.filter((one) => one.kind === 'campaign');
    if (!row) throw new Error('the plan has no campaign');
    return tree.request(row);
  });

test('parts of a batch that fail by themselves leave the others made, once each', async () => {
  const requests = groups(60);
  sandbox.setFaults({ ...noFaults(9), error500: { p: 0.3, appliedShare: 0.5 } });
  let told: (Created | PlatformError)[] = [];
  // The whole call may break as well; then nothing is known of any part.
  while (told.length === 0) told = await linkedinObjects.create(session(), requests).catch(() => []);
  sandbox.setFaults(noFaults());
  expect(new Set(told.map((one) => (one instanceof PlatformError ? one.failure : 'created')))).toEqual(new Set(['created', 'unknown']));
  const found = await linkedinObjects.findByTokens(session(), 'campaign', requests);
  const made = new Set(found.map((one) => one.externalId));
  for (const one of told) if (!(one instanceof PlatformError)) expect(made.has(one.externalId)).toBe(true);
  const tokens = found.map((one) => one.clientToken);
  expect(new Set(tokens).size).toBe(tokens.length);
});

test('many long names full of signs are looked for in few calls, none of which has too long an address', async () => {
  const requests = groups(60).map((request) => ({ ...request, name: `Spring (all), 'new': 50 %! + more * ${request.name}` }));
  const told = await linkedinObjects.create(session(), requests);
  const own = session();
  const asked: string[] = [];
  const noting = session({ outside: (url, init) => (asked.push(url), own.outside(url, init)) });
  const found = await linkedinObjects.findByTokens(noting, 'campaign', requests);
  expect(new Set(found.map((one) => one.externalId))).toEqual(new Set(told.map((one) => (one as Created).externalId)));
  expect(asked.length).toBeLessThanOrEqual(4);
  expect(Math.max(...asked.map((url) => url.length))).toBeLessThan(4_000);
});

test('an ad is looked for below its campaign where that is known, else in all of the account', async () => {
  const asked: string[] = [];
  const own = session();
  const noting = session({ outside: (url, init) => (asked.push(decodeURIComponent(url)), own.outside(url, init)) });
  const wanted = { clientToken: '0000000000000', name: 'Nobody ·0000000000000' };
  await linkedinObjects.findByTokens(noting, 'ad', [{ ...wanted, parent: DEMO_IDS.campaign }]);
  await linkedinObjects.findByTokens(noting, 'ad', [{ ...wanted, parent: DEMO_IDS.campaign }, wanted]);
  expect(asked.map((url) => /campaigns=List\((.*?)\)/.exec(url)?.[1] ?? null)).toEqual([
    `urn:li:sponsoredCampaign:${DEMO_IDS.campaign}`,
    null,
  ]);
});

test('a picture whose answer was lost is found by its name; one whose bytes never came is not there', async () => {
  const bytes = picture('lost', '1x1', 77).bytes.buffer;
  const own = session({ timeoutMs: 300 });
  const losing = (lost: (url: string) => boolean, arrives: boolean): AdSession => ({
    ...own,
    outside: async (url, init) => {
      if (!lost(url)) return own.outside(url, init);
      if (arrives) await own.outside(url, init);
      throw new TypeError('connection reset');
    },
  });
  const find = async (name: string) => (await linkedinMedia.find(session(), 'image', name)).length;
  const isUpload = (url: string) => url.includes('dms-uploads');
  expect(await failure(linkedinMedia.image(losing(isUpload, true), { name: 'came.png', bytes }))).toBe('unknown');
  expect(await find('came.png')).toBe(1);
  expect(await failure(linkedinMedia.image(losing(isUpload, false), { name: 'never.png', bytes }))).toBe('unknown');
  expect(await find('never.png')).toBe(0);
  // Before there is an address for the bytes nothing can have been made that an ad could show.
  expect(
    await failure(
      linkedinMedia.image(
        losing((url) => url.includes('initializeUpload'), true),
        { name: 'begun.png', bytes },
      ),
    ),
  ).toBe('throttled');
  expect(await find('begun.png')).toBe(0);
});

test('a picture that is broken fails when it is processed; a file without a page has no owner', async () => {
  const { externalId } = await linkedinMedia.image(session(), {
    name: 'broken.png',
    bytes: new Uint8Array(new TextEncoder().encode('not a picture')).buffer,
  });
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect(await linkedinMedia.state(session(), 'image', externalId)).toBe('failed');
  const own = session();
  const pageless: AdSession = {
    ...own,
    outside: async (url, init) =>
      url.includes('fields=id,reference') ? Response.json({ id: 1, reference: 'urn:li:person:x' }) : own.outside(url, init),
  };
  expect(await failure(linkedinMedia.image(pageless, { name: 'x.png', bytes: new ArrayBuffer(8) }))).toBe('refused');
});
