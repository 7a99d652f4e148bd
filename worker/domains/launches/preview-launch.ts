import type { Preview, previewLaunch as contract } from '#shared/contracts/launches.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import { contentOf } from '#shared/rules/ad-content.ts';
import { addToLink, duplicateKeys } from '#shared/rules/utm.ts';
import type { PlannedItem } from '#shared/rules/planned-item.ts';
import type { Context } from '../../kernel/context.ts';
import { adPlatform } from '../../platforms/ads/registry.ts';
import { accountTier } from './plan/account-tier.ts';
import { estimateSeconds } from './plan/estimate.ts';
import { readPlan } from './plan/read-plan.ts';

const SAMPLES = 12;

/** What a plan would create, cost in calls and spend per day. Nothing is stored or sent. */
export async function previewLaunch(ctx: Context, input: BodyOf<typeof contract>): Promise<Preview> {
  ctx.require('launches:read');
  const { plan, planHash, facts, expanded, problems } = await readPlan(ctx, input.plan);
  if (!plan || !expanded) {
    return {
      planHash,
      problems,
      counts: { media: 0, campaign: 0, ad_set: 0, creative: 0, ad: 0, total: 0 },
      platformCalls: 0,
      dailyBudgetMinor: 0,
      currency: 'XXX',
      estimate: null,
      samples: [],
    };
  }
  const { byKind, total, calls, dailyBudgetMinor, currency } = expanded.counts;
  const tier = facts?.account ? await accountTier(ctx, plan.platform, facts.account.externalId) : null;
  return {
    planHash,
    problems,
    counts: { ...byKind, total },
    platformCalls: calls.total,
    dailyBudgetMinor,
    currency,
    estimate: estimateSeconds(adPlatform(plan.platform), byKind, tier, ctx.ports.settings.SETTLE_WINDOW_MS),
    samples: samplesOf(expanded.items),
  };
}

/** Some of every kind, so that each name template and link can be looked at. */
function samplesOf(items: PlannedItem[]): Preview['samples'] {
  const kinds = ['campaign', 'ad_set', 'creative', 'ad'] as const;
  return kinds.flatMap((kind) =>
    items
      .filter((item) => item.kind === kind)
      .slice(0, SAMPLES / kinds.length)
      .map((item) => ({ itemPath: item.itemPath, kind: item.kind, name: item.name, link: linkOf(item) })),
  );
}

function linkOf(item: PlannedItem): string | null {
  const content = contentOf(item);
  if (content === null || content.linkUrl === null) return null;
  const { linkUrl, urlTags } = content;
  return duplicateKeys(linkUrl, urlTags).length > 0 ? linkUrl : addToLink(linkUrl, urlTags);
}
