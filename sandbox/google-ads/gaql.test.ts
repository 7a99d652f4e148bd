import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCOUNT, openAds, reasonsOf, type AdsClient } from './testing/ads-client.ts';
import { ADS_DEMO } from './index.ts';
import { skipWithoutSpec } from './testing/needs-spec.ts';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const AD = `${ACCOUNT}/adGroupAds/160000000000901~720000000000901`;
let ads: AdsClient;
beforeAll(async () => {
  ads = await openAds({ demo: true, now: () => NOW });
});
afterAll(() => ads.sandbox.close());

describe('a query is refused', () => {
  test.each([
    ['campaign.id FROM campaign', 'EXPECTED_SELECT'],
    ['SELECT campaign.id', 'EXPECTED_FROM'],
    ['SELECT campaign.id FROM', 'UNEXPECTED_END_OF_QUERY'],
    ['SELECT campaign.nonsense FROM campaign', 'UNRECOGNIZED_FIELD'],
    ['SELECT metrics.nonsense FROM campaign', 'UNRECOGNIZED_FIELD'],
    ['SELECT campaign.id FROM nowhere', 'BAD_RESOURCE_TYPE_IN_FROM_CLAUSE'],
    ['SELECT ad_group.id FROM campaign', 'PROHIBITED_RESOURCE_TYPE_IN_SELECT_CLAUSE'],
    ['SELECT campaign.id FROM campaign WHERE ad_group.id = 1', 'PROHIBITED_RESOURCE_TYPE_IN_WHERE_CLAUSE'],
    ['SELECT campaign FROM campaign', 'PROHIBITED_FIELD_IN_SELECT_CLAUSE'],
    ['SELECT label.id, metrics.clicks FROM label', 'PROHIBITED_METRIC_IN_SELECT_OR_WHERE_CLAUSE'],
    ['SELECT label.id, segments.date FROM label', 'PROHIBITED_SEGMENT_IN_SELECT_OR_WHERE_CLAUSE'],
    ['SELECT campaign.id FROM campaign WHERE campaign.status = RUNNING', 'BAD_ENUM_CONSTANT'],
    ['SELECT campaign.id FROM campaign WHERE campaign.id = abc', 'BAD_NUMBER'],
    ['SELECT campaign.id FROM campaign WHERE campaign.id LIKE "1%"', 'OPERATOR_FIELD_MISMATCH'],
    ['SELECT campaign.id FROM campaign WHERE campaign.status > ENABLED', 'OPERATOR_FIELD_MISMATCH'],
    ['SELECT campaign.id FROM campaign WHERE campaign.id == 1', 'BAD_VALUE'],
    ['SELECT campaign.id FROM campaign WHERE campaign.name ~ "x"', 'BAD_SYMBOL'],
    ['SELECT campaign.id FROM campaign WHERE campaign.name = "x', 'STRING_NOT_TERMINATED'],
    ['SELECT campaign.id FROM campaign WHERE campaign.name REGEXP_MATCH "("', 'INVALID_STRING_VALUE'],
    ['SELECT campaign.id FROM campaign WHERE campaign.id IN ()', 'PROHIBITED_EMPTY_LIST_IN_CONDITION'],
    ['SELECT campaign.id FROM campaign WHERE campaign.id = 1 OR campaign.id = 2', 'EXPECTED_AND'],
    ['SELECT campaign.id FROM campaign WHERE segments.device = MOBILE', 'EXPECTED_REFERENCED_FIELD_IN_SELECT_CLAUSE'],
    ['SELECT campaign.id FROM campaign ORDER BY metrics.clicks', 'EXPECTED_REFERENCED_FIELD_IN_SELECT_CLAUSE'],
    ['SELECT campaign.id FROM campaign WHERE segments.date DURING NEXT_WEEK', 'INVALID_VALUE_WITH_DURING_OPERATOR'],
    ["SELECT campaign.id FROM campaign WHERE segments.date = '20.11.2026'", 'INVALID_DATE_FORMAT'],
    ['SELECT campaign.id FROM campaign LIMIT 0', 'LIMIT_VALUE_TOO_LOW'],
    ['SELECT campaign.id FROM campaign LIMIT many', 'BAD_LIMIT_VALUE'],
    ['SELECT campaign.id FROM campaign PARAMETERS drafts=true', 'BAD_PARAMETER_NAME'],
    ['SELECT campaign.id FROM campaign nonsense', 'UNEXPECTED_INPUT'],
    ['', 'QUERY_ERROR'],
  ])('%s: %s', async (query, reason) => {
    const answer = await ads.query(query);
    expect(answer.status).toBe(400);
    expect(reasonsOf(answer)).toEqual([`queryError.${reason}`]);
  });
});

