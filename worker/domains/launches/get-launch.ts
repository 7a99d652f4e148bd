import type { LaunchSummary } from '#shared/contracts/launches.ts';
import type { Context } from '../../kernel/context.ts';
import { fetchLaunch, loadLaunchFacts, type LaunchRow } from './launch-facts.ts';
import { accountTier } from './plan/account-tier.ts';
import { estimateSeconds } from './plan/estimate.ts';
import { presentLaunch } from './present-launch.ts';

export async function getLaunch(ctx: Context, input: { id: string }): Promise<LaunchSummary> {
  ctx.require('launches:read');
  return summarise(ctx, await fetchLaunch(ctx, input.id));
}

/** With the estimate of what is left, from the meter the platform last reported. */
export async function summarise(ctx: Context, row: LaunchRow): Promise<LaunchSummary> {
  const [facts] = await loadLaunchFacts(ctx, [row]);
  if (!facts) throw new Error('facts of one launch');
  const left = facts.tallies
    .filter((tally) => ['PLANNED', 'READY', 'SENDING'].includes(tally.state))
    .reduce((total, tally) => total + tally.n, 0);
  const tier = left > 0 && row.state !== 'draft' ? await accountTier(ctx, facts.account.platform, facts.account.externalId) : null;
  return presentLaunch(facts, ctx.now(), left > 0 ? estimateSeconds(left, tier, ctx.ports.settings.SETTLE_WINDOW_MS) : null);
}
