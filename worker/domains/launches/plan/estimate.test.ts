import { expect, test } from 'vitest';
import { adPlatform } from '../../../platforms/ads/registry.ts';
import { estimateSeconds, type Left } from './estimate.ts';

/** The guide's worked case: 100 ads in 2 ratios, one campaign, five ad sets. */
const HUNDRED: Left = { campaign: 1, ad_set: 5, media: 200, creative: 100, ad: 100 };

test('on the limited tier the meter binds and says so: hours, not minutes', () => {
  const estimate = estimateSeconds(adPlatform('meta'), HUNDRED, 'development_access', 200_000);
  // 406 creates and reads of 3 and 1 points, 105 switches read once more, 45 points at once, 0.2 a second.
  expect(estimate).toEqual({
    p50Seconds: Math.ceil((406 * 4 + 105 * 4 - 45) / 0.2),
    p90Seconds: Math.ceil(((406 * 4 + 105 * 4 - 45) / 0.2) * 1.3 + 200),
    meter: 'Meta limited tier',
  });
});

test('on the full tier it is our own lanes, about a minute', () => {
  const estimate = estimateSeconds(adPlatform('meta'), HUNDRED, 'standard_access', 0);
  expect(estimate?.meter).toBe('our own pace');
  expect(estimate?.p50Seconds).toBeGreaterThan(10);
  expect(estimate?.p50Seconds).toBeLessThan(120);
});

test('of what is larger than the burst the full tier allows thirty points a second', () => {
  const many: Left = { campaign: 1, ad_set: 10, media: 0, creative: 5_000, ad: 5_000 };
  const points = 10_011 * 4 + 5_010 * 4;
  expect(estimateSeconds(adPlatform('meta'), many, 'standard_access', 0)).toMatchObject({
    p50Seconds: Math.ceil((points - 4_000) / 30),
    meter: 'Meta full tier',
  });
});

test('nothing is said before a platform with tiers has named the account’s; others are told by their own pace', () => {
  expect(estimateSeconds(adPlatform('meta'), HUNDRED, null, 0)).toBeNull();
  // Each file is a write and a read there; nine units a second for all accounts of the app.
  const files: Left = { ...HUNDRED, media: 2_000 };
  expect(estimateSeconds(adPlatform('tiktok'), files, null, 0)).toMatchObject({
    p50Seconds: expect.any(Number),
    meter: 'TikTok, all accounts',
  });
});
