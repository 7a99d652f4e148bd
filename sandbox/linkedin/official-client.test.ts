import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, noFaults, type Sandbox } from '../index.ts';
import { DEMO_IDS, LINKEDIN_APP } from './index.ts';
import { ACCOUNT_URN, campaign, group, inlineCreative, ORGANIZATION } from './testing/rest-client.ts';
import { skipWithoutFacts } from './testing/needs-facts.ts';
import { LINKEDIN_VERSION } from './versions.ts';

interface ClientAnswer {
  status: number;
  data: Record<string, unknown> & { elements?: Record<string, unknown>[] };
  createdEntityId: string;
}
type Verb = (options: Record<string, unknown>) => Promise<ClientAnswer>;
/** The part of linkedin-api-client 0.3.0 that is used here. */
interface Sdk {
  RestliClient: new () => Record<
    'action' | 'batchCreate' | 'batchGet' | 'batchPartialUpdate' | 'create' | 'delete' | 'finder' | 'get' | 'partialUpdate',
    Verb
  >;
  AuthClient: new (options: Record<string, string>) => {
    generateMemberAuthorizationUrl(scopes: string[], state?: string): string;
    exchangeAuthCodeForAccessToken(code: string): Promise<Record<string, unknown>>;
    exchangeRefreshTokenForAccessToken(token: string): Promise<Record<string, unknown>>;
    /** Gives the whole answer, not its data as the others do. */
    introspectAccessToken(token: string): Promise<{ data: Record<string, unknown> }>;
  };
}

const require = createRequire(import.meta.url);
const constants = require('linkedin-api-client/dist/lib/utils/constants.js') as Record<string, string>;
const REDIRECT = 'http://127.0.0.1:8787/v1/connections/linkedin/callback';
let sandbox: Sandbox;
let client: InstanceType<Sdk['RestliClient']>;
let auth: InstanceType<Sdk['AuthClient']>;
let accessToken: string;

beforeAll(async () => {
  sandbox = await createSandbox({ seed: 3, demo: false });
  // Before the first use: the client reads its addresses from this module.
  constants['VERSIONED_BASE_URL'] = `${sandbox.url}/api.linkedin.com/rest`;
  constants['OAUTH_BASE_URL'] = `${sandbox.url}/www.linkedin.com/oauth/v2`;
  const sdk = require('linkedin-api-client') as Sdk;
  client = new sdk.RestliClient();
  auth = new sdk.AuthClient({ clientId: LINKEDIN_APP.id, clientSecret: LINKEDIN_APP.secret, redirectUrl: REDIRECT });
});
afterAll(() => sandbox.close());

const GROUPS = '/adAccounts/{account}/adCampaignGroups';
const CAMPAIGNS = '/adAccounts/{account}/adCampaigns';
const CREATIVES = '/adAccounts/{account}/creatives';
const account = DEMO_IDS.account;
const call = (verb: keyof typeof client, resourcePath: string, options: Record<string, unknown>): Promise<ClientAnswer> =>
  client[verb].call(client, { resourcePath, versionString: LINKEDIN_VERSION, accessToken, ...options });

async function errorOf(run: Promise<unknown>): Promise<{ status: number; data: Record<string, unknown> }> {
  try {
    await run;
  } catch (error) {
    return (error as { response: { status: number; data: Record<string, unknown> } }).response;
  }
  throw new Error('the call should have failed');
}

const made: Record<string, string> = {};

