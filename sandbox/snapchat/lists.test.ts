import { expect, test } from 'vitest';
import { noFaults } from '../core/faults.ts';
import { DEMO_IDS } from './index.ts';
import { ACCOUNT, CAMPAIGN, firstIn, openSnap, shownIn, type SnapClient } from './testing/snap-client.ts';

async function makeCampaigns(snap: SnapClient, from: number, until: number): Promise<void> {
  for (let at = from; at < until; at += 30) {
    const count = Math.min(30, until - at);
    await snap.post(`${ACCOUNT}/campaigns`, { campaigns: Array.from({ length: count }, (_, n) => ({ ...CAMPAIGN, name: `C${at + n}` })) });
  }
}

test('lists come newest first in pages behind an absolute link, and new arrivals do not shift them', async () => {
  const snap = openSnap();
  await makeCampaigns(snap, 0, 120);
  const names: unknown[] = [];
  let link: string | undefined = `${ACCOUNT}/campaigns?limit=50`;
  for (let pages = 0; link !== undefined; pages += 1) {
    const answer = await snap.get(link);
    names.push(...shownIn(answer, 'campaigns', 'campaign').map((one) => one['name']));
    link = answer.body.paging?.next_link;
    if (link !== undefined) expect(link).toMatch(/^https:\/\/adsapi\.snapchat\.com\/v1\/adaccounts\/.+limit=50/);
    if (pages === 0) await makeCampaigns(snap, 200, 205);
  }
  expect(names).toEqual(Array.from({ length: 120 }, (_, n) => `C${119 - n}`));
  snap.sandbox.close();
});

test('lists may as well come oldest first, and then new arrivals are at their end', async () => {
  const snap = openSnap();
  snap.sandbox.snapchat.settings.listOrder = 'oldest first';
  await makeCampaigns(snap, 0, 60);
  const first = await snap.get(`${ACCOUNT}/campaigns?limit=50`);
  await makeCampaigns(snap, 60, 65);
  const rest = await snap.get(String(first.body.paging?.next_link));
  const names = [first, rest].flatMap((answer) => shownIn(answer, 'campaigns', 'campaign').map((one) => one['name']));
  expect(names).toEqual(Array.from({ length: 65 }, (_, n) => `C${n}`));
  snap.sandbox.close();
});

test.each(['limit=49', 'limit=1001', 'limit=ten', 'cursor=nonsense'])('a list asked for with %s is refused', async (query) => {
  const snap = openSnap();
  const answer = await snap.get(`${ACCOUNT}/campaigns?${query}`);
  expect([answer.status, answer.body.error_code]).toEqual([400, 'E1001']);
  snap.sandbox.close();
});

test('a new object is there by id at once and in lists after the lag', async () => {
  const snap = openSnap({ faults: { ...noFaults(1), searchLagMs: 5000 } });
  const { id } = firstIn(await snap.post(`${ACCOUNT}/campaigns`, { campaigns: [CAMPAIGN] }), 'campaigns', 'campaign');
  expect((await snap.get(`campaigns/${id}`)).status).toBe(200);
  expect(shownIn(await snap.get(`${ACCOUNT}/campaigns`), 'campaigns', 'campaign')).toEqual([]);
  snap.pass(5000);
  expect(shownIn(await snap.get(`${ACCOUNT}/campaigns`), 'campaigns', 'campaign')).toHaveLength(1);
  snap.sandbox.close();
});