test('attributes come with the names of their resources, int64 as text, unset fields left out', async () => {
  const answer = await ads.query(
    'SELECT campaign.id, campaign.name, campaign.network_settings.target_google_search, campaign.end_date_time, campaign_budget.amount_micros, customer.currency_code FROM campaign',
  );
  expect(answer.body).toEqual({
    results: [
      {
        campaign: {
          resourceName: `${ACCOUNT}/campaigns/${ADS_DEMO.campaign}`,
          id: ADS_DEMO.campaign,
          name: 'Autumn coffee · Search · FR',
          networkSettings: { targetGoogleSearch: true },
        },
        campaignBudget: { resourceName: `${ACCOUNT}/campaignBudgets/130000000000901`, amountMicros: '20000000' },
        customer: { resourceName: ACCOUNT, currencyCode: 'EUR' },
      },
    ],
    fieldMask:
      'campaign.id,campaign.name,campaign.networkSettings.targetGoogleSearch,campaign.endDateTime,campaignBudget.amountMicros,customer.currencyCode',
  });
  const [bare] = await ads.rows('SELECT campaign.id FROM campaign PARAMETERS omit_unselected_resource_names = true');
  expect(bare).toEqual({ campaign: { id: ADS_DEMO.campaign } });
});

test.each([
  ["campaign.name = 'Autumn coffee · Search · FR'", 1],
  ["campaign.name = 'autumn coffee · search · fr'", 0],
  ["campaign.name LIKE 'autumn%'", 1],
  ["campaign.name LIKE '%co__ee%'", 1],
  ["campaign.name NOT LIKE '%coffee%'", 0],
  ["campaign.name LIKE '%[%]%'", 0],
  ["campaign.name REGEXP_MATCH 'Autumn.*'", 1],
  [`campaign.id IN (1, ${ADS_DEMO.campaign})`, 1],
  ["campaign.status IN ('ENABLED', PAUSED)", 1],
  ['campaign.status != ENABLED', 0],
  ['campaign.end_date_time IS NULL', 1],
  ['campaign.primary_status = ELIGIBLE', 1],
  ['campaign.network_settings.target_content_network = TRUE', 0],
  ["campaign.start_date_time BETWEEN '2026-01-01' AND '2026-12-31'", 1],
  ['metrics.clicks > 0', 1],
  ['metrics.clicks >= 0', 1],
  ['metrics.clicks = 0', 0],
])('WHERE %s finds %i', async (condition, count) => {
  expect(await ads.rows(`SELECT campaign.id FROM campaign WHERE ${condition}`)).toHaveLength(count);
});

