import { expect, test } from 'vitest';
import { createCore } from '../core/create-core.ts';
import { createLinkedin, DEMO_IDS, type LinkedinVendor } from './index.ts';
import { ACCOUNT, ACCOUNT_URN, encoded, group, makeTree, openLinkedin } from './testing/rest-client.ts';

const vendor = (seed: number, demo = true): LinkedinVendor => createLinkedin(createCore({ seed }).core, { demo });
const failuresOf = (one: LinkedinVendor): unknown =>
  (one.snapshot() as { store: { objects: { kind: string; inner: { failures: number } }[] } }).store.objects.find(
    ({ kind }) => kind === 'notification',
  )?.inner.failures;
const picture = (one: LinkedinVendor): unknown => one.objects().map(({ urn, status, fields }) => [urn, status, fields]);

test('the demo world is the same for one seed: three accounts, two pages, a form, audiences and an older tree', () => {
  const kinds = vendor(1)
    .objects()
    .reduce<Record<string, number>>((counts, { kind }) => ({ ...counts, [kind]: (counts[kind] ?? 0) + 1 }), {});
  expect(kinds).toEqual({
    account: 3,
    organization: 2,
    form: 1,
    conversion: 1,
    segment: 3,
    insightTag: 1,
    image: 1,
    creative: 8,
    campaign: 1,
    ad_set: 2,
    ad: 8,
  });
  expect(picture(vendor(1))).toEqual(picture(vendor(1)));
  expect(picture(vendor(1))).not.toEqual(picture(vendor(4)));
  expect(
    vendor(1, false)
      .objects()
      .some((object) => object.kind === 'ad'),
  ).toBe(false);
  expect(
    vendor(1)
      .objects()
      .filter((object) => object.canSpend).length,
  ).toBeGreaterThan(3); // the older tree delivers
});

test('the state keeps what was added, changed and deleted, and a reset forgets it', async () => {
  const rest = openLinkedin({ demo: true, seed: 4 });
  const blank = structuredClone(rest.sandbox.linkedin.snapshot());
  const tree = await makeTree(rest, 'kept');
  await rest.patch(`${ACCOUNT}/adCampaigns/${DEMO_IDS.campaign}`, { name: 'Renamed' });
  await rest.del(`posts/${encoded('urn:li:share:7300000001')}`);
  rest.sandbox.linkedin.setInsights(tree.creative, '2026-11-19', { spendMinor: 42, impressions: 1, clicks: 0 });
  const saved = JSON.parse(JSON.stringify(rest.sandbox.linkedin.snapshot())) as unknown;
  const later = openLinkedin({ demo: true, seed: 4 });
  later.sandbox.linkedin.restore(saved);
  expect(picture(later.sandbox.linkedin)).toEqual(picture(rest.sandbox.linkedin));
  const read = (path: string) => later.get(path, { authorization: `Bearer ${rest.token}` });
  expect((await read(`${ACCOUNT}/adCampaigns/${DEMO_IDS.campaign}`)).body['name']).toBe('Renamed');
  const report = `adAnalytics?q=analytics&pivot=CREATIVE&timeGranularity=ALL&dateRange=(start:(year:2026,month:11,day:19),end:(year:2026,month:11,day:19))&creatives=List(${encoded(tree.creative)})&fields=costInLocalCurrency`;
  expect((await read(report)).body.elements).toEqual([{ costInLocalCurrency: '0.42' }]);
  later.sandbox.linkedin.restore(blank);
  expect((await read(ACCOUNT)).status).toBe(200); // the token was made before the picture was taken
  expect(later.sandbox.linkedin.adsByToken('kept')).toEqual([]);
  rest.sandbox.close();
  later.sandbox.close();
});

test('a subscription that was kept is challenged again after a restart', async () => {
  const first = openLinkedin({ seed: 4 });
  const saved = first.sandbox.linkedin.snapshot() as { store: { objects: unknown[] } };
  const shared = { accountId: DEMO_IDS.account, createdAt: 0, updatedAt: 0, visibleAt: 0, requestId: 'kept', demo: false };
  const fields = { webhook: 'http://127.0.0.1:9/', owner: { sponsoredAccount: ACCOUNT_URN }, leadType: 'SPONSORED' };
  const kept = {
    ...shared,
    urn: 'urn:li:leadNotification:1',
    id: '1',
    kind: 'notification',
    fields,
    inner: { validated: true, failures: 0 },
  };
  const later = openLinkedin({ seed: 4 });
  later.sandbox.linkedin.settings.challengeEveryMs = 1;
  later.sandbox.linkedin.restore(JSON.parse(JSON.stringify({ ...saved, store: { objects: [kept], removed: [] } })));
  await expect.poll(() => failuresOf(later.sandbox.linkedin), { timeout: 2000 }).toBe(3); // nobody is there
  first.sandbox.close();
  later.sandbox.close();
});

test('another process steers by control routes, and unknown ones are none', async () => {
  const rest = openLinkedin();
  const { linkedin } = rest.sandbox;
  const { access_token } = (await linkedin.control('POST', 'tokens', { scopes: ['r_ads'] })) as { access_token: string };
  expect((await rest.get('adAccounts?q=search', { authorization: `Bearer ${access_token}` })).status).toBe(200);
  const { id } = await rest.post(`${ACCOUNT}/adCampaignGroups`, group());
  await linkedin.control('POST', 'edit', { id, fields: { name: 'By a person' } });
  expect((await rest.get(`${ACCOUNT}/adCampaignGroups/${id}`)).body['name']).toBe('By a person');
  await linkedin.control('POST', 'remove', { id });
  expect((await rest.get(`${ACCOUNT}/adCampaignGroups/${id}`)).status).toBe(404);
  const lead = (await linkedin.control('POST', 'leads', { formId: DEMO_IDS.form, fields: { email: 'lead-17@example.com' } })) as {
    id: string;
  };
  expect(linkedin.objects()).toContainEqual(expect.objectContaining({ kind: 'lead', urn: lead.id }));
  await linkedin.control('DELETE', `leads/${encoded(lead.id)}`, null);
  expect(linkedin.objects().some((object) => object.kind === 'lead')).toBe(false);
  expect(await linkedin.control('PUT', 'limits', { perMinute: 5 })).toMatchObject({ perMinute: 5 });
  expect(await linkedin.control('PUT', 'settings', { reviewMs: 1 })).toMatchObject({ reviewMs: 1 });
  expect(await linkedin.control('GET', 'duplicates', null)).toEqual({ duplicates: 0 });
  expect(await linkedin.control('GET', 'ads-by-token/none', null)).toEqual({ ads: [] });
  await expect(
    linkedin.control('POST', 'insights', { creativeId: '1', day: '2026-11-20', spendMinor: 1, impressions: 1, clicks: 0 }),
  ).rejects.toThrow('no creative');
  expect(await linkedin.control('GET', 'nowhere', null)).toBeUndefined();
  await linkedin.control('POST', 'expire-tokens', null);
  expect((await rest.get(`adAccounts/${encoded(ACCOUNT_URN)}`)).status).toBe(401);
  rest.sandbox.close();
});
