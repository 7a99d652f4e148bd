import { afterAll, beforeAll, expect, test } from 'vitest';
import * as accounts from '#shared/contracts/connections.ts';
import * as contracts from '#shared/contracts/metrics.ts';
import { updateOrganization } from '#shared/contracts/organizations.ts';
import type { ApiError } from '#shared/api-client/create-api-client.ts';
import { addDays, dayOf, startOfDay } from '#shared/rules/day-of.ts';
import { connectMeta } from '../../testing/connect-meta.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';
import { nodeContext } from '../../testing/node-context.ts';
import { lookUpMetrics } from './look-up-metrics.ts';

const ACCOUNT = '1000000001';
const FORM = '108000000000001';
/** Ads of the demo account that deliver nothing by themselves; their spend is set here. The first two share a campaign. */
const [AD, SIBLING, OTHER] = ['120300000000002', '120300000000022', '120300000000003'];
/** Two ads of another campaign, which learns its spread by itself. */
const [FIRST_OF_POOL, SECOND_OF_POOL] = ['120300000000006', '120300000000026'];

let w: TestWorker;
let member: Member;
let accountId: string;
let today: string;
const day = (back: number) => addDays(today, -back);
const parentOf = (ad: string, field: 'adset_id' | 'campaign_id') =>
  w.sandbox.meta.objects().find((object) => object.id === ad)?.fields[field] as string;
const spend = (ad: string, back: number, spendMinor: number, impressions = 1000, clicks = 10) =>
  w.sandbox.meta.setInsights(ad, day(back), { spendMinor, impressions, clicks });
const lookUp = (ids: string[], over: Partial<Parameters<typeof bodyOf>[1]> = {}, who = member) =>
  who.api.call(contracts.lookUpMetrics, { body: bodyOf(ids, over) });
const bodyOf = (
  ids: string[],
  over: {
    level?: 'ad' | 'ad_set' | 'campaign';
    window?: contracts.Window;
    basis?: 'accrual' | 'cash';
    withTotals?: boolean;
    accountExternalId?: string;
  },
) => ({ platform: 'meta' as const, accountExternalId: ACCOUNT, level: 'ad' as const, ids, ...over });
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => {
      throw new Error('was not refused');
    },
    (error: unknown) => (error as ApiError).problem,
  );
async function synced<T>(what: () => Promise<T>): Promise<T> {
  const before = (await w.db.query('select insights_synced_at as at from ad_accounts where id = $1', [accountId])).rows[0].at as Date;
  await member.api.call(accounts.syncAdAccount, { params: { id: accountId } });
  await w.until(
    'a fresh read',
    async () =>
      ((await w.db.query('select insights_synced_at as at from ad_accounts where id = $1', [accountId])).rows[0].at as Date) > before,
    20_000,
  );
  return what();
}

interface Posting {
  share?: 'paid' | 'unpaid' | 'unmatched';
  ad?: string;
  amount: number;
  touch?: number;
  cash: number;
  currency?: string;
}
/** A shop whose orders are known since an instant; null = they are still being read. */
const knowOrders = (who: Member, from: string | null) =>
  w.db.query(
    `insert into connections (id, organization_id, provider, external_id, display_name, status, scopes, issued_at, records_from)
    values ('con_shop_' || $1, $1, 'shopify', 's', 's', 'active', '[]', now(), $2)
    on conflict (id) do update set records_from = excluded.records_from, status = 'active'`,
    [who.organizationId, from],
  );
const leadsRead = (who: Member) =>
  w.until(
    'the leads are read back',
    async () =>
      (
        await w.db.query(`select 1 from connections where organization_id = $1 and provider = 'meta' and records_from is not null`, [
          who.organizationId,
        ])
      ).rowCount,
    20_000,
  );
