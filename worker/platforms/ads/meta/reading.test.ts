import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addDays, dayOf } from '#shared/rules/day-of.ts';
import { createSandbox, defaultFaultPlan, noFaults, type Sandbox } from '../../../../sandbox/index.ts';
import type { Outside } from '../../http/send.ts';
import { PlatformError } from '../../platform-error.ts';
import type { AdSession, EntityKind, InsightDay } from '../ad-platform.ts';
import { metaAccounts } from './accounts.ts';
import { metaInsights } from './insights.ts';
import { metaLeadForms } from './lead-forms.ts';
import { metaOAuth } from './oauth.ts';
import { all, failure, outsideOf } from '../../../testing/outside-of.ts';

const FORM = '108000000000001';
const PAGE = '107000000000001';
const APP = { id: '1000000000000001', secret: 'sandbox-meta-secret' };
let sandbox: Sandbox;
let outside: Outside;
const session = (): AdSession => ({
  outside,
  accessToken: sandbox.meta.issueToken(),
  accountExternalId: '1000000001',
  timeoutMs: 5000,
  appSecret: APP.secret,
});

beforeAll(async () => {
  sandbox = await createSandbox({ seed: 11 });
  outside = outsideOf(sandbox);
});
beforeEach(() => sandbox.setFaults(noFaults()));
afterAll(async () => {
  // Every request and answer of this file was held against the platform's published spec, where that is at hand.
  expect(sandbox.log.violations).toEqual([]);
  await sandbox.close();
});

test('login: code with PKCE to a long token with its scopes and end; renewed while it lives; given back', async () => {
  const redirectUri = 'https://api.inlay.test/v1/connections/meta/callback';
  const codeVerifier = 'v'.repeat(64);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier));
  const codeChallenge = Buffer.from(digest).toString('base64url');
  const login = async (): Promise<string> => {
    const response = await outside(`${metaOAuth.authorizeUrl(APP, { redirectUri, state: 's', codeChallenge, shop: null })}&auto=1`, {
      redirect: 'manual',
    });
    return new URL(response.headers.get('location') as string).searchParams.get('code') as string;
  };
  const exchange = async (verifier: string) =>
    metaOAuth.exchange(outside, APP, { code: await login(), redirectUri, codeVerifier: verifier, shop: null });
  expect(await failure(exchange('w'.repeat(64)))).toBe('refused 100');
  const grant = await exchange(codeVerifier);
  expect(grant).toMatchObject({ refreshToken: null, externalUserId: '109000000000001', displayName: 'Sandbox user' });
  expect(grant.scopes).toContain('leads_retrieval');
  expect(((grant.expiresAt as Date).getTime() - Date.now()) / 86_400_000).toBeCloseTo(60, 1);
  const externalId = grant.externalUserId;
  const renewed = await metaOAuth.renew(outside, APP, { ...grant, externalId });
  expect(renewed.accessToken).not.toBe(grant.accessToken);
  await metaOAuth.revoke(outside, APP, renewed.accessToken, externalId);
  expect(await failure(metaOAuth.renew(outside, APP, { ...renewed, externalId }))).toBe('auth 190');
});

test('lists are whole through short pages, empty pages, throttles, errors and lost answers', async () => {
  sandbox.setFaults({ ...defaultFaultPlan(3), hangMs: 50 });
  const counts = await Promise.all(
    (['campaign', 'ad_set', 'ad'] as EntityKind[]).map(async (kind) => {
      const found = await all(metaAccounts.entities(session(), kind));
      expect(new Set(found.map((entity) => entity.externalId)).size).toBe(found.length);
      return found.length;
    }),
  );
  expect(counts).toEqual([20, 250, 5000]);
  const [ad] = await all(metaAccounts.entities(session(), 'ad'));
  if (!ad) throw new Error('no ads');
  const { accountExternalId, entities } = await metaAccounts.ad(session(), ad.externalId);
  expect(accountExternalId).toBe('1000000001');
  expect(entities.find((entity) => entity.kind === 'ad')).toEqual(ad);
  expect(entities.map((entity) => entity.campaignExternalId)).toEqual([
    ad.campaignExternalId,
    ad.campaignExternalId,
    ad.campaignExternalId,
  ]);
});

