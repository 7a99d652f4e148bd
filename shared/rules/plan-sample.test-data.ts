import type { Plan, PlanMedia, PlanSettings } from './launch-plan.ts';

/** A plan for tests: `adSets` × `concepts` × `ratios`, one campaign, one text per concept. */
export const sampleSettings: PlanSettings = {
  currency: 'EUR',
  timezone: 'Europe/Paris',
  budgetLevel: 'ad_set',
  dailyBudgetMinor: 2_000,
  objective: 'OUTCOME_LEADS',
  optimizationGoal: 'LEAD_GENERATION',
  billingEvent: 'IMPRESSIONS',
  bidStrategy: 'LOWEST_COST_WITHOUT_CAP',
  startTime: null,
  specialAdCategories: [],
  countries: ['FR'],
  ageMin: null,
  ageMax: null,
  pageId: '200',
  leadFormId: '300',
  pixelId: null,
  linkUrl: 'https://shop.example/spring',
  callToAction: 'LEARN_MORE',
  utm: { utm_source: 'Meta', utm_medium: 'paid-social', utm_campaign: '{{campaign.id}}', utm_content: '{{ad.id}}', c: '{concept}' },
  naming: {
    campaign: '{campaign} | {date:YYYYMMDD}',
    adSet: '{campaign} | {adset} | {geo}',
    creative: '{concept} | {variant} | {ratio}',
    ad: '{concept} | {hook} | {ratio} | {counter:3}',
  },
  enhancements: {},
  namingDate: '2026-11-20',
  accountName: 'Demo',
  custom: {},
};

export const picture = (conceptKey: string, ratio: PlanMedia['ratio'], more: Partial<PlanMedia> = {}): PlanMedia => ({
  mediaKey: `${conceptKey}-${ratio}-png`,
  fileName: `${conceptKey}_${ratio}.png`,
  sha256: null,
  kind: 'image',
  width: 1080,
  height: 1080,
  durationMs: null,
  conceptKey,
  variantKey: 'default',
  ratio,
  role: 'main',
  ...more,
});

export function samplePlan(adSets = 5, concepts = 10, ratios: PlanMedia['ratio'][] = ['1x1', '9x16'], change: Partial<Plan> = {}): Plan {
  const count = (n: number, name: string) => Array.from({ length: n }, (_, i) => `${name}-${i + 1}`);
  return {
    version: 1,
    platform: 'meta',
    accountId: 'act_1',
    name: 'Spring',
    settings: sampleSettings,
    mode: 'all',
    n: null,
    rows: [],
    exclusions: [],
    campaigns: [{ key: 'spring', name: 'Spring', dailyBudgetMinor: null }],
    adSets: count(adSets, 's').map((key) => ({
      key,
      campaignKey: null,
      name: `Set ${key}`,
      dailyBudgetMinor: null,
      countries: null,
      ageMin: null,
      ageMax: null,
      optimizationGoal: null,
    })),
    concepts: count(concepts, 'concept').map((key) => ({ key, name: `Idea ${key}`, hook: null, creator: null, lang: null })),
    copySets: count(concepts, 'concept').map((conceptKey) => ({
      key: 'default',
      conceptKey,
      headline: 'Grow more leads',
      primaryText: 'A short text.',
      description: '',
      link: null,
      callToAction: null,
    })),
    media: count(concepts, 'concept').flatMap((key) => ratios.map((ratio) => picture(key, ratio))),
    ...change,
  };
}
