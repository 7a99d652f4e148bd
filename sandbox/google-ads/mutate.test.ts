import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACCOUNT, AD, AD_GROUP, BUDGET, CAMPAIGN, openAds, reasonsOf, treeOf, type AdsClient } from './testing/ads-client.ts';
import { skipWithoutSpec } from './testing/needs-spec.ts';

let ads: AdsClient;
beforeEach(async () => {
  ads = await openAds();
});
afterEach(() => ads.sandbox.close());

const made = (): string[] =>
  ads.sandbox.googleAds
    .objects()
    .filter((one) => !one.demo)
    .map((one) => one.kind);
const campaignOp = (change: Record<string, unknown>) => [
  { campaignBudgetOperation: { create: BUDGET } },
  { campaignOperation: { create: { ...CAMPAIGN, ...change } } },
];

async function launch(token = 'tkn1'): Promise<Record<string, string>> {
  const { status, body } = await ads.mutate(treeOf(token));
  expect(status, JSON.stringify(body)).toBe(200);
  return Object.assign(
    {},
    ...body.mutateOperationResponses.map((one: any) =>
      Object.fromEntries(Object.entries(one).map(([kind, result]: any) => [kind.replace('Result', ''), result.resourceName])),
    ),
  );
}

test('one mutate makes a whole tree by temporary numbers, and its names hold together', async (context) => {
  const tree = await launch();
  expect(tree['adGroupAd']).toMatch(/^customers\/4000000011\/adGroupAds\/16\d+~72\d+$/);
  expect(made()).toEqual(['budget', 'campaign', 'ad_set', 'ad', 'label']);
  const [row] = await ads.rows(
    "SELECT campaign.name, campaign.status, ad_group.name, ad_group_ad.ad.id, ad_group_ad.labels FROM ad_group_ad WHERE campaign.name = 'Launch ·tkn1'",
  );
  expect(row).toMatchObject({
    campaign: { resourceName: tree['campaign'], status: 'PAUSED' },
    adGroup: { name: 'Group 1' },
    adGroupAd: { labels: [tree['label']] },
  });
  expect(ads.sandbox.googleAds.adsByToken('tkn1').map((ad) => [ad.status, ad.maySpend])).toEqual([['PAUSED', false]]);
  skipWithoutSpec(context);
  expect(ads.sandbox.log.violations).toEqual([]);
});

test('a launch is found by its label, from the label’s own side and from the thing’s', async () => {
  const tree = await launch();
  const byLabel = "WHERE label.name = 'tkn1'";
  expect(await ads.rows(`SELECT campaign.id, campaign.status FROM campaign_label ${byLabel}`)).toMatchObject([
    { campaign: { resourceName: tree['campaign'], status: 'PAUSED' } },
  ]);
  expect(await ads.rows(`SELECT ad_group_ad.ad.id, ad_group.name, campaign.name FROM ad_group_ad_label ${byLabel}`)).toMatchObject([
    { adGroupAd: { resourceName: tree['adGroupAd'] }, adGroup: { name: 'Group 1' } },
  ]);
  expect(
    await ads.rows(`SELECT ad_group_ad.ad.id FROM ad_group_ad WHERE ad_group_ad.labels CONTAINS ANY ('${tree['label']}')`),
  ).toHaveLength(1);
  // Once: a label hangs on a thing or it does not. Without the label its links are gone.
  const again = { campaignLabelOperation: { create: { campaign: tree['campaign'], label: tree['label'] } } };
  expect(reasonsOf(await ads.mutate([again]))).toEqual(['campaignError.CAMPAIGN_LABEL_ALREADY_EXISTS']);
  expect((await ads.post(`${ACCOUNT}/labels:mutate`, { operations: [{ remove: tree['label'] }] })).status).toBe(200);
  expect(await ads.rows('SELECT campaign.id FROM campaign_label')).toEqual([]);
});

