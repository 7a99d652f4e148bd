import { adShape } from './ad-shape.ts';
import { platformRules } from './ad-platforms/index.ts';
import { type AdCell, type AdSetCell, expandCells } from './expand-cells.ts';
import { type Plan, type PlanCampaign, PLAN_ITEM_LIMIT, PLAN_ITEM_WARNING, type PlanMedia } from './launch-plan.ts';
import { findDuplicates } from './find-duplicates.ts';
import { nameCollisions } from './names.ts';
import { normalisePlan } from './normalise-plan.ts';
import { adItems, adSetItem, campaignItem, createNamer, mediaKindsOf } from './plan-items.ts';
import { planError, planWarning } from './plan-problem.ts';
import type { ExpandedPlan, ItemKind, PlanCounts, PlannedItem, PlanProblem } from './planned-item.ts';

/** Calls to upload one video: start, at least one part, finish, at least one look at its status. */
const VIDEO_CALLS = 4;

/**
 * Plan → items: pure, and byte for byte the same for the same plan whatever the order of its lists. Ad sets and campaigns without
 * an ad are not made. Above the hard stop `items` is empty and the problem says how many there would be.
 * Run check-plan.ts too: this function reports only what expanding itself can see.
 */
export function expandPlan(input: Plan): ExpandedPlan {
  const plan = normalisePlan(input);
  const cells = expandCells(plan);
  const adsOf = byAdSet(cells.ads);
  const adSets = cells.adSets.filter((cell) => adsOf.has(cell));
  const campaigns = plan.campaigns.filter((campaign) => adSets.some((cell) => cell.campaign === campaign));
  const media = mediaOnce(cells.ads);
  const perAd = platformRules(plan.platform).hasCreatives ? 2 : 1;
  const total = media.items.length + campaigns.length + adSets.length + perAd * cells.ads.length;
  const problems = [
    ...cells.problems,
    ...sizeProblems(total),
    ...emptyProblems(cells.adSets, new Set(adsOf.keys()), plan),
    ...mixedProblems(adsOf, plan),
    ...crowdedProblems(adsOf, plan),
  ];

  const namer = createNamer(plan, problems);
  const items: PlannedItem[] =
    total > PLAN_ITEM_LIMIT
      ? []
      : [
          ...media.items,
          ...campaigns.map((campaign, i) => campaignItem(plan, campaign, namer, i + 1)),
          ...numbered(adSets, (cell) => cell.campaign.key).map(([cell, counter]) =>
            adSetItem(plan, cell, namer, counter, adsOf.get(cell) ?? []),
          ),
          ...numbered(cells.ads, (ad) => ad.adSet.path).flatMap(([ad, counter]) => adItems(plan, ad, namer, counter, media.pathOf)),
        ].toSorted((a, b) => KIND_ORDER[a.kind] - KIND_ORDER[b.kind]);
  problems.push(...nameProblems(items), ...findDuplicates(plan, items));
  const byKind: Record<ItemKind, number> = {
    media: media.items.length,
    campaign: campaigns.length,
    ad_set: adSets.length,
    creative: (perAd - 1) * cells.ads.length,
    ad: cells.ads.length,
  };
  return {
    items,
    counts: countsOf(plan, byKind, media.items, campaigns, adSets, problems),
    problems,
    leftOver: cells.leftOver,
    excluded: cells.excluded,
  };
}

const KIND_ORDER: Readonly<Record<ItemKind, number>> = { media: 0, campaign: 1, ad_set: 2, creative: 3, ad: 4 };

function byAdSet(ads: readonly AdCell[]): Map<AdSetCell, AdCell[]> {
  const lists = new Map<AdSetCell, AdCell[]>();
  for (const ad of ads) {
    const list = lists.get(ad.adSet);
    if (list) list.push(ad);
    else lists.set(ad.adSet, [ad]);
  }
  return lists;
}

/** Media the ads use, one item per content hash; without a hash, per file. */
function mediaOnce(ads: readonly AdCell[]): { items: PlannedItem[]; pathOf: (media: PlanMedia) => string } {
  const pathOf = (media: PlanMedia) => (media.sha256 === null ? `media:key-${media.mediaKey}` : `media:${media.sha256.slice(0, 16)}`);
  const byPath = new Map<string, PlanMedia>();
  for (const ad of ads) {
    for (const media of [ad.media, ad.thumbnail]) {
      if (media === null) continue;
      const path = pathOf(media);
      const known = byPath.get(path);
      if (known === undefined || media.mediaKey < known.mediaKey) byPath.set(path, media);
    }
  }
  const items = [...byPath]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([itemPath, media]): PlannedItem => {
      const { mediaKey, fileName, sha256, kind, width, height, durationMs } = media;
      return {
        kind: 'media',
        itemPath,
        parentPath: null,
        dependsOn: [],
        name: fileName,
        spec: { mediaKey, fileName, sha256, kind, width, height, durationMs },
      };
    });
  return { items, pathOf };
}

/** Each entry with its position among those of the same group, from 1. */
function numbered<T>(list: readonly T[], group: (entry: T) => string): [T, number][] {
  const counters = new Map<string, number>();
  return list.map((entry) => {
    const counter = (counters.get(group(entry)) ?? 0) + 1;
    counters.set(group(entry), counter);
    return [entry, counter];
  });
}

