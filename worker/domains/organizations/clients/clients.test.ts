import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import pg from 'pg';
import * as connections from '#shared/contracts/connections.ts';
import * as identity from '#shared/contracts/identity.ts';
import * as launches from '#shared/contracts/launches.ts';
import * as metrics from '#shared/contracts/metrics.ts';
import * as contracts from '#shared/contracts/index.ts';
import { addDays, dayOf } from '#shared/rules/day-of.ts';
import { startWorker, type Member, type TestWorker } from '../../../testing/harness.ts';
import { apiWith, problemOf } from '../../../testing/person-api.ts';
import { addPerson, type Person } from '../../../testing/tenancy/add-person.ts';

/** Three accounts of one agency: one each for two clients, the third nobody's. */
const NAMES = ['north', 'south', 'house'] as const;
type Name = (typeof NAMES)[number];
const MISSING = '00000000000000000000000000';
interface Agency {
  w: TestWorker;
  owner: Member;
  clientIds: Record<'north' | 'south', string>;
  logins: Record<'north' | 'south', Person>;
  accountId(name: Name): string;
  externalId(name: Name): string;
  launchId(name: Name): string;
}

let orders = 0;
/** Spend 100 × its place, one order of 1000 × its place by an ad, one lead, one launch with a row, an attempt and an event. */
async function addAccount(w: TestWorker, organizationId: string, name: Name, mark: string): Promise<void> {
  const n = NAMES.indexOf(name) + 1;
  const today = dayOf(Date.now(), 'UTC');
  const [account, external, ad] = [`acc_${name}_${mark}`, `77${n}`, `88${n}`];
  const run = (text: string, values: unknown[]) => w.db.query(text, values);
  await run(
    `insert into ad_accounts (id, organization_id, connection_id, platform, external_id, name, currency, timezone, status, insights_synced_at, insights_from, insights_to)
     values ($1, $2, $3, 'meta', $4, $5, 'EUR', 'UTC', 'active', now(), $6, $7)`,
    [account, organizationId, `con_meta_${mark}`, external, name, addDays(today, -95), today],
  );
  for (const [kind, id] of [
    ['campaign', `${ad}1`],
    ['ad_set', `${ad}2`],
    ['ad', ad],
  ])
    await run(
      `insert into ad_entities (organization_id, account_id, external_id, kind, campaign_external_id, ad_set_external_id, name, status, status_raw, synced_at)
       values ($1, $2, $3, $4, $5, $6, $7, 'active', 'ACTIVE', now())`,
      [organizationId, account, id, kind, `${ad}1`, `${ad}2`, `${name} ${kind}`],
    );
  await run(
    `insert into ad_days (organization_id, account_id, ad_external_id, ad_set_external_id, campaign_external_id, day, spend_minor, impressions, clicks, synced_at)
     values ($1, $2, $3, $4, $5, $6, $7, 10, 1, now())`,
    [organizationId, account, ad, `${ad}2`, `${ad}1`, today, 100 * n],
  );
  const person = `per_${name}_${mark}`;
  await run('insert into people (id, organization_id) values ($1, $2)', [person, organizationId]);
  await run(
    `insert into leads (id, organization_id, source, source_lead_id, account_id, ad_external_id, ad_set_external_id, campaign_external_id, person_id, contact, submitted_at)
     values ($1, $2, 'meta', $1, $3, $4, $5, $6, $7, 'sealed', now())`,
    [`led_${name}_${mark}`, organizationId, account, ad, `${ad}2`, `${ad}1`, person],
  );
  await w.db.query('begin');
  for (const share of ['paid', 'unmatched']) {
    const order = `ord_${++orders}_${mark}`;
    await run(
      `insert into orders (id, organization_id, source, shop, source_order_id, name, source_updated_at, currency, gross_minor, net_minor, lines, discount_codes, attributes, is_test, financial_status, person_id, placed_at)
       values ($1, $2, 'shopify', 's', $1, $1, now(), 'EUR', $3, $3, '[]', '[]', '{}', false, 'paid', $4, now())`,
      [order, organizationId, 1000 * n, person],
    );
    const isPaid = share === 'paid';
    await run(
      `insert into credits (id, organization_id, order_id, model, share, account_id, ad_external_id, ad_set_external_id, campaign_external_id, amount_minor, currency, touch_day, cash_day)
       values ($1, $2, $3, 'last', $4, $5, $6, $7, $8, $9, 'EUR', $10, $11)`,
      [
        `crd_${order}`,
        organizationId,
        order,
        share,
        isPaid ? account : null,
        isPaid ? ad : null,
        isPaid ? `${ad}2` : null,
        isPaid ? `${ad}1` : null,
        1000 * n,
        isPaid ? today : null,
        today,
      ],
    );
  }
  await w.db.query('commit');
  const launch = `lch_${name}_${mark}`;
  await run(
    `insert into launches (id, organization_id, account_id, name, plan, plan_hash, state, currency, cap_minor, created_by) values ($1, $2, $3, $4, '{}', 'h', 'draft', 'EUR', 1, 'usr_x')`,
    [launch, organizationId, account, `${name} launch`],
  );
  await run(
    `insert into launch_items (id, organization_id, launch_id, account_id, kind, item_path, position, depends_on, name, spec, spec_hash, client_token, state)
     values ($1, $2, $3, $4, 'media', 'c', 0, '[]', $5, '{}', 'h', $1, 'PLANNED')`,
    [`itm_${name}_${mark}`, organizationId, launch, account, `${name} campaign`],
  );
  await run(`insert into launch_attempts (item_id, n, organization_id, request_hash, sent_at) values ($1, 1, $2, 'h', now())`, [
    `itm_${name}_${mark}`,
    organizationId,
  ]);
  await run(`insert into launch_events (id, organization_id, launch_id, kind) values ($1, $2, $3, 'note')`, [
    `evt_${name}_${mark}`,
    organizationId,
    launch,
  ]);
}

