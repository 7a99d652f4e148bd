import { parseArgs } from 'node:util';
import { lookUpMetrics } from '#shared/contracts/metrics.ts';
import { buildClient } from '../../local/build-clients.ts';
import { freePorts } from '../../local/free-port.ts';
import { DEMO_ACCOUNT, seedDemo } from '../../local/seed-demo.ts';
import { startStack, type Stack } from '../../local/stack.ts';
import { percentile } from '../overlay/percentile.ts';

/**
 * One look-up of 200 rows with totals over 28 days, from the browser's side, in an organization with the demo's few orders and then with
 * many: what it costs that figures are added up from one posting per order instead of from stored sums.
 * `node --import tsx bench/look-up/run.ts [--orders 200000]`
 */
const { values } = parseArgs({ options: { orders: { type: 'string', default: '200000' } } });
const MAX_RATIO = 40;
const MAX_MS = 1_500;

await buildClient('web');
const stack = await startStack({
  dir: `.local/bench-look-up-${process.pid}`,
  ports: await freePorts(),
  seed: 1,
  throwaway: true,
  quiet: true,
  demo: true,
});
try {
  const member = await seedDemo(stack, 1);
  const organizationId = member.me.organization?.id ?? '';
  const ads = await stack.query<{ id: string }>(
    `select external_id as id from ad_entities e where kind = 'ad' and organization_id = $1 order by external_id limit 200`,
    [organizationId],
  );
  const ids = ads.map(({ id }) => id);
  const few = await measure();
  await addOrders(stack, organizationId, Number(values.orders));
  const many = await measure();
  const [counted] = await stack.query<{ orders: number }>('select count(*)::int as orders from orders');
  const ratio = many / few;
  const ok = ids.length === 200 && ratio <= MAX_RATIO && many <= MAX_MS;
  process.stdout.write(
    `${JSON.stringify({ ok, orders: counted?.orders, ids: ids.length, fewMs: round(few), manyMs: round(many), ratio: round(ratio), maxRatio: MAX_RATIO, maxMs: MAX_MS })}\n`,
  );
  process.exitCode = ok ? 0 : 1;

  async function measure(): Promise<number> {
    const times: number[] = [];
    for (let n = 0; n < 12; n += 1) {
      const began = performance.now();
      const { answers } = await member.api.call(lookUpMetrics, {
        body: {
          platform: 'meta',
          accountExternalId: DEMO_ACCOUNT,
          level: 'ad',
          ids,
          window: { days: 28 },
          model: 'last',
          basis: 'accrual',
          withTotals: true,
        },
      });
      if (n > 1) times.push(performance.now() - began);
      if (!answers.every((answer) => 'figure' in answer)) throw new Error(`A row has no figure: ${JSON.stringify(answers[0])}`);
    }
    return percentile(times, 50);
  }
} finally {
  await stack.stop();
}

/** Orders of customers of their own over 180 days, each credited whole to one of the account's ads. Triggers are off: the sums are right as made. */
async function addOrders(on: Stack, organizationId: string, count: number): Promise<void> {
  await on.query(
    `do $$ begin
      set local session_replication_role = replica;
      create temp table some_ads on commit drop as
        select row_number() over (order by e.external_id) - 1 as n, a.id as account_id, e.external_id as ad, e.ad_set_external_id as ad_set, e.campaign_external_id as campaign
        from ad_entities e join ad_accounts a on a.id = e.account_id where e.kind = 'ad' and e.organization_id = '${organizationId}' and a.external_id = '${DEMO_ACCOUNT}';
      insert into orders (id, organization_id, source, shop, source_order_id, name, source_updated_at, currency, gross_minor, net_minor, lines, discount_codes, attributes, is_test, financial_status, placed_at)
        select 'ord_bench' || i, '${organizationId}', 'shopify', 'bench', i::text, '#' || i, now(), 'EUR', 1000 + i % 9000, 1000 + i % 9000, '[]', '[]', '{}', false, 'paid', now() - (i % 180) * interval '1 day'
        from generate_series(1, ${count}) i;
      insert into credits (id, organization_id, order_id, model, share, account_id, ad_external_id, ad_set_external_id, campaign_external_id, amount_minor, currency, touch_day, cash_day)
        select 'crd_bench' || i, '${organizationId}', 'ord_bench' || i, 'last', 'paid', s.account_id, s.ad, s.ad_set, s.campaign, 1000 + i % 9000, 'EUR', current_date - i % 180, current_date - i % 180
        from generate_series(1, ${count}) i join some_ads s on s.n = i % (select count(*) from some_ads);
    end $$`,
  );
  await on.query('analyze orders');
  await on.query('analyze credits');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
