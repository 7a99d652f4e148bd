import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { checkPlan } from './check-plan.ts';
import { expandPlan } from './expand-plan.ts';
import type { Plan } from './launch-plan.ts';
import { planHashInput } from './normalise-plan.ts';
import type { PlannedItem } from './planned-item.ts';
import { picture, samplePlan, sampleSettings } from './plan-sample.test-data.ts';

const paths = (plan: Plan, kind: PlannedItem['kind'] = 'ad') =>
  expandPlan(plan)
    .items.filter((item) => item.kind === kind)
    .map((item) => item.itemPath);
const codes = (plan: Plan) => expandPlan(plan).problems.map((problem) => problem.code);

test('5 ad sets × 10 concepts × 2 ratios: 100 ads, 100 creatives, 20 uploads, and what it costs', () => {
  const { counts, problems, items } = expandPlan(samplePlan());
  expect(problems).toEqual([]);
  expect(counts.byKind).toEqual({ media: 20, campaign: 1, ad_set: 5, creative: 100, ad: 100 });
  expect(counts.total).toBe(226);
  expect(counts.calls).toEqual({ create: 226, readBack: 206, switchOn: 1, total: 433 });
  expect(counts).toMatchObject({ dailyBudgetMinor: 10_000, currency: 'EUR' });
  expect(items.length).toBe(226);
});

test('one ad in full: path, parents, names, link parameters', () => {
  const { items } = expandPlan(samplePlan(1, 12, ['9x16']));
  const ad = items.find((item) => item.itemPath === 'spring/s-1/concept-12/9x16');
  expect(ad).toEqual({
    kind: 'ad',
    itemPath: 'spring/s-1/concept-12/9x16',
    parentPath: 'spring/s-1',
    dependsOn: ['spring/s-1', 'spring/s-1/concept-12/9x16:creative'],
    name: 'Idea concept-12 | 9x16 | 012',
    spec: { adSetPath: 'spring/s-1', creativePath: 'spring/s-1/concept-12/9x16:creative', leadFormId: '300', creative: null },
  });
  const creative = items.find((item) => item.itemPath === 'spring/s-1/concept-12/9x16:creative');
  expect(creative).toMatchObject({
    kind: 'creative',
    parentPath: null,
    dependsOn: ['media:key-concept-12-9x16-png'],
    name: 'Idea concept-12 | 9x16',
    spec: {
      linkUrl: 'https://shop.example/spring',
      urlTags: 'c=Idea%20concept-12&utm_campaign={{campaign.id}}&utm_content={{ad.id}}&utm_medium=paid-social&utm_source=meta',
      enhancements: {},
    },
  });
  expect(items.find((item) => item.kind === 'campaign')?.name).toBe('Spring | 20261120');
});

test('every dependency is an item of the plan and stands before the item', () => {
  const { items } = expandPlan(samplePlan());
  const seen = new Set<string>();
  for (const item of items) {
    for (const path of item.dependsOn) expect(seen.has(path), `${item.itemPath} needs ${path}`).toBe(true);
    expect(seen.has(item.itemPath)).toBe(false);
    seen.add(item.itemPath);
  }
});

test('rows in any order: same bytes, same hash input; a changed word: another hash input', () => {
  const base = samplePlan(3, 11, ['1x1', '4x5', '9x16']);
  const bytes = canonicalJson(expandPlan(base));
  const shuffled = fc.record({
    adSets: fc.shuffledSubarray(base.adSets, { minLength: base.adSets.length }),
    concepts: fc.shuffledSubarray(base.concepts, { minLength: base.concepts.length }),
    copySets: fc.shuffledSubarray(base.copySets, { minLength: base.copySets.length }),
    media: fc.shuffledSubarray(base.media, { minLength: base.media.length }),
  });
  fc.assert(
    fc.property(shuffled, (lists) => {
      const plan = { ...base, ...lists };
      expect(canonicalJson(expandPlan(plan))).toBe(bytes);
      expect(planHashInput(plan)).toBe(planHashInput(base));
    }),
    { numRuns: 30 },
  );
  expect(planHashInput({ ...base, name: 'Spring 2' })).not.toBe(planHashInput(base));
});

test('removing one concept leaves every other item path as it was', () => {
  const full = samplePlan();
  const less = { ...full, concepts: full.concepts.slice(1), copySets: full.copySets.slice(1) };
  const gone = paths(full).filter((path) => path.includes('/concept-1/'));
  expect(paths(less)).toEqual(paths(full).filter((path) => !gone.includes(path)));
});

