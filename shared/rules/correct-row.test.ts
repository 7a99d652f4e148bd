import { expect, test } from 'vitest';
import { checkPlan } from './check-plan.ts';
import { correctableFields, correctRow, planOfRow } from './correct-row.ts';
import { expandPlan } from './expand-plan.ts';
import { samplePlan } from './plan-sample.test-data.ts';

const plan = samplePlan();
const { items } = expandPlan(plan);
const first = (kind: string) => {
  const item = items.find((one) => one.kind === kind);
  if (!item) throw new Error(`the sample makes no ${kind}`);
  return item;
};

test('a row shows the fields that can be put right, and takes no others', () => {
  expect(correctableFields(first('creative')).map((one) => one.field)).toContain('headline');
  expect(correctableFields(first('media'))).toEqual([]);
  expect(() => correctRow(first('creative'), { dailyBudgetMinor: 1 })).toThrow(RangeError);
  const [campaign, adSet] = [first('campaign'), first('ad_set')];
  const holds = (row: typeof campaign) => correctableFields(row).some((one) => one.field === 'dailyBudgetMinor');
  expect([holds(campaign), holds(adSet)].filter(Boolean)).toHaveLength(1);
});

test('only what changes is a correction, and words are told from what is spent and where it leads', () => {
  const row = first('creative');
  const { headline } = row.spec as { headline: string };
  expect(correctRow(row, { headline })).toMatchObject({ fields: [], isWords: true });
  expect(correctRow(row, { headline: 'Another' })).toMatchObject({ fields: ['headline'], isWords: true, spec: { headline: 'Another' } });
  expect(correctRow(row, { headline: 'Another', linkUrl: 'https://example.com/b' })).toMatchObject({ isWords: false });
  expect(row.spec).toMatchObject({ headline });
});

test("a row's own small plan makes the row, and the checks of plans see its values", () => {
  for (const kind of ['campaign', 'ad_set', 'creative']) {
    const row = first(kind);
    const small = planOfRow(plan, row);
    const found = expandPlan(small).items.find((one) => one.kind === kind && one.itemPath.split('/')[0] === row.itemPath.split('/')[0]);
    expect(found, kind).toBeDefined();
  }
  const row = first('creative');
  const wrong = { ...row, spec: correctRow(row, { headline: '', linkUrl: 'nowhere' }).spec };
  const errors = (of: Parameters<typeof checkPlan>[0]) => checkPlan(of).filter((one) => one.severity === 'error').length;
  expect(errors(planOfRow(plan, row))).toBe(0);
  expect(errors(planOfRow(plan, wrong))).toBeGreaterThanOrEqual(2);
});
