import { Client } from '@hubspot/api-client';
import { Signature } from '@hubspot/api-client/lib/src/utils/signature.js';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCore, type CoreParts } from '../core/create-core.ts';
import { noFaults } from '../core/faults.ts';
import { serveNode } from '../core/node-http.ts';
import type { Webhook } from '../core/webhook-sender.ts';
import { createHubspot, type HubspotVendor } from './index.ts';
import { CLIENT_ID, CLIENT_SECRET, SCOPES } from './store.ts';

let parts: CoreParts;
let vendor: HubspotVendor;
let server: Server;
let base: string;
let worker: Server;
const asked: { url: string; headers: Record<string, unknown> }[] = [];
let cardStatus: number[] = [];
const sent: Webhook[] = [];
const clock = { ahead: 0 };

const listen = async (one: Server): Promise<string> => {
  await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(one.address() as AddressInfo).port}`;
};

beforeAll(async () => {
  worker = createServer((request, reply) => {
    asked.push({ url: request.url ?? '', headers: request.headers });
    reply.statusCode = cardStatus.shift() ?? 200;
    reply.end('{"ok":true}');
  });
  const workerOrigin = await listen(worker);
  parts = createCore({ seed: 3, workerOrigin, now: () => Date.now() + clock.ahead });
  vendor = createHubspot(parts.core);
  parts.core.deliver = (webhook) => {
    sent.push(webhook);
  };
  // The client speaks plain HTTP to one address; the vendor sees its real name.
  server = createServer(
    serveNode((request) => {
      const url = new URL(request.url);
      return vendor.handle(
        new Request(
          `https://api.hubapi.com${url.pathname}${url.search}`,
          request.body === null
            ? { method: request.method, headers: request.headers }
            : ({ method: request.method, headers: request.headers, body: request.body, duplex: 'half' } as RequestInit),
        ),
      );
    }, 'http'),
  );
  base = await listen(server);
});
afterAll(() => {
  for (const one of [server, worker]) {
    one.closeAllConnections();
    one.close();
  }
});

