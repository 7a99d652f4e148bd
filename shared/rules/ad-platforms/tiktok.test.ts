import { expect, test } from 'vitest';
import { checkPlan } from '../check-plan.ts';
import { expandPlan } from '../expand-plan.ts';
import type { Plan } from '../launch-plan.ts';
import type { AdSetSpec, CampaignSpec } from '../planned-item.ts';
import { picture, samplePlan, sampleSettings } from '../plan-sample.test-data.ts';

const tiktok = (change: Partial<Plan['settings']> = {}, plan: Partial<Plan> = {}): Plan =>
  samplePlan(1, 1, ['9x16'], {
    platform: 'tiktok',
    accountId: '7380000000000000001',
    settings: {
      ...sampleSettings,
      objective: 'TRAFFIC',
      optimizationGoal: 'CLICK',
      billingEvent: 'CPC',
      bidStrategy: 'BID_TYPE_CUSTOM',
      bidMinor: 50,
      pageId: 'TT_USER:7370000000000000002',
      leadFormId: null,
      utm: { utm_source: 'tiktok', utm_content: '__CID__' },
      ...change,
    },
    media: [picture('concept-1', '9x16')],
    ...plan,
  });
const codes = (plan: Plan) =>
  checkPlan(plan)
    .filter((problem) => problem.severity === 'error')
    .map((problem) => `${problem.path} ${problem.code}`);

test('ages that the platform cannot cut at, and countries it does not sell, are said before anything is sent', () => {
  expect(codes(tiktok({ ageMin: 18, ageMax: 44 }))).toEqual([]);
  expect(codes(tiktok({ ageMin: 20, ageMax: 60 }))).toEqual(['settings.age BAD_AGE_RANGE']);
  expect(codes(tiktok({ countries: ['FR', 'AQ'] }))).toEqual(['settings.countries BAD_COUNTRY']);
  const [adSet] = tiktok().adSets;
  if (!adSet) throw new Error('no ad set');
  expect(codes(tiktok({}, { adSets: [{ ...adSet, ageMax: 50, countries: ['KP'] }] }))).toEqual([
    `adSets.${adSet.key}.countries BAD_COUNTRY`,
    `adSets.${adSet.key}.age BAD_AGE_RANGE`,
  ]);
  // Elsewhere any year and any country goes.
  expect(codes(samplePlan(1, 1, ['1x1'], { settings: { ...sampleSettings, ageMin: 20, countries: ['AQ'] } }))).toEqual([]);
});

test('macros, identities and buttons are the platform’s; a headline that nobody sees may be empty', () => {
  expect(codes(tiktok({ utm: { utm_content: '__NOBODY__' } }))).toEqual(['settings.utm.utm_content UNKNOWN_MACRO']);
  expect(codes(tiktok({ pageId: 'AUTH_CODE:7370000000000000004' }))).toEqual(['settings.pageId REQUIRED']);
  expect(codes(tiktok({ pageId: 'BC_AUTH_TT:7370000000000000003@7390000000000000001' }))).toEqual([]);
  expect(codes(tiktok({ callToAction: 'NO_BUTTON' }))).toEqual(['settings.callToAction BAD_CTA']);
  const plan = tiktok();
  expect(codes({ ...plan, copySets: plan.copySets.map((copy) => ({ ...copy, headline: '' })) })).toEqual([]);
  expect(codes({ ...plan, platform: 'meta', copySets: plan.copySets.map((copy) => ({ ...copy, headline: '' })) })).toContain(
    'copySets.concept-1/default.headline REQUIRED',
  );
});

test('where bids belong to ad sets they stay there, also under a campaign budget', () => {
  const { items } = expandPlan(tiktok({ budgetLevel: 'campaign' }));
  const spec = (kind: string) => items.find((item) => item.kind === kind)?.spec;
  expect(spec('campaign') as CampaignSpec).toMatchObject({ dailyBudgetMinor: 2_000, bidStrategy: null, bidMinor: null });
  expect(spec('ad_set') as AdSetSpec).toMatchObject({ dailyBudgetMinor: null, bidStrategy: 'BID_TYPE_CUSTOM', bidMinor: 50 });
  const meta = expandPlan(samplePlan(1, 1, ['1x1'], { settings: { ...sampleSettings, budgetLevel: 'campaign' } })).items;
  expect(meta.find((item) => item.kind === 'ad_set')?.spec as AdSetSpec).toMatchObject({ bidStrategy: null });
});
