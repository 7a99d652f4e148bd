import * as connections from '#shared/contracts/connections.ts';
import * as launches from '#shared/contracts/launches.ts';
import * as metrics from '#shared/contracts/metrics.ts';
import type { AdAccount } from '#shared/contracts/connections.ts';
import { addDays, dayOf } from '#shared/rules/day-of.ts';
import type { SignedIn } from '../demo-member.ts';
import type { Stack } from '../stack.ts';
import { until } from '../until.ts';
import { calculate, type HandCalculation } from './hand-calculation.ts';
import { bringLeads, bringOrders, spendToday, startProgram } from './sell.ts';

export interface Earned {
  hand: HandCalculation;
  range: { since: string; until: string };
  campaignId: string;
  lookedUp: { checked: number; wrong: number };
}
const PATIENCE_MS = 90_000;
const ATTRIBUTION_DAYS = 28;

/** Leads, orders and refunds come by webhook; waits until every one has taken effect and compares every launched ad with the hand calculation. */
export async function earn(
  stack: Stack,
  member: SignedIn,
  seed: number,
  launchId: string,
  account: AdAccount,
  say: (line: string) => void,
): Promise<Earned> {
  const { adIds, campaignId } = await builtAds(member, launchId);
  const today = dayOf(Date.now(), account.timezone);
  const range = { since: addDays(today, -27), until: today };
  spendToday(stack, seed, adIds, today);
  const click = await startProgram(stack, member);
  const leads = bringLeads(stack, seed, adIds);
  await bringOrders(stack, seed, leads, click);
  say(`${leads.length} people sent a form, the store took its orders and refunds`);
  const hand = await calculate(stack.sandbox, account.externalId, account.timezone, range, ATTRIBUTION_DAYS);
  await until(
    'every lead and order has taken effect',
    async () => {
      const [row] = await stack.query<{ leads: number; placed: number; orders: number; net: string }>(`
      select (select count(*)::int from leads) as leads, (select count(*)::int from leads where account_id is not null) as placed,
        (select count(*)::int from orders) as orders, (select coalesce(sum(net_minor), 0)::text from orders) as net`);
      return (
        row !== undefined &&
        row.leads === hand.totals.leads &&
        row.orders === hand.totals.orders &&
        Number(row.net) === hand.totals.netMinor
      );
    },
    PATIENCE_MS,
    250,
  );
  await readAgain(member, account.id);
  return { hand, range, campaignId, lookedUp: await lookUp(member, account, adIds, range, hand) };
}

async function builtAds(member: SignedIn, id: string): Promise<{ adIds: string[]; campaignId: string }> {
  const read = async (kind: 'ad' | 'campaign'): Promise<string[]> => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await member.api.call(launches.listLaunchItems, {
        params: { id },
        query: { kind, pageSize: 100, ...(cursor === undefined ? {} : { cursor }) },
      });
      ids.push(...page.items.flatMap((item) => item.externalId ?? []));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return ids;
  };
  const [campaignId] = await read('campaign');
  if (campaignId === undefined) throw new Error('The launch has no campaign.');
  return { adIds: await read('ad'), campaignId };
}

/** A fresh read of the ad account, as the button in the app asks for it. */
async function readAgain(member: SignedIn, accountId: string): Promise<void> {
  const syncedAt = async (): Promise<string | null> =>
    (await member.api.call(connections.listAdAccounts, {})).adAccounts.find((one) => one.id === accountId)?.insightsSyncedAt ?? null;
  const before = await syncedAt();
  await member.api.call(connections.syncAdAccount, { params: { id: accountId } });
  await until('a fresh read of the ad account', async () => (await syncedAt()) !== before, PATIENCE_MS, 250);
}

/** The look-up that feeds badges, for every launched ad at once. */
async function lookUp(
  member: SignedIn,
  account: AdAccount,
  adIds: readonly string[],
  window: { since: string; until: string },
  hand: HandCalculation,
): Promise<{ checked: number; wrong: number }> {
  let wrong = 0;
  for (let from = 0; from < adIds.length; from += 200) {
    const { answers } = await member.api.call(metrics.lookUpMetrics, {
      body: { platform: 'meta', accountExternalId: account.externalId, level: 'ad', ids: adIds.slice(from, from + 200), window },
    });
    for (const answer of answers) {
      const right = hand.figure('ad', answer.id);
      if (
        !('figure' in answer) ||
        answer.figure.spendMinor !== right.spendMinor ||
        answer.figure.revenueMinor !== right.revenueMinor ||
        answer.figure.leads !== right.leads ||
        answer.figure.tooFew !== right.tooFew
      )
        wrong += 1;
    }
  }
  return { checked: adIds.length, wrong };
}