async function foundAgency(w: TestWorker): Promise<Agency> {
  const owner = await w.signUp({ timezone: 'UTC' });
  const mark = owner.organizationId.slice(-8);
  for (const provider of ['meta', 'shopify'])
    await w.db.query(
      `insert into connections (id, organization_id, provider, external_id, display_name, status, scopes, issued_at, records_from)
       values ($1, $2, $3, $1, $3, 'active', '[]', now(), now() - interval '200 days')`,
      [`con_${provider}_${mark}`, owner.organizationId, provider],
    );
  await w.db.query(
    `insert into pages (organization_id, connection_id, external_id, name, access_token) values ($1, $2, '55', 'A page', 'sealed')`,
    [owner.organizationId, `con_meta_${mark}`],
  );
  for (const name of NAMES) await addAccount(w, owner.organizationId, name, mark);
  const accountId = (name: Name) => `acc_${name}_${mark}`;
  const found = async (name: 'north' | 'south') =>
    (await owner.api.call(contracts.clients.createClient, { body: { name, colour: '#1a2b3c', accountIds: [accountId(name)] } })).id;
  const clientIds = { north: await found('north'), south: await found('south') };
  const login = (name: 'north' | 'south') =>
    addPerson(w, { organizationId: owner.organizationId, role: 'client', clientId: clientIds[name] });
  return {
    w,
    owner,
    clientIds,
    logins: { north: await login('north'), south: await login('south') },
    accountId,
    externalId: (name) => `77${NAMES.indexOf(name) + 1}`,
    launchId: (name) => `lch_${name}_${mark}`,
  };
}

