import { expect, test } from 'vitest';
import { platformRules, type AdPlatformId } from '../ad-platforms/index.ts';
import { NO_OWN_SETTINGS } from '../ad-platforms/own-settings.ts';
import { canonicalJson } from '../canonical-json.ts';
import { expandPlan } from '../expand-plan.ts';
import type { Plan, PlanSettings } from '../launch-plan.ts';
import { samplePlan, sampleSettings } from '../plan-sample.test-data.ts';
import { readSheet, type SheetContext } from './read-sheet.ts';
import { templateSheet, writeSheet } from './write-sheet.ts';

/** A plan in the words of the platform's n-th goal. */
function planFor(platform: AdPlatformId, objective: string, optimizationGoal: string, own: Partial<PlanSettings>, files = true): Plan {
  const rules = platformRules(platform);
  const [bid] = rules.bidStrategies;
  const plan = samplePlan(2, 2, files ? ['9x16'] : []);
  return {
    ...plan,
    platform,
    settings: {
      ...sampleSettings,
      ...NO_OWN_SETTINGS,
      objective,
      optimizationGoal,
      budgetLevel: rules.budgetLevels[0] ?? 'ad_set',
      bidStrategy: bid?.word ?? '',
      utm: rules.macros.standard,
      naming: { ...sampleSettings.naming, ad: '{concept} {counter:3}' },
      ...own,
    },
    copySets: plan.copySets.map((copy) => ({ ...copy, headline: 'Hello', description: 'One more' })),
  };
}
const search = planFor(
  'google-ads',
  'SEARCH',
  'TARGET_SPEND',
  { keywords: ['coffee', '"coffee beans"', '[espresso]'], political: true },
  false,
);
const plans: [string, Plan][] = [
  [
    'search',
    { ...search, copySets: search.copySets.map((copy) => ({ ...copy, moreHeadlines: ['Two', 'Three'], moreDescriptions: ['More'] })) },
  ],
  [
    'search with two texts of one concept',
    { ...search, copySets: search.copySets.flatMap((copy) => [copy, { ...copy, key: 'b', headline: 'Other', moreHeadlines: ['Last'] }]) },
  ],
  ['LinkedIn', planFor('linkedin', 'WEBSITE_CONVERSIONS', 'MAX_CONVERSION', { locale: 'fr_FR', pixelId: '77', political: true })],
  ['TikTok', planFor('tiktok', 'LEAD_GENERATION', 'LEAD_GENERATION', { leadFormId: '88', specialAdCategories: ['CREDIT', 'HOUSING'] })],
  ['Snapchat', planFor('snapchat', 'TRAFFIC', 'SWIPES', { brandName: 'Northwind', locale: 'de_DE' })],
];
const contextOf = (plan: Plan, change: Partial<SheetContext> = {}): SheetContext => ({
  platform: plan.platform,
  accountId: plan.accountId,
  name: plan.name,
  settings: { ...plan.settings, ...NO_OWN_SETTINGS },
  media: plan.media,
  mode: 'auto',
  n: null,
  ...change,
});

test.each(plans)('what a sheet carries of a plan comes back from it, the platform’s own settings with it: %s', (_, plan) => {
  const result = readSheet(writeSheet(plan), contextOf(plan));
  expect(result.problems.filter((problem) => problem.severity === 'error')).toEqual([]);
  expect(result.draft.settings).toEqual(plan.settings);
  expect(canonicalJson(expandPlan(result.draft).items)).toBe(canonicalJson(expandPlan(plan).items));
});

