import { LINKEDIN } from '#shared/rules/ad-platforms/linkedin.ts';
import { DEMO_IDS } from '../../sandbox/linkedin/index.ts';
import { testPlan, type PlanSize, type TestFile } from './test-plan.ts';
import type { Plan } from '#shared/rules/launch-plan.ts';

/** The same plan for the demo account of the imitated LinkedIn. */
export function linkedinPlan(size: PlanSize): { plan: Plan; files: TestFile[] } {
  const { plan, files } = testPlan(size);
  return {
    files,
    plan: {
      ...plan,
      platform: 'linkedin',
      accountId: DEMO_IDS.account,
      settings: {
        ...plan.settings,
        timezone: 'UTC',
        objective: 'LEAD_GENERATION',
        optimizationGoal: 'MAX_LEAD',
        billingEvent: 'CPM',
        bidStrategy: 'MAXIMUM_DELIVERY',
        locale: 'fr_FR',
        ageMin: 25,
        ageMax: 54,
        pageId: DEMO_IDS.organization,
        leadFormId: DEMO_IDS.form,
        utm: { ...LINKEDIN.macros.standard },
        accountName: 'Northwind Coffee',
      },
    },
  };
}
