import { expect, test } from 'vitest';
import { expandPlan } from '#shared/rules/expand-plan.ts';
import { samplePlan, sampleSettings } from '#shared/rules/plan-sample.test-data.ts';
import { targetsOf } from './targets-of.ts';

test('what is approved names every country and every landing page once, also those of single rows', () => {
  const plan = samplePlan(2, 2, ['1x1'], { settings: { ...sampleSettings, startTime: '2026-12-01T08:00:00.000Z' } });
  const own = {
    ...plan,
    adSets: plan.adSets.map((one, i) => (i === 0 ? { ...one, countries: ['MA', 'FR'] } : one)),
    copySets: plan.copySets.map((one, i) => (i === 0 ? { ...one, link: 'https://shop.example/other' } : one)),
  };
  expect(targetsOf(expandPlan(own))).toEqual({
    countries: ['FR', 'MA'],
    links: ['https://shop.example/other', 'https://shop.example/spring'],
    startTime: '2026-12-01T08:00:00.000Z',
    pageId: '200',
  });
});