test('rows may not differ in what the whole launch goes by, and say yes or no where that is the question', () => {
  const plan = planFor('linkedin', 'WEBSITE_VISITS', 'MAX_CLICK', {});
  const read = (...own: [string, string][]) => {
    const [header = [], ...rows] = writeSheet(plan);
    const sheet = [[...header, 'Locale', 'Political ads'], ...rows.slice(0, own.length).map((row, i) => [...row, ...(own[i] ?? [])])];
    const { draft, problems } = readSheet(sheet, contextOf(plan));
    return [
      draft.settings.locale,
      draft.settings.political,
      ...problems.flatMap(({ severity, row, column, code }) => (severity === 'error' ? [`${row} ${column} ${code}`] : [])),
    ];
  };
  expect(read(['fr_FR', ''], ['', 'YES'])).toEqual(['fr_FR', true]);
  expect(read(['fr_FR', 'no'], ['de_DE', 'no'])).toEqual(['fr_FR', false, '3 locale CONTRADICTION']);
  expect(read(['fr_FR', 'perhaps'])).toEqual(['fr_FR', false, '2 political NOT_YES_OR_NO']);
});

test('a cell wins over what was typed, an empty one leaves it', () => {
  const plan = planFor('linkedin', 'WEBSITE_VISITS', 'MAX_CLICK', { locale: 'fr_FR' });
  const typed = contextOf(plan, { settings: { ...plan.settings, locale: 'de_DE' } });
  expect(readSheet(writeSheet(plan), typed).draft.settings.locale).toBe('fr_FR');
  const silent = writeSheet({ ...plan, settings: { ...plan.settings, locale: null } });
  expect(readSheet(silent, typed).draft.settings.locale).toBe('de_DE');
});

test('a column the platform has no use for is said and not read; a text it shows nowhere is not asked for', () => {
  const plan = planFor('tiktok', 'TRAFFIC', 'CLICK', {});
  const [header = [], ...rows] = writeSheet(plan);
  const at = header.indexOf('headline');
  const without = [[...header, 'Keywords'], ...rows.map((row) => [...row, 'coffee'])].map((row) => row.filter((_, i) => i !== at));
  const result = readSheet(without, contextOf(plan));
  expect(result.problems.map(({ row, column, code, severity }) => `${row} ${column} ${code} ${severity}`)).toEqual([
    '1 keywords UNUSED_COLUMN warning',
  ]);
  expect(result.draft.settings.keywords).toEqual([]);
});

test('texts are measured where ads of this goal show them', () => {
  const long = { headline: 'A headline of thirty-four letters.' };
  const found = (plan: Plan) => {
    const wide = { ...plan, copySets: plan.copySets.map((copy) => ({ ...copy, ...long })) };
    return readSheet(writeSheet(wide), contextOf(wide)).problems.map(({ column, code }) => `${column} ${code}`);
  };
  expect(found(search)[0]).toBe('headline TEXT_TOO_LONG');
  expect(found(planFor('google-ads', 'DEMAND_GEN', 'TARGET_SPEND', { logoId: '3' }))).toEqual([]);
});

test('too few texts for a search ad, and countries of an ad set’s own, are found before anything is sent', () => {
  const own = {
    ...search,
    adSets: search.adSets.map((adSet) => ({ ...adSet, countries: ['FR'] })),
    copySets: search.copySets.map((copy) => ({ ...copy, headline: `Headline ${copy.conceptKey}` })),
  };
  const { planProblems } = readSheet(writeSheet(own), contextOf(own));
  expect(new Set(planProblems.map(({ code }) => code))).toEqual(new Set(['TEXT_COUNT', 'OF_CAMPAIGN']));
});

test('the template has the columns of its platform: search needs no files and three headlines', () => {
  const [header = [], example = []] = templateSheet(search);
  expect(header).toEqual(expect.arrayContaining(['headline_2', 'headline_3', 'keywords', 'locale', 'political']));
  expect(header).not.toContain('media');
  const result = readSheet([header, example], contextOf(search, { settings: { ...search.settings, ...NO_OWN_SETTINGS, linkUrl: null } }));
  expect(result.problems).toEqual([]);
  expect(result.draft.settings.keywords).toEqual(['fresh coffee', '[coffee beans]']);
});
