import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '../canonical-json.ts';
import { expandPlan } from '../expand-plan.ts';
import type { Plan, PlanMedia } from '../launch-plan.ts';
import { picture, samplePlan, sampleSettings } from '../plan-sample.test-data.ts';
import { COLUMN_INFO, SHEET_COLUMNS } from './columns.ts';
import { readSheet, type SheetContext } from './read-sheet.ts';
import { templateSheet, writeSheet } from './write-sheet.ts';

const files = (...concepts: string[]): PlanMedia[] =>
  concepts.flatMap((concept) => [picture(concept, '1x1'), picture(concept, '9x16', { height: 1920 })]);
const context = (change: Partial<SheetContext> = {}): SheetContext => ({
  platform: 'meta',
  accountId: 'act_1',
  name: 'Spring',
  settings: sampleSettings,
  media: files('story-a', 'story-b'),
  mode: 'auto',
  n: null,
  ...change,
});
const HEADER = ['Campaign', 'Ad set', 'Daily budget', 'Country', 'Concept', 'Headline', 'Primary text', 'Link'];
const line = (change: Partial<Record<(typeof HEADER)[number], string>> = {}): string[] => {
  const cells: Record<string, string> = {
    Campaign: 'Spring',
    'Ad set': 'Broad',
    'Daily budget': '20',
    Country: 'FR',
    Concept: 'Story A',
    Headline: 'Hello',
    'Primary text': 'A text',
    Link: '',
    ...change,
  };
  return HEADER.map((column) => cells[column] ?? '');
};
const read = (rows: string[][], change: Partial<SheetContext> = {}) => readSheet([HEADER, ...rows], context(change));
const found = (rows: string[][], change: Partial<SheetContext> = {}) =>
  read(rows, change).problems.map((problem) => `${problem.row} ${problem.column} ${problem.code}`);
const adPaths = (plan: Plan) =>
  expandPlan(plan)
    .items.filter((item) => item.kind === 'ad')
    .map((item) => item.itemPath);

test('each row is an ad set × concept, each ratio of its media an ad', () => {
  const result = read([line(), line({ 'Ad set': 'Women 25–34', 'Daily budget': '35,50 €', Concept: 'Story B', Country: 'fr; be' })]);
  expect(result).toMatchObject({ ok: true, problems: [], planProblems: [], rowsRead: 2, unusedMedia: [] });
  expect(adPaths(result.draft)).toEqual([
    'spring/broad/story-a/1x1',
    'spring/broad/story-a/9x16',
    'spring/women-25-34/story-b/1x1',
    'spring/women-25-34/story-b/9x16',
  ]);
  expect(result.draft.adSets).toMatchObject([
    { dailyBudgetMinor: 2_000, countries: ['FR'] },
    { name: 'Women 25–34', dailyBudgetMinor: 3_550, countries: ['FR', 'BE'] },
  ]);
  expect(expandPlan(result.draft).counts.dailyBudgetMinor).toBe(5_550);
});

test('rows that only list ad sets and concepts are combined with each other', () => {
  const blank = { Campaign: '', 'Daily budget': '', Country: '', Headline: '', 'Primary text': '' };
  const rows = [
    line({ ...blank, Concept: '', 'Daily budget': '10' }),
    line({ ...blank, Concept: '', 'Ad set': 'Narrow' }),
    line({ ...blank, 'Ad set': '', Headline: 'Hi', 'Primary text': 'One' }),
    line({ ...blank, 'Ad set': '', Concept: 'Story B', Headline: 'Hi', 'Primary text': 'Two' }),
  ];
  const { draft, problems } = read(rows);
  expect(problems).toEqual([]);
  expect(draft.mode).toBe('all');
  expect(adPaths(draft).length).toBe(8);
});

test('a forgotten ad set among full rows is an error, not a reason to multiply', () => {
  expect(found([line(), line({ 'Ad set': '', Concept: 'Story B' })])).toEqual(['3 ad_set REQUIRED']);
});

