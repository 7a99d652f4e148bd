import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, noFaults, type Sandbox } from '../index.ts';
import { ACCOUNT, ADSET, CAMPAIGN, CREATIVE } from './testing/graph-client.ts';
import { DEMO_IDS } from './index.ts';
import { skipWithoutSpec } from './testing/needs-spec.ts';

/** The part of facebook-nodejs-business-sdk 24.0.1 that is used here; the package ships no types. */
interface SdkObject {
  id: string;
  _data: Record<string, unknown>;
  get(fields: string[]): Promise<SdkObject>;
  update(fields: string[], params: object): Promise<SdkObject>;
}
interface SdkCursor extends Array<SdkObject> {
  hasNext(): boolean;
  next(): Promise<unknown>;
}
type SdkVerb = (fields: string[], params?: object) => Promise<SdkObject & SdkCursor>;
type SdkAccount = Record<string, SdkVerb>;
interface Sdk {
  FacebookAdsApi: { init(token: string): unknown };
  AdAccount: new (id: string) => SdkAccount;
  Ad: new (id: string) => SdkObject;
  User: new (id: string) => SdkAccount;
}

const require = createRequire(import.meta.url);
const sdk = require('facebook-nodejs-business-sdk') as Sdk;
let sandbox: Sandbox;
let account: SdkAccount;

beforeAll(async () => {
  sandbox = await createSandbox({ seed: 3, demo: false });
  const graph = `${sandbox.url}/graph.facebook.com`;
  for (const [name, value] of [
    ['GRAPH', graph],
    ['GRAPH_VIDEO', `${sandbox.url}/graph-video.facebook.com`],
    ['VERSION', 'v26.0'],
  ] as const) {
    Object.defineProperty(sdk.FacebookAdsApi, name, { get: () => value, configurable: true });
  }
  signIn();
});
afterAll(() => sandbox.close());

function signIn(): string {
  const token = sandbox.meta.issueToken();
  sdk.FacebookAdsApi.init(token);
  account = new sdk.AdAccount(ACCOUNT);
  return token;
}

function verb(name: string): SdkVerb {
  const found = account[name];
  if (found === undefined) throw new Error(`the SDK has no ${name}`);
  return found.bind(account);
}

interface SdkError {
  status: number;
  response: { code: number; error_subcode?: number };
}
async function errorOf(run: Promise<unknown>): Promise<SdkError> {
  try {
    await run;
  } catch (error) {
    return error as SdkError;
  }
  throw new Error('the call should have failed');
}

const made: Record<string, string> = {};