test('one wrong operation takes all the others back', async () => {
  const operations = treeOf();
  const wrong = { adGroupAdOperation: { create: { ...AD, resourceName: undefined, ad: { ...AD.ad, finalUrls: [] } } } };
  const answer = await ads.mutate([...operations, wrong]);
  expect(answer.status).toBe(400);
  expect(reasonsOf(answer)).toEqual(['fieldError.REQUIRED']);
  expect(answer.body.error.details[0].errors[0].location.fieldPathElements).toEqual([
    { fieldName: 'mutate_operations', index: 7 },
    { fieldName: 'create' },
    { fieldName: 'ad' },
    { fieldName: 'final_urls' },
  ]);
  expect(answer.body.error).toMatchObject({
    code: 400,
    status: 'INVALID_ARGUMENT',
    details: [{ '@type': 'type.googleapis.com/google.ads.googleads.v25.errors.GoogleAdsFailure' }],
  });
  expect(made()).toEqual([]);
  await launch(); // nothing is left that a second try would trip over
});

test('a repeat says that the names are taken, whatever else it carries', async () => {
  await launch();
  expect(reasonsOf(await ads.mutate(treeOf()))).toEqual(
    expect.arrayContaining(['campaignError.DUPLICATE_CAMPAIGN_NAME', 'labelError.DUPLICATE_NAME']),
  );
  const { campaign } = Object.fromEntries(ads.sandbox.googleAds.objects().map((one) => [one.kind, one.resourceName]));
  const again = await ads.post(`${ACCOUNT}/adGroups:mutate`, {
    operations: [{ create: { ...AD_GROUP, resourceName: undefined, campaign } }],
  });
  expect(reasonsOf(again)).toEqual(['adGroupError.DUPLICATE_ADGROUP_NAME']);
});

test('the name of a removed campaign is free again, and its own budget went with it', async () => {
  const tree = await launch();
  const removed = await ads.post(`${ACCOUNT}/campaigns:mutate`, { operations: [{ remove: tree['campaign'] }] });
  expect(removed.body.results).toEqual([{ resourceName: tree['campaign'] }]);
  const states = ads.sandbox.googleAds.objects().filter((one) => !one.demo && (one.kind === 'campaign' || one.kind === 'budget'));
  expect(states.map((one) => one.status)).toEqual(['REMOVED', 'REMOVED']);
  expect(
    reasonsOf(
      await ads.post(`${ACCOUNT}/campaigns:mutate`, {
        operations: [{ update: { resourceName: tree['campaign'], status: 'ENABLED' }, updateMask: 'status' }],
      }),
    ),
  ).toEqual(['contextError.OPERATION_NOT_PERMITTED_FOR_REMOVED_RESOURCE']);
  expect((await ads.mutate(campaignOp({ name: 'Launch ·tkn1' }))).status).toBe(200);
});

test('validateOnly judges everything and leaves nothing', async () => {
  expect((await ads.mutate(treeOf(), { validateOnly: true })).body).toEqual({});
  expect(made()).toEqual([]);
  expect(reasonsOf(await ads.mutate(treeOf('x', { name: '' }), { validateOnly: true }))[0]).toBe('fieldError.REQUIRED');
  await launch();
});

test('partialFailure keeps what was right, names what was not, and what hung on it', async () => {
  const { status, body } = await ads.mutate(
    [...campaignOp({ name: '' }), { adGroupOperation: { create: AD_GROUP } }, { labelOperation: { create: { name: 'kept' } } }],
    { partialFailure: true },
  );
  expect(status).toBe(200);
  expect(body.mutateOperationResponses.map((one: object) => Object.keys(one)[0] ?? null)).toEqual([
    'campaignBudgetResult',
    null,
    null,
    'labelResult',
  ]);
  expect(body.partialFailureError.code).toBe(3);
  expect(reasonsOf({ status, body, headers: new Headers() })).toEqual([
    'fieldError.REQUIRED',
    'newResourceCreationError.TEMP_ID_RESOURCE_HAD_ERRORS',
  ]);
  expect(made()).toEqual(['budget', 'label']);
});

