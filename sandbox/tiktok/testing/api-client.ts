import { createHash } from 'node:crypto';
import { createControl } from '../../core/control.ts';
import { createCore } from '../../core/create-core.ts';
import type { FaultPlan } from '../../core/faults.ts';
import type { Handle } from '../../core/node-http.ts';
import type { RequestLog } from '../../core/request-log.ts';
import { createRouter } from '../../core/router.ts';
import { putState, takeState } from '../../core/vendor-state.ts';
import { createTiktok, DEMO_ADVERTISERS, DEMO_ASSETS, type TiktokVendor } from '../index.ts';
import type { Tier } from '../limits.ts';

/** This vendor alone behind the true router and control: the whole sandbox takes longer to make than most tests to run. */
export interface Rig {
  tiktok: TiktokVendor;
  handle: Handle;
  log: RequestLog;
  setFaults(plan: FaultPlan): void;
  webhooksIdle(): Promise<void>;
  reset(): void;
  close(): void;
}

interface RigOptions {
  seed?: number;
  faults?: FaultPlan;
  demo?: boolean;
  now?: () => number;
  workerOrigin?: string;
}

function makeRig({ seed = 1, demo = false, ...options }: RigOptions): Rig {
  const parts = createCore({ ...options, seed });
  const { core, webhooks } = parts;
  const tiktok = createTiktok(core, { demo });
  const blank = structuredClone(takeState(parts, [tiktok]));
  const reset = (): void => {
    parts.cancelLater();
    putState(parts, [tiktok], structuredClone(blank));
  };
  const control = createControl({ seed, vendors: [tiktok], faults: core.faults, log: core.log, webhooks, reset, touch: () => undefined });
  return {
    tiktok,
    handle: createRouter({ vendors: [tiktok], log: core.log, now: core.now, control }),
    log: core.log,
    setFaults: (plan) => core.faults.set(plan),
    webhooksIdle: () => webhooks.idle(),
    reset,
    close() {
      parts.cancelLater();
      webhooks.close();
    },
  };
}

export interface TiktokAnswer {
  status: number;
  code: number;
  message: string;
  request_id: string;
  // Tests look into answers of many shapes; each test says by its assertions what it expects.
  data: Record<string, unknown>;
  text: string;
}

export interface ApiClient {
  sandbox: Rig;
  token: string;
  /** `as` names another token than the rig's own. Null = the connection was cut. */
  tryCall(method: string, path: string, params?: Record<string, unknown>): Promise<TiktokAnswer | null>;
  get(path: string, params?: Record<string, unknown>): Promise<TiktokAnswer>;
  post(path: string, params?: Record<string, unknown>): Promise<TiktokAnswer>;
  /** Multipart; values that are bytes become files. */
  upload(path: string, params: Record<string, string | Uint8Array>): Promise<TiktokAnswer>;
  list(path: string, filtering?: object): Promise<Record<string, unknown>[]>;
}

export const ADVERTISER = DEMO_ADVERTISERS.euros;
const BASE = 'https://business-api.tiktok.com/open_api/v1.3/';
const NOT_OF_ONE = new Set(['oauth2/advertiser/get/', 'advertiser/info/', 'bc/get/', 'bc/asset/get/', 'subscription/get/']);

function readAnswer(response: Response, text: string): TiktokAnswer {
  const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json');
  const body = isJson ? (JSON.parse(text) as Omit<TiktokAnswer, 'status' | 'text'>) : { code: -1, message: '', request_id: '', data: {} };
  return { ...body, status: response.status, text };
}

/** A plain caller of the imitated API, without sockets. */
export function openTiktok({ tier = 'unlimited', ...options }: RigOptions & { tier?: Tier } = {}): ApiClient {
  const sandbox = makeRig(options);
  const token = sandbox.tiktok.issueToken();
  sandbox.tiktok.setTier(tier);

  const send = async (url: string | URL, init: RequestInit): Promise<TiktokAnswer | null> => {
    const headers = { 'access-token': token, ...(init.headers as Record<string, string> | undefined) };
    const response = await sandbox.handle(new Request(url, { ...init, headers }));
    return response === null ? null : readAnswer(response, await response.text());
  };
  const tryCall: ApiClient['tryCall'] = (method, path, params = {}) => {
    const { as: other, ...rest } = params;
    const whole = NOT_OF_ONE.has(path) ? rest : { advertiser_id: ADVERTISER, ...rest };
    const headers: Record<string, string> = other === undefined ? {} : { 'access-token': String(other) };
    if (method === 'POST') {
      return send(BASE + path, { method, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(whole) });
    }
    const url = new URL(BASE + path);
    for (const [name, value] of Object.entries(whole)) {
      url.searchParams.set(name, typeof value === 'string' ? value : JSON.stringify(value));
    }
    return send(url, { method, headers });
  };
  const must = async (sent: Promise<TiktokAnswer | null>, what: string): Promise<TiktokAnswer> => {
    const answer = await sent;
    if (answer === null) throw new Error(`${what}: cut`);
    return answer;
  };

  return {
    sandbox,
    token,
    tryCall,
    get: (path, params) => must(tryCall('GET', path, params), path),
    post: (path, params) => must(tryCall('POST', path, params), path),
    upload(path, params) {
      const form = new FormData();
      form.set('advertiser_id', ADVERTISER);
      for (const [name, value] of Object.entries(params)) {
        if (typeof value === 'string') form.set(name, value);
        else form.set(name, new Blob([new Uint8Array(value)]), params['file_name'] === undefined ? name : String(params['file_name']));
      }
      return must(send(BASE + path, { method: 'POST', body: form }), path);
    },
    async list(path, filtering = {}) {
      const answer = await must(tryCall('GET', path, { filtering, page_size: 100 }), path);
      return answer.data['list'] as Record<string, unknown>[];
    },
  };
}

