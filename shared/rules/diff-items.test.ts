import { expect, test } from 'vitest';
import { diffItems, type ComparedItem } from './diff-items.ts';
import { expandPlan } from './expand-plan.ts';
import type { Plan } from './launch-plan.ts';
import { picture, samplePlan } from './plan-sample.test-data.ts';

const items = (plan: Plan): ComparedItem[] =>
  expandPlan(plan).items.map(({ itemPath, kind, name, spec }) => ({ itemPath, kind, name, spec: { ...spec } }));
const plan = samplePlan(1, 2, ['1x1']);

test('a launch differs from itself in nothing', () => {
  expect(diffItems(items(plan), items(plan))).toEqual([]);
});

test('a field that changed stands there with both values, nothing else does', () => {
  const [first, ...others] = plan.copySets;
  const after = { ...plan, copySets: [{ ...first, headline: 'Grow more' } as Plan['copySets'][number], ...others] };
  expect(diffItems(items(plan), items(after))).toEqual([
    {
      itemPath: 'spring/s-1/concept-1/1x1:creative',
      kind: 'creative',
      name: 'Idea concept-1 | 1x1',
      in: 'both',
      fields: [{ field: 'headline', a: 'Grow more leads', b: 'Grow more' }],
    },
  ]);
});

test('what was added or left out is told by its path, and the other way round', () => {
  const smaller = samplePlan(1, 1, ['1x1']);
  const inA = diffItems(items(plan), items(smaller));
  expect(inA.map((one) => [one.in, one.kind, one.itemPath])).toEqual([
    ['a', 'media', 'media:key-concept-2-1x1-png'],
    ['a', 'creative', 'spring/s-1/concept-2/1x1:creative'],
    ['a', 'ad', 'spring/s-1/concept-2/1x1'],
  ]);
  expect(diffItems(items(smaller), items(plan))).toEqual(inA.map((one) => ({ ...one, in: 'b' })));
});

test('another file is named, and a value that is set on one side only is null on the other', () => {
  const file = (name: string, letter: string) => picture('concept-1', '1x1', { fileName: name, sha256: letter.repeat(64) });
  const one = samplePlan(1, 1, ['1x1'], { media: [file('old.png', 'a')] });
  const two = { ...one, media: [file('new.png', 'b')], settings: { ...one.settings, ageMax: null } };
  const found = diffItems(items(one), items(two));
  expect(found.find((row) => row.kind === 'creative')?.fields).toEqual([
    { field: 'mediaPath', a: 'old.png (media:aaaaaaaaaaaaaaaa)', b: 'new.png (media:bbbbbbbbbbbbbbbb)' },
  ]);
  const before = one.settings.ageMax;
  if (before !== null)
    expect(found.find((row) => row.kind === 'ad_set')?.fields).toContainEqual({ field: 'ageMax', a: String(before), b: null });
});
