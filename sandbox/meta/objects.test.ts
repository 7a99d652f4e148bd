import { afterAll, beforeAll, expect, test } from 'vitest';
import { noFaults } from '../index.ts';
import { ACCOUNT, ADSET, CAMPAIGN, CREATIVE, makeTree, openGraph, type GraphClient } from './testing/graph-client.ts';
import { skipWithoutSpec } from './testing/needs-spec.ts';

let graph: GraphClient;
beforeAll(async () => {
  graph = await openGraph();
});
afterAll(() => graph.sandbox.close());

const withForm = (id: string | null) => ({
  ...CREATIVE,
  object_story_spec: {
    ...CREATIVE.object_story_spec,
    link_data: {
      link: 'https://example.com/',
      call_to_action: { type: 'SIGN_UP', ...(id === null ? {} : { value: { lead_gen_form_id: id } }) },
    },
  },
});

test('a tree is created paused, read back as sent, with budgets as strings', async () => {
  const tree = await makeTree(graph, 'tree1');
  const { body } = await graph.get(tree.ad, {
    fields:
      'name,status,effective_status,configured_status,adlabels,campaign{name,objective,status},adset{daily_budget,targeting,dsa_payor},creative{name,object_story_spec,degrees_of_freedom_spec},created_time',
  });
  expect(body).toMatchObject({
    name: 'Ad ·tree1',
    status: 'PAUSED',
    effective_status: 'PAUSED',
    adlabels: [{ name: 'tree1' }],
    campaign: { id: tree.campaign, objective: 'OUTCOME_LEADS', status: 'PAUSED' },
    adset: { daily_budget: '2500', targeting: ADSET.targeting, dsa_payor: 'Inlay demo' },
    creative: {
      id: tree.creative,
      object_story_spec: CREATIVE.object_story_spec,
      degrees_of_freedom_spec: CREATIVE.degrees_of_freedom_spec,
    },
  });
  expect(body['created_time']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/);

  expect((await graph.post(tree.ad, { status: 'ACTIVE' })).body).toEqual({ success: true });
  expect((await graph.get(tree.ad, { fields: 'effective_status' })).body['effective_status']).toBe('CAMPAIGN_PAUSED');
  await graph.post(tree.campaign, { status: 'ACTIVE' });
  expect((await graph.get(tree.ad, { fields: 'effective_status' })).body['effective_status']).toBe('ADSET_PAUSED');
});

