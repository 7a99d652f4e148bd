import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO_IDS } from './index.ts';
import { parseQuery, parseRestli, RestliSyntaxError } from './restli.ts';
import { ACCOUNT, ACCOUNT_URN, campaign, encoded, group, openLinkedin, type RestClient } from './testing/rest-client.ts';

let now = Date.parse('2026-11-20T10:00:00Z');
let rest: RestClient;
beforeAll(() => {
  rest = openLinkedin({ now: () => now });
});
afterAll(() => rest.sandbox.close());

const accounts = 'adAccounts?q=search';

test('the three headers: no version is 400, an ended or unknown one 426, no protocol 400', async () => {
  expect((await rest.get(accounts)).status).toBe(200);
  expect((await rest.get(accounts, { 'linkedin-version': null })).status).toBe(400);
  expect((await rest.get(accounts, { 'linkedin-version': 'latest' })).status).toBe(400);
  for (const version of ['202511', '202410', '202512', '209901']) {
    const answer = await rest.get(accounts, { 'linkedin-version': version });
    expect([answer.status, answer.body['serviceErrorCode']]).toEqual([426, 100]);
  }
  expect((await rest.get(accounts, { 'linkedin-version': '202601' })).status).toBe(200);
  expect((await rest.get(accounts, { 'x-restli-protocol-version': null })).status).toBe(400);
  now = Date.parse('2027-01-15T00:00:00Z');
  expect((await rest.get(accounts, { 'linkedin-version': '202601' })).status).toBe(426);
  now = Date.parse('2026-11-20T10:00:00Z');
});

test('a token that is absent, unknown, expired or without the scope is refused', async () => {
  const codes = async (token: string | null): Promise<unknown[]> => {
    const { status, body } = await rest.get(accounts, { authorization: token === null ? null : `Bearer ${token}` });
    return [status, body['serviceErrorCode']];
  };
  expect(await codes(null)).toEqual([401, 65604]);
  expect(await codes('nobody')).toEqual([401, 65600]);
  expect(await codes(rest.sandbox.linkedin.issueToken(undefined, -1))).toEqual([401, 65602]);
  expect(await codes(rest.sandbox.linkedin.issueToken(['r_ads_reporting']))).toEqual([403, 100]);
  expect((await rest.get('me')).body['id']).toBe(DEMO_IDS.member);
  const reader = rest.sandbox.linkedin.issueToken(['r_ads']);
  expect(await codes(reader)).toEqual([200, undefined]);
  const write = await rest.tryCall('POST', `${ACCOUNT}/adCampaignGroups`, {
    body: group(),
    headers: { authorization: `Bearer ${reader}` },
  });
  expect([write?.status, write?.body.code]).toEqual([403, 'NO_PERMISSION_ON_ENTITY']);
});

test('a role decides beside the scope: none is 403, VIEWER reads only', async () => {
  const control = (body: object): Promise<unknown> => rest.sandbox.linkedin.control('PUT', 'role', body);
  await control({ account: DEMO_IDS.account, role: 'VIEWER' });
  expect((await rest.get(ACCOUNT)).status).toBe(200);
  expect((await rest.post(`${ACCOUNT}/adCampaignGroups`, group())).status).toBe(403);
  await control({ account: DEMO_IDS.account, role: null });
  expect((await rest.get(ACCOUNT)).status).toBe(403);
  expect((await rest.get(accounts)).body.elements?.map((one) => one['id'])).not.toContain(Number(DEMO_IDS.account));
  await control({ account: DEMO_IDS.account, role: 'ACCOUNT_MANAGER' });
  expect((await rest.get('adAccounts/1')).status).toBe(404);
});

