import { expect, test } from 'vitest';
import * as words from './enums.ts';
import { ENTITIES, type EntityKind } from './entities.ts';
import { GOALS } from './goals.ts';
import { DEMO_IDS } from './index.ts';
import { unknownFields } from './known-fields.ts';
import { DEFAULT_LIMITS } from './pace.ts';
import { HANDLERS, LEAD_GEN } from './routes.ts';
import { DIMENSIONS, GRANULARITIES, METRICS, SWIPE_WINDOWS, VIEW_WINDOWS } from './stats-query.ts';
import { factsOrSkip } from './testing/needs-facts.ts';
import { ACCOUNT, firstIn, itemsIn, makeTree, openSnap } from './testing/snap-client.ts';
import { ACCESS_MS, SCOPES } from './tokens.ts';

/** Names without the notes that the facts put behind them. */
const bare = (names: unknown): string[] => (names as string[]).map((name) => name.split(/[ .(]/)[0] ?? name);

test('our words are the facts’ words', (context) => {
  const facts = factsOrSkip(context);
  const { campaign, adsquad, ad, creative, media, stats } = facts;
  const placement = adsquad['placement_v2'] as { config: string[]; snapchat_positions: string[] };
  const v2 = campaign['objective_v2_properties'] as { objective_v2_type: string[]; promotion_type: string[] };
  for (const [ours, theirs] of [
    [words.STATUSES, campaign['status']],
    [words.BUY_MODELS, campaign['buy_model']],
    [words.OBJECTIVES_V2, v2.objective_v2_type],
    [words.PROMOTION_TYPES, v2.promotion_type],
    [Object.keys(words.OLD_OBJECTIVES), campaign['objective (old)']],
    [words.SQUAD_TYPES, adsquad['type']],
    [words.BILLING_EVENTS, adsquad['billing_event']],
    [words.BID_STRATEGIES, adsquad['bid_strategy']],
    [words.OPTIMIZATION_GOALS, adsquad['optimization_goal']],
    [words.PACING_TYPES, adsquad['pacing_type']],
    [words.DELIVERY_CONSTRAINTS, adsquad['delivery_constraint']],
    [words.PLACEMENT_CONFIGS, placement.config],
    [words.CREATIVE_TYPES, creative['type']],
    [words.CROP_POSITIONS, creative['top_snap_crop_position']],
    [words.MEDIA_TYPES, media['type']],
    [words.FORM_FIELDS, facts.lead_form['form_fields.type']],
    [words.CUSTOM_FIELDS, facts.lead_form['custom types']],
    [SCOPES, facts.oauth.scopes],
    [METRICS, bare(stats['metrics'])],
    [DIMENSIONS, stats['dimensions']],
    [GRANULARITIES, stats['granularity']],
    [SWIPE_WINDOWS, stats['swipe_up_attribution_window']],
    [VIEW_WINDOWS, stats['view_attribution_window']],
  ] as [readonly string[], string[]][]) {
    expect([...ours].toSorted()).toEqual([...theirs].toSorted());
  }
  // These lists are longer than the facts' subset, from other sources.
  expect(words.POSITIONS).toEqual(expect.arrayContaining(placement.snapchat_positions));
  expect(words.AD_TYPES).toEqual(expect.arrayContaining([...(ad['type'] as string[]), ...(adsquad['child_ad_type'] as string[])]));
  expect(Object.values(words.CALLS_TO_ACTION).flat()).toEqual(expect.arrayContaining(creative['call_to_action (subset)'] as string[]));
});

test('our numbers and goals are the facts’', (context) => {
  const facts = factsOrSkip(context);
  const { src: _src, ...goals } = facts.goals_by_objective_and_location;
  expect(GOALS).toEqual(goals);
  expect(DEFAULT_LIMITS).toEqual({ perApp: facts.rate_limits.per_app_rps, perToken: facts.rate_limits.per_token_rps });
  expect(ACCESS_MS / 1000).toBe(facts.oauth.token_response.expires_in);
  for (const { plural, most } of Object.values(ENTITIES)) if (plural in facts.bulk_caps) expect(most, plural).toBe(facts.bulk_caps[plural]);
});

test('every field that the facts name is known', (context) => {
  const facts = factsOrSkip(context);
  const named: [EntityKind, string[]][] = [
    ['campaign', [...bare(facts.campaign['required']), ...bare(facts.campaign['optional'])]],
    ['adsquad', bare(facts.adsquad['required'])],
    ['ad', bare(facts.ad['required'])],
    ['creative', bare(facts.creative['required'])],
  ];
  for (const [kind, names] of named) expect(unknownFields(kind, Object.fromEntries(names.map((name) => [name, 1])))).toEqual([]);
});

/** The pattern row of the facts stands for five calls. */
const PATTERN = '/{entity}/get_{entity}s_by_ids';

test('every endpoint that the facts name is served', (context) => {
  const served = new Set([...Object.keys(HANDLERS), ...Object.keys(LEAD_GEN).map((name) => name.replace(/^(\w+) /, '$1 lead_gen '))]);
  for (const [methods, written] of factsOrSkip(context).endpoints) {
    const path = written.split(/[ ?]/)[0] ?? '';
    const paths = path.includes('{campaigns|') ? ['campaigns', 'adsquads', 'ads', 'adaccounts'].map((one) => `/${one}/{id}/stats`) : [path];
    for (const one of path === PATTERN ? ['/adaccounts/{id}/get_campaigns_by_ids'] : paths) {
      const steps = one.slice(1).split('/');
      const isLeadGen = steps[0] === 'lead_gen';
      const name = steps.filter((step) => isLeadGen || !step.startsWith('{')).map((step) => (step.startsWith('{') ? '*' : step));
      for (const method of methods.split('|')) expect(served, `${method} ${one}`).toContain(`${method} ${name.join(' ')}`);
    }
  }
});

test('answers have the documented envelopes, and nobody finds an unknown field in them', async (context) => {
  const facts = factsOrSkip(context);
  const snap = openSnap({ demo: true });
  const tree = await makeTree(snap);
  for (const kind of ['campaign', 'adsquad', 'ad', 'creative', 'media'] as const) {
    const { plural, singular } = ENTITIES[kind];
    const shown = firstIn(await snap.get(`${plural}/${tree[kind]}`), plural, singular);
    expect(unknownFields(kind, shown), kind).toEqual([]);
    expect(shown.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    for (const item of itemsIn(await snap.get(`${ACCOUNT}/${plural}`), plural))
      expect(unknownFields(kind, item[singular] as Record<string, unknown>), kind).toEqual([]);
  }
  const { body } = await snap.get('campaigns/none');
  expect(Object.keys(body).toSorted()).toEqual(Object.keys(facts.envelope.top_level_error).toSorted());
  const hook = { form_id: DEMO_IDS.form, webhook_url: 'https://api.inlay.test/webhooks/snapchat/x' };
  const registered = await snap.post('lead_gen/integrations/public_webhook', { webhook_integrations: [hook] });
  expect(Object.keys(firstIn(registered, 'webhookIntegrations', 'webhookIntegration'))).toEqual(facts.lead_webhook.register_answer);
  snap.sandbox.close();
});

test('a lead carries what is always sent, and only known answers', async (context) => {
  const { always, conditional } = factsOrSkip(context).lead_webhook;
  const snap = openSnap({ demo: true });
  const add = (fields: Record<string, string>): string => snap.sandbox.snapchat.addLead({ formId: DEMO_IDS.form, fields });
  for (const name of conditional) add({ [bare([name])[0]?.replace('1..8', '8').replace('custom_field_1', 'custom_field_8') ?? name]: 'x' });
  expect(() => add({ shoe_size: '42' })).toThrow('shoe_size');
  const saved = snap.sandbox.snapchat.snapshot() as { objects: { kind: string; fields: object }[] };
  const lead = saved.objects.find((one) => one.kind === 'lead');
  expect(Object.keys(lead?.fields ?? {})).toEqual(expect.arrayContaining(bare(always)));
  snap.sandbox.close();
});