test.each([
  ['no name', 'campaigns', { ...CAMPAIGN, name: undefined }, 'name'],
  ['no objective', 'campaigns', { ...CAMPAIGN, objective: undefined }, 'objective'],
  ['no status', 'campaigns', { ...CAMPAIGN, status: undefined }, 'status'],
  ['no special categories', 'campaigns', { ...CAMPAIGN, special_ad_categories: undefined }, 'special_ad_categories'],
  ['an old objective', 'campaigns', { ...CAMPAIGN, objective: 'LEAD_GENERATION' }, 'OUTCOME_'],
  ['an old campaign type', 'campaigns', { ...CAMPAIGN, smart_promotion_type: 'SMART_APP_PROMOTION' }, 'Advantage+'],
  [
    'no word on budget sharing',
    'campaigns',
    { ...CAMPAIGN, is_adset_budget_sharing_enabled: undefined },
    'is_adset_budget_sharing_enabled',
  ],
  ['a budget in decimals', 'campaigns', { ...CAMPAIGN, daily_budget: '12.50' }, 'integer'],
  ['a removed parameter', 'campaigns', { ...CAMPAIGN, date_format: 'U' }, 'date_format'],
  ['no place', 'adsets', { ...ADSET, targeting: { age_min: 18 } }, 'geo_locations'],
  ['no payer in the EU', 'adsets', { ...ADSET, dsa_payor: undefined }, 'payer'],
  ['no promoted object for leads', 'adsets', { ...ADSET, promoted_object: undefined }, 'promoted object'],
  ['leads without their page', 'adsets', { ...ADSET, promoted_object: { pixel_id: '1' } }, 'page_id'],
  ['leads for a page that is none', 'adsets', { ...ADSET, promoted_object: { page_id: '1' } }, 'page_id'],
  ['conversions without a pixel', 'adsets', { ...ADSET, optimization_goal: 'OFFSITE_CONVERSIONS' }, 'pixel_id'],
  ['no budget anywhere', 'adsets', { ...ADSET, daily_budget: undefined }, 'budget'],
  ['a lifetime budget without end', 'adsets', { ...ADSET, daily_budget: undefined, lifetime_budget: 90_000 }, 'end time'],
  ['a cap without amount', 'adsets', { ...ADSET, bid_strategy: 'COST_CAP' }, 'bid amount'],
  ['a removed placement', 'adsets', { ...ADSET, targeting: { ...ADSET.targeting, instagram_positions: ['explore'] } }, 'explore'],
  ['a time that is none', 'adsets', { ...ADSET, start_time: 'soon' }, 'start_time'],
  ['an unknown goal', 'adsets', { ...ADSET, optimization_goal: 'MOST_MONEY' }, 'optimization_goal'],
  ['no story', 'adcreatives', { name: 'x' }, 'object_story_spec'],
  ['the dead actor id', 'adcreatives', { ...CREATIVE, instagram_actor_id: '1' }, 'instagram_user_id'],
  [
    'an unknown image',
    'adcreatives',
    { ...CREATIVE, object_story_spec: { ...CREATIVE.object_story_spec, link_data: { link: 'https://example.com/', image_hash: 'f00' } } },
    'hash',
  ],
  ['a form that is not there', 'adcreatives', withForm('999'), 'lead form'],
  ['no form in an ad set of leads', 'ads', { name: 'x', status: 'PAUSED' }, 'lead form'],
  ['no creative', 'ads', { name: 'x', status: 'PAUSED' }, 'creative'],
])('a create with %s is refused with code 100 and creates nothing', async (what, edge, params, word) => {
  const campaign = edge === 'adsets' ? (await graph.post(`${ACCOUNT}/campaigns`, CAMPAIGN)).body.id : undefined;
  const adset = edge === 'ads' ? (await makeTree(graph, 'parents')).adset : undefined;
  const formless = what.includes('no form') ? (await graph.post(`${ACCOUNT}/adcreatives`, withForm(null))).body.id : undefined;
  const before = graph.sandbox.meta.objects().length;
  const sent = Object.fromEntries(
    Object.entries({
      ...params,
      ...(campaign === undefined ? {} : { campaign_id: campaign }),
      ...(adset === undefined ? {} : { adset_id: adset }),
      ...(formless === undefined ? {} : { creative: { creative_id: formless } }),
    }).filter(([, value]) => value !== undefined),
  );
  const { status, body } = await graph.post(`${ACCOUNT}/${edge}`, sent);
  expect(status).toBe(400);
  expect(body.error?.code).toBe(100);
  expect(`${body.error?.message} ${body.error?.error_user_msg}`).toContain(word);
  expect(graph.sandbox.meta.objects()).toHaveLength(before);
});

test('an ad set of a housing campaign must choose about the automatic audience', async () => {
  const { id } = (await graph.post(`${ACCOUNT}/campaigns`, { ...CAMPAIGN, special_ad_categories: ['HOUSING'] })).body;
  const refused = await graph.post(`${ACCOUNT}/adsets`, { ...ADSET, campaign_id: id });
  expect(refused.body.error?.error_user_msg).toContain('advantage_audience');
  const taken = await graph.post(`${ACCOUNT}/adsets`, {
    ...ADSET,
    campaign_id: id,
    targeting: { ...ADSET.targeting, targeting_automation: { advantage_audience: 0 } },
  });
  expect(taken.status).toBe(200);
});

test('validate_only answers success, checks everything and leaves no trace', async () => {
  const before = graph.sandbox.meta.objects().length;
  const execution_options = ['validate_only'];
  const fresh = { ...CAMPAIGN, adlabels: [{ name: 'never made' }], execution_options };
  expect((await graph.post(`${ACCOUNT}/campaigns`, fresh)).body).toEqual({ success: true });
  expect((await graph.post(`${ACCOUNT}/adcreatives`, { ...CREATIVE, execution_options })).body).toEqual({ success: true });
  expect((await graph.post(`${ACCOUNT}/campaigns`, { ...fresh, objective: 'NOPE' })).status).toBe(400);
  const orphan = await graph.post(`${ACCOUNT}/adsets`, { ...ADSET, campaign_id: '238999999999999', execution_options });
  expect(orphan.body.error?.error_user_msg).toContain('campaign');
  expect(graph.sandbox.meta.objects()).toHaveLength(before);
});

