import { expect, test } from 'vitest';
import { affiliateStats } from '#shared/contracts/embeds.ts';
import { leadCard } from '#shared/contracts/revenue.ts';
import { leadSample, longLeadSample, longStatsSample, statsSample, unmatchedSample } from './samples.ts';

test('the samples are answers the contract allows', () => {
  for (const sample of [leadSample, unmatchedSample, longLeadSample]) expect(leadCard.parse(sample)).toEqual(sample);
  for (const sample of [statsSample, longStatsSample]) expect(affiliateStats.parse(sample)).toEqual(sample);
});
