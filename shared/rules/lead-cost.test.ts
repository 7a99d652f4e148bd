import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocateLeadCost, type DayLead } from './lead-cost.ts';

const lead = (leadId: string, adId: string | null, adSetId: string | null = null, at = 0): DayLead => ({ leadId, at, adId, adSetId });
const spend = [
  { adId: 'ad1', adSetId: 's1', spendMinor: 8400n },
  { adId: 'ad2', adSetId: 's1', spendMinor: 1000n },
  { adId: 'ad3', adSetId: 's2', spendMinor: 500n },
];

test('84.00 ÷ 12 leads = 7.00 each; ads without leads are their own line', () => {
  const day = allocateLeadCost(
    spend,
    Array.from({ length: 12 }, (_, i) => lead(`l${i}`, 'ad1')),
  );
  expect(day.level).toBe('ad');
  expect(day.costs.every((cost) => cost.costMinor === 700n && cost.poolMinor === 8400n && cost.poolLeads === 12)).toBe(true);
  expect(day.withoutLeadsMinor).toBe(1500n);
});

test('one lead without its ad lifts the whole campaign-day to the level where all are known', () => {
  const bySet = allocateLeadCost(spend, [lead('a', 'ad1'), lead('b', null, 's1')]);
  expect(bySet).toMatchObject({ level: 'ad_set', withoutLeadsMinor: 500n });
  expect(bySet.costs.map((cost) => cost.costMinor)).toEqual([4700n, 4700n]);
  const byCampaign = allocateLeadCost(spend, [lead('a', 'ad1'), lead('b', null)]);
  expect(byCampaign).toMatchObject({ level: 'campaign', withoutLeadsMinor: 0n });
  expect(byCampaign.costs.map((cost) => cost.costMinor)).toEqual([4950n, 4950n]);
});

test('a lead of an ad without spend that day costs nothing', () => {
  const day = allocateLeadCost(spend, [lead('a', 'ad9')]);
  expect(day.costs).toEqual([{ leadId: 'a', costMinor: 0n, poolMinor: 0n, poolLeads: 1 }]);
  expect(day.withoutLeadsMinor).toBe(9900n);
});

test('the odd cent goes to the earlier lead', () => {
  const day = allocateLeadCost(
    [{ adId: 'ad1', adSetId: 's1', spendMinor: 101n }],
    [lead('late', 'ad1', 's1', 9), lead('early', 'ad1', 's1', 1)],
  );
  expect(Object.fromEntries(day.costs.map((cost) => [cost.leadId, cost.costMinor]))).toEqual({ late: 50n, early: 51n });
});

test('allocated + spend without leads = platform spend', () => {
  const ad = fc.integer({ min: 1, max: 6 });
  const spends = fc.uniqueArray(fc.record({ n: ad, spendMinor: fc.bigInt({ min: 0n, max: 10n ** 9n }) }), {
    selector: (s) => s.n,
    maxLength: 6,
  });
  const leads = fc.array(fc.record({ ad: fc.option(ad), set: fc.option(fc.integer({ min: 1, max: 3 })) }), { maxLength: 20 });
  fc.assert(
    fc.property(spends, leads, (ads, people) => {
      const day = allocateLeadCost(
        ads.map((a) => ({ adId: `ad${a.n}`, adSetId: `s${Math.ceil(a.n / 2)}`, spendMinor: a.spendMinor })),
        people.map((p, i) => lead(`l${i}`, p.ad === null ? null : `ad${p.ad}`, p.set === null ? null : `s${p.set}`)),
      );
      const allocated = day.costs.reduce((sum, cost) => sum + cost.costMinor, 0n);
      expect(allocated + day.withoutLeadsMinor).toBe(ads.reduce((sum, a) => sum + a.spendMinor, 0n));
      expect(day.costs.length).toBe(people.length);
    }),
    { numRuns: 500 },
  );
});
