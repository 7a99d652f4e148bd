import { expect, test } from 'vitest';
import type { AdAccount } from '#shared/contracts/connections.ts';
import { AD_PLATFORMS, platformRules, type AdPlatformId } from '#shared/rules/ad-platforms/index.ts';
import { measureOf } from '#shared/rules/ad-platforms/goal-measures.ts';
import { fieldsAsked } from '#shared/rules/ad-platforms/own-settings.ts';
import type { GoalWords, OwnSetting } from '#shared/rules/ad-platforms/platform-rules.ts';
import { contentOf } from '#shared/rules/ad-content.ts';
import { checkPlan } from '#shared/rules/check-plan.ts';
import { parseCsv } from '#shared/sheets/parse-csv.ts';
import { emptyDraft, type Draft, type DraftMedia } from './draft.ts';
import { makePlan } from './make-plan.ts';
import { previewNames } from './name-preview.ts';
import { settingFaults } from './setting-faults.ts';
import { sheetTemplate } from './sheet-template.ts';

const SNAP_ID = '2a000000-0000-4000-a000-000000000001';
const IDS: Record<AdPlatformId, { account: string; speaker: string; id: string }> = {
  meta: { account: '1000000001', speaker: '200', id: '300' },
  'google-ads': { account: '4000000011', speaker: '', id: '300' },
  tiktok: { account: '7000000011', speaker: 'TT_USER:abc', id: '300' },
  linkedin: { account: '500000001', speaker: '600', id: '300' },
  snapchat: { account: SNAP_ID, speaker: '', id: SNAP_ID },
};
const accountOf = (platform: AdPlatformId): AdAccount =>
  ({ id: 'acc_1', platform, externalId: IDS[platform].account, name: 'Demo', currency: 'EUR', timezone: 'Europe/Paris' }) as AdAccount;
const picture: DraftMedia = {
  fileName: 'founder-story_1x1.png',
  kind: 'image',
  width: 1080,
  height: 1080,
  durationMs: null,
  sha256: '1'.repeat(64),
  bytes: 9,
  file: null,
};
/** What a person types into the fields that are needed. */
const typedFor = (platform: AdPlatformId): Record<OwnSetting, string> => ({
  keywords: 'fresh coffee\n[coffee beans]',
  locale: 'fr_FR',
  brandName: '',
  logoId: IDS[platform].id,
  leadFormId: IDS[platform].id,
  pixelId: IDS[platform].id,
  specialAdCategories: '',
  political: '',
});

/** The platform's own template with one picture, its needed fields filled in. */
function filled(platform: AdPlatformId, goal: GoalWords): Draft {
  const empty = emptyDraft('acc_1', 'key');
  const chosen = { goal: goal.goal, objective: goal.objective, optimizationGoal: goal.optimizationGoal };
  const needed = fieldsAsked(platform, goal.needs).filter(({ required }) => required);
  const own = Object.fromEntries(needed.map(({ setting }) => [setting, typedFor(platform)[setting]]));
  const draft: Draft = {
    ...empty,
    name: 'Spring',
    media: goal.ads?.pictures.length === 0 ? [] : [picture],
    settings: { ...empty.settings, ...chosen, ...own, countries: 'FR', pageId: IDS[platform].speaker },
  };
  const rows = parseCsv(sheetTemplate(draft, accountOf(platform)));
  const settingsOfExample = rows.map((row) =>
    row.map((cell, at) => (['locale', 'keywords'].includes(rows[0]?.[at] ?? '') && row !== rows[0] ? '' : cell)),
  );
  return { ...draft, sheet: { fileName: 'template.csv', rows: settingsOfExample } };
}
const goals = AD_PLATFORMS.flatMap((platform) =>
  platformRules(platform).goals.map((goal): [AdPlatformId, string, GoalWords] => [
    platform,
    `${goal.goal}: ${goal.objective}, ${goal.optimizationGoal}`,
    goal,
  ]),
);

