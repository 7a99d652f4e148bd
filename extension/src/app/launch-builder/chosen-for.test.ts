import { expect, test } from 'vitest';
import { AD_PLATFORMS } from '#shared/rules/ad-platforms/index.ts';
import { chosenFor } from './chosen-for.ts';
import { emptyDraft, type DraftSettings } from './draft.ts';

const typed = (change: Partial<DraftSettings> = {}): DraftSettings => ({ ...emptyDraft('acc_1', 'key').settings, ...change });

test.each(AD_PLATFORMS)('a new draft has a whole choice on %s', (platform) => {
  const { goal, bid, goals, measures } = chosenFor(platform, typed());
  expect(goal.goal).toBe('traffic');
  expect(bid.bid).toBe('lowest_cost');
  expect(goals).toContain('traffic');
  expect(measures).toContain(goal);
});

test('what another platform had gives way: no budget on ad sets, no such button, no such goal', () => {
  const google = chosenFor('google-ads', typed({ goal: 'awareness', budgetLevel: 'ad_set', callToAction: 'GET_OFFER' }));
  expect([google.goal.objective, google.budgetLevel, google.callToAction]).toEqual(['SEARCH', 'campaign', 'LEARN_MORE']);
  expect(chosenFor('meta', typed({ budgetLevel: 'campaign', callToAction: 'GET_OFFER' }))).toMatchObject({
    budgetLevel: 'campaign',
    callToAction: 'GET_OFFER',
  });
});

test('kind of campaign, what it is optimised for and the bid follow each other', () => {
  const demandGen = chosenFor('google-ads', typed({ goal: 'leads', objective: 'DEMAND_GEN', bid: 'cost_cap' }));
  expect(demandGen.objectives).toEqual(['SEARCH', 'DEMAND_GEN']);
  expect([demandGen.goal.objective, demandGen.bid.word, demandGen.wordsOnly]).toEqual(['DEMAND_GEN', 'TARGET_CPA', false]);
  const search = chosenFor('google-ads', typed({ goal: 'traffic', bid: 'cost_cap' }));
  expect([search.bids.map((one) => one.bid), search.bid.bid, search.wordsOnly]).toEqual([['lowest_cost', 'bid_cap'], 'lowest_cost', true]);
  const forms = chosenFor('linkedin', typed({ goal: 'leads', optimizationGoal: 'MAX_QUALIFIED_LEAD', bid: 'bid_cap' }));
  expect([forms.goal.optimizationGoal, forms.bid.bid]).toEqual(['MAX_QUALIFIED_LEAD', 'lowest_cost']);
});
