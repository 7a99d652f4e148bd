import { expect, test } from 'vitest';
import { canonicalJson } from '../canonical-json.ts';
import { expandPlan } from '../expand-plan.ts';
import { samplePlan } from '../plan-sample.test-data.ts';
import { mergeSheets } from './merge-sheets.ts';
import { readSheet } from './read-sheet.ts';
import { writeSheet } from './write-sheet.ts';

const PRESENT = [
  ['item_path', 'Ad set', 'Headline', 'notes'],
  ['c/a/x/1x1', 'Broad', 'One', 'mine'],
  ['c/b/x/1x1', 'Narrow', 'Two', ''],
  ['', 'Wide', 'Three'],
];

test('what another sheet names by item path is updated where it stands; the rest stays, the new comes below', () => {
  const merged = mergeSheets(PRESENT, [
    ['title', 'path', 'hook'],
    ['Two, better', 'c/b/x/1x1', 'Question'],
    ['', '', ''],
    ['Four', '', ''],
    ['Five', 'c/d/x/1x1', ''],
    ['Five, again', 'c/d/x/1x1', ''],
  ]);
  expect(merged).toEqual({
    updated: 1,
    added: 2,
    rows: [
      ['item_path', 'Ad set', 'Headline', 'notes', 'hook'],
      ['c/a/x/1x1', 'Broad', 'One', 'mine', ''],
      ['c/b/x/1x1', 'Narrow', 'Two, better', '', 'Question'],
      ['', 'Wide', 'Three', '', ''],
      ['', '', 'Four', '', ''],
      ['c/d/x/1x1', '', 'Five, again', '', ''],
    ],
  });
});

test('sheets without a path in common are not laid over each other', () => {
  expect(
    mergeSheets(PRESENT, [
      ['item_path', 'headline'],
      ['c/z/x/1x1', 'Z'],
    ]),
  ).toBeNull();
  expect(mergeSheets(PRESENT, [['headline'], ['Z']])).toBeNull();
  expect(mergeSheets([['headline'], ['A']], PRESENT)).toBeNull();
});

test('a plan exported, brought back in any order and twice, is the same plan to the last object', () => {
  const plan = samplePlan(3, 4);
  const sheet = writeSheet(plan);
  const [header = [], ...rows] = sheet;
  const merged = mergeSheets(sheet, [header, ...rows.toReversed(), ...rows]);
  expect(merged).toMatchObject({ updated: rows.length, added: 0 });
  const { draft } = readSheet(merged?.rows ?? [], {
    platform: plan.platform,
    accountId: plan.accountId,
    name: plan.name,
    settings: plan.settings,
    media: plan.media,
    mode: 'auto',
    n: null,
  });
  const paths = (made: typeof plan) => canonicalJson(expandPlan(made).items.map(({ itemPath }) => itemPath));
  expect(paths(draft)).toBe(paths(plan));
});