test('the demo world: one business, three accounts, audiences, pixels, a form and an older campaign', async () => {
  const snap = openSnap({ demo: true });
  expect((await snap.get('me')).body['me']).toMatchObject({ id: DEMO_IDS.user, organization_id: DEMO_IDS.organization });
  const organization = firstIn(await snap.get('me/organizations?with_ad_accounts=true'), 'organizations', 'organization');
  const accounts = organization['ad_accounts'] as Record<string, unknown>[];
  expect(accounts.map((one) => [one['currency'], one['timezone'], one['status']])).toEqual([
    ['EUR', 'Europe/Paris', 'ACTIVE'],
    ['USD', 'America/New_York', 'ACTIVE'],
    ['GBP', 'Europe/London', 'PENDING'],
  ]);
  expect(firstIn(await snap.get('me/organizations'), 'organizations', 'organization')).not.toHaveProperty('ad_accounts');
  const count = async (path: string, plural: string, singular: string): Promise<number> =>
    shownIn(await snap.get(path), plural, singular).length;
  expect(await count(`organizations/${DEMO_IDS.organization}/adaccounts`, 'adaccounts', 'adaccount')).toBe(3);
  expect(await count(`organizations/${DEMO_IDS.organization}/fundingsources`, 'fundingsources', 'fundingsource')).toBe(1);
  expect(await count(`${ACCOUNT}/pixels`, 'pixels', 'pixel')).toBe(1);
  expect(await count(`${ACCOUNT}/segments`, 'segments', 'segment')).toBe(3);
  expect(await count(`${ACCOUNT}/lead_generation_forms`, 'lead_generation_forms', 'lead_generation_form')).toBe(1);
  expect(await count(`${ACCOUNT}/media`, 'media', 'media')).toBe(2);
  expect(await count(`${ACCOUNT}/creatives`, 'creatives', 'creative')).toBe(2);
  expect(await count(`${ACCOUNT}/adsquads`, 'adsquads', 'adsquad')).toBe(2);
  expect(await count(`campaigns/${DEMO_IDS.campaign}/adsquads`, 'adsquads', 'adsquad')).toBe(2);
  expect(await count(`campaigns/${DEMO_IDS.campaign}/ads`, 'ads', 'ad')).toBe(4);
  expect(await count(`adsquads/${DEMO_IDS.adsquad}/ads`, 'ads', 'ad')).toBe(2);
  expect(await count(`${ACCOUNT}/ads`, 'ads', 'ad')).toBe(4);
  expect(snap.sandbox.snapchat.objects().filter((one) => one.canSpend)).toHaveLength(7);
  snap.sandbox.close();
});

test('public profiles live on their own host and want their own scope', async () => {
  const snap = openSnap();
  const path = `https://businessapi.snapchat.com/v1/organizations/${DEMO_IDS.organization}/public_profiles`;
  expect(shownIn(await snap.get(path), 'public_profiles', 'public_profile').map((one) => one['id'])).toEqual([
    DEMO_IDS.secondProfile,
    DEMO_IDS.profile,
  ]);
  expect((await snap.get('https://businessapi.snapchat.com/v1/me/public_profiles')).status).toBe(200);
  expect((await snap.get(`https://businessapi.snapchat.com/v1/${ACCOUNT}/campaigns`)).status).toBe(404);
  const token = snap.sandbox.snapchat.issueToken(['snapchat-marketing-api']);
  const refused = await snap.call('GET', path, undefined, { authorization: `Bearer ${token}` });
  expect([refused.status, refused.body.error_code]).toEqual([403, 'E3002']);
  snap.sandbox.close();
});

test.each([
  ['GET', '/v2/me'],
  ['GET', '/me'],
  ['GET', 'campaigns/9a000000-0000-4000-a000-00000000ffff'],
  ['GET', `campaigns/${DEMO_IDS.pixel}`],
  ['GET', `${ACCOUNT}/nothing`],
  ['DELETE', ACCOUNT],
  ['POST', 'me'],
  ['GET', 'lead_gen/nothing'],
  ['PATCH', `${ACCOUNT}/campaigns/${DEMO_IDS.pixel}`],
])('%s %s is answered with the platform’s own 404', async (method, path) => {
  const snap = openSnap();
  const { status, body } = await snap.call(method, path, method === 'GET' || method === 'DELETE' ? undefined : {});
  expect(status).toBe(404);
  expect(body).toMatchObject({ request_status: 'ERROR', error_code: 'E3003' });
  expect(Object.keys(body)).toEqual(['request_status', 'request_id', 'debug_message', 'display_message', 'error_code']);
  snap.sandbox.close();
});

test('audiences are made in the account and filled with hashes only', async () => {
  const snap = openSnap();
  const wish = { name: 'Guests', source_type: 'FIRST_PARTY', retention_in_days: 90, ad_account_id: DEMO_IDS.account };
  const { id } = firstIn(await snap.post(`${ACCOUNT}/segments`, { segments: [wish] }), 'segments', 'segment');
  expect((await snap.post(`segments/${id}/users`, { users: [{ schema: ['EMAIL_SHA256'], data: [['guest@example.com']] }] })).status).toBe(
    400,
  );
  const data = Array.from({ length: 1000 }, (_, n) => [n.toString(16).padStart(64, '0')]);
  expect((await snap.post(`segments/${id}/users`, { users: [{ schema: ['EMAIL_SHA256'], data }] })).status).toBe(200);
  expect(firstIn(await snap.get(`segments/${id}`), 'segments', 'segment')).toMatchObject({
    approximate_number_users: 1000,
    targetable_status: 'READY',
  });
  snap.sandbox.close();
});
