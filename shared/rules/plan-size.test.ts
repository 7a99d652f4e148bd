import { expect, test } from 'vitest';
import { expandPlan } from './expand-plan.ts';
import type { ExpandMode, Plan } from './launch-plan.ts';
import { picture, samplePlan } from './plan-sample.test-data.ts';
import { oversize } from './plan-size.ts';

interface Size {
  campaigns?: number;
  adSets?: number;
  concepts?: number;
  copies?: number;
  exclusions?: number;
  media?: boolean;
  mode?: ExpandMode;
  rows?: boolean;
}
const keys = (n: number, prefix: string) => Array.from({ length: n }, (_, i) => `${prefix}${i}`);
function plan({
  campaigns = 1,
  adSets = 1,
  concepts = 1,
  copies = 1,
  exclusions = 0,
  media = true,
  mode = 'all',
  rows = false,
}: Size): Plan {
  const base = samplePlan();
  const [campaign, adSet, concept, copy] = [base.campaigns[0], base.adSets[0], base.concepts[0], base.copySets[0]];
  if (!campaign || !adSet || !concept || !copy) throw new Error('an empty sample');
  const names = keys(concepts, 'k');
  return {
    ...base,
    mode,
    n: mode === 'n-per-ad-set' ? 2 : null,
    campaigns: keys(campaigns, 'c').map((key) => ({ ...campaign, key })),
    adSets: keys(adSets, 's').map((key) => ({ ...adSet, key, campaignKey: null })),
    concepts: names.map((key) => ({ ...concept, key })),
    copySets: keys(copies, 't').map((key) => ({ ...copy, key, conceptKey: null })),
    media: media ? names.flatMap((name) => [picture(name, '1x1'), picture(name, '9x16', { height: 1920 })]) : [],
    rows: rows ? names.map((conceptKey, i) => ({ campaignKey: 'c0', adSetKey: `s${i % adSets}`, conceptKey, copySetKey: null })) : [],
    exclusions: keys(exclusions, 'x').map((conceptKey) => ({
      campaignKey: null,
      adSetKey: null,
      conceptKey,
      variantKey: null,
      ratio: null,
      copySetKey: null,
    })),
  };
}

test('what one request can hold and no Worker can expand is refused without trying', () => {
  const bombs: Size[] = [
    { campaigns: 10_000, adSets: 10_000, media: false },
    { adSets: 10_000, concepts: 10_000, media: false },
    { adSets: 2_000, concepts: 2_000, media: false, mode: 'one-ad-set-per-concept' },
    { concepts: 9_000, copies: 9_000, media: false },
    { adSets: 300, concepts: 300, exclusions: 10_000 },
    { adSets: 11_000, media: false },
  ];
  for (const bomb of bombs) {
    const began = performance.now();
    expect(oversize(plan(bomb)), JSON.stringify(bomb)).toMatchObject({ code: 'TOO_MANY_ITEMS', severity: 'error' });
    expect(performance.now() - began).toBeLessThan(500);
  }
});

test('every launch that may be sent passes, in every mode; the largest that passes still expands in seconds', () => {
  const sizes: Size[] = [
    { adSets: 50, concepts: 25 },
    { adSets: 1_000, concepts: 1_000, mode: 'zip', rows: true },
    { adSets: 600, concepts: 1_200, mode: 'n-per-ad-set' },
    { adSets: 1, concepts: 1_000, mode: 'one-ad-set-per-concept' },
    { adSets: 50, concepts: 25, exclusions: 1_000 },
  ];
  for (const size of sizes) expect(oversize(plan(size)), JSON.stringify(size)).toBeNull();
  const largest = plan({ adSets: 100, concepts: 490, exclusions: 500 });
  expect(oversize(largest)).toBeNull();
  const began = performance.now();
  expect(expandPlan(largest).problems.map((problem) => problem.code)).toContain('TOO_MANY_ITEMS');
  expect(performance.now() - began).toBeLessThan(8_000);
});
