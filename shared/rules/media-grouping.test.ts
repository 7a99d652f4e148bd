import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupMedia, type MediaFile, type MediaOverride } from './media-grouping.ts';
import { readFileName } from './media-file-name.ts';
import { ratioOf } from './ratio.ts';

const SIZES = { '1x1': [1080, 1080], '4x5': [1080, 1350], '9x16': [1080, 1920], '16x9': [1920, 1080] } as const;
const file = (fileName: string, ratio: keyof typeof SIZES = '1x1', more: Partial<MediaFile> = {}): MediaFile => ({
  fileName,
  sha256: null,
  kind: fileName.endsWith('.mp4') ? 'video' : 'image',
  width: SIZES[ratio][0],
  height: SIZES[ratio][1],
  durationMs: null,
  ...more,
});
const places = (files: MediaFile[], overrides: Record<string, MediaOverride> = {}) =>
  Object.fromEntries(
    groupMedia(files, overrides).media.map((media) => [
      media.fileName,
      `${media.conceptKey}/${media.variantKey}/${media.ratio}/${media.role}`,
    ]),
  );
const codes = (files: MediaFile[], overrides: Record<string, MediaOverride> = {}) =>
  groupMedia(files, overrides).findings.map((finding) => finding.code);

test('pixels to ratio, at the bounds', () => {
  expect(
    [
      [1000, 1000],
      [900, 1000],
      [1100, 1000],
      [1101, 1000],
      [899, 1000],
      [701, 1000],
      [700, 1000],
      [1080, 1350],
      [1080, 1920],
      [1910, 1000],
    ].map(([w, h]) => ratioOf(w as number, h as number)),
  ).toEqual(['1x1', '1x1', '1x1', '16x9', '4x5', '4x5', '9x16', '4x5', '9x16', '16x9']);
});

test('file names to concepts', () => {
  const cases: [string, string, string | null, string[]][] = [
    ['Founder Story_1x1.png', 'founder-story', null, ['1x1']],
    ['founder-cut 9:16 FINAL.mp4', 'founder-cut-final', null, ['9x16']],
    ['SPRING__SALE--square.jpg', 'spring-sale', null, ['1x1']],
    ['spring-sale_1080x1920.jpg', 'spring-sale', null, ['9x16']],
    ['promo_story_9x16.png', 'promo', null, ['9x16']],
    ['square.png', 'square', null, ['1x1']],
    ['video1-hook2.mp4', 'video1', 'hook2', []],
    ['video1_Hook 3_reel.mp4', 'video1', 'hook3', ['9x16']],
    ['promo-20261120-v2-a8f3c2d9e1.png', 'promo-20261120-v2', null, []],
    ['promo 550e8400-e29b-41d4-a716-446655440000.png', 'promo', null, []],
    ['promo (1).png', 'promo', null, []],
    ['folder/sub/promo_portrait.png', 'promo', null, ['4x5', '9x16']],
    ['عرض-الربيع_1x1.png', 'عرض-الربيع', null, ['1x1']],
    ['1x1.png', '1x1', null, ['1x1']],
  ];
  for (const [fileName, conceptKey, variantKey, ratios] of cases)
    expect(readFileName(fileName), fileName).toMatchObject({ conceptKey, variantKey, ratios });
  expect(readFileName('video1_thumbnail_9x16.png')).toMatchObject({ conceptKey: 'video1', role: 'thumbnail' });
});

test('a folder becomes concepts with variants, ratios and thumbnails', () => {
  const files = [
    file('video1-hook1_9x16.mp4', '9x16'),
    file('video1-hook2_9x16.mp4', '9x16'),
    file('video1_thumb.png', '9x16'),
    file('sale_1x1.png'),
    file('sale_4x5.png', '4x5'),
  ];
  expect(places(files)).toEqual({
    'video1-hook1_9x16.mp4': 'video1/hook1/9x16/main',
    'video1-hook2_9x16.mp4': 'video1/hook2/9x16/main',
    'video1_thumb.png': 'video1/default/9x16/thumbnail',
    'sale_1x1.png': 'sale/default/1x1/main',
    'sale_4x5.png': 'sale/default/4x5/main',
  });
  expect(groupMedia(files).concepts).toEqual([
    { key: 'sale', name: 'sale' },
    { key: 'video1', name: 'video1' },
  ]);
  expect(codes(files)).toEqual([]);
});

