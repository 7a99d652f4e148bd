import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO_ASSETS } from './index.ts';
import { HANDLERS } from './routes.ts';
import {
  AD,
  ADGROUP,
  CAMPAIGN,
  makeSmartTree,
  makeTree,
  openTiktok,
  SMART_AD,
  SMART_ADGROUP,
  SMART_CAMPAIGN,
  type ApiClient,
} from './testing/api-client.ts';

const JUNK = [null, -1.5, true, 'junk', [null], [[1]], { junk: [null] }];
const NAMES = [
  'ad_id ad_ids adgroup_id adgroup_ids advertiser_ids asset_type bc_id budget budget_mode callback_url campaign_id',
  'campaign_ids content_type creatives custom_audience_ids data_level dimensions end_date end_time fields file_id',
  'filtering identity_id identity_type image_ids item_id lead_id metrics operation_status page page_id page_size',
  'query_lifetime report_type size smart_plus_ad_id smart_plus_ad_ids start_date start_offset start_time',
  'targeting_spec task_id upload_id upload_type video_id video_ids ad_material_ids',
].flatMap((line) => line.split(' '));

let api: ApiClient;
let tree: Record<string, object>;
beforeAll(async () => {
  api = openTiktok();
  const manual = await makeTree(api);
  const smart = await makeSmartTree(api);
  tree = {
    'campaign/create/': { ...CAMPAIGN, request_id: '1' },
    'adgroup/create/': { ...ADGROUP, campaign_id: manual.campaign, request_id: '2' },
    'ad/create/': { ...AD, adgroup_id: manual.adgroup, creatives: [AD] },
    'smart_plus/campaign/create/': { ...SMART_CAMPAIGN, request_id: '3' },
    'smart_plus/adgroup/create/': { ...SMART_ADGROUP, campaign_id: smart.campaign, request_id: '4' },
    'smart_plus/ad/create/': { ...SMART_AD, adgroup_id: smart.adgroup },
    'ad/update/': { adgroup_id: manual.adgroup, creatives: [{ ...AD, ad_id: manual.ad }] },
    'adgroup/update/': { adgroup_id: manual.adgroup, budget: 50 },
    'smart_plus/ad/update/': { ...SMART_AD, smart_plus_ad_id: smart.ad },
    'smart_plus/adgroup/update/': { adgroup_id: smart.adgroup, targeting_spec: {} },
  };
});
afterAll(() => api.sandbox.close());

/** An answer in the platform's envelope; a 500 of the sandbox's own would throw here. */
async function codeOf(method: string, path: string, params: object): Promise<number> {
  const answer = await api.tryCall(method, path, { ...params });
  if (answer === null || answer.status !== 200) throw new Error(`${path}: ${answer?.status ?? 'cut'} for ${JSON.stringify(params)}`);
  return answer.code;
}

test('nonsense in every parameter of every path is answered by the platform, not by a crash', async () => {
  for (const key of Object.keys(HANDLERS)) {
    const [method = '', path = ''] = key.split(' ');
    for (const junk of JUNK) {
      const params = Object.fromEntries(NAMES.map((name) => [name, junk]));
      expect(typeof (await codeOf(method, path, params))).toBe('number');
    }
  }
});

test('nonsense in one field of an otherwise right request is a refusal or harmless', async () => {
  for (const [path, good] of Object.entries(tree)) {
    const fields = { ...good, ...(path === 'ad/create/' ? AD : {}) };
    for (const name of Object.keys(fields)) {
      for (const junk of JUNK) {
        const wrong = { ...good, [name]: junk };
        const inside = path === 'ad/create/' && name in AD ? { ...good, creatives: [{ ...AD, [name]: junk }] } : wrong;
        expect([0, 40002, 40007, 40050, 40053]).toContain(await codeOf('POST', path, inside));
      }
    }
  }
});

test('nonsense inside lists and objects is a refusal or harmless', async () => {
  const smart = tree['smart_plus/ad/create/'] ?? {};
  for (const junk of JUNK) {
    for (const list of ['creative_list', 'ad_text_list', 'call_to_action_list', 'landing_page_url_list', 'page_list', 'ad_configuration']) {
      expect([0, 40002, 40053]).toContain(await codeOf('POST', 'smart_plus/ad/create/', { ...smart, [list]: [junk] }));
    }
    const creative = { creative_info: { ad_format: 'SINGLE_VIDEO', video_info: junk, identity_id: DEMO_ASSETS.customIdentity } };
    expect([0, 40002, 40053]).toContain(await codeOf('POST', 'smart_plus/ad/create/', { ...smart, creative_list: [creative] }));
    for (const filter of ['ad_ids', 'ad_name', 'creation_filter_start_time', 'primary_status', 'objective_type']) {
      expect([0, 40002]).toContain(await codeOf('GET', 'ad/get/', { filtering: { [filter]: junk } }));
    }
    const report = { report_type: 'BASIC', data_level: 'AUCTION_AD', dimensions: ['ad_id'], query_lifetime: true };
    const filtering = [{ field_name: 'ad_ids', filter_type: 'IN', filter_value: junk }];
    expect([0, 40002]).toContain(await codeOf('GET', 'report/integrated/get/', { ...report, filtering }));
  }
});