const REDIRECT = 'https://api.inlay.test/v1/connections/hubspot/callback';
async function connect(scope = SCOPES): Promise<{ client: Client; refreshToken: string }> {
  const query = new URLSearchParams({
    client_id: CLIENT_ID,
    scope,
    redirect_uri: REDIRECT,
    state: 's',
    portal: '4242',
  });
  const redirect = await vendor.handle(new Request(`https://app.hubspot.com/oauth/authorize?${query}`));
  const code = new URL(redirect?.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const client = new Client({ basePath: base, numberOfApiCallRetries: 0 });
  const tokens = await client.oauth.tokensApi.create('authorization_code', code, REDIRECT, CLIENT_ID, CLIENT_SECRET);
  client.setAccessToken(tokens.accessToken);
  return { client, refreshToken: tokens.refreshToken };
}

const statusOf = async (call: Promise<unknown>): Promise<number> =>
  call.then(
    () => 200,
    (error: { code?: number }) => error.code ?? 0,
  );

test('OAuth: code exchange, then refresh keeps the refresh token', async () => {
  const { client, refreshToken } = await connect();
  const again = await client.oauth.tokensApi.create('refresh_token', undefined, undefined, CLIENT_ID, CLIENT_SECRET, refreshToken);
  expect(again).toMatchObject({ refreshToken, expiresIn: 1800, tokenType: 'bearer' });
  expect(await statusOf(client.oauth.tokensApi.create('refresh_token', undefined, undefined, CLIENT_ID, 'wrong', refreshToken))).toBe(400);
});

test('upsert by e-mail creates once and says so, then updates', async () => {
  const { client } = await connect();
  const upsert = (city: string) =>
    client.crm.contacts.batchApi.upsert({
      inputs: [{ idProperty: 'email', id: 'Lead-90@example.com', properties: { email: 'Lead-90@example.com', city } }],
    });
  const [first, second] = [await upsert('Lyon'), await upsert('Nice')];
  expect((first.results[0] as { _new: boolean })._new).toBe(true);
  expect((second.results[0] as { _new: boolean })._new).toBe(false);
  expect(second.results[0]).toMatchObject({ id: first.results[0]?.id, properties: { city: 'Nice', email: 'lead-90@example.com' } });
});

test('a taken e-mail is a 409 that names the contact', async () => {
  const { client } = await connect();
  const made = await client.crm.contacts.basicApi.create({ properties: { email: 'lead-91@example.com' }, associations: [] });
  const error = (await client.crm.contacts.basicApi
    .create({ properties: { email: 'LEAD-91@example.com' }, associations: [] })
    .catch((caught: unknown) => caught)) as { code: number; body: { message: string; category: string } };
  expect(error).toMatchObject({ code: 409, body: { category: 'CONFLICT', message: `Contact already exists. Existing ID: ${made.id}` } });
});

test('search finds by filter, after the index has caught up', async () => {
  const { client } = await connect();
  parts.core.faults.set({ ...noFaults(), searchLagMs: 60_000 });
  await client.crm.contacts.basicApi.create({ properties: { email: 'lead-92@example.com', firstname: 'Lead' }, associations: [] });
  const find = () =>
    client.crm.contacts.searchApi.doSearch({
      filterGroups: [{ filters: [{ propertyName: 'email', operator: 'EQ' as never, value: 'lead-92@example.com' }] }],
      limit: 5,
      properties: ['email'],
      sorts: [],
      after: '0',
    });
  expect((await find()).total).toBe(0);
  parts.core.faults.set(noFaults());
  expect(await find()).toMatchObject({ total: 1, results: [{ properties: { email: 'lead-92@example.com' } }] });
});

test('a deal belongs to a contact; a default association may be made twice', async () => {
  const { client } = await connect();
  const contact = await client.crm.contacts.basicApi.create({ properties: { email: 'lead-93@example.com' }, associations: [] });
  const deal = await client.crm.deals.basicApi.create({
    properties: { dealname: 'Deal 93', amount: '120.50', dealstage: 'closedwon' },
    associations: [],
  });
  for (let n = 0; n < 2; n += 1) await client.crm.associations.v4.basicApi.createDefault('deals', deal.id, 'contacts', contact.id);
  const page = await client.crm.associations.v4.basicApi.getPage('contacts', contact.id, 'deals');
  expect(page.results.map(({ toObjectId }) => String(toObjectId))).toEqual([deal.id]);
});

test('dated paths read what numbered paths wrote', async () => {
  const { client } = await connect();
  const made = await client.crm.contacts.basicApi.create({ properties: { email: 'lead-94@example.com' }, associations: [] });
  const token = vendor.store.grants.at(-1)?.accessToken ?? '';
  const read = (path: string) => fetch(`${base}${path}`, { headers: { authorization: `Bearer ${token}` } });
  const dated = await read(`/crm/objects/2026-09/contacts/${made.id}`);
  expect(await dated.json()).toMatchObject({ id: made.id, properties: { email: 'lead-94@example.com' } });
  expect(dated.headers.get('x-hubspot-ratelimit-max')).toBe('110');
  expect((await read(`/crm/objects/2025-01/contacts/${made.id}`)).status).toBe(404);
});

test('refusals: throttle with its policy, missing scope, expired token', async () => {
  const { client } = await connect();
  parts.core.faults.set({ ...noFaults(), throttle: 1 });
  const throttled = (await client.crm.contacts.basicApi.getPage(1).catch((caught: unknown) => caught)) as {
    code: number;
    body: { policyName: string };
  };
  parts.core.faults.set(noFaults());
  expect(throttled).toMatchObject({ code: 429, body: { policyName: 'TEN_SECONDLY_ROLLING' } });
  const { client: poor } = await connect('oauth crm.objects.contacts.read');
  expect(await statusOf(poor.crm.deals.basicApi.getPage(1))).toBe(403);
  clock.ahead = 1_801_000;
  expect(await statusOf(client.crm.contacts.basicApi.getPage(1))).toBe(401);
  clock.ahead = 0;
});

test('webhooks: an array whose v3 signature the official client accepts, and refuses when a byte differs', async () => {
  // What the tests before set off is still being gathered.
  await new Promise((resolve) => setTimeout(resolve, 60));
  sent.length = 0;
  await vendor.control('POST', 'contacts', { email: 'lead-95@example.com', firstname: 'Lead' });
  await expect.poll(() => sent.length).toBe(1);
  const { headers, body, url } = sent[0] as Webhook;
  const check = (requestBody: string) =>
    Signature.isValid({
      signatureVersion: 'v3',
      method: 'POST',
      url,
      requestBody,
      clientSecret: CLIENT_SECRET,
      signature: headers['X-HubSpot-Signature-v3'] ?? '',
      timestamp: Number(headers['X-HubSpot-Request-Timestamp']),
    });
  expect(check(body)).toBe(true);
  expect(check(body.replace('lead-95', 'lead-96'))).toBe(false);
  expect((JSON.parse(body) as { subscriptionType: string }[]).map(({ subscriptionType }) => subscriptionType)).toEqual([
    'contact.creation',
    'contact.propertyChange',
    'contact.propertyChange',
  ]);
});

test('a card request is signed over its full address and repeated once on 5xx', async () => {
  asked.length = 0;
  cardStatus = [503, 200];
  const answer = (await vendor.control('POST', 'card', { url: 'https://api.inlay.test/v1/hubspot/card?objectId=101' })) as {
    status: number;
    attempts: number;
  };
  expect(answer).toMatchObject({ status: 200, attempts: 2 });
  const { url, headers } = asked[1] as (typeof asked)[number];
  expect(new URL(url, 'http://x').searchParams.get('portalId')).toBe('4242');
  expect(
    Signature.isValid({
      signatureVersion: 'v3',
      method: 'GET',
      url: `https://api.inlay.test${url}`,
      requestBody: '',
      clientSecret: CLIENT_SECRET,
      signature: String(headers['x-hubspot-signature-v3']),
      timestamp: Number(headers['x-hubspot-request-timestamp']),
    }),
  ).toBe(true);
});

test('batch: a refused input leaves the others done (207)', async () => {
  await connect();
  const token = vendor.store.grants.at(-1)?.accessToken ?? '';
  const inputs = [
    { objectWriteTraceId: 'a', properties: { email: 'lead-97@example.com' } },
    { objectWriteTraceId: 'b', properties: { email: 'lead-97@example.com' } },
    { objectWriteTraceId: 'c', properties: { nonsense: '1' } },
  ];
  const answer = await fetch(`${base}/crm/objects/2026-03/contacts/batch/create`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ inputs }),
  });
  expect(answer.status).toBe(207);
  expect(await answer.json()).toMatchObject({
    results: [{ objectWriteTraceId: 'a' }],
    numErrors: 2,
    errors: [{ category: 'CONFLICT', context: { objectWriteTraceId: ['b'] } }, { category: 'VALIDATION_ERROR' }],
  });
});
