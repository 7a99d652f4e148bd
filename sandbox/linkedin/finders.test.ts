import { afterAll, beforeAll, expect, test } from 'vitest';
import { noFaults } from '../core/faults.ts';
import { DEMO_IDS } from './index.ts';
import {
  ACCOUNT,
  ACCOUNT_URN,
  byName,
  campaign,
  encoded,
  group,
  inlineCreative,
  makeTree,
  openLinkedin,
  type RestClient,
} from './testing/rest-client.ts';

let now = Date.parse('2026-11-20T10:00:00Z');
let rest: RestClient;
let groupId: string;
const at = { runSchedule: { start: now } };
beforeAll(async () => {
  rest = openLinkedin({ now: () => now });
  groupId = (await rest.post(`${ACCOUNT}/adCampaignGroups`, group(at))).id;
});
afterAll(() => rest.sandbox.close());

const names = (rows: Record<string, unknown>[]): unknown[] => rows.map((row) => row['name']);

test('accounts are found by status, name and id, with their organisation', async () => {
  expect(names(await rest.all('adAccounts?q=search'))).toEqual(['Northwind Coffee', 'Northwind Coffee (US)', 'Northwind Coffee (closed)']);
  const [active] = await rest.all('adAccounts?q=search&search=(status:(values:List(ACTIVE)),id:(values:List(500000001)))');
  expect(active).toMatchObject({
    id: 500000001,
    currency: 'EUR',
    reference: `urn:li:organization:${DEMO_IDS.organization}`,
    servingStatuses: ['RUNNABLE'],
  });
  expect((await rest.get('adAccountUsers?q=authenticatedUser')).body).toMatchObject({
    elements: [{ account: ACCOUNT_URN, role: 'ACCOUNT_MANAGER' }, { role: 'ACCOUNT_MANAGER' }, { role: 'VIEWER' }],
    paging: { start: 0, count: 10, total: 3 },
  });
  expect((await rest.get(`adAccountUsers?q=accounts&accounts=${encoded(ACCOUNT_URN)}`)).body.elements).toHaveLength(1);
  expect((await rest.get('organizationAcls?q=roleAssignee&count=1')).body).toMatchObject({
    elements: [{ organization: `urn:li:organization:${DEMO_IDS.organization}`, role: 'ADMINISTRATOR' }],
    paging: { total: 2, links: [{ rel: 'next' }] },
  });
  expect((await rest.get(`organizations/${DEMO_IDS.organization}`)).body['localizedName']).toBe('Northwind Coffee');
});

test('groups and campaigns are found by name and token, newest last unless asked otherwise', async () => {
  const tree = await makeTree(rest, 'find-me');
  const [found] = await rest.all(`${ACCOUNT}/adCampaigns?q=search&${byName('Set ·find-me')}`);
  expect(found).toMatchObject({ id: Number(tree.campaign), campaignGroup: `urn:li:sponsoredCampaignGroup:${tree.group}` });
  expect(await rest.all(`${ACCOUNT}/adCampaignGroups?q=search&${byName('Launch')}`)).toHaveLength(1);
  expect(
    await rest.all(
      `${ACCOUNT}/adCampaigns?q=search&search=(campaignGroup:(values:List(${encoded(`urn:li:sponsoredCampaignGroup:${tree.group}`)})),status:(values:List(PAUSED)))`,
    ),
  ).toHaveLength(1);
  const [last] = await rest.all(`${ACCOUNT}/adCampaignGroups?q=search&sortOrder=DESCENDING`);
  expect(last?.['id']).toBe(Number(tree.group));
  const [ad] = await rest.all(`${ACCOUNT}/creatives?q=criteria&campaigns=List(${encoded(`urn:li:sponsoredCampaign:${tree.campaign}`)})`);
  expect(ad).toMatchObject({ id: tree.creative, name: 'Ad ·find-me' });
  const [same] = await rest.all(`${ACCOUNT}/creatives?q=criteria&creatives=List(${encoded(tree.creative)})&intendedStatuses=List(PAUSED)`);
  expect(same?.['id']).toBe(tree.creative);
});

