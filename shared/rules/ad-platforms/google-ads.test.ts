import { expect, test } from 'vitest';
import { checkPlan } from '../check-plan.ts';
import { expandPlan } from '../expand-plan.ts';
import type { Plan, PlanCopySet, PlanSettings } from '../launch-plan.ts';
import { picture, samplePlan, sampleSettings } from '../plan-sample.test-data.ts';
import { checkUtm } from '../utm.ts';
import { platformRules } from './index.ts';

const settings: PlanSettings = {
  ...sampleSettings,
  budgetLevel: 'campaign',
  objective: 'SEARCH',
  optimizationGoal: 'TARGET_SPEND',
  billingEvent: 'CLICKS',
  bidStrategy: 'NO_TARGET',
  pageId: '',
  leadFormId: null,
  keywords: ['coffee'],
  utm: { ...platformRules('google-ads').macros.standard },
  naming: { ...sampleSettings.naming, ad: '{concept} | {counter:3}' },
};
const words: Partial<PlanCopySet> = { moreHeadlines: ['Two', 'Three'], description: 'Another text.' };

function search(change: Partial<PlanSettings> = {}, copy: Partial<PlanCopySet> = {}, more: Partial<Plan> = {}): Plan {
  const plan = samplePlan(2, 3, ['1x1'], {
    platform: 'google-ads',
    accountId: '4000000011',
    media: [],
    settings: { ...settings, ...change },
  });
  return {
    ...plan,
    copySets: plan.copySets.map((one) => ({
      ...one,
      ...words,
      ...copy,
      headline: `${copy.headline ?? one.headline} ${one.conceptKey?.at(-1)}`,
    })),
    ...more,
  };
}
const demandGen = (change: Partial<PlanSettings> = {}, copy: Partial<PlanCopySet> = {}, more: Partial<Plan> = {}): Plan => {
  const plan = samplePlan(2, 3, ['1x1'], { platform: 'google-ads', accountId: '4000000011' });
  const goal = { objective: 'DEMAND_GEN', optimizationGoal: 'MAXIMIZE_CONVERSIONS', keywords: [], logoId: '31', brandName: 'Northwind' };
  return {
    ...plan,
    settings: { ...settings, ...goal, ...change },
    copySets: plan.copySets.map((one) => ({ ...one, ...copy })),
    ...more,
  };
};
const problemsOf = (plan: Plan): string[] =>
  [...checkPlan(plan), ...expandPlan(plan).problems].map((problem) => `${problem.severity} ${problem.code} ${problem.path}`);

test('a search plan needs no files: every concept and text is one ad, and its path says so', () => {
  const plan = search();
  expect(problemsOf(plan)).toEqual([]);
  const { items, counts } = expandPlan(plan);
  expect(counts.byKind).toEqual({ media: 0, campaign: 1, ad_set: 2, creative: 0, ad: 6 });
  const ad = items.find((item) => item.kind === 'ad');
  expect(ad).toMatchObject({
    itemPath: 'spring/s-1/concept-1',
    dependsOn: ['spring/s-1'],
    spec: { creativePath: null, creative: { mediaPath: null, mediaKind: null, mediaRatio: null, thumbnailPath: null } },
  });
  expect(items.find((item) => item.kind === 'campaign')?.spec).toMatchObject({ countries: ['FR'], dailyBudgetMinor: 2_000 });
});

test('a Demand Gen plan needs pictures, and the ad knows which shape it shows', () => {
  const plan = demandGen();
  expect(problemsOf(plan)).toEqual([]);
  const ad = expandPlan(plan).items.find((item) => item.kind === 'ad');
  expect(ad).toMatchObject({
    itemPath: 'spring/s-1/concept-1/1x1',
    spec: { creative: { mediaRatio: '1x1', logoId: '31', brandName: 'Northwind' } },
  });
  expect(problemsOf({ ...plan, media: [] })).toContain('error CONCEPT_WITHOUT_MEDIA concepts.concept-1');
});