/** Everything a login can read of one account, or the answer it got instead. */
async function look(agency: Agency, token: string, accountId: string, externalId: string, launchId: string) {
  const api = apiWith(agency.w, token);
  const get = async (path: string) => {
    const response = await fetch(agency.w.origin + path, { headers: { authorization: `Bearer ${token}` } });
    const body = path.endsWith('/events') ? await response.body?.cancel() : await response.json();
    return response.ok ? 'seen' : [response.status, (body as { detail: string } | undefined)?.detail];
  };
  const body = {
    platform: 'meta' as const,
    accountExternalId: externalId,
    level: 'ad' as const,
    ids: [externalId.replace('77', '88')],
    withTotals: true,
  };
  const { account, answers, totals } = await api.call(metrics.lookUpMetrics, { body });
  return {
    lookUp: {
      account: account?.name ?? null,
      answers: answers.map((one) => ('figure' in one ? one.figure.revenueMinor : one.blank)),
      totals,
    },
    insights: await api.call(metrics.listInsights, { query: { accountId } }).then(
      ({ totals: all, rows, series }) => ({
        all,
        rows: rows.map((row) => row.name),
        days: series.map((day) => day.revenueMinor ?? 0).reduce((a, b) => a + b, 0),
      }),
      (error: { problem: { status: number; detail: string } }) => [error.problem.status, error.problem.detail],
    ),
    pages: await get(`/v1/ad-accounts/${accountId}/pages`),
    launch: await get(`/v1/launches/${launchId}`),
    items: await get(`/v1/launches/${launchId}/items`),
    receipts: await get(`/v1/launches/${launchId}/receipts`),
    events: await get(`/v1/launches/${launchId}/events`),
  };
}

/** What a client's login sees and does not see, whichever wall holds it. */
async function expectOwnOnly(agency: Agency, name: 'north' | 'south'): Promise<void> {
  const { token } = agency.logins[name];
  const api = apiWith(agency.w, token);
  const n = NAMES.indexOf(name) + 1;
  expect((await api.call(connections.listAdAccounts, {})).adAccounts.map((account) => account.name)).toEqual([name]);
  expect((await api.call(launches.listLaunches, { query: {} })).launches.map((launch) => launch.name)).toEqual([`${name} launch`]);
  const own = await look(agency, token, agency.accountId(name), agency.externalId(name), agency.launchId(name));
  const untold = { allRevenueMinor: null, paidMinor: null, unpaidMinor: null, unmatchedMinor: null, unmatchedPermille: null };
  expect(own).toMatchObject({
    lookUp: {
      account: name,
      answers: [1000 * n],
      totals: { figure: { spendMinor: 100 * n, revenueMinor: 1000 * n, leads: 1, orders: 1 }, ...untold },
    },
    insights: { all: { figure: { spendMinor: 100 * n, revenueMinor: 1000 * n }, ...untold }, rows: [`${name} campaign`], days: 1000 * n },
    pages: 'seen',
    launch: 'seen',
    items: 'seen',
    receipts: 'seen',
    events: 'seen',
  });
  const missing = await look(agency, token, `acc_${MISSING}`, '779', `lch_${MISSING}`);
  expect(missing.insights).toEqual([404, expect.any(String)]);
  for (const other of NAMES.filter((one) => one !== name))
    expect(await look(agency, token, agency.accountId(other), agency.externalId(other), agency.launchId(other)), other).toEqual(missing);
}