test('every mistake of every row at once, with row, column, reason and fix', () => {
  const rows = [
    line({ 'Daily budget': '50 USD' }),
    line({ 'Ad set': 'b', 'Daily budget': '1,500' }),
    line({ 'Ad set': 'c', 'Daily budget': '20.005' }),
    line({ 'Ad set': 'd', 'Daily budget': '$20', Country: 'FRANCE' }),
    line({ 'Ad set': 'e', Concept: 'Story Z', Link: 'shop.example' }),
    line({ 'Ad set': 'f', Headline: '', 'Primary text': 'x'.repeat(2_300) }),
    line({ 'Ad set': 'g', Link: 'https://shop.example/?utm_source=x' }),
    line({ 'Ad set': 'h', Headline: 'Hello {city}' }),
    line({ 'Ad set': 'i', 'Daily budget': '-5' }),
    line({ 'Ad set': 'j', 'Daily budget': '0' }),
  ];
  const { problems, ok } = read(
    rows.map((row, i) => row.map((cell, column) => (column === 4 && cell === 'Story A' && [5, 6, 7].includes(i) ? `Story ${i}` : cell))),
    { media: files('story-a', 'story-5', 'story-6', 'story-7') },
  );
  expect(ok).toBe(false);
  expect(
    problems.filter((problem) => problem.severity === 'error').map((problem) => `${problem.row} ${problem.column} ${problem.code}`),
  ).toEqual([
    '2 daily_budget WRONG_CURRENCY',
    '3 daily_budget BAD_NUMBER',
    '4 daily_budget BAD_NUMBER',
    '5 country BAD_COUNTRY',
    '5 daily_budget WRONG_CURRENCY',
    '6 link BAD_URL',
    '6 media MISSING_MEDIA',
    '7 headline REQUIRED',
    '7 primary_text TEXT_TOO_LONG',
    '8 link DUPLICATE_KEY',
    '9 headline UNKNOWN_TOKEN',
    '10 daily_budget BAD_NUMBER',
    '11 daily_budget BAD_BUDGET',
  ]);
  for (const problem of problems) expect(problem.message.length * problem.fix.length).toBeGreaterThan(0);
  expect(problems[0]).toMatchObject({
    message: '"50 USD" is not in EUR, the currency of this ad account.',
    params: { value: '50 USD', currency: 'EUR' },
  });
});

test('budgets as people write them', () => {
  const budget = (text: string, currency = 'EUR') =>
    read([line({ 'Daily budget': text })], { settings: { ...sampleSettings, currency } }).draft.adSets[0]?.dailyBudgetMinor;
  expect(['20', '20.5', '20,50', '€ 20', '20 EUR', 'eur20', '1 500', '1\u202f500,00 €', '20.000000'].map((text) => budget(text))).toEqual([
    2_000, 2_050, 2_050, 2_000, 2_000, 2_000, 150_000, 150_000, 2_000,
  ]);
  expect(budget('$20', 'USD')).toBe(2_000);
  expect(budget('2000', 'JPY')).toBe(2_000);
  expect(budget('1.234', 'KWD')).toBe(1_234);
});

test("wrong columns: missing, doubled, misspelt, unknown, and people's own", () => {
  const header = ['Campaign', 'Ad sett', 'Headline', 'headline', 'Colour of the week', 'Notes', 'Concept'];
  const { problems, ok } = readSheet([header, ['Spring', 'Broad', 'Hi', 'Hi', 'blue', 'mine', 'Story A']], context());
  expect(
    problems
      .filter((problem) => problem.row === 1)
      .map((problem) => `${problem.severity} ${problem.column} ${problem.code}`)
      .toSorted(),
  ).toEqual([
    'error Ad sett UNKNOWN_COLUMN',
    'error ad_set MISSING_COLUMN',
    'error headline DUPLICATE_COLUMN',
    'error primary_text MISSING_COLUMN',
    'warning Colour of the week UNKNOWN_COLUMN',
  ]);
  expect(problems.find((problem) => problem.column === 'Ad sett')?.fix).toContain('ad_set');
  expect(ok).toBe(false);
});

test('every column has its alias and no alias means two columns', () => {
  const names = SHEET_COLUMNS.flatMap((column) => [column, ...COLUMN_INFO[column].aliases]);
  expect(new Set(names).size).toBe(names.length);
});

test('an empty file, a header alone, and blank lines in between', () => {
  expect(readSheet([], context()).problems.map((problem) => problem.code)).toContain('NO_ROWS');
  expect(found([])).toEqual(['2 null NO_ROWS']);
  expect(found([['', '', ''], line({ Country: 'XX' })])).toEqual(['3 country BAD_COUNTRY']);
});

