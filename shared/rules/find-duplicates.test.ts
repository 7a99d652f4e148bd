import { expect, test } from 'vitest';
import { expandPlan } from './expand-plan.ts';
import { adFingerprints } from './fingerprint.ts';
import type { Plan, PlanCopySet } from './launch-plan.ts';
import { picture, samplePlan } from './plan-sample.test-data.ts';

const sha = (letter: string) => letter.repeat(64);
const copy = (change: Partial<PlanCopySet> = {}): PlanCopySet => ({
  ...(samplePlan().copySets[0] as PlanCopySet),
  conceptKey: null,
  ...change,
});
const two = (change: Partial<Plan> = {}, second: Partial<PlanCopySet> = {}): Plan =>
  samplePlan(1, 1, ['1x1'], {
    media: [picture('concept-1', '1x1', { sha256: sha('a') })],
    copySets: [copy({ key: 'one' }), copy({ key: 'two', ...second })],
    ...change,
  });
const duplicates = (plan: Plan) => expandPlan(plan).problems.filter((one) => one.code.startsWith('DUPLICATE_AD'));

test('the same media, words and link twice in one ad set is an error that names both', () => {
  expect(duplicates(two())).toMatchObject([
    { code: 'DUPLICATE_AD', severity: 'error', path: 'spring/s-1/concept-1/1x1/two', params: { first: 'spring/s-1/concept-1/1x1/one' } },
  ]);
});

test('differences nobody sees do not make another ad', () => {
  const unseen: Partial<PlanCopySet>[] = [
    { headline: '  GROW  more\nleads ' },
    { link: 'https://SHOP.example/spring/?utm_source=x&gclid=1&UTM_Campaign=y' },
    { moreHeadlines: ['Grow more leads'] },
  ];
  for (const second of unseen) expect(duplicates(two({}, second)), JSON.stringify(second)).toHaveLength(1);
});

test('differences people see do', () => {
  const seen: Partial<PlanCopySet>[] = [
    { headline: 'Grow fewer leads' },
    { description: 'Free' },
    { link: 'https://shop.example/spring?size=2' },
    { link: 'https://shop.example/autumn' },
    { callToAction: 'SHOP_NOW' },
    { morePrimaryTexts: ['Another text.'] },
  ];
  for (const second of seen) expect(duplicates(two({}, second)), JSON.stringify(second)).toEqual([]);
});

test('two files with the same bytes are one picture, two pictures are two ads', () => {
  const plan = (second: string): Plan =>
    samplePlan(1, 2, ['1x1'], {
      media: [picture('concept-1', '1x1', { sha256: sha('a') }), picture('concept-2', '1x1', { sha256: second })],
    });
  expect(duplicates(plan(sha('a')))).toHaveLength(1);
  expect(duplicates(plan(sha('b')))).toEqual([]);
});

test('the same ad in several ad sets is a test, not a mistake', () => {
  expect(duplicates(samplePlan(5, 10))).toEqual([]);
});

test('a reason turns the error into a note that repeats it', () => {
  expect(duplicates(two({ duplicatesReason: 'Two budgets of one idea' }))).toMatchObject([
    { code: 'DUPLICATE_AD_ALLOWED', severity: 'warning', message: expect.stringContaining('Two budgets of one idea') },
  ]);
});

test('a fingerprint does not depend on names, budgets, dates or counted parameters', () => {
  const inputs = (plan: Plan) => adFingerprints(expandPlan(plan).items).map((one) => one.input);
  const plan = two({}, { headline: 'Other' });
  const { settings } = plan;
  expect(
    inputs({
      ...plan,
      name: 'Another launch',
      campaigns: [{ key: 'autumn', name: 'Autumn', dailyBudgetMinor: null }],
      settings: { ...settings, dailyBudgetMinor: 9_999, namingDate: '2027-01-01', utm: {}, startTime: '2027-01-01T00:00:00Z' },
    }),
  ).toEqual(inputs(plan));
});

test('ads that hold their content themselves have fingerprints, too', () => {
  const items = expandPlan(two({ platform: 'tiktok' })).items;
  expect(items.some((item) => item.kind === 'creative')).toBe(false);
  expect(adFingerprints(items)).toHaveLength(2);
});
