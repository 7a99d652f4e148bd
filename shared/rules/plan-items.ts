import type { AdCell, AdSetCell } from './expand-cells.ts';
import { DEFAULT_KEY, type Plan, type PlanCampaign, type PlanMedia } from './launch-plan.ts';
import { platformRules } from './ad-platforms/index.ts';
import { fillName, type NameTemplate, type NameValues, parseTemplate } from './names.ts';
import { planError, planWarning } from './plan-problem.ts';
import type { CreativeSpec, PlannedItem, PlanProblem } from './planned-item.ts';
import { fillUtm, parseUtm } from './utm.ts';

/** How one cell of the matrix becomes the item to create: name, dependencies and spec. */

export type Namer = (level: 'campaign' | 'adSet' | 'creative' | 'ad', path: string, values: NameValues) => string;

export function createNamer(plan: Plan, problems: PlanProblem[]): Namer {
  const read = (level: 'campaign' | 'adSet' | 'creative' | 'ad'): NameTemplate => {
    const template = parseTemplate(plan.settings.naming[level]);
    for (const token of template.unknown)
      problems.push(
        planError(
          `settings.naming.${level}`,
          'UNKNOWN_TOKEN',
          `The name template has no token ${token}.`,
          'Use a token from the list, or remove it.',
          { token },
        ),
      );
    return { ...template, unknown: [] };
  };
  const templates = { campaign: read('campaign'), adSet: read('adSet'), creative: read('creative'), ad: read('ad') };
  const limits = platformRules(plan.platform).names;
  return (level, path, values) => {
    const { name, shortened, fits } = fillName(templates[level], values, limits[level]);
    if (name === '')
      problems.push(
        planError(
          path,
          'EMPTY_NAME',
          'The name template leaves nothing to call this object.',
          'Add a token that always has a value, such as {campaign} or {concept}.',
          {},
        ),
      );
    else if (!fits)
      problems.push(
        planError(
          path,
          'NAME_TOO_LONG',
          `The name is longer than ${limits[level].maxLength} characters.`,
          'Shorten the template or the names in it.',
          { limit: limits[level].maxLength },
        ),
      );
    else if (shortened.length > 0)
      problems.push(
        planWarning(
          path,
          'NAME_SHORTENED',
          `${shortened.join(', ')} was shortened so that the name fits ${limits[level].maxLength} characters.`,
          'Shorten it yourself if you want other words to stay.',
          { tokens: shortened.join(' ') },
        ),
      );
    return name;
  };
}

function valuesFor(
  plan: Plan,
  campaign: PlanCampaign,
  counter: number,
  adSet: AdSetCell | null = null,
  ad: AdCell | null = null,
): NameValues {
  const { settings } = plan;
  const media = ad?.media ?? null;
  const variant = media === null || media.variantKey === DEFAULT_KEY ? '' : media.variantKey;
  return {
    campaign: campaign.name,
    adset: adSet?.name ?? '',
    concept: ad?.concept.name ?? '',
    variant,
    hook: ad?.concept.hook ?? (variant.startsWith('hook') ? variant : ''),
    ratio: media?.ratio ?? '',
    lang: ad?.concept.lang ?? '',
    geo: (adSet?.adSet.countries ?? settings.countries).join('+'),
    creator: ad?.concept.creator ?? '',
    placement: '', // placements are automatic in this release
    account: settings.accountName,
    filename: media?.fileName.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '') ?? '',
    date: settings.namingDate,
    counter,
    custom: settings.custom,
  };
}

export function campaignItem(plan: Plan, campaign: PlanCampaign, namer: Namer, counter: number): PlannedItem {
  const { settings } = plan;
  const holdsBudget = settings.budgetLevel === 'campaign';
  const holdsBid = holdsBudget && platformRules(plan.platform).bidOnAdSet !== true;
  return {
    kind: 'campaign',
    itemPath: campaign.key,
    parentPath: null,
    dependsOn: [],
    name: namer('campaign', campaign.key, valuesFor(plan, campaign, counter)),
    spec: {
      objective: settings.objective,
      specialAdCategories: settings.specialAdCategories,
      dailyBudgetMinor: holdsBudget ? (campaign.dailyBudgetMinor ?? settings.dailyBudgetMinor) : null,
      bidStrategy: holdsBid ? settings.bidStrategy : null,
      bidMinor: holdsBid ? settings.bidMinor : null,
      currency: settings.currency,
      political: settings.political,
      startTime: settings.startTime,
      optimizationGoal: settings.optimizationGoal,
      locale: settings.locale,
      countries: settings.countries,
    },
  };
}

