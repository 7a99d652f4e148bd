import { afterAll, beforeAll, expect, test } from 'vitest';
import { noFaults } from '../core/faults.ts';
import { ACCOUNT, campaign, encoded, group, inlineCreative, openLinkedin, type RestClient } from './testing/rest-client.ts';

let rest: RestClient;
let groupId: string;
beforeAll(async () => {
  rest = openLinkedin();
  groupId = (await rest.post(`${ACCOUNT}/adCampaignGroups`, group())).id;
});
afterAll(() => rest.sandbox.close());

interface Element {
  status: number;
  id?: string;
  error?: { code?: string };
}
const batch = async (elements: unknown[], as = 'BATCH_CREATE'): Promise<Element[]> =>
  (await rest.post(`${ACCOUNT}/adCampaigns`, { elements }, as)).body.elements as unknown as Element[];

test('every element has its own status, in order; one wrong one leaves the others alone', async () => {
  const elements = await batch([
    campaign(groupId, { name: 'a' }),
    campaign(groupId, { politicalIntent: undefined }),
    7,
    campaign(groupId, { name: 'b' }),
  ]);
  expect(elements.map((one) => one.status)).toEqual([201, 400, 400, 201]);
  expect(elements[1]?.error).toMatchObject({ code: 'MISSING_FIELD', status: 400 });
  expect((await rest.get(`${ACCOUNT}/adCampaigns/${String(elements[3]?.id)}`)).body['name']).toBe('b');
  expect((await batch([campaign(groupId)], 'batch_create'))[0]?.status).toBe(201);
});

test('more than a hundred elements, or none at all, are refused whole', async () => {
  const many = Array.from({ length: 101 }, () => campaign(groupId));
  expect((await rest.post(`${ACCOUNT}/adCampaigns`, { elements: many }, 'BATCH_CREATE')).status).toBe(400);
  expect((await rest.post(`${ACCOUNT}/adCampaigns`, campaign(groupId), 'BATCH_CREATE')).status).toBe(400);
});

test('many are read and changed by their ids: results, statuses and errors by id', async () => {
  const [first, second] = (await batch([campaign(groupId, { name: 'one' }), campaign(groupId, { name: 'two' })])).map((one) =>
    String(one.id),
  );
  const read = (await rest.get(`${ACCOUNT}/adCampaigns?ids=List(${first},${second},1)`)).body as unknown as {
    results: Record<string, { name: string }>;
    errors: Record<string, { status: number }>;
  };
  expect([read.results[String(first)]?.name, read.results[String(second)]?.name, read.errors['1']?.status]).toEqual(['one', 'two', 404]);
  const entities = {
    [String(first)]: { patch: { $set: { status: 'ACTIVE' } } },
    [String(second)]: { patch: { $set: { status: 'DRAFT' } } },
  };
  const changed = (await rest.post(`${ACCOUNT}/adCampaigns?ids=List(${first},${second})`, { entities }, 'BATCH_PARTIAL_UPDATE')).body;
  expect(changed).toMatchObject({
    results: { [String(first)]: { status: 204 } },
    errors: { [String(second)]: { code: 'STATUS_CHANGE_NOT_ALLOWED' } },
  });
});

test('creatives are changed in one call by their encoded URNs', async () => {
  const [made] = await batch([campaign(groupId)]);
  const urns: string[] = [];
  for (const name of ['x', 'y'])
    urns.push((await rest.post(`${ACCOUNT}/creatives?action=createInline`, inlineCreative(String(made?.id), { name }))).id);
  const entities = Object.fromEntries(urns.map((urn) => [encoded(urn), { patch: { $set: { intendedStatus: 'ACTIVE' } } }]));
  const { status, body } = await rest.post(
    `${ACCOUNT}/creatives?ids=List(${urns.map(encoded).join()})`,
    { entities },
    'BATCH_PARTIAL_UPDATE',
  );
  expect([status, body['errors'], Object.keys(body['results'] as object)]).toEqual([200, {}, urns]);
});

test('weather inside a batch: some elements fail, applied or not, and the outer answer stays 200', async () => {
  const elements = Array.from({ length: 60 }, (_, n) => campaign(groupId, { name: `w${n}` }));
  // The outer call has fair weather only when its own die says so: try until one passes.
  rest.sandbox.setFaults({ ...noFaults(8), throttle: 0.1, error500: { p: 0.1, appliedShare: 0.5 }, answerLost: 0.1 });
  let answer = await rest.tryCall('POST', `${ACCOUNT}/adCampaigns`, { body: { elements }, as: 'BATCH_CREATE' });
  for (let n = 0; n < 20 && answer?.status !== 200; n += 1) {
    answer = await rest.tryCall('POST', `${ACCOUNT}/adCampaigns`, { body: { elements }, as: 'BATCH_CREATE' });
  }
  rest.sandbox.setFaults(noFaults(8));
  const statuses = new Set(((answer?.body.elements ?? []) as unknown as Element[]).map((one) => one.status));
  expect([...statuses].toSorted((a, b) => a - b)).toEqual([201, 429, 500, 504]);
  expect([...rest.sandbox.log.faults.keys()]).toEqual(
    expect.arrayContaining(['linkedin batch throttle', 'linkedin batch answer-lost', 'linkedin batch error500']),
  );
});