describe.sequential('the official client', () => {
  test('creates every kind of object', async () => {
    made['label'] = (await verb('createAdLabel')([], { name: 'sdk-token' })).id;
    made['campaign'] = (await verb('createCampaign')([], CAMPAIGN)).id;
    made['adset'] = (await verb('createAdSet')([], { ...ADSET, campaign_id: made['campaign'] })).id;
    made['creative'] = (await verb('createAdCreative')([], CREATIVE)).id;
    made['ad'] = (
      await verb('createAd')([], {
        name: 'By the SDK',
        adset_id: made['adset'],
        creative: { creative_id: made['creative'] },
        status: 'PAUSED',
        adlabels: [{ name: 'sdk-token' }],
      })
    ).id;
    const kinds = sandbox.meta
      .objects()
      .filter((object) => object.requestId.startsWith('req'))
      .map((object) => object.kind);
    expect(kinds.toSorted()).toEqual(['ad', 'adset', 'campaign', 'creative', 'label']);
    for (const id of Object.values(made)) expect(id).toMatch(/^238\d{12}$/);
  });

  test.each([
    ['getCampaigns', 'campaign'],
    ['getAdSets', 'adset'],
    ['getAdCreatives', 'creative'],
    ['getAds', 'ad'],
    ['getAdLabels', 'label'],
  ])('%s lists what was created', async (name, kind) => {
    const found = await verb(name)(['id', 'name'], { limit: 10 });
    expect(found.map((object) => object.id)).toEqual([made[kind]]);
    expect(typeof found[0]?._data['name']).toBe('string');
  });

  test('reads and updates an ad', async () => {
    const ad = new sdk.Ad(String(made['ad']));
    await ad.update([], { status: 'ACTIVE' });
    const read = await ad.get(['name', 'status', 'effective_status', 'creative']);
    expect(read._data).toMatchObject({
      name: 'By the SDK',
      status: 'ACTIVE',
      effective_status: 'CAMPAIGN_PAUSED',
      creative: { id: made['creative'] },
    });
  });

  test('finds accounts and insights', async () => {
    const accounts = await new sdk.User('me')['getAdAccounts']?.(['name', 'currency']);
    expect(accounts?.map((one) => one._data['name'])).toEqual(['Inlay demo', 'Inlay demo (USD)']);
    sandbox.meta.setInsights(String(made['ad']), '2026-11-18', { spendMinor: 1234, impressions: 900, clicks: 11 });
    const rows = await verb('getInsights')(['ad_id', 'spend', 'clicks'], {
      level: 'ad',
      time_range: { since: '2026-11-18', until: '2026-11-18' },
    });
    expect(rows.map((row) => row._data)).toEqual([expect.objectContaining({ ad_id: made['ad'], spend: '12.34', clicks: '11' })]);
  });

  test.each([
    ['createCampaign', { ...CAMPAIGN, objective: 'CLICKS' }],
    ['createAdSet', { ...ADSET, campaign_id: '1' }],
    ['createAdCreative', { name: 'nothing in it' }],
    ['createAd', { name: 'no parent', adset_id: '1', creative: { creative_id: '1' }, status: 'PAUSED' }],
  ])('%s: a platform error arrives as its code', async (name, params) => {
    const error = await errorOf(verb(name)([], params));
    expect(error.status).toBe(400);
    expect(error.response.code).toBe(100);
  });

  test('a throttle arrives with one of the documented codes and nothing is created', async () => {
    const before = sandbox.meta.objects().length;
    sandbox.setFaults({ ...noFaults(4), throttle: 1 });
    const codes = new Set<number>();
    for (let n = 0; n < 12; n += 1)
      codes.add((await errorOf(verb('createCampaign')([], { ...CAMPAIGN, name: `throttled ${n}` }))).response.code);
    const insights = await errorOf(verb('getInsights')(['spend'], {}));
    sandbox.setFaults(noFaults(4));
    expect([...codes].toSorted((a, b) => a - b)).toEqual([17, 613, 80004]);
    expect(insights.response.code).toBe(80000);
    expect(sandbox.meta.objects()).toHaveLength(before);
  });

  test('an expired token is 190 with subcode 463', async () => {
    sandbox.meta.expireTokens();
    const error = await errorOf(verb('getCampaigns')(['name']));
    expect(error.response).toMatchObject({ code: 190, error_subcode: 463 });
    signIn();
    await expect(verb('getCampaigns')(['name'])).resolves.toHaveLength(1);
  });

  test('a page of leads can be subscribed and read', async () => {
    const lead = sandbox.meta.addLead({ formId: DEMO_IDS.form, adId: String(made['ad']), fields: { email: 'lead-17@example.com' } });
    const leads = await (new sdk.Ad(String(made['ad'])) as unknown as SdkAccount)['getLeads']?.(['field_data', 'ad_id', 'campaign_id']);
    expect(leads?.map((one) => one._data)).toEqual([
      expect.objectContaining({
        id: lead,
        ad_id: made['ad'],
        campaign_id: made['campaign'],
        field_data: [{ name: 'email', values: ['lead-17@example.com'] }],
      }),
    ]);
  });

  test('none of the answers breaks the published spec', (context) => {
    skipWithoutSpec(context);
    expect(sandbox.log.violations.filter((violation) => violation.where.startsWith('answer'))).toEqual([]);
  });
});