function countsOf(
  plan: Plan,
  byKind: Record<ItemKind, number>,
  media: readonly PlannedItem[],
  campaigns: readonly PlanCampaign[],
  adSets: readonly AdSetCell[],
  problems: PlanProblem[],
): PlanCounts {
  const onCampaigns = plan.settings.budgetLevel === 'campaign';
  const holders = onCampaigns
    ? campaigns.map((campaign) => ({ path: campaign.key, own: campaign.dailyBudgetMinor }))
    : adSets.map((cell) => ({ path: cell.path, own: cell.adSet.dailyBudgetMinor }));
  let dailyBudgetMinor = 0;
  for (const { path, own } of holders) {
    const budget = own ?? plan.settings.dailyBudgetMinor;
    if (budget === null)
      problems.push(
        planError(
          path,
          'NO_BUDGET',
          `This ${onCampaigns ? 'campaign' : 'ad set'} has no daily budget.`,
          'Give it a daily budget, or set one for all.',
          {},
        ),
      );
    else dailyBudgetMinor += budget;
  }
  const total = Object.values(byKind).reduce((sum, count) => sum + count, 0);
  const videos = media.filter((item) => item.kind === 'media' && item.spec.kind === 'video').length;
  const calls = { create: total + videos * (VIDEO_CALLS - 1), readBack: total - byKind.media, switchOn: byKind.campaign };
  return {
    byKind,
    total,
    calls: { ...calls, total: calls.create + calls.readBack + calls.switchOn },
    dailyBudgetMinor,
    currency: plan.settings.currency,
  };
}

function sizeProblems(total: number): PlanProblem[] {
  if (total > PLAN_ITEM_LIMIT)
    return [
      planError(
        'plan',
        'TOO_MANY_ITEMS',
        `The plan makes ${total} objects; one launch may make ${PLAN_ITEM_LIMIT}.`,
        'Split it into several launches.',
        { total, limit: PLAN_ITEM_LIMIT },
      ),
    ];
  if (total > PLAN_ITEM_WARNING)
    return [planWarning('plan', 'MANY_ITEMS', `The plan makes ${total} objects.`, 'Check the counts before you approve.', { total })];
  return total === 0
    ? [
        planError(
          'plan',
          'NOTHING_TO_LAUNCH',
          'The plan makes no ads.',
          'Add at least one ad set, one concept with media and one text.',
          {},
        ),
      ]
    : [];
}

function emptyProblems(cells: readonly AdSetCell[], used: ReadonlySet<AdSetCell>, plan: Plan): PlanProblem[] {
  const adSets = cells
    .filter((cell) => !used.has(cell))
    .map((cell) =>
      planWarning(
        cell.path,
        'AD_SET_WITHOUT_ADS',
        `Ad set ${cell.name} would hold no ad and is not made.`,
        'Add a concept to it, or remove it.',
        {},
      ),
    );
  const bare = plan.campaigns.filter((campaign) => !cells.some((cell) => cell.campaign === campaign));
  return [
    ...adSets,
    ...bare.map((campaign) =>
      planWarning(
        campaign.key,
        'CAMPAIGN_WITHOUT_AD_SETS',
        `Campaign ${campaign.name} would hold no ad set and is not made.`,
        'Add an ad set to it, or remove it.',
        {},
      ),
    ),
  ];
}

function mixedProblems(adsOf: ReadonlyMap<AdSetCell, readonly AdCell[]>, plan: Plan): PlanProblem[] {
  const { oneKindOfMedia = false, label } = platformRules(plan.platform);
  if (!oneKindOfMedia) return [];
  return [...adsOf]
    .filter(([, ads]) => mediaKindsOf(ads).length > 1)
    .map(([cell]) =>
      planError(
        cell.path,
        'MIXED_MEDIA',
        `Ad set ${cell.name} would show pictures and videos; ${label} takes one kind per ad set.`,
        'Give pictures and videos an ad set each.',
        {},
      ),
    );
}

/** More ads in an ad set than may run in it: all would be made and some could not be switched on. */
function crowdedProblems(adsOf: ReadonlyMap<AdSetCell, readonly AdCell[]>, plan: Plan): PlanProblem[] {
  const { adsPerAdSet, label } = platformRules(plan.platform);
  const most = adShape(plan)?.mostPerAdSet ?? adsPerAdSet ?? Infinity;
  return [...adsOf]
    .filter(([, ads]) => ads.length > most)
    .map(([cell, ads]) =>
      planError(
        cell.path,
        'TOO_MANY_ADS',
        `Ad set ${cell.name} would hold ${ads.length} ads; ${label} runs ${most} of one ad set at once.`,
        'Deal the concepts to more ad sets.',
        { ads: ads.length, most },
      ),
    );
}

function nameProblems(items: readonly PlannedItem[]): PlanProblem[] {
  return (['campaign', 'ad_set', 'ad'] as const).flatMap((kind) =>
    nameCollisions(
      items.filter((item) => item.kind === kind && item.name !== '').map((item) => `${item.parentPath ?? ''}\n${item.name}`),
    ).map((both) => {
      const name = both.slice(both.indexOf('\n') + 1);
      return planWarning(
        both.slice(0, both.indexOf('\n')) || 'plan',
        'NAME_COLLISION',
        `Several objects side by side are called "${name}".`,
        'Add a token that tells them apart, such as {ratio} or {counter:3}.',
        { name },
      );
    }),
  );
}
