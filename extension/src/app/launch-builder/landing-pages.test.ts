import { expect, test } from 'vitest';
import { expandPlan } from '#shared/rules/expand-plan.ts';
import { samplePlan } from '#shared/rules/plan-sample.test-data.ts';
import { landingPagesOf } from './landing-pages.ts';

const plan = samplePlan(2, 3, ['1x1']);
const pagesOf = (one: typeof plan) => landingPagesOf(one, expandPlan(one));

test('each page once, with the ads that lead there and what the first of them adds', () => {
  const [copy, ...others] = plan.copySets;
  if (copy === undefined) throw new Error('no text');
  const pages = pagesOf({ ...plan, copySets: [{ ...copy, link: 'https://shop.example/other' }, ...others] });
  expect(pages.map(({ url, ads }) => `${ads} ${url}`).toSorted()).toEqual([
    '2 https://shop.example/other',
    '4 https://shop.example/spring',
  ]);
  expect(pages.every((one) => one.parameters.includes('utm_content={{ad.id}}'))).toBe(true);
});

test('the language is the concept’s, else the plan’s; none where ads of several lead to one page', () => {
  const said = (...langs: (string | null)[]) => ({
    ...plan,
    concepts: plan.concepts.map((concept, i) => ({ ...concept, lang: langs[i] ?? null })),
  });
  expect(pagesOf(said('fr', 'FR', 'fr-CA'))[0]?.language).toBe('fr');
  expect(pagesOf(said('fr', 'en', 'fr'))[0]?.language).toBeNull();
  expect(pagesOf(said('French'))[0]?.language).toBeNull();
  expect(pagesOf({ ...said(), settings: { ...plan.settings, locale: 'de_DE' } })[0]?.language).toBe('de');
});

test('ads that open a form of the platform lead to no page', () => {
  expect(pagesOf({ ...plan, settings: { ...plan.settings, linkUrl: null } })).toEqual([]);
});
