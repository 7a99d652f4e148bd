import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { syncAdAccount } from '#shared/contracts/connections.ts';
import * as contracts from '#shared/contracts/revenue.ts';
import type { ApiError } from '#shared/api-client/create-api-client.ts';
import { defaultFaultPlan, noFaults } from '../../../sandbox/index.ts';
import { connectMeta } from '../../testing/connect-meta.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';

const FORM = '108000000000001';
const AD = '120300000000001';

let w: TestWorker;
let member: Member;
beforeAll(async () => {
  w = await startWorker({ demo: true });
  w.sandbox.meta.addLead({
    formId: FORM,
    adId: AD,
    fields: { email: 'early@example.com', full_name: 'Early lead' },
    createdTime: new Date(Date.now() - 10 * 86_400_000).toISOString(),
  });
  member = await w.signUp({ timezone: 'Europe/Paris' });
  await connectMeta(w, member);
});
afterAll(() => w.stop());

const refusal = (call: Promise<unknown>) =>
  call.then(
    () => {
      throw new Error('was not refused');
    },
    (error: unknown) => (error as ApiError).problem,
  );
const rowsOf = async (organizationId: string) =>
  (await w.db.query('select * from leads where organization_id = $1 order by submitted_at, id', [organizationId])).rows;
const arrived = (sourceLeadId: string) =>
  w.until(
    `lead ${sourceLeadId} is here`,
    async () => (await rowsOf(member.organizationId)).find((row) => row.source_lead_id === sourceLeadId),
    20_000,
  );

test('on connect the source is read back, and its leads are marked', async () => {
  const row = await w.until('the back-fill', async () => (await rowsOf(member.organizationId))[0]);
  expect(row).toMatchObject({ backfilled: true, is_test: false, ad_external_id: AD, form_name: 'Demo lead form', stage: 'raw' });
});

test('a lead arrives by webhook with its ad, person and touch; its answers lie sealed and are read by those who may', async () => {
  const id = w.sandbox.meta.addLead({
    formId: FORM,
    adId: AD,
    fields: { email: 'Lead-17@example.com', full_name: 'Lead seventeen', phone_number: '06 12 34 56 78' },
  });
  const row = await arrived(id);
  const oracle = w.sandbox.meta.objects().find((object) => object.id === AD);
  expect(row).toMatchObject({
    backfilled: false,
    ad_external_id: AD,
    ad_set_external_id: oracle?.fields['adset_id'],
    campaign_external_id: oracle?.fields['campaign_id'],
    form_name: 'Demo lead form',
  });
  expect(JSON.stringify(row)).not.toMatch(/seventeen|Lead-17|612345678/i);
  const { rows: keys } = await w.db.query('select kind from person_keys where person_id = $1 order by kind', [row.person_id]);
  expect(keys.map((key) => key.kind)).toEqual(['email', 'meta_lead', 'phone']);
  const { rows: touches } = await w.db.query('select kind, ad_external_id, occurred_at from touches where person_id = $1', [row.person_id]);
  expect(touches).toEqual([{ kind: 'lead_form', ad_external_id: AD, occurred_at: row.submitted_at }]);
  const { leads } = await member.api.call(contracts.listLeads, { query: {} });
  expect(leads.find((lead) => lead.id === row.id)).toMatchObject({
    contact: { email: 'Lead-17@example.com', full_name: 'Lead seventeen', phone_number: '06 12 34 56 78' },
    ad: { id: AD, name: oracle?.name },
    formName: 'Demo lead form',
    orders: 0,
    netMinor: null,
    currency: null,
  });
});