test('the same bytes are uploaded once, whatever their file names', () => {
  const sha256 = 'ab'.repeat(32);
  const plan = samplePlan(2, 2, ['1x1']);
  const { counts, items } = expandPlan({ ...plan, media: plan.media.map((media) => ({ ...media, sha256 })) });
  expect(counts.byKind).toMatchObject({ media: 1, ad: 4 });
  expect(items[0]).toMatchObject({ itemPath: 'media:abababababababab', spec: { mediaKey: 'concept-1-1x1-png' } });
});

test('a second variant or text adds paths and renames none', () => {
  const plan = samplePlan(1, 1, ['1x1']);
  const more = {
    ...plan,
    media: [...plan.media, picture('concept-1', '1x1', { mediaKey: 'hook', variantKey: 'hook2' })],
    copySets: [
      ...plan.copySets,
      {
        key: 'short',
        conceptKey: null,
        headline: 'Hi',
        primaryText: 'Hi',
        description: '',
        moreHeadlines: [],
        morePrimaryTexts: [],
        moreDescriptions: [],
        link: null,
        callToAction: null,
      },
    ],
  };
  expect(paths(plan)).toEqual(['spring/s-1/concept-1/1x1']);
  expect(paths(more)).toEqual([
    'spring/s-1/concept-1/1x1',
    'spring/s-1/concept-1/1x1/short',
    'spring/s-1/concept-1/hook2/1x1',
    'spring/s-1/concept-1/hook2/1x1/short',
  ]);
});

test('zip pairs what the rows name, or entry by entry', () => {
  const plan = samplePlan(3, 3, ['1x1'], { mode: 'zip' });
  expect(paths({ ...plan, copySets: [{ ...(plan.copySets[0] as Plan['copySets'][number]), conceptKey: null }] })).toEqual([
    'spring/s-1/concept-1/1x1',
    'spring/s-2/concept-2/1x1',
    'spring/s-3/concept-3/1x1',
  ]);
  const rows = [{ campaignKey: 'spring', adSetKey: 's-3', conceptKey: 'concept-1', copySetKey: null }];
  expect(paths({ ...plan, rows: [...rows, ...rows] })).toEqual(['spring/s-3/concept-1/1x1']);
  expect(codes({ ...plan, rows })).toEqual(['AD_SET_WITHOUT_ADS', 'AD_SET_WITHOUT_ADS']);
});

test('zip with lists of different length makes nothing and says which', () => {
  const plan = samplePlan(2, 3, ['1x1'], { mode: 'zip' });
  expect(codes(plan)).toContain('NOTHING_TO_LAUNCH');
  expect(checkPlan(plan).find((problem) => problem.code === 'ZIP_LENGTHS')?.message).toContain('adSets 2, concepts 3');
});

test('n per ad set deals in key order and shows what is left', () => {
  const plan = samplePlan(2, 5, ['1x1'], { mode: 'n-per-ad-set', n: 2 });
  const { leftOver, problems } = expandPlan(plan);
  expect(paths(plan)).toEqual([
    'spring/s-1/concept-1/1x1',
    'spring/s-1/concept-2/1x1',
    'spring/s-2/concept-3/1x1',
    'spring/s-2/concept-4/1x1',
  ]);
  expect(leftOver).toEqual(['concept-5']);
  expect(problems.map((problem) => problem.code)).toEqual(['LEFT_OVER']);
});

test('one ad set per concept: each alone, with its own name and budget', () => {
  const { items, counts } = expandPlan(samplePlan(1, 3, ['1x1'], { mode: 'one-ad-set-per-concept' }));
  expect(counts).toMatchObject({ byKind: { ad_set: 3, ad: 3 }, dailyBudgetMinor: 6_000 });
  expect(items.filter((item) => item.kind === 'ad_set').map((item) => [item.itemPath, item.name])).toEqual([
    ['spring/s-1~concept-1', 'Spring | Set s-1 – Idea concept-1 | FR'],
    ['spring/s-1~concept-2', 'Spring | Set s-1 – Idea concept-2 | FR'],
    ['spring/s-1~concept-3', 'Spring | Set s-1 – Idea concept-3 | FR'],
  ]);
});

