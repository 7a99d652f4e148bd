import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest';
import { createSandbox, noFaults, type Sandbox } from '../index.ts';
import { ADS_DEMO } from './index.ts';

/** The part of google-ads-api 25.1.0 that reads over HTTP; it changes everything else over gRPC, which is not imitated. */
interface OfficialCustomer {
  getAccessToken(): Promise<string>;
  query(query: string): Promise<Record<string, Record<string, unknown>>[]>;
}
interface Official {
  GoogleAdsApi: new (options: object) => { Customer(options: object): OfficialCustomer };
}
interface Http {
  interceptors: { request: { use(change: (config: { url: string }) => { url: string }): void } };
}

/** It is 173 MB and wants Node 22: not among our dependencies until that is what we run on. Installed by hand, it is used. */
const NAME = 'google-ads-api';
const WHY_SKIPPED = `skipped: ${NAME}@25.1.0 is not installed (optional: 173 MB, Node 22)`;
const require = createRequire(import.meta.url);

function load(): { official: Official; http: Http } | null {
  try {
    const own = createRequire(require.resolve(NAME));
    return { official: require(NAME) as Official, http: own('axios') as Http };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

const loaded = load();
let sandbox: Sandbox;
let customer: OfficialCustomer | undefined;
let token = '';

beforeAll(async () => {
  sandbox = await createSandbox({ seed: 3 });
  token = sandbox.googleAds.issueToken();
  if (loaded === null) return;
  loaded.http.interceptors.request.use((config) => {
    config.url = config.url.replace('https://googleads.googleapis.com', `${sandbox.url}/googleads.googleapis.com`);
    return config;
  });
  const client = new loaded.official.GoogleAdsApi({ client_id: 'x', client_secret: 'y', developer_token: 'ignored' });
  customer = client.Customer({ customer_id: ADS_DEMO.account, refresh_token: 'r' });
  customer.getAccessToken = () => Promise.resolve(token);
});
afterAll(() => sandbox.close());

function client(context: TestContext): OfficialCustomer {
  if (customer !== undefined) return customer;
  process.stderr.write(`${context.task.file.name}, ${context.task.name}: ${WHY_SKIPPED}\n`);
  return context.skip(WHY_SKIPPED);
}

const QUERY = 'SELECT campaign.id, campaign.name, metrics.clicks FROM campaign';
/** Errors hold messages of protobuf; their JSON says names instead of numbers. */
const problemOf = (run: Promise<unknown>): Promise<unknown> =>
  run.then(() => 'no error').catch((error: unknown): unknown => JSON.parse(JSON.stringify(error)));

test('the official client reads rows', async (context) => {
  const [row] = await client(context).query(QUERY);
  expect(row?.['campaign']).toMatchObject({ id: Number(ADS_DEMO.campaign), name: 'Autumn coffee · Search · FR' });
  expect(row?.['metrics']?.['clicks']).toBeGreaterThan(0);
});

test('a platform error arrives as its reason', async (context) => {
  expect(await problemOf(client(context).query('SELECT campaign.nope FROM campaign'))).toMatchObject({
    errors: [{ error_code: { query_error: 'UNRECOGNIZED_FIELD' } }],
  });
});

test('a throttle arrives with its scope', async (context) => {
  const asked = client(context);
  sandbox.setFaults({ ...noFaults(4), throttle: 1 });
  const problem = await problemOf(asked.query(QUERY));
  sandbox.setFaults(noFaults(4));
  expect(problem).toMatchObject({
    errors: [
      { error_code: { quota_error: 'RESOURCE_TEMPORARILY_EXHAUSTED' }, details: { quota_error_details: { rate_scope: 'ACCOUNT' } } },
    ],
  });
});

test('an expired token is an error', async (context) => {
  const asked = client(context);
  sandbox.googleAds.expireTokens();
  expect(await problemOf(asked.query(QUERY))).not.toBe('no error');
  token = sandbox.googleAds.issueToken();
  expect(await asked.query(QUERY)).toHaveLength(1);
});
