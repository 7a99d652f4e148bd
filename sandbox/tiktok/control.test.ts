import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCore } from '../core/create-core.ts';
import { formatClientToken, nameWithToken } from '#shared/rules/client-token.ts';
import { createTiktok, DEMO_ASSETS } from './index.ts';
import { AD, makeTree, openTiktok, type ApiClient } from './testing/api-client.ts';

let api: ApiClient;
beforeEach(() => {
  api = openTiktok({ demo: true });
});
afterEach(() => api.sandbox.close());

async function control(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const answer = await api.sandbox.handle(
    new Request(`http://127.0.0.1/_sandbox/tiktok/${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }),
  );
  return (await answer?.json()) as Record<string, unknown>;
}
const truth = (id: string) => api.sandbox.tiktok.objects().find((object) => object.id === id);

test('a person edits and deletes natively: no token, no meter, seen by the next read', async () => {
  const { adgroup, ad } = await makeTree(api);
  await control('PUT', `objects/${adgroup}`, { budget: 99 });
  await control('DELETE', `objects/${ad}`);
  expect(await api.list('adgroup/get/', { adgroup_ids: [adgroup] })).toMatchObject([{ budget: 99 }]);
  expect(await api.list('ad/get/', { ad_ids: [ad] })).toEqual([]);
  expect(truth(ad)).toMatchObject({ status: 'DELETE', canSpend: false });
  expect(await control('PUT', 'objects/1', {})).toEqual({ error: 'there is no object 1' });
});

test('another process makes tokens, leads and figures, and turns every switch', async () => {
  const { access_token: as } = await control('POST', 'tokens', { scopes: ['ads'] });
  expect((await api.get('campaign/get/', { as })).code).toBe(0);
  expect((await api.get('page/get/', { as })).code).toBe(40001);
  expect(await control('POST', 'leads', { formId: DEMO_ASSETS.form, fields: { email: 'lead-1@example.com' } })).toEqual({
    id: expect.any(String),
  });
  const { ad } = await makeTree(api);
  expect(await control('POST', 'insights', { adId: ad, day: '2026-11-18', spendMinor: 5, impressions: 5, clicks: 1 })).toEqual({
    ok: true,
  });
  expect(await control('POST', 'insights', { adId: ad, day: '2026-11-18', spendMinor: 0.5, impressions: 5, clicks: 1 })).toHaveProperty(
    'error',
  );
  expect(await control('PUT', 'settings', { taskMs: 9 })).toMatchObject({ taskMs: 9, reviewMs: 600 });
  await control('PUT', 'tier', { tier: 'basic' });
  await control('POST', 'drain-day');
  expect((await api.get('campaign/get/')).code).toBe(40016);
  await control('PUT', 'tier', { tier: 'unlimited' });
  await control('POST', 'expire-tokens', { how: 'revoked' });
  expect((await api.get('campaign/get/')).code).toBe(40105);
  await control('PUT', 'dead', { dead: true });
  expect(await api.tryCall('GET', 'campaign/get/')).toBeNull();
});

test('the oracle finds ads by their token, manual and Smart+, and counts what came twice', async () => {
  const { adgroup } = await makeTree(api);
  const token = formatClientToken(new Uint8Array(12).fill(7));
  const named = { ...AD, ad_name: nameWithToken('Ad', token) };
  await api.post('ad/create/', { adgroup_id: adgroup, creatives: [named] });
  expect(api.sandbox.tiktok.adsByToken(token)).toMatchObject([{ kind: 'ad', token, parentIds: [expect.any(String), adgroup] }]);
  expect(await control('GET', 'duplicates')).toEqual({ duplicates: 0 });
  await api.post('ad/create/', { adgroup_id: adgroup, creatives: [named] }); // ads may share a name: nothing stops this
  expect(await control('GET', 'duplicates')).toEqual({ duplicates: 1 });
  expect((await control('GET', `ads-by-token/${token}`))['ads']).toHaveLength(2);
  const kinds = new Set(api.sandbox.tiktok.objects().map((object) => object.kind));
  for (const kind of ['advertiser', 'campaign', 'ad_set', 'ad', 'image', 'video', 'identity', 'pixel', 'audience', 'form'])
    expect(kinds).toContain(kind);
});

test('state survives a restart, and a reset leaves the demo world alone', async () => {
  const { ad } = await makeTree(api);
  await control('PUT', 'objects/1830000000000000001', { campaign_name: 'Renamed' });
  const saved = JSON.parse(JSON.stringify(api.sandbox.tiktok.snapshot())) as unknown;
  const again = createTiktok(createCore({ seed: 1 }).core, { demo: true });
  again.restore(saved);
  expect(again.objects()).toEqual(api.sandbox.tiktok.objects());
  expect(again.objects().find((object) => object.id === '1830000000000000001')?.name).toBe('Renamed');
  const answer = await again.handle(
    new Request(`https://business-api.tiktok.com/open_api/v1.3/ad/get/?advertiser_id=7380000000000000001&filtering={"ad_ids":["${ad}"]}`, {
      headers: { 'access-token': api.token },
    }),
  );
  expect(await answer?.json()).toMatchObject({ code: 0, data: { list: [{ ad_id: ad }] } });
  api.sandbox.reset();
  expect(truth(ad)).toBeUndefined();
  expect(truth('1830000000000000001')?.name).toBe('Autumn offer · Leads · FR');
});

test('without the demo there are accounts and assets, but no tree', () => {
  const bare = openTiktok({ demo: false });
  expect(bare.sandbox.tiktok.objects().some((object) => object.kind === 'campaign')).toBe(false);
  expect(bare.sandbox.tiktok.objects().filter((object) => object.kind === 'advertiser')).toHaveLength(3);
  bare.sandbox.close();
});
