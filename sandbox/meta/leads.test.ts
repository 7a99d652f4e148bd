import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO_IDS, META_APP } from './index.ts';
import { makeTree, openGraph, type GraphClient } from './testing/graph-client.ts';

interface Received {
  body: string;
  signature: string;
}
const received: Received[] = [];
let server: Server;
let graph: GraphClient;
let pageToken = '';

beforeAll(async () => {
  server = createServer((message, reply) => {
    const url = new URL(message.url ?? '/', 'http://worker');
    if (message.method === 'GET') {
      const isOurs = url.searchParams.get('hub.verify_token') === META_APP.verifyToken && url.searchParams.get('hub.mode') === 'subscribe';
      reply.end(isOurs ? url.searchParams.get('hub.challenge') : 'no');
      return;
    }
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      received.push({ body: Buffer.concat(chunks).toString('latin1'), signature: String(message.headers['x-hub-signature-256']) });
      reply.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  graph = await openGraph({ workerOrigin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  const pages = (await graph.get('me/accounts')).body.data;
  pageToken = String(pages?.[0]?.['access_token']);
});
afterAll(async () => {
  await graph.sandbox.close();
  server.close();
});

const lead = (n: number, adId?: string): string =>
  graph.sandbox.meta.addLead({
    formId: DEMO_IDS.form,
    ...(adId === undefined ? {} : { adId }),
    fields: { email: `lead-${n}@example.com`, full_name: 'Léad Æther' },
  });

test('nothing is sent before the page is subscribed with a page token', async () => {
  lead(1);
  expect((await graph.post(`${DEMO_IDS.page}/subscribed_apps`, { subscribed_fields: 'leadgen' })).body.error?.code).toBe(210);
  const answer = await graph.post(`${DEMO_IDS.page}/subscribed_apps`, { subscribed_fields: 'leadgen', access_token: pageToken });
  expect(answer.body).toEqual({ success: true });
  expect((await graph.get(`${DEMO_IDS.page}/subscribed_apps`, { access_token: pageToken })).body.data).toHaveLength(1);
  await graph.sandbox.webhooksIdle();
  expect(received).toHaveLength(0);
});

test('events close together share a delivery, signed over the raw bytes', async () => {
  const { ad, adset, campaign } = await makeTree(graph, 'leads');
  const ids = [lead(2, ad), lead(3, ad), lead(4)];
  await expect.poll(() => received.length, { timeout: 5000 }).toBeGreaterThan(0);
  const { body, signature } = received[0] ?? { body: '', signature: '' };
  expect(signature).toBe(`sha256=${createHmac('sha256', META_APP.secret).update(body, 'latin1').digest('hex')}`);
  const event = JSON.parse(body) as {
    object: string;
    entry: { id: string; changes: { field: string; value: Record<string, unknown> }[] }[];
  };
  expect(event.object).toBe('page');
  expect(event.entry.map((entry) => entry.changes[0]?.value['leadgen_id'])).toEqual(ids);
  expect(event.entry[0]).toMatchObject({
    id: DEMO_IDS.page,
    changes: [{ field: 'leadgen', value: { page_id: DEMO_IDS.page, form_id: DEMO_IDS.form, ad_id: ad } }],
  });

  const read = await graph.get(String(ids[0]), {
    fields: 'field_data,created_time,ad_id,adset_id,form_id,campaign_id,is_organic,custom_disclaimer_responses',
  });
  expect(read.body).toMatchObject({ ad_id: ad, adset_id: adset, campaign_id: campaign, form_id: DEMO_IDS.form, is_organic: false });
  expect(read.body['field_data']).toEqual([
    { name: 'email', values: ['lead-2@example.com'] },
    { name: 'full_name', values: ['Léad Æther'] },
  ]);
  expect((await graph.get(String(ids[2]), { fields: 'is_organic,ad_id' })).body).toEqual({ id: ids[2], is_organic: true });
  const inList = await graph.all(`${DEMO_IDS.form}/leads`, { fields: 'id' });
  expect(inList).toHaveLength(4);
});

test('the Graph writes text outside ASCII escaped', async () => {
  const answer = await graph.sandbox.handle(
    new Request(`https://graph.facebook.com/v26.0/${lead(5)}?fields=field_data&access_token=${graph.token}`),
  );
  expect(await answer?.text()).toContain('L\\u00e9ad \\u00c6ther');
});

test('the callback handshake, one test lead per form, and leads need their permission', async () => {
  expect(await graph.sandbox.meta.verifyCallback()).toEqual({ ok: true, status: 200 });
  const made = await graph.post(`${DEMO_IDS.form}/test_leads`, { field_data: [{ name: 'email', values: ['lead-18@example.com'] }] });
  expect(made.status).toBe(200);
  expect((await graph.post(`${DEMO_IDS.form}/test_leads`)).body.error?.error_subcode).toBe(1892181);
  const narrow = graph.sandbox.meta.issueToken(['ads_read']);
  expect((await graph.get(String(made.body.id), { access_token: narrow })).body.error?.code).toBe(200);
});

test('a reset in the middle of gathering does not silence later leads', async () => {
  lead(6);
  graph.sandbox.reset();
  expect(graph.sandbox.meta.objects().some((object) => object.kind === 'lead')).toBe(false);
  const again = graph.sandbox.meta.issueToken();
  const pages = (await graph.get('me/accounts', { access_token: again })).body.data;
  await graph.post(`${DEMO_IDS.page}/subscribed_apps`, { subscribed_fields: 'leadgen', access_token: pages?.[0]?.['access_token'] });
  const fresh = lead(7);
  await expect.poll(() => received.some(({ body }) => body.includes(fresh)), { timeout: 5000 }).toBe(true);
});
