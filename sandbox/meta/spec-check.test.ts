import { expect, test } from 'vitest';
import {
  BID_STRATEGIES,
  BILLING_EVENTS,
  CALLS_TO_ACTION,
  DATE_PRESETS,
  DESTINATION_TYPES,
  OBJECTIVES,
  OPTIMIZATION_GOALS,
  SPECIAL_AD_CATEGORIES,
} from './enums.ts';
import { NODE_FIELDS, NODE_TYPE } from './node-fields.ts';
import { checkAnswer, checkRequest, loadMetaSpec, type MetaSpec } from './spec-check.ts';
import { skipWithoutSpec } from './testing/needs-spec.ts';
import { ACCOUNT, ADSET, CAMPAIGN, CREATIVE, makeTree, openGraph } from './testing/graph-client.ts';

const spec = loadMetaSpec();
function specTest(name: string, run: (known: MetaSpec) => void | Promise<void>): void {
  test(name, async (context) => {
    skipWithoutSpec(context);
    if (spec !== null) await run(spec);
  });
}

specTest('what our examples send is allowed', (known) => {
  const place = { node: 'AdAccount', method: 'POST' };
  expect(checkRequest(known, { ...place, edge: 'campaigns', params: CAMPAIGN })).toEqual([]);
  expect(checkRequest(known, { ...place, edge: 'adsets', params: { ...ADSET, campaign_id: '1' } })).toEqual([]);
  expect(checkRequest(known, { ...place, edge: 'adcreatives', params: CREATIVE })).toEqual([]);
});

specTest('a wrong name, type, enum value or endpoint in a request is found', (known) => {
  const problems = (edge: string, params: Record<string, unknown>): string[] =>
    checkRequest(known, { node: 'AdAccount', method: 'POST', edge, params });
  expect(problems('campaigns', { titel: 'x' })).toEqual(['titel is not a parameter of AdAccount POST campaigns']);
  expect(problems('campaigns', { daily_budget: '1.5' })).toEqual(['daily_budget must be a whole number']);
  expect(problems('campaigns', { status: 'STOPPED' })).toEqual(['status = STOPPED is not in adaccountcampaigns_status_enum_param']);
  expect(problems('adsets', { targeting: { geo_locations: { lands: ['FR'] } } })).toEqual([
    'targeting.geo_locations.lands is not a field of TargetingGeoLocation',
  ]);
  expect(problems('adcreatives', { object_story_spec: { page_id: '1', link_data: { url: 'x' } } })).toEqual([
    'object_story_spec.link_data.url is not a field of AdCreativeLinkData',
  ]);
  expect(problems('adcreatives', { degrees_of_freedom_spec: { creative_features_spec: { sparkle: {} } } })).toEqual([
    'degrees_of_freedom_spec.creative_features_spec.sparkle is not a field of AdCreativeFeaturesSpec',
  ]);
  expect(problems('campains', {})).toEqual(['AdAccount POST campains is not an endpoint']);
});

specTest('fields of the newer version count as known', (known) => {
  const params = { degrees_of_freedom_spec: { creative_features_spec: { image_banner: { enroll_status: 'OPT_OUT' } } } };
  expect(checkRequest(known, { node: 'AdAccount', method: 'POST', edge: 'adcreatives', params })).toEqual([]);
});

specTest('a wrong field or type in an answer is found', (known) => {
  const answer = { data: [{ id: '1', daily_budget: 2500, colour: 'red' }] };
  expect(checkAnswer(known, { node: 'AdAccount', method: 'GET', edge: 'campaigns' }, answer)).toEqual([
    'Campaign.daily_budget must be a string',
    'Campaign.colour is not a field of Campaign',
  ]);
});

specTest('the answers writes give are the platform’s: an id, success, or the words of the edge', (known) => {
  const problems = (method: string, node: string, edge: string | undefined, answer: unknown): string[] =>
    checkAnswer(known, { node, method, ...(edge === undefined ? {} : { edge }) }, answer);
  expect(problems('POST', 'AdAccount', 'campaigns', { id: '1' })).toEqual([]);
  expect(problems('POST', 'Campaign', undefined, { success: true })).toEqual([]);
  expect(problems('DELETE', 'Ad', undefined, { success: true })).toEqual([]);
  expect(problems('POST', 'AdAccount', 'insights', { report_run_id: '1' })).toEqual([]);
  expect(problems('POST', 'AdAccount', 'advideos', { upload_session_id: '1', video_id: '2', start_offset: '0', end_offset: '9' })).toEqual(
    [],
  );
  expect(problems('POST', 'AdAccount', 'adimages', { images: { 'a.png': { hash: 'f', width: 1, height: 1 } } })).toEqual([]);
});

