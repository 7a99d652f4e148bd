import { afterAll, beforeAll, expect, test } from 'vitest';
import { noFaults } from '../index.ts';
import { ACCOUNT, ADSET, CAMPAIGN, CREATIVE, makeTree, openGraph, type GraphClient } from './testing/graph-client.ts';

interface Item {
  code: number;
  body: string;
  headers?: unknown[];
}
let graph: GraphClient;
beforeAll(async () => {
  graph = await openGraph();
});
afterAll(() => graph.sandbox.close());

const encode = (params: object): string =>
  new URLSearchParams(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  ).toString();
const send = async (batch: object[]): Promise<(Item | null)[]> => (await graph.post('', { batch })).body as unknown as (Item | null)[];

test('a tree in one batch by references; outer 200, one inner 400, its dependant null, and so is what others wait for unless it asks', async () => {
  const batch = [
    {
      method: 'POST',
      relative_url: `${ACCOUNT}/campaigns`,
      name: 'campaign',
      body: encode(CAMPAIGN),
      omit_response_on_success: false,
    },
    { method: 'POST', relative_url: `${ACCOUNT}/adsets`, name: 'adset', body: `${encode(ADSET)}&campaign_id={result=campaign:$.id}` },
    { method: 'POST', relative_url: `${ACCOUNT}/adcreatives`, name: 'creative', body: encode(CREATIVE) },
    {
      method: 'POST',
      relative_url: `${ACCOUNT}/ads`,
      body: `name=In+batch&status=PAUSED&adset_id={result=adset:$.id}&creative={"creative_id":"{result=creative:$.id}"}`,
    },
    { method: 'POST', relative_url: `${ACCOUNT}/campaigns`, name: 'bad', body: encode({ ...CAMPAIGN, objective: 'NOPE' }) },
    { method: 'POST', relative_url: `${ACCOUNT}/adsets`, body: `${encode(ADSET)}&campaign_id={result=bad:$.id}` },
    { method: 'GET', relative_url: `v26.0/{result=campaign:$.id}?fields=name` },
  ];
  const answers = await send(batch);
  expect(answers.map((answer) => answer?.code ?? null)).toEqual([200, null, null, 200, 400, null, 200]);
  expect(JSON.parse(answers[4]?.body ?? '')).toMatchObject({ error: { code: 100 } });
  expect(JSON.parse(answers[6]?.body ?? '')).toMatchObject({ name: CAMPAIGN.name });
  const ad = graph.sandbox.meta.objects().find((object) => object.name === 'In batch');
  expect(ad?.fields['campaign_id']).toBe(JSON.parse(answers[0]?.body ?? '{}').id);
});

test('more than 50 items, and two ad sets of one campaign, are refused', async () => {
  const get = { method: 'GET', relative_url: 'me' };
  expect((await graph.post('', { batch: Array.from({ length: 51 }, () => get) })).body.error?.message).toContain('50');
  expect(await send(Array.from({ length: 50 }, () => get))).toHaveLength(50);
  const tree = await makeTree(graph, 'twice');
  const adset = { method: 'POST', relative_url: `${ACCOUNT}/adsets`, body: encode({ ...ADSET, campaign_id: tree.campaign }) };
  expect((await send([adset, adset])).map((answer) => answer?.code)).toEqual([200, 400]);
});

test('an item can be null without having been run', async () => {
  graph.sandbox.setFaults({ ...noFaults(2), batchNull: 1 });
  const before = graph.sandbox.meta.objects().length;
  expect(await send([{ method: 'POST', relative_url: `${ACCOUNT}/campaigns`, body: encode(CAMPAIGN) }])).toEqual([null]);
  expect(graph.sandbox.meta.objects()).toHaveLength(before);
  graph.sandbox.setFaults(noFaults(2));
});

test('inside a batch a lost answer is null and applied, a throttle is an inner 400', async () => {
  const create = [{ method: 'POST', relative_url: `${ACCOUNT}/campaigns`, body: encode({ ...CAMPAIGN, name: 'lost inside' }) }];
  const seen = new Set<string>();
  for (let seed = 1; seed < 40 && seen.size < 2; seed += 1) {
    graph.sandbox.setFaults({ ...noFaults(seed), answerLost: 0.3, throttle: 0.3 });
    const before = graph.sandbox.meta.objects().length;
    const outer = await graph.tryCall('POST', '', { batch: create });
    const grown = graph.sandbox.meta.objects().length - before;
    const answer = outer?.status === 200 ? (outer.body as unknown as (Item | null)[])[0] : undefined;
    if (answer === null) {
      expect(grown).toBe(1);
      seen.add('lost');
    } else if (answer?.code === 400) {
      expect(grown).toBe(0);
      seen.add('throttled');
    }
  }
  graph.sandbox.setFaults(noFaults(2));
  expect([...seen].toSorted()).toEqual(['lost', 'throttled']);
});
