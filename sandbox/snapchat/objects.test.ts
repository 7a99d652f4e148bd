import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEMO_IDS } from './index.ts';
import {
  ACCOUNT,
  AD,
  ADSQUAD,
  CAMPAIGN,
  CREATIVE,
  firstIn,
  itemsIn,
  makeMedia,
  makeTree,
  openSnap,
  shownIn,
  type SnapClient,
} from './testing/snap-client.ts';

let snap: SnapClient;
beforeEach(() => {
  snap = openSnap();
});
afterEach(() => snap.sandbox.close());

const reasonsOf = async (plural: string, path: string, items: unknown[]): Promise<(string | undefined)[]> =>
  itemsIn(await snap.post(path, { [plural]: items }), plural).map((item) => item.sub_request_error_reason);
const campaignOf = async (part: Record<string, unknown> = {}): Promise<string> =>
  firstIn(await snap.post(`${ACCOUNT}/campaigns`, { campaigns: [{ ...CAMPAIGN, ...part }] }), 'campaigns', 'campaign').id;
const objective = (type: string) => ({ objective_v2_properties: { objective_v2_type: type } });

test('a whole tree is made paused, says so on every level and breaks no known field', async () => {
  const tree = await makeTree(snap);
  expect(firstIn(await snap.get(`campaigns/${tree.campaign}`), 'campaigns', 'campaign')).toMatchObject({
    name: 'Launch',
    status: 'PAUSED',
    buy_model: 'AUCTION',
    start_time: '2026-12-01T07:00:00.000Z',
    delivery_status: ['INVALID_NOT_ACTIVE', 'INVALID_START_TIME', 'NO_VALID_AD_SQUAD'],
  });
  expect(firstIn(await snap.get(`adsquads/${tree.adsquad}`), 'adsquads', 'adsquad')).toMatchObject({
    delivery_constraint: 'DAILY_BUDGET',
    pacing_type: 'STANDARD',
    child_ad_type: 'REMOTE_WEBPAGE',
  });
  expect(firstIn(await snap.get(`creatives/${tree.creative}`), 'creatives', 'creative')).toMatchObject({
    brand_name: 'Northwind Coffee',
    top_snap_crop_position: 'OPTIMIZED',
    review_status: 'PENDING_REVIEW',
  });
  expect(firstIn(await snap.get(`ads/${tree.ad}`), 'ads', 'ad')).toMatchObject({ review_status: 'PENDING', status: 'PAUSED' });
  expect(snap.sandbox.log.violations).toEqual([]);
});

test('one bad item of thirty leaves the other twenty-nine, each told in its own place', async () => {
  const campaigns = Array.from({ length: 30 }, (_, n) => ({ ...CAMPAIGN, name: n === 17 ? '' : `C${n}` }));
  const answer = await snap.post(`${ACCOUNT}/campaigns`, { campaigns });
  expect(answer.status).toBe(200);
  expect(answer.body.request_status).toBe('SUCCESS');
  const items = itemsIn(answer, 'campaigns');
  expect(items.map((item) => item.sub_request_status)).toEqual(campaigns.map((_, n) => (n === 17 ? 'ERROR' : 'SUCCESS')));
  expect(items[17]).toEqual({
    sub_request_status: 'ERROR',
    sub_request_error_reason: 'Error code: E2001, message: A required field is missing : [name]',
  });
  expect(snap.sandbox.snapchat.objects().filter((one) => one.kind === 'campaign')).toHaveLength(29);
});

test('when nothing passes the outer word is ERROR, and the HTTP status may be either', async () => {
  for (const status of [200, 400] as const) {
    snap.sandbox.snapchat.settings.allRefusedStatus = status;
    const answer = await snap.post(`${ACCOUNT}/campaigns`, { campaigns: [{ ...CAMPAIGN, status: 'ON' }] });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ request_status: 'ERROR', campaigns: [{ sub_request_status: 'ERROR' }] });
  }
  snap.sandbox.snapchat.settings.allRefusedStatus = 'either';
  const seen = new Set<number>();
  for (let n = 0; n < 12; n += 1) seen.add((await snap.post(`${ACCOUNT}/campaigns`, { campaigns: [{ name: `bad ${n}` }] })).status);
  expect(seen).toEqual(new Set([200, 400]));
});

