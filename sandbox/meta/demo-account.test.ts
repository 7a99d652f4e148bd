import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSandbox } from '../index.ts';
import { buildDemoAccount, DEMO_IDS } from './demo-account.ts';
import { InsightBook } from '../core/insight-book.ts';
import { MetaStore } from './store.ts';
import { ACCOUNT, makeTree, openGraph } from './testing/graph-client.ts';

test('the demo account has its promised size, in well under a second, the same for the same seed', () => {
  const build = (seed: number): MetaStore => {
    const store = new MetaStore();
    buildDemoAccount(store, new InsightBook(seed), seed, true);
    return store;
  };
  const begun = performance.now();
  const store = build(1);
  expect(performance.now() - begun).toBeLessThan(1000);
  expect(['campaign', 'adset', 'ad'].map((kind) => store.all(kind as 'ad').length)).toEqual([20, 250, 5000]);
  const statuses = (one: MetaStore): unknown[] => one.all('ad').map((ad) => ad.fields['status']);
  expect(statuses(build(1))).toEqual(statuses(store));
  expect(statuses(build(2))).not.toEqual(statuses(store));
  for (const ad of store.all('ad')) {
    const adset = store.get(String(ad.fields['adset_id']));
    expect(adset?.fields['campaign_id']).toBe(ad.fields['campaign_id']);
  }
});

test('40 ads deliver on each of 35 days and the sums agree between levels', async () => {
  const graph = await openGraph({ demo: true, seed: 2, now: () => Date.parse('2026-11-20T12:00:00Z') });
  const params = { fields: 'spend,impressions,clicks', time_range: { since: '2026-10-17', until: '2026-11-20' }, limit: 500 };
  const ads = await graph.all(`${ACCOUNT}/insights`, { ...params, level: 'ad' });
  const campaigns = await graph.all(`${ACCOUNT}/insights`, { ...params, level: 'campaign' });
  const [account] = await graph.all(`${ACCOUNT}/insights`, params);
  const cents = (rows: Record<string, unknown>[]): number => rows.reduce((sum, row) => sum + Math.round(Number(row['spend']) * 100), 0);
  expect(ads).toHaveLength(40);
  expect(cents(ads)).toBe(cents(campaigns));
  expect(cents(ads)).toBe(Math.round(Number(account?.['spend']) * 100));
  for (const row of ads) expect(Number(row['clicks'])).toBeLessThan(Number(row['impressions']));
  expect(await graph.all(`${ACCOUNT}/insights`, { ...params, time_range: { since: '2026-10-01', until: '2026-10-16' } })).toEqual([]);
  expect(await graph.all(`act_${DEMO_IDS.secondAccount}/ads`)).toEqual([]);
  await graph.sandbox.close();
});

test('the state file keeps what was added and changed, and stays small', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  const stateFile = join(folder, 'state.json');
  const first = await createSandbox({ seed: 4, stateFile });
  const token = first.meta.issueToken();
  const call = async (sandbox: typeof first, method: string, path: string): Promise<Record<string, unknown>> => {
    const answer = await sandbox.handle(
      new Request(`https://graph.facebook.com/v26.0/${path}${path.includes('?') ? '&' : '?'}access_token=${token}`, { method }),
    );
    return (await answer?.json()) as Record<string, unknown>;
  };
  await call(first, 'POST', '120300000000001?status=ARCHIVED');
  const label = String((await call(first, 'POST', `${ACCOUNT}/adlabels?name=kept`))['id']);
  first.meta.setInsights('120300000000001', '2026-11-19', { spendMinor: 42, impressions: 1, clicks: 0 });
  await first.close();
  expect((await stat(stateFile)).size).toBeLessThan(50_000);

  const second = await createSandbox({ seed: 4, stateFile });
  expect(await call(second, 'GET', '120300000000001?fields=status')).toMatchObject({ status: 'ARCHIVED' });
  expect(await call(second, 'GET', `${label}?fields=name`)).toMatchObject({ name: 'kept' });
  expect(
    await call(second, 'GET', '120300000000001/insights?fields=spend&time_range={"since":"2026-11-19","until":"2026-11-19"}'),
  ).toMatchObject({ data: [{ spend: '0.42' }] });
  expect(await call(second, 'POST', `${ACCOUNT}/adlabels?name=another`)).not.toMatchObject({ id: label });
  second.reset();
  expect(await call(second, 'GET', 'me')).toMatchObject({ error: { code: 190 } });
  expect(second.meta.objects().some((object) => object.kind === 'label')).toBe(false);
  await second.close();
  await expect(createSandbox({ seed: 5, stateFile })).rejects.toThrow('seed 4');
  await rm(folder, { recursive: true });
});

test('the oracle finds ads by token and counts duplicates by intent', async () => {
  const graph = await openGraph();
  await makeTree(graph, 'tok-a');
  expect(graph.sandbox.meta.adsByToken('tok-a')).toHaveLength(1);
  expect(graph.sandbox.meta.countDuplicates()).toBe(0);
  const twin = await makeTree(graph, 'tok-a');
  expect(graph.sandbox.meta.countDuplicates()).toBe(4);
  await graph.del(twin.ad);
  expect(graph.sandbox.meta.countDuplicates()).toBe(3);
  await graph.sandbox.close();
});