let orders = 0;
/** An order of `customer` with its credit postings, as the ledger would hold them. Days count back from today. */
async function order(
  customer: string | null,
  postings: Posting[],
  owner = { organizationId: member.organizationId, accountId },
): Promise<void> {
  const id = `ord_${String(++orders).padStart(26, '0')}`;
  const net = postings.reduce((sum, posting) => sum + posting.amount, 0);
  await w.db.query('begin');
  if (customer)
    await w.db.query('insert into people (id, organization_id) values ($1, $2) on conflict do nothing', [customer, owner.organizationId]);
  await w.db.query(
    `insert into orders (id, organization_id, source, shop, source_order_id, name, source_updated_at, currency, gross_minor, net_minor, lines, discount_codes, attributes, is_test, financial_status, person_id, placed_at)
    values ($1, $2, 'shopify', 's', $1, $1, now(), $3, $4, $4, '[]', '[]', '{}', false, 'paid', $5, now())`,
    [id, owner.organizationId, postings[0]?.currency ?? 'EUR', net, customer],
  );
  for (const [n, { share = 'paid', ad = AD, amount, touch, cash, currency = 'EUR' }] of postings.entries()) {
    const paid = share === 'paid';
    await w.db.query(
      `insert into credits (id, organization_id, order_id, model, share, person_id, account_id, ad_external_id, ad_set_external_id, campaign_external_id, amount_minor, currency, touch_day, cash_day)
      values ($1, $2, $3, 'last', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        `crd_${id}_${n}`,
        owner.organizationId,
        id,
        share,
        customer,
        paid ? owner.accountId : null,
        paid ? ad : null,
        paid ? parentOf(ad, 'adset_id') : null,
        paid ? parentOf(ad, 'campaign_id') : null,
        amount,
        currency,
        touch === undefined ? null : day(touch),
        day(cash),
      ],
    );
  }
  await w.db.query('commit');
}

beforeAll(async () => {
  w = await startWorker({ demo: true });
  today = dayOf(Date.now(), 'Europe/Paris');
  spend(AD, 0, 12_000);
  spend(AD, 3, 8_050, 500, 7);
  spend(AD, 27, 100);
  spend(AD, 28, 99_999);
  spend(SIBLING, 1, 50_000);
  spend(FIRST_OF_POOL, 5, 210_000);
  member = await w.signUp({ timezone: 'Europe/Paris' });
  ({ accountId } = await connectMeta(w, member));
  await w.until(
    'the older days',
    async () => (await w.db.query('select insights_from from ad_accounts where id = $1', [accountId])).rows[0].insights_from === day(95),
    20_000,
  );
  await leadsRead(member);
  await knowOrders(member, startOfDay(day(120), 'Europe/Paris'));
}, 60_000);
afterAll(() => w.stop());

test('listing and days of the account are what the platform holds', async () => {
  const { rows } = await w.db.query('select kind, count(*)::int as n from ad_entities where organization_id = $1 group by 1', [
    member.organizationId,
  ]);
  expect(Object.fromEntries(rows.map((row) => [row.kind, row.n]))).toEqual({ campaign: 20, ad_set: 250, ad: 5000 });
  // Asked of the platform another way: one sum for the whole account.
  const token = w.sandbox.meta.issueToken();
  const range = JSON.stringify({ since: day(27), until: today });
  const response = await fetch(
    `${w.sandbox.url}/graph.facebook.com/v26.0/act_${ACCOUNT}/insights?level=account&fields=spend,impressions,clicks&time_range=${range}&access_token=${token}`,
  );
  const answer = await response.json<{ data: [{ spend: string; impressions: string; clicks: string }] }>();
  const { totals } = await lookUp([], { withTotals: true });
  expect(totals?.figure).toMatchObject({
    spendMinor: Math.round(Number(answer.data[0].spend) * 100),
    impressions: Number(answer.data[0].impressions),
    clicks: Number(answer.data[0].clicks),
  });
});

test('a row equals the hand calculation, at every level', async () => {
  for (const [n, amount] of [4_410, 1_999, 250].entries()) await order(`per_hand_${n}`, [{ amount, touch: 2, cash: 1 }]);
  await order('per_hand_0', [{ amount: 1_000, touch: 2, cash: 0 }]); // buys again: one customer, two orders
  for (let n = 0; n < 3; n++) w.sandbox.meta.addLead({ formId: FORM, adId: AD, fields: { email: `hand-${n}@example.com` } });
  w.sandbox.meta.addLead({
    formId: FORM,
    adId: AD,
    fields: { email: 'before@example.com' },
    createdTime: new Date(Date.now() - 30 * 86_400_000).toISOString(),
  });
  await w.until(
    'the leads',
    async () => (await w.db.query('select 1 from leads where organization_id = $1', [member.organizationId])).rowCount === 4,
  );

  const { answers, definition } = await lookUp([AD]);
  // 12000 + 8050 + 100 in 28 days; 4410 + 1999 + 250 + 1000; 1000 × 7659 / 20150 = 380.099…; 20150 / 3 = 6716.67.
  expect(answers).toMatchObject([
    {
      id: AD,
      figure: {
        spendMinor: 20_150,
        revenueMinor: 7_659,
        orders: 4,
        customers: 3,
        leads: 3,
        impressions: 2_500,
        clicks: 27,
        costPerLeadMinor: 6_717,
        roas: { point: 380 },
        tooFew: true,
      },
    },
  ]);
  expect(definition).toMatchObject({
    since: day(27),
    until: today,
    currency: 'EUR',
    timezone: 'Europe/Paris',
    basis: 'accrual',
    model: 'last',
    attributionWindowDays: 28,
  });
  const adSet = await lookUp([parentOf(AD, 'adset_id')], { level: 'ad_set', window: { since: day(3), until: day(3) } });
  expect(adSet.answers).toMatchObject([{ figure: { spendMinor: expect.any(Number), revenueMinor: 0, leads: 0 } }]);
  const campaign = await lookUp([parentOf(AD, 'campaign_id')], { level: 'campaign' });
  expect(campaign.answers).toMatchObject([{ figure: { revenueMinor: 7_659, orders: 4, customers: 3, leads: 3 } }]);
  const long = await lookUp([AD], { window: { days: 30 } });
  expect(long.answers).toMatchObject([{ figure: { spendMinor: 20_150 + 99_999 } }]);
});

test("accrual books on the touch's day, cash on the order's and the refund's; both are the same over all time", async () => {
  await order('per_basis', [
    { ad: OTHER, amount: 10_000, touch: 20, cash: 10 },
    { ad: OTHER, amount: -4_000, touch: 20, cash: 2 },
  ]);
  const at = async (basis: 'accrual' | 'cash', since: number, until: number) => {
    const {
      answers: [answer],
    } = await lookUp([OTHER], { basis, window: { since: day(since), until: day(until) } });
    return answer && 'figure' in answer ? [answer.figure.revenueMinor, answer.figure.orders] : answer;
  };
  expect(await at('accrual', 21, 19)).toEqual([6_000, 1]);
  expect(await at('accrual', 11, 0)).toEqual([0, 0]);
  expect(await at('cash', 11, 9)).toEqual([10_000, 1]);
  expect(await at('cash', 3, 0)).toEqual([-4_000, 0]);
  expect(await at('cash', 27, 0)).toEqual(await at('accrual', 27, 0));
});

test("the spread of orders is learnt from the campaign when it has 30 customers, and the guide's example comes out", async () => {
  const target = FIRST_OF_POOL;
  for (let n = 0; n < 11; n++) await order(`per_pool_a${n}`, [{ ad: target, amount: n < 10 ? 40_100 : 40_000, touch: 4, cash: 4 }]);
  for (let n = 0; n < 29; n++)
    await order(`per_pool_b${n}`, [{ ad: SECOND_OF_POOL, amount: 38_586 + (n % 2 === 0 ? 22_380 : -22_380), touch: 100, cash: 100 }]);
  const { answers } = await lookUp([target]);
  const [answer] = answers;
  if (!answer || !('figure' in answer) || !answer.figure.roas) throw new Error('no figure');
  const { roas, tooFew, effectiveOrders } = answer.figure;
  expect([roas.point, tooFew, Math.round(effectiveOrders)]).toEqual([2100, false, 9]);
  expect([roas.low80, roas.high80].map((end) => ((end as number) / 1000).toFixed(1))).toEqual(['1.3', '3.1']);
  await member.api.call(updateOrganization, {
    body: { targetRoasMilli: 1_000, floorRoasMilli: 500 },
  });
  expect((await lookUp([target])).answers).toMatchObject([{ figure: { verdict: 'good' } }]);
});

test('restated spend replaces, and a day the platform no longer reports is gone', async () => {
  const ad = '120300000000004';
  spend(ad, 1, 5_000);
  spend(ad, 2, 700);
  const read = async () => {
    const {
      answers: [answer],
    } = await lookUp([ad]);
    return answer && 'figure' in answer ? answer.figure.spendMinor : null;
  };
  expect(await synced(read)).toBe(5_700);
  const versionBefore = (await lookUp([ad])).definition?.dataVersion as number;
  spend(ad, 1, 4_200);
  await w.db.query(
    `insert into ad_days select organization_id, account_id, '120300000000999', ad_set_external_id, campaign_external_id, day, 77, 1, 1, null, synced_at from ad_days where ad_external_id = $1 and day = $2`,
    [ad, day(1)],
  );
  expect(await synced(read)).toBe(4_900);
  expect((await w.db.query(`select 1 from ad_days where ad_external_id = '120300000000999'`)).rowCount).toBe(0);
  expect((await lookUp([ad])).definition?.dataVersion).toBeGreaterThan(versionBefore);
});

test('totals say all revenue and the part nobody is known for; row, total and dashboard are one formula', async () => {
  await order('per_known', [{ share: 'unpaid', amount: 3_000, touch: 5, cash: 5 }]);
  await order(null, [{ share: 'unmatched', amount: 2_000, cash: 5 }]);
  const { totals, answers, definition } = await lookUp([AD, SIBLING], { withTotals: true });
  const paid = Number(
    (
      await w.db.query(`select sum(amount_minor) as n from credits where organization_id = $1 and share = 'paid' and touch_day >= $2`, [
        member.organizationId,
        day(27),
      ])
    ).rows[0].n,
  );
  expect(totals).toMatchObject({
    paidMinor: paid,
    unpaidMinor: 3_000,
    unmatchedMinor: 2_000,
    allRevenueMinor: paid + 5_000,
    unmatchedPermille: Math.round((2_000 * 1000) / (paid + 5_000)),
  });
  expect(totals?.figure.revenueMinor).toBe(paid);

  const table = await member.api.call(contracts.listInsights, {
    query: { accountId, level: 'ad', days: 28, pageSize: 200, parentId: parentOf(AD, 'campaign_id') },
  });
  expect(table.definition).toEqual(definition);
  for (const answer of answers) expect(table.rows.find((row) => row.id === answer.id)?.figure).toEqual('figure' in answer && answer.figure);
  const spends = table.rows.map((row) => row.figure.spendMinor);
  expect(spends).toEqual(spends.toSorted((a, b) => b - a));
  expect(table.series).toHaveLength(28);
  expect(table.series.reduce((sum, one) => sum + one.spendMinor, 0)).toBe(table.totals.figure.spendMinor);
  expect(table.series.reduce((sum, one) => sum + (one.revenueMinor ?? 0), 0)).toBe(table.totals.figure.revenueMinor);
});

test('the dashboard pages through every campaign once, searches names as they are written, and opens parents', async () => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await member.api.call(contracts.listInsights, {
      query: { accountId, level: 'campaign', pageSize: 7, ...(cursor ? { cursor } : {}) },
    });
    seen.push(...page.rows.map((row) => row.id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(new Set(seen).size).toBe(20);
  expect(seen).toHaveLength(20);
  const found = await member.api.call(contracts.listInsights, { query: { accountId, search: 'gift sets' } });
  expect(found.rows.map((row) => row.name.startsWith('Gift sets'))).toEqual([true, true]);
  expect((await member.api.call(contracts.listInsights, { query: { accountId, search: '100%_' } })).rows).toEqual([]);
  const sets = await member.api.call(contracts.listInsights, { query: { accountId, level: 'ad_set', parentId: seen[0], pageSize: 200 } });
  expect(sets.rows.length).toBeGreaterThanOrEqual(12);
  expect(await refusal(member.api.call(contracts.listInsights, { query: { accountId, cursor: 'bm9uZQ' } }))).toMatchObject({ status: 422 });
});

test('blank rather than wrong: unknown, foreign, other level, other currency, no read yet, too old, disconnected', async () => {
  const foreignAd = parentOf(AD, 'campaign_id');
  expect((await lookUp(['999', foreignAd])).answers).toEqual([
    { id: '999', blank: 'unknown_id' },
    { id: foreignAd, blank: 'unknown_id' },
  ]);
  const stranger = await w.signUp();
  const theirs = await lookUp([AD], {}, stranger);
  const nobody = await lookUp([AD], { accountExternalId: '31337' }, stranger);
  expect(theirs).toEqual(nobody);
  expect(theirs).toMatchObject({ account: null, answers: [{ id: AD, blank: 'not_connected' }], totals: null });
  expect(await refusal(stranger.api.call(contracts.listInsights, { query: { accountId } }))).toMatchObject({ status: 404 });

  const dollarAccount = (await member.api.call(accounts.listAdAccounts, {})).adAccounts.find((account) => account.currency === 'USD')
    ?.id as string;
  await order('per_dollar', [{ ad: '120300000000005', amount: 5_000, touch: 1, cash: 1, currency: 'USD' }]);
  const mixed = await lookUp(['120300000000005', OTHER], { withTotals: true });
  expect(mixed.answers).toMatchObject([{ blank: 'currency_differs' }, { figure: { revenueMinor: 6_000 } }]);
  expect(mixed.totals).toBeNull(); // a credit of this account's ads is in another currency than their spend
  const dollars = await member.api.call(contracts.listInsights, { query: { accountId: dollarAccount } });
  expect(dollars.totals).toMatchObject({
    figure: { spendMinor: 0, revenueMinor: 0, roas: null },
    allRevenueMinor: 5_000,
    unmatchedPermille: null,
  }); // and the euros stay out
  expect(await refusal(member.api.call(contracts.listInsights, { query: { accountId } }))).toMatchObject({ status: 409, code: 'conflict' });

  const set = (columns: string) => w.db.query(`update ad_accounts set ${columns} where id = $1`, [accountId]);
  await set(`insights_synced_at = now() - interval '2 hours'`);
  expect((await lookUp([AD])).answers).toEqual([{ id: AD, blank: 'stale' }]);
  expect((await lookUp([AD], { window: { since: day(5), until: day(3) } })).answers).toMatchObject([
    { id: AD, figure: { spendMinor: 8_050 } },
  ]); // those days were read after they ended
  await set(`insights_synced_at = now(), insights_from = '${day(20)}'`);
  const older = await lookUp([AD]);
  expect(older.answers).toEqual([{ id: AD, blank: 'before_spend' }]);
  expect(older.freshness.spendFrom).toBe(day(20));
  await set(`insights_from = null`);
  expect((await lookUp([AD])).answers).toEqual([{ id: AD, blank: 'no_insights' }]);
  await set(`insights_from = '${day(95)}'`);
  await w.db.query(`update connections set status = 'revoked' where organization_id = $1`, [member.organizationId]);
  expect((await lookUp([AD])).answers).toEqual([{ id: AD, blank: 'not_connected' }]);
  await w.db.query(`update connections set status = 'active' where organization_id = $1`, [member.organizationId]);
});

test('revenue that is not known is null and never 0: no shop, orders being read, a window that begins before them', async () => {
  const other = await w.signUp({ timezone: 'Europe/Paris' });
  const owner = { organizationId: other.organizationId, ...(await connectMeta(w, other)) };
  await leadsRead(other);
  await w.until(
    'the older days',
    async () =>
      (await w.db.query('select insights_from from ad_accounts where id = $1', [owner.accountId])).rows[0].insights_from === day(95),
    20_000,
  );
  await order('per_gap', [{ amount: 5_000, touch: 2, cash: 1 }], owner);
  const at = async (window: contracts.Window) => {
    const { answers, totals, freshness, definition } = await lookUp([AD], { window, withTotals: true }, other);
    const [answer] = answers;
    if (!answer || !('figure' in answer) || !totals) throw new Error(`no figure: ${JSON.stringify(answer)}`);
    return { figure: answer.figure, totals, freshness, definition };
  };
  const unknown = { revenueMinor: null, orders: null, customers: null, roas: null, verdict: 'none', maturityPermille: null };
  const noTotals = { allRevenueMinor: null, paidMinor: null, unpaidMinor: null, unmatchedMinor: null, unmatchedPermille: null };

  const without = await at({ days: 28 });
  expect(without.figure).toMatchObject({ ...unknown, spendMinor: 20_150, leads: expect.any(Number) });
  expect(without.totals).toMatchObject({ ...noTotals, figure: unknown });
  expect(without.freshness).toMatchObject({ revenueGap: 'no_shop', revenueFrom: null });
  const table = await other.api.call(contracts.listInsights, { query: { accountId: owner.accountId, days: 28 } });
  expect(new Set(table.series.map((one) => one.revenueMinor))).toEqual(new Set([null]));

  await knowOrders(other, null);
  expect((await at({ days: 28 })).freshness.revenueGap).toBe('reading');
  expect((await at({ days: 28 })).figure).toMatchObject(unknown);

  // Sixty times 24 hours before this instant: the day that began before it is not whole.
  await knowOrders(other, new Date(Date.parse(startOfDay(day(60), 'Europe/Paris')) + 3_600_000).toISOString());
  expect((await at({ days: 28 })).figure).toMatchObject({ revenueMinor: 5_000, orders: 1, roas: { point: 248 } });
  expect((await at({ days: 60 })).figure).toMatchObject({ revenueMinor: 5_000 });
  const long = await at({ days: 90 });
  expect(long.figure).toMatchObject({ ...unknown, spendMinor: 20_150 + 99_999 });
  expect(long.freshness).toMatchObject({ revenueGap: 'before', revenueFrom: day(59) });
  const byDay = (await other.api.call(contracts.listInsights, { query: { accountId: owner.accountId, days: 90 } })).series;
  expect(byDay.map((one) => one.revenueMinor === null)).toEqual(Array.from({ length: 90 }, (_, n) => n < 30));
  const lifetime = await at({ lifetime: true });
  expect(lifetime.definition?.since).toBe(day(59));
  expect(lifetime.figure).toMatchObject({ revenueMinor: 5_000, spendMinor: 20_150 + 99_999 });

  // A shop that was removed brings nothing any more.
  await w.db.query(`update connections set status = 'revoked' where organization_id = $1 and provider = 'shopify'`, [other.organizationId]);
  expect((await at({ days: 28 })).freshness.revenueGap).toBe('no_shop');
});

test("the page's last 90 days end yesterday and have their spend; leads that are still being read have no cost", async () => {
  const other = await w.signUp({ timezone: 'Europe/Paris' });
  const { accountId: own, connectionId } = await connectMeta(w, other);
  await leadsRead(other);
  await w.until(
    'the older days',
    async () => (await w.db.query('select insights_from from ad_accounts where id = $1', [own])).rows[0].insights_from === day(95),
    20_000,
  );
  const at = async (window: contracts.Window) => {
    const {
      answers: [answer],
      freshness,
    } = await lookUp([AD], { window }, other);
    return { ...(answer && 'figure' in answer ? answer.figure : { blank: answer?.blank }), leadsGap: freshness.leadsGap };
  };
  // The platform keeps leads for 90 days, so the first of these days is not whole.
  expect(await at({ since: day(90), until: day(1) })).toMatchObject({ leads: null, costPerLeadMinor: null, leadsGap: 'before' });
  expect(await at({ since: day(96), until: day(1) })).toMatchObject({ blank: 'before_spend' });
  const leads = (await at({ days: 28 })) as contracts.Figure;
  expect(leads.leads).toBeGreaterThan(0);
  expect(leads.costPerLeadMinor).not.toBeNull();
  await w.db.query('update connections set records_from = null where id = $1', [connectionId]);
  expect(await at({ days: 28 })).toMatchObject({ leads: leads.leads, costPerLeadMinor: null, leadsGap: 'reading' });
});

test('maturity: the spend of days whose orders are still to come counts only as far as they came before', async () => {
  const [young, old] = ['120300000000007', '120300000000008'];
  spend(young, 2, 10_000);
  spend(young, 10, 30_000);
  spend(old, 20, 5_000);
  const other = await w.signUp({ timezone: 'Europe/Paris' });
  const owner = { organizationId: other.organizationId, ...(await connectMeta(w, other)) };
  await knowOrders(other, startOfDay(day(120), 'Europe/Paris'));
  const permille = async (basis: 'accrual' | 'cash') =>
    (await lookUp([young, old], { basis }, other)).answers.map((answer) =>
      'figure' in answer ? answer.figure.maturityPermille : answer.blank,
    );
  // Each day of touches brings half its revenue at once and half five days later.
  for (let n = 0; n < 24; n++)
    for (const later of [0, 5])
      await order(`per_lag_${n}_${later}`, [{ ad: old, amount: 1_000, touch: 40 + n, cash: 40 + n - later }], owner);
  expect(await permille('accrual')).toEqual([null, null]); // 48 orders
  for (const later of [0, 5]) await order(`per_lag_last_${later}`, [{ ad: old, amount: 1_000, touch: 30, cash: 30 - later }], owner);
  expect(await permille('accrual')).toEqual([875, 1000]); // (10,000 × ½ + 30,000) ÷ 40,000
  expect(await permille('cash')).toEqual([null, null]);
  // Of touches before the first known order only the late ones are here.
  await knowOrders(other, startOfDay(day(45), 'Europe/Paris'));
  expect(await permille('accrual')).toEqual([null, null]);
}, 60_000);

test('200 rows are one look-up of as many statements as one row', async () => {
  const ids = Array.from({ length: 200 }, (_, n) => `1203${String(1 + n * 16).padStart(11, '0')}`);
  const ctx = await nodeContext(w, member.organizationId);
  const statements = async (asked: string[]): Promise<number> => {
    let count = 0;
    const read: typeof ctx.read = (build) => {
      count += 1;
      return ctx.read(build);
    };
    const { answers } = await lookUpMetrics(
      { ...ctx, read },
      {
        ...bodyOf(asked, {}),
        window: { days: 28 },
        model: 'last',
        basis: 'accrual',
        withTotals: true,
      },
    );
    expect(answers.map((answer) => 'figure' in answer)).toEqual(asked.map(() => true));
    return count;
  };
  try {
    const forOne = await statements(ids.slice(0, 1));
    expect(forOne).toBeGreaterThan(0);
    expect(await statements(ids)).toBe(forOne);
  } finally {
    await ctx.close();
  }
});