describe('a campaign', () => {
  test.each([
    [{ containsEuPoliticalAdvertising: undefined }, 'mutateError.EU_POLITICAL_ADVERTISING_DECLARATION_REQUIRED'],
    [{ advertisingChannelType: undefined }, 'fieldError.REQUIRED'],
    [{ advertisingChannelType: 'VIDEO' }, 'operationAccessDeniedError.OPERATION_NOT_PERMITTED_FOR_CAMPAIGN_TYPE'],
    [{ maximizeConversions: undefined }, 'fieldError.REQUIRED'],
    [{ campaignBudget: `${ACCOUNT}/campaignBudgets/77` }, 'mutateError.RESOURCE_NOT_FOUND'],
    [{ campaignBudget: `${ACCOUNT}/campaignBudgets/-9` }, 'mutateError.RESOURCE_NOT_FOUND'],
    [{ status: 'REMOVED' }, 'operationAccessDeniedError.CREATE_AS_REMOVED_NOT_PERMITTED'],
    [
      { networkSettings: { targetGoogleSearch: false, targetSearchNetwork: true } },
      'campaignError.CANNOT_TARGET_SEARCH_NETWORK_WITHOUT_GOOGLE_SEARCH',
    ],
    [{ startDateTime: '2020-01-01 00:00:00' }, 'campaignError.CANNOT_SET_DATE_TO_PAST'],
    [{ startDateTime: '01.01.2099' }, 'dateError.INVALID_STRING_DATE_TIME_SECONDS'],
    [{ startDateTime: '2099-01-01 10:00:00' }, 'dateError.DATE_RANGE_ERROR_START_TIME_MUST_BE_THE_START_OF_A_DAY'],
    [{ startDateTime: '2099-01-02 00:00:00', endDateTime: '2099-01-01 23:59:59' }, 'dateRangeError.START_DATE_AFTER_END_DATE'],
    [{ name: 'x'.repeat(256) }, 'stringLengthError.TOO_LONG'],
    [{ id: '5' }, 'newResourceCreationError.CANNOT_SET_ID_FOR_CREATE'],
    [{ resourceName: `${ACCOUNT}/campaigns/5` }, 'newResourceCreationError.CANNOT_SET_ID_FOR_CREATE'],
    [{ resourceName: `${ACCOUNT}/campaigns/-1` }, 'newResourceCreationError.DUPLICATE_TEMP_IDS'],
    [
      { advertisingChannelType: 'PERFORMANCE_MAX', maximizeConversions: undefined, manualCpc: {} },
      'biddingError.INVALID_ANONYMOUS_BIDDING_STRATEGY_TYPE',
    ],
  ])('with %o is refused: %s', async (change, reason) => {
    expect(reasonsOf(await ads.mutate(campaignOp(change)))).toEqual([reason]);
    expect(made()).toEqual([]);
  });

  test.each([
    [{ startDate: '2099-01-01' }, 'Unknown name "startDate"'],
    [{ status: 'STOPPED' }, 'CampaignStatus), "STOPPED"'],
    [{ manualCpc: {} }, "oneof field 'campaign_bidding_strategy' is already set"],
  ])('with %o is no message of the protos', async (change, words) => {
    const answer = await ads.mutate(campaignOp(change));
    expect(answer.status).toBe(400);
    expect(answer.body.error.details[0]['@type']).toBe('type.googleapis.com/google.rpc.BadRequest');
    expect(answer.body.error.message).toContain(words);
  });

  test('takes snake_case, too, as JSON of protos does', async () => {
    const { maximizeConversions, containsEuPoliticalAdvertising, ...rest } = CAMPAIGN;
    const snake = { ...rest, maximize_conversions: maximizeConversions, contains_eu_political_advertising: containsEuPoliticalAdvertising };
    expect((await ads.mutate([{ campaign_budget_operation: { create: BUDGET } }, { campaign_operation: { create: snake } }])).status).toBe(
      200,
    );
  });
});

