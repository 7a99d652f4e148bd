import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as identity from '#shared/contracts/identity.ts';
import * as embeds from '#shared/contracts/embeds.ts';
import * as revenue from '#shared/contracts/revenue.ts';
import { defaultFaultPlan, noFaults } from '../../sandbox/index.ts';
import { pageTokenPlace, tokenPlace } from '../domains/connections/places.ts';
import { connectPortal, connectShop, deliver, SHOP_SECRET } from './connect-shop.ts';
import { startWorker, type TestWorker } from './harness.ts';
import { approve, draftLaunch, rest } from './launch-kit.ts';
import { nodeContext } from './node-context.ts';

const SHOP = 'inlay-demo.myshopify.com';
const PASSWORD = 'a password nobody else has';
/** A lead and a buyer, in the spellings they type and in those we match by. */
const PERSONAL = [
  'lead-4711@example.com',
  'buyer-0815@example.com',
  '612340001',
  '06 12 34 00 01',
  'Leadfirst',
  'Leadlast',
  'Buyerfirst',
  'Buyerlast',
  'Secret Street',
];

const output: string[] = [];
let w: TestWorker;
beforeAll(async () => {
  w = await startWorker({ demo: true, cronEverySeconds: 2, onOutput: (text) => output.push(text) });
});
afterAll(() => w.stop());

/** Every row of every table as text. */
async function dump(): Promise<{ table: string; text: string }[]> {
  const { rows } = await w.db.query<{ table: string }>(
    `select c.relname as table from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p')`,
  );
  const tables = [];
  for (const { table } of rows)
    tables.push({
      table,
      text: (await w.db.query<{ text: string | null }>(`select string_agg(t::text, E'\\n') as text from "${table}" t`)).rows[0]?.text ?? '',
    });
  return tables;
}