test('an unknown path is 404, a path of the old API too, a method it does not have 405, a body that is no JSON 400', async () => {
  expect((await rest.get('adThings')).status).toBe(404);
  expect((await rest.get('adCampaignsV2?q=search')).status).toBe(404);
  expect((await rest.get('adAnalytics?q=everything')).status).toBe(405);
  expect((await rest.get('leadNotifications')).status).toBe(405);
  expect((await rest.tryCall('PATCH', `${ACCOUNT}/adCampaigns/1`, { body: {} }))?.status).toBe(405);
  expect((await rest.tryCall('POST', `${ACCOUNT}/adCampaignGroups`, { body: '{' }))?.status).toBe(400);
  expect((await rest.tryCall('POST', `${ACCOUNT}/adCampaignGroups`))?.status).toBe(400);
  expect((await rest.tryCall('POST', `${ACCOUNT}/adCampaigns/1`, { body: { patch: { $set: {} } } }))?.status).toBe(400); // no method header
});

test('Rest.li queries are read to the letter: brackets raw, URNs encoded', async () => {
  const path = `${ACCOUNT}/creatives?q=criteria&campaigns=`;
  const urn = 'urn:li:sponsoredCampaign:1';
  expect((await rest.get(`${path}List(${encoded(urn)})`)).status).toBe(200);
  expect((await rest.get(`${path}List(${urn})`)).status).toBe(400); // not encoded
  expect((await rest.get(`${path}${encoded(`List(${urn})`)}`)).status).toBe(400); // encoded too much
  expect((await rest.get(`${path}List(${encoded(urn)}`)).status).toBe(400);
  expect((await rest.get('adAccounts?q=search&search.status.values[0]=ACTIVE')).status).toBe(400); // protocol 1.0
  expect((await rest.get('adAccounts?q=search&search=(colour:(values:List(RED)))')).status).toBe(400);
  expect((await rest.get('images/urn:li:image:1')).status).toBe(400);
  expect((await rest.get(`images/${encoded('urn:li:image:1')}`)).status).toBe(404);
});

test('the grammar: lists, records, empty text, projections', () => {
  expect(parseRestli("(a:List(b,'',(c:d%2Ce)),f:List())")).toEqual({ a: ['b', '', { c: 'd,e' }], f: [] });
  expect(Object.fromEntries(parseQuery('q=search&fields=id,form:(name)&x=a%20b'))).toEqual({
    q: 'search',
    fields: 'id,form:(name)',
    x: 'a b',
  });
  for (const wrong of ['(a)', 'List(a', 'a:b', '(a:b)c', '%zz']) expect(() => parseRestli(wrong), wrong).toThrow(RestliSyntaxError);
});

test('fields cut an answer down, and do not reach into what is not there', async () => {
  const { body } = await rest.get(`${ACCOUNT}?fields=id,name,changeAuditStamps:(created)`);
  expect(Object.keys(body)).toEqual(['id', 'name', 'changeAuditStamps']);
  expect(Object.keys(body['changeAuditStamps'] as object)).toEqual(['created']);
  expect((await rest.get(`${accounts}&fields=id,nothing`)).body.elements?.[0]).toEqual({ id: Number(DEMO_IDS.account) });
  expect((await rest.get(`${accounts}&fields=id:(`)).status).toBe(400);
});