test('a create is not found for as long as the search lags, and read by its id at once', async () => {
  rest.sandbox.setFaults({ ...noFaults(1), searchLagMs: 60_000 });
  const { id } = await rest.post(`${ACCOUNT}/adCampaigns`, campaign(groupId, { ...at, name: 'Laggard' }));
  const search = () => rest.all(`${ACCOUNT}/adCampaigns?q=search&${byName('Laggard')}`);
  expect(await search()).toEqual([]);
  expect((await rest.get(`${ACCOUNT}/adCampaigns/${id}`)).status).toBe(200);
  now += 60_000;
  expect(await search()).toHaveLength(1);
  rest.sandbox.setFaults(noFaults(1));
});

test('pages end where no token is, some are short, and what arrives meanwhile shifts nothing', async () => {
  const { id } = await rest.post(`${ACCOUNT}/adCampaigns`, campaign(groupId, { ...at, name: 'Pages' }));
  const elements = Array.from({ length: 60 }, (_, n) => ({
    ...inlineCreative(id, { name: `p${n}` }).creative,
  }));
  for (const creative of elements) await rest.post(`${ACCOUNT}/creatives?action=createInline`, { creative });
  const path = `${ACCOUNT}/creatives?q=criteria&campaigns=List(${encoded(`urn:li:sponsoredCampaign:${id}`)})`;
  const found = await rest.all(path, 3);
  expect(names(found)).toEqual(elements.map((one) => one['name']));
  const sizes = new Set<number>();
  let token = '';
  do {
    const { body } = await rest.get(`${path}&pageSize=3${token}`);
    sizes.add(body.elements?.length ?? 0);
    token = body.metadata?.nextPageToken === undefined ? '' : `&pageToken=${body.metadata.nextPageToken}`;
    if (sizes.size === 1 && token !== '')
      await rest.post(`${ACCOUNT}/creatives?action=createInline`, inlineCreative(id, { name: 'later' }));
  } while (token !== '' && sizes.size < 2);
  expect(sizes).toContain(2); // half a page of three, although more follows
  expect((await rest.get(`${path}&pageSize=1001`)).status).toBe(400);
  expect((await rest.get(`${path}&pageToken=nonsense`)).status).toBe(400);
  expect((await rest.get(`${path}&start=0&count=10`)).status).toBe(400); // the other style
});

test('what is removed shows up only when it is asked for by status', async () => {
  const { id } = await rest.post(`${ACCOUNT}/adCampaigns`, campaign(groupId, { ...at, name: 'Goner' }));
  await rest.patch(`${ACCOUNT}/adCampaigns/${id}`, { status: 'PENDING_DELETION' });
  expect(await rest.all(`${ACCOUNT}/adCampaigns?q=search&${byName('Goner')}`)).toEqual([]);
  expect(
    await rest.all(`${ACCOUNT}/adCampaigns?q=search&search=(name:(values:List(Goner)),status:(values:List(PENDING_DELETION)))`),
  ).toHaveLength(1);
  now += 1000;
  expect(await rest.all(`${ACCOUNT}/adCampaigns?q=search&search=(name:(values:List(Goner)),status:(values:List(REMOVED)))`)).toHaveLength(
    1,
  );
});

test('targeting: facets, places by typing, entities by URN, counts and prices', async () => {
  const facets = (await rest.get('adTargetingFacets')).body.elements ?? [];
  expect(facets.map((one) => one['facetName'])).toContain('locations');
  const facet = encoded('urn:li:adTargetingFacet:locations');
  const { elements } = (await rest.get(`adTargetingEntities?q=typeahead&facet=${facet}&query=united&queryVersion=QUERY_USES_URNS`)).body;
  expect(elements).toContainEqual({ name: 'United States', urn: 'urn:li:geo:103644278', facetUrn: 'urn:li:adTargetingFacet:locations' });
  expect((await rest.get(`adTargetingEntities?q=typeahead&facet=${encoded('urn:li:adTargetingFacet:seniorities')}&query=a`)).status).toBe(
    400,
  );
  expect(
    (await rest.get(`adTargetingEntities?q=adTargetingFacet&facet=${encoded('urn:li:adTargetingFacet:seniorities')}&count=100`)).body
      .elements,
  ).toHaveLength(10);
  expect((await rest.get(`adTargetingEntities?q=urns&urns=List(${encoded('urn:li:geo:105015875')})`)).body.elements?.[0]?.['name']).toBe(
    'France',
  );
  const criteria = `targetingCriteria=(include:(and:List((or:(${encoded('urn:li:adTargetingFacet:locations')}:List(${encoded('urn:li:geo:105015875')}))))))`;
  expect((await rest.get(`audienceCounts?q=targetingCriteriaV2&${criteria}`)).body.elements).toEqual([
    { active: 2_400_000, total: 4_000_000 },
  ]);
  const price = `adBudgetPricing?q=criteria&account=${encoded(ACCOUNT_URN)}&campaignType=SPONSORED_UPDATES&bidType=CPC&matchType=EXACT&${criteria}`;
  expect((await rest.get(price)).body.elements?.[0]).toMatchObject({
    dailyBudgetLimits: { min: { amount: '10.00', currencyCode: 'EUR' } },
  });
});

