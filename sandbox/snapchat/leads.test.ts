import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { DEMO_IDS } from './index.ts';
import { ACCOUNT, firstIn, openSnap, shownIn, type SnapAnswer, type SnapClient } from './testing/snap-client.ts';

interface Received {
  path: string;
  headers: Record<string, unknown>;
  body: string;
}
let received: Received[] = [];
let server: Server;
let snap: SnapClient;

beforeAll(async () => {
  server = createServer((message, reply) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      received.push({ path: message.url ?? '', headers: message.headers, body: Buffer.concat(chunks).toString() });
      reply.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());
beforeEach(() => {
  received = [];
  snap = openSnap({ demo: true, workerOrigin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
afterEach(() => snap.sandbox.close());

const HOOK = 'https://api.inlay.test/webhooks/snapchat/secret-path?form=1';
const REGISTER = 'lead_gen/integrations/public_webhook';
const register = (form_id: string = DEMO_IDS.form, webhook_url = HOOK): Promise<SnapAnswer> =>
  snap.post(REGISTER, { webhook_integrations: [{ form_id, webhook_url }] });
const registered = async (): Promise<Record<string, string>> =>
  shownIn(await register(), 'webhookIntegrations', 'webhookIntegration')[0] as Record<string, string>;
const lead = (email: string): string =>
  snap.sandbox.snapchat.addLead({ formId: DEMO_IDS.form, adId: DEMO_IDS.ad, fields: { email, first_name: 'Léa' } });

test('a lead goes to its form’s webhook with everything that is always sent, unsigned', async () => {
  lead('early@example.com'); // nobody is registered, and there is no backfill
  expect(await registered()).toMatchObject({ formId: DEMO_IDS.form, adAccountId: DEMO_IDS.account, webhookUrl: HOOK });
  const id = lead('guest@example.com');
  await snap.sandbox.webhooksIdle();
  expect(received.map((one) => one.path)).toEqual(['/webhooks/snapchat/secret-path?form=1']);
  expect(JSON.parse(received[0]?.body ?? '')).toEqual({
    form_id: DEMO_IDS.form,
    form_name: 'Tasting sign-up',
    ad_account_id: DEMO_IDS.account,
    campaign_id: DEMO_IDS.campaign,
    campaign_name: 'Autumn roast',
    ad_squad_id: DEMO_IDS.adsquad,
    ad_squad_name: 'Coffee drinkers FR',
    ad_id: DEMO_IDS.ad,
    ad_name: 'Morning cup',
    email: 'guest@example.com',
    first_name: 'Léa',
    lead_id: id,
    create_time: snap.now(),
  });
  expect(Object.keys(received[0]?.headers ?? {})).not.toContain('signature');
});

test('the signature’s headers can be set; it covers time and body', async () => {
  snap.sandbox.snapchat.settings.leadSignature = { header: 'signature', timestampHeader: 't' };
  const { hmacSecret = '' } = await registered();
  lead('guest@example.com');
  await snap.sandbox.webhooksIdle();
  const [{ headers, body } = { headers: {} as Record<string, unknown>, body: '' }] = received;
  const proof = createHmac('sha256', hmacSecret)
    .update(`${String(headers['t'])}.${body}`)
    .digest('hex');
  expect(headers['signature']).toBe(proof);
});

test('a form has one integration; it is listed in a shape of its own, tested and removed', async () => {
  const { integrationId } = await registered();
  expect((await register()).body.error_code).toBe('E1001');
  const list = (): Promise<SnapAnswer> => snap.get(`lead_gen/forms/${DEMO_IDS.form}/integrations?partner_type=PUBLIC_WEBHOOK`);
  expect(shownIn(await list(), 'partner_integrations', 'partner_integration')).toMatchObject([
    { integration_id: integrationId, generic_webhook_handler_info: { webhook_url: HOOK } },
  ]);
  expect((await snap.get(`lead_gen/forms/${DEMO_IDS.form}/integrations`)).status).toBe(400);
  await snap.get(`lead_gen/integrations/${integrationId}/test`);
  await snap.sandbox.webhooksIdle();
  expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ email: 'test@example.com', form_id: DEMO_IDS.form });
  expect((await snap.del(`lead_gen/integrations/${integrationId}`)).status).toBe(200);
  expect(shownIn(await list(), 'partner_integrations', 'partner_integration')).toEqual([]);
  expect((await register()).status).toBe(200);
});

test('registering wants the documented wrapping, a known form and https; live answers may be in snake case', async () => {
  const bare = await snap.post(REGISTER, { form_id: DEMO_IDS.form, webhook_url: HOOK });
  expect([bare.status, bare.body.error_code]).toEqual([500, 'INTERNAL_FAILURE']);
  expect((await register(DEMO_IDS.pixel)).status).toBe(404);
  expect((await register(DEMO_IDS.form, 'http://api.inlay.test/x')).status).toBe(400);
  snap.sandbox.snapchat.settings.integrationShape = 'snake';
  expect(shownIn(await register(), 'webhook_integrations', 'webhook_integration')).toMatchObject([{ form_id: DEMO_IDS.form }]);
});

test('leads of a time are in a report, and count as the ad’s native leads', async () => {
  lead('one@example.com');
  snap.pass(3_600_000 - 60_000);
  lead('two@example.com');
  const query = new URLSearchParams({ async_format: 'csv', start_time: '2026-11-20T10:30:00Z', end_time: '2026-11-20T12:00:00Z' });
  const begun = firstIn(await snap.post(`${ACCOUNT}/leads_report?${query}`, undefined), 'async_stats_reports', 'async_stats_report');
  snap.pass(1000);
  const path = `${ACCOUNT}/leads_report?report_run_id=${String(begun['report_run_id'])}`;
  const token = snap.sandbox.snapchat.issueToken();
  const ended = await snap.call('GET', path, undefined, { authorization: `Bearer ${token}` });
  const done = firstIn(ended, 'async_stats_reports', 'async_stats_report');
  const file = (await snap.get(String(done['result']))).body['text'] as string;
  expect(file).toContain('two@example.com');
  expect(file).not.toContain('one@example.com');
  snap.pass(3_600_000);
  const stats = `ads/${DEMO_IDS.ad}/stats?fields=native_leads&start_time=2026-11-20T10:00:00Z&end_time=2026-11-20T12:00:00Z`;
  const answer = await snap.call('GET', stats, undefined, { authorization: `Bearer ${snap.sandbox.snapchat.issueToken()}` });
  expect(firstIn(answer, 'total_stats', 'total_stat')['stats']).toEqual({ native_leads: 2 });
});

test('a form is made with questions and a privacy policy', async () => {
  const form = {
    name: 'Club',
    description: 'Join us',
    form_fields: [{ type: 'EMAIL' }, { type: 'CUSTOM', custom_form_field_properties: { type: 'TEXT', description: 'Which roast?' } }],
    privacy_policy_url: 'https://example.com/privacy',
  };
  const bad = [
    { ...form, form_fields: [] },
    { ...form, form_fields: [null] },
    { ...form, form_fields: [{ type: 'SHOE_SIZE' }] },
    { ...form, form_fields: [{ type: 'CUSTOM' }] },
    { ...form, description: 'x'.repeat(181) },
    { ...form, privacy_policy_url: 'http://example.com/' },
  ];
  const answer = await snap.post(`${ACCOUNT}/lead_generation_forms`, { lead_generation_forms: [...bad, form] });
  const items = answer.body['lead_generation_forms'] as { sub_request_status: string }[];
  expect(items.map((one) => one.sub_request_status)).toEqual([...bad.map(() => 'ERROR'), 'SUCCESS']);
});