export const FRANCE = '3017382';
export const START = '2027-06-01 08:00:00';

export const CAMPAIGN = { campaign_name: 'Launch ·abc', objective_type: 'TRAFFIC', budget_mode: 'BUDGET_MODE_INFINITE' };
export const ADGROUP = {
  adgroup_name: 'Set 1',
  promotion_type: 'WEBSITE',
  optimization_goal: 'CLICK',
  billing_event: 'CPC',
  budget: 30,
  budget_mode: 'BUDGET_MODE_DAY',
  schedule_type: 'SCHEDULE_FROM_NOW',
  schedule_start_time: START,
  pacing: 'PACING_MODE_SMOOTH',
  placement_type: 'PLACEMENT_TYPE_NORMAL',
  placements: ['PLACEMENT_TIKTOK'],
  location_ids: [FRANCE],
  operation_status: 'DISABLE',
};
export const AD = {
  ad_name: 'Ad 1',
  identity_type: 'CUSTOMIZED_USER',
  identity_id: DEMO_ASSETS.customIdentity,
  ad_format: 'SINGLE_VIDEO',
  video_id: DEMO_ASSETS.video,
  ad_text: 'Fresh every morning',
  call_to_action: 'SHOP_NOW',
  landing_page_url: 'https://example.com/',
  operation_status: 'DISABLE',
};

export const SMART_CAMPAIGN = {
  campaign_name: 'Smart launch',
  objective_type: 'LEAD_GENERATION',
  budget: 80,
  budget_mode: 'BUDGET_MODE_DYNAMIC_DAILY_BUDGET',
  budget_optimize_on: true,
};
export const SMART_ADGROUP = {
  adgroup_name: 'Smart set',
  promotion_type: 'LEAD_GENERATION',
  optimization_goal: 'LEAD_GENERATION',
  billing_event: 'OCPM',
  schedule_type: 'SCHEDULE_FROM_NOW',
  schedule_start_time: START,
  targeting_spec: { location_ids: [FRANCE], age_groups: ['AGE_25_34'] },
  operation_status: 'DISABLE',
};
export const SMART_AD = {
  ad_name: 'Smart ad',
  creative_list: [{ creative_info: { ad_format: 'SINGLE_VIDEO', video_info: { video_id: DEMO_ASSETS.video } } }],
  ad_text_list: [{ ad_text: 'Try it' }],
  call_to_action_list: [{ call_to_action: 'SIGN_UP' }],
  page_list: [{ page_id: DEMO_ASSETS.form }],
  ad_configuration: { identity_type: 'CUSTOMIZED_USER', identity_id: DEMO_ASSETS.customIdentity },
  operation_status: 'DISABLE',
};

/** A 64-bit number that follows from a name: the same on every retry. */
export function requestIdOf(name: string): string {
  return (createHash('sha256').update(name).digest().readBigUInt64BE() >> 1n).toString();
}

function idIn(answer: TiktokAnswer, key: string): string {
  const id = answer.data[key];
  if (typeof id !== 'string') throw new Error(`no ${key}: ${answer.code} ${answer.message}`);
  return id;
}

/** A whole manual tree, switched off below a campaign that could not be. */
export async function makeTree(api: ApiClient, name = 'tree'): Promise<{ campaign: string; adgroup: string; ad: string }> {
  const campaign = idIn(await api.post('campaign/create/', { ...CAMPAIGN, campaign_name: `C ${name}` }), 'campaign_id');
  const adgroup = idIn(await api.post('adgroup/create/', { ...ADGROUP, campaign_id: campaign, adgroup_name: `S ${name}` }), 'adgroup_id');
  const made = await api.post('ad/create/', { adgroup_id: adgroup, creatives: [{ ...AD, ad_name: `A ${name}` }] });
  const [ad] = (made.data['ad_ids'] ?? []) as string[];
  if (ad === undefined) throw new Error(`no ad: ${made.code} ${made.message}`);
  return { campaign, adgroup, ad };
}

export async function makeSmartTree(api: ApiClient, name = 'smart'): Promise<{ campaign: string; adgroup: string; ad: string }> {
  const once = (what: string) => ({ request_id: requestIdOf(`${what} ${name}`) });
  const campaign = idIn(
    await api.post('smart_plus/campaign/create/', { ...SMART_CAMPAIGN, campaign_name: `C ${name}`, ...once('campaign') }),
    'campaign_id',
  );
  const adgroup = idIn(
    await api.post('smart_plus/adgroup/create/', {
      ...SMART_ADGROUP,
      campaign_id: campaign,
      adgroup_name: `S ${name}`,
      ...once('adgroup'),
    }),
    'adgroup_id',
  );
  const ad = idIn(await api.post('smart_plus/ad/create/', { ...SMART_AD, adgroup_id: adgroup, ad_name: `A ${name}` }), 'smart_plus_ad_id');
  return { campaign, adgroup, ad };
}
