import { expect, test } from 'vitest';
import { LINKEDIN } from './linkedin.ts';
import { checkPlan } from '../check-plan.ts';
import { expandPlan } from '../expand-plan.ts';
import type { Plan, PlanSettings } from '../launch-plan.ts';
import { picture, samplePlan, sampleSettings } from '../plan-sample.test-data.ts';
import { checkUtm, partUtm } from '../utm.ts';

const settings: PlanSettings = {
  ...sampleSettings,
  objective: 'WEBSITE_VISITS',
  optimizationGoal: 'MAX_CLICK',
  billingEvent: 'CPM',
  bidStrategy: 'MAXIMUM_DELIVERY',
  locale: 'fr_FR',
  leadFormId: null,
  utm: { ...LINKEDIN.macros.standard },
};
const planned = (change: Partial<PlanSettings> = {}, more: Partial<Plan> = {}): Plan =>
  samplePlan(1, 1, ['1x1'], { platform: 'linkedin', accountId: '5', settings: { ...settings, ...change }, ...more });
const errors = (plan: Plan): string[] =>
  checkPlan(plan)
    .filter((problem) => problem.severity === 'error')
    .map((problem) => `${problem.code} ${problem.path}`);

test('a plan as LinkedIn takes it has no faults', () => {
  expect(errors(planned())).toEqual([]);
  expect(errors(planned({ ageMin: 25, ageMax: 54, bidStrategy: 'COST_CAP', bidMinor: 500 }))).toEqual([]);
});

test.each([
  [{ budgetLevel: 'campaign' }, 'BAD_BUDGET_LEVEL settings.budgetLevel'],
  [{ locale: null }, 'NO_LOCALE settings.locale'],
  [{ ageMin: 21 }, 'BAD_AGE_RANGE settings.age'],
  [{ ageMax: 60 }, 'BAD_AGE_RANGE settings.age'],
  [{ countries: ['KZ'] }, 'BAD_COUNTRY settings.countries'],
  [{ bidStrategy: 'COST_CAP', bidMinor: null }, 'NO_BID settings.bidMinor'],
  [{ bidStrategy: 'LOWEST_COST_WITHOUT_CAP' }, 'BAD_BID settings.bidStrategy'],
  [{ objective: 'BRAND_AWARENESS', optimizationGoal: 'MAX_REACH', bidStrategy: 'MANUAL', bidMinor: 100 }, 'BAD_BID settings.bidStrategy'],
  [{ objective: 'LEAD_GENERATION', optimizationGoal: 'MAX_LEAD' }, 'NO_LEAD_FORM settings.leadFormId'],
  [{ objective: 'WEBSITE_CONVERSIONS', optimizationGoal: 'MAX_CONVERSION' }, 'NO_PIXEL settings.pixelId'],
  [{ callToAction: 'NO_BUTTON' }, 'BAD_CTA settings.callToAction'],
  [{ utm: { utm_content: 'ad-{{CREATIVE_ID}}' } }, 'UNKNOWN_MACRO settings.utm.utm_content'],
] as const)('caught before anything exists, %#: %s', (change, code) => {
  expect(errors(planned(change as Partial<PlanSettings>))).toEqual([code]);
});

test('ad sets are held to the same', () => {
  const [adSet] = planned().adSets;
  if (!adSet) throw new Error('no ad set');
  expect(errors(planned({}, { adSets: [{ ...adSet, ageMin: 30, countries: ['KZ'] }] }))).toEqual([
    'BAD_COUNTRY adSets.s-1.countries',
    'BAD_AGE_RANGE adSets.s-1.age',
  ]);
});

test('one ad set shows pictures or videos; what it shows and links to is told on the ad set', () => {
  const plan = planned();
  const film = picture('concept-1', '9x16', { kind: 'video', durationMs: 10_000 });
  const mixed = expandPlan({ ...plan, media: [...plan.media, film] });
  expect(mixed.problems.map((problem) => problem.code)).toContain('MIXED_MEDIA');
  const { items, problems } = expandPlan(plan);
  expect(problems.filter((problem) => problem.severity === 'error')).toEqual([]);
  expect(items.find((item) => item.kind === 'ad_set')?.spec).toMatchObject({
    mediaKinds: ['image'],
    urlTags: expect.stringContaining('utm_content={{CREATIVE_ID}}'),
  });
  expect(items.filter((item) => item.kind === 'creative')).toEqual([]);
});

test('a query string is cut into what a link carries and what the platform fills in', () => {
  expect(partUtm('a=1&utm_content={{CREATIVE_ID}}&b=x%20y', 'linkedin')).toEqual({
    fixed: 'a=1&b=x%20y',
    macros: { utm_content: '{{CREATIVE_ID}}' },
  });
  expect(partUtm('', 'linkedin')).toEqual({ fixed: '', macros: {} });
  expect(checkUtm({ a: '{{CREATIVE_ID}}' }, 'linkedin')).toEqual([]);
});

test('an ad set holds no more ads than can be on at once', () => {
  const codes = (concepts: number): string[] =>
    expandPlan(samplePlan(1, concepts, ['1x1'], { platform: 'linkedin', accountId: '5', settings }))
      .problems.filter((problem) => problem.severity === 'error')
      .map((problem) => problem.code);
  expect([codes(15), codes(16)]).toEqual([[], ['TOO_MANY_ADS']]);
});
