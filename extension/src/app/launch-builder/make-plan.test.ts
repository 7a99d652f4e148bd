import { expect, test } from 'vitest';
import type { AdAccount } from '#shared/contracts/connections.ts';
import { emptyDraft, type Draft, type DraftMedia } from './draft.ts';
import { makePlan } from './make-plan.ts';
import { matrixOf } from './matrix.ts';

const account = {
  id: 'acc_1',
  platform: 'meta',
  externalId: '1000000001',
  name: 'Demo',
  currency: 'EUR',
  timezone: 'Europe/Paris',
} as AdAccount;
const picture = (concept: string, height: number): DraftMedia => ({
  fileName: `${concept}_${height === 1080 ? '1x1' : '9x16'}.png`,
  kind: 'image',
  width: 1080,
  height,
  durationMs: null,
  sha256: `${concept}${height}`.padEnd(64, '0'),
  bytes: 9,
  file: null,
});
const HEADER = ['campaign', 'ad_set', 'country', 'concept', 'headline', 'primary_text', 'link'];
const row = (adSet: string, concept: string, country = 'FR') => [
  'Spring',
  adSet,
  country,
  concept,
  'Hello',
  'A text',
  'https://shop.example/',
];
const draft = (change: Partial<Draft> = {}): Draft => ({
  ...emptyDraft('acc_1', 'key'),
  name: 'Spring',
  sheet: {
    fileName: 'spring.csv',
    rows: [HEADER, row('Broad', 'Story'), row('Broad', 'Question'), row('Narrow', 'Story'), row('Narrow', 'Question')],
  },
  media: [picture('story', 1080), picture('story', 1920), picture('question', 1080), picture('question', 1920)],
  ...change,
});
const withPage = (one: Draft): Draft => ({ ...one, settings: { ...one.settings, pageId: '200' } });
const make = (one: Draft) => makePlan(one, account, Date.parse('2026-11-20T23:30:00Z'));

test('sheet and media become ads: ad sets × concepts × ratios, on the account as the platform writes it', () => {
  const { plan, expanded, problems } = make(withPage(draft()));
  expect(problems).toEqual([]);
  expect(expanded.counts.byKind).toEqual({ media: 4, campaign: 1, ad_set: 2, creative: 8, ad: 8 });
  expect(expanded.counts.dailyBudgetMinor).toBe(4000);
  expect(plan.accountId).toBe('act_1000000001');
  expect(plan.settings.namingDate).toBe('2026-11-21'); // the account's day, not ours
});

test('countries in every row need no default; one row without needs it', () => {
  expect(make(withPage(draft())).plan.settings.countries).toEqual(['FR']);
  const rows = [HEADER, row('Broad', 'Story'), row('Narrow', 'Story', '')];
  expect(make(withPage(draft({ sheet: { fileName: 's.csv', rows } }))).problems.map((one) => one.itemPath)).toContain('settings.countries');
});

test('what is typed wrong in a setting is said like a mistake of the sheet', () => {
  const one = withPage(draft());
  const { problems } = make({ ...one, settings: { ...one.settings, dailyBudget: '20 USD' } });
  expect(problems[0]).toMatchObject({ severity: 'error', code: 'WRONG_CURRENCY', column: 'daily_budget', row: null });
});

test('a goal that counts something says what it counts, or the way is closed', () => {
  const one = withPage(draft());
  const errors = (change: Partial<Draft['settings']>) =>
    make({ ...one, settings: { ...one.settings, ...change } }).problems.map(({ code, itemPath }) => `${code} ${itemPath}`);
  expect(errors({ goal: 'leads' })).toEqual(['NO_LEAD_FORM settings.leadFormId']);
  expect(errors({ goal: 'leads', leadFormId: '300' })).toEqual([]);
  expect(errors({ goal: 'sales' })).toEqual(['NO_PIXEL settings.pixelId']);
  expect(errors({ goal: 'sales', pixelId: '301' })).toEqual([]);
});

test('own names and link parameters are in the plan; what is wrong in them closes the way', () => {
  const one = withPage(draft());
  const naming = { campaign: 'EU {campaign}', adSet: '{adset}', creative: '{concept} {ratio}', ad: '{concept} {ratio}' };
  const planWith = (change: Partial<Draft['settings']>) => make({ ...one, settings: { ...one.settings, ...change } });
  const ids = { key: 'ad', value: '{{ad.id}}' };
  const { plan, expanded, problems } = planWith({ naming, utm: [ids, { key: '', value: '' }] });
  expect(problems).toEqual([]);
  expect(plan.settings.utm).toEqual({ ad: '{{ad.id}}' });
  expect(expanded.items.find((item) => item.kind === 'campaign')?.name).toBe('EU Spring');
  const codes = (change: Partial<Draft['settings']>) =>
    planWith(change)
      .problems.filter((problem) => problem.severity === 'error')
      .map(({ code, itemPath }) => `${code} ${itemPath}`);
  expect(codes({ naming: { ...naming, ad: '{concept} {ratio} {colour}' } })).toEqual(['UNKNOWN_TOKEN settings.naming.ad']);
  expect(codes({ utm: [ids, ids] })).toEqual(['DUPLICATE_KEY settings.utm.ad']);
  expect(codes({ utm: [ids, { key: 'b', value: '{{ad.colour}}' }] })).toEqual(['UNKNOWN_MACRO settings.utm.b']);
});

test('a crossed-out cell makes no ads and stays visible in the matrix', () => {
  const exclusion = { campaignKey: 'spring', adSetKey: 'broad', conceptKey: 'story', variantKey: null, ratio: null, copySetKey: null };
  const { plan, expanded } = make(withPage(draft({ exclusions: [exclusion] })));
  expect(expanded.counts.byKind.ad).toBe(6);
  const matrix = matrixOf(plan, expanded, [exclusion]);
  const broad = matrix.rows.find((one) => one.adSet === 'Broad');
  expect(broad?.ads).toBe(2);
  expect(broad?.cells.find((cell) => cell.conceptKey === 'story')).toMatchObject({ crossedOut: true, ads: 2 });
});

test('the hand wins over name and pixels', () => {
  const { plan } = make(withPage(draft({ overrides: { 'story_1x1.png': { conceptKey: 'question', ratio: '4x5' } } })));
  expect(plan.media.find((file) => file.fileName === 'story_1x1.png')).toMatchObject({ conceptKey: 'question', ratio: '4x5' });
});
