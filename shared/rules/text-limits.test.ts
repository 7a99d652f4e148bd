import { expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { countCharacters, firstCharacters } from './count-characters.ts';
import { compareKeys, isKey, keyFromName } from './keys.ts';
import { AD_PLATFORMS, platformRules } from './ad-platforms/index.ts';
import { checkText, hardMaximum, placementFor, seenText } from './text-limits.ts';

test('characters are those a reader sees', () => {
  expect(countCharacters('abc')).toBe(3);
  expect(countCharacters('👩‍👩‍👧‍👦é')).toBe(2);
  expect(countCharacters('e\u0301')).toBe(1);
  expect(countCharacters('مرحبا')).toBe(5);
  expect(countCharacters('a\nb')).toBe(3);
  expect(firstCharacters('👩‍👩‍👧‍👦éx', 2)).toBe('👩‍👩‍👧‍👦é');
});

test('over visible warns with what stays visible; over hard is an error; at the limit is neither', () => {
  expect(checkText('meta', 'primaryText', 'x'.repeat(125))).toEqual([]);
  expect(checkText('meta', 'primaryText', `${'x'.repeat(125)}y`)).toMatchObject([
    { severity: 'warning', limit: 125, length: 126, preview: 'x'.repeat(125) },
  ]);
  expect(checkText('meta', 'primaryText', '🎉'.repeat(2_200))).toMatchObject([{ severity: 'warning' }]);
  expect(checkText('meta', 'primaryText', '🎉'.repeat(2_201))).toMatchObject([{ severity: 'error', limit: 2_200 }]);
  expect(checkText('meta', 'headline', 'x'.repeat(5_000))).toMatchObject([{ severity: 'warning' }]);
});

test('each placement is judged by its own limit', () => {
  expect(checkText('meta', 'headline', 'x'.repeat(30), ['feed', 'instagram-feed', 'reels']).map((finding) => finding.placement)).toEqual([
    'feed',
    'reels',
  ]);
  expect(hardMaximum('meta', 'primaryText')).toBe(2_200);
  expect(hardMaximum('meta', 'headline')).toBeNull();
});

test('every limit names its source and date', () => {
  for (const limit of AD_PLATFORMS.flatMap((platform) => platformRules(platform).texts)) {
    expect(limit.source).not.toBe('');
    expect(limit.asOf).toMatch(/^\d{4}-\d\d$/);
  }
});

test('keys: stable, readable, any script, numbers in order', () => {
  expect(['FR | 25–34 ', 'Été', 'عرض الربيع', '  --  ', 'concept_12'].map(keyFromName)).toEqual([
    'fr-25-34',
    'été',
    'عرض-الربيع',
    '',
    'concept-12',
  ]);
  expect(['concept-12', 'concept-2', 'concept-02', 'b', 'a10', 'a9'].toSorted(compareKeys)).toEqual([
    'a9',
    'a10',
    'b',
    'concept-02',
    'concept-2',
    'concept-12',
  ]);
  expect(['c1', 'a-b', 'été', 'a.b_c'].every(isKey)).toBe(true);
  expect(['', 'a/b', 'a~b', 'a:b', '-a', 'a--b', 'a b'].some(isKey)).toBe(false);
});

test('canonical JSON has one spelling and refuses what JSON would lose', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'é"' }], a: true })).toBe('{"a":true,"b":[1,{"c":"é\\"","d":null}]}');
  for (const value of [undefined, { a: undefined }, Number.NaN, 1n, [Infinity]]) expect(() => canonicalJson(value)).toThrow(TypeError);
});

test('a preview shows what is seen in its place and says when more was written; nothing where a text is not shown', () => {
  const headline = 'x'.repeat(30);
  expect(seenText('meta', 'feed', 'headline', headline)).toEqual({ seen: 'x'.repeat(27), length: 30, visible: 27, isCut: true });
  expect(seenText('meta', 'instagram-feed', 'headline', headline)).toMatchObject({ seen: headline, isCut: false });
  expect(seenText('meta', 'reels', 'headline', '👩‍👩‍👧 '.repeat(8))?.seen).toBe('👩‍👩‍👧 '.repeat(5).trimEnd());
  expect(seenText('meta', 'stories', 'description', 'Free')).toBeNull();
  expect(seenText('linkedin', 'linkedin-feed', 'description', 'Free')).toBeNull();
  expect(seenText('tiktok', 'in-feed', 'headline', 'Free')).toBeNull();
  // Wide letters take two places each, so that half as many are seen.
  expect(seenText('google-ads', 'search', 'headline', '咖'.repeat(16))).toMatchObject({ seen: '咖'.repeat(15), length: 32, visible: 30 });
});

test('an ad is drawn first where its file fits; where nothing fits, in the first place; where its goal has one place, there', () => {
  expect(placementFor('meta', '9x16', null).id).toBe('stories');
  expect(placementFor('meta', '1x1', null).id).toBe('feed');
  expect(placementFor('snapchat', '1x1', null).id).toBe('snap');
  expect(placementFor('google-ads', '1x1', 'demand-gen').id).toBe('demand-gen');
});

test.each(AD_PLATFORMS)('%s: every place with limits can be drawn, and every place drawn has limits', (platform) => {
  const { texts, placements, goals } = platformRules(platform);
  expect(new Set(placements.map((one) => one.id))).toEqual(new Set(texts.map((one) => one.placement)));
  for (const { ads } of goals) if (ads) expect(placements.map((one) => one.id)).toContain(ads.placement);
});
