import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEMO_IDS } from './index.ts';
import { firstIn, openSnap, type SnapClient } from './testing/snap-client.ts';

let snap: SnapClient;
beforeEach(() => {
  snap = openSnap({ demo: true });
});
afterEach(() => snap.sandbox.close());

async function steer(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const request = new Request(`http://127.0.0.1/_sandbox/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await (await snap.sandbox.handle(request))?.json()) as Record<string, unknown>;
}
const ad = async (): Promise<Record<string, unknown>> => firstIn(await snap.get(`ads/${DEMO_IDS.ad}`), 'ads', 'ad');

test('another process steers the platform: edits, reviews, deletes, figures, leads, tokens, pace', async () => {
  await steer('PATCH', `snapchat/objects/${DEMO_IDS.ad}`, { name: 'Renamed by hand' });
  await steer('POST', 'snapchat/reviews', { id: DEMO_IDS.ad, verdict: 'REJECTED', reasons: ['Blurred'] });
  expect(await ad()).toMatchObject({ name: 'Renamed by hand', review_status: 'REJECTED', review_status_reasons: ['Blurred'] });
  expect(await steer('POST', 'snapchat/leads', { formId: DEMO_IDS.form, fields: { email: 'guest@example.com' } })).toHaveProperty('id');
  const figures = { adId: DEMO_IDS.ad, day: '2026-11-01', spendMicro: 1, impressions: 1, swipes: 1 };
  expect(await steer('POST', 'snapchat/stats', figures)).toEqual({ ok: true });
  expect(await steer('POST', 'snapchat/stats', { ...figures, swipes: -1 })).toHaveProperty('error');
  expect(await steer('PUT', 'snapchat/limits', { perToken: 3 })).toEqual({ perApp: 20, perToken: 3 });
  expect(await steer('PUT', 'snapchat/settings', { reviewMs: 5 })).toMatchObject({ reviewMs: 5 });
  expect(await steer('GET', 'snapchat/duplicates')).toEqual({ duplicates: 0 });
  expect(await steer('GET', 'snapchat/ads-by-token/none')).toEqual({ ads: [] });
  await steer('DELETE', `snapchat/objects/${DEMO_IDS.ad}`);
  expect((await snap.get(`ads/${DEMO_IDS.ad}`)).status).toBe(404);
  const { access_token } = await steer('POST', 'snapchat/tokens', {});
  await steer('POST', 'snapchat/expire-tokens');
  expect((await snap.call('GET', 'me', undefined, { authorization: `Bearer ${String(access_token)}` })).status).toBe(401);
  expect(await steer('POST', 'snapchat/revoke-tokens')).toEqual({ ok: true });
  await steer('PUT', 'snapchat/dead', { dead: true });
  expect(await snap.tryCall('GET', 'me')).toBeNull();
  expect(await steer('POST', 'snapchat/nothing')).toHaveProperty('error');
});

test('a reset brings the pace back and the dead platform to life', async () => {
  await steer('PUT', 'snapchat/limits', { perToken: 3 });
  await steer('PUT', 'snapchat/dead', { dead: true });
  await steer('POST', 'reset');
  expect((await snap.tryCall('GET', 'me'))?.status).toBe(401); // tokens of before are gone
  expect(await steer('PUT', 'snapchat/limits', {})).toEqual({ perApp: 20, perToken: 10 });
});

test('the log counts calls by route, ids taken out', async () => {
  await ad();
  expect(snap.sandbox.log.counts.get('GET adsapi.snapchat.com/v1/ads/{id}')).toBe(1);
});
