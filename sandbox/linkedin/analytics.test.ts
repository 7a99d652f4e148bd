import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO_IDS } from './index.ts';
import { ACCOUNT_URN, encoded, makeTree, openLinkedin, type RestClient } from './testing/rest-client.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const RANGE = 'dateRange=(start:(year:2026,month:10,day:17),end:(year:2026,month:11,day:20))';
const ACCOUNTS = `accounts=List(${encoded(ACCOUNT_URN)})`;
let rest: RestClient;
beforeAll(() => {
  rest = openLinkedin({ demo: true, seed: 2, now: () => now });
});
afterAll(() => rest.sandbox.close());

async function report(query: string, finder = 'analytics'): Promise<Record<string, unknown>[]> {
  const { status, body } = await rest.get(`adAnalytics?q=${finder}&${query}`);
  if (status !== 200) throw new Error(`${status}: ${String(body.message)}`);
  return body.elements ?? [];
}
const statusOf = async (query: string, finder = 'analytics'): Promise<number> =>
  (await rest.get(`adAnalytics?q=${finder}&${query}`)).status;
const FIELDS = 'fields=pivotValues,dateRange,impressions,clicks,costInLocalCurrency,costInUsd,oneClickLeads';
const cents = (rows: Record<string, unknown>[]): number =>
  rows.reduce((sum, row) => sum + Math.round(Number(row['costInLocalCurrency']) * 100), 0);

test('the sums agree between levels and days; money is text; without a wish only a few metrics come', async () => {
  const at = (pivot: string, granularity = 'ALL') => report(`pivot=${pivot}&timeGranularity=${granularity}&${RANGE}&${ACCOUNTS}&${FIELDS}`);
  const [creatives, campaigns, groups, account, days] = [
    await at('CREATIVE'),
    await at('CAMPAIGN'),
    await at('CAMPAIGN_GROUP'),
    await at('ACCOUNT'),
    await at('ACCOUNT', 'DAILY'),
  ];
  expect(campaigns).toHaveLength(2);
  expect(days).toHaveLength(35);
  for (const rows of [creatives, campaigns, groups, days]) expect(cents(rows)).toBe(cents(account));
  expect(account).toEqual([
    {
      pivotValues: [ACCOUNT_URN],
      dateRange: { start: { year: 2026, month: 10, day: 17 }, end: { year: 2026, month: 11, day: 20 } },
      impressions: expect.any(Number),
      clicks: expect.any(Number),
      costInLocalCurrency: expect.stringMatching(/^\d+\.\d\d$/),
      costInUsd: expect.stringMatching(/^\d+\.\d\d$/),
      oneClickLeads: 0,
    },
  ]);
  const [bare] = await report(`pivot=ACCOUNT&timeGranularity=ALL&${RANGE}&${ACCOUNTS}`);
  expect(Object.keys(bare ?? {})).toEqual(['impressions', 'clicks']);
  expect(await at('ACCOUNT', 'MONTHLY')).toHaveLength(2);
});

test('several pivots, crowds and filters', async () => {
  const rows = await report(`pivots=List(CAMPAIGN,CREATIVE)&timeGranularity=ALL&${RANGE}&${ACCOUNTS}&${FIELDS}`, 'statistics');
  expect(rows[0]?.['pivotValues']).toEqual([expect.stringMatching(/sponsoredCampaign:/), expect.stringMatching(/sponsoredCreative:/)]);
  const crowd = await report(`pivot=MEMBER_SENIORITY&timeGranularity=ALL&${RANGE}&${ACCOUNTS}&${FIELDS}`);
  expect(crowd.map((row) => row['pivotValues'])).toContainEqual(['urn:li:seniority:1']);
  const campaigns = `campaigns=List(${encoded(`urn:li:sponsoredCampaign:${DEMO_IDS.campaign}`)})`;
  expect(await report(`pivot=CAMPAIGN&timeGranularity=ALL&${RANGE}&${campaigns}&${FIELDS}`)).toHaveLength(1);
  expect(await report(`pivot=CAMPAIGN&timeGranularity=ALL&${RANGE}&${ACCOUNTS}&campaignType=TEXT_AD`)).toEqual([]);
  expect(await report(ACCOUNTS, 'attributedRevenueMetrics')).toEqual([]);
});

test('nothing to tell and nothing allowed look the same: empty', async () => {
  const query = `pivot=ACCOUNT&timeGranularity=ALL&${RANGE}&${ACCOUNTS}`;
  expect(await report(query.replace('500000001', '500000002'))).toEqual([]);
  await rest.sandbox.linkedin.control('PUT', 'role', { account: DEMO_IDS.account, role: null });
  expect(await report(query)).toEqual([]);
  await rest.sandbox.linkedin.control('PUT', 'role', { account: DEMO_IDS.account, role: 'ACCOUNT_MANAGER' });
  expect(await report(query)).toHaveLength(1);
});

