import * as affiliates from '#shared/contracts/affiliates.ts';
import * as connections from '#shared/contracts/connections.ts';
import * as metrics from '#shared/contracts/metrics.ts';
import * as revenue from '#shared/contracts/revenue.ts';
import { checkExtension, checkHostPage, checkWidget } from './check-clients.ts';
import { checkLaunch } from './check-launch.ts';
import { checkWebhook } from './check-webhook.ts';
import { againstSpec, NO_SPEC } from './against-spec.ts';
import { DEMO_ACCOUNT } from './seed-demo.ts';
import type { SignedIn } from './demo-member.ts';
import type { Stack } from './stack.ts';
import { until } from './until.ts';

export interface CheckResult {
  ok: boolean;
  checks: Record<string, boolean>;
  problems: string[];
}

/** Walks a running stack end to end: every figure asked for here comes through the product's own door. */
export async function check(stack: Stack, member: SignedIn): Promise<CheckResult> {
  const problems: string[] = [];
  const checks: Record<string, boolean> = {};
  const that = async (name: string, work: () => Promise<unknown>) => {
    checks[name] = await work().then(
      () => true,
      (error: Error) => {
        problems.push(`${name}: ${error.message}`);
        return false;
      },
    );
  };
  const get = async (url: string, wanted: string) => {
    const answer = await fetch(url);
    const text = await answer.text();
    if (!answer.ok || !text.includes(wanted)) throw new Error(`${url} answered ${answer.status} without "${wanted}"`);
  };
  await that('health', () => get(`${stack.origin}/health`, '"ok":true'));
  await that('webApp', async () => {
    const page = await (await fetch(stack.origin)).text();
    const script = /<script type="module"[^>]* src="(\/[^"]+\.js)"/.exec(page)?.[1];
    if (!script) throw new Error(`${stack.origin} is not a page with a script`);
    await get(stack.origin + script, 'import');
  });
  await that('connections', async () => {
    const { connections: list } = await member.api.call(connections.listConnections, {});
    const active = list
      .filter((c) => c.status === 'active')
      .map((c) => c.provider)
      .sort()
      .join();
    if (active !== 'hubspot,meta,shopify') throw new Error(`active are: ${active || 'none'}`);
  });
  await that('leads', () =>
    until(
      'leads read back from the platform',
      async () => (await member.api.call(revenue.listLeads, { query: {} })).leads.length > 0,
      20_000,
    ),
  );
  await that('orders', () =>
    until(
      'orders read back from the store',
      async () => (await member.api.call(revenue.listOrders, { query: {} })).orders.length > 0,
      20_000,
    ),
  );
  await that('figures', async () => {
    const { adAccounts } = await member.api.call(connections.listAdAccounts, {});
    const account = adAccounts.find((a) => a.externalId === DEMO_ACCOUNT);
    if (!account) throw new Error('the demo ad account is not there');
    await until(
      'credited revenue on ads',
      async () => {
        const table = await member.api.call(metrics.listInsights, { query: { accountId: account.id, level: 'ad', days: 28 } });
        const { rows } = table;
        const answer = await member.api.call(metrics.lookUpMetrics, {
          body: { platform: 'meta', accountExternalId: DEMO_ACCOUNT, level: 'ad', ids: rows.slice(0, 20).map((r) => r.id) },
        });
        // Facts that arrived between the two questions make two answers; they say so by their version.
        if (answer.definition?.dataVersion !== table.definition.dataVersion) return false;
        for (const [i, row] of rows.slice(0, 20).entries()) {
          const badge = answer.answers[i];
          if (!badge || !('figure' in badge) || JSON.stringify(badge.figure) !== JSON.stringify(row.figure))
            throw new Error(`row ${row.id} says one thing and its badge another`);
        }
        return rows.some((r) => (r.figure.revenueMinor ?? 0) > 0) && rows.some((r) => r.figure.spendMinor > 0);
      },
      30_000,
    );
  });
  await that('affiliates', async () => {
    const { program, affiliates: list } = await member.api.call(affiliates.getProgram, {});
    if (!program || list.length === 0) throw new Error('no program or no creator');
    const redirect = await fetch(`${stack.origin}/r/${list[0]?.code ?? ''}`, { redirect: 'manual' });
    if (redirect.status !== 302 || !/[?&]ilk=[\w-]{32}/.test(redirect.headers.get('location') ?? ''))
      throw new Error(`the link answered ${redirect.status}`);
  });
  await that('outside', () => get(`${stack.sandbox.url}/_sandbox/health`, '{'));
  await that('extension', () => checkExtension());
  await that('widget', () => checkWidget(stack));
  await that('hostPage', () => checkHostPage(stack));
  await that('webhook', () => checkWebhook(stack, member));
  await that('launch', () => checkLaunch(stack, member));
  // Last, because it judges every request of the checks before it.
  if (!stack.sandbox.meta.specChecked) process.stderr.write(`${NO_SPEC}\n`);
  await that('specification', async () => {
    const wrong = againstSpec(stack);
    if (wrong.length > 0) throw new Error(wrong.join('; '));
  });
  return { ok: problems.length === 0, checks, problems };
}