const adSets = (change: Partial<Plan['adSets'][number]>): Partial<Plan> => ({
  adSets: search().adSets.map((one, i) => (i === 0 ? { ...one, ...change } : one)),
});
test.each<[string, Plan, string]>([
  ['no search word', search({ keywords: [] }), 'error NO_KEYWORDS settings.keywords'],
  ['a search word with a sign', search({ keywords: ['coffee!'] }), 'error BAD_KEYWORD settings.keywords'],
  ['a search word of many words', search({ keywords: ['a b c d e f g h i j k'] }), 'error BAD_KEYWORD settings.keywords'],
  ['two headlines', search({}, { moreHeadlines: ['Two'] }), 'error TEXT_COUNT copySets.concept-1/default.headline'],
  ['one description', search({}, { description: '' }), 'error TEXT_COUNT copySets.concept-1/default.description'],
  ['five descriptions', search({}, { moreDescriptions: ['1', '2', '3'] }), 'error TEXT_COUNT copySets.concept-1/default.description'],
  ['a headline twice', search({}, { moreHeadlines: ['Two', 'two '] }), 'error TEXT_TWICE copySets.concept-1/default.headline'],
  ['a long first headline', search({}, { headline: 'x'.repeat(31) }), 'error TEXT_TOO_LONG copySets.concept-1/default.headline'],
  [
    'a long other headline',
    search({}, { moreHeadlines: ['Two', 'x'.repeat(31)] }),
    'error TEXT_TOO_LONG copySets.concept-1/default.headline',
  ],
  [
    'wide letters, which count twice',
    search({}, { moreHeadlines: ['Two', '珈'.repeat(16)] }),
    'error TEXT_TOO_LONG copySets.concept-1/default.headline',
  ],
  ['a file nobody would see', search({}, {}, { media: [picture('concept-1', '1x1')] }), 'warning MEDIA_UNUSED media.concept-1-1x1-png'],
  ['countries of an ad set', search({}, {}, adSets({ countries: ['US'] })), 'error OF_CAMPAIGN adSets.s-1.countries'],
  [
    'another goal of an ad set',
    search({}, {}, adSets({ optimizationGoal: 'MAXIMIZE_CONVERSIONS' })),
    'error OF_CAMPAIGN adSets.s-1.optimizationGoal',
  ],
  ['budgets on ad sets', search({ budgetLevel: 'ad_set' }), 'error BAD_BUDGET_LEVEL settings.budgetLevel'],
  ['an age between groups', search({ ageMin: 21 }), 'error BAD_AGE_RANGE settings.age'],
  ['an age between groups of an ad set', search({}, {}, adSets({ ageMax: 60 })), 'error BAD_AGE_RANGE adSets.s-1.age'],
  ['a target per sale for clicks', search({ bidStrategy: 'TARGET_CPA', bidMinor: 500 }), 'error BAD_BID settings.bidStrategy'],
  ['a ceiling without an amount', search({ bidStrategy: 'CPC_BID_CEILING' }), 'error NO_BID settings.bidMinor'],
  ['a ceiling in Demand Gen', demandGen({ bidStrategy: 'CPC_BID_CEILING', bidMinor: 50 }), 'error BAD_BID settings.bidStrategy'],
  ['no logo', demandGen({ logoId: null }), 'error NO_LOGO settings.logoId'],
  ['a logo that is no id', demandGen({ logoId: 'logo.png' }), 'error BAD_ID settings.logoId'],
  ['a long name', demandGen({ brandName: 'x'.repeat(26) }), 'error BAD_BRAND_NAME settings.brandName'],
  ['a long name of the account', demandGen({ brandName: null, accountName: 'x'.repeat(26) }), 'error BAD_BRAND_NAME settings.brandName'],
  [
    'a portrait',
    demandGen({}, {}, { media: [picture('concept-1', '9x16', { width: 1080, height: 1920 })] }),
    'error BAD_PICTURE media.concept-1-9x16-png',
  ],
  [
    '16:9, which is not 1.91:1',
    demandGen({}, {}, { media: [picture('concept-1', '16x9', { width: 1920, height: 1080 })] }),
    'error BAD_PICTURE media.concept-1-16x9-png',
  ],
  ['a video', demandGen({}, {}, { media: [picture('concept-1', '1x1', { kind: 'video' })] }), 'error BAD_PICTURE media.concept-1-1x1-png'],
  ['six headlines', demandGen({}, { moreHeadlines: ['2', '3', '4', '5', '6'] }), 'error TEXT_COUNT copySets.concept-1/default.headline'],
  ['a pixel, which it does not know', demandGen({ pixelId: '1' }), 'error BAD_ID settings.pixelId'],
  ['a button it does not have', demandGen({ callToAction: 'ORDER_NOW' }), 'error BAD_CTA settings.callToAction'],
])('%s', (_, plan, problem) => {
  expect(problemsOf(plan)).toContain(problem);
});

test('what Demand Gen allows: countries of an ad set, a target per sale, forty letters, a landscape', () => {
  const plan = demandGen({ bidStrategy: 'TARGET_CPA', bidMinor: 900 }, { headline: 'x'.repeat(40) }, adSets({ countries: ['US'] }));
  expect(problemsOf(plan)).toEqual([]);
  const wide = ['concept-1', 'concept-2', 'concept-3'].map((key) => picture(key, '16x9', { width: 1200, height: 628 }));
  expect(problemsOf({ ...plan, media: wide })).toEqual([]);
});

test('more than three search ads in an ad group cannot run, and the plan says so before they are made', () => {
  const four = samplePlan(1, 4, ['1x1']);
  const plan = search({}, {}, { adSets: four.adSets, concepts: four.concepts });
  const copies = four.copySets.map((one, i) => ({ ...one, ...words, headline: `Headline ${i}` }));
  expect(problemsOf({ ...plan, copySets: copies })).toEqual(['error TOO_MANY_ADS spring/s-1']);
});

test('the platform’s own words are macros, ours are tokens, and what is neither is named', () => {
  const codes = (value: string) => checkUtm({ utm_content: value }, 'google-ads').map((one) => `${one.code} ${one.value}`);
  expect(codes('{creative}-{concept}-{campaignid}')).toEqual([]);
  expect(codes('{creative}-{gclid}')).toEqual(['UNKNOWN_TOKEN {gclid}']);
  expect(codes('{campaignid}')).toEqual(['NO_IDS {creative}']);
});
