import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, noFaults, type Sandbox } from '../index.ts';
import { DEMO_ASSETS, TIKTOK_APP } from './index.ts';
import { ADGROUP, AD, ADVERTISER, CAMPAIGN, requestIdOf, SMART_AD, SMART_ADGROUP, SMART_CAMPAIGN } from './testing/api-client.ts';
import { skipWithoutSpec } from './testing/needs-spec.ts';

/** The part of tiktok-business-api-sdk-official 1.1.3 that is used here; the package ships no types. */
interface SdkAnswer {
  data: Record<string, unknown>;
  request_id: string;
}
type SdkCallback = (error: Error | null, data: SdkAnswer) => void;
type SdkVerb = (...args: [...unknown[], SdkCallback]) => unknown;
type SdkApi = Record<string, SdkVerb>;
type Sdk = Record<string, new () => SdkApi> & { ApiClient: { instance: { basePath: string } } };

const require = createRequire(import.meta.url);
const sdk = require('tiktok-business-api-sdk-official') as Sdk;
const IMAGE = new URL('../briefs/media/concept-08_1x1.png', import.meta.url);
let sandbox: Sandbox;
let token: string;

beforeAll(async () => {
  sandbox = await createSandbox({ seed: 3, demo: true });
  sandbox.tiktok.setTier('unlimited');
  sdk.ApiClient.instance.basePath = `${sandbox.url}/business-api.tiktok.com`;
  token = sandbox.tiktok.issueToken();
});
afterAll(() => sandbox.close());

/** Callback style becomes a promise; the client rejects whenever the code in the body is not 0. */
function call(api: string, verb: string, ...args: unknown[]): Promise<SdkAnswer> {
  const Made = sdk[api];
  if (Made === undefined) throw new Error(`the SDK has no ${api}`);
  const made = new Made();
  return new Promise((resolve, reject) => {
    const done: SdkCallback = (error, data) => (error === null ? resolve(data) : reject(error));
    made[verb]?.(...args, done);
  });
}
const write = (api: string, verb: string, body: object) => call(api, verb, token, { body: { advertiser_id: ADVERTISER, ...body } });
const list = async (api: string, verb: string, filtering: object): Promise<Record<string, unknown>[]> =>
  (await call(api, verb, ADVERTISER, token, { filtering, page_size: 100 })).data['list'] as Record<string, unknown>[];

async function codeOf(run: Promise<unknown>): Promise<number> {
  try {
    await run;
  } catch (error) {
    return Number(/code: (\d+)/.exec((error as Error).message)?.[1]);
  }
  throw new Error('the call should have failed');
}

const made: Record<string, string> = {};