export function adSetItem(plan: Plan, cell: AdSetCell, namer: Namer, counter: number, ads: readonly AdCell[]): PlannedItem {
  const { settings } = plan;
  const holdsBudget = settings.budgetLevel === 'ad_set';
  const holdsBid = holdsBudget || platformRules(plan.platform).bidOnAdSet === true;
  return {
    kind: 'ad_set',
    itemPath: cell.path,
    parentPath: cell.campaign.key,
    dependsOn: [cell.campaign.key],
    name: namer('adSet', cell.path, valuesFor(plan, cell.campaign, counter, cell)),
    spec: {
      campaignPath: cell.campaign.key,
      dailyBudgetMinor: holdsBudget ? (cell.adSet.dailyBudgetMinor ?? settings.dailyBudgetMinor) : null,
      bidStrategy: holdsBid ? settings.bidStrategy : null,
      bidMinor: holdsBid ? settings.bidMinor : null,
      currency: settings.currency,
      objective: settings.objective,
      optimizationGoal: cell.adSet.optimizationGoal ?? settings.optimizationGoal,
      billingEvent: settings.billingEvent,
      conversionEvent: settings.conversionEvent,
      political: settings.political,
      locale: settings.locale,
      keywords: settings.keywords,
      startTime: settings.startTime,
      countries: cell.adSet.countries ?? settings.countries,
      ageMin: cell.adSet.ageMin ?? settings.ageMin,
      ageMax: cell.adSet.ageMax ?? settings.ageMax,
      mediaKinds: mediaKindsOf(ads),
      urlTags: fillUtm(utmOf(plan), valuesFor(plan, cell.campaign, counter, cell)),
      enhancements: settings.enhancements,
      pageId: settings.pageId,
      leadFormId: settings.leadFormId,
      pixelId: settings.pixelId,
    },
  };
}

export const mediaKindsOf = (ads: readonly AdCell[]): PlanMedia['kind'][] =>
  [...new Set(ads.flatMap((ad) => ad.media?.kind ?? []))].toSorted();

/**
 * One creative per ad: equal content in two ads stays two objects, so each can be found, changed and undone alone. Where the platform has
 * no creatives the ad holds the content itself.
 */
export function adItems(plan: Plan, ad: AdCell, namer: Namer, counter: number, mediaPathOf: (media: PlanMedia) => string): PlannedItem[] {
  const values = valuesFor(plan, ad.adSet.campaign, counter, ad.adSet, ad);
  const content = creativeSpec(plan, ad, values, mediaPathOf);
  const files = [content.mediaPath, content.thumbnailPath].filter((path) => path !== null);
  const name = namer('ad', ad.path, values);
  if (!platformRules(plan.platform).hasCreatives)
    return [
      {
        kind: 'ad',
        itemPath: ad.path,
        parentPath: ad.adSet.path,
        name,
        dependsOn: [ad.adSet.path, ...files],
        spec: { adSetPath: ad.adSet.path, creativePath: null, leadFormId: content.leadFormId, creative: content },
      },
    ];
  const creativePath = `${ad.path}:creative`;
  return [
    {
      kind: 'creative',
      itemPath: creativePath,
      parentPath: null,
      dependsOn: files,
      name: namer('creative', creativePath, values),
      spec: content,
    },
    {
      kind: 'ad',
      itemPath: ad.path,
      parentPath: ad.adSet.path,
      name,
      dependsOn: [ad.adSet.path, creativePath],
      spec: { adSetPath: ad.adSet.path, creativePath, leadFormId: content.leadFormId, creative: null },
    },
  ];
}

function creativeSpec(plan: Plan, ad: AdCell, values: NameValues, mediaPathOf: (media: PlanMedia) => string): CreativeSpec {
  const { settings } = plan;
  return {
    pageId: settings.pageId,
    brandName: settings.brandName,
    objective: settings.objective,
    logoId: settings.logoId,
    mediaPath: ad.media && mediaPathOf(ad.media),
    mediaKind: ad.media && ad.media.kind,
    mediaRatio: ad.media && ad.media.ratio,
    thumbnailPath: ad.thumbnail === null ? null : mediaPathOf(ad.thumbnail),
    headline: ad.copySet.headline,
    primaryText: ad.copySet.primaryText,
    description: ad.copySet.description,
    moreHeadlines: ad.copySet.moreHeadlines,
    morePrimaryTexts: ad.copySet.morePrimaryTexts,
    moreDescriptions: ad.copySet.moreDescriptions,
    linkUrl: ad.copySet.link ?? settings.linkUrl,
    urlTags: fillUtm(utmOf(plan), values),
    callToAction: ad.copySet.callToAction ?? settings.callToAction,
    leadFormId: settings.leadFormId,
    enhancements: settings.enhancements,
  };
}

const parsedUtm = new WeakMap<Plan, ReturnType<typeof parseUtm>>();

/** Parsed once per plan, not once per ad. */
function utmOf(plan: Plan): ReturnType<typeof parseUtm> {
  const known = parsedUtm.get(plan) ?? parseUtm(plan.settings.utm, plan.platform);
  parsedUtm.set(plan, known);
  return known;
}
