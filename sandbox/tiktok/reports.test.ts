import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEMO_ADVERTISERS, DEMO_ASSETS } from './index.ts';
import { ADVERTISER, makeSmartTree, makeTree, openTiktok, type ApiClient } from './testing/api-client.ts';

let now: number;
let api: ApiClient;
beforeEach(() => {
  now = Date.parse('2026-11-20T10:00:00Z');
  api = openTiktok({ now: () => now, demo: true });
});
afterEach(() => api.sandbox.close());

const REPORT = { report_type: 'BASIC', data_level: 'AUCTION_AD', dimensions: ['ad_id'], metrics: ['spend', 'impressions', 'clicks'] };
const WEEK = { start_date: '2026-11-12', end_date: '2026-11-18' };
interface Row {
  dimensions: Record<string, string>;
  metrics: Record<string, string>;
}
async function rows(wish: object): Promise<Row[]> {
  return (await api.get('report/integrated/get/', { ...REPORT, ...WEEK, page_size: 1000, ...wish })).data['list'] as Row[];
}

test('figures are strings, days are of the account, and what is set comes out again', async () => {
  const { ad } = await makeTree(api);
  api.sandbox.tiktok.setInsights(ad, '2026-11-18', { spendMinor: 1234, impressions: 900, clicks: 11 });
  api.sandbox.tiktok.setInsights(ad, '2026-11-17', { spendMinor: 66, impressions: 100, clicks: 0 });
  const mine = { filtering: [{ field_name: 'ad_ids', filter_type: 'IN', filter_value: JSON.stringify([ad]) }] };
  expect(
    await rows({ ...mine, metrics: ['spend', 'impressions', 'clicks', 'ctr', 'cpc', 'cpm', 'ad_name', 'campaign_name', 'currency'] }),
  ).toEqual([
    {
      dimensions: { ad_id: ad },
      metrics: {
        spend: '13.00',
        impressions: '1000',
        clicks: '11',
        ctr: '1.10',
        cpc: '1.18',
        cpm: '13.00',
        ad_name: 'A tree',
        campaign_name: 'C tree',
        currency: 'EUR',
      },
    },
  ]);
  expect((await rows({ ...mine, dimensions: ['ad_id', 'stat_time_day'] })).map((row) => row.dimensions['stat_time_day'])).toEqual([
    '2026-11-17 00:00:00',
    '2026-11-18 00:00:00',
  ]);
  expect(await rows({ ...mine, start_date: '2026-11-19', end_date: '2026-11-19' })).toEqual([]);
});

test('levels add up, and only one of the two ad ids knows Smart+', async () => {
  const { ad } = await makeSmartTree(api);
  api.sandbox.tiktok.setInsights(ad, '2026-11-18', { spendMinor: 500, impressions: 50, clicks: 5 });
  const spend = (list: Row[]): number => list.reduce((sum, row) => sum + Math.round(Number(row.metrics['spend']) * 100), 0);
  const byAd = await rows({ dimensions: ['ad_id_v2'] });
  expect(byAd).toHaveLength(8);
  expect((await rows({})).length).toBe(6);
  const levels = [
    ['AUCTION_ADGROUP', 'adgroup_id'],
    ['AUCTION_CAMPAIGN', 'campaign_id'],
    ['AUCTION_ADVERTISER', 'advertiser_id'],
  ];
  for (const [data_level, id] of levels) expect(spend(await rows({ data_level, dimensions: [id] }))).toBe(spend(byAd));
  const page = await api.get('report/integrated/get/', {
    ...REPORT,
    ...WEEK,
    page_size: 2,
    enable_total_metrics: true,
    order_field: 'spend',
    order_type: 'ASC',
  });
  expect(page.data['page_info']).toEqual({ page: 1, page_size: 2, total_number: 6, total_page: 3 });
  const [first, second] = page.data['list'] as Row[];
  expect(Number(first?.metrics['spend'])).toBeLessThanOrEqual(Number(second?.metrics['spend']));
  expect(Number((page.data['total_metrics'] as Record<string, string>)['spend'])).toBeGreaterThan(Number(second?.metrics['spend']));
});

