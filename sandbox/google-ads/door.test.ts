import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ADWORDS_SCOPE, YOUTUBE_UPLOAD_SCOPE } from '../google/tokens.ts';
import { ADS_DEMO } from './index.ts';
import { ACCOUNT, BUDGET, openAds, reasonsOf, type AdsClient } from './testing/ads-client.ts';

let now = Date.parse('2026-11-20T10:00:00Z');
let ads: AdsClient;
beforeEach(async () => {
  now = Date.parse('2026-11-20T10:00:00Z');
  ads = await openAds({ now: () => now });
});
afterEach(() => ads.sandbox.close());

const QUERY = { query: 'SELECT customer.id FROM customer' };
const ask = (customerId: string, headers: Record<string, string> = {}) =>
  ads.post(`customers/${customerId}/googleAds:search`, QUERY, headers);
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const doorReason = (body: any): string => body.error.details[0].reason;

test('lists the customers a person was let into, with no developer token and with any', async () => {
  const expected = { resourceNames: [ADS_DEMO.manager, ADS_DEMO.account, ADS_DEMO.closedAccount].map((id) => `customers/${id}`) };
  const answer = await ads.get('customers:listAccessibleCustomers');
  expect(answer.body).toEqual(expected);
  expect(answer.headers.get('request-id')).toMatch(/^req\d+$/);
  expect((await ads.get('customers:listAccessibleCustomers', { 'developer-token': 'old' })).body).toEqual(expected);
});

describe('a token', () => {
  test('that is none, unknown, of another scope or of a stranger', async () => {
    expect(doorReason((await ask(ADS_DEMO.account, bearer('ya29.unknown'))).body)).toBe('ACCESS_TOKEN_INVALID');
    const none = await ads.post(`${ACCOUNT}/googleAds:search`, QUERY, { authorization: '' });
    expect([none.status, doorReason(none.body)]).toEqual([401, 'CREDENTIALS_MISSING']);
    const narrow = await ask(ADS_DEMO.account, bearer(ads.sandbox.google.issueToken([YOUTUBE_UPLOAD_SCOPE])));
    expect([narrow.status, doorReason(narrow.body)]).toEqual([403, 'ACCESS_TOKEN_SCOPE_INSUFFICIENT']);
    const stranger = await ask(ADS_DEMO.account, bearer(ads.sandbox.google.issueToken([ADWORDS_SCOPE], 'stranger@example.com')));
    expect([stranger.status, ...reasonsOf(stranger)]).toEqual([401, 'authenticationError.NOT_ADS_USER']);
  });

  test('dies after an hour, or when all are told to', async () => {
    expect((await ask(ADS_DEMO.account)).status).toBe(200);
    now += 3600_000;
    const late = await ask(ADS_DEMO.account);
    expect([late.status, late.body.error.status, doorReason(late.body)]).toEqual([401, 'UNAUTHENTICATED', 'ACCESS_TOKEN_EXPIRED']);
    const fresh = ads.sandbox.googleAds.issueToken();
    expect((await ask(ADS_DEMO.account, bearer(fresh))).status).toBe(200);
    ads.sandbox.googleAds.expireTokens();
    expect((await ask(ADS_DEMO.account, bearer(fresh))).status).toBe(401);
  });
});