test('an exclusion crosses out exactly its cells', () => {
  const none = { campaignKey: null, adSetKey: null, conceptKey: null, variantKey: null, ratio: null, copySetKey: null };
  const plan = samplePlan(2, 2, ['1x1', '9x16']);
  const { excluded, counts } = expandPlan({ ...plan, exclusions: [{ ...none, adSetKey: 's-2', ratio: '9x16' }] });
  expect(excluded).toEqual(['spring/s-2/concept-1/9x16', 'spring/s-2/concept-2/9x16']);
  expect(counts.byKind.ad).toBe(6);
  expect(expandPlan({ ...plan, exclusions: [none] }).excluded).toEqual([]);
});

test('the budget sits on one level only', () => {
  const plan = samplePlan(2, 1, ['1x1'], { settings: { ...sampleSettings, budgetLevel: 'campaign', dailyBudgetMinor: 7_000 } });
  const { items, counts } = expandPlan(plan);
  expect(counts.dailyBudgetMinor).toBe(7_000);
  expect(items.find((item) => item.kind === 'campaign')?.spec).toMatchObject({
    dailyBudgetMinor: 7_000,
    bidStrategy: 'LOWEST_COST_WITHOUT_CAP',
  });
  expect(items.find((item) => item.kind === 'ad_set')?.spec).toMatchObject({ dailyBudgetMinor: null, bidStrategy: null });
  expect(codes({ ...plan, settings: { ...plan.settings, dailyBudgetMinor: null } })).toContain('NO_BUDGET');
});

test('a video takes the thumbnail of its own variant and ratio and counts its upload calls', () => {
  const video = picture('concept-1', '9x16', { mediaKey: 'v', fileName: 'v.mp4', kind: 'video', durationMs: 9_000 });
  const thumb = (mediaKey: string, ratio: '1x1' | '9x16') => picture('concept-1', ratio, { mediaKey, role: 'thumbnail' });
  const { items, counts } = expandPlan({ ...samplePlan(1, 1, []), media: [video, thumb('t1', '1x1'), thumb('t2', '9x16')] });
  expect(items.find((item) => item.kind === 'creative')).toMatchObject({
    dependsOn: ['media:key-v', 'media:key-t2'],
    spec: { thumbnailPath: 'media:key-t2' },
  });
  expect(counts).toMatchObject({ byKind: { media: 2 }, calls: { create: 9 } });
});

test('mistakes of the matrix are named, all at once', () => {
  const plan = samplePlan(1, 2, ['1x1']);
  const broken = {
    ...plan,
    media: [...plan.media.slice(0, 1), picture('concept-1', '1x1', { mediaKey: 'again' })],
    settings: { ...plan.settings, naming: { ...plan.settings.naming, ad: '{conept} {nope}' } },
  };
  expect(codes(broken).toSorted()).toEqual([
    'CONCEPT_WITHOUT_MEDIA',
    'DUPLICATE_MEDIA_SLOT',
    'EMPTY_NAME',
    'UNKNOWN_TOKEN',
    'UNKNOWN_TOKEN',
  ]);
  expect(codes({ ...plan, settings: { ...plan.settings, naming: { ...plan.settings.naming, ad: '{campaign}' } } })).toEqual([
    'NAME_COLLISION',
  ]);
});

test('500 warns, 5,000 stops, and nothing is listed above the stop', () => {
  expect(codes(samplePlan(12, 20, ['1x1']))).toEqual(['MANY_ITEMS']);
  const over = expandPlan(samplePlan(50, 50, ['1x1', '9x16']));
  expect(over.problems.map((problem) => problem.code)).toEqual(['TOO_MANY_ITEMS']);
  expect(over.items).toEqual([]);
  expect(over.counts.byKind.ad).toBe(5_000);
});

test('a plan of 5,000 items expands well inside the time of a key stroke', () => {
  const plan = samplePlan(24, 50, ['1x1', '9x16']);
  expect(expandPlan(plan).counts.total).toBe(4_925);
  const times = Array.from({ length: 7 }, () => {
    const start = process.cpuUsage(); // own time, not that of whoever shares the machine
    expandPlan(plan);
    return process.cpuUsage(start).user / 1_000;
  }).toSorted((a, b) => a - b);
  expect(times[3]).toBeLessThan(150);
});

