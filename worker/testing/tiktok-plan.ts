import type { Plan } from '#shared/rules/launch-plan.ts';
import { DEMO_ADVERTISERS, DEMO_ASSETS } from '../../sandbox/tiktok/index.ts';
import { testPlan, type PlanSize, type TestFile } from './test-plan.ts';

export const ADVERTISER = DEMO_ADVERTISERS.euros;

const GOALS = {
  traffic: { objective: 'TRAFFIC', optimizationGoal: 'CLICK', billingEvent: 'CPC', budgetLevel: 'ad_set' },
  sales: { objective: 'WEB_CONVERSIONS', optimizationGoal: 'CONVERT', billingEvent: 'OCPM', budgetLevel: 'campaign' },
  leads: { objective: 'LEAD_GENERATION', optimizationGoal: 'LEAD_GENERATION', billingEvent: 'OCPM', budgetLevel: 'ad_set' },
} as const;

/** A plan for the demo's ad account in euros. */
export function tiktokPlan(
  goal: keyof typeof GOALS,
  size: PlanSize = { adSets: 2, concepts: 2, ratios: ['9x16'] },
): { plan: Plan; files: TestFile[] } {
  const { plan, files } = testPlan(size);
  const isLeads = goal === 'leads';
  return {
    files,
    plan: {
      ...plan,
      platform: 'tiktok',
      accountId: ADVERTISER,
      settings: {
        ...plan.settings,
        ...GOALS[goal],
        dailyBudgetMinor: 6_050,
        bidStrategy: isLeads ? 'BID_TYPE_CUSTOM' : 'BID_TYPE_NO_BID',
        bidMinor: isLeads ? 450 : null,
        ageMin: 18,
        ageMax: 44,
        pageId: isLeads ? `TT_USER:${DEMO_ASSETS.tiktokIdentity}` : DEMO_ASSETS.customIdentity,
        leadFormId: isLeads ? DEMO_ASSETS.form : null,
        pixelId: goal === 'sales' ? DEMO_ASSETS.pixel : null,
        utm: { utm_source: 'tiktok', utm_medium: 'paid-social', utm_content: '__CID__' },
      },
    },
  };
}