test.each([
  ['campaigns', 31, 'E1001'],
  ['creatives', 11, 'E1001'],
  ['media', 11, 'E1001'],
  ['segments', 16, 'E1001'],
])('more %s than one call takes are refused whole (%i)', async (plural, count, code) => {
  const items = Array.from({ length: count }, (_, n) => ({ ...CAMPAIGN, name: `n${n}`, type: 'IMAGE', source_type: 'FIRST_PARTY' }));
  const before = snap.sandbox.snapchat.objects().length;
  const answer = await snap.post(`${ACCOUNT}/${plural}`, { [plural]: items });
  expect([answer.status, answer.body.error_code]).toEqual([400, code]);
  expect(snap.sandbox.snapchat.objects()).toHaveLength(before);
  expect((await snap.post(`${ACCOUNT}/${plural}`, { [plural]: [] })).status).toBe(400);
  expect((await snap.call('POST', `${ACCOUNT}/${plural}`, '{"not":')).body.error_code).toBe('E1001');
});

test('a campaign needs its fields, each named when it is wrong', async () => {
  const bad = [
    { ad_account_id: DEMO_IDS.secondAccount },
    { name: 'x'.repeat(376) },
    { status: 'DELETED' },
    { start_time: undefined },
    { start_time: '2026-12-01' },
    { end_time: '2026-11-30T00:00:00Z' },
    { objective_v2_properties: { objective_v2_type: 'REACH' } },
    { objective_v2_properties: undefined, objective: 'OUTCOME_LEADS' },
    { daily_budget_micro: 19_999_999 },
    { buy_model: 'FIXED' },
  ];
  const reasons = await reasonsOf(
    'campaigns',
    `${ACCOUNT}/campaigns`,
    bad.map((part) => ({ ...CAMPAIGN, ...part })),
  );
  expect(reasons.map((reason) => /\[(.*)\]$/.exec(reason ?? '')?.[1])).toEqual([
    'ad_account_id',
    'name',
    'status',
    'start_time',
    'start_time',
    'end_time',
    'objective_v2_type',
    'objective',
    'daily_budget_micro',
    'buy_model',
  ]);
});

test('an ad squad needs its fields, a budget over the floor and a placement with the chat feed', async () => {
  const campaign = await campaignOf();
  const custom = (positions: string[]) => ({ placement_v2: { config: 'CUSTOM', platforms: ['SNAPCHAT'], snapchat_positions: positions } });
  const bad: [Record<string, unknown>, string | undefined][] = [
    [{ daily_budget_micro: 4_999_999 }, 'daily_budget_micro'],
    [{ daily_budget_micro: 5_000_000.5 }, 'daily_budget_micro'],
    [{ daily_budget_micro: undefined }, 'daily_budget_micro or lifetime_budget_micro'],
    [{ lifetime_budget_micro: 9_000_000 }, 'lifetime_budget_micro'],
    [{ daily_budget_micro: undefined, lifetime_budget_micro: 9_000_000 }, 'end_time'],
    [{ delivery_constraint: 'LIFETIME_BUDGET' }, 'delivery_constraint'],
    [{ bid_strategy: 'TARGET_COST' }, 'bid_micro'],
    [{ bid_strategy: 'TARGET_COST', bid_micro: 100_000_001 }, 'bid_micro'],
    [{ bid_strategy: 'MIN_ROAS' }, 'bid_strategy'],
    [{ targeting: { geos: [] } }, 'targeting.geos'],
    [{ targeting: { geos: [null] } }, 'geos'],
    [{ targeting: { geos: [{ country_code: 'France' }] } }, 'targeting.geos.country_code'],
    [custom(['FEED', 'INSTREAM']), 'placement_v2.snapchat_positions'],
    [custom(['CHAT_FEED', 'SKY']), 'placement_v2.snapchat_positions'],
    [{ billing_event: 'SWIPE' }, 'billing_event'],
    [{ optimization_goal: 'PIXEL_PAGE_VIEW' }, 'pixel_id'],
    [{ optimization_goal: 'LEAD_FORM_SUBMISSIONS' }, 'optimization_goal'],
    [{ pixel_id: DEMO_IDS.secondPixel }, `pixel ${DEMO_IDS.secondPixel}`],
    [custom(['CHAT_FEED', 'FEED']), undefined],
    [{ optimization_goal: 'PIXEL_PAGE_VIEW', pixel_id: DEMO_IDS.pixel }, undefined],
  ];
  const reasons = await reasonsOf(
    'adsquads',
    `campaigns/${campaign}/adsquads`,
    bad.map(([part]) => ({ ...ADSQUAD, campaign_id: campaign, ...part })),
  );
  expect(reasons.map((reason) => (reason === undefined ? undefined : /\[(.*)\]$/.exec(reason)?.[1]))).toEqual(bad.map(([, name]) => name));
});

