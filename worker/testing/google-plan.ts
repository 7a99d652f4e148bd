import { googleAds } from '../platforms/ads/google-ads/index.ts';
import type { AdSession } from '../platforms/ads/ad-platform.ts';
import type { Plan } from '#shared/rules/launch-plan.ts';
import { platformRules } from '#shared/rules/ad-platforms/index.ts';
import { picture, testPlan, type PlanSize, type TestFile } from './test-plan.ts';

export const GOOGLE_ACCOUNT = '4000000011';

/** The demo account's: Demand Gen ads of one picture each, counted by conversions. */
export function demandGenPlan(size: PlanSize, logoId: string): { plan: Plan; files: TestFile[] } {
  const { plan, files } = testPlan({ ...size, ratios: ['1x1'] });
  return { plan: onGoogle(plan, { objective: 'DEMAND_GEN', optimizationGoal: 'MAXIMIZE_CONVERSIONS', logoId }), files };
}

/** The demo account's: search ads, words only, with one text set of the least there may be. */
export function searchPlan({ adSets, concepts }: Pick<PlanSize, 'adSets' | 'concepts'>): Plan {
  const { plan } = testPlan({ adSets, concepts, ratios: ['1x1'] });
  const words = onGoogle(plan, {
    objective: 'SEARCH',
    optimizationGoal: 'TARGET_SPEND',
    keywords: ['fresh coffee', '"coffee at home"', '[coffee beans]'],
  });
  return {
    ...words,
    media: [],
    // Without media only their words tell ads apart.
    copySets: words.concepts.flatMap(({ key }, i) =>
      words.copySets.map((copy) => ({ ...copy, conceptKey: key, headline: `${copy.headline} ${i + 1}` })),
    ),
    settings: { ...words.settings, naming: { ...words.settings.naming, ad: '{concept} | {counter:3}' } },
  };
}

/** The advertiser's logo in an account's library. */
export async function uploadLogo(session: AdSession): Promise<string> {
  const { bytes } = picture('logo', '1x1', 77);
  return (await googleAds.media.image(session, { name: 'Logo.png', bytes: bytes.buffer })).externalId;
}

function onGoogle(plan: Plan, settings: Partial<Plan['settings']>): Plan {
  return {
    ...plan,
    platform: 'google-ads',
    accountId: GOOGLE_ACCOUNT,
    settings: {
      ...plan.settings,
      budgetLevel: 'campaign',
      billingEvent: 'CLICKS',
      bidStrategy: 'NO_TARGET',
      ageMin: 25,
      ageMax: 54,
      pageId: '',
      brandName: 'Northwind',
      locale: 'fr_FR',
      leadFormId: null,
      pixelId: null,
      utm: { ...platformRules('google-ads').macros.standard },
      ...settings,
    },
    copySets: plan.copySets.map((copy) => ({
      ...copy,
      headline: 'Fresh coffee',
      moreHeadlines: ['Roasted today', 'Free delivery'],
      primaryText: 'From small farms.',
      description: 'At your door in two days.',
    })),
  };
}