describe('a customer', () => {
  test.each([
    ['abc', {}, 400, 'requestError.INVALID_CUSTOMER_ID'],
    ['400-000-0011', {}, 400, 'requestError.INVALID_CUSTOMER_ID'],
    ['4999999999', {}, 401, 'authenticationError.CUSTOMER_NOT_FOUND'],
    [ADS_DEMO.secondAccount, {}, 403, 'authorizationError.USER_PERMISSION_DENIED'],
    [ADS_DEMO.secondAccount, { 'login-customer-id': ADS_DEMO.account }, 403, 'authorizationError.USER_PERMISSION_DENIED'],
    [ADS_DEMO.account, { 'login-customer-id': '4999999999' }, 403, 'authorizationError.USER_PERMISSION_DENIED'],
    [ADS_DEMO.account, { 'login-customer-id': '400-000-0001' }, 400, 'headerError.INVALID_LOGIN_CUSTOMER_ID'],
    [ADS_DEMO.closedAccount, {}, 403, 'authorizationError.CUSTOMER_NOT_ENABLED'],
  ])('%s with %o: %i %s', async (customerId, headers, status, reason) => {
    const answer = await ask(customerId, headers);
    expect([answer.status, ...reasonsOf(answer)]).toEqual([status, reason]);
  });

  test('below a manager opens with login-customer-id; the manager itself takes no mutate', async () => {
    expect((await ask(ADS_DEMO.secondAccount, { 'login-customer-id': ADS_DEMO.manager })).body.results).toHaveLength(1);
    expect((await ask(ADS_DEMO.manager)).status).toBe(200);
    const operations = [{ create: { name: 'x' } }];
    expect(reasonsOf(await ads.post(`customers/${ADS_DEMO.manager}/labels:mutate`, { operations }))).toEqual([
      'requestError.CANNOT_BE_EXECUTED_BY_MANAGER_ACCOUNT',
    ]);
  });

  test('is not opened by naming a manager that the person does not use', async () => {
    const headers = bearer(ads.sandbox.google.issueToken([ADWORDS_SCOPE], ADS_DEMO.accountUser));
    expect((await ask(ADS_DEMO.account, headers)).status).toBe(200);
    const answer = await ask(ADS_DEMO.secondAccount, { ...headers, 'login-customer-id': ADS_DEMO.manager });
    expect(reasonsOf(answer)).toEqual(['authorizationError.USER_PERMISSION_DENIED']);
  });

  test('cannot be written through another one', async () => {
    const other = await ads.post(
      `customers/${ADS_DEMO.secondAccount}/labels:mutate`,
      { operations: [{ create: { name: 'theirs' } }] },
      { 'login-customer-id': ADS_DEMO.manager },
    );
    const [{ resourceName }] = other.body.results;
    expect(reasonsOf(await ads.post(`${ACCOUNT}/labels:mutate`, { operations: [{ remove: resourceName }] }))).toEqual([
      'mutateError.RESOURCE_NOT_FOUND',
    ]);
  });
});

test('only the served version answers, and what is gone stays refused', async () => {
  const old = await ads.sandbox.handle(
    new Request('https://googleads.googleapis.com/v18/customers:listAccessibleCustomers', { headers: bearer(ads.token) }),
  );
  expect(reasonsOf({ status: 400, headers: new Headers(), body: await old?.json() })).toEqual(['requestError.UNSUPPORTED_VERSION']);
  expect((await ads.post(`${ACCOUNT}/feeds:mutate`, {})).status).toBe(404);
  const conversions = await ads.post(`${ACCOUNT}:uploadClickConversions`, { conversions: [], partialFailure: true });
  expect([conversions.status, ...reasonsOf(conversions)]).toEqual([403, 'notAllowlistedError.CUSTOMER_NOT_ALLOWLISTED_FOR_THIS_FEATURE']);
  const broken = await ads.sandbox.handle(
    new Request(`https://googleads.googleapis.com/v25/${ACCOUNT}/googleAds:search`, {
      method: 'POST',
      headers: bearer(ads.token),
      body: '{',
    }),
  );
  expect(broken?.status).toBe(400);
});

test('a day has only so many operations, over all customers, and says when there are more', async () => {
  ads.sandbox.googleAds.setLevel('explorer', 5);
  const budgets = (count: number) => ({
    operations: Array.from({ length: count }, () => ({ create: { ...BUDGET, resourceName: undefined } })),
  });
  expect((await ads.post(`${ACCOUNT}/campaignBudgets:mutate`, budgets(3))).status).toBe(200);
  expect((await ask(ADS_DEMO.secondAccount, { 'login-customer-id': ADS_DEMO.manager })).status).toBe(200);
  const over = await ads.post(`${ACCOUNT}/campaignBudgets:mutate`, budgets(2));
  expect([over.status, over.body.error.status, ...reasonsOf(over)]).toEqual([429, 'RESOURCE_EXHAUSTED', 'quotaError.RESOURCE_EXHAUSTED']);
  expect(over.body.error.details[0].errors[0].details.quotaErrorDetails).toEqual({
    rateScope: 'DEVELOPER',
    rateName: 'Number of operations for explorer access',
    retryDelay: '86400s',
  });
  expect((await ask(ADS_DEMO.account)).status).toBe(200);
  expect((await ask(ADS_DEMO.account)).status).toBe(429);
  now += 86_400_000;
  const fresh = ads.sandbox.googleAds.issueToken();
  expect((await ask(ADS_DEMO.account, bearer(fresh))).status).toBe(200);
});

test('a project of the test level reaches no real account', async () => {
  ads.sandbox.googleAds.setLevel('test');
  expect(reasonsOf(await ask(ADS_DEMO.account))).toEqual(['authorizationError.CLOUD_PROJECT_NOT_APPROVED_FOR_PRODUCTION']);
});