test('after everything has happened once, in bad weather too, no token, password or personal word lies in the database or in the logs', async () => {
  const { member, launch } = await draftLaunch(w, { adSets: 1, concepts: 1 });
  const mailbox = `owner-${randomBytes(4).toString('hex')}@example.com`;
  const send = (path: string, body: object, cookie = '') =>
    fetch(w.origin + path, { method: 'POST', headers: { 'content-type': 'application/json', cookie }, body: JSON.stringify(body) });
  const asked = await send('/v1/auth/sign-up', { email: mailbox, password: PASSWORD, name: 'Owner', organizationName: 'O' });
  const browser = /inlay_sign_up=[^;]+/.exec(asked.headers.get('set-cookie') ?? '')?.[0] as string;
  const link = await w.linkFromMail(mailbox);
  const opened = await send('/v1/auth/sign-up/confirm', { token: link }, browser);
  const refreshToken = /inlay_refresh=([^;]+)/.exec(opened.headers.get('set-cookie') ?? '')?.[1] as string;
  const renewed = await w.api.call(identity.refresh, { body: { refreshToken, retryId: randomBytes(16).toString('hex') } });
  await fetch(`${w.origin}/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: mailbox, password: `${PASSWORD} but wrong` }),
  });
  await fetch(`${w.origin}/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"email":"${mailbox}","password":"${PASSWORD}`,
  });

  await connectShop(w, member, SHOP);
  await connectPortal(w, member, 4242);
  w.sandbox.setFaults(defaultFaultPlan(3));
  await approve(member, launch);
  const leadId = w.sandbox.meta.addLead({
    formId: '108000000000001',
    adId: '120300000000001',
    fields: { email: PERSONAL[0] as string, full_name: 'Leadfirst Leadlast', phone_number: '06 12 34 00 01' },
  });
  const buyer = {
    first_name: 'Buyerfirst',
    last_name: 'Buyerlast',
    address1: '1 Secret Street',
    city: 'Paris',
    country_code: 'FR',
    phone: '+33612340001',
  };
  const body = {
    id: 990_001,
    name: '#990001',
    currency: 'EUR',
    created_at: '2026-11-01T10:00:00+01:00',
    updated_at: '2026-11-01T10:00:00+01:00',
    financial_status: 'paid',
    test: false,
    taxes_included: false,
    email: PERSONAL[1],
    phone: '+33612340001',
    customer: { id: 990_002, email: PERSONAL[1], ...buyer },
    billing_address: buyer,
    shipping_address: buyer,
    note: `ring twice for ${PERSONAL[1]}`,
    line_items: [{ id: 1, title: 'Lamp', price: '100.00', quantity: 1, discount_allocations: [], tax_lines: [] }],
    refunds: [],
  };
  expect((await deliver(w, SHOP, 'orders/create', body)).status).toBe(200);
  await deliver(w, SHOP, 'orders/create', { ...body, id: 'not an order', line_items: null });
  await deliver(w, SHOP, 'orders/create', body, { secret: 'forged' });
  await w.until(
    'lead and order',
    async () =>
      (
        await w.db.query(`select 1 from leads where source_lead_id = $1 union all select 1 from orders where source_order_id = '990001'`, [
          leadId,
        ])
      ).rowCount === 2,
    30_000,
  );
  await rest(w, member, launch, ['verified'], 40_000);
  w.sandbox.setFaults({ ...noFaults(), dead: true });
  await member.fetch('/v1/lead-card?portalId=4242&contactId=1');
  await member.fetch(`/v1/leads?cursor=${PERSONAL[0]}&search=${PERSONAL[0]}`);
  w.sandbox.setFaults(noFaults());
  const key = await member.api.call(embeds.createEmbedKey, { body: { kind: 'lead-roas', origin: 'https://page.example.com' } });
  const minted = await fetch(`${w.origin}/v1/embeds/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://page.example.com' },
    body: JSON.stringify({ key: key.publicKey, jkt: 'a'.repeat(43), subject: '1' }),
  });
  const { token: embedToken } = (await minted.json()) as { token: string };
  // The owner reads them in clear, so they are here, sealed.
  expect(JSON.stringify((await member.api.call(revenue.listLeads, { query: {} })).leads)).toContain('Leadlast');

  const node = await nodeContext(w, member.organizationId);
  const box = await node.box();
  const { rows: connections } = await w.db.query<{ id: string; access_token: string | null; refresh_token: string | null }>(
    'select id, access_token, refresh_token from connections where organization_id = $1',
    [member.organizationId],
  );
  const { rows: pages } = await w.db.query<{ external_id: string; access_token: string }>(
    'select external_id, access_token from pages where organization_id = $1',
    [member.organizationId],
  );
  const tokens = await Promise.all([
    ...connections.flatMap((row) => [
      ...(row.access_token === null ? [] : [box.unseal(tokenPlace(member.organizationId, 'access_token', row.id), row.access_token)]),
      ...(row.refresh_token === null ? [] : [box.unseal(tokenPlace(member.organizationId, 'refresh_token', row.id), row.refresh_token)]),
    ]),
    ...pages.map((page) => box.unseal(pageTokenPlace(member.organizationId, page.external_id), page.access_token)),
  ]);
  await node.close();
  expect(tokens.length).toBeGreaterThan(4);

  const secrets = [
    ...tokens,
    ...PERSONAL,
    PASSWORD,
    refreshToken,
    renewed.refreshToken as string,
    link,
    browser.slice('inlay_sign_up='.length),
    renewed.accessToken,
    member.token,
    embedToken,
    SHOP_SECRET,
    'sandbox-meta-secret',
    'sandbox-hubspot-secret',
  ];
  const found: string[] = [];
  const isEmpty = (table: string) => !places.some((one) => one.table === table && one.text !== '');
  const places = [...(await dump()), { table: 'the logs', text: output.join('') }];
  for (const { table, text } of places) {
    const lower = text.toLowerCase();
    for (const secret of secrets) if (lower.includes(secret.toLowerCase())) found.push(`${table}: ${secret.slice(0, 30)}`);
  }
  if (output.join('').includes(mailbox)) found.push('the logs: the address of a user');
  expect(output.join('').length).toBeGreaterThan(5_000);
  // A dump of nothing would hold no secret either.
  expect(
    ['leads', 'orders', 'person_keys', 'sessions', 'launch_attempts', 'outbox', 'audit_log', 'connections', 'pages'].filter(isEmpty),
  ).toEqual([]);
  expect(found).toEqual([]);
}, 120_000);