describe.sequential('the official client', () => {
  test('signs in with the code of the authorization page and lists its accounts', async () => {
    const redirect = 'https://api.inlay.test/v1/connections/tiktok/callback';
    const query = new URLSearchParams({ app_id: TIKTOK_APP.id, redirect_uri: redirect, state: 's', auto: '1' });
    const page = await fetch(`${sandbox.url}/business-api.tiktok.com/portal/auth?${query.toString()}`, { redirect: 'manual' });
    const code = new URL(page.headers.get('location') ?? '').searchParams.get('auth_code');
    const body = { app_id: TIKTOK_APP.id, secret: TIKTOK_APP.secret, auth_code: code };
    const answer = await call('AuthenticationApi', 'oauth2AccessToken', { body });
    expect(Object.keys(answer.data)).toEqual(['access_token', 'advertiser_ids', 'scope']);
    token = String(answer.data['access_token']);
    const accounts = await call('AuthenticationApi', 'oauth2AdvertiserGet', TIKTOK_APP.id, TIKTOK_APP.secret, token);
    expect(accounts.data['list']).toHaveLength(3);
  });

  test('creates, lists and switches a manual tree', async () => {
    made['campaign'] = String((await write('CampaignCreationApi', 'campaignCreate', CAMPAIGN)).data['campaign_id']);
    await write('CampaignCreationApi', 'campaignStatusUpdate', { campaign_ids: [made['campaign']], operation_status: 'DISABLE' });
    made['adgroup'] = String(
      (await write('AdgroupApi', 'adgroupCreate', { ...ADGROUP, campaign_id: made['campaign'] })).data['adgroup_id'],
    );
    const ads = await write('AdApi', 'adCreate', { adgroup_id: made['adgroup'], creatives: [AD, { ...AD, ad_name: 'Ad 2' }] });
    expect(ads.data['ad_ids']).toHaveLength(2);
    expect(await list('CampaignCreationApi', 'campaignGet', { campaign_name: CAMPAIGN.campaign_name })).toMatchObject([
      { operation_status: 'DISABLE' },
    ]);
    expect(await list('AdApi', 'adGet', { adgroup_ids: [made['adgroup']] })).toHaveLength(2);
  });

  test('creates and lists a Smart+ tree', async () => {
    const campaign = await write('CampaignCreationApi', 'smartPlusCampaignCreate', { ...SMART_CAMPAIGN, request_id: requestIdOf('sdk c') });
    const adgroup = await write('AdgroupApi', 'smartPlusAdgroupCreate', {
      ...SMART_ADGROUP,
      campaign_id: campaign.data['campaign_id'],
      request_id: requestIdOf('sdk s'),
    });
    const ad = await write('AdApi', 'smartPlusAdCreate', { ...SMART_AD, adgroup_id: adgroup.data['adgroup_id'] });
    expect(await list('AdApi', 'smartPlusAdGet', { adgroup_ids: [adgroup.data['adgroup_id']] })).toMatchObject([
      { smart_plus_ad_id: ad.data['smart_plus_ad_id'], ad_name: SMART_AD.ad_name },
    ]);
  });

  test('uploads an image and reads pixels, identities and figures', async () => {
    const bytes = readFileSync(IMAGE);
    const image = await call('FileApi', 'adImageUpload', token, {
      advertiser_id: ADVERTISER,
      upload_type: 'UPLOAD_BY_FILE',
      file_name: 'sdk.png',
      image_file: bytes,
      image_signature: createHash('md5').update(bytes).digest('hex'),
    });
    expect(image.data).toMatchObject({ file_name: 'sdk.png', width: 1080, height: 1080, format: 'png' });
    const pixels = await call('MeasurementApi', 'pixelList', ADVERTISER, token, {});
    expect(pixels.data['pixels']).toMatchObject([{ pixel_id: DEMO_ASSETS.pixel }]);
    expect((await call('IdentityApi', 'identityGet', ADVERTISER, token, {})).data['identity_list']).toHaveLength(4);
    const report = await call('ReportingApi', 'reportIntegratedGet', 'BASIC', token, {
      advertiser_id: ADVERTISER,
      data_level: 'AUCTION_CAMPAIGN',
      dimensions: ['campaign_id'],
      metrics: ['spend', 'campaign_name'],
      query_lifetime: true,
    });
    expect(report.data['list']).toHaveLength(2);
  });

  test.each([
    ['CampaignCreationApi', 'campaignCreate', { ...CAMPAIGN, objective_type: 'CLICKS' }, 40002],
    ['AdgroupApi', 'adgroupCreate', { ...ADGROUP, campaign_id: '1' }, 40002],
    ['AdApi', 'adCreate', { adgroup_id: '1', creatives: [AD] }, 40002],
    ['AdApi', 'adStatusUpdate', { ad_ids: Array.from({ length: 21 }, String), operation_status: 'ENABLE' }, 40011],
  ])('%s.%s: a platform error arrives as its code', async (api, verb, body, code) => {
    expect(await codeOf(write(api, verb, body))).toBe(code);
  });

  test('a throttle arrives with one of the four codes and nothing is created', async () => {
    const before = sandbox.tiktok.objects().length;
    sandbox.setFaults({ ...noFaults(4), throttle: 1 });
    const codes = new Set<number>();
    for (let n = 0; n < 16; n += 1)
      codes.add(await codeOf(write('CampaignCreationApi', 'campaignCreate', { ...CAMPAIGN, campaign_name: `t${n}` })));
    sandbox.setFaults(noFaults(4));
    expect([...codes].toSorted((a, b) => a - b)).toEqual([40016, 40100, 40132, 40133]);
    expect(sandbox.tiktok.objects()).toHaveLength(before);
  });

  test('an expired token is 40102, a revoked one 40105', async () => {
    const read = () => codeOf(call('CampaignCreationApi', 'campaignGet', ADVERTISER, token, {}));
    sandbox.tiktok.expireTokens();
    expect(await read()).toBe(40102);
    sandbox.tiktok.expireTokens('revoked');
    expect(await read()).toBe(40105);
    token = sandbox.tiktok.issueToken();
    expect((await list('CampaignCreationApi', 'campaignGet', {})).length).toBeGreaterThan(1);
  });

  test('none of the answers breaks what is published', (context) => {
    skipWithoutSpec(context);
    expect(sandbox.log.violations.filter((one) => one.where.startsWith('answer tiktok'))).toEqual([]);
  });
});
