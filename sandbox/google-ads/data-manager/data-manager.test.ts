import { expect, test } from 'vitest';
import { ADWORDS_SCOPE, DATA_MANAGER_SCOPE } from '../../google/tokens.ts';
import { ADS_DEMO } from '../index.ts';
import { openAds, type AdsClient } from '../testing/ads-client.ts';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const HASHED = 'a'.repeat(64);
const DESTINATION = {
  operatingAccount: { accountType: 'GOOGLE_ADS', accountId: ADS_DEMO.account },
  productDestinationId: ADS_DEMO.conversionAction,
};
const EVENT = {
  transactionId: 't1',
  eventTimestamp: '2026-11-19T10:00:00Z',
  adIdentifiers: { gclid: 'gclid-1' },
  conversionValue: 12,
  currency: 'EUR',
  eventSource: 'WEB',
};

async function call(ads: AdsClient, path: string, body?: unknown, scope = DATA_MANAGER_SCOPE): Promise<{ status: number; body: any }> {
  const token = ads.sandbox.google.issueToken([scope], ADS_DEMO.user);
  const request = new Request(`https://datamanager.googleapis.com/v1/${path}`, {
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  const answer = await ads.sandbox.handle(request);
  return { status: answer?.status ?? 0, body: await answer?.json() };
}
const ingest = (ads: AdsClient, change: object = {}) =>
  call(ads, 'events:ingest', { destinations: [DESTINATION], events: [EVENT], ...change });

test('events are taken first and judged later; a repeated transaction counts once', async () => {
  const ads = await openAds({ now: () => NOW });
  ads.sandbox.googleAds.settings.jobMs = 5;
  const statusOf = async (requestId: string): Promise<any> =>
    (await call(ads, `requestStatus:retrieve?requestId=${requestId}`)).body.requestStatusPerDestination[0];
  const first = await ingest(ads);
  expect((await statusOf(first.body.requestId)).requestStatus).toBe('PROCESSING');
  await expect.poll(async () => (await statusOf(first.body.requestId)).requestStatus, { timeout: 2000 }).toBe('SUCCESS');
  const second = await ingest(ads, {
    events: [EVENT, { ...EVENT, transactionId: 't2' }, { ...EVENT, transactionId: 't3', eventTimestamp: '2026-01-01T00:00:00Z' }],
  });
  await expect.poll(async () => (await statusOf(second.body.requestId)).requestStatus, { timeout: 2000 }).toBe('PARTIAL_SUCCESS');
  expect((await statusOf(second.body.requestId)).errorInfo.errorCounts).toEqual([
    { recordCount: '1', reason: 'PROCESSING_ERROR_REASON_DUPLICATE_TRANSACTION_ID' },
    { recordCount: '1', reason: 'PROCESSING_ERROR_REASON_EVENT_TOO_OLD' },
  ]);
  expect((await call(ads, 'requestStatus:retrieve?requestId=1')).body.error.details[0].reason).toBe('INVALID_REQUEST_ID');
  await ads.sandbox.close();
});

test.each([
  [{ destinations: [] }, 400, 'REQUIRED_FIELD_MISSING'],
  [{ events: [] }, 400, 'REQUIRED_FIELD_MISSING'],
  [{ destinations: [{ ...DESTINATION, productDestinationId: '1' }] }, 400, 'INVALID_CONVERSION_ACTION_ID'],
  [
    { destinations: [{ ...DESTINATION, operatingAccount: { accountType: 'GOOGLE_ADS', accountId: ADS_DEMO.secondAccount } }] },
    403,
    'PERMISSION_DENIED',
  ],
  [{ events: [{ ...EVENT, eventTimestamp: 'yesterday' }] }, 400, 'EVENT_TIME_INVALID'],
  [{ events: [{ ...EVENT, adIdentifiers: {} }] }, 400, 'NO_IDENTIFIERS_PROVIDED'],
  [
    { events: [{ ...EVENT, userData: { userIdentifiers: [{ emailAddress: 'a@example.com' }] } }], encoding: 'HEX' },
    400,
    'INVALID_SHA256_FORMAT',
  ],
  [{ events: [{ ...EVENT, userData: { userIdentifiers: [{ emailAddress: HASHED }] } }] }, 400, 'REQUIRED_FIELD_MISSING'],
  [{ events: [{ ...EVENT, currency: 'euro' }] }, 400, 'INVALID_CURRENCY_CODE'],
])('%o is refused: %i %s', async (change, status, reason) => {
  const ads = await openAds({ now: () => NOW });
  const answer = await ingest(ads, change);
  expect([answer.status, answer.body.error.details[0].reason]).toEqual([status, reason]);
  await ads.sandbox.close();
});

test('it has a scope of its own', async () => {
  const ads = await openAds({ now: () => NOW });
  const answer = await call(ads, 'events:ingest', {}, ADWORDS_SCOPE);
  expect([answer.status, answer.body.error.details[0].reason]).toEqual([403, 'ACCESS_TOKEN_SCOPE_INSUFFICIENT']);
  expect((await ingest(ads, { validateOnly: true })).body).toEqual({ requestId: expect.any(String) });
  await ads.sandbox.close();
});