test('a sound plan passes the local checks; each mistake is found by itself', () => {
  const plan = samplePlan(1, 1, ['1x1']);
  const set = (change: Partial<Plan['settings']>): Plan => ({ ...plan, settings: { ...plan.settings, ...change } });
  const copy = (change: Partial<Plan['copySets'][number]>): Plan => ({
    ...plan,
    copySets: plan.copySets.map((entry) => ({ ...entry, ...change })),
  });
  expect(checkPlan(plan)).toEqual([]);
  const cases: [Plan, string, string][] = [
    [set({ currency: 'EURO' }), 'BAD_CURRENCY', 'error'],
    [set({ timezone: 'Mars/Olympus' }), 'BAD_TIMEZONE', 'error'],
    [set({ countries: ['FRANCE'] }), 'BAD_COUNTRY', 'error'],
    [set({ countries: [] }), 'REQUIRED', 'error'],
    [set({ ageMin: 12 }), 'BAD_AGE', 'error'],
    [set({ ageMin: 40, ageMax: 30 }), 'BAD_AGE', 'error'],
    [set({ pageId: '' }), 'REQUIRED', 'error'],
    [set({ leadFormId: null }), 'NO_LEAD_FORM', 'error'],
    [set({ leadFormId: 'my form' }), 'BAD_ID', 'error'],
    [set({ objective: 'OUTCOME_SALES', optimizationGoal: 'OFFSITE_CONVERSIONS', leadFormId: null }), 'NO_PIXEL', 'error'],
    [set({ objective: 'OUTCOME_SALES', optimizationGoal: 'VALUE', pixelId: 'x1' }), 'BAD_ID', 'error'],
    [set({ optimizationGoal: 'VALUE' }), 'BAD_GOAL', 'error'],
    [set({ bidStrategy: 'HOPE' }), 'BAD_BID', 'error'],
    [set({ bidStrategy: 'COST_CAP' }), 'NO_BID', 'error'],
    [{ ...plan, adSets: plan.adSets.map((one) => ({ ...one, optimizationGoal: 'OFFSITE_CONVERSIONS' })) }, 'NO_PIXEL', 'error'],
    [set({ linkUrl: 'http://shop.example' }), 'NOT_HTTPS', 'error'],
    [set({ linkUrl: 'shop' }), 'BAD_URL', 'error'],
    [set({ linkUrl: 'https://shop.example/?utm_source=x' }), 'DUPLICATE_KEY', 'error'],
    [set({ utm: { utm_source: 'meta', x: '{{ad.nope}}', ad: '{{ad.id}}' } }), 'UNKNOWN_MACRO', 'error'],
    [set({ utm: { utm_source: 'meta' } }), 'UTM_WITHOUT_IDS', 'warning'],
    [set({ enhancements: { text_optimizations: true } }), 'ENHANCEMENT_ON', 'warning'],
    [set({ dailyBudgetMinor: 0 }), 'BAD_BUDGET', 'error'],
    [set({ dailyBudgetMinor: 1.5 }), 'BAD_BUDGET', 'error'],
    [copy({ headline: '' }), 'REQUIRED', 'error'],
    [copy({ primaryText: 'é'.repeat(2_201) }), 'TEXT_TOO_LONG', 'error'],
    [copy({ primaryText: 'é'.repeat(126) }), 'TEXT_CUT', 'warning'],
    [copy({ conceptKey: 'other' }), 'UNKNOWN_REFERENCE', 'error'],
    [{ ...plan, name: ' ' }, 'REQUIRED', 'error'],
    [{ ...plan, mode: 'n-per-ad-set' }, 'BAD_N', 'error'],
    [{ ...plan, campaigns: [...plan.campaigns, ...plan.campaigns] }, 'DUPLICATE_KEY', 'error'],
    [{ ...plan, campaigns: [{ key: 'a/b', name: 'A', dailyBudgetMinor: null }] }, 'BAD_KEY', 'error'],
  ];
  const visits = set({ objective: 'OUTCOME_TRAFFIC', optimizationGoal: 'LINK_CLICKS', leadFormId: null });
  expect(checkPlan(visits)).toEqual([]);
  expect(
    checkPlan({
      ...visits,
      settings: { ...visits.settings, objective: 'OUTCOME_SALES', optimizationGoal: 'OFFSITE_CONVERSIONS', pixelId: '301' },
    }),
  ).toEqual([]);
  for (const [broken, code, severity] of cases)
    expect(
      checkPlan(broken).map((problem) => `${problem.severity} ${problem.code}`),
      code,
    ).toContain(`${severity} ${code}`);
});
