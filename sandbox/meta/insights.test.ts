import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACCOUNT, makeTree, openGraph, type GraphClient } from './testing/graph-client.ts';
import { skipWithoutSpec } from './testing/needs-spec.ts';

// 23:30 UTC is already the next day in Paris, the demo account's zone.
let now = Date.parse('2026-11-19T23:30:00Z');
let graph: GraphClient;
let one: Awaited<ReturnType<typeof makeTree>>;
let two: Awaited<ReturnType<typeof makeTree>>;

beforeAll(async () => {
  graph = await openGraph({ now: () => now });
  one = await makeTree(graph, 'first');
  two = await makeTree(graph, 'second');
  await makeTree(graph, 'never delivered');
  graph.sandbox.meta.setInsights(one.ad, '2026-11-18', { spendMinor: 1005, impressions: 800, clicks: 9 });
  graph.sandbox.meta.setInsights(one.ad, '2026-11-19', { spendMinor: 3, impressions: 1, clicks: 0 });
  graph.sandbox.meta.setInsights(one.ad, '2026-11-20', { spendMinor: 700, impressions: 70, clicks: 7 });
  graph.sandbox.meta.setInsights(two.ad, '2026-11-19', { spendMinor: 0, impressions: 0, clicks: 0 }); // an empty row
  graph.sandbox.meta.setInsights(two.ad, '2026-11-18', { spendMinor: 250_000, impressions: 90_000, clicks: 1200 });
});
afterAll(() => graph.sandbox.close());

const range = { since: '2026-11-18', until: '2026-11-19' };

test('daily rows per ad: strings, exact decimals, empty ads left out', async () => {
  const rows = await graph.all(`${ACCOUNT}/insights`, {
    level: 'ad',
    time_increment: 1,
    time_range: range,
    fields: 'ad_id,adset_id,campaign_id,spend,impressions,clicks,account_currency',
  });
  expect(rows).toEqual([
    {
      ad_id: one.ad,
      adset_id: one.adset,
      campaign_id: one.campaign,
      spend: '10.05',
      impressions: '800',
      clicks: '9',
      account_currency: 'EUR',
      date_start: '2026-11-18',
      date_stop: '2026-11-18',
    },
    {
      ad_id: two.ad,
      adset_id: two.adset,
      campaign_id: two.campaign,
      spend: '2500.00',
      impressions: '90000',
      clicks: '1200',
      account_currency: 'EUR',
      date_start: '2026-11-18',
      date_stop: '2026-11-18',
    },
    {
      ad_id: one.ad,
      adset_id: one.adset,
      campaign_id: one.campaign,
      spend: '0.03',
      impressions: '1',
      clicks: '0',
      account_currency: 'EUR',
      date_start: '2026-11-19',
      date_stop: '2026-11-19',
    },
  ]);
});

test('levels add up and the node itself sets the level', async () => {
  const spend = async (path: string, params: object): Promise<unknown> =>
    (await graph.all(`${path}/insights`, { fields: 'spend', time_range: range, ...params })).map((row) => row['spend']);
  expect(await spend(ACCOUNT, {})).toEqual(['2510.08']);
  expect(await spend(ACCOUNT, { level: 'campaign' })).toEqual(['10.08', '2500.00']);
  expect(await spend(one.adset, {})).toEqual(['10.08']);
  expect(await spend(one.ad, {})).toEqual(['10.08']);
  expect(await spend(ACCOUNT, { level: 'ad', filtering: [{ field: 'ad.id', operator: 'IN', value: [two.ad] }] })).toEqual(['2500.00']);
  expect((await graph.get(`${one.adset}/insights`, { level: 'campaign' })).body.error?.code).toBe(100);
});

test('"today" is the account’s own day', async () => {
  const rows = await graph.all(`${one.ad}/insights`, { fields: 'spend', date_preset: 'today' });
  expect(rows).toEqual([{ spend: '7.00', date_start: '2026-11-20', date_stop: '2026-11-20' }]);
});

test.each([
  [{ action_attribution_windows: ['7d_view'] }],
  [{ action_attribution_windows: ['1d_click', '28d_view'] }],
  [{ breakdowns: ['impression_device'] }],
  [{ breakdowns: ['frequency_value'] }],
  [{ breakdowns: ['hourly_stats_aggregated_by_audience_time_zone'] }],
  [{ time_range: { since: '2026-11-20', until: '2026-11-01' } }],
  [{ fields: 'profit' }],
  [{ fields: 'ad_id', level: 'account' }],
])('a report with %o is refused at once, also as a job', async (params) => {
  expect((await graph.get(`${ACCOUNT}/insights`, params)).body.error?.code).toBe(100);
  expect((await graph.post(`${ACCOUNT}/insights`, params)).body.error?.code).toBe(100);
});

test('a job runs through its states and answers the rows of the call that began it', async () => {
  const { body } = await graph.post(`${ACCOUNT}/insights`, { level: 'ad', time_range: range, fields: 'ad_id,spend' });
  const run = String(body['report_run_id']);
  const state = async (): Promise<unknown> => (await graph.get(run, { fields: 'async_status' })).body['async_status'];
  const seen = [await state()];
  expect((await graph.get(`${run}/insights`)).body.error?.code).toBe(2601);
  for (let n = 0; n < 4; n += 1) {
    now += 110;
    seen.push(await state());
  }
  expect(seen).toEqual(['Job Not Started', 'Job Started', 'Job Running', 'Job Running', 'Job Completed']);
  expect((await graph.get(run, { fields: 'async_percent_completion' })).body['async_percent_completion']).toBe(100);
  const rows = await graph.all(`${run}/insights`, { limit: 1 });
  expect(rows.map((row) => row['spend'])).toEqual(['10.08', '2500.00']);
});

test.each(['Job Failed', 'Job Skipped'] as const)('a report can end in %s', async (end) => {
  graph.sandbox.meta.settings.nextReportEnds.push(end);
  const run = String((await graph.post(`${ACCOUNT}/insights`, { fields: 'spend' })).body['report_run_id']);
  now += 400;
  expect((await graph.get(run)).body['async_status']).toBe(end);
  expect((await graph.get(`${run}/insights`)).status).toBe(400);
});

test('pages are sometimes short or empty, and following next still gives every row once', async () => {
  const demo = await openGraph({ demo: true, seed: 5 });
  const sizes: number[] = [];
  const ids: unknown[] = [];
  let next: string | undefined = `https://graph.facebook.com/v26.0/${ACCOUNT}/ads?fields=id&limit=100&access_token=${demo.token}`;
  while (next !== undefined) {
    const answer: Response | null = await demo.sandbox.handle(new Request(next));
    const body = (await answer?.json()) as { data: { id: string }[]; paging: { next?: string } };
    sizes.push(body.data.length);
    ids.push(...body.data.map((row) => row.id));
    next = body.paging.next;
  }
  expect(ids).toHaveLength(5000);
  expect(new Set(ids).size).toBe(5000);
  expect(sizes.slice(0, -1)).toContain(0);
  expect(sizes.slice(0, -1)).toContain(50);
  await demo.sandbox.close();
});

test('no answer here breaks the published spec', (context) => {
  skipWithoutSpec(context);
  expect(graph.sandbox.log.violations.filter((violation) => violation.where.startsWith('answer'))).toEqual([]);
});