test('a long query travels in the body: as a form, or beside a JSON body', async () => {
  const ids = `ids=List(${Array.from({ length: 900 }, (_, n) => 710_000_001 + n).join()})`;
  expect((await rest.get(`${ACCOUNT}/adCampaigns?${ids}`)).status).toBe(414);
  const form = { 'content-type': 'application/x-www-form-urlencoded', 'x-http-method-override': 'GET', 'x-restli-method': 'finder' };
  const found = await rest.tryCall('POST', 'adAccounts', { body: 'q=search&search=(status:(values:List(ACTIVE)))', headers: form });
  expect([found?.status, found?.body.elements?.length]).toEqual([200, 2]);
  const { id } = await rest.post(`${ACCOUNT}/adCampaignGroups`, group({ runSchedule: { start: now } }));
  const part = (type: string, content: string): string => `--xyz\r\nContent-Type: ${type}\r\n\r\n${content}\r\n`;
  const body = `${part('application/x-www-form-urlencoded', `ids=List(${id})`)}${part('application/json', JSON.stringify({ entities: { [id]: { patch: { $set: { name: 'Tunnelled' } } } } }))}--xyz--`;
  const headers = { 'content-type': 'multipart/mixed; boundary=xyz', 'x-http-method-override': 'POST' };
  const changed = await rest.tryCall('POST', `${ACCOUNT}/adCampaignGroups`, { body, headers, as: 'BATCH_PARTIAL_UPDATE' });
  expect(changed?.body).toMatchObject({ results: { [id]: { status: 204 } }, errors: {} });
  expect((await rest.get(`${ACCOUNT}/adCampaignGroups/${id}`)).body['name']).toBe('Tunnelled');
});

test('meters fill up per endpoint and give a bare 429; the day ends at 00:00 UTC', async () => {
  rest.sandbox.linkedin.setLimits({ memberPerDay: 2 });
  const call = (): Promise<{ status: number; body: unknown; headers: Headers }> => rest.get('adAccountUsers?q=authenticatedUser');
  expect([(await call()).status, (await call()).status]).toEqual([200, 200]);
  const refused = await call();
  expect([refused.status, refused.body]).toEqual([
    429,
    { message: 'Resource level throttle limit for calls to this resource is reached.', status: 429, serviceErrorCode: 101 },
  ]);
  expect([...refused.headers.keys()].filter((name) => /retry|limit|usage/.test(name))).toEqual([]);
  now += 86_400_000;
  expect((await call()).status).toBe(200);
  rest.sandbox.linkedin.setLimits({ memberPerDay: 100_000, perMinute: 1 });
  now += 60_000;
  expect([(await call()).status, (await call()).status]).toEqual([200, 429]);
  rest.sandbox.linkedin.setLimits({ perMinute: null });
});

test('the Development tier makes test accounts only, one of them', async () => {
  const { settings } = rest.sandbox.linkedin;
  settings.tier = 'development';
  const account = { name: 'Northwind Coffee (test)', currency: 'EUR', type: 'BUSINESS' };
  expect((await rest.post('adAccounts', account)).status).toBe(403);
  const made = await rest.post('adAccounts', { ...account, test: true });
  expect(made.status).toBe(201);
  expect((await rest.post('adAccounts', { ...account, test: true })).body.code).toBe('TEST_ACCOUNT_LIMIT_REACHED');
  settings.tier = 'standard';
  expect((await rest.post('adAccounts', { ...account, name: '' })).body.code).toBe('BLANK_ACCOUNT_NAME');
  expect((await rest.patch(`adAccounts/${made.id}`, { reference: 'urn:li:organization:1' })).body.code).toBe(
    'UPDATE_REFERENCE_NOT_ALLOWED',
  );
  expect((await rest.patch(`adAccounts/${made.id}`, { name: 'Renamed' })).status).toBe(204);
});

test('a field nobody has heard of can be put into every answer', async () => {
  rest.sandbox.linkedin.settings.unknownField = 'futureThing';
  expect((await rest.get(ACCOUNT)).body).toHaveProperty('futureThing');
  expect((await rest.get(accounts)).body.elements?.[0]).toHaveProperty('futureThing');
  rest.sandbox.linkedin.settings.unknownField = null;
  expect((await rest.get(ACCOUNT)).body).not.toHaveProperty('futureThing');
});

test('a campaign is answered with the same account whatever way the path names it', async () => {
  const path = `adAccounts/${encoded(ACCOUNT_URN)}`;
  const { id } = await rest.post(`${path}/adCampaignGroups`, group({ runSchedule: { start: now } }));
  expect((await rest.post(`${path}/adCampaigns`, campaign(id, { runSchedule: { start: now } }))).status).toBe(201);
});