describe.sequential('the official client', () => {
  test('signs in, refreshes and introspects', async () => {
    const address = new URL(auth.generateMemberAuthorizationUrl(['r_ads', 'rw_ads'], 'state'));
    address.searchParams.set('auto', '1');
    const back = new URL((await fetch(address, { redirect: 'manual' })).headers.get('location') ?? '');
    const first = await auth.exchangeAuthCodeForAccessToken(back.searchParams.get('code') ?? '');
    expect(first).toMatchObject({ expires_in: 5_184_000, refresh_token: expect.any(String) });
    const second = await auth.exchangeRefreshTokenForAccessToken(String(first['refresh_token']));
    expect((await auth.introspectAccessToken(String(second['access_token']))).data).toMatchObject({ active: true, scope: 'r_ads,rw_ads' });
    accessToken = sandbox.linkedin.issueToken(); // the login asked for less and so ended what was there
  });

  test('creates group, campaigns in a batch and an inline creative', async () => {
    made['group'] = (await call('create', GROUPS, { pathKeys: { account }, entity: group() })).createdEntityId;
    const batch = await call('batchCreate', CAMPAIGNS, {
      pathKeys: { account },
      entities: [campaign(made['group'], { name: 'By the client' }), campaign(made['group'], { costType: 'CPX' })],
    });
    expect(batch.data.elements).toMatchObject([{ status: 201 }, { status: 400, error: { code: 'INVALID_VALUE_FOR_FIELD' } }]);
    made['campaign'] = String(batch.data.elements?.[0]?.['id']);
    sandbox.linkedin.settings.inlineAnswersInBody = true;
    const inline = await call('action', CREATIVES, {
      pathKeys: { account },
      actionName: 'createInline',
      data: inlineCreative(made['campaign']),
    });
    made['creative'] = String((inline.data['value'] as { creative: string }).creative);
    const { data } = await call('get', `${CREATIVES}/{id}`, { pathKeys: { account, id: made['creative'] } });
    expect(data).toMatchObject({ id: made['creative'], campaign: `urn:li:sponsoredCampaign:${made['campaign']}` });
  });

  test('finds and reads them', async () => {
    const search = { status: { values: ['PAUSED'] }, name: { values: ['By the client'] } };
    const found = await call('finder', CAMPAIGNS, { pathKeys: { account }, finderName: 'search', queryParams: { search, pageSize: 10 } });
    expect(found.data.elements?.map((one) => String(one['id']))).toEqual([made['campaign']]);
    const creatives = await call('finder', CREATIVES, {
      pathKeys: { account },
      finderName: 'criteria',
      queryParams: { campaigns: [`urn:li:sponsoredCampaign:${made['campaign']}`], fields: 'id,name' },
    });
    expect(creatives.data.elements).toEqual([{ id: made['creative'], name: 'Ad 1' }]);
    const many = await call('batchGet', CAMPAIGNS, { pathKeys: { account }, ids: [Number(made['campaign'])] });
    expect(many.data['results']).toHaveProperty(String(made['campaign']));
  });

  test('changes one and many', async () => {
    const one = await call('partialUpdate', `${CAMPAIGNS}/{id}`, {
      pathKeys: { account, id: Number(made['campaign']) },
      patchSetObject: { status: 'ACTIVE' },
    });
    expect(one.status).toBe(204);
    const { status, data } = await call('batchPartialUpdate', CREATIVES, {
      pathKeys: { account },
      ids: [made['creative']],
      patchSetObjects: [{ intendedStatus: 'ACTIVE' }],
    });
    expect([status, data['results']]).toEqual([200, { [String(made['creative'])]: { status: 204 } }]);
    expect(sandbox.linkedin.objects().find((object) => object.id === made['creative'])?.status).toBe('ACTIVE');
  });

  test('opens an upload and reads a report', async () => {
    const { data } = await call('action', '/images', {
      actionName: 'initializeUpload',
      data: { initializeUploadRequest: { owner: ORGANIZATION } },
    });
    expect(data['value']).toMatchObject({ image: expect.stringMatching(/^urn:li:image:/) });
    sandbox.linkedin.setInsights(String(made['creative']), '2026-11-18', { spendMinor: 1234, impressions: 900, clicks: 11 });
    const day = { year: 2026, month: 11, day: 18 };
    const report = await call('finder', '/adAnalytics', {
      finderName: 'analytics',
      queryParams: {
        pivot: 'CREATIVE',
        timeGranularity: 'ALL',
        dateRange: { start: day, end: day },
        accounts: [ACCOUNT_URN],
        fields: 'pivotValues,costInLocalCurrency',
      },
    });
    expect(report.data.elements).toEqual([{ pivotValues: [made['creative']], costInLocalCurrency: '12.34' }]);
  });

  test('a very long query is tunnelled by the client itself', async () => {
    const ids = Array.from({ length: 90 }, (_, n) => `urn:li:sponsoredCreative:${'7'.repeat(14)}${n + 10}`);
    const { data } = await call('batchGet', CREATIVES, { pathKeys: { account }, ids });
    expect(Object.keys(data['errors'] as object)).toHaveLength(90);
  });

  test('a platform error arrives with its code', async () => {
    const error = await errorOf(
      call('create', CAMPAIGNS, { pathKeys: { account }, entity: { ...campaign(String(made['group'])), politicalIntent: undefined } }),
    );
    expect([error.status, error.data]).toEqual([
      400,
      expect.objectContaining({
        code: 'MISSING_FIELD',
        errorDetails: { inputErrors: [expect.objectContaining({ code: 'MISSING_FIELD' })] },
      }),
    ]);
  });

  test('a throttle arrives bare and nothing is created', async () => {
    const before = sandbox.linkedin.objects().length;
    sandbox.setFaults({ ...noFaults(4), throttle: 1 });
    const error = await errorOf(call('create', GROUPS, { pathKeys: { account }, entity: group() }));
    sandbox.setFaults(noFaults(4));
    expect([error.status, error.data]).toEqual([
      429,
      { message: 'Resource level throttle limit for calls to this resource is reached.', status: 429, serviceErrorCode: 101 },
    ]);
    expect(sandbox.linkedin.objects()).toHaveLength(before);
  });

  test('an expired token is 401', async () => {
    sandbox.linkedin.expireTokens();
    const error = await errorOf(call('get', '/adAccounts/{account}', { pathKeys: { account } }));
    expect([error.status, error.data['serviceErrorCode']]).toEqual([401, 65602]);
    accessToken = sandbox.linkedin.issueToken();
    expect((await call('get', '/adAccounts/{account}', { pathKeys: { account } })).data['name']).toBe('Northwind Coffee');
  });

  test('none of the answers and errors breaks the written-down facts', (context) => {
    skipWithoutFacts(context);
    expect(sandbox.log.violations.filter((violation) => !violation.where.startsWith('request'))).toEqual([]);
  });
});

test('bytes sent to the address of an upload arrive on the plain port', async () => {
  const { data } = await call('action', '/images', {
    actionName: 'initializeUpload',
    data: { initializeUploadRequest: { owner: ORGANIZATION } },
  });
  const { uploadUrl } = data['value'] as { uploadUrl: string };
  expect(uploadUrl.startsWith(`${sandbox.url}/www.linkedin.com/dms-uploads/`)).toBe(true);
  expect((await fetch(uploadUrl, { method: 'PUT', body: 'bytes' })).status).toBe(201);
});
