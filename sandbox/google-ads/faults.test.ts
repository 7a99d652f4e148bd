import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { formatClientToken, nameWithToken } from '#shared/rules/client-token.ts';
import { createSandbox, noFaults, type FaultPlan } from '../index.ts';
import { ACCOUNT, BUDGET, CAMPAIGN, openAds, reasonsOf, treeOf, type AdsAnswer, type AdsClient } from './testing/ads-client.ts';

const only = (part: Partial<FaultPlan>): FaultPlan => ({ ...noFaults(9), ...part });
const campaigns = (ads: AdsClient) => ads.sandbox.googleAds.objects().filter((one) => one.kind === 'campaign');
const send = (ads: AdsClient, operations: unknown[]) =>
  ads.tryCall('POST', `${ACCOUNT}/googleAds:mutate`, { mutateOperations: operations });

test('answer lost: the whole tree exists and the caller never hears of it; a repeat finds the name taken', async () => {
  const ads = await openAds({ faults: only({ answerLost: 1, hangMs: 5 }) });
  expect(await send(ads, treeOf())).toBeNull();
  expect(campaigns(ads)).toHaveLength(1);
  ads.sandbox.setFaults(noFaults(9));
  expect(reasonsOf(await send(ads, treeOf()))).toContain('campaignError.DUPLICATE_CAMPAIGN_NAME');
  expect(ads.sandbox.googleAds.adsByToken('tkn1')).toHaveLength(1);
  await ads.sandbox.close();
});

test('late apply: nothing at first, the tree a little later; ads sent again meanwhile come twice', async () => {
  const ads = await openAds({ faults: only({ lateApply: { p: 1, maxMs: 60 } }) });
  expect(await send(ads, treeOf())).toBeNull();
  expect(campaigns(ads)).toHaveLength(0);
  await expect.poll(() => campaigns(ads).length, { timeout: 1000 }).toBe(1);
  // Ads have no name of their own: sent alone, and again before they appear, they come twice.
  ads.sandbox.setFaults(noFaults(9));
  const [row] = await ads.rows('SELECT ad_group.id FROM ad_group');
  const ad = {
    adGroupAdOperation: {
      create: {
        adGroup: row.adGroup.resourceName,
        status: 'PAUSED',
        ad: { ...(treeOf()[3] as any).adGroupAdOperation.create.ad, finalUrls: ['https://example.com/b'] },
      },
    },
  };
  ads.sandbox.setFaults(only({ lateApply: { p: 1, maxMs: 60 } }));
  expect(await send(ads, [ad])).toBeNull();
  ads.sandbox.setFaults(noFaults(9));
  expect((await send(ads, [ad]))?.status).toBe(200);
  await expect.poll(() => ads.sandbox.googleAds.countDuplicates(), { timeout: 1000 }).toBe(1);
  await ads.sandbox.close();
});

test('a 500 is applied or not, by the plan', async () => {
  for (const appliedShare of [0, 1]) {
    const ads = await openAds({ faults: only({ error500: { p: 1, appliedShare } }) });
    const answer = await send(ads, treeOf());
    expect([answer?.status, ...reasonsOf(answer)]).toEqual([500, 'internalError.INTERNAL_ERROR']);
    expect(campaigns(ads)).toHaveLength(appliedShare);
    await ads.sandbox.close();
  }
});

test('a throttle says how long to wait, applies nothing, and in a stream it is a list', async () => {
  const ads = await openAds({ faults: only({ throttle: 1 }) });
  const answer = await send(ads, treeOf());
  expect([answer?.status, ...reasonsOf(answer)]).toEqual([429, 'quotaError.RESOURCE_TEMPORARILY_EXHAUSTED']);
  expect(answer?.body.error.details[0].errors[0].details.quotaErrorDetails).toMatchObject({ rateScope: 'ACCOUNT', retryDelay: '1s' });
  expect(answer?.headers.get('retry-after')).toBeNull();
  const stream = await ads.post(`${ACCOUNT}/googleAds:searchStream`, { query: 'SELECT campaign.id FROM campaign' });
  expect([stream.status, Array.isArray(stream.body), ...reasonsOf(stream)]).toEqual([
    429,
    true,
    'quotaError.RESOURCE_TEMPORARILY_EXHAUSTED',
  ]);
  expect(campaigns(ads)).toHaveLength(0);
  await ads.sandbox.close();
});

test('search lags behind, a query by id or name of the resource does not', async () => {
  let now = Date.parse('2026-11-20T10:00:00Z');
  const ads = await openAds({ faults: only({ searchLagMs: 60_000 }), now: () => now });
  const answer = await send(ads, treeOf());
  const name = answer?.body.mutateOperationResponses[1].campaignResult.resourceName;
  expect(await ads.rows("SELECT campaign.id FROM campaign WHERE campaign.name = 'Launch ·tkn1'")).toEqual([]);
  expect(await ads.rows(`SELECT campaign.id FROM campaign WHERE campaign.resource_name = '${name}'`)).toHaveLength(1);
  expect(await ads.rows(`SELECT campaign.id FROM campaign WHERE campaign.id = ${String(name).split('/').pop()}`)).toHaveLength(1);
  now += 60_000;
  expect(await ads.rows("SELECT campaign.id FROM campaign WHERE campaign.name = 'Launch ·tkn1'")).toHaveLength(1);
  await ads.sandbox.close();
});

