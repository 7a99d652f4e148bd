import type { LaunchSummary } from '#shared/contracts/launches.ts';
import type { Context } from '../../kernel/context.ts';
import { fetchLaunch, loadLaunchFacts, type LaunchRow } from './launch-facts.ts';
import { adPlatform } from '../../platforms/ads/registry.ts';
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
  const open = facts.tallies.filter((tally) => ['PLANNED', 'READY', 'SENDING'].includes(tally.state));
  if (open.length === 0 || row.state === 'draft') return presentLaunch(facts, ctx.actor, ctx.now());
  const { platform, externalId } = facts.account;
  const left = { media: 0, campaign: 0, ad_set: 0, creative: 0, ad: 0 };
  for (const { kind, n } of open) left[kind] += n;
  const tier = await accountTier(ctx, platform, externalId);
  return presentLaunch(facts, ctx.actor, ctx.now(), estimateSeconds(adPlatform(platform), left, tier, ctx.ports.settings.SETTLE_WINDOW_MS));
}
