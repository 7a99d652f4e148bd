import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEMO_IDS } from './index.ts';
import { ACCOUNT, firstIn, itemsIn, openSnap, type SnapAnswer, type SnapClient } from './testing/snap-client.ts';

let snap: SnapClient;
beforeEach(() => {
  snap = openSnap({ demo: true });
});
afterEach(() => snap.sandbox.close());

const DAY = { granularity: 'DAY', start_time: '2026-11-10T00:00:00+01:00', end_time: '2026-11-13T00:00:00+01:00' };
const ask = (path: string, query: Record<string, string>): Promise<SnapAnswer> => snap.get(`${path}/stats?${new URLSearchParams(query)}`);
interface Row {
  id: string;
  stats: Record<string, number>;
  timeseries: { start_time: string; end_time: string; stats: Record<string, number> }[];
  breakdown_stats: Record<string, Row[]>;
}
const total = async (path: string, query: Record<string, string>): Promise<Row> =>
  firstIn(await ask(path, query), 'total_stats', 'total_stat') as unknown as Row;
const series = async (path: string, query: Record<string, string>): Promise<Row> =>
  firstIn(await ask(path, query), 'timeseries_stats', 'timeseries_stat') as unknown as Row;
const sum = (rows: { stats: Record<string, number> }[], metric: string): number =>
  rows.reduce((all, { stats }) => all + (stats[metric] ?? 0), 0);

test('hours add up to their day, days to the total, and ads to the campaign', async () => {
  const path = `campaigns/${DEMO_IDS.campaign}`;
  const fields = 'spend,impressions,swipes,video_views';
  const { granularity: _day, ...span } = DAY;
  const all = await total(path, { ...span, granularity: 'TOTAL', fields: 'spend,impressions,swipes' });
  const days = await series(path, { ...DAY, fields });
  expect(days.timeseries.map((one) => one.start_time)).toEqual([
    '2026-11-10T00:00:00.000+01:00',
    '2026-11-11T00:00:00.000+01:00',
    '2026-11-12T00:00:00.000+01:00',
  ]);
  const hours = await series(path, { ...DAY, granularity: 'HOUR', fields });
  expect(hours.timeseries).toHaveLength(72);
  const parts = (await total(path, { ...span, granularity: 'TOTAL', breakdown: 'ad', fields })).breakdown_stats['ad'] ?? [];
  expect(parts).toHaveLength(4);
  for (const metric of ['spend', 'impressions', 'swipes']) {
    expect(sum(days.timeseries, metric)).toBe(all.stats[metric]);
    expect(sum(hours.timeseries, metric)).toBe(all.stats[metric]);
    expect(sum(parts, metric)).toBe(all.stats[metric]);
  }
  expect(all.stats['spend']).toBeGreaterThan(100_000_000);
});

test('days are the account’s own, also when the clock is put back', async () => {
  const span = { granularity: 'DAY', start_time: '2026-10-24T00:00:00+02:00', end_time: '2026-10-26T00:00:00+01:00' };
  const { timeseries } = await series(`ads/${DEMO_IDS.ad}`, span);
  expect(timeseries.map((one) => one.end_time)).toEqual(['2026-10-25T00:00:00.000+02:00', '2026-10-26T00:00:00.000+01:00']);
  expect((await series(`ads/${DEMO_IDS.ad}`, { ...span, granularity: 'HOUR' })).timeseries).toHaveLength(49);
});

test.each([
  ['a bare account and more than spend', ACCOUNT, { fields: 'spend,swipes' }],
  ['an unknown field', ACCOUNT, { fields: 'clicks' }],
  ['an unknown granularity', ACCOUNT, { granularity: 'WEEK' }],
  ['half an hour', ACCOUNT, { start_time: '2026-11-10T00:30:00+01:00' }],
  ['a time without an offset', ACCOUNT, { start_time: '2026-11-10T00:00:00' }],
  ['days without times', ACCOUNT, { granularity: 'DAY' }],
  ['a day of another timezone', ACCOUNT, { ...DAY, start_time: '2026-11-10T00:00:00Z' }],
  ['more than 32 days', ACCOUNT, { ...DAY, start_time: '2026-10-01T00:00:00+02:00' }],
  ['more than a week of hours', ACCOUNT, { ...DAY, granularity: 'HOUR', start_time: '2026-11-01T00:00:00+01:00' }],
  ['an end before the start', ACCOUNT, { start_time: DAY.end_time, end_time: DAY.start_time }],
  ['a breakdown above itself', `adsquads/${DEMO_IDS.adsquad}`, { breakdown: 'campaign' }],
  ['a wrong window', ACCOUNT, { swipe_up_attribution_window: '2_DAY' }],
  ['a wrong dimension', ACCOUNT, { report_dimension: 'PLANET' }],
])('%s is refused', async (_what, path, query) => {
  const answer = await ask(path, query);
  expect([answer.status, answer.body.error_code]).toEqual([400, 'E1008']);
});