test('set figures and leads are counted on their UTC day', async () => {
  const tree = await makeTree(rest, 'figures');
  rest.sandbox.linkedin.setInsights(tree.creative, '2026-11-18', { spendMinor: 1234, impressions: 900, clicks: 11 });
  const fields = { email: 'lead-17@example.com' };
  rest.sandbox.linkedin.addLead({ formId: DEMO_IDS.form, creativeId: tree.creative, fields, submittedAt: '2026-11-18T23:59:00Z' });
  rest.sandbox.linkedin.addLead({
    formId: DEMO_IDS.form,
    creativeId: tree.creative,
    fields,
    submittedAt: '2026-11-18T10:00:00Z',
    isTest: true,
  });
  const creatives = `creatives=List(${encoded(tree.creative)})`;
  const rows = await report(`pivot=CREATIVE&timeGranularity=DAILY&${RANGE}&${creatives}&${FIELDS}`);
  expect(rows).toEqual([expect.objectContaining({ costInLocalCurrency: '12.34', costInUsd: '13.33', clicks: 11, oneClickLeads: 1 })]);
});

test('a report that is too large or asks nonsense is refused: there are no pages', async () => {
  const base = `timeGranularity=ALL&${RANGE}`;
  const metrics = `impressions,clicks,landingPageClicks,costInLocalCurrency,costInUsd,oneClickLeads,oneClickLeadFormOpens,qualifiedLeads,videoStarts,videoViews,videoCompletions,approximateMemberReach,totalEngagements,reactions,comments,shares,follows,sends,opens,externalWebsiteConversions`;
  expect(await statusOf(`pivot=ACCOUNT&${base}&${ACCOUNTS}&fields=${metrics},dateRange,pivotValues`)).toBe(200); // twenty
  expect(await statusOf(`pivot=ACCOUNT&${base}&${ACCOUNTS}&fields=${metrics},conversionValueInLocalCurrency`)).toBe(400);
  const crowds = 'pivots=List(MEMBER_SENIORITY,MEMBER_INDUSTRY,MEMBER_JOB_FUNCTION)&timeGranularity=DAILY';
  expect(await statusOf(`${crowds}&dateRange=(start:(year:2026,month:11,day:20))&${ACCOUNTS}`, 'statistics')).toBe(200);
  expect(
    await statusOf(`pivots=List(CREATIVE,MEMBER_SENIORITY,MEMBER_INDUSTRY)&timeGranularity=DAILY&${RANGE}&${ACCOUNTS}`, 'statistics'),
  ).toBe(200);
  for (const wrong of [
    `pivot=ACCOUNT&${base}`, // nothing chosen
    `pivot=ACCOUNT&timeGranularity=ALL&${ACCOUNTS}`,
    `pivot=ACCOUNT&${RANGE}&${ACCOUNTS}`,
    `${base}&${ACCOUNTS}`,
    `pivot=PLANET&${base}&${ACCOUNTS}`,
    `pivot=ACCOUNT&timeGranularity=HOURLY&${RANGE}&${ACCOUNTS}`,
    `pivot=ACCOUNT&${base}&${ACCOUNTS}&fields=profit`,
    `pivot=ACCOUNT&timeGranularity=ALL&dateRange=(start:(year:2026,month:2,day:30))&${ACCOUNTS}`,
    `pivot=ACCOUNT&timeGranularity=ALL&dateRange=(start:(year:2026,month:3,day:1),end:(year:2026,month:2,day:1))&${ACCOUNTS}`,
    `pivot=ACCOUNT&${base}&${ACCOUNTS}&start=0`,
  ])
    expect(await statusOf(wrong), wrong).toBe(400);
  expect(await statusOf(`pivots=List(ACCOUNT,CAMPAIGN,CREATIVE,SHARE)&${base}&${ACCOUNTS}`, 'statistics')).toBe(400);
});

test('more rows than a report may have are refused, by default fifteen thousand', async () => {
  const { settings } = rest.sandbox.linkedin;
  expect(settings.reportRows).toBe(15_000);
  const query = `pivot=CREATIVE&timeGranularity=DAILY&${RANGE}&${ACCOUNTS}`;
  const rows = (await report(query)).length;
  settings.reportRows = rows - 1;
  expect(await statusOf(query)).toBe(400);
  settings.reportRows = rows;
  expect(await statusOf(query)).toBe(200);
});
