import type { Plan } from '#shared/rules/launch-plan.ts';
import { DEMO_IDS } from '../../sandbox/snapchat/demo-ids.ts';
import { testPlan, type PlanSize, type TestFile } from './test-plan.ts';

/** The test plan as the demo account at Snapchat takes it: a public profile, upright pictures, visits counted by swipes. */
export function snapchatPlan(size: Omit<PlanSize, 'ratios'>): { plan: Plan; files: TestFile[] } {
  const { plan, files } = testPlan({ ...size, ratios: ['9x16'] });
  return { plan: forSnapchat(plan), files };
}

export const forSnapchat = (plan: Plan): Plan => ({
  ...plan,
  platform: 'snapchat',
  accountId: DEMO_IDS.account,
  settings: {
    ...plan.settings,
    objective: 'TRAFFIC',
    optimizationGoal: 'SWIPES',
    billingEvent: 'IMPRESSION',
    bidStrategy: 'AUTO_BID',
    pageId: DEMO_IDS.profile,
    leadFormId: null,
    utm: { utm_source: 'snapchat', utm_medium: 'paid-social', utm_content: '{{ad.id}}' },
  },
});