test.each([
  ['an unknown metric', { metrics: ['love'] }],
  ['an unknown dimension', { dimensions: ['ad_id', 'moon'] }],
  ['a dimension of another level', { dimensions: ['campaign_id'] }],
  ['no id', { dimensions: ['stat_time_day'] }],
  ['a level that is none', { data_level: 'AD' }],
  ['31 days cut by day', { dimensions: ['ad_id', 'stat_time_day'], start_date: '2026-10-01', end_date: '2026-10-31' }],
  ['an end before its start', { start_date: '2026-11-18', end_date: '2026-11-01' }],
  ['a day in another shape', { start_date: '18.11.2026' }],
  ['a lifetime cut by day', { query_lifetime: true, dimensions: ['ad_id', 'stat_time_day'] }],
  ['a filter value that is no JSON', { filtering: [{ field_name: 'ad_ids', filter_type: 'IN', filter_value: '[1' }] }],
])('a report with %s is refused', async (_what, wrong) => {
  expect((await api.get('report/integrated/get/', { ...REPORT, ...WEEK, ...wrong })).code).toBe(40002);
  expect((await api.post('report/task/create/', { ...REPORT, ...WEEK, ...wrong })).code).toBe(40002);
});

test('a task: asked for, waited for, downloaded as a file', async () => {
  const id = { task_id: (await api.post('report/task/create/', { ...REPORT, ...WEEK })).data['task_id'] };
  const check = async () => (await api.get('report/task/check/', id)).data['status'];
  expect(await check()).toBe('QUEUING');
  now += 200;
  expect(await check()).toBe('PROCESSING');
  expect((await api.get('report/task/download/', id)).code).toBe(40201);
  now += 200;
  expect(await check()).toBe('SUCCESS');
  const file = (await api.get('report/task/download/', id)).data;
  expect(file['output_format']).toBe('CSV_DOWNLOAD');
  const answer = await api.sandbox.handle(new Request(String(file['download_url'])));
  const lines = (await answer?.text())?.trim().split('\r\n') ?? [];
  expect([lines[0], lines.length]).toEqual(['ad_id,spend,impressions,clicks', 7]);
  expect((await api.post('report/task/cancel/', id)).code).toBe(40200);
});

test('a task is cancelled, fails, or answers its text at once; another account does not see it', async () => {
  const start = async (more: object = {}) => ({
    task_id: (await api.post('report/task/create/', { ...REPORT, ...WEEK, ...more })).data['task_id'],
  });
  const cancelled = await start();
  expect((await api.post('report/task/cancel/', cancelled)).data).toEqual({ status: 'CANCELED' });
  expect((await api.get('report/task/check/', { ...cancelled, advertiser_id: DEMO_ADVERTISERS.dollars })).code).toBe(40007);
  api.sandbox.tiktok.settings.nextTaskEnds.push('FAILED');
  const failed = await start();
  const asText = await start({ output_format: 'CSV_STRING' });
  now += 400;
  expect((await api.get('report/task/check/', failed)).data['status']).toBe('FAILED');
  expect((await api.get('report/task/download/', failed)).code).toBe(40200);
  expect((await api.get('report/task/download/', asText)).text).toMatch(/^ad_id,spend/);
});

test('leads are the conversions of their ad', async () => {
  const { ad } = await makeTree(api);
  api.sandbox.tiktok.setInsights(ad, '2026-11-18', { spendMinor: 1000, impressions: 100, clicks: 10 });
  for (let n = 0; n < 2; n += 1)
    api.sandbox.tiktok.addLead({
      formId: DEMO_ASSETS.form,
      adId: ad,
      fields: { email: `lead-${n}@example.com` },
      createdTime: '2026-11-18T12:00:00Z',
    });
  const filtering = [{ field_name: 'ad_ids', filter_type: 'IN', filter_value: `[${ad}]` }];
  expect((await rows({ filtering, metrics: ['conversion', 'cost_per_conversion'], advertiser_id: ADVERTISER }))[0]?.metrics).toEqual({
    conversion: '2',
    cost_per_conversion: '5.00',
  });
});