test('figures of the last minutes are not there yet, and come with the next refresh', async () => {
  snap.sandbox.snapchat.setStats(DEMO_IDS.ad, '2026-11-20', { spendMicro: 24_000_000, impressions: 2400, swipes: 24 });
  const spend = async (): Promise<number | undefined> =>
    (await total(`ads/${DEMO_IDS.ad}`, { start_time: '2026-11-20T00:00:00+01:00', end_time: '2026-11-21T00:00:00+01:00' })).stats['spend'];
  expect(await spend()).toBe(11_000_000); // 11:00 in Paris
  snap.pass(14 * 60_000);
  expect(await spend()).toBe(11_000_000);
  snap.pass(60_000);
  expect(await spend()).toBe(11_250_000);
});

test('an account knows its spend, by campaign it knows more; zeros are left out on request', async () => {
  expect(Object.keys((await total(ACCOUNT, {})).stats)).toEqual(['spend']);
  const { granularity: _day, ...span } = DAY;
  const rows = (await total(ACCOUNT, { ...span, breakdown: 'campaign', fields: 'spend,impressions' })).breakdown_stats['campaign'];
  expect(rows?.map((row) => row.id)).toEqual([DEMO_IDS.campaign]);
  const before = { start_time: '2026-01-01T00:00:00+01:00', end_time: '2026-01-02T00:00:00+01:00' };
  expect((await total(ACCOUNT, before)).stats).toEqual({ spend: 0 });
  expect(itemsIn(await ask(ACCOUNT, { ...before, omit_empty: 'true' }), 'total_stats')).toEqual([]);
});

test('a dimension splits the figures; test=true makes them up', async () => {
  const { granularity: _day, ...span } = DAY;
  const path = `ads/${DEMO_IDS.ad}`;
  const split = (await total(path, { ...span, report_dimension: 'country', fields: 'spend' })).stats as unknown as {
    dimension_stats: { country: string; spend: number }[];
  };
  expect(split.dimension_stats.map((one) => one.country)).toEqual(['fr', 'be']);
  const made = await total(path, { ...span, test: 'true', fields: 'spend' });
  expect(made).toEqual(await total(path, { ...span, test: 'true', fields: 'spend' }));
  expect(made.stats).not.toEqual((await total(path, { ...span, fields: 'spend' })).stats);
  expect(itemsIn(await ask(path, { granularity: 'LIFETIME' }), 'lifetime_stats')).toHaveLength(1);
});

test('a report runs for a while, ends as CSV or in failure, and is kept for a week', async () => {
  const path = `${ACCOUNT}/stats?${new URLSearchParams({ ...DAY, async: 'true', async_format: 'csv', breakdown: 'ad', fields: 'spend' })}`;
  const begun = firstIn(await snap.get(path), 'async_stats_reports', 'async_stats_report');
  const status = async (): Promise<Record<string, unknown>> =>
    firstIn(
      await snap.get(`${ACCOUNT}/stats_report?report_run_id=${String(begun['report_run_id'])}`),
      'async_stats_reports',
      'async_stats_report',
    );
  expect(begun['async_status']).toBe('STARTED');
  expect((await status())['async_status']).toBe('RUNNING');
  const link = `https://reports.snapchat.example/${String(begun['report_run_id'])}.csv`;
  expect((await snap.get(link)).status).toBe(404);
  snap.pass(400);
  const done = await status();
  expect(done).toMatchObject({ async_status: 'COMPLETED', result: link });
  const file = (await snap.get(String(done['result']))).body['text'] as string;
  expect(file.split('\n')[0]).toBe('id,type,start_time,end_time,spend');
  expect(file.trim().split('\n')).toHaveLength(1 + 4 * 3);
  snap.pass(8 * 86_400_000);
  const token = snap.sandbox.snapchat.issueToken();
  const late = `${ACCOUNT}/stats_report?report_run_id=${String(begun['report_run_id'])}`;
  expect((await snap.call('GET', late, undefined, { authorization: `Bearer ${token}` })).status).toBe(404);
  expect((await snap.get(String(done['result']))).status).toBe(404);
});

test('a report may fail, and a wrong wish is refused at once', async () => {
  snap.sandbox.snapchat.settings.nextReportEnds = ['FAILED'];
  expect((await ask(ACCOUNT, { async: 'true', fields: 'clicks' })).body.error_code).toBe('E1008');
  const begun = firstIn(await ask(ACCOUNT, { async: 'true' }), 'async_stats_reports', 'async_stats_report');
  snap.pass(1000);
  const late = await snap.get(`${ACCOUNT}/stats_report?report_run_id=${String(begun['report_run_id'])}`);
  expect(firstIn(late, 'async_stats_reports', 'async_stats_report')).toMatchObject({ async_status: 'FAILED' });
});