test('figures add up from day to campaign to account, and by device', async () => {
  const sum = (rows: any[]): number => rows.reduce((total, row) => total + Number(row.metrics.impressions), 0);
  const range = "segments.date BETWEEN '2026-11-10' AND '2026-11-16'";
  const byDay = await ads.rows(
    `SELECT campaign.id, segments.date, metrics.impressions, metrics.cost_micros FROM campaign WHERE ${range} ORDER BY segments.date DESC`,
  );
  expect(byDay.map((row) => row.segments.date)).toEqual(['16', '15', '14', '13', '12', '11', '10'].map((day) => `2026-11-${day}`));
  const total = sum(byDay);
  expect(total).toBeGreaterThan(1000);
  for (const query of [
    `SELECT customer.id, metrics.impressions FROM customer WHERE ${range}`,
    `SELECT ad_group.id, metrics.impressions FROM ad_group WHERE ${range}`,
    `SELECT ad_group_ad.ad.id, segments.device, metrics.impressions FROM ad_group_ad WHERE ${range}`,
    `SELECT campaign.id, segments.week, segments.ad_network_type, metrics.impressions FROM campaign WHERE ${range}`,
  ])
    expect(sum(await ads.rows(query)), query).toBe(total);
  const [{ metrics }] = await ads.rows(
    `SELECT metrics.clicks, metrics.ctr, metrics.average_cpc, metrics.impressions, metrics.cost_micros, metrics.video_quartile_p100_rate FROM campaign WHERE ${range}`,
  );
  expect(metrics.ctr).toBeCloseTo(Number(metrics.clicks) / Number(metrics.impressions), 9);
  expect(metrics.averageCpc).toBeCloseTo(Number(metrics.costMicros) / Number(metrics.clicks), 3);
  expect(metrics.videoQuartileP100Rate).toBe(0);
});

test('rows without figures stay without a segment and drop out with one', async () => {
  const condition = "segments.date = '2025-01-01'";
  expect((await ads.rows(`SELECT campaign.id, metrics.clicks FROM campaign WHERE ${condition}`))[0]?.metrics).toEqual({ clicks: '0' });
  expect(await ads.rows(`SELECT campaign.id, segments.date, metrics.clicks FROM campaign WHERE ${condition}`)).toEqual([]);
});

test('a day without impressions and without cost is no row', async () => {
  const day = '2025-02-01';
  ads.sandbox.googleAds.setInsights(AD, day, { costMicros: 0, impressions: 0, clicks: 0, conversions: 0, conversionsValue: 0 });
  expect(await ads.rows(`SELECT ad_group_ad.ad.id, segments.date FROM ad_group_ad WHERE segments.date = '${day}'`)).toEqual([]);
});

test('set figures win, in the days of the account', async () => {
  ads.sandbox.googleAds.setInsights(AD, '2026-11-19', {
    costMicros: 12_340_000,
    impressions: 900,
    clicks: 11,
    conversions: 2,
    conversionsValue: 80,
  });
  const [row] = await ads.rows(
    `SELECT ad_group_ad.ad.id, segments.date, metrics.cost_micros, metrics.conversions FROM ad_group_ad WHERE ad_group_ad.ad.id = 720000000000901 AND segments.date DURING YESTERDAY`,
  );
  expect(row).toMatchObject({ segments: { date: '2026-11-19' }, metrics: { costMicros: '12340000', conversions: 2 } });
});

test('pages follow each other by token, and a token belongs to its query', async () => {
  const query = 'SELECT geo_target_constant.id FROM geo_target_constant ORDER BY geo_target_constant.id';
  ads.sandbox.googleAds.settings.pageRows = 5;
  const seen: string[] = [];
  let pageToken: string | undefined;
  do {
    const { body } = await ads.query(query, {
      ...(pageToken === undefined ? {} : { pageToken }),
      searchSettings: { returnTotalResultsCount: true },
    });
    expect(body.totalResultsCount).toBe('16');
    seen.push(...body.results.map((row: any) => row.geoTargetConstant.id));
    pageToken = body.nextPageToken;
  } while (pageToken !== undefined);
  expect(seen).toEqual([...new Set(seen)].toSorted((a, b) => Number(a) - Number(b)));
  expect(seen).toHaveLength(16);
  const first = await ads.query(query);
  expect(reasonsOf(await ads.query(`${query} LIMIT 7`, { pageToken: first.body.nextPageToken }))).toEqual([
    'requestError.INVALID_PAGE_TOKEN',
  ]);
  expect(reasonsOf(await ads.query(query, { pageSize: 5 }))).toEqual(['requestError.PAGE_SIZE_NOT_SUPPORTED']);
  const stream = await ads.post(`${ACCOUNT}/googleAds:searchStream`, { query });
  expect(stream.body.map((part: any) => part.results.length)).toEqual([5, 5, 5, 1]);
  ads.sandbox.googleAds.settings.pageRows = 10_000;
});