describe('an update', () => {
  const change = (update: object, updateMask?: string) =>
    ads.post(`${ACCOUNT}/campaigns:mutate`, { operations: [{ update, ...(updateMask === undefined ? {} : { updateMask }) }] });

  test('sets what its mask names and nothing else', async () => {
    const { campaign } = await launch();
    expect((await change({ resourceName: campaign, status: 'ENABLED', name: 'ignored' }, 'status')).status).toBe(200);
    const [row] = await ads.rows('SELECT campaign.status, campaign.name, campaign.primary_status FROM campaign');
    expect(row.campaign).toMatchObject({ status: 'ENABLED', name: 'Launch ·tkn1', primaryStatus: 'ELIGIBLE' });
    expect(
      (await change({ resourceName: campaign, maximizeConversions: { targetCpaMicros: '9000000' } }, 'maximizeConversions.targetCpaMicros'))
        .status,
    ).toBe(200);
    expect((await change({ resourceName: campaign, targetSpend: {} }, 'target_spend')).status).toBe(200);
    const [bid] = await ads.rows('SELECT campaign.bidding_strategy_type, campaign.maximize_conversions.target_cpa_micros FROM campaign');
    expect(bid.campaign).toEqual({ resourceName: campaign, biddingStrategyType: 'TARGET_SPEND' });
  });

  test.each([
    [{ status: 'PAUSED' }, undefined, 'fieldMaskError.FIELD_MASK_MISSING'],
    [{ status: 'PAUSED' }, 'state', 'fieldMaskError.FIELD_NOT_FOUND'],
    [{ advertisingChannelType: 'DISPLAY' }, 'advertisingChannelType', 'fieldError.IMMUTABLE_FIELD'],
    [{ networkSettings: { targetGoogleSearch: true } }, 'networkSettings', 'fieldMaskError.FIELD_HAS_SUBFIELDS'],
    [{ status: 'REMOVED' }, 'status', 'operationAccessDeniedError.CREATE_AS_REMOVED_NOT_PERMITTED'],
    [{ name: 'Other' }, 'name', 'campaignError.DUPLICATE_CAMPAIGN_NAME'],
  ])('of %o by %s: %s', async (sent, mask, reason) => {
    const { campaign } = await launch();
    await ads.mutate(campaignOp({ name: 'Other' }));
    expect(reasonsOf(await change({ resourceName: campaign, ...sent }, mask))).toEqual([reason]);
  });
});

test('a budget that is not shared serves one campaign and cannot leave before it', async () => {
  const { campaignBudget } = await launch();
  expect(reasonsOf(await ads.mutate([{ campaignOperation: { create: { ...CAMPAIGN, name: 'Second', campaignBudget } } }]))).toEqual([
    'campaignBudgetError.CANNOT_USE_IMPLICITLY_SHARED_CAMPAIGN_BUDGET_WITH_MULTIPLE_CAMPAIGNS',
  ]);
  expect(reasonsOf(await ads.post(`${ACCOUNT}/campaignBudgets:mutate`, { operations: [{ remove: campaignBudget }] }))).toEqual([
    'campaignBudgetError.CAMPAIGN_BUDGET_IN_USE',
  ]);
  const odd = { operations: [{ create: { amountMicros: '1234567', explicitlyShared: false } }, { create: { amountMicros: '1000000' } }] };
  expect(reasonsOf(await ads.post(`${ACCOUNT}/campaignBudgets:mutate`, odd))).toEqual([
    'campaignBudgetError.NON_MULTIPLE_OF_MINIMUM_CURRENCY_UNIT',
    'fieldError.REQUIRED',
  ]);
});

test('a request of none, or of more than 10,000 operations, is refused', async () => {
  expect(reasonsOf(await ads.mutate([]))).toEqual(['requestError.REQUIRED_FIELD_MISSING']);
  const many = Array.from({ length: 10_001 }, () => ({ labelOperation: { remove: 'customers/1/labels/1' } }));
  expect(reasonsOf(await ads.mutate(many))).toEqual(['requestError.TOO_MANY_MUTATE_OPERATIONS']);
});

test('a launch of hundreds of ads goes in one request', async () => {
  const groups = Array.from({ length: 75 }, (_, g) => [
    { adGroupOperation: { create: { ...AD_GROUP, resourceName: `${ACCOUNT}/adGroups/-${1000 + g}`, name: `Group ${g}` } } },
    ...Array.from({ length: 4 }, () => ({
      adGroupAdOperation: { create: { ...AD, resourceName: undefined, adGroup: `${ACCOUNT}/adGroups/-${1000 + g}` } },
    })),
  ]).flat();
  const answer = await ads.mutate([...campaignOp({}), ...groups], { responseContentType: 'MUTABLE_RESOURCE' });
  expect(answer.status).toBe(200);
  expect(answer.body.mutateOperationResponses[2].adGroupResult.adGroup).toMatchObject({ name: 'Group 0', type: 'SEARCH_STANDARD' });
  expect(await ads.rows('SELECT ad_group_ad.ad.id FROM ad_group_ad')).toHaveLength(300);
});
