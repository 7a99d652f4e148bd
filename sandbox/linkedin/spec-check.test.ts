import { expect, test } from 'vitest';
import {
  CAMPAIGN_STATUSES,
  CAMPAIGN_TYPES,
  COST_TYPES,
  CREATIVE_STATUSES,
  FORMATS,
  GROUP_STATUSES,
  OBJECTIVES,
  OPTIMIZATION_TARGETS,
  PIVOTS,
  POLITICAL_INTENTS,
  REVIEW_STATUSES,
} from './enums.ts';
import { badField, notFound } from './li-error.ts';
import { checkError, loadLinkedinFacts, type LinkedinFacts } from './spec-check.ts';
import { skipWithoutFacts } from './testing/needs-facts.ts';
import { ACCOUNT, ACCOUNT_URN, byName, campaign, encoded, group, makeTree, openLinkedin } from './testing/rest-client.ts';

const facts = loadLinkedinFacts();
function factsTest(name: string, run: (known: LinkedinFacts) => void | Promise<void>): void {
  test(name, async (context) => {
    skipWithoutFacts(context);
    if (facts !== null) await run(facts);
  });
}

factsTest('every word the imitation takes is one of the platform’s, and none is missing', (known) => {
  const campaigns = known.campaign as Record<string, unknown>;
  expect(CAMPAIGN_TYPES).toEqual(campaigns['type']);
  expect(COST_TYPES).toEqual(campaigns['costType']);
  expect(OBJECTIVES).toEqual(campaigns['objectiveType']);
  expect(OPTIMIZATION_TARGETS).toEqual(campaigns['optimizationTargetType']);
  expect(FORMATS).toEqual(campaigns['format']);
  expect(CAMPAIGN_STATUSES).toEqual(campaigns['status']);
  expect(POLITICAL_INTENTS).toEqual(campaigns['politicalIntent']);
  expect(GROUP_STATUSES).toEqual(known.campaign_group.status);
  expect(new Set(CREATIVE_STATUSES)).toEqual(new Set(known.creative.intendedStatus));
  expect(REVIEW_STATUSES).toEqual(known.creative['review.status']);
  expect(PIVOTS).toEqual(known.analytics.pivots);
});

factsTest('an error with an unknown member, an unregistered code or another status is found', (known) => {
  expect(checkError(known, badField('MISSING_FIELD', 'name', 'x').body(true))).toEqual([]);
  expect(checkError(known, notFound('x').body(true))).toEqual([]);
  expect(checkError(known, badField('MADE_UP', 'name', 'x').body(true))).toEqual(['MADE_UP is not a registered code']);
  expect(checkError(known, { message: 'x', status: 400, code: 'NOT_FOUND', colour: 'red' })).toEqual([
    'colour is not a member of an error',
    'NOT_FOUND goes with 404, not 400',
  ]);
});

factsTest('a whole launch, its read-back and its refusals leave no violation in the log', async () => {
  const rest = openLinkedin({ demo: true });
  const tree = await makeTree(rest, 'clean');
  await rest.patch(`${ACCOUNT}/adCampaigns/${tree.campaign}`, { status: 'ACTIVE' });
  await rest.all(`${ACCOUNT}/adCampaignGroups?q=search`);
  await rest.all(`${ACCOUNT}/adCampaigns?q=search&${byName('Set ·clean')}`);
  await rest.all(`${ACCOUNT}/creatives?q=criteria`);
  await rest.get(`${ACCOUNT}/creatives/${encoded(tree.creative)}`);
  await rest.get(`${ACCOUNT}/adCampaigns/1`);
  await rest.patch(`${ACCOUNT}/adCampaigns/${tree.campaign}`, { status: 'DRAFT' });
  await rest.get('nowhere');
  const fields = 'fields=impressions,clicks,costInLocalCurrency,pivotValues,dateRange';
  await rest.get(
    `adAnalytics?q=analytics&pivot=CREATIVE&timeGranularity=DAILY&dateRange=(start:(year:2026,month:11,day:1))&accounts=List(${encoded(ACCOUNT_URN)})&${fields}`,
  );
  expect(rest.sandbox.log.violations).toEqual([]);
  const { id } = await rest.post(`${ACCOUNT}/adCampaignGroups`, group({ status: 'ACTIVE' }));
  await rest.post(`${ACCOUNT}/adCampaigns`, campaign(id, { objectiveType: 'WEBSITE_VISIT', politicalIntent: undefined }));
  expect(rest.sandbox.log.violations).toEqual([
    { where: 'request CREATE adAccounts/{}/adCampaigns', problem: 'politicalIntent is missing' },
    { where: 'request CREATE adAccounts/{}/adCampaigns', problem: 'objectiveType = WEBSITE_VISIT is not a known word' },
  ]); // the check is on, not merely silent
  rest.sandbox.close();
});
