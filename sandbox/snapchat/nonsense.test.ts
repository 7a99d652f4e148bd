import { expect, test } from 'vitest';
import { seededSequence } from '../core/seeded.ts';
import { DEMO_IDS } from './index.ts';
import { ACCOUNT, AD, ADSQUAD, CAMPAIGN, CREATIVE, makeTree, openSnap } from './testing/snap-client.ts';

const NASTY: unknown[] = [
  null,
  0,
  -1,
  1e300,
  '',
  'x',
  'x'.repeat(5000),
  true,
  [],
  [null],
  [[]],
  [1],
  {},
  { x: null },
  '__proto__',
  '\u0000',
];

type Next = () => number;
const pick = <T>(next: Next, list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;

/** A copy with one value somewhere inside replaced by nonsense, or taken away. */
function spoil(next: Next, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || next() < 0.2) return pick(next, NASTY);
  const copy = structuredClone(value) as Record<string, unknown>;
  const names = Object.keys(copy);
  if (names.length === 0) return pick(next, NASTY);
  const name = pick(next, names);
  if (next() < 0.1) delete copy[name];
  else copy[name] = spoil(next, copy[name]);
  return copy;
}

test('whatever is sent, the answer is the platform’s own and never a failure of ours', async () => {
  const snap = openSnap({ demo: true });
  snap.sandbox.snapchat.settings.reviewMs = 0;
  const tree = await makeTree(snap);
  const form = {
    name: 'F',
    description: 'D',
    form_fields: [{ type: 'EMAIL' }, { type: 'CUSTOM', custom_form_field_properties: { type: 'TEXT', description: 'Q' } }],
    privacy_policy_url: 'https://example.com/p',
    legal_disclosures: { title: 'T', consent_form_fields: [] },
  };
  const squad = {
    ...ADSQUAD,
    campaign_id: tree.campaign,
    targeting: { geos: [{ country_code: 'fr' }], segments: [{ segment_id: [DEMO_IDS.segment] }] },
    placement_v2: { config: 'CUSTOM', snapchat_positions: ['CHAT_FEED'] },
  };
  const sendings: [string, string, unknown][] = [
    ['POST', `${ACCOUNT}/campaigns`, { campaigns: [CAMPAIGN] }],
    ['PUT', `${ACCOUNT}/campaigns`, { campaigns: [{ ...CAMPAIGN, id: tree.campaign }] }],
    ['PATCH', `campaigns/${tree.campaign}`, [{ op: 'replace', path: '/status', value: 'ACTIVE' }]],
    ['PATCH', `adsquads/${tree.adsquad}`, [{ op: 'add', path: '/targeting/geos/-', value: { country_code: 'be' } }]],
    ['POST', `campaigns/${tree.campaign}/adsquads`, { adsquads: [squad] }],
    ['POST', `${ACCOUNT}/creatives`, { creatives: [{ ...CREATIVE, top_snap_media_id: tree.media }] }],
    ['POST', `${ACCOUNT}/creatives`, { creatives: [{ type: 'COMPOSITE', composite_properties: { creative_ids: [tree.creative] } }] }],
    ['POST', `adsquads/${tree.adsquad}/ads`, { ads: [{ ...AD, ad_squad_id: tree.adsquad, creative_id: tree.creative }] }],
    ['POST', `${ACCOUNT}/media`, { media: [{ name: 'M', type: 'IMAGE' }] }],
    ['POST', `${ACCOUNT}/segments`, { segments: [{ name: 'S', source_type: 'FIRST_PARTY', retention_in_days: 5 }] }],
    ['POST', `segments/${DEMO_IDS.segment}/users`, { users: [{ schema: ['EMAIL_SHA256'], data: [['0'.repeat(64)]] }] }],
    ['POST', `${ACCOUNT}/lead_generation_forms`, { lead_generation_forms: [form] }],
    ['POST', `${ACCOUNT}/get_ads_by_ids`, { ad_ids: [tree.ad, { id: tree.ad }] }],
    ['POST', `${ACCOUNT}/leads_report`, { start_time: '2026-11-01T00:00:00Z', end_time: '2026-11-20T00:00:00Z' }],
    [
      'POST',
      'lead_gen/integrations/public_webhook',
      { webhook_integrations: [{ form_id: DEMO_IDS.form, webhook_url: 'https://a.test/' }] },
    ],
    ['POST', `adsquads/${tree.adsquad}/ad_squad_ui_render_data`, { conversion_location: 'WEB' }],
    ['POST', `media/${tree.media}/multipart-upload-v2?action=INIT`, { file_name: 'a', file_size: 5, number_of_parts: 1 }],
    ['POST', `media/${tree.media}/upload`, { file: 'x' }],
  ];
  const next = seededSequence(7);
  for (let n = 0; n < 700; n += 1) {
    const [method, path, body] = pick(next, sendings);
    const headers = method === 'PATCH' ? { 'content-type': 'application/json-patch+json' } : {};
    const sent = spoil(next, body);
    const answer = await snap.call(method, path, sent, headers);
    const isTheirs = answer.status < 500 || answer.body.error_code === 'INTERNAL_FAILURE';
    if (!isTheirs || typeof answer.body.request_status !== 'string') expect.fail(`${method} ${path} ${JSON.stringify(sent)}`);
  }
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test.each(['%', 'campaigns/%E0%A4', `${ACCOUNT}/stats?start_time=0001-01-01T00:00:00Z`, 'media//upload', 'lead_gen', ''])(
  'the path %s finds an answer of the platform',
  async (path) => {
    const snap = openSnap({ demo: true });
    expect([200, 400, 404]).toContain((await snap.get(path)).status);
  },
);

test('a patch cannot reach what is not the object’s own', async () => {
  const snap = openSnap();
  const tree = await makeTree(snap);
  for (const path of ['/__proto__/polluted', '/constructor/prototype/polluted', '/name/length']) {
    const answer = await snap.patch(`campaigns/${tree.campaign}`, [{ op: 'add', path, value: 'x' }]);
    expect(answer.body.error_code).toBe('E1166');
  }
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
