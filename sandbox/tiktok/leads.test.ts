import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noFaults } from '../core/faults.ts';
import { DEMO_ADVERTISERS, DEMO_ASSETS, TIKTOK_APP } from './index.ts';
import { ADVERTISER, makeTree, openTiktok, type ApiClient } from './testing/api-client.ts';

const received: { url: string; headers: string[]; body: { object: unknown; entry: Record<string, unknown>[] } }[] = [];
let server: Server;
let api: ApiClient;
beforeAll(async () => {
  server = createServer((message, reply) => {
    let text = '';
    message.on('data', (chunk: Buffer) => (text += chunk.toString()));
    message.on('end', () => {
      received.push({
        url: message.url ?? '',
        headers: Object.keys(message.headers),
        body: JSON.parse(text) as (typeof received)[0]['body'],
      });
      reply.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  api = openTiktok({ workerOrigin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  api.sandbox.tiktok.settings.taskMs = 0;
});
afterAll(() => {
  api.sandbox.close();
  server.close();
});

const APP = { app_id: TIKTOK_APP.id, secret: TIKTOK_APP.secret };
const subscribe = (more: object = {}, detail: object = {}) =>
  api.post('subscription/subscribe/', {
    ...APP,
    subscribe_entity: 'LEAD',
    callback_url: 'https://api.inlay.test/webhooks/tiktok/a-secret-path',
    subscription_detail: { access_token: api.token, advertiser_id: ADVERTISER, page_id: DEMO_ASSETS.form, ...detail },
    ...more,
  });
const lead = (n: number, adId?: string): string =>
  api.sandbox.tiktok.addLead({
    formId: DEMO_ASSETS.form,
    ...(adId === undefined ? {} : { adId }),
    fields: { email: `lead-${n}@example.com`, name: 'Léad' },
  });

test('nobody hears of a lead before subscribing, and only the owner of a live token may subscribe', async () => {
  lead(1);
  expect((await subscribe({ secret: 'no' })).code).toBe(40101);
  expect((await subscribe({}, { access_token: 'no' })).code).toBe(40105);
  expect((await subscribe({}, { page_id: '1' })).code).toBe(40002);
  expect((await subscribe({ callback_url: 'http://example.com/' })).code).toBe(40002);
  const { data } = await subscribe();
  const listed = await api.get('subscription/get/', { ...APP, subscribe_entity: 'LEAD' });
  expect(listed.data['subscriptions']).toMatchObject([{ subscription_id: data['subscription_id'], subscribe_entity: 'LEAD' }]);
  await api.sandbox.webhooksIdle();
  expect(received).toEqual([]);
});

test('a lead arrives unsigned on the subscribed path, and is the one that is read again', async () => {
  const { ad, adgroup, campaign } = await makeTree(api);
  const id = lead(2, ad);
  await expect.poll(() => received.length, { timeout: 5000 }).toBe(1);
  const [event] = received;
  expect(event?.url).toBe('/webhooks/tiktok/a-secret-path');
  expect(event?.headers.some((name) => /sign/.test(name))).toBe(false);
  expect(event?.body).toMatchObject({ request_id: expect.any(String), time: expect.any(String) });
  expect(event?.body.entry[0]).toMatchObject({
    id,
    page_id: DEMO_ASSETS.form,
    advertiser_id: ADVERTISER,
    campaign_id: campaign,
    adgroup_id: adgroup,
    ad_id: ad,
    changes: [
      { field: 'email', value: 'lead-2@example.com' },
      { field: 'name', value: 'Léad' },
    ],
  });
  const read = await api.get('lead/get/', { page_id: DEMO_ASSETS.form, lead_id: id });
  expect(read.data).toMatchObject({ lead_data: { email: 'lead-2@example.com' }, meta_data: { lead_id: id, ad_id: ad } });
  expect((await api.get('lead/get/', { page_id: DEMO_ASSETS.form, lead_id: '1' })).code).toBe(40007);
});

test('who subscribed for another account hears nothing of this one', async () => {
  received.length = 0;
  const other = await subscribe({}, { advertiser_id: DEMO_ADVERTISERS.dollars, page_id: undefined });
  lead(5);
  await expect.poll(() => received.length, { timeout: 5000 }).toBe(1);
  await api.sandbox.webhooksIdle();
  expect(received).toHaveLength(1);
  expect((await api.post('subscription/unsubscribe/', { ...APP, subscription_id: other.data['subscription_id'] })).code).toBe(0);
});

test('deliveries come twice when the plan says so', async () => {
  received.length = 0;
  api.sandbox.setFaults({ ...noFaults(1), webhooks: { duplicate: 1, reorderWindow: 1, dropShare: 0, delayMs: 0 } });
  const id = lead(3);
  await expect.poll(() => received.length, { timeout: 5000 }).toBe(2);
  expect(new Set(received.map((one) => one.body.entry[0]?.['id']))).toEqual(new Set([id]));
  api.sandbox.setFaults(noFaults(1));
});

test('an export: created, succeeded, a CSV with a column for each question', async () => {
  const started = await api.post('page/lead/task/', { page_id: DEMO_ASSETS.form });
  expect(started.data['status']).toBe('CREATED');
  const id = { task_id: started.data['task_id'] };
  expect((await api.post('page/lead/task/', { page_id: DEMO_ASSETS.form, ...id })).data).toMatchObject({
    status: 'SUCCEED',
    file_type: 'csv',
  });
  const { text } = await api.get('page/lead/task/download/', id);
  const [head, ...lines] = text.trim().split('\r\n');
  expect(head).toBe('lead_id,create_time,campaign_id,campaign_name,adgroup_id,adgroup_name,ad_id,ad_name,page_id,email,name');
  expect(lines).toHaveLength(4);
  expect(lines[1]).toContain(',A tree,');
});

test('one mock lead per form; after unsubscribing nothing arrives', async () => {
  const form = { page_id: DEMO_ASSETS.form };
  expect((await api.post('page/lead/mock/create/', form)).data['lead_data']).toEqual({
    email: 'mock email',
    name: 'mock name',
    phone_number: 'mock phone_number',
  });
  expect((await api.post('page/lead/mock/create/', form)).code).toBe(40002);
  expect((await api.get('page/lead/mock/get/', form)).code).toBe(0);
  expect((await api.post('page/lead/mock/delete/', form)).code).toBe(0);
  expect((await api.get('page/lead/mock/get/', form)).code).toBe(40007);
  const { data } = await api.get('subscription/get/', { ...APP, subscribe_entity: 'LEAD' });
  const [known] = data['subscriptions'] as { subscription_id: string }[];
  await api.sandbox.webhooksIdle();
  await expect.poll(() => received.length, { timeout: 5000 }).toBe(3); // the mock lead, by now
  expect((await api.post('subscription/unsubscribe/', { ...APP, subscription_id: known?.subscription_id })).code).toBe(0);
  lead(4);
  await new Promise((resolve) => setTimeout(resolve, 60));
  await api.sandbox.webhooksIdle();
  expect(received).toHaveLength(3);
});