describe('two clients of one agency', () => {
  let agency: Agency;
  beforeAll(async () => {
    agency = await foundAgency(await startWorker());
  });
  afterAll(() => agency.w.stop());

  test("each login sees exactly its own accounts' figures and launches; another's answer as missing ones do", async () => {
    await expectOwnOnly(agency, 'north');
    await expectOwnOnly(agency, 'south');
  });

  test("how often the agency's figures change, and when its newest order came, is no client's to know", async () => {
    const ask = async (token: string) => {
      const { definition, freshness } = await apiWith(agency.w, token).call(metrics.listInsights, {
        query: { accountId: agency.accountId('north') },
      });
      return { version: definition?.dataVersion, revenueAt: freshness.revenueAt };
    };
    const analyst = await addPerson(agency.w, { organizationId: agency.owner.organizationId, role: 'analyst' });
    const [clientBefore, analystBefore] = [await ask(agency.logins.north.token), await ask(analyst.token)];
    // Another client sells something.
    await agency.w.db.query(
      `insert into data_versions (organization_id, version, revenue_at) values ($1, 41, now() + interval '1 minute')
       on conflict (organization_id) do update set version = data_versions.version + 41, revenue_at = excluded.revenue_at`,
      [agency.owner.organizationId],
    );
    await agency.w.db.query(`update credits set posted_at = now() + interval '1 minute' where account_id = $1`, [
      agency.accountId('south'),
    ]);
    expect(await ask(analyst.token)).not.toEqual(analystBefore);
    expect(await ask(agency.logins.north.token)).toEqual(clientBefore);
    // Its own sale it does see.
    await agency.w.db.query(`update credits set posted_at = now() + interval '2 minutes' where account_id = $1`, [
      agency.accountId('north'),
    ]);
    const after = await ask(agency.logins.north.token);
    expect(after.version).toBeGreaterThan(clientBefore.version as number);
    expect(Date.parse(after.revenueAt as string)).toBeGreaterThan(Date.parse(clientBefore.revenueAt as string));
  });

  test("the agency's people see all of it, with what no touch is known for", async () => {
    const analyst = await addPerson(agency.w, { organizationId: agency.owner.organizationId, role: 'analyst' });
    const api = apiWith(agency.w, analyst.token);
    expect((await api.call(connections.listAdAccounts, {})).adAccounts.map((account) => account.name)).toEqual(['house', 'north', 'south']);
    const { totals } = await api.call(metrics.listInsights, { query: { accountId: agency.accountId('north') } });
    expect(totals).toMatchObject({ figure: { revenueMinor: 1000 }, allRevenueMinor: 12_000, paidMinor: 6000, unmatchedMinor: 6000 });
    expect((await api.call(connections.listPages, { params: { id: agency.accountId('north') } })).pages).toHaveLength(1);
  });

  test('a login knows whose it is, reads nothing of the agency and changes nothing', async () => {
    const { token } = agency.logins.north;
    const api = apiWith(agency.w, token);
    expect((await api.call(identity.getMe, {})).client).toEqual({
      id: agency.clientIds.north,
      name: 'north',
      logo: null,
      colour: '#1a2b3c',
    });
    expect((await api.call(connections.listPages, { params: { id: agency.accountId('north') } })).pages).toEqual([]);
    for (const path of [
      '/v1/members',
      '/v1/invitations',
      '/v1/clients',
      '/v1/connections',
      '/v1/leads',
      '/v1/orders',
      '/v1/audit-log',
      '/v1/support-access',
    ])
      expect((await fetch(agency.w.origin + path, { headers: { authorization: `Bearer ${token}` } })).status, path).toBe(403);
    expect(await problemOf(api.call(contracts.organizations.updateOrganization, { body: { name: 'Mine now' } }))).toMatchObject({
      code: 'not_allowed',
    });
    expect(await problemOf(api.call(launches.dryRunLaunch, { params: { id: agency.launchId('north') } }))).toMatchObject({
      code: 'not_allowed',
    });
  });

  test("the database's wall holds alone: as the Worker's role, a client's setting shows the client's rows and nothing of the agency's", async () => {
    const { organizationId } = agency.owner;
    const {
      rows: [{ database }],
    } = await agency.w.db.query('select current_database() as database');
    const api = new pg.Client({ connectionString: `postgres://inlay_api:inlay_api@127.0.0.1:${inject('postgresPort')}/${database}` });
    await api.connect();
    const rowsSeen = async (clientId: string): Promise<Record<string, number>> => {
      await api.query('begin');
      await api.query(
        `select set_config('app.organization_id', $1, true), set_config('app.client_id', $2, true), set_config('app.user_id', $3, true)`,
        [organizationId, clientId, agency.logins.north.userId],
      );
      const seen: Record<string, number> = {};
      for (const table of [...HELD, ...CLOSED])
        seen[table] = (await api.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n as number;
      await api.query('commit');
      return seen;
    };
    const HELD = [
      'ad_accounts',
      'ad_days',
      'credits',
      'orders',
      'leads',
      'launches',
      'launch_items',
      'launch_attempts',
      'launch_events',
      'clients',
      'client_accounts',
      'memberships',
    ];
    const CLOSED = ['people', 'pages', 'audit_log', 'invitations', 'mails', 'support_grants', 'data_versions', 'data_exports'];
    await agency.owner.api.call(contracts.members.invite, { body: { email: 'somebody@example.com', role: 'analyst' } });
    await agency.owner.api.call(contracts.support.grantSupport, { body: { reason: 'A look', hours: 1 } });
    await agency.w.db.query(
      `insert into data_versions (organization_id, version) values ($1, 1) on conflict (organization_id) do nothing`,
      [organizationId],
    );
    await agency.w.db.query(
      `insert into data_exports (id, organization_id, kind, requested_by, state) values ($1, $2, 'organization', 'usr_x', 'queued')`,
      [`exp_${organizationId}`, organizationId],
    );
    const [whole, north] = [await rowsSeen(''), await rowsSeen(agency.clientIds.north)];
    for (const table of HELD) expect(north[table], table).toBe(1);
    for (const table of CLOSED) expect(north[table], table).toBe(0);
    for (const table of [...HELD, ...CLOSED]) expect(whole[table], table).toBeGreaterThan(north[table] as number);
    await api.query('begin');
    await api.query(`select set_config('app.organization_id', $1, true), set_config('app.client_id', $2, true)`, [
      organizationId,
      agency.clientIds.north,
    ]);
    const rewritten = await api.query('update launches set name = $1 where id = $2', ['theirs', agency.launchId('south')]);
    expect(rewritten.rowCount).toBe(0);
    await api.query('rollback');
    await api.end();
  });

  test('an account belongs to one client; foreign accounts answer like missing ones; the list is replaced whole', async () => {
    const { owner, clientIds, accountId } = agency;
    const change = (id: string, body: Parameters<typeof owner.api.call<typeof contracts.clients.updateClient>>[1]['body']) =>
      owner.api.call(contracts.clients.updateClient, { params: { id }, body });
    expect(await problemOf(change(clientIds.north, { accountIds: [accountId('north'), accountId('south')] }))).toMatchObject({
      code: 'conflict',
      fields: [{ path: 'accountIds.1', message: 'south belongs to south.' }],
    });
    const stranger = await agency.w.signUp();
    const foreign = stranger.organizationId.replace('org', 'acc');
    await agency.w.db.query(
      `insert into connections (id, organization_id, provider, external_id, display_name, status, scopes, issued_at) values ($1, $2, 'meta', 'x', 'x', 'active', '[]', now())`,
      [`con_${foreign}`, stranger.organizationId],
    );
    await agency.w.db.query(
      `insert into ad_accounts (id, organization_id, connection_id, platform, external_id, name, currency, timezone, status) values ($1, $2, $3, 'meta', '9', 'x', 'EUR', 'UTC', 'active')`,
      [foreign, stranger.organizationId, `con_${foreign}`],
    );
    const [theirs, missing] = await Promise.all(
      [foreign, `acc_${MISSING}`].map((one) => problemOf(change(clientIds.north, { accountIds: [one] }))),
    );
    expect({ ...theirs, requestId: '' }).toEqual({ ...missing, requestId: '' });
    expect(theirs).toMatchObject({ code: 'invalid_input', fields: [{ path: 'accountIds.0' }] });
    expect((await change(clientIds.north, { accountIds: [accountId('house')] })).accountIds).toEqual([accountId('house')]);
    expect(
      (await apiWith(agency.w, agency.logins.north.token).call(connections.listAdAccounts, {})).adAccounts.map((one) => one.name),
    ).toEqual(['house']);
    expect((await change(clientIds.north, { accountIds: [accountId('north')], name: 'North', colour: null })).name).toBe('North');
    const [foreignClient, missingClient] = await Promise.all(
      [clientIds.north, `cli_${MISSING}`].map((id) =>
        problemOf(stranger.api.call(contracts.clients.updateClient, { params: { id }, body: { name: 'x' } })),
      ),
    );
    expect(foreignClient).toMatchObject({ status: 404, detail: missingClient?.detail as string });
    // Two clients reach for one account at once: one has it.
    const grabs = await Promise.allSettled(
      [clientIds.north, clientIds.south].map((id) =>
        change(id, { accountIds: [accountId(id === clientIds.north ? 'north' : 'south'), accountId('house')] }),
      ),
    );
    expect(grabs.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    await change(clientIds.north, { accountIds: [accountId('north')] });
    await change(clientIds.south, { accountIds: [accountId('south')] });
  });

  test("a client's logo is its own login's to see, and another's is missing", async () => {
    const logo = new Uint8Array(120);
    logo.set([0xff, 0xd8, 0xff, 0xe0, 0, 16]);
    logo.set([0xff, 0xc0, 0, 17, 8, 0, 20, 0, 30, 3], 20);
    const put = await agency.owner.fetch(`/v1/clients/${agency.clientIds.north}/logo`, { method: 'PUT', body: logo });
    const client = (await put.json()) as contracts.clients.Client;
    expect(put.status, JSON.stringify(client)).toBe(200);
    const as = (who: 'north' | 'south') =>
      fetch(agency.w.origin + (client.logo as string), { headers: { authorization: `Bearer ${agency.logins[who].token}` } });
    expect((await as('north')).headers.get('content-type')).toBe('image/jpeg');
    expect((await as('south')).status).toBe(404);
    expect((await apiWith(agency.w, agency.logins.north.token).call(identity.getMe, {})).client?.logo).toBe(client.logo);
    expect((await agency.owner.api.call(contracts.clients.removeClientLogo, { params: { id: agency.clientIds.north } })).logo).toBeNull();
  });

  test('an archived client has no logins: those under way end, none begin, and its invitations are taken back', async () => {
    const { owner, clientIds, w } = agency;
    const login = await addPerson(w, { organizationId: owner.organizationId, role: 'client', clientId: clientIds.south });
    await owner.api.call(contracts.members.invite, { body: { email: 'late@example.com', role: 'client', clientId: clientIds.south } });
    const token = await w.linkFromMail('late@example.com');
    const archived = await owner.api.call(contracts.clients.updateClient, { params: { id: clientIds.south }, body: { archived: true } });
    expect(archived.archivedAt).not.toBeNull();
    expect(await problemOf(apiWith(w, login.token).call(connections.listAdAccounts, {}))).toMatchObject({ status: 401 });
    await w.db.query('update sessions set revoked_at = null where user_id = $1', [login.userId]);
    expect(await problemOf(apiWith(w, login.token).call(connections.listAdAccounts, {}))).toMatchObject({ code: 'not_allowed' });
    expect(await apiWith(w, login.token).call(identity.getMe, {})).toMatchObject({ organization: null, role: null, client: null });
    expect(
      await problemOf(apiWith(w, login.token).call(contracts.organizations.switchOrganization, { params: { id: owner.organizationId } })),
    ).toMatchObject({ status: 404 });
    expect(await problemOf(w.api.call(contracts.members.readInvitation, { body: { token } }))).toMatchObject({ code: 'expired' });
    await owner.api.call(contracts.clients.updateClient, { params: { id: clientIds.south }, body: { archived: false } });
    expect((await apiWith(w, login.token).call(connections.listAdAccounts, {})).adAccounts.map((one) => one.name)).toEqual(['south']);
  });
});

test("without the database's walls the application's filter holds alone: mutant no-rls", { timeout: 90_000 }, async () => {
  const agency = await foundAgency(await startWorker({ vars: { INLAY_MUTANT: 'no-rls' } }));
  try {
    await expectOwnOnly(agency, 'north');
  } finally {
    await agency.w.stop();
  }
});