test('a stream is a list, and so are its errors', async () => {
  const empty = await ads.post(`${ACCOUNT}/googleAds:searchStream`, { query: 'SELECT asset_group.id FROM asset_group' });
  expect(empty.body).toEqual([{ fieldMask: 'assetGroup.id', requestId: expect.any(String) }]);
  const wrong = await ads.post(`${ACCOUNT}/googleAds:searchStream`, { query: 'SELECT x.y FROM campaign' });
  expect(wrong.status).toBe(400);
  expect(wrong.body).toHaveLength(1);
  expect(reasonsOf(wrong)).toEqual(['queryError.UNRECOGNIZED_FIELD']);
});

test('lists of an account: clients, audiences, conversions, places, languages', async () => {
  const clients = await ads.post(`customers/${ADS_DEMO.manager}/googleAds:search`, {
    query:
      'SELECT customer_client.id, customer_client.level, customer_client.status, customer_client.currency_code FROM customer_client WHERE customer_client.level <= 1',
  });
  expect(
    clients.body.results.map((row: any) => [row.customerClient.level, row.customerClient.currencyCode, row.customerClient.status]),
  ).toEqual([
    ['0', 'EUR', 'ENABLED'],
    ['1', 'EUR', 'ENABLED'],
    ['1', 'USD', 'ENABLED'],
    ['1', 'GBP', 'CANCELED'],
  ]);
  expect(
    (await ads.rows('SELECT user_list.id, user_list.name, user_list.size_for_display FROM user_list')).map(
      (row) => row.userList.sizeForDisplay,
    ),
  ).toEqual(['48000', '5200', '900']);
  expect(await ads.rows("SELECT conversion_action.id FROM conversion_action WHERE conversion_action.status = 'ENABLED'")).toHaveLength(2);
  expect(
    (await ads.rows("SELECT language_constant.id FROM language_constant WHERE language_constant.code = 'fr'"))[0].languageConstant.id,
  ).toBe('1002');
  const places = await ads.post('geoTargetConstants:suggest', { locale: 'en', countryCode: 'US', locationNames: { names: ['New York'] } });
  expect(
    places.body.geoTargetConstantSuggestions.map((one: any) => [one.geoTargetConstant.id, one.geoTargetConstantParents.length]),
  ).toEqual([
    ['21167', 1],
    ['1023191', 1],
  ]);
});

test('figures of a manager are refused', async () => {
  const answer = await ads.post(`customers/${ADS_DEMO.manager}/googleAds:search`, {
    query: 'SELECT customer.id, metrics.clicks FROM customer',
  });
  expect(reasonsOf(answer)).toEqual(['queryError.REQUESTED_METRICS_FOR_MANAGER']);
});

test('the fields themselves can be asked for', async () => {
  const { body } = await ads.post('googleAdsFields:search', {
    query: "SELECT name, data_type, enum_values WHERE name IN ('campaign.status', 'metrics.clicks')",
  });
  expect(body.results.map((one: any) => [one.name, one.dataType])).toEqual([
    ['campaign.status', 'ENUM'],
    ['metrics.clicks', 'INT64'],
  ]);
  expect((await ads.get('googleAdsFields/campaign')).body).toMatchObject({
    category: 'RESOURCE',
    attributeResources: expect.arrayContaining(['customer']),
  });
  expect((await ads.get('googleAdsFields/campaign.nope')).status).toBe(400);
});

test('a summary row adds all figures', async () => {
  const { body } = await ads.query('SELECT ad_group.id, metrics.clicks FROM ad_group', { searchSettings: { returnSummaryRow: true } });
  expect(Number(body.summaryRow.metrics.clicks)).toBe(body.results.reduce((sum: number, row: any) => sum + Number(row.metrics.clicks), 0));
});

test('none of the answers breaks the wire document', (context) => {
  skipWithoutSpec(context);
  expect(ads.sandbox.log.violations).toEqual([]);
});