test('goals follow the objective, and the conversion location narrows them', async () => {
  const leads = await campaignOf(objective('LEADS'));
  const squad = { ...ADSQUAD, campaign_id: leads, optimization_goal: 'LEAD_FORM_SUBMISSIONS' };
  const { id } = firstIn(await snap.post(`campaigns/${leads}/adsquads`, { adsquads: [squad] }), 'adsquads', 'adsquad');
  const choose = (conversion_location: string) => snap.post(`adsquads/${id}/ad_squad_ui_render_data`, { conversion_location });
  expect((await choose('WEB')).status).toBe(400);
  expect((await choose('MOON')).status).toBe(400);
  expect((await choose('LEAD_FORM')).status).toBe(200);
  expect(firstIn(await snap.get(`adsquads/${id}`), 'adsquads', 'adsquad')['conversion_location']).toBe('LEAD_FORM');
});

test('a budget is the campaign’s or the squad’s, never both', async () => {
  const campaign = await campaignOf({ daily_budget_micro: 50_000_000 });
  const squad = { ...ADSQUAD, campaign_id: campaign };
  const { daily_budget_micro: _none, ...without } = squad;
  expect(await reasonsOf('adsquads', `campaigns/${campaign}/adsquads`, [squad, without])).toEqual([
    'Error code: E2002, message: the campaign has the budget : [daily_budget_micro]',
    undefined,
  ]);
});

test('a creative needs a ready media, a brand or a profile, and the parts of its type', async () => {
  const media = await makeMedia(snap);
  const shell = firstIn(await snap.post(`${ACCOUNT}/media`, { media: [{ name: 'shell', type: 'IMAGE' }] }), 'media', 'media');
  const good = { ...CREATIVE, top_snap_media_id: media };
  const { profile_properties: _profile, ...nameless } = good;
  const bad: [Record<string, unknown>, string | undefined][] = [
    [{ ...good, headline: 'x'.repeat(35) }, 'headline'],
    [{ ...good, top_snap_media_id: shell.id }, 'top_snap_media_id'],
    [{ ...good, top_snap_media_id: DEMO_IDS.form }, `media ${DEMO_IDS.form}`],
    [nameless, 'brand_name'],
    [{ ...nameless, brand_name: 'x'.repeat(33) }, 'brand_name'],
    [{ ...nameless, brand_name: 'Northwind' }, undefined],
    [{ ...good, call_to_action: 'VIEW_MORE' }, 'call_to_action'],
    [{ ...good, web_view_properties: { url: 'http://example.com/' } }, 'url'],
    [{ ...good, type: 'LEAD_GENERATION', call_to_action: 'SIGN_UP', lead_generation_form_id: DEMO_IDS.form }, undefined],
    [{ ...good, type: 'LEAD_GENERATION', call_to_action: 'SHOP_NOW', lead_generation_form_id: DEMO_IDS.form }, 'call_to_action'],
  ];
  const reasons = await reasonsOf(
    'creatives',
    `${ACCOUNT}/creatives`,
    bad.map(([item]) => item),
  );
  expect(reasons.map((reason) => (reason === undefined ? undefined : /\[(.*)\]$/.exec(reason)?.[1]))).toEqual(bad.map(([, name]) => name));
  expect(reasons[1]).toContain("hasn't been uploaded yet");
});