test('the same ad twice, the same ad set in two ways, two texts without names', () => {
  expect(found([line(), line()])).toEqual(['3 item_path DUPLICATE_ITEM_PATH']);
  expect(found([line(), line({ Concept: 'Story B', 'Daily budget': '30' })])).toEqual(['3 daily_budget CONTRADICTION']);
  expect(found([line(), line({ Concept: 'Story B', 'Ad set': 'BROAD' })])).toEqual(['3 ad_set CONTRADICTION']);
  expect(found([line(), line({ 'Primary text': 'Another text' })])).toEqual(['3 copy COPY_NAME_NEEDED']);
  expect(found([line({ 'Daily budget': '' }), line({ Concept: 'Story B' })])).toEqual([]);
});

const withColumns = (columns: string[], ...rows: string[][]) =>
  readSheet(
    [['Ad set', 'Headline', 'Primary text', ...columns], ...rows.map((row) => ['Broad', 'Hi', 'Text', ...row])],
    context({ media: [...files('story-a'), picture('story-b', '1x1')] }),
  );
const seen = (result: ReturnType<typeof readSheet>) => result.problems.map((problem) => `${problem.row} ${problem.column} ${problem.code}`);

test('ratios asked for are made, missing and wrong ones refused', () => {
  expect(adPaths(withColumns(['Concept', 'Ratio'], ['Story A', '9:16']).draft)).toEqual(['spring/broad/story-a/9x16']);
  expect(seen(withColumns(['Concept', 'Ratio'], ['Story B', '1x1, 9x16']))).toEqual(['2 ratio WRONG_RATIO']);
  expect(seen(withColumns(['Concept', 'Ratio'], ['Story A', '2x3']))).toEqual(['2 ratio BAD_RATIO']);
  expect(seen(withColumns(['Media', 'Ratio'], ['story-a_1x1.png', '9x16']))).toEqual(['2 media WRONG_RATIO']);
});

test('media by file name, by concept, for several concepts, and misspelt', () => {
  expect(adPaths(withColumns(['Media'], ['STORY-A_1x1.PNG']).draft)).toEqual(['spring/broad/story-a/1x1']);
  expect(adPaths(withColumns(['Concept', 'Media'], ['New idea', 'story-a_1x1.png; story-a_9x16.png']).draft)).toEqual([
    'spring/broad/new-idea/1x1',
    'spring/broad/new-idea/9x16',
  ]);
  expect(adPaths(withColumns(['Concept', 'Media'], ['New idea', 'Story B']).draft)).toEqual(['spring/broad/new-idea/1x1']);
  const result = withColumns(['Concept', 'Media'], ['Story A', 'storya_1x1.png']);
  expect(seen(result)).toEqual(['2 media MISSING_MEDIA']);
  expect(result.problems[0]?.fix).toContain('story-a_1x1.png');
  expect(seen(withColumns(['Concept', 'Media'], ['X', 'story-a_1x1.png'], ['X', 'story-b_1x1.png']))).toContain('3 media MEDIA_CONFLICT');
  expect(withColumns(['Media'], ['story-a_1x1.png']).unusedMedia).toEqual(['story-a_9x16.png', 'story-b_1x1.png']);
});

test('ages, buttons and name templates', () => {
  const result = withColumns(['Concept', 'Age min', 'Age max', 'CTA', 'Ad name'], ['Story A', '25', '65+', 'Sign up', '{concept} {ratio}']);
  expect(result.ok).toBe(true);
  expect(result.draft).toMatchObject({
    adSets: [{ ageMin: 25, ageMax: 65 }],
    copySets: [{ callToAction: 'SIGN_UP' }],
    settings: { naming: { ad: '{concept} {ratio}' } },
  });
  expect(seen(withColumns(['Concept', 'Age min', 'Age max', 'CTA', 'Ad name'], ['Story A', '12', 'old', 'Click me', '{conept}']))).toEqual([
    '2 ad_name UNKNOWN_TOKEN',
    '2 age_max BAD_NUMBER',
    '2 age_min BAD_AGE',
    '2 cta BAD_CTA',
  ]);
  expect(seen(withColumns(['Concept', 'Age min', 'Age max'], ['Story A', '40', '30']))).toEqual(['2 age_min BAD_AGE']);
});

test('settings mistakes are found with the rows, and belong to no row', () => {
  const result = read([line()], { settings: { ...sampleSettings, pageId: '', utm: { a: '{{nope}}' } } });
  expect(result.problems).toEqual([]);
  expect(result.planProblems.map((problem) => problem.code)).toEqual(['REQUIRED', 'UNKNOWN_MACRO', 'UTM_WITHOUT_IDS']);
  expect(result.ok).toBe(false);
});