test('duplicated and reordered deliveries add nothing; several leads of one person are one person', async () => {
  w.sandbox.setFaults({ ...noFaults(5), webhooks: { duplicate: 1, reorderWindow: 5, dropShare: 0, delayMs: 20 } });
  const ids = Array.from({ length: 8 }, (_, n) =>
    w.sandbox.meta.addLead({ formId: FORM, adId: AD, fields: { email: n < 4 ? 'same@example.com' : `other-${n}@example.com` } }),
  );
  const rows = [];
  for (const id of ids) rows.push(await arrived(id));
  await w.sandbox.webhooksIdle();
  w.sandbox.setFaults(noFaults());
  expect(new Set(rows.slice(0, 4).map((row) => row.person_id)).size).toBe(1);
  expect(new Set(rows.map((row) => row.person_id)).size).toBe(5);
  const all = await rowsOf(member.organizationId);
  expect(new Set(all.map((row) => row.source_lead_id)).size).toBe(all.length);
  expect(
    (await w.db.query(`select source from touches where organization_id = $1 group by source having count(*) > 1`, [member.organizationId]))
      .rowCount,
  ).toBe(0);
});

test('under the default faults every lead arrives, each once', async () => {
  w.sandbox.setFaults(defaultFaultPlan(21));
  const ids = Array.from({ length: 40 }, (_, n) =>
    w.sandbox.meta.addLead({ formId: FORM, adId: AD, fields: { email: `storm-${n}@example.com` } }),
  );
  await w.sandbox.webhooksIdle();
  for (const id of ids) await arrived(id);
  w.sandbox.setFaults(noFaults());
  const rows = (await rowsOf(member.organizationId)).filter((row) => ids.includes(row.source_lead_id));
  expect(rows).toHaveLength(40);
  expect(new Set(rows.map((row) => row.person_id)).size).toBe(40);
}, 60_000);

test('a test lead and an organic lead: the first has no person, the second no ad', async () => {
  const isTest = await arrived(
    w.sandbox.meta.addLead({ formId: FORM, fields: { email: '<test lead: dummy data for email>' }, isTest: true }),
  );
  expect(isTest).toMatchObject({ is_test: true, person_id: null });
  const organic = await arrived(w.sandbox.meta.addLead({ formId: FORM, fields: { email: 'organic@example.com' } }));
  expect(organic).toMatchObject({ is_test: false, ad_external_id: null });
  expect((await w.db.query('select kind from touches where person_id = $1', [organic.person_id])).rows).toEqual([{ kind: 'organic' }]);
});

test('a lead of an ad that could not be placed is kept, and placed by the next read of its account; its buyer is worked out again', async () => {
  const row = await arrived(w.sandbox.meta.addLead({ formId: FORM, adId: AD, fields: { email: 'unplaced@example.com' } }));
  const forget = 'account_id = null, ad_set_external_id = null, campaign_external_id = null';
  await w.db.query(`update leads set ${forget} where id = $1`, [row.id]);
  await w.db.query(`update touches set ${forget} where person_id = $1`, [row.person_id]);
  await w.db.query(
    `insert into orders (id, organization_id, source, shop, source_order_id, name, source_updated_at, currency, gross_minor, net_minor, lines, discount_codes, attributes, is_test, financial_status, person_id, placed_at)
    values ('ord_unplaced', $1, 'shopify', 's', '1', '1', now(), 'EUR', 0, 0, '[]', '[]', '{}', false, 'paid', $2, now())`,
    [member.organizationId, row.person_id],
  );
  await member.api.call(syncAdAccount, { params: { id: row.account_id } });
  expect(
    await w.until('the lead is placed', async () =>
      (await rowsOf(member.organizationId)).find((one) => one.id === row.id && one.account_id !== null),
    ),
  ).toMatchObject({ account_id: row.account_id, campaign_external_id: row.campaign_external_id });
  expect((await w.db.query('select account_id from touches where person_id = $1', [row.person_id])).rows).toEqual([
    { account_id: row.account_id },
  ]);
  expect(
    (await w.db.query(`select input from outbox where organization_id = $1 and job = 'attribute-person'`, [member.organizationId])).rows,
  ).toEqual([{ input: { personId: row.person_id } }]);
});