test('objects are found by label edge, by bylabels with ANY and ALL, and by name filter', async () => {
  const one = await makeTree(graph, 'find-a');
  const two = await makeTree(graph, 'find-b');
  await graph.post(`${two.ad}/adlabels`, { adlabels: [{ name: 'find-a' }] });
  const labels = await graph.all(`${ACCOUNT}/adlabels`, { fields: 'name' });
  const labelId = (name: string): string => String(labels.find((label) => label['name'] === name)?.['id']);
  const ids = (rows: Record<string, unknown>[]): string[] => rows.map((row) => String(row['id'])).toSorted();
  expect(ids(await graph.all(`${labelId('find-a')}/ads`))).toEqual([one.ad, two.ad].toSorted());
  expect(ids(await graph.all(`${labelId('find-a')}/campaigns`))).toEqual([one.campaign]);
  const both = [labelId('find-a'), labelId('find-b')];
  expect(ids(await graph.all(`${ACCOUNT}/adsbylabels`, { ad_label_ids: both, operator: 'ALL' }))).toEqual([two.ad]);
  expect(ids(await graph.all(`${ACCOUNT}/adsbylabels`, { ad_label_ids: both, operator: 'ANY' }))).toEqual([one.ad, two.ad].toSorted());
  const filtering = [{ field: 'name', operator: 'CONTAIN', value: '·find-b' }];
  expect(ids(await graph.all(`${ACCOUNT}/ads`, { filtering }))).toEqual([two.ad]);
  expect((await graph.post(`${ACCOUNT}/adlabels`, { name: 'find-a' })).body.id).toBe(labelId('find-a'));
});

test('new objects stay out of lists and label edges for the lag, while a read by id sees them', async () => {
  let now = Date.parse('2026-11-20T10:00:00Z');
  const slow = await openGraph({ now: () => now, faults: { ...noFaults(1), searchLagMs: 600 } });
  const tree = await makeTree(slow, 'lagging');
  const label = slow.sandbox.meta.objects().find((object) => object.kind === 'label')?.id;
  const lists = async (): Promise<number[]> => [
    (await slow.all(`${ACCOUNT}/ads`)).length,
    (await slow.all(`${ACCOUNT}/adlabels`)).length,
    (await slow.all(`${String(label)}/ads`)).length,
    (await slow.all(`${ACCOUNT}/adsbylabels`, { ad_label_ids: [label] })).length,
    (await slow.all(`${ACCOUNT}/ads`, { filtering: [{ field: 'name', operator: 'CONTAIN', value: 'lagging' }] })).length,
  ];
  now += 599;
  expect(await lists()).toEqual([0, 0, 0, 0, 0]);
  expect((await slow.get(tree.ad, { fields: 'name' })).body['name']).toBe('Ad ·lagging');
  now += 1;
  expect(await lists()).toEqual([1, 1, 1, 1, 1]);
  await slow.sandbox.close();
});

test('unknown fields, missing objects, old versions and deleted objects answer as the platform does', async () => {
  const tree = await makeTree(graph, 'gone');
  expect((await graph.get(tree.ad, { fields: 'colour' })).body.error).toMatchObject({
    code: 100,
    message: expect.stringContaining('nonexisting field (colour) on node type (Ad)'),
  });
  expect((await graph.get('238000000999999')).body.error).toMatchObject({ code: 100, error_subcode: 33 });
  const old = await graph.sandbox.handle(new Request(`https://graph.facebook.com/v24.0/me?access_token=${graph.token}`));
  expect(await old?.json()).toMatchObject({ error: { code: 2635 } });
  const still = await graph.sandbox.handle(new Request(`https://graph.facebook.com/v25.0/me?access_token=${graph.token}`));
  expect(still?.status).toBe(200);
  await graph.del(tree.ad);
  expect((await graph.get(tree.ad, { fields: 'status' })).body['status']).toBe('DELETED');
  expect((await graph.all(`${tree.adset}/ads`)).map((row) => row['id'])).not.toContain(tree.ad);
});

test('nothing sent or answered here breaks the published spec', (context) => {
  skipWithoutSpec(context);
  // Requests that are wrong on purpose are recorded as request violations; the sandbox's own answers must have none.
  expect(graph.sandbox.log.violations.filter((violation) => violation.where.startsWith('answer'))).toEqual([]);
});