test('audiences: listed with what targeting names, made empty, filled in batches', async () => {
  const account = encoded(ACCOUNT_URN);
  expect((await rest.get(`dmpSegments?q=account&account=${account}`)).body.elements?.[0]).toMatchObject({
    id: Number(DEMO_IDS.segment),
    name: 'Customers',
    destinations: [{ destinationSegmentId: `urn:li:adSegment:${DEMO_IDS.adSegment}`, status: 'READY' }],
  });
  const made = await rest.post('dmpSegments', { account: ACCOUNT_URN, name: 'New', type: 'USER', sourcePlatform: 'FIRST_PARTY' });
  expect(made.status).toBe(201);
  const users = { elements: [{ action: 'ADD', userIds: [{ idType: 'SHA256_EMAIL', idValue: 'a'.repeat(64) }] }, { action: 'SING' }] };
  expect((await rest.post(`dmpSegments/${made.id}/users`, users, 'BATCH_CREATE')).body.elements?.map((one) => one['status'])).toEqual([
    201, 400,
  ]);
  expect((await rest.get(`dmpSegments/${made.id}`)).body['destinations']).toMatchObject([{ audienceSize: 1, status: 'BUILDING' }]);
  expect((await rest.get(`insightTags?q=account&account=${account}`)).body.elements?.[0]?.['id']).toBe(Number(DEMO_IDS.insightTag));
});

test('conversions: listed, made, changed; events count once per id and are refused one by one', async () => {
  const account = encoded(ACCOUNT_URN);
  expect((await rest.get(`conversions?q=account&account=${account}`)).body.elements?.[0]).toMatchObject({
    name: 'Order placed',
    enabled: true,
  });
  const made = await rest.post('conversions', { name: 'Signed up', account: ACCOUNT_URN, type: 'SIGN_UP' });
  expect([made.status, (await rest.patch(`conversions/${made.id}`, { enabled: false })).status]).toEqual([201, 204]);
  expect((await rest.get(`conversions/${made.id}`)).body['enabled']).toBe(false);
  const event = {
    conversion: `urn:lla:llaPartnerConversion:${made.id}`,
    conversionHappenedAt: now,
    conversionValue: { currencyCode: 'EUR', amount: '50.0' },
    eventId: 'order-1',
    user: { userIds: [{ idType: 'SHA256_EMAIL', idValue: 'b'.repeat(64) }] },
  };
  expect((await rest.post('conversionEvents', event)).status).toBe(201);
  const elements = [
    event,
    { ...event, eventId: 'order-2' },
    { ...event, user: { userIds: [{ idType: 'SHA256_EMAIL', idValue: 'plain@example.com' }] } },
  ];
  const batch = await rest.post('conversionEvents', { elements }, 'BATCH_CREATE');
  expect(batch.body.elements?.map((one) => one['status'])).toEqual([201, 201, 400]);
  now += 60_000;
  const { settings } = rest.sandbox.linkedin;
  expect(settings.conversionCallsPerMinute).toBe(600);
  settings.conversionCallsPerMinute = 1;
  expect((await rest.post('conversionEvents', event)).status).toBe(201);
  expect((await rest.post('conversionEvents', event)).status).toBe(429);
});