test('days of a month by report equal the days of its weeks by plain reads, under faults too', async () => {
  sandbox.setFaults({ ...defaultFaultPlan(4), hangMs: 50 });
  const until = dayOf(Date.now(), 'Europe/Paris');
  const since = addDays(until, -27);
  const key = (day: InsightDay) => `${day.adExternalId} ${day.day} ${day.spendMinor} ${day.impressions} ${day.clicks}`;
  const month = (await all(metaInsights.days(session(), { since, until, currency: 'EUR' }))).map(key);
  const weeks = [];
  for (let week = 0; week < 4; week++)
    weeks.push(
      ...(
        await all(metaInsights.days(session(), { since: addDays(since, week * 7), until: addDays(since, week * 7 + 6), currency: 'EUR' }))
      ).map(key),
    );
  expect(month.length).toBeGreaterThan(300);
  expect(month.toSorted()).toEqual(weeks.toSorted());
});

test('a report the platform gives up on is no answer, not an empty one', async () => {
  sandbox.meta.settings.nextReportEnds = ['Job Failed'];
  expect(await failure(all(metaInsights.days(session(), { since: '2026-10-01', until: '2026-10-28', currency: 'EUR' })))).toBe('unknown ');
});

test('leads: one by id, those since an instant by form, a test lead by its dummy answers', async () => {
  const at = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  const ids = [1, 3, 5].map((days) =>
    sandbox.meta.addLead({
      formId: FORM,
      adId: '120300000000001',
      fields: { email: `d${days}@example.com`, full_name: 'A Lead' },
      createdTime: at(days),
    }),
  );
  const page = { externalId: PAGE, accessToken: (await metaAccounts.pages(session()))[0]?.accessToken as string };
  const found = [];
  for await (const { formName, leads } of metaLeadForms.since(session(), page, new Date(at(4))))
    found.push(...leads.map((lead) => `${formName} ${lead.sourceLeadId}`));
  expect(new Set(found)).toEqual(new Set([`Demo lead form ${ids[0]}`, `Demo lead form ${ids[1]}`]));
  expect(await metaLeadForms.lead(session(), ids[0] as string)).toMatchObject({
    formExternalId: FORM,
    adExternalId: '120300000000001',
    isOrganic: false,
    isTest: false,
    fields: { email: 'd1@example.com', full_name: 'A Lead' },
  });
  expect(await metaLeadForms.formName(session(), FORM)).toBe('Demo lead form');
  const testLead = sandbox.meta.addLead({ formId: FORM, fields: { email: '<test lead: dummy data for email>' }, isTest: true });
  expect(await metaLeadForms.lead(session(), testLead)).toMatchObject({ isTest: true, isOrganic: true, adExternalId: null });
  expect(await failure(metaLeadForms.lead(session(), '1'))).toBe('missing 100');
});

test('a webhook body names its leads, also as numbers; anything else is refused', () => {
  const value = (lead: unknown) => ({
    object: 'page',
    entry: [
      {
        changes: [
          { field: 'leadgen', value: { leadgen_id: lead, page_id: '7', form_id: 8 } },
          { field: 'feed', value: {} },
        ],
      },
      {},
    ],
  });
  expect(metaLeadForms.notices(value('12'))).toEqual([{ sourceLeadId: '12', pageExternalId: '7', formExternalId: '8' }]);
  expect(metaLeadForms.notices(value(12))).toHaveLength(1);
  for (const body of [null, [], {}, { object: 'user', entry: [] }, value(undefined), value('12; drop'), value(2 ** 60)])
    expect(() => metaLeadForms.notices(body)).toThrow(PlatformError);
});