test('a dead platform cuts every connection, over a real socket too, and the others live', async () => {
  const sandbox = await createSandbox({ seed: 1, demo: false });
  const url = `${sandbox.url}/googleads.googleapis.com/v25/customers:listAccessibleCustomers`;
  const headers = { authorization: `Bearer ${sandbox.googleAds.issueToken()}` };
  expect((await fetch(url, { headers })).status).toBe(200);
  sandbox.googleAds.setDead(true);
  await expect(fetch(url, { headers })).rejects.toThrow();
  expect((await fetch(`${sandbox.url}/accounts.google.com/.well-known/openid-configuration`)).status).toBe(200);
  sandbox.googleAds.setDead(false);
  expect((await fetch(url, { headers })).status).toBe(200);
  await sandbox.close();
});

test('an access token stops working in the middle', async () => {
  const ads = await openAds({ faults: only({ expireTokenAfterCalls: 2 }) });
  const statuses: number[] = [];
  for (let n = 0; n < 3; n += 1) statuses.push((await ads.query('SELECT customer.id FROM customer')).status);
  expect(statuses).toEqual([200, 200, 401]);
  await ads.sandbox.close();
});

test('part of a batch fails where parts may fail, a status is not changed, a refusal passes next time', async () => {
  const labels = Array.from({ length: 40 }, (_, n) => ({ labelOperation: { create: { name: `label ${n}` } } }));
  const ads = await openAds({ faults: only({ batchNull: 0.3 }) });
  const partly = await ads.mutate(labels, { partialFailure: true });
  const empty = partly.body.mutateOperationResponses.filter((one: object) => Object.keys(one).length === 0).length;
  expect(empty).toBeGreaterThan(4);
  expect(new Set(reasonsOf(partly))).toEqual(new Set(['internalError.TRANSIENT_ERROR']));
  expect(ads.sandbox.googleAds.objects().filter((one) => one.kind === 'label')).toHaveLength(40 - empty);

  ads.sandbox.setFaults(noFaults(9));
  const tree = await send(ads, treeOf());
  const update = {
    campaignOperation: {
      update: { resourceName: tree?.body.mutateOperationResponses[1].campaignResult.resourceName, status: 'ENABLED' },
      updateMask: 'status',
    },
  };
  ads.sandbox.setFaults(only({ statusIgnored: { p: 1, silent: true } }));
  expect((await send(ads, [update]))?.status).toBe(200);
  expect(campaigns(ads)[0]?.status).toBe('PAUSED');
  ads.sandbox.setFaults(only({ statusIgnored: { p: 1, silent: false } }));
  const refused = await send(ads, [update]);
  expect([refused?.status, ...reasonsOf(refused)]).toEqual([409, 'databaseError.CONCURRENT_MODIFICATION']);

  ads.sandbox.setFaults(only({ flaky: 0.5 }));
  const seen = new Set<number>();
  for (let n = 0; n < 8; n += 1) seen.add((await send(ads, [{ labelOperation: { create: { name: 'flaky' } } }]))?.status ?? 0);
  expect(seen.has(409)).toBe(true);
  expect(ads.sandbox.googleAds.objects().filter((one) => one.name === 'flaky')).toHaveLength(1);
  await ads.sandbox.close();
});

test('an opt-out comes back as an opt-in, and an answer may carry a field nobody knows', async () => {
  const ads = await openAds({ faults: only({ enhancementFlip: 1 }) });
  const assetAutomationSettings = [{ assetAutomationType: 'TEXT_ASSET_AUTOMATION', assetAutomationStatus: 'OPTED_OUT' }];
  await send(ads, [
    { campaignBudgetOperation: { create: BUDGET } },
    { campaignOperation: { create: { ...CAMPAIGN, assetAutomationSettings } } },
  ]);
  const [row] = await ads.rows('SELECT campaign.asset_automation_settings FROM campaign');
  expect(row.campaign.assetAutomationSettings[0].assetAutomationStatus).toBe('OPTED_IN');
  ads.sandbox.googleAds.settings.unknownField = true;
  expect((await ads.query('SELECT customer.id FROM customer')).body).toHaveProperty('somethingNew');
  await ads.sandbox.close();
});

/** A client token as a launch would make it: new for every launch. */
const tokenOf = (launch: string, item: string): string => formatClientToken(createHash('sha256').update(`${launch} ${item}`).digest());
const wordOf = (answer: AdsAnswer | null): string => (answer === null ? 'cut' : (reasonsOf(answer)[0] ?? 'done'));

/** What 24 launches and the look-ups after them meet, whatever order they are sent in and whatever tokens they carry. */
async function fates(seed: number, order: number[], launch: string): Promise<Record<string, string>> {
  const ads = await openAds({
    seed,
    faults: { ...noFaults(seed), throttle: 0.15, error500: { p: 0.15, appliedShare: 0.5 }, answerLost: 0.15, flaky: 0.2, hangMs: 1 },
  });
  const met: Record<string, string> = {};
  for (const n of order) {
    const token = tokenOf(launch, `c${n}`);
    met[`made ${n}`] = wordOf(await send(ads, treeOf(token, { name: nameWithToken(`Campaign ${n}`, token) })));
    const query = `SELECT ad_group_ad.ad.id FROM ad_group_ad WHERE campaign.name LIKE '%${token}'`;
    met[`found ${n}`] = wordOf(await ads.tryCall('POST', `${ACCOUNT}/googleAds:search`, { query }));
  }
  await ads.sandbox.close();
  return met;
}

test('a run repeats exactly for its seed, whatever the order and the tokens are', async () => {
  const numbers = Array.from({ length: 24 }, (_, n) => n);
  const first = await fates(11, numbers, 'one');
  expect(await fates(11, numbers.toReversed(), 'one')).toEqual(first);
  expect(await fates(11, numbers, 'two')).toEqual(first);
  expect(await fates(12, numbers, 'one')).not.toEqual(first);
  expect(new Set(Object.values(first)).size).toBeGreaterThan(3);
});