test('what no webhook brought is fetched by the hourly reconciliation', async () => {
  w.sandbox.setFaults({ ...noFaults(6), webhooks: { duplicate: 0, reorderWindow: 1, dropShare: 1, delayMs: 0 } });
  const ids = [1, 2, 3].map((n) => w.sandbox.meta.addLead({ formId: FORM, adId: AD, fields: { email: `lost-${n}@example.com` } }));
  await w.sandbox.webhooksIdle();
  w.sandbox.setFaults(noFaults());
  expect((await rowsOf(member.organizationId)).filter((row) => ids.includes(row.source_lead_id))).toEqual([]);
  await w.runCron(new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000));
  for (const id of ids) expect(await arrived(id)).toMatchObject({ backfilled: false });
});

test('Postgres away during intake: the sender gets its 200 and the lead is here when Postgres is', async () => {
  const {
    rows: [{ name }],
  } = await w.db.query('select current_database() as name');
  const admin = new pg.Client({ connectionString: inject('postgresUrl') });
  await admin.connect();
  await admin.query(`alter database ${name} allow_connections false`);
  await w.db.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()', [name]);
  const id = w.sandbox.meta.addLead({ formId: FORM, adId: AD, fields: { email: 'patient@example.com' } });
  await w.sandbox.webhooksIdle();
  expect(w.sandbox.deliveries.at(-1)?.answers).toEqual([200]);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect((await rowsOf(member.organizationId)).some((row) => row.source_lead_id === id)).toBe(false);
  await admin.query(`alter database ${name} allow_connections true`);
  await admin.end();
  await arrived(id);
});

test('stages move, pages follow one another without gap or repeat, bad cursors are refused', async () => {
  const { leads: all } = await member.api.call(contracts.listLeads, { query: { pageSize: 200 } });
  const paged: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await member.api.call(contracts.listLeads, { query: { pageSize: 3, ...(cursor ? { cursor } : {}) } });
    paged.push(...page.leads.map((lead) => lead.id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(paged).toEqual(all.map((lead) => lead.id));
  const [first] = all;
  if (!first) throw new Error('no leads');
  expect(await member.api.call(contracts.updateLead, { params: { id: first.id }, body: { stage: 'qualified' } })).toEqual({
    ...first,
    stage: 'qualified',
  });
  expect((await member.api.call(contracts.listLeads, { query: { stage: 'qualified' } })).leads.map((lead) => lead.id)).toEqual([first.id]);
  expect(await refusal(member.api.call(contracts.listLeads, { query: { cursor: '!!' } }))).toMatchObject({ status: 422 });
});

test('another organization sees none of it, and a role without the right is told so', async () => {
  const other = await w.signUp();
  const [lead] = (await member.api.call(contracts.listLeads, { query: {} })).leads;
  if (!lead) throw new Error('no leads');
  expect((await other.api.call(contracts.listLeads, { query: {} })).leads).toEqual([]);
  const foreign = await refusal(other.api.call(contracts.updateLead, { params: { id: lead.id }, body: { stage: 'junk' } }));
  const missing = await refusal(
    other.api.call(contracts.updateLead, { params: { id: 'led_00000000000000000000000000' }, body: { stage: 'junk' } }),
  );
  expect({ ...foreign, requestId: '' }).toEqual({ ...missing, requestId: '' });
  expect(foreign).toMatchObject({ status: 404 });
  await w.db.query(`update memberships set role = 'client' where user_id = $1`, [other.userId]);
  expect(await refusal(other.api.call(contracts.listLeads, { query: {} }))).toMatchObject({ status: 403, code: 'not_allowed' });
});

test('a back-fill of more leads than one run may store goes on until it has them all', async () => {
  const late = await w.signUp();
  w.sandbox.setFaults({ ...noFaults(7), webhooks: { duplicate: 0, reorderWindow: 1, dropShare: 1, delayMs: 0 } });
  const before = w.sandbox.meta.objects().filter((object) => object.kind === 'lead').length;
  for (let n = 0; n < 430; n++)
    w.sandbox.meta.addLead({
      formId: FORM,
      adId: AD,
      fields: { email: `many-${n}@example.com` },
      createdTime: new Date(Date.now() - (3 + (n % 80)) * 86_400_000).toISOString(),
    });
  await connectMeta(w, late);
  await w.until('all of them', async () => (await rowsOf(late.organizationId)).length === before + 430, 30_000);
}, 60_000);
