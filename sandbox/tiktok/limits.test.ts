import { afterEach, beforeEach, expect, test } from 'vitest';
import { AD, CAMPAIGN, makeTree, openTiktok, type ApiClient } from './testing/api-client.ts';
import { DEMO_ADVERTISERS } from './index.ts';

let now: number;
let api: ApiClient;
beforeEach(() => {
  now = Date.parse('2026-11-20T10:00:00Z');
  api = openTiktok({ now: () => now, tier: 'basic' });
});
afterEach(() => api.sandbox.close());
const read = async (advertiser_id: string = DEMO_ADVERTISERS.euros): Promise<number> =>
  (await api.get('campaign/get/', { advertiser_id })).code;

test('ten calls a second for the whole app, whoever they are for; the eleventh is refused in a 200 without a word of when', async () => {
  for (let n = 0; n < 10; n += 1) expect(await read(n % 2 === 0 ? DEMO_ADVERTISERS.euros : DEMO_ADVERTISERS.dollars)).toBe(0);
  const refused = await api.get('campaign/get/');
  expect([refused.status, refused.code, refused.data]).toEqual([200, 40100, {}]);
  now += 1000;
  expect(await read()).toBe(0);
});

test('ten calls a second pass for as long as one likes; who knocks on after a refusal is shut out for five minutes', async () => {
  for (let n = 0; n < 100; n += 1) {
    expect(await read()).toBe(0);
    now += 100;
  }
  const codes = new Map<number, number>();
  for (let n = 0; n < 520; n += 1) {
    const code = await read();
    codes.set(code, (codes.get(code) ?? 0) + 1);
  }
  expect([...codes.keys()]).toEqual([0, 40100, 40133]);
  now += 299_000;
  expect(await read()).toBe(40133);
  now += 1000;
  expect(await read()).toBe(0);
});

test('the day ends at 00:00 UTC', async () => {
  await api.sandbox.handle(new Request('http://127.0.0.1/_sandbox/tiktok/drain-day', { method: 'POST' }));
  expect(await read()).toBe(40016);
  now = Date.parse('2026-11-21T00:00:00Z');
  expect(await read()).toBe(0);
});

test('ads are created five times a second, on a higher tier too', async () => {
  api.sandbox.tiktok.setTier('premium');
  const { adgroup } = await makeTree(api);
  now += 1000;
  const codes: number[] = [];
  for (let n = 0; n < 6; n += 1)
    codes.push((await api.post('ad/create/', { adgroup_id: adgroup, creatives: [{ ...AD, ad_name: `n${n}` }] })).code);
  expect(codes).toEqual([0, 0, 0, 0, 0, 40100]);
  expect((await api.post('campaign/create/', CAMPAIGN)).code).toBe(0);
});