specTest('a write that answers a wrong type, a made-up field or nothing is found', (known) => {
  const problems = (method: string, node: string, edge: string | undefined, answer: unknown): string[] =>
    checkAnswer(known, { node, method, ...(edge === undefined ? {} : { edge }) }, answer);
  expect(problems('POST', 'AdAccount', 'campaigns', { id: 1 })).toEqual(['Campaign.id must be a string']);
  expect(problems('POST', 'AdAccount', 'campaigns', { id: '1', colour: 'red' })).toEqual(['Campaign.colour is not a field of Campaign']);
  expect(problems('POST', 'Campaign', undefined, { success: 'yes' })).toEqual(['Campaign POST  success must be a boolean']);
  expect(problems('DELETE', 'Ad', undefined, {})).toEqual(['Ad DELETE  answers neither an id nor success']);
  expect(problems('DELETE', 'Ad', undefined, [])).toEqual(['Ad DELETE  must answer an object']);
  expect(problems('POST', 'AdAccount', 'advideos', { video_id: 2 })).toEqual(['AdAccount POST advideos video_id must be a string']);
  expect(problems('POST', 'AdAccount', 'adimages', { images: { 'a.png': { colour: 'red' } } })).toEqual([
    'images.a.png.colour is not a field of AdImage',
  ]);
});

specTest('every field the imitation offers exists on the platform', (known) => {
  const edges = new Set(['ads', 'adsets', 'adcreatives', 'insights', 'leads', 'thumbnails']);
  for (const [kind, names] of Object.entries(NODE_FIELDS)) {
    const type = NODE_TYPE[kind as keyof typeof NODE_TYPE];
    const missing = [...names].filter(
      (name) => !edges.has(name) && !(type === 'Page' && name === 'tasks') && known.fields.get(type)?.has(name) !== true,
    );
    expect(missing, type).toEqual([]);
  }
});

specTest('every value the imitation accepts is one of the platform’s', (known) => {
  const accepted: [string, Iterable<string>][] = [
    ['adaccountcampaigns_objective_enum_param', OBJECTIVES],
    ['adaccountcampaigns_special_ad_categories_enum_param', SPECIAL_AD_CATEGORIES],
    ['adaccountadsets_optimization_goal_enum_param', OPTIMIZATION_GOALS],
    ['adaccountadsets_billing_event_enum_param', BILLING_EVENTS],
    ['adaccountadsets_destination_type_enum_param', DESTINATION_TYPES],
    ['adaccountadsets_bid_strategy_enum_param', BID_STRATEGIES],
    ['adaccountinsights_date_preset_enum_param', DATE_PRESETS],
    ['AdCreativeLinkDataCallToAction_type', CALLS_TO_ACTION],
  ];
  for (const [name, values] of accepted)
    expect(
      [...values].filter((value) => known.enums[name]?.values.includes(value) !== true),
      name,
    ).toEqual([]);
});

specTest('a whole launch and its read-back leave no violation in the log', async () => {
  const graph = await openGraph();
  const tree = await makeTree(graph, 'clean');
  await graph.post(tree.campaign, { status: 'ACTIVE' });
  await graph.get(tree.ad, {
    fields:
      'id,name,status,effective_status,adset{id,name,targeting,daily_budget},campaign{id,name,objective},creative{id,object_story_spec,degrees_of_freedom_spec},adlabels{id,name}',
  });
  await graph.get(`${ACCOUNT}/ads`, { fields: 'name,adlabels', filtering: [{ field: 'name', operator: 'CONTAIN', value: 'clean' }] });
  await graph.get(`${ACCOUNT}/insights`, { level: 'ad', fields: 'ad_id,spend,actions', time_increment: 1, date_preset: 'last_7d' });
  await graph.get('me/adaccounts', { fields: 'name,currency,timezone_name,account_status' });
  await graph.get('me/accounts', {});
  await graph.post(`${ACCOUNT}/insights`, { level: 'ad', fields: 'ad_id,spend', date_preset: 'last_7d' });
  await graph.del(tree.ad);
  expect(graph.sandbox.log.violations).toEqual([]);
  await graph.post(`${ACCOUNT}/campaigns`, { ...CAMPAIGN, colour: 'red' });
  expect(graph.sandbox.log.violations).toHaveLength(1); // the check is on, not merely silent
  await graph.sandbox.close();
});