test('an item path keeps an ad the same ad after renaming; a broken one is refused', () => {
  const rows = (path: string, concept: string) =>
    readSheet(
      [
        ['item_path', 'Ad set', 'Concept', 'Headline', 'Primary text', 'Media'],
        [path, 'New name', concept, 'Hi', 'Text', 'story-a_9x16.png'],
      ],
      context(),
    );
  const { draft } = rows('c1/s3/concept-12/9x16', 'Renamed idea');
  expect(adPaths(draft)).toEqual(['c1/s3/concept-12/9x16']);
  expect(draft).toMatchObject({ adSets: [{ key: 's3', name: 'New name' }], concepts: [{ key: 'concept-12', name: 'Renamed idea' }] });
  for (const path of ['c1/s3', 'c1/s3/concept-12', 'c1/s3/x/9x16/a/b', '../x/y/9x16'])
    expect(
      rows(path, 'Story A').problems.map((problem) => problem.code),
      path,
    ).toContain('BAD_ITEM_PATH');
  expect(rows('c1/s3/concept-12/1x1', 'Story A').problems.map((problem) => problem.code)).toEqual(['WRONG_RATIO']);
});

const plans: [string, Plan][] = [
  ['all', samplePlan(3, 4)],
  ['n per ad set', samplePlan(2, 5, ['1x1', '4x5'], { mode: 'n-per-ad-set', n: 2 })],
  ['one ad set per concept', samplePlan(2, 3, ['1x1'], { mode: 'one-ad-set-per-concept' })],
  [
    'exclusions, variants, shared texts, own budgets',
    (() => {
      const plan = samplePlan(3, 3, ['1x1', '9x16']);
      return {
        ...plan,
        media: [...plan.media, picture('concept-1', '1x1', { mediaKey: 'h2', fileName: 'sub/h2.png', variantKey: 'hook2' })],
        adSets: plan.adSets.map((adSet, i) => ({ ...adSet, dailyBudgetMinor: 1_000 + i, countries: ['BE', 'FR'], ageMin: 20 + i })),
        copySets: [
          ...plan.copySets,
          {
            key: 'short',
            conceptKey: null,
            headline: 'Hi',
            primaryText: '=1+1',
            description: 'd',
            moreHeadlines: [],
            morePrimaryTexts: [],
            moreDescriptions: [],
            link: 'https://shop.example/x',
            callToAction: 'SIGN_UP',
          },
        ],
        exclusions: [
          { campaignKey: null, adSetKey: 's-2', conceptKey: 'concept-2', variantKey: null, ratio: null, copySetKey: null },
          { campaignKey: null, adSetKey: 's-1', conceptKey: null, variantKey: null, ratio: '9x16', copySetKey: 'short' },
        ],
      } satisfies Plan;
    })(),
  ],
];

for (const [name, plan] of plans) {
  test(`export and import give the same items, in any row order: ${name}`, () => {
    const [header, ...rows] = writeSheet(plan);
    const items = canonicalJson(expandPlan(plan).items);
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
        const result = readSheet([header as string[], ...shuffled], context({ media: plan.media, settings: plan.settings }));
        expect(result.problems.filter((problem) => problem.severity === 'error')).toEqual([]);
        expect(canonicalJson(expandPlan(result.draft).items)).toBe(items);
      }),
      { numRuns: 15 },
    );
  });
}

test('the template sheet is itself a sheet we can read', () => {
  const [header, example] = templateSheet({ platform: 'meta', settings: sampleSettings });
  const result = readSheet(
    [header as string[], example as string[]],
    context({ media: [picture('founder-story', '1x1', { fileName: 'founder-story_1x1.png' })], settings: { ...sampleSettings } }),
  );
  expect(result.problems.filter((problem) => problem.severity === 'error').map((problem) => problem.code)).toEqual([]);
});

test('5,000 wrong rows are all reported in under two seconds of own time', () => {
  const rows = Array.from({ length: 5_001 }, (_, i) => line({ 'Ad set': `s${i}`, Concept: `Missing ${i}`, 'Daily budget': '5 USD' }));
  const start = process.cpuUsage();
  const { problems } = read(rows, { media: Array.from({ length: 300 }, (_, i) => picture(`missin-${i}`, '1x1')) });
  expect(process.cpuUsage(start).user / 1_000).toBeLessThan(2_000);
  expect(problems.filter((problem) => problem.code === 'MISSING_MEDIA').length).toBe(5_000);
  expect(problems.at(-1)?.code).toBe('TOO_MANY_ROWS');
});