test.each(goals)('%s, %s: what the screen asks for is enough for a plan without an error', (platform, _, goal) => {
  const { plan, expanded, problems } = makePlan(filled(platform, goal), accountOf(platform));
  expect(problems.filter((one) => one.severity === 'error')).toEqual([]);
  expect(checkPlan(plan).filter((one) => one.severity === 'error')).toEqual([]);
  expect(plan.settings).toMatchObject({ objective: goal.objective, optimizationGoal: goal.optimizationGoal });
  expect(expanded.counts.byKind.ad).toBe(1);
  expect(expanded.items.some((item) => contentOf(item)?.linkUrl === 'https://shop.example/spring')).toBe(true);
});

test.each(goals)('%s, %s: each needed field that stays empty closes the way, by its own name', (platform, _, goal) => {
  const draft = filled(platform, goal);
  for (const { setting } of fieldsAsked(platform, goal.needs).filter(({ required }) => required)) {
    const without = { ...draft, settings: { ...draft.settings, [setting]: '' } };
    const { problems } = makePlan(without, accountOf(platform));
    expect(problems.filter((one) => one.severity === 'error').map((one) => one.itemPath)).toContain(`settings.${setting}`);
    expect([...settingFaults(without, accountOf(platform)).keys()]).toContain(setting);
  }
});

test.each(AD_PLATFORMS)('%s: what its goals count can be told apart', (platform) => {
  const { goals: all } = platformRules(platform);
  const said = all.map((one) => `${one.goal} ${one.objective} ${measureOf(one.optimizationGoal)}`);
  expect(new Set(said).size).toBe(all.length);
});

test('a field typed wrong is told by the rule the service uses; what another goal asked for is not sent', () => {
  const [search] = platformRules('google-ads').goals;
  if (search === undefined) throw new Error('no goal');
  const draft = filled('google-ads', search);
  const typed = { ...draft, settings: { ...draft.settings, keywords: 'a@b', logoId: '77', pixelId: '3' } };
  expect(settingFaults(typed, accountOf('google-ads')).get('keywords')?.code).toBe('BAD_KEYWORD');
  expect(makePlan(typed, accountOf('google-ads')).plan.settings).toMatchObject({ logoId: null, pixelId: null, keywords: ['a@b'] });
});

test.each(AD_PLATFORMS)('%s: names and link of the first ad are shown while they are typed', (platform) => {
  const [goal] = platformRules(platform).goals;
  if (goal === undefined) throw new Error('no goal');
  const preview = previewNames(filled(platform, goal), accountOf(platform));
  expect(preview.isExample).toBe(false);
  expect(preview.link).toContain(platformRules(platform).macros.adId);
  expect(preview.creative === '').toBe(!platformRules(platform).hasCreatives);
});

test('countries of the rows become the campaign’s where it decides and all agree; where they differ it is said', () => {
  const [search] = platformRules('google-ads').goals;
  if (search === undefined) throw new Error('no goal');
  const draft = filled('google-ads', search);
  const [header = [], row = []] = draft.sheet?.rows ?? [];
  const other = row.map((cell, at) => (header[at] === 'ad_set' ? 'Narrow' : cell));
  const make = (...countries: [string, string]) => {
    const rows = [
      [...header, 'country'],
      [...row, countries[0]],
      [...other, countries[1]],
    ];
    return makePlan({ ...draft, sheet: { rows } }, accountOf('google-ads'));
  };
  const agreed = make('FR, BE', 'be,fr');
  expect(agreed.problems.filter((one) => one.severity === 'error')).toEqual([]);
  expect(agreed.plan.settings.countries).toEqual(['BE', 'FR']);
  expect(agreed.expanded.items.find((item) => item.kind === 'campaign')?.spec).toMatchObject({ countries: ['BE', 'FR'] });
  expect(make('FR', 'BE').problems.map((one) => one.code)).toContain('OF_CAMPAIGN');
});