test('an ad shows a creative of its type, and the first ad settles the type of its squad', async () => {
  const tree = await makeTree(snap);
  const simple = [
    { ...CREATIVE, type: 'SNAP_AD', call_to_action: undefined, web_view_properties: undefined, top_snap_media_id: tree.media },
  ];
  const other = firstIn(await snap.post(`${ACCOUNT}/creatives`, { creatives: simple }), 'creatives', 'creative').id;
  const ad = { ...AD, ad_squad_id: tree.adsquad, creative_id: tree.creative };
  expect(
    await reasonsOf('ads', `adsquads/${tree.adsquad}/ads`, [
      { ...ad, type: 'SNAP_AD' },
      { ...ad, type: 'SNAP_AD', creative_id: other },
      { ...ad, creative_id: DEMO_IDS.pixel },
      ad,
    ]),
  ).toEqual([
    'Error code: E2002, message: an ad of the type SNAP_AD cannot show a creative of the type WEB_VIEW : [type]',
    'Error code: E2023, message: This field cannot be changed : [child_ad_type]',
    `Error code: E3003, message: The resource could not be found : [creative ${DEMO_IDS.pixel}]`,
    undefined,
  ]);
});

test('a field nobody knows is dropped, and the log says so', async () => {
  const answer = await snap.post(`${ACCOUNT}/campaigns`, { campaigns: [{ ...CAMPAIGN, objektive: 'x' }] });
  expect(firstIn(answer, 'campaigns', 'campaign')['objektive']).toBeUndefined();
  expect(snap.sandbox.log.violations).toEqual([{ where: 'request snapchat campaign', problem: 'objektive is not a field of campaign' }]);
});

test('an account that is not active takes nothing new', async () => {
  const item = { ...CAMPAIGN, ad_account_id: DEMO_IDS.disabledAccount };
  const answer = await snap.post(`adaccounts/${DEMO_IDS.disabledAccount}/campaigns`, { campaigns: [item] });
  expect(itemsIn(answer, 'campaigns')[0]?.sub_request_error_reason).toContain('E3002');
});

test('the same array twice makes everything twice', async () => {
  for (let n = 0; n < 2; n += 1) await snap.post(`${ACCOUNT}/campaigns`, { campaigns: [CAMPAIGN] });
  expect(snap.sandbox.snapchat.countDuplicates()).toBe(1);
});

test('many objects are read back in one call, whatever lists already show', async () => {
  const campaigns = Array.from({ length: 3 }, (_, n) => ({ ...CAMPAIGN, name: `C${n}` }));
  const made = shownIn(await snap.post(`${ACCOUNT}/campaigns`, { campaigns }), 'campaigns', 'campaign');
  const ids = made.map((one) => String(one['id']));
  const answer = await snap.post(`${ACCOUNT}/get_campaigns_by_ids`, { campaign_ids: ids });
  expect(shownIn(answer, 'campaigns', 'campaign')).toEqual(made);
  const missing = await snap.post(`${ACCOUNT}/get_campaigns_by_ids`, { campaign_ids: [{ id: ids[0] }, DEMO_IDS.pixel] });
  expect(itemsIn(missing, 'campaigns').map((item) => item.sub_request_status)).toEqual(['SUCCESS', 'ERROR']);
  const elsewhere = await snap.post(`adaccounts/${DEMO_IDS.secondAccount}/get_campaigns_by_ids`, { campaign_ids: ids });
  expect([elsewhere.status, elsewhere.body.request_status]).toEqual([404, 'ERROR']);
});