test('a placement word that contradicts a ratio belongs to the idea, in all its files', () => {
  const files = [
    file('Founder Story_1x1.png'),
    file('Founder Story_9x16.png', '9x16'),
    file('sale_feed_1x1.png'),
    file('sale_story_9x16.png', '9x16'),
  ];
  expect(groupMedia(files).concepts).toEqual([
    { key: 'founder-story', name: 'founder story' },
    { key: 'sale', name: 'sale' },
  ]);
  expect(groupMedia(files).media.map((media) => media.conceptKey)).toEqual(['founder-story', 'founder-story', 'sale', 'sale']);
  expect(codes(files)).toEqual([]);
});

test('name and pixels disagree: warned, pixels win; a hand-set ratio silences it', () => {
  const files = [file('sale_1x1.png', '9x16')];
  expect(places(files)).toEqual({ 'sale_1x1.png': 'sale/default/9x16/main' });
  expect(groupMedia(files).findings).toMatchObject([
    { code: 'RATIO_CONFLICT', severity: 'warning', params: { said: '1x1', found: '9x16' } },
  ]);
  expect(codes(files, { 'sale_1x1.png': { ratio: '1x1' } })).toEqual([]);
  expect(codes([file('sale_portrait.png', '4x5'), file('gain_portrait.png', '9x16')])).toEqual([]);
});

test('a second file of one ratio opens a variant and says so; the plain name keeps the default', () => {
  const files = [file('sale (1).png'), file('sale.png'), file('sale (2).png')];
  expect(places(files)).toEqual({
    'sale.png': 'sale/default/1x1/main',
    'sale (1).png': 'sale/v2/1x1/main',
    'sale (2).png': 'sale/v3/1x1/main',
  });
  expect(codes(files)).toEqual(['SECOND_FILE_FOR_RATIO', 'SECOND_FILE_FOR_RATIO']);
});

test('the same bytes twice, unreadable files, lonely thumbnails', () => {
  const sha256 = 'a'.repeat(64);
  expect(codes([file('sale.png', '1x1', { sha256 }), file('sale (1).png', '1x1', { sha256 })])).toEqual(['SAME_FILE_TWICE']);
  expect(codes([file('sale.png', '1x1', { width: 0 })])).toEqual(['UNREADABLE']);
  expect(codes([file('sale_thumb.png')])).toEqual(['THUMBNAIL_WITHOUT_VIDEO']);
  expect(codes([file('sale_thumb.mp4')])).toEqual(['THUMBNAIL_IS_VIDEO']);
  expect(groupMedia([file('sale_thumb.png')]).concepts).toEqual([]);
});

test("the user's word wins over name and pixels", () => {
  const override = { conceptKey: 'gain', variantKey: 'calm', ratio: '4x5', role: 'main' } as const;
  expect(places([file('sale_thumb_1x1.png', '9x16')], { 'sale_thumb_1x1.png': override })).toEqual({
    'sale_thumb_1x1.png': 'gain/calm/4x5/main',
  });
});

test('no slot is filled twice and the order of files changes nothing', () => {
  const names = fc.uniqueArray(
    fc.constantFrom('a', 'a (1)', 'a_1x1', 'A-hook1', 'a hook 1', 'b', 'b_thumb', 'b-v2', 'a_2', 'b square').map((name) => `${name}.png`),
  );
  fc.assert(
    fc.property(names, fc.array(fc.constantFrom('1x1' as const, '9x16' as const), { minLength: 10, maxLength: 10 }), (list, ratios) => {
      const files = list.map((name, i) => file(name, ratios[i] as '1x1'));
      const grouped = groupMedia(files);
      expect(groupMedia(files.toReversed())).toEqual(grouped);
      const slots = grouped.media.map((media) => `${media.role}/${media.conceptKey}/${media.variantKey}/${media.ratio}`);
      expect(new Set(slots).size).toBe(slots.length);
    }),
  );
});
