import { expect, test } from 'vitest';
import { checkPlan } from '../check-plan.ts';
import type { Plan, PlanSettings } from '../launch-plan.ts';
import { samplePlan, sampleSettings } from '../plan-sample.test-data.ts';
import { SNAPCHAT } from './snapchat.ts';

const PROFILE = '3a000000-0000-4000-a000-000000000001';
const plan = (settings: Partial<PlanSettings> = {}, change: Partial<Plan> = {}): Plan =>
  samplePlan(1, 1, ['9x16'], {
    platform: 'snapchat',
    accountId: '2a000000-0000-4000-a000-000000000001',
    settings: {
      ...sampleSettings,
      objective: 'TRAFFIC',
      optimizationGoal: 'SWIPES',
      billingEvent: 'IMPRESSION',
      bidStrategy: 'AUTO_BID',
      pageId: PROFILE,
      leadFormId: null,
      utm: SNAPCHAT.macros.standard,
      ...settings,
    },
    ...change,
  });
const errors = (one: Plan) =>
  checkPlan(one).flatMap((problem) => (problem.severity === 'error' ? [`${problem.path} ${problem.code}`] : []));
const withCopy = (headline: string, primaryText = 'Text'): Plan => {
  const one = plan();
  return { ...one, copySets: one.copySets.map((copy) => ({ ...copy, headline, primaryText })) };
};

test('a plan in the words of the platform is sound, with a public profile or without', () => {
  expect(errors(plan())).toEqual([]);
  expect(errors(plan({ pageId: '' }))).toEqual([]);
});

test.each([
  [{ pageId: '107' }, 'settings.pageId REQUIRED'],
  [{ budgetLevel: 'campaign' }, 'settings.budgetLevel BAD_BUDGET_LEVEL'],
  [{ objective: 'OUTCOME_TRAFFIC' }, 'settings.optimizationGoal BAD_GOAL'],
  [{ objective: 'SALES', optimizationGoal: 'PIXEL_PURCHASE' }, 'settings.pixelId NO_PIXEL'],
  [{ objective: 'LEADS', optimizationGoal: 'LEAD_FORM_SUBMISSIONS' }, 'settings.leadFormId NO_LEAD_FORM'],
  [{ leadFormId: '300' }, 'settings.leadFormId BAD_ID'],
  [{ bidStrategy: 'MIN_ROAS' }, 'settings.bidStrategy BAD_BID'],
  [{ bidStrategy: 'TARGET_COST' }, 'settings.bidMinor NO_BID'],
  [{ callToAction: 'CONTACT_US' }, 'settings.callToAction BAD_CTA'],
  [{ utm: { ad: '{{adset.id}} {{ad.id}}' } }, 'settings.utm.ad UNKNOWN_MACRO'],
] as const)('%j is found before anything is sent', (settings, found) => {
  expect(errors(plan(settings as Partial<PlanSettings>))).toEqual([found]);
});

test('a headline of 34 characters fits, one more does not; a text that is shown nowhere need not be written', () => {
  expect(errors(withCopy('x'.repeat(34)))).toEqual([]);
  expect(errors(withCopy('x'.repeat(35)))).toEqual([expect.stringMatching(/headline TEXT_TOO_LONG$/)]);
  expect(errors(withCopy('Short', ''))).toEqual([]);
  expect(errors(withCopy(''))).toEqual([expect.stringMatching(/headline REQUIRED$/)]);
});
